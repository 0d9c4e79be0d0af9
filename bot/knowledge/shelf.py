"""A set of answers, ready to be compared with a question: our own as learnt at build, or those of a data folder.

Every comparison gives one number an answer. What each of them is worth is learnt (`learning`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.index import Index
from bot.knowledge.query import BUCKETS, Query, row_of

__all__ = ["VECTOR_WEIGHT", "Bytes", "Head", "Shelf", "Words", "as_bytes"]

Matrix = NDArray[np.float32]
HOME: Final = "fr"
VECTOR_WEIGHT: Final = 3.3
"""What a sentence vector counts beside the pieces of words in the head."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """A matrix kept in a byte a number: `values * scale`, one scale a row or a column."""

    values: NDArray[np.int8]
    scale: Matrix


def as_bytes(matrix: Matrix, axis: int) -> Bytes:
    """The nearest such matrix, with one scale along `axis`."""
    scale = np.maximum(np.abs(matrix).max(axis=axis, keepdims=True, initial=0.0), 1e-12) / 127
    return Bytes(np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32).ravel())


@dataclass(frozen=True, slots=True)
class Words:
    """The answers in one language: the words of their wordings, pairs of these words, and the words of their text."""

    asks: Index
    pairs: Index
    text: Index

    def and_more(self, more: Words) -> Words:
        return Words(self.asks.and_more(more.asks), self.pairs.and_more(more.pairs), self.text.and_more(more.text))


@dataclass(frozen=True)
class Head:
    """A linear judge over pieces of words and the sentence vector: a column of `weights` an answer, and its `bias`."""

    weights: Bytes
    bias: Matrix
    middle: Matrix
    """The mean of the vectors it was learnt from; empty without the encoder."""

    @cached_property
    def of_vector(self) -> Matrix:
        """The weights of the vector, ready to be multiplied."""
        return self.weights.values[BUCKETS:].astype(np.float32)

    def scores(self, query: Query, rarity: Matrix) -> Matrix:
        """The logarithm of the chance of each answer, were one of them right."""
        places, values = row_of(query, rarity)
        scores: Matrix = values @ self.weights.values[places].astype(np.float32)
        if query.vector is not None and self.middle.size:
            turned: Matrix = VECTOR_WEIGHT * (query.vector - self.middle)
            scores += turned @ self.of_vector
        scores = scores * self.weights.scale + self.bias
        highest = scores.max(initial=0.0)
        chances: Matrix = scores - (highest + np.log(np.exp(scores - highest).sum()))
        return chances

    def and_more(self, more: Head) -> Head:
        """This judge, and another one's columns; both look from the same middle."""
        weights = Bytes(
            np.hstack([self.weights.values, more.weights.values]),
            np.concatenate([self.weights.scale, more.weights.scale]),
        )
        return Head(weights, np.concatenate([self.bias, more.bias]), self.middle)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An id may stand twice: ours, and the own answer that wins over it."""

    ids: tuple[str, ...]
    words: Mapping[str, Words]
    head: Head
    middles: Matrix
    """The mean of the sentence vectors of each one's wordings, of length one; no columns without the encoder."""
    who: NDArray[np.uint16]
    """Who may be asking for each, a bit each; 0: anyone."""
    next: tuple[tuple[str, ...], ...]
    """The answers each leads to."""
    kin: NDArray[np.float16]
    """What the title of each, as a question, speaks for, from 0 to 1: a row for each."""
    groups: NDArray[np.int64]
    """A number for the group of each."""
    leads: NDArray[np.bool_]
    """Which lead to one another."""

    @classmethod
    def of(
        cls,
        ids: Sequence[str],
        words: Mapping[str, Words],
        head: Head,
        middles: Matrix,
        who: NDArray[np.uint16],
        next: Sequence[tuple[str, ...]],
        kin: NDArray[np.float16],
    ) -> Shelf:
        names = [id.partition("/")[0] for id in ids]
        number = {name: at for at, name in enumerate(sorted(set(names)))}
        leads = np.zeros((len(ids), len(ids)), np.bool_)
        places: dict[str, list[int]] = {}
        for at, id in enumerate(ids):
            places.setdefault(id, []).append(at)
        for at, others in enumerate(next):
            for other in others:
                for place in places.get(other, ()):
                    leads[at, place] = leads[place, at] = True
        groups = np.array([number[name] for name in names], np.int64)
        return cls(tuple(ids), words, head, middles, who, tuple(next), kin, groups, leads)

    def and_more(self, more: Shelf) -> Shelf:
        """These answers, then those of another shelf."""
        strange = np.zeros((len(self.ids), len(more.ids)), np.float16)
        return Shelf.of(
            (*self.ids, *more.ids),
            {language: words.and_more(more.in_language(language)) for language, words in self.words.items()},
            self.head.and_more(more.head),
            np.concatenate([self.middles, more.middles]),
            np.concatenate([self.who, more.who]),
            (*self.next, *more.next),
            np.block([[self.kin, strange], [strange.T, more.kin]]),
        )

    def in_language(self, language: str) -> Words:
        return self.words.get(language) or self.words[HOME]
