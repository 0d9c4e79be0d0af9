"""The words around a gift: what it is for, how many there are, what is given for it, whether it is a gift at all."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.word_lists import each, word_lists

__all__ = [
    "ADDS",
    "COUNTED",
    "COUPLE",
    "EACH",
    "HALF",
    "JOINT",
    "NATURES",
    "NOTHING_BACK",
    "NO_TAX",
    "PURPOSES",
    "RETURNED",
    "SAME",
    "SHARED_OUT",
    "WITHOUT",
    "Nature",
    "Purpose",
]

_LISTS: Final = word_lists("gifts")

Purpose = Literal[
    "notre_dame", "mayotte", "chambord", "patrimoine_religieux", "cultuel", "political", "domestic_violence"
]
"""A purpose that the law has had rules of its own for, under the names of `data/law/donations.toml`."""

PURPOSES: Final[Lexicon[Purpose]] = Lexicon(_LISTS.groups("purposes", each(Purpose)))

Nature = Literal[
    "licence", "school", "raffle", "ticket", "meal", "purchase", "share", "person", "pot", "reward", "tip", "union", "trip",
    "counterpart", "advert", "mistake",
]  # fmt: skip
"""What is paid for when it is no gift, or not wholly one."""

NATURES: Final[Lexicon[Nature]] = Lexicon(_LISTS.groups("no_gifts", each(Nature)))

RETURNED: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("returned"))
NOTHING_BACK: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("nothing_back"))

NO_TAX: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("no_tax"))
JOINT: Final[Lexicon[bool]] = Lexicon(_LISTS.groups("households", {"together": True, "apart": False}))

ADDS: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("adds"))
SAME: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("same"))
WITHOUT: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("without"))
COUPLE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("couple"))
SHARED_OUT: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("shared_out"))

COUNTED: Final = _LISTS.words("counted")
EACH: Final = _LISTS.words("each")
HALF: Final = _LISTS.words("half")
