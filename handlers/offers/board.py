"""What firms bring and associations seek, as others read it: how it is kept, what fits what, how it is shown.

An entry is a notice of somebody's that everybody may read. It holds no address and nothing that tells whose it is but
the name its owner chose: the way to reach them is passed on by Allié, once both sides have said yes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.catalogue.causes import CAUSES, cause_name
from bot.catalogue.known import gazetteer
from bot.catalogue.place import Place
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.place import HOME
from handlers.offers.questions import SIDES, THINGS
from handlers.volunteer.mission_card import dots

__all__ = [
    "CLEARED",
    "HIDDEN",
    "OFFER",
    "REASONS",
    "REPORT",
    "Entry",
    "Fit",
    "entry_of",
    "fitting",
    "hidden",
    "is_key",
    "new_key",
    "other_side",
    "place_of",
    "show",
]

OFFER, REPORT, HIDDEN, CLEARED = "offer", "report", "hidden", "cleared"
"""Notices: an entry; a report of one, in the category of its key; that an entry is hidden; that a moderator found it in
order. The last two bear the key of the entry."""
REASONS: dict[str, Phrase] = {
    "sale": _("It sells or advertises something"),
    "false": _("It seems false, or a trap"),
    "hurtful": _("It insults or shuts out people"),
    "elsewhere": _("It does not belong here"),
}
"""Why an entry is reported, as those who moderate and its owner read it."""
NEAR_KM, FAR_KM = 50.0, 100.0
"""Entries of départements that come within the first are looked at, and shown up to the second."""
KEY = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Entry:
    """`side` is "brings" or "seeks", `what` one of THINGS, `place` the key of a place or HOME, `cause` "" for any."""

    side: str
    what: str
    words: str
    name: str
    place: str
    cause: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Entry | None:
        """None for what another version kept and this one cannot read."""
        values = {name: body.get(name, "") for name in cls.__dataclass_fields__}
        one = cls(**values) if all(isinstance(value, str) for value in values.values()) else None
        if one is None or one.side not in SIDES.labels or one.what not in THINGS:
            return None
        return one if one.cause in ("", *CAUSES) else None

    @property
    def category(self) -> str:
        """Its side and département; no département for what is wider than one, or at a distance."""
        place = place_of(self.place)
        return f"{self.side}:{place.departement if place else ''}"

    @property
    def who(self) -> Phrase | str:
        """The name it was signed with."""
        if self.name:
            return self.name
        return _("A firm") if self.side == "brings" else _("An association")

    @property
    def where(self) -> Phrase | str:
        """Where, as one says it."""
        place = place_of(self.place)
        return place.label if place else _("at a distance")


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry of the other side, how far it is, and whether it is about the very same thing."""

    key: str
    entry: Entry
    km: float | None
    same: bool

    def reasons(self, mine: Entry) -> list[Phrase | str]:
        """Why it is shown."""
        why: list[Phrase | str] = [_("the same thing") if self.same else _("something else, near you")]
        if self.km is not None:
            near = _("less than 1 km away")
            why.append(near if self.km < 1 else _("{km:number} km away", km=Decimal(round(self.km))))
        elif place_of(self.entry.place) is None:
            why.append(_("at a distance"))
        if mine.cause and mine.cause == self.entry.cause:
            why.append(cause_name(mine.cause))
        return why


def new_key() -> str:
    """A name for a notice that nobody can guess."""
    return secrets.token_hex(6)


def is_key(text: str) -> bool:
    """Whether this is such a name."""
    return KEY.fullmatch(text) is not None


def other_side(side: str) -> str:
    return "seeks" if side == "brings" else "brings"


def place_of(key: str) -> Place | None:
    """The place of an entry, None for what is done at a distance."""
    return gazetteer().by_code(key) if key and key != HOME else None


async def entry_of(talk: Talk, key: str) -> Entry | None:
    """The entry with this key, unless it is over or was taken down."""
    body = await talk.notice(OFFER, key) if is_key(key) else None
    return Entry.from_json(body) if body is not None else None


async def fitting(talk: Talk, mine: Entry, limit: int) -> list[Fit]:
    """The other side's entries that fit, the same thing first, then the nearest. Not the person's own, nor those that
    are hidden."""
    side = other_side(mine.side)
    place = place_of(mine.place)
    around = talk.catalogue.places.around(place, NEAR_KM) if place else ()
    board = await talk.board(OFFER, [f"{side}:", *(f"{side}:{code}" for code in around)])
    own = talk.records(OFFER)
    found = []
    for key, body in board.items():
        entry = Entry.from_json(body)
        if entry is None or key in own:
            continue
        there = place_of(entry.place)
        km = _apart(place, there)
        if (km is not None and km > FAR_KM) or (place and there and not _meet(place, there)):
            continue
        found.append(Fit(key, entry, km, entry.what == mine.what))
    found.sort(key=lambda fit: (not fit.same, fit.entry.cause != mine.cause, fit.km if fit.km is not None else FAR_KM))
    out_of_sight = await hidden(talk)
    return [fit for fit in found if fit.key not in out_of_sight][:limit]


async def hidden(talk: Talk) -> dict[str, dict[str, Any]]:
    """What waits for a moderator's look, by the key of the entry: each with the reason most reports gave."""
    return await talk.board(HIDDEN, [""])


def _apart(one: Place | None, other: Place | None) -> float | None:
    """Kilometres between two places, None where one of them is no point."""
    if one is None or other is None or one.lat is None or one.lon is None or not _are_points(one, other):
        return None
    return other.distance_to(one.lat, one.lon)


def _are_points(*places: Place) -> bool:
    return all(place.level in ("commune", "arrondissement") for place in places)


def _meet(one: Place, other: Place) -> bool:
    """Whether two places have something in common when one of them is an area; two points are measured instead."""
    if _are_points(one, other):
        return True
    mine, theirs = ({place.departement} - {""} or set(place.covers) for place in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def show(talk: Talk, entry: Entry, reasons: list[Phrase | str] | None = None) -> None:
    """An entry as everybody reads it."""
    thing = THINGS[entry.what]
    talk.say(
        _("<b>{thing}</b> · {who} ({where})\n{words}", thing=thing, who=entry.who, where=entry.where, words=entry.words)
    )
    if reasons:
        talk.say(Markup("<i>{}</i>").format(dots(talk, reasons)))
