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
from bot.understanding.learning import Matrix

__all__ = ["Neighbours"]

Labels = NDArray[np.int64]

NEAREST: Final = 10
# How fast the say of an example falls with its distance.
REACH: Final = 0.05
# What the pieces count beside the sentence vector.
PIECES_WEIGHT: Final = 0.7
FOLDED_ALONE: Final = 512
FOLDED: Final = 256
DIRECTIONS: Final = 128


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The examples as rows of length one, their topics, and how to bring a message among them."""

    rows: Matrix
    labels: Labels
    middle: Matrix
    directions: Matrix

    @classmethod
    def of(cls, pieces: Matrix, vectors: Matrix | None, labels: Labels) -> Neighbours:
        """From the features of all examples, each a row, and their sentence vectors."""
        if vectors is None:
            none = np.zeros((0, 0), np.float32)
            return cls(_unit(_folded(pieces, FOLDED_ALONE)), labels, none, none)
        middle = vectors.mean(axis=0)
        spread = vectors - middle
        _, found = np.linalg.eigh(spread.T @ spread)
        directions = np.ascontiguousarray(found[:, ::-1][:, :DIRECTIONS], np.float32)
        rows = np.hstack([PIECES_WEIGHT * _folded(pieces, FOLDED), spread @ directions])
        return cls(_unit(rows), labels, middle, directions)

    def chances(self, pieces: Matrix, vector: Matrix | None, topics: int) -> Matrix:
        """The share of each topic among the nearest examples."""
        if vector is None or not self.directions.size:
            row = _folded(pieces[None, :], FOLDED_ALONE)
        else:
            turned = (vector - self.middle) @ self.directions
            row = np.hstack([PIECES_WEIGHT * _folded(pieces[None, :], FOLDED), turned[None, :]])
        likeness = self.rows @ _unit(row)[0]
        nearest = np.argpartition(-likeness, NEAREST)[:NEAREST]
        say = np.exp((likeness[nearest] - likeness[nearest].max()) / REACH)
        shares: Matrix = np.bincount(self.labels[nearest], say / say.sum(), topics).astype(np.float32)
        return shares


def _folded(pieces: Matrix, size: int) -> Matrix:
    folded: Matrix = pieces[:, :BUCKETS].reshape(len(pieces), -1, size).sum(axis=1)
    return folded


def _unit(rows: Matrix) -> Matrix:
    unit: Matrix = rows / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-6)[:, None]
    return unit
