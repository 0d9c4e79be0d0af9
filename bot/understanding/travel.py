"""What a volunteer drives: kilometres of the year, the power of the vehicle, which vehicle it is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from bot.understanding.hearing import Context
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import figures_in
from bot.understanding.numbers.sums import PER
from bot.understanding.numbers.written import numbers_in
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Vehicle", "read_km", "read_power", "read_vehicle"]

_LISTS: Final = word_lists("travel")

Vehicle = Literal["car", "electric", "motorcycle", "moped"]

_TIMES_A_YEAR: Final = {"monthly": 12, "weekly": 52, "daily": 365, "quarterly": 4}
_TRIPS: Final = _LISTS.words("trips")
_REACH: Final = 4
_POWER: Final = re.compile(
    r"(?<![\d,.])(\d{1,2}) ?(?:cv\b|chevaux\b|ch fiscaux\b|hp\b|fiscal horsepower\b)"
    r"|\b(?:puissance|power)(?: fiscale| administrative)?(?: ?:| de| of| is| est)? (\d{1,2})\b(?! ?[%€\w])"
)
_VEHICLES: Final[Lexicon[Vehicle]] = Lexicon(_LISTS.groups("vehicles", each(Vehicle)))


def read_km(sentence: Sentence, language: str = "fr") -> Decimal | None:
    """The kilometres of a year: « 640 km », « 12 trajets de 20 km », « 30 km par semaine »; None where none are told.

    A rate (« 0,60 € du km ») tells none; a number of times a week or a month is taken for the whole year.
    """
    figures = figures_in(sentence, language, context=Context.SPENDING)
    total: Decimal | None = None
    for figure in figures:
        if figure.measure != "km":
            continue
        driven = figure.number.value * _trips(sentence, language, figure.start)
        found = PER.at(sentence, figure.end) or PER.at(sentence, figure.end + 1)
        if found is not None and found.value in _TIMES_A_YEAR:
            driven *= _TIMES_A_YEAR[found.value]
        total = driven if total is None else total + driven
    return total


def _trips(sentence: Sentence, language: str, start: int) -> Decimal:
    """How many trips of so many kilometres: « 12 trajets de 20 km », "10 times 30 km"."""
    words = sentence.words
    for number in numbers_in(sentence, language):
        between = words[number.end : start]
        if number.end <= start and 1 <= len(between) <= _REACH and between[0] in _TRIPS and not number.article:
            return number.value
    return Decimal(1)


def read_power(sentence: Sentence) -> int | None:
    """The fiscal power of a vehicle: « 5 CV », « 6 chevaux », « puissance 4 »."""
    found = _POWER.search(sentence.folded)
    return int(found[1] or found[2]) if found is not None else None


def read_vehicle(sentence: Sentence) -> Vehicle | None:
    """Which vehicle it is, where that is said."""
    found = {entry.value for entry in _VEHICLES.find(sentence)}
    special = found - {"car"}
    return special.pop() if len(special) == 1 else "car" if found == {"car"} else None
