"""How much each comparison counts: a logistic regression over the candidates of a question and "none of these"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.features import NAMES, NONE_NAMES

__all__ = ["Case", "Weights", "weigh"]

Matrix = NDArray[np.float32]

ROUNDS: Final = 25
ENOUGH: Final = 1e-7
RESTRAINT: Final = 3.0
"""How strongly weights are held back, in cases."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question whose answer is known: what speaks for each candidate, what speaks for none, which it is.

    `right` is None where none of them is; `counts` is how much the case does.
    """

    rows: Matrix
    none: Matrix
    right: int | None
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Of `NAMES`, for an answer; of `NONE_NAMES`, for none."""

    answer: Matrix
    none: Matrix

    def scores(self, rows: Matrix, none: Matrix) -> tuple[Matrix, float]:
        """A score for each candidate, and one for none of them; `probabilities` makes chances of them."""
        return rows @ self.answer, float(none @ self.none)


def weigh(cases: Sequence[Case]) -> Weights:
    """The weights under which the cases are likeliest, found by Newton's method."""
    width = len(NAMES) + len(NONE_NAMES)
    ends = np.cumsum([len(case.rows) + 1 for case in cases])
    starts = np.concatenate([[0], ends[:-1]])
    table = np.zeros((int(ends[-1]), width))
    right = np.zeros(len(cases), np.int64)
    for number, (case, start, end) in enumerate(zip(cases, starts.tolist(), ends.tolist(), strict=True)):
        table[start : end - 1, : len(NAMES)] = case.rows
        table[end - 1, len(NAMES) :] = case.none
        right[number] = end - 1 if case.right is None else start + case.right
    scale = np.maximum(table.std(axis=0), 1e-6)
    table /= scale
    counts = np.array([case.counts for case in cases])
    sizes = ends - starts

    def badness(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """How unlikely the cases are under these weights, and the chance of each candidate."""
        scores = table @ weights
        highest = np.maximum.reduceat(scores, starts)
        spread = np.exp(scores - np.repeat(highest, sizes))
        whole = np.add.reduceat(spread, starts)
        unlikely = float(counts @ (np.log(whole) + highest - scores[right]))
        return unlikely + RESTRAINT / 2 * float(weights @ weights), spread / np.repeat(whole, sizes)

    wanted = (table[right] * counts[:, None]).sum(axis=0)
    weights = np.zeros(width)
    bad, chances = badness(weights)
    for _ in range(ROUNDS):
        weighed = table * (chances * np.repeat(counts, sizes))[:, None]
        means = np.add.reduceat(table * chances[:, None], starts, axis=0)
        slope = wanted - weighed.sum(axis=0) - RESTRAINT * weights
        curve = table.T @ weighed - means.T @ (means * counts[:, None]) + RESTRAINT * np.eye(width)
        step = np.linalg.solve(curve, slope)
        before = bad
        bad, chances = badness(weights + step)
        while not bad <= before and float(np.abs(step).max()) > ENOUGH:
            step /= 2
            bad, chances = badness(weights + step)
        weights += step
        if before - bad < ENOUGH:
            break
    weights /= scale
    return Weights(weights[: len(NAMES)].astype(np.float32), weights[len(NAMES) :].astype(np.float32))
