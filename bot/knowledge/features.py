"""What speaks for each answer, and what speaks for none: the numbers that the learnt weights combine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.query import Query
from bot.knowledge.shelf import Shelf

__all__ = ["CANDIDATES", "NAMES", "NONE_NAMES", "Compared", "Hints", "compare", "features", "likely", "none_features"]

Matrix = NDArray[np.float32]

CANDIDATES: Final = 30
"""Answers looked at closely; the right one is nearly always among them."""
NAMES: Final = (
    "head", "words", "raw words", "pairs", "text", "middle", "nearest",
    "head among others", "words among others", "middle among others",
    "who fits", "who does not",
    "next", "group", "same", "close", "close words",
    "next, alone", "group, alone", "same, alone",
)  # fmt: skip
"""What is compared for each answer. Those after "who" are about the answer before: it leads there, is of the same
group, is the same, is like it; for a question that leans on it, then for one that stands alone."""
NONE_NAMES: Final = ("always", "best head", "best words", "best middle", "best nearest", "length", "leaning")
"""What is looked at for "none of these"."""
RAW: Final = 0.1


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the words: who speaks, and the answer before."""

    who: int = 0
    """A bit for each who may be speaking; 0: nobody knows."""
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside every answer, as far as is cheap: one number an answer each."""

    head: Matrix
    words: Matrix
    pairs: Matrix
    text: Matrix
    middle: Matrix
    weight: float
    """The most that words could bring."""
    weight_of_pairs: float

    def without(self, answer: int) -> Compared:
        """The same as if this answer stood out of the others in nothing."""
        return replace(
            self,
            head=_levelled(self.head, answer),
            words=_levelled(self.words, answer),
            pairs=_levelled(self.pairs, answer),
            text=_levelled(self.text, answer),
            middle=_levelled(self.middle, answer),
        )


def _levelled(scores: Matrix, answer: int) -> Matrix:
    level = scores.copy()
    level[answer] = (scores.sum() - scores[answer]) / max(len(scores) - 1, 1)
    return level


def compare(query: Query, shelf: Shelf, rarity: Matrix) -> Compared:
    """All comparisons of a question with the answers of a shelf but the nearest wordings."""
    language = shelf.in_language(query.language)
    middle = np.zeros(len(shelf.ids), np.float32)
    if shelf.near is not None and query.vector is not None:
        middle = shelf.near.middles @ query.vector
    return Compared(
        head=shelf.head.scores(query, rarity),
        words=language.asks.scores(query.words),
        pairs=language.pairs.scores(query.pairs),
        text=language.text.scores(query.words),
        middle=middle,
        weight=max(language.asks.weight(query.words), 1.0),
        weight_of_pairs=max(language.pairs.weight(query.pairs), 1.0),
    )


def among(scores: Matrix) -> Matrix:
    """Scores as how far they stand out of the others."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-6 else np.zeros_like(scores)


def likely(query: Query, compared: Compared, shelf: Shelf, hints: Hints) -> NDArray[np.intp]:
    """The numbers of the answers to look at closely, in their order."""
    rough = (
        among(compared.head) + 0.5 * among(compared.words) + 0.5 * among(compared.middle) + 0.2 * among(compared.text)
    )
    if hints.last is not None and query.leaning:
        rough = rough + query.leaning * (shelf.leads[hints.last] + shelf.kin[hints.last].astype(np.float32))
    if len(rough) <= CANDIDATES:
        return np.arange(len(rough))
    return np.sort(np.argpartition(-rough, CANDIDATES)[:CANDIDATES])


def features(query: Query, compared: Compared, chosen: NDArray[np.intp], shelf: Shelf, hints: Hints) -> Matrix:
    """A row for each chosen answer, a column for each of `NAMES`."""
    rows = np.zeros((len(chosen), len(NAMES)), np.float32)
    rows[:, 0] = compared.head[chosen]
    rows[:, 1] = compared.words[chosen] / compared.weight
    rows[:, 2] = compared.words[chosen] * RAW
    rows[:, 3] = compared.pairs[chosen] / compared.weight_of_pairs
    rows[:, 4] = compared.text[chosen] / compared.weight
    rows[:, 5] = compared.middle[chosen]
    if shelf.near is not None and query.vector is not None:
        rows[:, 6] = [shelf.near.nearest(query.vector, answer) for answer in chosen.tolist()]
    rows[:, 7] = among(compared.head)[chosen]
    rows[:, 8] = among(compared.words)[chosen]
    rows[:, 9] = among(compared.middle)[chosen]
    if hints.who:
        asked_by = shelf.who[chosen]
        rows[:, 10] = (asked_by & hints.who) != 0
        rows[:, 11] = (asked_by != 0) & ((asked_by & hints.who) == 0)
    if hints.last is not None:
        says = np.column_stack(
            [shelf.leads[hints.last, chosen], shelf.groups[chosen] == shelf.groups[hints.last], chosen == hints.last]
        )
        rows[:, 12:15] = says * query.leaning
        rows[:, 17:20] = says * (1 - query.leaning)
        if shelf.near is not None:
            rows[:, 15] = (shelf.near.middles[chosen] @ shelf.near.middles[hints.last]) * query.leaning
        rows[:, 16] = shelf.kin[hints.last, chosen] * query.leaning
    return rows


def none_features(query: Query, rows: Matrix) -> Matrix:
    """What speaks for none of the answers: a number for each of `NONE_NAMES`."""
    best: Sequence[float] = rows[:, [0, 1, 5, 6]].max(axis=0, initial=-1.0).tolist()
    return np.array([1.0, *best, np.log1p(len(query.words)), query.leaning], np.float32)
