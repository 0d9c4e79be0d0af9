"""What a person looks for and what the catalogue answers: criteria, matches with their reasons, what was widened.

A wish goes through JSON, so that it can be saved as an alert and looked for again.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from bot.catalogue.causes import cause_name
from bot.catalogue.mission import Mission, Site
from bot.catalogue.place import Place
from bot.catalogue.places import Places
from bot.catalogue.schedule import Fit
from bot.phrase import Phrase, _

__all__ = [
    "DEFAULT_RADIUS_KM",
    "MAX_RADIUS_KM",
    "Match",
    "Results",
    "Widened",
    "Wish",
    "distance_phrase",
    "presence_phrase",
    "widened_phrase",
]

DEFAULT_RADIUS_KM = 20.0
MAX_RADIUS_KM = 200.0

PLAIN = ("text", "remote", "minors", "step_free", "radius_km", "age", "once")
LISTED = ("likes", "dislikes", "when", "not_when", "causes", "not_causes", "excluded", "point")
"""The fields of a wish that are kept as they are, and those that are lists."""

Widened = Literal["when", "distance", "departement", "cause"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Criteria, all optional. What is refused (`not_…`) stays refused, whatever else gives way.

    The words of `text` come first: with words, causes only say which of two comes first. `likes` are words that would
    be welcome ("ponctuel"), `dislikes` words that would not. `age` is the age of who comes, or of the youngest who
    does; `once` asks first for what commits to nothing. `minors` and `step_free` leave out what states the opposite,
    and put first what states it.

    `point` is a position sent from a device, and wins over the point of `place`. `radius_km` is kept between 1 and
    200. `when` holds slot values ("saturday", "date:2026-12-05", see docs/catalogue.md). `remote` asks for missions at
    a distance only. `excluded` are ids not to show again; `since` keeps what was added from that day on.
    """

    text: str = ""
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    age: int | None = None
    once: bool = False
    place: Place | None = None
    point: tuple[float, float] | None = None
    radius_km: float | None = None
    when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    not_causes: tuple[str, ...] = ()
    remote: bool = False
    minors: bool = False
    step_free: bool = False
    excluded: tuple[str, ...] = ()
    since: datetime.date | None = None

    @property
    def centre(self) -> tuple[float, float] | None:
        """The point to measure from, None where there is none (a region, a territory without coordinates)."""
        if self.point is not None:
            return self.point
        place = self.place
        if place is None or place.level not in ("commune", "arrondissement") or place.lat is None or place.lon is None:
            return None
        return place.lat, place.lon

    @property
    def reach_km(self) -> float:
        """The radius in force. A part of a large town is looked at with what lies around it."""
        asked = DEFAULT_RADIUS_KM if self.radius_km is None else self.radius_km
        if asked != asked:  # NaN
            asked = DEFAULT_RADIUS_KM
        return min(MAX_RADIUS_KM, max(1.0, asked))

    @property
    def territory(self) -> tuple[str, ...]:
        """The départements to look in when there is no point."""
        place = self.place
        if self.centre is not None or place is None or place.level == "country":
            return ()
        return place.covers or ((place.departement,) if place.departement else ())

    def as_json(self) -> dict[str, Any]:
        """Only what is set."""
        out: dict[str, Any] = {}
        for name in PLAIN:
            if value := getattr(self, name):
                out[name] = value
        for name in LISTED:
            if value := getattr(self, name):
                out[name] = list(value)
        if self.place:
            out["place"] = self.place.key
        if self.since:
            out["since"] = self.since.isoformat()
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any], places: Places) -> Wish:
        """What `as_json` wrote. A place that is no longer known is left out."""
        values = {name: data[name] for name in PLAIN if name in data}
        for name in LISTED:
            if name in data:
                values[name] = tuple(data[name])
        if "place" in data:
            values["place"] = places.by_code(data["place"])
        if "since" in data:
            values["since"] = datetime.date.fromisoformat(data["since"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Match:
    """A mission that fits, and why. `days` is "yes" when its days fit for sure, "perhaps" when they are to be agreed,
    None when no day was asked for. `matched` are the causes it shares with the wish; `whole` is true where it says all
    the words of the wish."""

    mission: Mission
    score: float = 0.0
    distance_km: float | None = None
    site: Site | None = None
    days: Fit | None = None
    matched: tuple[str, ...] = ()
    whole: bool = True

    @property
    def where(self) -> Phrase | None:
        """Where it is done, seen from the place of the wish."""
        mission = self.mission
        if self.distance_km is not None:
            return distance_phrase(self.distance_km, self.site)
        if mission.remote == "full":
            return _("from home")
        if mission.remote == "near_home":
            return _("at your home") if mission.network else _("near your home")
        if mission.everywhere:
            return presence_phrase(mission)
        return _("in {city}", city=self.site.city) if self.site is not None and self.site.city else None

    @property
    def reasons(self) -> list[Phrase]:
        """Why it is here, each in a few words, what was asked for first."""
        mission = self.mission
        out: list[Phrase] = [cause_name(cause) for cause in self.matched[:2]]
        if self.where is not None:
            out.append(self.where)
        if self.days == "yes":
            out.append(_("on days that suit you"))
        elif self.days == "perhaps":
            out.append(_("days to be agreed"))
        if mission.minors:
            out.append(_("open to minors"))
        if mission.step_free:
            out.append(_("step-free"))
        return out


def presence_phrase(mission: Mission) -> Phrase:
    """Where a body with branches may be: never that it is there."""
    match mission.presence:
        case "scattered":
            return _("in some towns only, to be checked")
        case "local":
            return _("a local association, presence to be checked")
    return _("national network, presence to be checked")


def distance_phrase(km: float, site: Site | None) -> Phrase:
    city = site.city if site else ""
    if km < 1:
        return _("less than 1 km away, in {city}", city=city) if city else _("less than 1 km away")
    shown = Decimal(round(km))
    return _("{km:number} km away, in {city}", km=shown, city=city) if city else _("{km:number} km away", km=shown)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, best first. `widened` says which criteria gave way because nothing fitted them all, and `wish`
    is the one that was looked for in the end. `unmatched` are words of the wish that none of the first few says, as
    they were said. `fresh` is the day of the catalogue's last complete reading."""

    wish: Wish
    found: tuple[Match, ...] = ()
    widened: tuple[Widened, ...] = ()
    unmatched: tuple[str, ...] = ()
    fresh: datetime.date | None = None
    more: bool = field(default=False)


def widened_phrase(results: Results) -> Phrase | None:
    """Said aloud before the results, when something gave way."""
    if not results.widened:
        return None
    wish = results.wish
    match results.widened[-1]:
        case "distance":
            return _("I found nothing that close, so I looked within {km:number} km.", km=Decimal(round(wish.reach_km)))
        case "departement":
            return _("I found nothing nearby, so I looked in the whole département.")
        case "when":
            return _("I found nothing on those days, so here is what there is on others.")
        case "cause":
            return _("I found nothing like that, so here is what else is needed.")
