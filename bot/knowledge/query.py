"""A question, or a wording of an answer, as the numbers that finding compares: made once, used by every comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.words import Hashes, hashes, letters_of, pairs_of, plain_words, stems_of

__all__ = ["BUCKETS", "RARITIES", "Query", "read_query", "row_of"]

Vector = NDArray[np.float32]

BUCKETS: Final = 2048
"""Pieces of words are counted in so many places, by their hash."""
RARITIES: Final = 1 << 18
WORDS_WEIGHT: Final = 3.0
LETTERS_WEIGHT: Final = 1.8
LONGEST: Final = 1_500
"""Characters read of a message; a question is over before."""

FOLLOWS: Final = re.compile(
    r"(?:et|ou|mais|meme|sinon|alors|donc|ok|oui|non|d'accord|and|or|but|even|so|what about|how about|what if|also)\b"
)
"""How a question begins that leans on what was said before."""
BRIEF: Final = ((3, 0.7), (5, 0.4), (8, 0.15))
"""Up to so many words, a question leans that much on what was said before."""


@dataclass(frozen=True, slots=True)
class Query:
    """`words` and `pairs` are stems and pairs of stems, `letters` groups of letters, all by their hashes."""

    language: str
    words: Hashes
    pairs: Hashes
    letters: Hashes
    vector: Vector | None
    leaning: float
    """From 0, stands alone, to 1, is nothing without what was said before."""


def read_query(text: str, language: str, vector: Vector | None = None) -> Query:
    """`vector` is what the encoder makes of it, if it was asked."""
    plain = plain_words(text[:LONGEST], language)
    stems = stems_of(plain, language)
    return Query(
        language=language,
        words=hashes(stems),
        pairs=hashes(pairs_of(stems)),
        letters=hashes(letters_of(plain)),
        vector=vector,
        leaning=_leaning(plain),
    )


def _leaning(words: Sequence[str]) -> float:
    if FOLLOWS.match(" ".join(words)):
        return 1.0
    return next((leaning for most, leaning in BRIEF if len(words) <= most), 0.0)


def row_of(query: Query, rarity: Vector) -> tuple[NDArray[np.int64], Vector]:
    """The places of its pieces among `BUCKETS`, and their weights: the rarer the more, of one length in all.

    `rarity` weighs a piece by its hash; one that no wording has weighs nothing. Pieces that share a place cancel out on
    average, for their highest bit gives a sign.
    """
    places, weights = [], []
    for pieces, share in ((np.concatenate([query.words, query.pairs]), WORDS_WEIGHT), (query.letters, LETTERS_WEIGHT)):
        unique, count = np.unique(pieces, return_counts=True)
        weight = (1.0 + np.log(count)) * rarity[unique % RARITIES]
        norm = float(np.sqrt(weight @ weight))
        if norm > 0.0:
            places.append((unique % BUCKETS).astype(np.int64))
            weights.append(np.where(unique >> 31, weight, -weight) * (share / norm))
    if not places:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    return np.concatenate(places), np.concatenate(weights).astype(np.float32)
