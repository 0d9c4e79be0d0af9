"""A text as the stems of its words, French or English, typed as people type."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from bot.understanding.writing import fold, in_full, without_courtesy

__all__ = ["Hashes", "hashes", "letters_of", "pairs_of", "plain_words", "stems_of"]

Hashes = NDArray[np.uint32]

WORD: Final = re.compile(r"[a-z0-9]+")
STEMMERS: Final = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}
HOME: Final = "fr"
LETTERS: Final = (3, 4, 5)
LONGEST_WORD: Final = 40
"""Letters looked at of one word; what is longer is no word."""


def plain_words(text: str, language: str) -> list[str]:
    """The words of a text without accents, abbreviations written out, greeting and thanks left aside."""
    return WORD.findall(fold(without_courtesy(in_full(text, {}, english=language == "en"))).replace("'", " "))


def stems_of(words: list[str], language: str) -> list[str]:
    return [_stem(word, language if language in STEMMERS else HOME) for word in words]


@lru_cache(maxsize=16_384)
def _stem(word: str, language: str) -> str:
    return str(STEMMERS[language].stemWord(word))


def pairs_of(stems: list[str]) -> list[str]:
    """Each two stems that follow one another."""
    return [f"{a} {b}" for a, b in pairwise(stems)]


def letters_of(words: list[str]) -> Hashes:
    """The groups of letters inside the words, whose ends count, by their hashes."""
    return np.concatenate([_letters(word) for word in words]) if words else np.zeros(0, np.uint32)


@lru_cache(maxsize=16_384)
def _letters(word: str) -> Hashes:
    padded = f" {word[:LONGEST_WORD]} "
    groups: list[str] = []
    for size in LETTERS:
        if size >= len(padded):
            groups.append(padded)
            break
        groups += [padded[at : at + size] for at in range(len(padded) - size + 1)]
    return hashes(groups)


def hashes(pieces: list[str]) -> Hashes:
    """The same pieces, the same numbers, everywhere and always."""
    return np.fromiter((zlib.crc32(piece.encode()) for piece in pieces), np.uint32, len(pieces))
