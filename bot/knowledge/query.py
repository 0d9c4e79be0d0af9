"""A question, or a wording of an answer, as the numbers that finding compares: made once, used by every comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.words import Hashes, hashes, letters_of, pairs_of, plain_words, stems_of

__all__ = ["BUCKETS", "RARITIES", "Query", "Rows", "distinct", "read_query", "row_of"]

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
        letters=letters_of(plain),
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


def distinct(pieces: Sequence[Hashes]) -> tuple[NDArray[np.int64], Hashes, NDArray[np.int64]]:
    """The different pieces of each of several texts: the number of the text, the piece, how often it is there."""
    texts = np.repeat(np.arange(len(pieces), dtype=np.uint64), [len(one) for one in pieces])
    together = np.concatenate([*pieces, np.zeros(0, np.uint32)])
    keys, count = np.unique(texts << np.uint64(32) | together, return_counts=True)
    return (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), count


@dataclass(frozen=True, slots=True)
class Rows:
    """What `row_of` says of many questions, a row each: nearly all of it is zero and takes no room.

    The columns after `BUCKETS` are those of `more`. `rows[numbers]` gives these rows in full.
    """

    starts: NDArray[np.int64]
    places: NDArray[np.int64]
    values: Vector
    more: Vector

    @classmethod
    def of(cls, queries: Sequence[Query], rarity: Vector, more: Vector | None = None) -> Rows:
        """`more` has a row for each query."""
        size = len(queries)
        words = [np.concatenate([query.words, query.pairs]) for query in queries]
        letters = [query.letters for query in queries]
        cells, values = [], []
        for pieces, share in ((words, WORDS_WEIGHT), (letters, LETTERS_WEIGHT)):
            row, piece, count = distinct(pieces)
            weight = (1.0 + np.log(count)) * rarity[piece % RARITIES]
            norm = np.sqrt(np.bincount(row, weight * weight, size))
            scale = np.divide(share, norm, out=np.zeros(size), where=norm > 0)
            cells.append(row * BUCKETS + piece % BUCKETS)
            values.append(np.where(piece >> 31, weight, -weight) * scale[row])
        unique, which = np.unique(np.concatenate(cells), return_inverse=True)
        return cls(
            np.searchsorted(unique, np.arange(size + 1) * BUCKETS),
            unique % BUCKETS,
            np.bincount(which, np.concatenate(values), len(unique)).astype(np.float32),
            np.zeros((size, 0), np.float32) if more is None else more,
        )

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.more), BUCKETS + self.more.shape[1]

    def __getitem__(self, numbers: NDArray[np.intp]) -> Vector:
        chosen = self.chosen(numbers)
        rows = np.zeros((len(numbers), self.shape[1]), np.float32)
        rows[np.repeat(np.arange(len(numbers)), np.diff(chosen.starts)), chosen.places] = chosen.values
        rows[:, BUCKETS:] = chosen.more
        return rows

    def chosen(self, numbers: NDArray[np.intp]) -> Rows:
        """These rows alone."""
        sizes = self.starts[numbers + 1] - self.starts[numbers]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        cells = np.arange(starts[-1]) + np.repeat(self.starts[numbers] - starts[:-1], sizes)
        return Rows(starts, self.places[cells], self.values[cells], self.more[numbers])

    def mean(self) -> Vector:
        """The mean of the rows; zeros if there is none."""
        size = max(len(self.more), 1)
        words = np.bincount(self.places, self.values, BUCKETS)
        return (np.concatenate([words, self.more.sum(axis=0, dtype=np.float64)]) / size).astype(np.float32)
