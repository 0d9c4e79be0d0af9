"""From a question to the answers that may be meant, with their chances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.answer import Answer
from bot.knowledge.features import Hints, compare, features, likely, none_features
from bot.knowledge.learning import Learnt, shelf_alone
from bot.knowledge.policy import Candidate, Candidates
from bot.knowledge.query import Query
from bot.knowledge.samples import Sentences, who_bits
from bot.knowledge.shelf import Shelf

__all__ = ["Finder"]

KEPT: Final = 10
"""Candidates that are handed on."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds among what was learnt, and own answers beside it."""

    learnt: Learnt
    shelf: Shelf
    sentences: Sentences | None

    @classmethod
    def of(cls, learnt: Learnt, own: Mapping[str, Sequence[Answer]], sentences: Sentences | None) -> Finder:
        """`own` are answers by id that were not learnt from; they are found by their own wordings at once."""
        shelf = learnt.shelf.and_more(shelf_alone(own, learnt, sentences)) if own else learnt.shelf
        return cls(learnt, shelf, sentences)

    def query(self, text: str, words: Query, vector: NDArray[np.float32] | None = None) -> Query:
        """A message, whose `words` were read, as all that compares reads it. `vector` is that of its plain words, where
        it was made already."""
        if vector is None and self.sentences is not None:
            vector = self.sentences.vectors([self.sentences.plain(text, words.language)])[0]
        return replace(words, vector=vector)

    def candidates(self, query: Query, who: Iterable[str] = (), last: str | None = None) -> Candidates:
        """The likeliest answers to a message."""
        if not len(query.words) or not self.shelf.ids:
            return Candidates()
        hints = Hints(who_bits(who), self._number(last))
        compared = compare(query, self.shelf, self.learnt.rarity)
        chosen = likely(query, compared, self.shelf, hints)
        rows = features(query, compared, chosen, self.shelf, hints)
        scores, none = self.learnt.weights.scores(rows, none_features(query, rows))
        return ranked([self.shelf.ids[one] for one in chosen.tolist()], scores.tolist(), none)

    def _number(self, id: str | None) -> int | None:
        """Where an answer stands; an own one stands after the one it wins over."""
        if id is None or id not in self.shelf.ids:
            return None
        return len(self.shelf.ids) - 1 - self.shelf.ids[::-1].index(id)


def ranked(ids: Sequence[str], scores: Sequence[float], none: float) -> Candidates:
    """Scores as chances; an id that stands twice counts as its better one."""
    best: dict[str, float] = {}
    for id, score in zip(ids, scores, strict=True):
        best[id] = max(score, best.get(id, score))
    highest = max(none, *best.values())
    spread = {id: float(np.exp(score - highest)) for id, score in best.items()}
    whole = sum(spread.values()) + float(np.exp(none - highest))
    order = sorted(best, key=lambda id: (-best[id], id))[:KEPT]
    return Candidates(tuple(Candidate(id, best[id], spread[id] / whole) for id in order))
