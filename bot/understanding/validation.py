"""How well what people point at is told from wordings that were not learnt from: cross-validation over the examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.understanding.examples import PHRASES, load_examples
from bot.understanding.features import Reading
from bot.understanding.pointing import NOTHING, ONE_IN, VECTOR_WEIGHT, PointingJudge, load_pointing
from bot.understanding.sentence import Sentence
from bot.understanding.topics import LEARNING_DAY, Topics

__all__ = ["Told", "validated"]

FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """Of so many wordings of acts, how many were told at once, and within the three likeliest; of the messages that
    point at nothing, how many were taken for an act. `acts` is the share told at once, by act."""

    wordings: int
    first: int
    within_three: int
    others: int
    alarms: int
    acts: Mapping[str, float]


def validated(topics: Topics) -> Told:
    """Learn from four parts of the wordings and try the fifth, five times."""
    ordinary = [(example, NOTHING) for example in load_examples(PHRASES)[::ONE_IN]]
    examples = [*ordinary, *((example, example.topic) for example in load_pointing())]
    rows, width, acts = [], 0, [act for _example, act in examples]
    for example, _act in examples:
        reading = Reading(Sentence(example.text), example.language, LEARNING_DAY, topics.accents)
        row, vector = topics.row(reading), topics.vector(reading)
        width = len(row)
        rows.append(row if vector is None else np.concatenate([row, VECTOR_WEIGHT * vector]))
    table = np.stack(rows)
    parts = np.random.default_rng(7).permutation(len(rows)) % FOLDS
    seen, right = Counter[str](), Counter[str]()
    within = alarms = 0
    for fold in range(FOLDS):
        learnt, tried = np.flatnonzero(parts != fold), np.flatnonzero(parts == fold)
        judge = PointingJudge.learnt(table[learnt], [acts[at] for at in learnt], width)
        for at in tried:
            told, act = [pointing.act for pointing in judge.judge(table[at], None)], acts[at]
            seen[act] += 1
            right[act] += told[0] == act
            within += act != NOTHING and act in told
            alarms += act == NOTHING and told[0] != NOTHING
    others = seen.pop(NOTHING, 0)
    shares = {act: right[act] / count for act, count in seen.items()}
    return Told(sum(seen.values()), sum(right[act] for act in seen), within, others, alarms, shares)
