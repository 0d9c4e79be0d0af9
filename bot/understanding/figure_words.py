"""The words around a number that tell what it measures: a gift, a pay, a turnover, a ceiling, days, kilometres…"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.word_lists import each, word_lists

__all__ = ["FOLLOWS_A_SUM", "GROSS", "KEYS", "PER", "REACH", "STAFF_BEFORE", "UNITS", "Key", "Unit"]

_LISTS: Final = word_lists("figures")

Key = Literal["gift", "pay", "turnover", "income", "tax", "saving", "ceiling", "credit", "name"]
Unit = Literal["days", "half_days", "weeks", "people", "km", "age", "time", "rate", "other"]

KEYS: Final[Lexicon[Key]] = Lexicon(_LISTS.groups("sums", each(Key)))

# How far a key reaches: words before a number, words after it.
REACH: Final[dict[Key, tuple[int, int]]] = {
    "gift": (9, 7),
    "pay": (6, 3),
    "turnover": (6, 3),
    "income": (6, 3),
    "tax": (3, 2),
    "saving": (3, 3),
    "ceiling": (2, 1),
    "credit": (5, 5),
    "name": (1, 0),
}

UNITS: Final[Lexicon[Unit]] = Lexicon(_LISTS.groups("units", each(Unit)))

PER: Final[Lexicon[str]] = Lexicon(_LISTS.groups("periods"))

GROSS: Final[Lexicon[str]] = Lexicon(_LISTS.groups("kinds_of_pay"))

# What comes right before the number of people of a firm.
STAFF_BEFORE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("before_staff"))

# What may come right after a sum that has no euro sign: little words, never a noun.
FOLLOWS_A_SUM: Final = _LISTS.words("follows_a_sum")
