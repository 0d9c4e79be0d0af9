"""The part of the year in which a mission takes place every year: "11-20/11-30" for the end of November."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

__all__ = ["SEASON", "coming", "is_in_season", "meets"]

SEASON = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
Period = tuple[datetime.date, datetime.date]
AHEAD = 60
"""Days before it begins from which it is worth speaking of."""


def coming(season: str, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of the season that goes on or comes next; None where there is no season."""
    found = SEASON.fullmatch(season)
    if found is None:
        return None
    opens, closes = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    for year in (today.year - 1, today.year, today.year + 1):
        first, last = _day(year, *opens), _day(year + (closes < opens), *closes)
        if last >= today:
            return first, last
    raise AssertionError("one of three years holds the next season")


def is_in_season(season: str, today: datetime.date) -> bool:
    """Whether it goes on or begins soon; true for what has no season."""
    found = coming(season, today)
    return found is None or (found[0] - today).days <= AHEAD


def meets(season: str, periods: Iterable[Period], today: datetime.date) -> bool:
    """Whether the season goes on in one of these periods, whichever year it is; true for what has no season."""
    found = coming(season, today)
    if found is None:
        return True
    first_day, length = found[0], found[1] - found[0]
    for first, last in periods:
        for year in range(first.year - 1, last.year + 1):
            begins = _day(year, first_day.month, first_day.day)
            if begins <= last and begins + length >= first:
                return True
    return False


def _day(year: int, month: int, day: int) -> datetime.date:
    """That day of that year; the last one of the month where it has no such day."""
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(day, last))
