"""A linear classifier, learnt: multinomial logistic regression in small steps (Adam), in numpy, the same each time.

Nothing here knows what the numbers mean.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Labels", "Matrix", "Rows", "learn", "softmax"]

Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]

# How many rows a step looks at, and how far the first step goes; the last goes nowhere.
AT_ONCE: Final = 64
STRIDE: Final = 0.05
# What is remembered of earlier slopes, and of their squares.
SLOPE: Final = 0.9
SQUARE: Final = 0.999
# How strongly weights are held back: more fits the examples less closely.
RESTRAINT: Final = 1e-5
SEED: Final = 1


class Rows(Protocol):
    """A matrix, or what gives its rows when they are asked for."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, numbers: NDArray[np.intp], /) -> Matrix: ...


def softmax(scores: Matrix) -> Matrix:
    """Scores in rows as probabilities."""
    spread = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Matrix = spread / spread.sum(axis=-1, keepdims=True)
    return probabilities


def learn(
    rows: Rows,
    labels: Labels,
    classes: int,
    *,
    rounds: int,
    importance: Matrix | None = None,
    at_once: int = AT_ONCE,
    stride: float = STRIDE,
    restraint: float = RESTRAINT,
) -> Matrix:
    """The weights, a column a class, that tell the labels from the rows; the last row of weights is the bias.

    `rounds` says how often each row is looked at, `importance` how much each row counts.
    """
    size, width = rows.shape[0], rows.shape[1]
    weights = np.zeros((width + 1, classes), np.float32)
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    gradient, change = np.empty_like(weights), np.empty_like(weights)
    chance = np.random.default_rng(SEED)
    steps = rounds * -(-size // at_once)
    step = 0
    for _ in range(rounds):
        order = chance.permutation(size)
        for begin in range(0, size, at_once):
            batch = order[begin : begin + at_once]
            seen = rows[batch]
            wrong = softmax(seen @ weights[:-1] + weights[-1])
            wrong[np.arange(len(batch)), labels[batch]] -= 1.0
            if importance is not None:
                wrong *= importance[batch, None]
            wrong /= len(batch)
            np.matmul(seen.T, wrong, out=gradient[:-1])
            gradient[:-1] += np.multiply(weights[:-1], restraint, out=change[:-1])
            gradient[-1] = wrong.sum(axis=0)
            step += 1
            np.subtract(gradient, slope, out=change)
            slope += np.multiply(change, 1 - SLOPE, out=change)
            np.multiply(gradient, gradient, out=change)
            change -= square
            square += np.multiply(change, 1 - SQUARE, out=change)
            pace = stride * (1 - step / steps) * (1 - SQUARE**step) ** 0.5 / (1 - SLOPE**step)
            np.sqrt(square, out=change)
            change += 1e-8
            np.divide(slope, change, out=change)
            weights -= np.multiply(change, np.float32(pace), out=change)
    return weights
