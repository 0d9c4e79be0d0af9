"""A linear classifier, learnt: multinomial logistic regression by L-BFGS, in numpy, the same each time.

Nothing here knows what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Matrix", "learn", "softmax"]

Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]
Precise = NDArray[np.float64]

# How far a weight may go for the sake of one example: larger fits the examples closer.
TRUST: Final = 5.0
MEMORY: Final = 10
PRECISE_ENOUGH: Final = 2e-4


def softmax(scores: Matrix) -> Matrix:
    """Scores in rows as probabilities."""
    spread = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Matrix = spread / spread.sum(axis=-1, keepdims=True)
    return probabilities


def learn(
    rows: Matrix,
    labels: Labels,
    classes: int,
    *,
    steps: int,
    importance: Precise | None = None,
    start: Matrix | None = None,
) -> Matrix:
    """The weights, a column a class, that tell the labels from the rows; the last row of weights is the bias.

    `importance` says how much each row counts, `start` where to begin; `steps` bounds the work.
    """
    size, width = rows.shape
    importance = np.ones(size) if importance is None else importance
    truth = np.zeros((size, classes), np.float32)
    truth[np.arange(size), labels] = 1.0

    def loss(flat: Precise) -> tuple[float, Precise]:
        guess = flat.reshape(width + 1, classes)
        scores = rows @ guess[:-1].astype(np.float32) + guess[-1].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        spread = np.exp(scores)
        total = spread.sum(axis=1, keepdims=True)
        log_likelihood = (scores[np.arange(size), labels] - np.log(total[:, 0])).astype(np.float64)
        wrong = ((spread / total - truth) * importance[:, None]).astype(np.float32)
        gradient = np.empty_like(guess)
        gradient[:-1] = (rows.T @ wrong) / size + guess[:-1] / (TRUST * size)
        gradient[-1] = wrong.sum(axis=0) / size
        value = -float(importance @ log_likelihood) / size + float((guess[:-1] ** 2).sum()) / (2 * TRUST * size)
        return value, gradient.ravel()

    begin = np.zeros((width + 1) * classes) if start is None else start.astype(np.float64).ravel()
    best = _minimum(loss, begin, steps)
    return best.reshape(width + 1, classes).astype(np.float32)


def _minimum(loss: Callable[[Precise], tuple[float, Precise]], start: Precise, most: int) -> Precise:
    """Where `loss` is least, by L-BFGS with a backtracking line search."""
    at = start
    value, gradient = loss(at)
    steps: list[tuple[Precise, Precise, float]] = []
    first = float(np.abs(gradient).max())
    for _ in range(most):
        if float(np.abs(gradient).max()) <= PRECISE_ENOUGH * first:
            break
        direction = _direction(gradient, steps)
        slope = float(gradient @ direction)
        stride = 1.0 if steps else 1.0 / max(float(np.abs(gradient).sum()), 1e-12)
        while stride > 1e-10:
            there = at + stride * direction
            next_value, next_gradient = loss(there)
            if next_value <= value + 1e-4 * stride * slope:
                break
            stride /= 2
        else:
            break
        step, change = there - at, next_gradient - gradient
        if (curve := float(step @ change)) > 1e-12:
            steps = [*steps[-MEMORY + 1 :], (step, change, 1.0 / curve)]
        at, value, gradient = there, next_value, next_gradient
    return at


def _direction(gradient: Precise, steps: list[tuple[Precise, Precise, float]]) -> Precise:
    """Where to go next, from the steps made and how the slope changed on them."""
    toward = -gradient
    shares: list[float] = []
    for step, change, curve in reversed(steps):
        shares.append(curve * float(step @ toward))
        toward = toward - shares[-1] * change
    if steps:
        step, change, _ = steps[-1]
        toward = toward * (float(step @ change) / float(change @ change))
    for (step, change, curve), share in zip(steps, reversed(shares), strict=True):
        toward = toward + (share - curve * float(change @ toward)) * step
    return toward
