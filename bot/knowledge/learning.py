"""Learns to find answers from their own wordings: the comparisons, and by hold-out how much each of them counts.

The wordings are dealt into parts. Each part is looked for in what the other parts teach, as a stranger's question would
be; from how the comparisons fare there, their weights and the chance of being right are learnt. What is kept is then
taught by all of them. Nothing is drawn by lot: the same answers give the same result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.answer import Answer
from bot.knowledge.features import NAMES, NONE_NAMES, Hints, compare, features, likely, none_features
from bot.knowledge.index import Counted, Index
from bot.knowledge.query import RARITIES, Query, Rows, distinct
from bot.knowledge.samples import TITLE, Sample, Sentences, samples_of, text_words, vectors_of, who_bits
from bot.knowledge.shelf import VECTOR_WEIGHT, Head, Shelf, Words, as_bytes
from bot.knowledge.weighing import Case, Weights, weigh
from bot.knowledge.words import plain_words
from bot.understanding.learning import learn as learn_linear

__all__ = ["Learnt", "learn", "shelf_alone"]

Matrix = NDArray[np.float32]

PARTS: Final = 8
TRIED: Final = 0
"""The part that is tried as questions, taught by the others."""
AT_ONCE: Final = 512
STRIDE: Final = 0.06
RESTRAINT: Final = 1e-4
UNTAUGHT_LEVELS: Final = (0.0, 4.0)
TITLES_COUNT: Final = 2.0
"""How much a title counts as a question: it is what most people would ask."""
FEWEST: Final = 12
"""Answers below which there is nothing to learn from."""
ROUNDS: Final = 5
"""Further rounds fit the wordings better, and what people write no better."""
UNANSWERED: Final = 0.15
"""The share of questions taken to have no answer here."""
ASKS_WEIGHT: Final = 1.0
TITLE_WEIGHT: Final = 2.0
LANGUAGES: Final = ("fr", "en")
HOME: Final = "fr"
"""The language whose wordings are read as vectors: those in another lie close to them."""
COMES_BACK: Final = 3
NO_WORDS: Final = (np.zeros(0, np.uint32), np.zeros(0, np.float32))
FOLLOW: Final = {"fr": "et", "en": "and"}


@dataclass(frozen=True, slots=True)
class Learnt:
    """What finding needs: the answers compared, what is rare, and what comparisons are worth."""

    shelf: Shelf
    rarity: Matrix
    weights: Weights
    centre: Matrix
    """The mean of what the head saw."""
    levels: tuple[float, float]
    """What the head gives to other answers, and to the right one."""


@dataclass(frozen=True, slots=True)
class Material:
    """The answers as samples, sorted by answer, with what is worked out of them once."""

    ids: tuple[str, ...]
    who: NDArray[np.uint16]
    next: tuple[tuple[str, ...], ...]
    samples: tuple[Sample, ...]
    queries: tuple[Query, ...]
    vectors: Matrix | None
    """Of the samples that the encoder read; the others have the mean of those of their answer."""
    texts: Mapping[str, Sequence[Counted]]
    labels: NDArray[np.int64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, answers: Mapping[str, Sequence[Answer]], sentences: Sentences | None) -> Material:
        """`answers` by id, in every language they are written in."""
        ids = tuple(answers)
        samples = tuple(samples_of((n, answer) for n, id in enumerate(ids) for answer in answers[id]))
        labels = np.array([sample.answer for sample in samples], np.int64)
        places = np.array([sample.place for sample in samples], np.int64)
        vectors = _enough_vectors(samples, labels, places, sentences) if sentences is not None else None
        queries = tuple(
            sample.query(None if vectors is None else vectors[number]) for number, sample in enumerate(samples)
        )
        texts: dict[str, list[Counted]] = {language: [NO_WORDS for _ in ids] for language in LANGUAGES}
        for number, id in enumerate(ids):
            for answer in answers[id]:
                texts[answer.language][number] = text_words(answer)
        return cls(
            ids=ids,
            who=np.array([who_bits(answers[id][0].who) for id in ids], np.uint16),
            next=tuple(tuple(step.to for step in answers[id][0].next if step.is_answer) for id in ids),
            samples=samples,
            queries=queries,
            vectors=vectors,
            texts=texts,
            labels=labels,
            places=places,
        )

    @property
    def parts(self) -> NDArray[np.int64]:
        """The part each sample is dealt to."""
        return _parts(self.labels, self.places)

    @property
    def middle(self) -> Matrix:
        """The mean of the vectors; empty without the encoder."""
        if self.vectors is None:
            return np.zeros(0, np.float32)
        middle: Matrix = self.vectors.mean(axis=0)
        return middle


def _parts(labels: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Wordings are dealt in turn, titles by their answers."""
    return np.where(places == TITLE, labels, places) % PARTS


def _enough_vectors(
    samples: Sequence[Sample], labels: NDArray[np.int64], places: NDArray[np.int64], sentences: Sentences
) -> Matrix:
    """The vectors of what is written in one language and of what is tried; the rest of an answer has their mean.

    The encoder costs more than all the rest, and what means the same lies close together across languages.
    """
    at_home = np.array([sample.language == HOME for sample in samples], np.bool_)
    foreign = ~np.isin(labels, labels[at_home])
    tried = _parts(labels, places) == TRIED
    read = at_home | foreign | tried
    made = vectors_of([samples[number] for number in np.flatnonzero(read).tolist()], sentences)
    vectors = np.zeros((len(samples), made.shape[1]), np.float32)
    vectors[read] = made
    for answer in np.unique(labels[~read]).tolist():
        own = labels == answer
        told = own & read & ~tried if (own & read & ~tried).any() else own & read
        vectors[own & ~read] = vectors[told].mean(axis=0)
    return vectors


def learn(
    answers: Mapping[str, Sequence[Answer]], sentences: Sentences | None, others: Iterable[tuple[str, str]] = ()
) -> Learnt:
    """From answers by id. `others` are texts, with their language, that no answer is for."""
    others = list(others)
    material = Material.of(answers, sentences)
    rarity, common = rarity_of(material.queries)
    rows = head_rows(material, rarity, material.middle)
    whole = np.arange(len(material.samples))
    centre = rows.mean()
    if len(answers) < FEWEST:
        head = prototypes(material, rows, centre, UNTAUGHT_LEVELS)
        return Learnt(shelf_of(material, whole, head), rarity, plain_weights(), centre, UNTAUGHT_LEVELS)
    rest = np.flatnonzero(material.parts != TRIED)
    with ThreadPoolExecutor(2) as workers:
        taught, taught_by_all = workers.map(partial(head_of, material, rows), (rest, whole))
    shelf = shelf_of(material, rest, taught)
    cases = [*cases_of(material, shelf, common, sentences), *strangers(shelf, common, others, sentences)]
    weights = weigh(balanced(cases))
    return Learnt(shelf_of(material, whole, taught_by_all), rarity, weights, centre, levels(material, rows, taught))


def plain_weights() -> Weights:
    """What finds among answers too few to learn from: a few words in common are enough."""
    answer, none = np.zeros(len(NAMES), np.float32), np.zeros(len(NONE_NAMES), np.float32)
    answer[NAMES.index("head")] = 1.0
    answer[NAMES.index("words")] = 6.0
    none[NONE_NAMES.index("always")] = 2.0
    return Weights(answer, none)


def levels(material: Material, rows: Rows, head: Head) -> tuple[float, float]:
    """What the head, taught without a part, gives there to other answers and to the right one."""
    tried = np.flatnonzero(material.parts == TRIED)
    scores = rows[tried] @ head.weights.values.astype(np.float32) * head.weights.scale + head.bias
    right = scores[np.arange(len(tried)), material.labels[tried]]
    others = (scores.sum() - right.sum()) / max(scores.size - len(tried), 1)
    return float(others), float(right.mean())


def shelf_alone(answers: Mapping[str, Sequence[Answer]], learnt: Learnt, sentences: Sentences | None) -> Shelf:
    """A shelf of a few answers that were not there when the rest was learnt, to be put beside it."""
    material = Material.of(answers, sentences if learnt.shelf.middles.size else None)
    rows = head_rows(material, learnt.rarity, learnt.shelf.head.middle)
    head = prototypes(material, rows, learnt.centre, learnt.levels, learnt.shelf.head.middle)
    return shelf_of(material, np.arange(len(material.samples)), head, learnt.shelf)


def prototypes(
    material: Material,
    rows: Rows,
    centre: Matrix,
    between: tuple[float, float],
    middle: Matrix | None = None,
) -> Head:
    """A judge that was not taught: each answer is looked for in the direction of its wordings.

    Its scores lie between those that a taught one gives to others and to the right answer.
    """
    low, high = between
    weights = np.zeros((rows.shape[1], len(material.ids)), np.float32)
    for answer in range(len(material.ids)):
        way = rows[np.flatnonzero(material.labels == answer)].mean(axis=0) - centre
        weights[:, answer] = (high - low) * way / max(float(way @ way), 1e-6)
    bias = (low - centre @ weights).astype(np.float32)
    return Head(as_bytes(weights, 0), bias, material.middle if middle is None else middle)


def rarity_of(queries: Sequence[Query]) -> tuple[Matrix, Matrix]:
    """The weight of each piece by its hash; then the same with those that one wording alone has left out."""
    seen = np.zeros(RARITIES)
    letters = np.zeros(RARITIES)
    for counted, pieces in (
        (seen, [np.concatenate([query.words, query.pairs]) for query in queries]),
        (letters, [query.letters for query in queries]),
    ):
        _text, piece, _count = distinct([one % RARITIES for one in pieces])
        counted += np.bincount(piece, minlength=RARITIES)
    letters[letters < 2] = 0
    seen += letters
    weights = np.where(seen > 0, np.log((1 + len(queries)) / (1 + seen)), 0).astype(np.float16).astype(np.float32)
    return weights, np.where(seen > 1, weights, 0).astype(np.float32)


def head_rows(material: Material, rarity: Matrix, middle: Matrix) -> Rows:
    """The samples as the head sees them, a row each."""
    if material.vectors is None:
        return Rows.of(material.queries, rarity)
    return Rows.of(material.queries, rarity, VECTOR_WEIGHT * (material.vectors - middle))


def head_of(material: Material, rows: Rows, chosen: NDArray[np.intp]) -> Head:
    """The linear judge that the chosen samples teach."""
    weights = learn_linear(
        rows.chosen(chosen),
        material.labels[chosen],
        len(material.ids),
        rounds=ROUNDS,
        at_once=AT_ONCE,
        stride=STRIDE,
        restraint=RESTRAINT,
    )
    return Head(as_bytes(weights[:-1], 0), weights[-1], material.middle)


def shelf_of(material: Material, chosen: NDArray[np.intp], head: Head, beside: Shelf | None = None) -> Shelf:
    """The shelf that the chosen samples make. `beside` tells what is rare."""
    words = {}
    for language in LANGUAGES:
        asks: list[list[Counted]] = [[] for _ in material.ids]
        pairs: list[list[Counted]] = [[] for _ in material.ids]
        for number in chosen.tolist():
            sample, query = material.samples[number], material.queries[number]
            if sample.language == language:
                weight = TITLE_WEIGHT if sample.place == TITLE else ASKS_WEIGHT
                asks[sample.answer].append((query.words, np.full(len(query.words), weight, np.float32)))
                pairs[sample.answer].append((query.pairs, np.full(len(query.pairs), weight, np.float32)))
        known = beside.in_language(language) if beside is not None else None
        words[language] = Words(
            Index.of([_all_of(one) for one in asks], common=known.asks if known else None),
            Index.of([_all_of(one) for one in pairs], common=known.pairs if known else None),
            Index.of(material.texts[language], common=known.text if known else None),
        )
    return Shelf.of(
        material.ids, words, head, _middles(material, chosen), material.who, material.next, _kin(material, words)
    )


def _all_of(counted: Sequence[Counted]) -> Counted:
    pieces, counts = zip(NO_WORDS, *counted, strict=True)
    return np.concatenate(pieces), np.concatenate(counts)


def _kin(material: Material, words: Mapping[str, Words]) -> NDArray[np.float16]:
    """What the title of each answer, as a question, speaks for: a row for each, the whole of its words being 1."""
    kin = np.zeros((len(material.ids), len(material.ids)), np.float32)
    for number in np.flatnonzero(material.places == TITLE).tolist():
        query, answer = material.queries[number], material.samples[number].answer
        asks = words[query.language].asks
        kin[answer] = np.maximum(kin[answer], asks.scores(query.words) / max(asks.weight(query.words), 1.0))
    return kin.astype(np.float16)


def _middles(material: Material, chosen: NDArray[np.intp]) -> Matrix:
    if material.vectors is None:
        return np.zeros((len(material.ids), 0), np.float32)
    middles = np.zeros((len(material.ids), material.vectors.shape[1]), np.float32)
    np.add.at(middles, material.labels[chosen], material.vectors[chosen])
    middles /= np.maximum(np.linalg.norm(middles, axis=1), 1e-6)[:, None]
    return middles.astype(np.float16).astype(np.float32)


def cases_of(material: Material, shelf: Shelf, rarity: Matrix, sentences: Sentences | None) -> list[Case]:
    """The samples of a part, as strangers' questions: alone, after an answer, and as what follows from one."""
    of_part = np.flatnonzero(material.parts == TRIED)
    titles = of_part[material.places[of_part] == TITLE]
    wordings = of_part[material.places[of_part] != TITLE]
    cases: list[Case] = []
    for turn, number in enumerate([*wordings.tolist(), *titles.tolist()]):
        sample, query = material.samples[number], material.queries[number]
        hints = Hints(_speaks(material, sample.answer, turn), _before(shelf, sample.answer, turn))
        counts = TITLES_COUNT if sample.place == TITLE else 1.0
        cases += [replace(case, counts=counts) for case in tried(query, shelf, rarity, hints, sample.answer)]
    return cases + followed(material, shelf, rarity, sentences)


def tried(query: Query, shelf: Shelf, rarity: Matrix, hints: Hints, right: int) -> list[Case]:
    """A question whose answer is there, and the same had its answer never been written."""
    compared = compare(query, shelf, rarity)
    chosen = likely(query, compared, shelf, hints)
    where = np.flatnonzero(chosen == right)
    if not len(where):
        return []
    rows = features(query, compared, chosen, shelf, hints)
    others = features(query, compared.without(right), np.delete(chosen, where[0]), shelf, hints)
    return [
        Case(rows, none_features(query, rows), int(where[0])),
        Case(others, none_features(query, others), None),
    ]


def followed(material: Material, shelf: Shelf, rarity: Matrix, sentences: Sentences | None) -> list[Case]:
    """What people say after an answer that leads to theirs: their question without the words that are said already."""
    said: list[tuple[Sample, int]] = []
    for answer in range(len(material.ids)):
        leading = _said_before(shelf, answer)
        own = np.flatnonzero((material.labels == answer) & (material.parts == TRIED)).tolist()
        asks = [material.samples[one] for one in own if material.samples[one].place != TITLE]
        if leading and asks:
            sample = min(asks, key=lambda one: (len(one.text), one.text))
            last = leading[answer % len(leading)]
            if rest := _what_is_new(sample, _said_words(material, last, sample.language)):
                said.append((replace(sample, text=rest), last))
    vectors = vectors_of([sample for sample, _before in said], sentences) if sentences is not None and said else None
    cases: list[Case] = []
    for number, (sample, before) in enumerate(said):
        query = sample.query(None if vectors is None else vectors[number])
        cases += tried(query, shelf, rarity, Hints(_speaks(material, sample.answer, number), before), sample.answer)
    return cases


def _said_before(shelf: Shelf, answer: int) -> list[int]:
    """The answers that lead to one; every second time the one that is most like it and does not."""
    leading = np.flatnonzero(shelf.leads[:, answer]).tolist()
    if answer % 2 == 0 or not shelf.middles.size:
        return leading
    likeness = shelf.middles @ shelf.middles[answer]
    likeness[[answer, *leading]] = -1.0
    return [int(likeness.argmax())]


def _said_words(material: Material, answer: int, language: str) -> frozenset[str]:
    """The words that come back in the wordings of an answer: who asks further does not say them again."""
    seen: Counter[str] = Counter()
    for number in np.flatnonzero(material.labels == answer).tolist():
        sample = material.samples[number]
        if sample.language == language:
            seen.update(set(plain_words(sample.text, language)) if sample.place != TITLE else {})
    return frozenset(word for word, count in seen.items() if count >= COMES_BACK)


def _what_is_new(sample: Sample, known: frozenset[str]) -> str:
    words = [word for word in plain_words(sample.text, sample.language) if word not in known]
    return " ".join([FOLLOW[sample.language], *words]) if words else ""


def strangers(
    shelf: Shelf, rarity: Matrix, texts: Sequence[tuple[str, str]], sentences: Sentences | None
) -> list[Case]:
    """What people say that no answer is for."""
    samples = [Sample(0, language, text, 0) for text, language in texts]
    vectors = vectors_of(samples, sentences) if sentences is not None and samples else None
    cases = []
    for number, sample in enumerate(samples):
        query = sample.query(None if vectors is None else vectors[number])
        compared = compare(query, shelf, rarity)
        rows = features(query, compared, likely(query, compared, shelf, Hints()), shelf, Hints())
        cases.append(Case(rows, none_features(query, rows), None))
    return cases


def balanced(cases: Sequence[Case]) -> list[Case]:
    """Those without an answer count for their share, however many there are."""
    answered = sum(case.counts for case in cases if case.right is not None)
    unanswered = sum(case.counts for case in cases if case.right is None)
    weight = answered * UNANSWERED / (1 - UNANSWERED) / max(unanswered, 1.0)
    return [case if case.right is not None else replace(case, counts=case.counts * weight) for case in cases]


def _speaks(material: Material, answer: int, turn: int) -> int:
    """Who a sample is said by, for learning: of five, two unknown, two whom its answer is for, one somebody else."""
    if turn % 5 == 0:
        return int(material.who[(answer * 7 + turn) % len(material.ids)])
    return int(material.who[answer]) if turn % 5 < 3 else 0


def _before(shelf: Shelf, answer: int, turn: int) -> int | None:
    """The answer before it, for learning: of four, one none, one that leads there, two any other."""
    if turn % 4 == 0:
        return None
    leading = np.flatnonzero(shelf.leads[:, answer])
    if turn % 4 == 1 and len(leading):
        return int(leading[turn % len(leading)])
    return (answer * 13 + turn * 7 + 1) % len(shelf.ids)
