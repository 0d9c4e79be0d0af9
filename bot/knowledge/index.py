"""BM25 over the words of answers, as arrays: what a word brings to each answer that has it, worked out beforehand.

Words are known by their hash. A word that no answer has brings nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.words import Hashes

__all__ = ["Counted", "Index"]

Scores = NDArray[np.float32]
Counted = tuple[Hashes, Scores]
"""Words by their hashes, and how much each of them counts; one that is there twice counts twice."""

# How soon a word repeated brings no more, and how far a long answer's words count less.
SATURATION: Final = 1.2
LENGTH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Index:
    """Postings by word: those of `words[i]` are from `starts[i]` to `starts[i + 1]`.

    `rarity` is what a word weighs in a question, `size` the number of answers.
    """

    size: int
    words: Hashes
    rarity: NDArray[np.float32]
    starts: NDArray[np.int32]
    answers: NDArray[np.uint16]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[Counted], *, common: Index | None = None) -> Index:
        """Of the words of each answer.

        `common` is the index whose idea of what is rare holds here too, where it knows the word.
        """
        owner = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) for text, _counts in texts])
        pieces = np.concatenate([*(text for text, _counts in texts), np.zeros(0, np.uint32)])
        counts = np.concatenate([*(counts for _text, counts in texts), np.zeros(0, np.float32)])
        keys, which = np.unique(pieces.astype(np.uint64) << np.uint64(16) | owner, return_inverse=True)
        count = np.bincount(which, counts, len(keys)).astype(np.float32)
        answers = (keys & np.uint64(0xFFFF)).astype(np.uint16)
        words, at = np.unique((keys >> np.uint64(16)).astype(np.uint32), return_inverse=True)
        lengths = np.bincount(answers, count, len(texts)).astype(np.float32)
        usual = float(lengths.mean()) if lengths.any() else 1.0
        having = np.bincount(at, minlength=len(words)).astype(np.float32)
        rarity = np.log1p((len(texts) - having + 0.5) / (having + 0.5)).astype(np.float32)
        if common is not None:
            there, where = common.find(words)
            rarity[there] = common.rarity[where]
        norm = count + SATURATION * (1 - LENGTH + LENGTH * lengths[answers] / usual)
        weights = rarity[at] * count * (SATURATION + 1) / norm
        starts = np.concatenate([[0], np.cumsum(having)]).astype(np.int32)
        return cls(len(texts), words, rarity, starts, answers, weights.astype(np.float32))

    def and_more(self, more: Index) -> Index:
        """These answers, then those of another index; a word that both know weighs as it does here."""
        words = np.union1d(self.words, more.words)
        rarity = np.zeros(len(words), np.float32)
        for index in (more, self):
            rarity[np.searchsorted(words, index.words)] = index.rarity
        at, answers, weights = [], [], []
        for index, first in ((self, 0), (more, self.size)):
            at.append(np.repeat(np.searchsorted(words, index.words), np.diff(index.starts)))
            answers.append(index.answers.astype(np.int64) + first)
            weights.append(index.weights)
        place = np.concatenate(at)
        order = np.argsort(place, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(words)))]).astype(np.int32)
        return Index(
            self.size + more.size,
            words,
            rarity,
            starts,
            np.concatenate(answers)[order].astype(np.uint16),
            np.concatenate(weights)[order],
        )

    def find(self, words: Hashes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which of `words` are known (their places in it), and where they stand here."""
        if not len(self.words):
            return np.zeros(0, np.intp), np.zeros(0, np.intp)
        where = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        there = np.flatnonzero(self.words[where] == words)
        return there, where[there]

    def scores(self, words: Hashes) -> Scores:
        """What the words of a question, each once, bring to each answer."""
        _there, where = self.find(np.unique(words))
        found = [slice(self.starts[one], self.starts[one + 1]) for one in where.tolist()]
        if not found:
            return np.zeros(self.size, np.float32)
        answers = np.concatenate([self.answers[one] for one in found])
        weights = np.concatenate([self.weights[one] for one in found])
        return np.bincount(answers, weights, self.size).astype(np.float32)

    def weight(self, words: Hashes) -> float:
        """The most that an answer could have of these words: a word that is not known here counts as the rarest."""
        unique = np.unique(words)
        _there, where = self.find(unique)
        strange = len(unique) - len(where)
        rarest = float(np.log1p((self.size + 0.5) / 0.5))
        return float(self.rarity[where].sum()) + strange * rarest
