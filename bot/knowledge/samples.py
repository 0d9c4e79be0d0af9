"""What finding is learnt from: the wordings of every answer, and the words of its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.i18n import text_of
from bot.knowledge.answer import WHO, Answer
from bot.knowledge.index import Counted
from bot.knowledge.markdown import Text
from bot.knowledge.query import Query, read_query
from bot.knowledge.words import hashes, plain_words, stems_of

__all__ = ["ASKS", "TITLE", "Sample", "Sentences", "samples_of", "text_words", "vectors_of", "who_bits"]

TITLE: Final = -1
"""The place of a title among wordings."""
ASKS: Final = 0
FOLDED_WEIGHT: Final = 0.4
"""What a word counts that stands in the folded part of an answer."""
PART: Final = 24
"""Sentences the encoder takes in hand at a time."""
WHO_IS: Final = tuple(sorted(WHO - {"anyone"}))


class Sentences(Protocol):
    """The encoder, as the reader of messages uses it: what it is given first is put into plain words."""

    def plain(self, text: str, language: str) -> str: ...

    def vectors(self, plains: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Sample:
    """A wording of the answer of this number; `place` is its place among the wordings of that answer and language."""

    answer: int
    language: str
    text: str
    place: int

    def query(self, vector: NDArray[np.float32] | None) -> Query:
        return read_query(self.text, self.language, vector)


def samples_of(answers: Iterable[tuple[int, Answer]]) -> list[Sample]:
    """The title and the wordings of each answer in each language."""
    samples = []
    for number, answer in answers:
        samples.append(Sample(number, answer.language, answer.title, TITLE))
        samples += [Sample(number, answer.language, text, place) for place, text in enumerate(answer.asks)]
    return samples


def text_words(answer: Answer) -> Counted:
    """The words of what an answer says, each with how much it counts. The title is among its wordings."""
    said, folded = (
        hashes(stems_of(plain_words(_said(text), answer.language), answer.language))
        for text in (answer.head, answer.more)
    )
    counts = np.repeat(np.array([1.0, FOLDED_WEIGHT], np.float32), [len(said), len(folded)])
    return np.concatenate([said, folded]), counts


def _said(text: Text) -> str:
    return text_of(text.for_talk(lambda _source: ""), "fr")


def vectors_of(samples: Sequence[Sample], sentences: Sentences) -> NDArray[np.float32]:
    """The sentence vectors of samples, a row each.

    Those of an answer are made together and apart from all others: the last digits of a vector depend on what is made
    along with it, and what is learnt must not depend on what was made before.
    """
    parts: list[Sequence[Sample]] = []
    for _answer, those in groupby(samples, lambda sample: sample.answer):
        parts += _shared_out(list(those))
    with ThreadPoolExecutor(2) as workers:
        # Most of the encoder's work is in numpy, so that two go on beside one another.
        rows = list(workers.map(partial(_vectors, sentences), parts))
    return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)


def _shared_out(samples: Sequence[Sample]) -> list[Sequence[Sample]]:
    """In parts of much the same size, none over `PART`."""
    count = -(-len(samples) // PART)
    ends = [len(samples) * number // count for number in range(count + 1)]
    return [samples[begin:end] for begin, end in pairwise(ends)]


def _vectors(sentences: Sentences, samples: Sequence[Sample]) -> NDArray[np.float32]:
    return sentences.vectors([sentences.plain(sample.text, sample.language) for sample in samples])


def who_bits(who: Iterable[str]) -> int:
    """Who may be asking, a bit each; 0 for anyone. Names that mean nothing here are passed over."""
    return sum(1 << WHO_IS.index(one) for one in set(who) if one in WHO_IS)
