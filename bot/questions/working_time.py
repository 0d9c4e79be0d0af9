"""The kinds of question about working time: a share of it ("un jour par semaine", "mi-temps") and a number of months.

A number of days in all, or a month, is counted with the working days of a month that the topic gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from bot.phrase import Phrase, _, n_
from bot.questions.kind import Answer, Kind, Option, Reading, Refusal, Said
from bot.questions.numbers import asks
from bot.understanding.days import read_days
from bot.understanding.numbers import read_number
from bot.understanding.sentence import fold

__all__ = ["LONGEST", "Months", "Rhythm", "WorkingTime"]

WEEK = Decimal(5)
LONGEST = 120
WORDS = {
    "un": "1",
    "une": "1",
    "deux": "2",
    "trois": "3",
    "quatre": "4",
    "cinq": "5",
    "six": "6",
    "one": "1",
    "a": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
}
NUMBER = r"(\d+(?:[.,]\d+)?)"
DAYS = r"(?:jours?|j|journees?|days?)"
FULL = re.compile(r"temps plein|plein temps|temps complet|full time|100 ?%")
HALF = re.compile(r"mi temps|moitie|half time|half the time")
PERCENT = re.compile(NUMBER + r" ?(?:%|pour ?cent|per ?cent)")
HALF_DAY = re.compile(r"(?:demi (?:journees?|jours?)|half (?:1 )?days?) (?:par|per|1|each|every) (?:semaine|week)")
A_WEEK = re.compile(NUMBER + " ?" + DAYS + r" ?(?:/|\b(?:par|per|1|each|every)\b) ?(?:semaine|week)")
OUT_OF = re.compile(NUMBER + " " + DAYS + r" (?:sur|in|out of) " + NUMBER)
A_MONTH = re.compile(NUMBER + " ?" + DAYS + r" ?(?:/|\b(?:par|per|1|each|every)\b) ?(?:mois|month)")
MONTHS = re.compile(r"(\d+) (?:mois|months?)\b")
YEARS = re.compile(r"(\d+) (?:ans?|annees?|years?)\b")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The share of normal working time, above 0 and at most 1; `months` is None where it was not said."""

    share: Decimal
    months: int | None = None


class WorkingTime(Kind[Rhythm]):
    """A rhythm, or a number of days in all."""

    slot = "days"
    greedy = True
    """"A day a week" names other topics too: it does not lead away from the question."""
    expects = _("A rhythm, please: for example 1 day a week, half time, or 5 days in all.")

    def __init__(self, days_in_month: Decimal) -> None:
        self.days_in_month = days_in_month

    def read(self, said: Said) -> Reading[Rhythm]:
        text = _plain(said.text)
        months = _months(text)
        share = self._share(text)
        if share is not None:
            return self._bounded(Rhythm(share, months))
        days = None if asks(said.text) else read_days(said.text)
        return None if days is None else self._bounded(self._in_all(Decimal(days)))

    def from_slot(self, value: Any) -> Reading[Rhythm]:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value < WEEK:
            return None  # "two days", said in passing, are nearly always two days a week: better ask
        return self._bounded(self._in_all(Decimal(str(value))))

    def _bounded(self, value: Rhythm) -> Reading[Rhythm]:
        if not 0 < value.share <= 1 or not 0 < (value.months or 1) <= LONGEST:
            return Refusal(self.expects)
        return Answer(value)

    def _share(self, text: str) -> Decimal | None:
        if found := OUT_OF.search(text):
            return _number(found[1]) / _number(found[2]) if _number(found[2]) else None
        if HALF_DAY.search(text):
            return 1 / (2 * WEEK)
        if found := A_WEEK.search(text):
            return _number(found[1]) / WEEK
        if found := A_MONTH.search(text):
            return _number(found[1]) / self.days_in_month
        if found := PERCENT.search(text):
            return _number(found[1]) / 100
        if HALF.search(text):
            return Decimal("0.5")
        return Decimal(1) if FULL.search(text) else None

    def _in_all(self, days: Decimal) -> Rhythm:
        """The days as a share of the fewest whole months that hold them."""
        months = max(1, ceil(days / self.days_in_month))
        return Rhythm(days / (self.days_in_month * months), months)

    def from_press(self, value: str) -> Rhythm:
        return self.load([value, None])

    def load(self, stored: Any) -> Rhythm:
        share, months = stored
        value = Rhythm(Decimal(share), months)
        if not isinstance(self._bounded(value), Answer):
            raise ValueError("no share of time")
        return value

    def dump(self, value: Rhythm) -> list[Any]:
        return [str(value.share), value.months]

    def options(self) -> Sequence[Sequence[Option]]:
        return [
            [Option(_("1 day a week"), str(1 / WEEK)), Option(_("2 days a week"), str(2 / WEEK))],
            [Option(_("Half time"), "0.5"), Option(_("Full time"), "1")],
        ]

    def shown(self, value: Rhythm) -> Phrase:
        return _("{share:percent} of the time", share=value.share)


class Months(Kind[int]):
    """A whole number of months."""

    slot = "months"
    expects = _("A number of months, please: for example 4.")

    def read(self, said: Said) -> Reading[int]:
        months = _months(_plain(said.text))
        if months is None:
            found = None if asks(said.text) else read_number(said.text)
            months = int(found) if found is not None and found == int(found) else None
        return None if months is None else self._bounded(months)

    def _bounded(self, value: int) -> Reading[int]:
        if 1 <= value <= LONGEST:
            return Answer(value)
        return Refusal(_("I can count from 1 to {longest:number} months.", longest=LONGEST))

    def from_press(self, value: str) -> int:
        return self.load(int(value))

    def load(self, stored: Any) -> int:
        if not isinstance(stored, int) or isinstance(stored, bool) or not 1 <= stored <= LONGEST:
            raise ValueError("no number of months")
        return stored

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(n_("{count} month", "{count} months", count), str(count)) for count in (1, 3, 6, 12)]]

    def shown(self, value: int) -> Phrase:
        return n_("{count} month", "{count} months", value)


def _plain(text: str) -> str:
    words = re.sub(r"[’'\s-]+", " ", fold(text)).split()
    return " ".join(WORDS.get(word, word) for word in words)


def _months(text: str) -> int | None:
    if found := MONTHS.search(text):
        return int(found[1])
    if found := YEARS.search(text):
        return 12 * int(found[1])
    return None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
