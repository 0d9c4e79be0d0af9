"""What speaks for each answer, and what speaks for none: the numbers that the learnt weights combine."""

from __future__ import annotations

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
    "head", "head among others", "words", "pairs", "text", "middle",
    "who fits", "who does not",
    "next", "group", "same", "close", "close words",
    "next, alone", "group, alone", "same, alone",
)  # fmt: skip
"""What is compared for each answer. Those after "who" are about the answer before: it leads there, is of the same
group, is the same, is like it; for a question that leans on it, then for one that stands alone."""
NONE_NAMES: Final = ("always", "best head", "best words", "best middle", "length", "leaning")
"""What is looked at for "none of these"."""
HEAD, AMONG, WORDS, PAIRS, TEXT, MIDDLE, FITS, FITS_NOT, LEANING, CLOSE, CLOSE_WORDS, ALONE = (
    0, 1, 2, 3, 4, 5, 6, 7, slice(8, 11), 11, 12, slice(13, 16)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the words: who speaks, and the answer before."""

    who: int = 0
    """A bit for each who may be speaking; 0: nobody knows."""
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A question beside every answer: one number an answer each."""

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
    """All comparisons of a question with the answers of a shelf."""
    language = shelf.in_language(query.language)
    middle = np.zeros(len(shelf.ids), np.float32)
    if shelf.middles.size and query.vector is not None:
        middle = shelf.middles @ query.vector
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
    rows[:, HEAD] = compared.head[chosen]
    rows[:, AMONG] = among(compared.head)[chosen]
    rows[:, WORDS] = compared.words[chosen] / compared.weight
    rows[:, PAIRS] = compared.pairs[chosen] / compared.weight_of_pairs
    rows[:, TEXT] = compared.text[chosen] / compared.weight
    rows[:, MIDDLE] = compared.middle[chosen]
    if hints.who:
        asked_by = shelf.who[chosen]
        rows[:, FITS] = (asked_by & hints.who) != 0
        rows[:, FITS_NOT] = (asked_by != 0) & ((asked_by & hints.who) == 0)
    if hints.last is not None:
        says = np.column_stack(
            [shelf.leads[hints.last, chosen], shelf.groups[chosen] == shelf.groups[hints.last], chosen == hints.last]
        )
        rows[:, LEANING] = says * query.leaning
        rows[:, ALONE] = says * (1 - query.leaning)
        rows[:, CLOSE] = (shelf.middles[chosen] @ shelf.middles[hints.last]) * query.leaning
        rows[:, CLOSE_WORDS] = shelf.kin[hints.last, chosen] * query.leaning
    return rows


def none_features(query: Query, rows: Matrix) -> Matrix:
    """What speaks for none of the answers: a number for each of `NONE_NAMES`."""
    best = rows[:, [HEAD, WORDS, MIDDLE]].max(axis=0) if len(rows) else np.zeros(3, np.float32)
    return np.concatenate([[1.0], best, [np.log1p(len(query.words)), query.leaning]]).astype(np.float32)
