"""The kinds of question of a search: where, to do what, when.

A place is kept by its key ("commune:13055"), the whole country as "", help from home as "home". A position sent from
a device becomes the nearest commune at once: the exact point is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.kinds import Answer, Day, Kind, Option, Reading, Refusal, Said, Which
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.understanding.causes import CAUSES, read_causes
from bot.understanding.dates import read_date, read_when
from bot.understanding.known import gazetteer
from bot.understanding.people import is_remote
from bot.understanding.places import city_of, read_place, read_places
from bot.understanding.sentence import Sentence

__all__ = [
    "HOME",
    "Activity",
    "Causes",
    "ComingDay",
    "Flag",
    "NotWhen",
    "Radius",
    "What",
    "When",
    "Where",
    "days_of",
    "is_past",
    "when_phrase",
]

ANYWHERE = ""
HOME = "home"
MOST_OPTIONS = 6
FEW_WORDS = 5
TELLING = 4
"""Letters that a word of a button has at least to be recognised by."""
FARTHEST_KM = 30.0
"""A position farther than this from every commune is not in France."""

WHEN: dict[str, Phrase] = {
    "weekend": _("at the weekend"),
    "weekday": _("on weekdays"),
    "morning": _("in the morning"),
    "lunch": _("at lunchtime"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
    "night": _("at night"),
    "monday": _("on Mondays"),
    "tuesday": _("on Tuesdays"),
    "wednesday": _("on Wednesdays"),
    "thursday": _("on Thursdays"),
    "friday": _("on Fridays"),
    "saturday": _("on Saturdays"),
    "sunday": _("on Sundays"),
    "summer": _("in summer"),
    "christmas": _("around Christmas"),
    "school_holidays": _("in the school holidays"),
    "now": _("soon"),
}

HOLIDAYS = {"christmas": _("in the Christmas holidays"), "summer": _("in the summer holidays")}
HOURS = frozenset({"morning", "lunch", "afternoon", "evening", "night"})


def when_phrase(token: str) -> Phrase:
    """A value of the slot `when`, as one says it."""
    if token in WHEN:
        return WHEN[token]
    kind, _colon, said = token.partition(":")
    match kind:
        case "date":
            return _("on {day:date}", day=date.fromisoformat(said))
        case "month":
            return _("in {month:month}", month=date.fromisoformat(f"{said}-01"))
        case "year":
            return _("in {year}", year=said)
        case "range":
            first, _slash, last = said.partition("/")
            return _("from {first:date} to {last:date}", first=date.fromisoformat(first), last=date.fromisoformat(last))
    raise ValueError("no time")


def when_phrases(tokens: Sequence[str]) -> Phrase:
    """Some times as one says them: the days, then the hours."""
    hours = [when_phrase(token) for token in tokens if token in HOURS]
    days = [when_phrase(token) for token in tokens if token not in HOURS]
    if "school_holidays" in tokens and (season := next((name for name in HOLIDAYS if name in tokens), None)):
        rest = [token for token in tokens if token not in HOURS and token not in (season, "school_holidays")]
        days = [HOLIDAYS[season], *(when_phrase(token) for token in rest)]
    if hours and days:
        return _("{days:list}, {hours:list}", days=days, hours=hours)
    return _("{times:list}", times=days or hours)


def is_past(token: str, today: date) -> bool:
    """Whether a value of the slot `when` names only days that are over."""
    kind, _colon, said = token.partition(":")
    match kind:
        case "date" | "range":
            return date.fromisoformat(said.split("/")[-1]) < today
        case "month":
            return said < f"{today:%Y-%m}"
        case "year":
            return said < str(today.year)
    return False


def days_of(tokens: Sequence[str]) -> tuple[date | None, date | None]:
    """The first and the last day that dates among some times name ("date:2026-12-05", "range:…"); None without any."""
    days: list[date] = []
    for token in tokens:
        kind, _colon, said = token.partition(":")
        if kind in ("date", "range"):
            days += [date.fromisoformat(part) for part in said.split("/")]
    return (min(days), max(days)) if days else (None, None)


class Where(Kind[str]):
    """A place in France, as its key; `ANYWHERE`, or `HOME` for what is done from home."""

    slot = "place"
    asks_location = True
    expects = _("A town, a postcode or a département, please: for example Rennes, 13005 or the 93.")

    def read(self, said: Said) -> Reading[str]:
        several = read_places(said.text, said.language)
        if not several and is_remote(said.text):
            return Answer(HOME)
        if len(several) > 1:
            return self.from_slot(several)
        is_a_time = not several and bool(read_when(said.text, said.today, language=said.language)[0])
        one = several[0] if several else None if is_a_time else read_place(said.text)
        if one is not None:
            return self.from_slot(one)
        if gazetteer().find(said.text, guess=False).abroad:
            return Refusal(
                _("I only know France, overseas included. In which town would you like to help, or shall we skip this?")
            )
        return None

    def corrected(self, said: Said) -> Reading[str]:
        """A spelling is guessed for a word alone only: « c'est les enfants » names no place."""
        return self.read(said) if len(said.text.split()) == 1 or read_places(said.text, said.language) else None

    def from_slot(self, value: Any) -> Reading[str]:
        if isinstance(value, str):  # a button that begins the search
            return super().from_slot(value)
        if isinstance(value, list):
            keys = [key for one in value if isinstance(one, dict) and (key := _key(one))]
            return self._which(keys)
        if not isinstance(value, dict):
            return None
        if "point" in value:
            return self.from_location(*value["point"])
        if key := _key(value):
            return Answer(key)
        candidates = (gazetteer().by_code(str(code)) for code in value.get("candidates", ()))
        return self._which([place.key for place in candidates if place is not None])

    def _which(self, keys: list[str]) -> Reading[str]:
        options = tuple(Option(self.shown(key), key) for key in dict.fromkeys(keys[:MOST_OPTIONS]))
        if not options:
            return None
        cities = {city_of(option.value) for option in options}
        if len(options) > 1 and len(cities) == 1 and (city := gazetteer().by_code(cities.pop())):
            options += (Option(_("All of {city}", city=city.name), city.key),)
        return Answer(options[0].value) if len(options) == 1 else Which(options)

    def from_location(self, latitude: float, longitude: float) -> Reading[str]:
        near = gazetteer().near(latitude, longitude, 1)
        km = near[0].distance_to(latitude, longitude) if near else None
        if km is None or km > FARTHEST_KM:
            return Refusal(_("This position is outside France, where I know nobody. In which town would it be?"))
        return Answer(near[0].key)

    def load(self, stored: Any) -> str:
        if stored in (ANYWHERE, HOME):
            return str(stored)
        if not isinstance(stored, str) or ":" not in stored or gazetteer().by_code(stored) is None:
            raise ValueError("no place")
        return stored

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(_("From home"), HOME)]]

    def shown(self, value: str) -> Phrase | str:
        if value == HOME:
            return _("from home")
        place = gazetteer().by_code(value) if value else None
        return place.label if place else _("anywhere")


def _key(slot: dict[str, Any]) -> str | None:
    if slot.get("level") == "country":
        return ANYWHERE
    code, level = slot.get("code"), slot.get("level")
    place = gazetteer().by_code(f"{level}:{code}") if code else None
    return place.key if place else None


class When(Kind[tuple[str, ...]]):
    """The times that suit, as values of the slot `when`; none for any time."""

    slot = "when"
    expects = _("A day or a time, please: for example Saturday morning, in the evening, or the Christmas holidays.")

    def read(self, said: Said) -> Reading[tuple[str, ...]]:
        wanted, refused = read_when(said.text, said.today, language=said.language)
        coming = tuple(token for token in wanted if not is_past(token, said.today))
        if wanted and not coming:
            return Refusal(_("That is over already. When would you be free from now on?"))
        return Answer(coming) if coming or refused else None

    def from_slot(self, value: Any) -> Reading[tuple[str, ...]]:
        return super().from_slot(value if isinstance(value, list) else [value])

    def from_press(self, value: str) -> tuple[str, ...]:
        return self.load(value.split(",") if value else [])

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list):
            raise ValueError("no times")
        for token in stored:
            when_phrase(token)  # raises for one we do not know
        return tuple(stored)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def options(self) -> Sequence[Sequence[Option]]:
        return [
            [Option(_("On weekdays"), "weekday"), Option(_("In the evening"), "evening")],
            [Option(_("At the weekend"), "weekend"), Option(_("Soon"), "now")],
        ]

    def shown(self, value: tuple[str, ...]) -> Phrase:
        return when_phrases(value) if value else _("any time")


class NotWhen(When):
    """The times that are refused."""

    slot = "not_when"


class Causes(Kind[tuple[str, ...]]):
    """Causes, in a slot of their own: those that are refused."""

    def __init__(self, slot: str) -> None:
        self.slot = slot

    def from_slot(self, value: Any) -> Reading[tuple[str, ...]]:
        return super().from_slot(value if isinstance(value, list) else [value])

    def from_press(self, value: str) -> tuple[str, ...]:
        return self.load([value] if value else [])

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list) or not all(cause in CAUSES for cause in stored):
            raise ValueError("no causes")
        return tuple(stored)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)


@dataclass(frozen=True, slots=True)
class What:
    """What somebody would like to do: in their own words, and the causes these speak of. Neither: anything."""

    text: str = ""
    causes: tuple[str, ...] = ()


class Activity(Kind[What]):
    """What to do, in any words; `names` are the buttons: a cause and how it is called."""

    slot = "cause"
    greedy = verbatim = True
    expects = _("A few words on what you would like to do, please.")
    LONGEST = 200

    def __init__(self, names: dict[str, Phrase]) -> None:
        self.names = names

    def read(self, said: Said) -> Reading[What]:
        text = " ".join(said.text.split())
        wanted, refused = read_causes(text)
        if refused and not wanted:
            return Answer(What())
        return Answer(What(text[: self.LONGEST], tuple(wanted) or self._named(text, said.language)))

    def corrected(self, said: Said) -> Reading[What]:
        reading = self.read(said)
        return reading if isinstance(reading, Answer) and reading.value.causes else None

    def _named(self, text: str, language: str) -> tuple[str, ...]:
        """The cause whose button a few words are about: « les enfants », "school"."""
        words = Sentence(text).words
        if len(words) > FEW_WORDS:
            return ()
        named = [
            cause
            for cause, name in self.names.items()
            if any(len(word) >= TELLING and word in words for word in Sentence(text_of(name, language)).words)
        ]
        return tuple(named) if len(named) == 1 else ()

    def from_slot(self, value: Any) -> Reading[What]:
        return super().from_slot({"causes": value if isinstance(value, list) else [value]})

    def from_press(self, value: str) -> What:
        return self.load({"causes": [value] if value else []})

    def load(self, stored: Any) -> What:
        causes = tuple(stored.get("causes", ()))
        if not all(cause in CAUSES for cause in causes):
            raise ValueError("no cause")
        return What(str(stored.get("text", "")), causes)

    def dump(self, value: What) -> dict[str, Any]:
        return {"text": value.text, "causes": list(value.causes)}

    def options(self) -> Sequence[Sequence[Option]]:
        options = [Option(name, cause) for cause, name in self.names.items()]
        return [options[at : at + 2] for at in range(0, len(options), 2)]

    def shown(self, value: What) -> Phrase | str:
        if value.text:
            return value.text
        named = [self.names[cause] for cause in value.causes if cause in self.names]
        return _("{causes:list}", causes=named) if named else _("anything")


class Flag(Kind[bool]):
    """A condition that holds or not: said as a slot, or pressed."""

    def __init__(self, slot: str | None = None) -> None:
        self.slot = slot

    def load(self, stored: Any) -> bool:
        if stored in (True, "1"):
            return True
        if stored in (False, ""):
            return False
        raise ValueError("neither")


class Radius(Kind[float]):
    """Kilometres around a place, as said; the search keeps them within its bounds."""

    slot = "radius_km"

    def load(self, stored: Any) -> float:
        value = float(stored)
        if not 0 <= value <= 40_000:
            raise ValueError("no distance")
        return value


class ComingDay(Day):
    """A day from today on: "samedi" is the next one."""

    def read(self, said: Said) -> Reading[date]:
        found = read_date(said.text, said.today, past=False, language=said.language)
        return None if found is None else self._bounded(found)
