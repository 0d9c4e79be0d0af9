"""The words of the calendar, in French first, then English and what else people borrow: months, days, « hier »."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.word_lists import word_lists

__all__ = [
    "AROUND",
    "BEFORE_A_MONTH",
    "FEAST_DAYS",
    "MONTHS",
    "RELATIVE",
    "SHY_MONTHS",
    "UNTIL",
    "WEEKDAYS",
    "WEEKDAY_NAMES",
]

_LISTS: Final = word_lists("calendar")

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

WEEKDAY_NAMES: Final[Lexicon[int]] = Lexicon(
    _LISTS.groups(
        "weekdays", {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
    )
)

MONTHS: Final[Lexicon[int]] = Lexicon(
    _LISTS.groups(
        "months",
        {
            "january": 1,
            "february": 2,
            "march": 3,
            "april": 4,
            "may": 5,
            "june": 6,
            "july": 7,
            "august": 8,
            "september": 9,
            "october": 10,
            "november": 11,
            "december": 12,
        },
    )
)

# Said alone these are other words, or only a shortening: they need a day, a year or a preposition beside them.
SHY_MONTHS: Final = _LISTS.words("also_other_words")
BEFORE_A_MONTH: Final = _LISTS.words("before_a_month")

# Relative days: how far from today, and the part of the day said with it.
RELATIVE: Final[Lexicon[tuple[int, str]]] = Lexicon(
    _LISTS.groups(
        "days_from_today",
        {
            "today": (0, ""),
            "tomorrow": (1, ""),
            "in_two_days": (2, ""),
            "yesterday": (-1, ""),
            "two_days_ago": (-2, ""),
            "this_evening": (0, "evening"),
            "this_morning": (0, "morning"),
            "this_afternoon": (0, "afternoon"),
            "this_night": (0, "night"),
            "this_noon": (0, "lunch"),
            "yesterday_evening": (-1, "evening"),
            "yesterday_morning": (-1, "morning"),
        },
    )
)

# Weeks, months and years around today: the unit and how far.
AROUND: Final[Lexicon[tuple[str, int]]] = Lexicon(
    _LISTS.groups(
        "periods_from_today",
        {
            "this_weekend": ("weekend", 0),
            "next_weekend": ("weekend", 1),
            "last_weekend": ("weekend", -1),
            "this_week": ("week", 0),
            "next_week": ("week", 1),
            "last_week": ("week", -1),
            "this_month": ("month", 0),
            "next_month": ("month", 1),
            "last_month": ("month", -1),
            "this_year": ("year", 0),
            "next_year": ("year", 1),
            "last_year": ("year", -1),
            "before_last_year": ("year", -2),
        },
    )
)

# Feasts that fall on one day: month and day.
FEAST_DAYS: Final[Lexicon[tuple[int, int]]] = Lexicon(
    _LISTS.groups(
        "feast_days",
        {
            "new_year": (1, 1),
            "valentine": (2, 14),
            "halloween": (10, 31),
            "christmas_eve": (12, 24),
            "new_years_eve": (12, 31),
        },
    )
)

UNTIL: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("until"))
