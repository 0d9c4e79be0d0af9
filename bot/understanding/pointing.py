"""How people point at what is on show: "la suivante", "c'est où ?", "t'es sûr ?", "la deuxième", "et le double ?".

Which act a message is of is learnt from `data/phrases/pointing.toml`, with the examples of the topics as messages that point
at nothing. Which item is named and what is changed by how much are read by rules. None of it knows what is on show.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import numpy as np

from bot.understanding.examples import PHRASES, Example
from bot.understanding.learning import Matrix, learn, softmax
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = [
    "NOTHING",
    "Pointing",
    "PointingJudge",
    "load_pointing",
    "read_scale",
]

_LISTS: Final = word_lists("pointing")

NOTHING: Final = "nothing"
"""The act of a message that points at nothing."""
PATH: Final = PHRASES / "pointing.toml"
# Of the examples of topics, one in so many stands for what points at nothing.
ONE_IN: Final = 3
ROUNDS: Final = 12
VECTOR_WEIGHT: Final = 1.5
# From this probability of pointing at nothing on, told by the features alone, the acts are not told apart. Of wordings
# held back, one in a hundred and twenty that points at something is missed by it; two thirds of the others end here.
CERTAINLY_NOTHING: Final = 0.95


@dataclass(frozen=True, slots=True)
class Pointing:
    """An act about what is on show and its probability, 0 to 1."""

    act: str
    chance: float


def load_pointing(path: Path = PATH) -> list[Example]:
    """The wordings of `pointing.toml`, in the order of the file; the topic of each example is its act."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Example(text, act, language)
        for act, languages in tables.items()
        for language in languages
        for text in languages[language]
    ]


def fingerprint(path: Path = PATH) -> str:
    """Of the wordings and of the code that learns from them."""
    return hashlib.sha256(path.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]


class PointingJudge:
    """Tells the act of a message from its features and, where there is one, its sentence vector.

    `nothing` are the weights of a first look, at the features alone: most messages surely point at nothing, and the
    vector, which costs more than all the rest, is made for the others.
    """

    def __init__(self, acts: Sequence[str], weights: Matrix, nothing: Matrix) -> None:
        self.acts = tuple(acts)
        self.weights = weights
        self.nothing = nothing

    @classmethod
    def learnt(cls, rows: Matrix, acts: Sequence[str], features: int) -> PointingJudge:
        """From rows of `features` numbers (then vectors, weighted) and the act of each."""
        names = tuple(dict.fromkeys(acts))
        labels = np.array([names.index(act) for act in acts])
        counts = np.bincount(labels)
        # Messages that point at nothing are many: all of them together count as much as ten acts.
        importance = np.minimum(1.0, 10 * np.median(counts) / counts)[labels].astype(np.float32)
        weights = learn(rows, labels, len(names), rounds=ROUNDS, importance=importance)
        is_nothing = np.array([act == NOTHING for act in acts])
        # Both sides count the same.
        share = np.where(is_nothing, (~is_nothing).sum() / max(is_nothing.sum(), 1), 1.0).astype(np.float32)
        alone = rows[:, :features]
        return cls(names, weights, learn(alone, is_nothing.astype(np.int64), 2, rounds=ROUNDS, importance=share))

    def is_nothing(self, row: Matrix) -> float | None:
        """The probability that the message points at nothing, where its features alone make it nearly certain."""
        chance = float(softmax(row @ self.nothing[:-1] + self.nothing[-1])[1])
        return chance if chance >= CERTAINLY_NOTHING else None

    def judge(self, row: Matrix, vector: Matrix | None) -> tuple[Pointing, ...]:
        """The acts that the message may be of, the likeliest first, three at the most; NOTHING is among them."""
        whole = row if vector is None else np.concatenate([row, VECTOR_WEIGHT * vector])
        chances = softmax(whole @ self.weights[:-1] + self.weights[-1])
        best = np.argsort(-chances, kind="stable")[:3]
        return tuple(Pointing(self.acts[number], float(chances[number])) for number in best)


_SCALES: Final = (
    (("le", "double"), Decimal(2)), (("the", "double"), Decimal(2)), (("double",), Decimal(2)), (("doubler",), Decimal(2)),
    (("twice",), Decimal(2)), (("le", "triple"), Decimal(3)), (("triple",), Decimal(3)), (("three", "times"), Decimal(3)),
    (("la", "moitie"), Decimal("0.5")), (("moitie", "moins"), Decimal("0.5")), (("half",), Decimal("0.5")),
    (("le", "quart"), Decimal("0.25")), (("a", "quarter"), Decimal("0.25")),
)  # fmt: skip
_TIMES: Final = {
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "dix": 10,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
}


def read_scale(sentence: Sentence) -> Decimal | None:
    """By how much what is on show is multiplied: "et le double ?", "trois fois plus", "half of that"; None if it is not.

    "La moitié en janvier" splits a sum and does not halve it.
    """
    words = sentence.words
    size = len(words)
    for at in range(size):
        if (
            at + 2 < size
            and words[at + 1] in ("fois", "times")
            and words[at + 2] in ("plus", "moins", "more", "less", "that", "ca")
        ):
            count = Decimal(words[at]) if words[at].isdigit() else _TIMES.get(words[at])
            if count:
                return Decimal(count) if words[at + 2] not in ("moins", "less") else 1 / Decimal(count)
        for phrase, factor in _SCALES:
            if tuple(words[at : at + len(phrase)]) == phrase:
                following = words[at + len(phrase)] if at + len(phrase) < size else ""
                if following in ("en", "au", "a", "pour", "in", "for", "to", "aux", "du", "de", "d"):
                    continue
                return factor
    return None
