"""A place in France, and how far around it.

A place is kept by its key ("commune:13055"), the whole country as "", help from home as "home". A position sent from
a device becomes the nearest commune at once: the exact point is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.catalogue.known import gazetteer
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Option, Reading, Refusal, Said, Which
from bot.understanding.dates import read_when
from bot.understanding.people import is_remote
from bot.understanding.places import city_of, read_place, read_places

__all__ = ["ANYWHERE", "HOME", "Radius", "Where"]

ANYWHERE = ""


HOME = "home"


MOST_OPTIONS = 6


FARTHEST_KM = 30.0
"""A position farther than this from every commune is not in France."""


AS_LARGE = 0.5
"""Of two homonyms, one in mainland France is meant where it has at least this share of the other's people."""


class Where(Kind[str]):
    """A place in France, as its key; `ANYWHERE`, or `HOME` for what is done from home.

    With `guesses`, the likeliest of several places is the answer; `others` gives those it may also have been.
    """

    slot = "place"
    asks_location = True
    expects = _("A town, a postcode or a département, please: for example Rennes, 13005 or the 93.")

    def __init__(self, *, guesses: bool = False) -> None:
        self.guesses = guesses

    def others(self, slot: Any, key: str) -> list[Option]:
        """What a value of the slot may mean besides the place of this key."""
        reading = Where().from_slot(slot)
        return [option for option in reading.options if option.value != key] if isinstance(reading, Which) else []

    def read(self, said: Said) -> Reading[str]:
        several = read_places(said.sentence, said.language)
        if not several and is_remote(said.sentence):
            return Answer(HOME)
        if len(several) > 1:
            return self.from_slot(several)
        is_a_time = not several and bool(read_when(said.sentence, said.today, language=said.language)[0])
        one = several[0] if several else None if is_a_time else read_place(said.sentence)
        if one is not None:
            return self.from_slot(one)
        if gazetteer().find(said.text, guess=False).abroad:
            return Refusal(
                _("I only know France, overseas included. In which town would you like to help, or shall we skip this?")
            )
        return None

    def corrected(self, said: Said) -> Reading[str]:
        """A spelling is guessed for a word alone only: « c'est les enfants » names no place."""
        return self.read(said) if len(said.text.split()) == 1 or read_places(said.sentence, said.language) else None

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
        if self.guesses:
            return Answer(_likeliest([option.value for option in options], is_one_city=len(cities) == 1))
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


def _likeliest(keys: list[str], *, is_one_city: bool) -> str:
    """Of districts of one city, the city; else the first, unless it is overseas and another is nearly as large."""
    if is_one_city and len(keys) > 1:
        return keys[-1]
    places = [place for key in keys if (place := gazetteer().by_code(key)) is not None]
    if not places:
        return keys[0]
    first = places[0]
    if not first.departement.startswith(("97", "98")):
        return first.key
    least = AS_LARGE * first.population
    near = (place for place in places if not place.departement.startswith(("97", "98")) and place.population >= least)
    return next(near, first).key


class Radius(Kind[float]):
    """Kilometres around a place, as said; the search keeps them within its bounds."""

    slot = "radius_km"

    def load(self, stored: Any) -> float:
        value = float(stored)
        if not 0 <= value <= 40_000:
            raise ValueError("no distance")
        return value
