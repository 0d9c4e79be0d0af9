"""Days as people write them in tables: "5 décembre 2026", "05/12/26", "du 5 au 19 décembre 2026", Excel's numbers."""

from __future__ import annotations

import datetime
import re
from typing import Any

from bot.catalogue.cleaning import read_date
from bot.catalogue.folding import fold
from bot.word_lists import word_lists

__all__ = ["read_day", "read_days"]

ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
MONTHS = {
    fold(word): 1 + [*ENGLISH, "november", "december"].index(month)
    for word, month in word_lists("calendar").groups("months")
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
NUMBERS = re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})(?:[ T]+(?:à )?\d{1,2} ?[:hH].*)?")
WORDS = re.compile(
    rf"(?:[a-z]+ )?(?:le )?(\d{{1,2}})(?: ?(?:er|st|nd|rd|th))?(?: of)? ({MONTH})"
    r" (\d{2}|\d{4})(?: a)?(?: \d{1,2} ?h?.*)?"
)
MONTH_FIRST = re.compile(rf"(?:[a-z]+ )?({MONTH}) (\d{{1,2}})(?:st|nd|rd|th)? (\d{{4}})(?: at)?(?: \d{{1,2}}.*)?")
RANGE = re.compile(r"\s+(?:au|jusqu['’]?\s?au|to|until|[-–—>→])\s+|\s*[–—→]\s*", re.IGNORECASE)
FROM = re.compile(r"\s*(?:du|de|from|le|à partir du|dès le)\s+", re.IGNORECASE)
NO_YEAR = re.compile(rf"(?:[a-z]+ )?(?:le )?(\d{{1,2}})(?: ?er)?(?: ({MONTH}))?")
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
EXCEL_BEGINS = datetime.date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1990, 2100


def read_day(value: Any) -> datetime.date | None:
    """The day in France that was meant, between 1990 and 2100; None where it cannot be told."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        value = str(value)
    if isinstance(value, datetime.datetime):
        return _within(value.date())
    if isinstance(value, datetime.date):
        return _within(value)
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = value.strip()
    if found := NUMBERS.fullmatch(text):
        has_zone = re.search(r"T.*(?:Z|[+-]\d\d:?\d\d)\Z", text)
        return read_date(text) if has_zone else _of_numbers(*found.groups())
    if found := SERIAL.fullmatch(text):
        return _within(EXCEL_BEGINS + datetime.timedelta(days=int(found[1])))
    folded = fold(text)
    if found := WORDS.fullmatch(folded):
        return _day(_year(found[3]), MONTHS[found[2]], int(found[1]))
    if found := MONTH_FIRST.fullmatch(folded):
        return _day(int(found[3]), MONTHS[found[1]], int(found[2]))
    return read_date(text)


def read_days(value: Any) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of what may be one day or a range of them; None where it cannot be told."""
    day = read_day(value)
    if day is not None:
        return day, day
    if not isinstance(value, str):
        return None
    parts = RANGE.split(FROM.sub("", value.strip(), count=1), maxsplit=1)
    if len(parts) != 2:
        return None
    last = read_day(parts[1])
    if last is None:
        return None
    first = read_day(parts[0])
    if first is None and (found := NO_YEAR.fullmatch(fold(parts[0]))):
        month = MONTHS[found[2]] if found[2] else last.month
        first = _day(last.year - (month > last.month), month, int(found[1]))
    return (first, last) if first is not None and first <= last else None


def _of_numbers(one: str, two: str, three: str) -> datetime.date | None:
    if len(one) == 4:
        return _day(int(one), int(two), int(three))
    if len(one) > 2 or len(three) not in (2, 4):
        return None
    day, month, year = int(one), int(two), _year(three)
    return _day(year, month, day) if month <= 12 else _day(year, day, month)


def _year(said: str) -> int:
    return int(said) + (2000 if len(said) == 2 else 0)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return _within(datetime.date(year, month, day))
    except ValueError:
        return None


def _within(day: datetime.date) -> datetime.date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
