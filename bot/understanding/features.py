"""A message as numbers: its words and letters, the ideas it touches, the kinds of values it holds.

Names of bodies and places are replaced by one name each before words are counted, so that no name in particular means
a topic. Pieces of words are counted in a fixed number of buckets; how rare a piece is, learnt from the examples, gives its
weight, and pieces never seen weigh nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.concepts import Concepts
from bot.understanding.organisations import organisations_in
from bot.understanding.places import places_in
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots
from bot.understanding.writing import fold, in_full, without_courtesy

__all__ = ["BUCKETS", "RARITIES", "Features", "Reading", "pieces_of", "plain_of", "without_organisations"]

Vector = NDArray[np.float32]

BUCKETS: Final = 4096
RARITIES: Final = 1 << 18
IDEA_WEIGHT: Final = 0.3
VALUE_WEIGHT: Final = 0.25

NUMBER: Final = re.compile(r"\d+(?:[ .,\u00a0\u202f]\d+)*")
WORD: Final = re.compile(r"[^\W_]+|[?!€%]|[^\w\s]")
TIGHT: Final = re.compile(r"(?<=['’(]) | (?=[,.)])")
LETTERS: Final = range(2, 6)
VALUES: Final = [
    "amount",
    "amounts",
    "period",
    "organisation",
    "org_kind",
    "place",
    "radius_km",
    "cause",
    "not_cause",
    "when",
    "not_when",
    "remote",
    "minors",
    "days",
    "salary",
    "turnover",
    "employees",
    "income",
    "language",
    "role",
]
ROLES: Final = ("employee", "employer", "association", "colleague")
# Up to how many words a message is very short, short … long.
LENGTHS: Final = (1, 2, 4, 8, 16)
SOME_BODY: Final = "la Croix-Rouge"
SOME_PLACE: Final = "Lyon"


class Reading:
    """One message on its way to a topic: its text without names, and the values it holds whatever the topic."""

    __slots__ = ("language", "plain", "row", "sentence", "values", "vector")

    def __init__(self, sentence: Sentence, language: str, today: date, accents: Mapping[str, str]) -> None:
        self.row: Vector | None = None
        """Its features, once somebody has asked for them."""
        self.vector: Vector | None = None
        """Its sentence vector, once somebody has asked for it and there is an encoder."""
        self.sentence = sentence
        self.language = language
        self.values: Mapping[str, Any] = read_slots(sentence, language, today)
        self.plain = plain_of(sentence, language, accents)


def plain_of(sentence: Sentence, language: str, accents: Mapping[str, str]) -> str:
    """A message in plain words: written out, without greeting and thanks, one body and one place for all of them."""
    return without_courtesy(in_full(_without_names(sentence, language), accents, english=language == "en"))


def without_organisations(sentence: Sentence) -> str:
    """The text without the names of bodies: they are the same in every language."""
    text = sentence.text
    for body in reversed(organisations_in(sentence)):
        start, end = sentence.span(body.start, body.end)
        text = f"{text[:start]} {text[end:]}"
    return text


def _without_names(sentence: Sentence, language: str) -> str:
    spans = [(sentence.span(body.start, body.end), SOME_BODY) for body in organisations_in(sentence)]
    spans += [(sentence.span(place.start, place.end), SOME_PLACE) for place in places_in(sentence, language)]
    text = sentence.text
    for (start, end), name in sorted(spans, reverse=True):
        if end > start:
            text = f"{text[:start]} {name} {text[end:]}"
    return TIGHT.sub("", text)


def pieces_of(plain: str) -> tuple[list[int], list[int]]:
    """The hashes of the words and pairs of words of a text, and those of the letters inside its words."""
    bare = NUMBER.sub(" 0 ", fold(plain))
    words = WORD.findall(bare)
    whole = [zlib.crc32(word.encode()) for word in words]
    whole += [zlib.crc32(f"{a} {b}".encode()) for a, b in pairwise(words)]
    return whole, [zlib.crc32(piece.encode(), 1) for piece in _letters(bare)]


def _letters(bare: str) -> Iterator[str]:
    for word in bare.split():
        padded = f" {word} "
        for size in LETTERS:
            if size >= len(padded):
                yield padded
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


class Features:
    """Turns readings into vectors of `size` numbers. `rarity` weighs pieces by their hash."""

    def __init__(self, concepts: Concepts, rarity: Vector) -> None:
        self._concepts = concepts
        self._rarity = rarity
        self._ideas = BUCKETS
        self._values = self._ideas + len(concepts.names)
        self._strange = self._values + len(VALUES) + len(ROLES) + len(LENGTHS) + 1
        self.size = self._strange + 1
        # What only one example has: while learning from that example, it is as good as never seen.
        self._rarest = float(rarity.max(initial=0.0))

    def of(self, reading: Reading, *, learning: bool = False) -> Vector:
        """The vector of a message. `learning` when it is one of the examples that rarity was learnt from."""
        vector = np.zeros(self.size, np.float32)
        words, letters = pieces_of(reading.plain)
        self._count(words, vector[:BUCKETS])
        self._count(letters, vector[:BUCKETS])
        vector[self._strange] = self._strangeness(words[: len(words) // 2 + 1], learning=learning)
        for idea in self._concepts.of(reading.plain, reading.language):
            vector[self._ideas + idea] = IDEA_WEIGHT
        for number in _marks(reading.values, reading.sentence.words):
            vector[self._values + number] = VALUE_WEIGHT
        return vector

    def _strangeness(self, words: list[int], *, learning: bool) -> float:
        """The share of words that no other example has."""
        known = [self._rarity[word % RARITIES] for word in words]
        strange = sum(weight == 0.0 or (learning and weight >= self._rarest) for weight in known)
        return float(strange) / max(len(words), 1)

    def touches(self, reading: Reading, idea: str) -> bool:
        """Whether a message touches the idea of this name."""
        return self._concepts.names.index(idea) in self._concepts.of(reading.plain, reading.language)

    def _count(self, hashes: list[int], buckets: Vector) -> None:
        if not hashes:
            return
        found, count = np.unique(np.array(hashes, np.int64), return_counts=True)
        weight = (1.0 + np.log(count)) * self._rarity[found % RARITIES]
        norm = float(np.sqrt(weight @ weight))
        if norm > 0.0:
            # The highest bit gives the sign: pieces that share a bucket then cancel out on average.
            signed = np.where(found >> 31, weight, -weight) / norm
            buckets += np.bincount(found % BUCKETS, signed, BUCKETS).astype(np.float32)


def _marks(values: Mapping[str, Any], words: Collection[str]) -> Iterator[int]:
    """The numbers of what is true of a message: a value is there, a role, a length."""
    for number, name in enumerate(VALUES):
        if name in values:
            yield number
    if values.get("role") in ROLES:
        yield len(VALUES) + ROLES.index(values["role"])
    size = sum(word.isalnum() for word in words)
    yield len(VALUES) + len(ROLES) + sum(size > longest for longest in LENGTHS)
