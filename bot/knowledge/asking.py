"""Whether a message asks to be told something, or wants something done: "c'est quoi un rescrit ?" or "je donne 50 €".

Learnt from the wordings of the answers, which ask, and from the examples of the topics, which want; from words and
letters alone, in some seconds, the same each time. A question that only a topic can work out (it holds a sum, a place,
a body) is an example of wanting.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.query import RARITIES, Query, Rows, distinct, read_query, row_of
from bot.understanding.examples import CRISIS, Example
from bot.understanding.hearing import Hearing
from bot.understanding.learning import learn, softmax
from bot.understanding.questions import is_question
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots

__all__ = ["AskingJudge", "learn_asking", "load_asking", "wants"]

log = logging.getLogger(__name__)

Matrix = NDArray[np.float32]

WORKED_OUT: Final = frozenset({"amount", "amounts", "place", "days", "salary", "turnover", "organisation", "cause"})
"""What a question holds that a topic works on."""
LEARNING_DAY: Final = date(2026, 11, 21)
SPOILT: Final = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)
ROUNDS: Final = 6
LANGUAGES: Final = ("fr", "en")
CODE: Final = ("knowledge/asking", "knowledge/query", "knowledge/words", "understanding/learning")


@dataclass(frozen=True, slots=True)
class AskingJudge:
    """The weights of pieces of words, and how rare each piece is."""

    rarity: Matrix
    weights: Matrix

    @classmethod
    def read(cls, path: Path) -> AskingJudge:
        """Raises OSError, ValueError or KeyError if there is no such file, or half of one."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return cls(kept["rarity"].astype(np.float32), kept["weights"].astype(np.float32))

    def write(self, path: Path) -> None:
        """In the place of what other examples taught. Killed in between: the next start learns again."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.npz")
        np.savez_compressed(part, rarity=self.rarity.astype(np.float16), weights=self.weights.astype(np.float16))
        part.replace(path)
        for older in path.parent.glob("asking-*.npz"):
            if older != path:
                older.unlink(missing_ok=True)

    def asks(self, query: Query) -> float:
        """The probability that the message asks to be told something."""
        places, values = row_of(query, self.rarity)
        scores = values @ self.weights[places] + self.weights[-1]
        return float(softmax(scores)[1])


def wants(examples: Iterable[Example], hearing: Hearing) -> list[tuple[str, str]]:
    """The examples, with their language, of people who want something done."""
    not_wanting = hearing.not_wanting | {CRISIS}
    return [
        (example.text, example.language)
        for example in examples
        if example.language in LANGUAGES and example.topic not in not_wanting and not _asks_only(example, hearing)
    ]


def _asks_only(example: Example, hearing: Hearing) -> bool:
    if not is_question(example.text, example.language):
        return False
    slots = read_slots(Sentence(example.text), example.language, LEARNING_DAY, hearing.of(example.topic))
    return not WORKED_OUT & slots.keys()


def learn_asking(asking: Sequence[tuple[str, str]], wanting: Sequence[tuple[str, str]]) -> AskingJudge:
    """From texts with their language. Both sides count the same, however many they are."""
    queries = [read_query(text, language) for text, language in (*asking, *wanting)]
    pieces = [np.concatenate([query.words, query.pairs, query.letters]) % RARITIES for query in queries]
    seen = np.bincount(distinct(pieces)[1], minlength=RARITIES)
    rarity = np.where(seen > 1, np.log((1 + len(queries)) / (1 + seen)), 0).astype(np.float16).astype(np.float32)
    rows = Rows.of(queries, rarity)
    labels = np.array([1] * len(asking) + [0] * len(wanting))
    shares = len(queries) / 2 / np.maximum(np.bincount(labels, minlength=2), 1)
    weights = learn(rows, labels, 2, rounds=ROUNDS, importance=shares[labels].astype(np.float32))
    return AskingJudge(rarity, weights.astype(np.float16).astype(np.float32))


def load_asking(
    folder: Path,
    mark: str,
    hearing: Hearing,
    texts: Callable[[], tuple[Sequence[tuple[str, str]], Iterable[Example]]],
) -> AskingJudge:
    """What was learnt from texts of this `mark`, kept in `folder`; else from `texts`: what asks, and examples, which
    want something where the topics of `hearing` say so."""
    digest = hashlib.sha256(f"{mark} {sorted(hearing.not_wanting)}".encode())
    for name in CODE:
        digest.update((Path(__file__).resolve().parents[1] / f"{name}.py").read_bytes())
    path = folder / f"asking-{digest.hexdigest()[:16]}.npz"
    try:
        return AskingJudge.read(path)
    except SPOILT:
        asking, examples = texts()
        judge = learn_asking(asking, wants(examples, hearing))
    try:
        judge.write(path)
    except OSError as error:
        log.warning("What tells questions cannot be kept in %s (%s): each start takes some seconds.", folder, error)
        return judge
    return AskingJudge.read(path)
