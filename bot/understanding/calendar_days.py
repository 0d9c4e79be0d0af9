"""A day of the month as people write it: "13/10/2025", "2025-10-13", « 1er mars », "March 3rd", « le trente et un »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding import calendar_words as words
from bot.understanding.numbers.written import Number
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["LAST", "NEXT", "UNITS", "Day", "day_at", "digits", "month_end", "safe_date", "shift", "year_at"]

_LISTS: Final = word_lists("calendar")

_ARTICLES: Final = _LISTS.words("articles")
_RANK: Final = _LISTS.words("ranks")
# What makes a figure something else than a day.
UNITS: Final = _LISTS.words("units") | frozenset({"%"})
NEXT: Final = _LISTS.words("next")
LAST: Final = _LISTS.words("last")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month as said: `month` and `year` are 0 when they were not."""

    end: int
    day: int
    month: int = 0
    year: int = 0


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    following = safe_date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1) if following else date(year, month, 28)


def shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def digits(sentence: Sentence, index: int, most: int) -> int:
    """The figure at `index` if it has at most `most` digits, else −1."""
    word = sentence.word(index)
    return int(word) if word.isascii() and word.isdigit() and len(word) <= most else -1


def year_at(sentence: Sentence, index: int) -> tuple[int, int]:
    """A year at `index` and the word after it, or (0, index)."""
    at = index + 1 if sentence.word(index) in (",", "de", "of", "en") else index
    year = digits(sentence, at, 4)
    return (year, at + 1) if 1900 <= year <= 2100 and sentence.stem(at + 1) not in UNITS else (0, index)


def _numeric(sentence: Sentence, index: int) -> Day | None:
    """2025-10-13, 13/10/2025, 13.10.25, 24/12."""
    a, mark, b = digits(sentence, index, 4), sentence.word(index + 1), digits(sentence, index + 2, 2)
    if a < 0 or b < 0 or mark not in ("/", "-", ".") or not (sentence.glued(index + 1) and sentence.glued(index + 2)):
        return None
    c = digits(sentence, index + 4, 4)
    full = sentence.word(index + 3) == mark and c >= 0 and sentence.glued(index + 3) and sentence.glued(index + 4)
    if a >= 1900:
        return Day(index + 5, c, b, a) if full and len(sentence.words[index + 4]) <= 2 else None
    if len(sentence.words[index]) > 2:
        return None
    if full:
        year = c + 2000 if c < 100 else c
        return Day(index + 5, a, b, year) if b <= 12 else Day(index + 5, b, a, year)
    said_as_a_day = sentence.word(index - 1) in _ARTICLES or words.WEEKDAY_NAMES.at(sentence, index - 1) is not None
    if mark == "/" and 0 < b <= 12 and 0 < a <= 31 and (said_as_a_day or a > 12 or len(sentence.words[index + 2]) == 2):
        return Day(index + 3, a, b) if sentence.stem(index + 3) not in UNITS else None
    return None


def day_at(sentence: Sentence, index: int, number: Number | None) -> Day | None:
    """The day of a month said from `index`: with its month where that is said, else a bare day."""
    if (numeric := _numeric(sentence, index)) is not None:
        return numeric
    if sentence.word(index) in ("premier", "1er", "first"):
        day, end = 1, index + 1
    elif (day := digits(sentence, index, 2)) >= 0:
        end = index + 1
        end += sentence.word(end) in _RANK and sentence.glued(end)
    elif number is not None and number.in_words and number.value in range(1, 32) and not number.sign:
        day, end = int(number.value), number.end
    else:
        return _month_first(sentence, index)
    if not 1 <= day <= 31:
        return None
    after = end + 1 if sentence.word(end) in ("of", "de", "du", "di", "d") else end
    month = words.MONTHS.at(sentence, after)
    if month is None:
        return Day(end, day)
    end = month.end
    end += sentence.word(end) == "." and sentence.words[end - 1] in words.SHY_MONTHS and sentence.glued(end)
    year, end = year_at(sentence, end)
    end += sentence.word(end) in NEXT or sentence.word(end) in LAST
    return Day(end, day, month.value, year)


def _month_first(sentence: Sentence, index: int) -> Day | None:
    """ "March 3rd, 2026", "dec 5": the month before its day."""
    month = words.MONTHS.at(sentence, index)
    if month is None:
        return None
    at = month.end + (sentence.word(month.end) in (".", "the"))
    day = digits(sentence, at, 2)
    end = at + 1
    end += sentence.word(end) in _RANK and sentence.glued(end)
    if not 1 <= day <= 31 or sentence.stem(end) in UNITS or (sentence.word(end) in ("-", "/") and sentence.glued(end)):
        return None
    year, end = year_at(sentence, end)
    return Day(end, day, month.value, year)
