"""Which of its possible meanings a message has: the one table of priorities and thresholds.

Those who know propose `Interpretation`s, each with a score between 0 and 1 and a reason. Scores of different sorts
are made comparable by `WEIGHTS`; the best is acted upon, and where it turns out to have nothing to say, the next.
`Decision` keeps the winner and the runner-up for `allie chat --jsonl`.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["CERTAIN", "MOST_FIGURES", "Decision", "Interpretation", "Sort", "ranked"]


class Sort(StrEnum):
    """What a message can be."""

    CONTROL = "control"
    """A word that steers the conversation, the words of a button on show, or the name of a topic."""
    DISTRESS = "distress"
    COURTESY = "courtesy"
    ANSWER = "answer"
    """The answer to the question that waits."""
    TABLE = "table"
    """About what is on show."""
    CHANGE = "change"
    """A fact taken back, added to, or varied: "non, 60", "et pour la SPA ?"."""
    KNOWLEDGE = "knowledge"
    """A question that a written answer answers."""
    WISH = "wish"
    """Something new to do."""
    UNSURE = "unsure"
    """Nothing that anybody claims."""


WEIGHTS: dict[Sort, float] = {
    Sort.CONTROL: 3.0,
    Sort.DISTRESS: 2.0,
    Sort.COURTESY: 1.2,
    Sort.ANSWER: 1.1,
    Sort.CHANGE: 1.05,
    Sort.TABLE: 1.0,
    Sort.KNOWLEDGE: 1.0,
    Sort.WISH: 0.9,
    Sort.UNSURE: 0.2,
}
"""What a score of each sort counts. A control word, the words of a button and distress come before all; the answer to a
question that waits comes before other readings that are as likely; a new wish, which leaves what is in hand, after
them."""


CERTAIN: float = max(WEIGHTS[Sort.KNOWLEDGE], WEIGHTS[Sort.WISH], WEIGHTS[Sort.UNSURE])
"""What counts more than this comes before any written answer and any new wish: they are not looked for."""


WORDS_OF_A_QUESTION_COUNT = 0.45
QUESTION_COUNTS = 0.85
FIGURES_COUNT = 1.0
FIGURES_COUNT_IN_A_QUESTION = 0.35
PLACE_COUNTS = 0.75
"""How much, on the scale of log-odds, the chance that a message asks to be told something moves: with what its words
alone say; with its being a question or a statement; with each figure to work on that it tells; with a place, which
says where something is to be done. Fitted to the wordings of the answers, which ask, and to the examples of the
topics, which want, each judged by words learnt from the others. The words of a question say less than a statement's."""
MOST_FIGURES = 2
"""More figures than that say no more."""
ANSWER_COUNTS = 3.0
USUAL_ANSWER = 0.3
"""The same, with the probability that one of the likeliest answers is right, above or below a usual one."""
COMPUTES_COUNT = 4.5
"""The same, for a message that tells figures and asks how much they make: no written answer works that out."""


WHO_COUNTS = 1.4
"""The same, where somebody says who they are and asks nothing: they tell their case, and what is theirs to do is wanted
rather than what holds for all."""


def chance_of_asking(
    words: float,
    answer: float,
    *,
    is_question: bool,
    figures: int,
    computes: bool = False,
    has_place: bool = False,
    says_who: bool = False,
) -> float:
    """The chance that a message asks to be told something rather than wants something done.

    `words` is what its words alone say, `answer` the probability that a written answer is right, `figures` how
    many sorts of figures it tells. It `computes` where it asks how much they make, and `says_who` speaks where it does.
    """
    bounded = min(max(words, 0.01), 0.99)
    odds = (WORDS_OF_A_QUESTION_COUNT if is_question else 1.0) * math.log(bounded / (1 - bounded))
    odds += ANSWER_COUNTS * (answer - USUAL_ANSWER)
    odds += QUESTION_COUNTS if is_question else -QUESTION_COUNTS
    odds -= (FIGURES_COUNT_IN_A_QUESTION if is_question else FIGURES_COUNT) * min(figures, MOST_FIGURES)
    if says_who and not is_question:
        odds -= WHO_COUNTS
    if computes:
        odds -= COMPUTES_COUNT
    if has_place:
        odds -= PLACE_COUNTS
    return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One meaning of a message: its score in its own sort, why, and what to do about it.

    `act` returns whether there was something to say: if not, nothing was shown and nothing changed.
    """

    sort: Sort
    score: float
    reason: str
    act: Callable[[], Awaitable[bool]] = field(repr=False, compare=False)

    @property
    def weight(self) -> float:
        return self.score * WEIGHTS[self.sort]

    def as_json(self) -> dict[str, Any]:
        return {"sort": self.sort.value, "score": round(self.score, 3), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message was taken for, and what it was next likeliest to be, of what was looked for."""

    winner: Interpretation
    runner_up: Interpretation | None = None

    def as_json(self) -> dict[str, Any]:
        second = None if self.runner_up is None else self.runner_up.as_json()
        return {**self.winner.as_json(), "runner_up": second}


def ranked(proposed: Iterable[Interpretation]) -> list[Interpretation]:
    """The interpretations, the one to act upon first. Of equals, the one proposed first."""
    return sorted(proposed, key=lambda interpretation: -interpretation.weight)
