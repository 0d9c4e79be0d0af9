"""What a mission is: something one can go and do, for whom, where and when, and the link to join.

The same shape serves feeds, files, needs that associations publish, and the evergreen missions that ship with Allié.
"""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from bot.catalogue.gazetteer import distance_km

__all__ = ["APPEAL", "EVERGREEN", "Kind", "Mission", "Refusal", "Remote", "Site"]

ANSWERED = ("minors", "step_free", "places", "training", "one_off")
"""Fields whose "no", or 0, is an answer."""

log = logging.getLogger(__name__)

Remote = Literal["no", "partly", "full", "near_home"]
Kind = Literal["feed", "need", "appeal", "evergreen"]
EVERGREEN: Kind = "evergreen"
APPEAL: Kind = "appeal"


Receipt = Literal["", "ordinary", "raised", "none"]


@dataclass(frozen=True, slots=True)
class Site:
    """One of the places where a mission is done. `code` is the INSEE code of its commune where it is known."""

    city: str = ""
    postcode: str = ""
    departement: str = ""
    code: str = ""
    lat: float | None = None
    lon: float | None = None

    def distance_to(self, lat: float, lon: float) -> float | None:
        """Kilometres to a point, None when this site has none."""
        return None if self.lat is None or self.lon is None else distance_km(self.lat, self.lon, lat, lon)


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission as the catalogue holds it.

    `id` is unique and stable, prefixed by its source ("api-engagement:66d7…"). `remote` is "full" at a distance,
    "partly", "near_home" (wherever the person lives) or "no". `everywhere` is true for a body with branches all over
    France. `when` holds the days and times that were said, as in docs/catalogue.md; empty means to be agreed, and
    `flexible` that the person chooses. `season` is the part of the year it takes place in every year ("11-20/11-30"),
    empty for what is needed all year round. `minors` and `step_free` are None when nothing was said. `places` is None
    when it is not known. `updated` is when the source last changed it, `seen` when it was last there.

    An appeal for gifts has the same shape: `url` is the page to give, `ends` until when, `buys` what a gift buys,
    `receipt` what its body states of its tax receipts, `in_return` what one gets for the gift (a race, a concert).

    `coverage` are the territories where a body of branches may have one, as `bot.catalogue.networks` names them, empty
    for all of France; `presence` is how it is there ("scattered" in some towns only, "local" for a body of these
    places), `finder` the page that lists its teams, and `network` its row in the table. `min_age`, `training` and
    `one_off` are what is usual, None where nothing is known.
    """

    id: str
    source: str
    title: str
    organisation: str
    url: str
    kind: Kind = "feed"
    text: str = ""
    title_en: str = ""
    text_en: str = ""
    organisation_id: str = ""
    causes: tuple[str, ...] = ()
    words: str = ""
    sites: tuple[Site, ...] = ()
    everywhere: bool = False
    coverage: tuple[str, ...] = ()
    presence: str = ""
    finder: str = ""
    network: str = ""
    min_age: int | None = None
    training: bool | None = None
    one_off: bool | None = None
    remote: Remote = "no"
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    opens: datetime.time | None = None
    closes: datetime.time | None = None
    schedule: str = ""
    schedule_en: str = ""
    when: tuple[str, ...] = ()
    flexible: bool = False
    season: str = ""
    minors: bool | None = None
    step_free: bool | None = None
    places: int | None = None
    publisher: str = ""
    updated: datetime.datetime | None = None
    seen: datetime.date | None = None
    buys: str = ""
    receipt: Receipt = ""
    in_return: str = ""

    @property
    def is_appeal(self) -> bool:
        """Whether it asks for gifts of money: it is no mission, and no search for missions finds it."""
        return self.kind == APPEAL

    @property
    def is_evergreen(self) -> bool:
        """Whether it was written by us from public facts, and holds all year round."""
        return self.kind == EVERGREEN

    def title_in(self, language: str) -> str:
        return self.title_en if language == "en" and self.title_en else self.title

    def text_in(self, language: str) -> str:
        return self.text_en if language == "en" and self.text_en else self.text

    def schedule_in(self, language: str) -> str:
        return self.schedule_en if language == "en" and self.schedule_en else self.schedule

    def nearest_site(self, lat: float, lon: float) -> tuple[float, Site] | None:
        """The site closest to a point, with its distance in kilometres; None when no site has a position."""
        distances = [(km, at) for at, site in enumerate(self.sites) if (km := site.distance_to(lat, lon)) is not None]
        if not distances:
            return None
        km, at = min(distances)
        return km, self.sites[at]

    def is_over(self, today: datetime.date) -> bool:
        return self.ends is not None and self.ends < today

    @property
    def is_full(self) -> bool:
        return self.places is not None and self.places <= 0

    def is_open(self, today: datetime.date) -> bool:
        """Whether one can still join it: neither over nor full."""
        return not self.is_over(today) and not self.is_full

    def as_json(self) -> dict[str, Any]:
        """Only what is set: the form of files of ours and of `allie catalogue export`."""
        out: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in ANSWERED and value in (None, "", (), False):
                continue
            if value is None or (each.name == "remote" and value == "no"):
                continue
            if each.name == "sites":
                value = [
                    {name: part for name in Site.__slots__ if (part := getattr(site, name)) not in (None, "")}
                    for site in value
                ]
            elif isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
                value = value.isoformat()
            elif isinstance(value, tuple):
                value = list(value)
            out[each.name] = value
        return out

    @classmethod
    def readable(cls, body: str, **more: Any) -> Mission | None:
        """The mission kept as `body`. None, and a line in the log, where it cannot be read any more."""
        try:
            return cls.from_stored({**json.loads(body), **more})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            log.error("a mission cannot be read any more: %s", type(error).__name__)
            return None

    @classmethod
    def from_stored(cls, data: Mapping[str, Any]) -> Mission:
        """What `as_json` wrote, and nothing else: records from outside go through `bot.catalogue.own_format`. What a
        later version added is left out."""
        values = {name: value for name, value in data.items() if name in cls.__slots__}
        values["sites"] = tuple(
            Site(**{name: value for name, value in site.items() if name in Site.__slots__})
            for site in values.get("sites", ())
        )
        for name in ("causes", "when", "coverage"):
            values[name] = tuple(values.get(name, ()))
        for name in ("starts", "ends", "seen"):
            if name in values:
                values[name] = datetime.date.fromisoformat(values[name])
        for name in ("opens", "closes"):
            if name in values:
                values[name] = datetime.time.fromisoformat(values[name])
        if "updated" in values:
            values["updated"] = datetime.datetime.fromisoformat(values["updated"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken: its id at the source where it has one, why, how it begins, and where it stands in
    its file ("line 3")."""

    source: str
    external_id: str
    reason: str
    excerpt: str = field(default="", compare=False)
    where: str = field(default="", compare=False)
