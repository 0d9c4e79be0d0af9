"""The examples that a message is most like, and what they are about.

A linear judge weighs each word for itself; the nearest examples remember which words came together. Rows are compared in
few numbers: counts of pieces folded together (their random signs keep likeness, on average), and the main directions
of the sentence vectors where there are any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import BUCKETS
from bot.understanding.learning import Labels, Matrix

__all__ = ["Neighbours"]

NEAREST: Final = 10
# Only the examples of so many topics are looked at, the likeliest.
CANDIDATES: Final = 5
# How fast the say of an example falls with its distance.
REACH: Final = 0.05
# What the pieces count beside the sentence vector.
PIECES_WEIGHT: Final = 0.7
FOLDED_ALONE: Final = 512
FOLDED: Final = 256
DIRECTIONS: Final = 128
# Rows are widened by moving their bits: so many at a time, then read as numbers so much too small.
AT_ONCE: Final = 256
SIGN_AND_VALUE: Final = np.int32(-0x70002000)
TOO_SMALL: Final = np.float32(2.0**-112)

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The examples as rows of length one, topic after topic, and how to bring a message among them.

    `ends` says where the rows of each topic end. There are so many rows that they are kept in half precision.
    """

    rows: Halves
    ends: Labels
    middle: Matrix
    directions: Matrix

    @classmethod
    def of(cls, pieces: Matrix, vectors: Matrix | None, labels: Labels, topics: int) -> Neighbours:
        """From the features of all examples, each a row, their sentence vectors and the numbers of their topics."""
        if vectors is None:
            middle = directions = np.zeros((0, 0), np.float32)
            rows = _folded(pieces, FOLDED_ALONE)
        else:
            middle = vectors.mean(axis=0)
            spread = vectors - middle
            _, found = np.linalg.eigh(spread.T @ spread)
            directions = np.ascontiguousarray(found[:, ::-1][:, :DIRECTIONS], np.float32)
            rows = np.hstack([PIECES_WEIGHT * _folded(pieces, FOLDED), spread @ directions])
        by_topic = np.argsort(labels, kind="stable")
        ends = np.cumsum(np.bincount(labels, minlength=topics))
        return cls(_unit(rows)[by_topic].astype(np.float16), ends, middle, directions)

    def chances(self, pieces: Matrix, vector: Matrix | None, likely: Matrix) -> Matrix:
        """The share of each topic among the nearest examples of those that are `likely`."""
        if vector is None or not self.directions.size:
            row = _folded(pieces[None, :], FOLDED_ALONE)
        else:
            turned = (vector - self.middle) @ self.directions
            row = np.hstack([PIECES_WEIGHT * _folded(pieces[None, :], FOLDED), turned[None, :]])
        row = _unit(row)[0]
        topics = np.sort(np.argsort(-likely, kind="stable")[:CANDIDATES])
        alike = [_products(self.rows[self.ends[topic - 1] if topic else 0 : self.ends[topic]], row) for topic in topics]
        likeness = np.concatenate(alike)
        labels = np.repeat(topics, [len(one) for one in alike])
        nearest = np.argpartition(-likeness, NEAREST)[:NEAREST] if len(likeness) > NEAREST else np.arange(len(likeness))
        say = np.exp((likeness[nearest] - likeness[nearest].max()) / REACH)
        shares: Matrix = np.bincount(labels[nearest], say / say.sum(), len(likely)).astype(np.float32)
        return shares


def _products(rows: Halves, row: Matrix) -> Matrix:
    """`rows @ row`. numpy itself takes ten times as long to widen half precision."""
    products = np.empty(len(rows), np.float32)
    enlarged = row / TOO_SMALL
    for at in range(0, len(rows), AT_ONCE):
        bits = rows[at : at + AT_ONCE].view(np.int16).astype(np.int32)
        np.left_shift(bits, 13, out=bits)
        np.bitwise_and(bits, SIGN_AND_VALUE, out=bits)
        np.dot(bits.view(np.float32), enlarged, out=products[at : at + AT_ONCE])
    return products


def _folded(pieces: Matrix, size: int) -> Matrix:
    folded: Matrix = pieces[:, :BUCKETS].reshape(len(pieces), -1, size).sum(axis=1)
    return folded


def _unit(rows: Matrix) -> Matrix:
    unit: Matrix = rows / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-6)[:, None]
    return unit
