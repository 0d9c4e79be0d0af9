"""The kinds of question about working time: a share of it ("un jour par semaine", "mi-temps") and a number of months.

A number of days in all, or a month, is counted with the working days of a month that the topic gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from bot.phrase import Phrase, _, n_
from bot.questions.kind import Answer, Kind, Option, Reading, Refusal, Said
from bot.questions.numbers import asks
from bot.understanding.days import read_days
from bot.understanding.numbers.written import read_number
from bot.understanding.staff_time import read_months, read_time

__all__ = ["LONGEST", "Months", "Rhythm", "WorkingTime"]

WEEK = Decimal(5)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The share of normal working time, above 0 and at most 1; `months` is None where it was not said."""

    share: Decimal
    months: int | None = None


class WorkingTime(Kind[Rhythm]):
    """A rhythm, or a number of days in all."""

    slot = "rhythm"
    greedy = True
    """"A day a week" names other topics too: it does not lead away from the question."""
    expects = _("A rhythm, please: for example 1 day a week, half time, or 5 days in all.")

    def __init__(self, days_in_month: Decimal) -> None:
        self.days_in_month = days_in_month

    def read(self, said: Said) -> Reading[Rhythm]:
        time = read_time(said.sentence, said.language)
        if time is not None:
            return self._bounded(self._rhythm(time, read_months(said.sentence, said.language)))
        days = None if asks(said.text) else read_days(said.sentence)
        return None if days is None else self._bounded(self._in_all(Decimal(days)))

    def from_slot(self, value: Any) -> Reading[Rhythm]:
        if isinstance(value, dict):
            try:
                return self._bounded(self._rhythm(value, None))
            except (KeyError, ArithmeticError, TypeError):
                return None
        return super().from_slot(value)

    def _rhythm(self, time: Mapping[str, str], months: int | None) -> Rhythm:
        if "share" in time:
            return Rhythm(Decimal(time["share"]), months)
        days = Decimal(time["days"])
        match time["per"]:
            case "week":
                return Rhythm(days / WEEK, months)
            case "month":
                return Rhythm(days / self.days_in_month, months)
            case _:
                return self._in_all(days)

    def _bounded(self, value: Rhythm) -> Reading[Rhythm]:
        if not 0 < value.share <= 1 or not 0 < (value.months or 1) <= LONGEST:
            return Refusal(self.expects)
        return Answer(value)

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
        months = read_months(said.sentence, said.language)
        if months is None:
            found = None if asks(said.text) else read_number(said.sentence)
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
