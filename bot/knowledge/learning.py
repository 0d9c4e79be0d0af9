"""Learns to find answers from their own wordings: the comparisons, and by hold-out how much each of them counts.

The wordings are dealt into parts. Each part is looked for in what the other parts teach, as a stranger's question would
be; from how the comparisons fare there, their weights and the chance of being right are learnt. What is kept is then
taught by all of them. Nothing is drawn by lot: the same answers give the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.answer import Answer
from bot.knowledge.features import NAMES, NONE_NAMES, Hints, compare, features, likely, none_features
from bot.knowledge.index import Index
from bot.knowledge.query import BUCKETS, RARITIES, Query, row_of
from bot.knowledge.samples import TITLE, Sample, Sentences, TextWords, samples_of, text_words, vectors_of, who_bits
from bot.knowledge.shelf import VECTOR_WEIGHT, Head, Near, Shelf, Words, as_bytes
from bot.knowledge.weighing import Case, Weights, weigh
from bot.knowledge.words import pairs_of, plain_words, stems_of

__all__ = ["Learnt", "learn", "shelf_alone"]

Matrix = NDArray[np.float32]

PARTS: Final = 3
EVERY: Final = 2
"""One wording in so many is tried as a question."""
FEWEST: Final = 12
"""Answers below which there is nothing to learn from."""
RIDGE: Final = 3.0
"""How strongly the head is held back."""
UNANSWERED: Final = 0.15
"""The share of questions taken to have no answer here."""
ASKS_WEIGHT: Final = 1.0
TITLE_WEIGHT: Final = 2.0
LANGUAGES: Final = ("fr", "en")
FOLLOW: Final = {"fr": "et", "en": "and"}


@dataclass(frozen=True, slots=True)
class Learnt:
    """What finding needs: the answers compared, what is rare, and what comparisons are worth."""

    shelf: Shelf
    rarity: Matrix
    weights: Weights


@dataclass(frozen=True, slots=True)
class Material:
    """The answers as samples, sorted by answer, with what is worked out of them once."""

    ids: tuple[str, ...]
    who: NDArray[np.uint16]
    next: tuple[tuple[str, ...], ...]
    samples: tuple[Sample, ...]
    queries: tuple[Query, ...]
    vectors: Matrix | None
    texts: Mapping[str, Sequence[TextWords]]
    labels: NDArray[np.int64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, answers: Mapping[str, Sequence[Answer]], sentences: Sentences | None) -> Material:
        """`answers` by id, in every language they are written in."""
        ids = tuple(answers)
        samples = tuple(samples_of((n, answer) for n, id in enumerate(ids) for answer in answers[id]))
        vectors = vectors_of(samples, sentences) if sentences is not None else None
        queries = tuple(
            sample.query(None if vectors is None else vectors[number]) for number, sample in enumerate(samples)
        )
        texts: dict[str, list[TextWords]] = {language: [[] for _ in ids] for language in LANGUAGES}
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
            labels=np.array([sample.answer for sample in samples], np.int64),
            places=np.array([sample.place for sample in samples], np.int64),
        )

    def without(self, part: int) -> NDArray[np.intp]:
        """The samples that are not of a part. Titles are of none."""
        return np.flatnonzero((self.places == TITLE) | (self.places % PARTS != part))


def learn(
    answers: Mapping[str, Sequence[Answer]], sentences: Sentences | None, others: Iterable[tuple[str, str]] = ()
) -> Learnt:
    """From answers by id. `others` are texts, with their language, that no answer is for."""
    if len(answers) < FEWEST:
        return untaught(answers, sentences)
    others = list(others)
    material = Material.of(answers, sentences)
    rarity, common = rarity_of(material.queries)
    rows = head_rows(material, rarity)
    trained = [np.arange(len(material.samples)), *(material.without(part) for part in range(PARTS))]
    gram = rows.T @ rows
    with ThreadPoolExecutor(2) as workers:
        heads = list(workers.map(partial(head_of, material, rows, gram), trained))
    cases: list[Case] = []
    for part, (chosen, head) in enumerate(zip(trained[1:], heads[1:], strict=True)):
        shelf = shelf_of(material, chosen, head)
        cases += cases_of(material, shelf, part, common, sentences)
        cases += strangers(shelf, common, others[part::PARTS], sentences)
    return Learnt(shelf_of(material, trained[0], heads[0]), rarity, weigh(balanced(cases)))


def untaught(answers: Mapping[str, Sequence[Answer]], sentences: Sentences | None) -> Learnt:
    """What finds among answers too few to learn from: plain weights that a few words in common satisfy."""
    material = Material.of(answers, sentences)
    rarity, _common = rarity_of(material.queries)
    rows = head_rows(material, rarity)
    chosen = np.arange(len(material.samples))
    head = head_of(material, rows, rows.T @ rows, chosen)
    answer, none = np.zeros(len(NAMES), np.float32), np.zeros(len(NONE_NAMES), np.float32)
    answer[NAMES.index("head")] = answer[NAMES.index("words")] = 6.0
    none[NONE_NAMES.index("always")] = 3.0
    return Learnt(shelf_of(material, chosen, head), rarity, Weights(answer, none))


def shelf_alone(answers: Mapping[str, Sequence[Answer]], learnt: Learnt, sentences: Sentences | None) -> Shelf:
    """A shelf of a few answers that were not there when the rest was learnt, to be put beside it."""
    material = Material.of(answers, sentences)
    middle = learnt.shelf.head.middle
    rows = head_rows(material, learnt.rarity, middle)
    wanted = np.eye(len(material.ids), dtype=np.float32)[material.labels]
    # As many equations as wordings, few: they are solved among themselves.
    inner = rows @ rows.T + RIDGE * np.eye(len(rows), dtype=np.float32)
    head = Head(as_bytes((rows.T @ np.linalg.solve(inner, wanted)).astype(np.float32), 0), middle)
    return shelf_of(material, np.arange(len(material.samples)), head, learnt.shelf)


def rarity_of(queries: Sequence[Query]) -> tuple[Matrix, Matrix]:
    """The weight of each piece by its hash; then the same with those that one wording alone has left out."""
    seen = np.zeros(RARITIES)
    letters = np.zeros(RARITIES)
    for query in queries:
        seen[np.unique(np.concatenate([query.words, query.pairs]) % RARITIES)] += 1
        letters[np.unique(query.letters % RARITIES)] += 1
    letters[letters < 2] = 0
    seen += letters
    weights = np.where(seen > 0, np.log((1 + len(queries)) / (1 + seen)), 0).astype(np.float16).astype(np.float32)
    return weights, np.where(seen > 1, weights, 0).astype(np.float32)


def head_rows(material: Material, rarity: Matrix, middle: Matrix | None = None) -> Matrix:
    """The samples as the head sees them, a row each."""
    width = BUCKETS if material.vectors is None else BUCKETS + material.vectors.shape[1]
    rows = np.zeros((len(material.samples), width), np.float32)
    for row, query in zip(rows, material.queries, strict=True):
        places, values = row_of(query, rarity)
        np.add.at(row, places, values)
    if material.vectors is not None:
        rows[:, BUCKETS:] = VECTOR_WEIGHT * (material.vectors - (_middle(material) if middle is None else middle))
    return rows


def _middle(material: Material) -> Matrix:
    if material.vectors is None:
        return np.zeros(0, np.float32)
    middle: Matrix = material.vectors.mean(axis=0)
    return middle


def head_of(material: Material, rows: Matrix, gram: Matrix, chosen: NDArray[np.intp]) -> Head:
    """The linear judge that the chosen samples teach: least squares, held back."""
    left_out = np.setdiff1d(np.arange(len(rows)), chosen)
    inner = gram - rows[left_out].T @ rows[left_out]
    inner[np.diag_indices_from(inner)] += RIDGE
    wanted = np.zeros((rows.shape[1], len(material.ids)), np.float32)
    for answer in range(len(material.ids)):
        wanted[:, answer] = rows[chosen[material.labels[chosen] == answer]].sum(axis=0)
    weights = np.linalg.solve(inner, wanted).astype(np.float32)
    return Head(as_bytes(weights, 0), _middle(material))


def shelf_of(material: Material, chosen: NDArray[np.intp], head: Head, beside: Shelf | None = None) -> Shelf:
    """The shelf that the chosen samples make. `beside` tells what is rare."""
    words = {}
    for language in LANGUAGES:
        asks: list[TextWords] = [[] for _ in material.ids]
        pairs: list[TextWords] = [[] for _ in material.ids]
        for number in chosen.tolist():
            sample = material.samples[number]
            if sample.language == language:
                weight = TITLE_WEIGHT if sample.place == TITLE else ASKS_WEIGHT
                stems = stems_of(plain_words(sample.text, language), language)
                asks[sample.answer] += [(stem, weight) for stem in stems]
                pairs[sample.answer] += [(pair, weight) for pair in pairs_of(stems)]
        known = beside.in_language(language) if beside is not None else None
        words[language] = Words(
            Index.of(asks, common=known.asks if known else None),
            Index.of(pairs, common=known.pairs if known else None),
            Index.of(material.texts[language], common=known.text if known else None),
        )
    return Shelf.of(
        material.ids, words, head, _near(material, chosen), material.who, material.next, _kin(material, words)
    )


def _kin(material: Material, words: Mapping[str, Words]) -> NDArray[np.float16]:
    """What the title of each answer, as a question, speaks for: a row for each, the whole of its words being 1."""
    kin = np.zeros((len(material.ids), len(material.ids)), np.float32)
    for number in np.flatnonzero(material.places == TITLE).tolist():
        query, answer = material.queries[number], material.samples[number].answer
        asks = words[query.language].asks
        kin[answer] = np.maximum(kin[answer], asks.scores(query.words) / max(asks.weight(query.words), 1.0))
    return kin.astype(np.float16)


def _near(material: Material, chosen: NDArray[np.intp]) -> Near | None:
    if material.vectors is None:
        return None
    rows, labels = material.vectors[chosen], material.labels[chosen]
    middles = np.zeros((len(material.ids), rows.shape[1]), np.float32)
    np.add.at(middles, labels, rows)
    middles /= np.maximum(np.linalg.norm(middles, axis=1), 1e-6)[:, None]
    ends = np.cumsum(np.bincount(labels, minlength=len(material.ids)))
    return Near(middles.astype(np.float16).astype(np.float32), as_bytes(rows, 1), ends)


def cases_of(material: Material, shelf: Shelf, part: int, rarity: Matrix, sentences: Sentences | None) -> list[Case]:
    """The samples of a part, as strangers' questions: alone, after an answer, and as what follows from one."""
    cases: list[Case] = []
    numbers = np.flatnonzero((material.places % PARTS == part) & (material.places != TITLE))[::EVERY]
    for turn, number in enumerate(numbers.tolist()):
        sample, query = material.samples[number], material.queries[number]
        hints = Hints(_speaks(material, sample.answer, turn), _before(shelf, sample.answer, turn))
        cases += tried(query, shelf, rarity, hints, sample.answer)
    return cases + followed(material, shelf, part, rarity, sentences)


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


def followed(material: Material, shelf: Shelf, part: int, rarity: Matrix, sentences: Sentences | None) -> list[Case]:
    """What people say after an answer that leads to theirs: their question without the words that are said already."""
    said: list[tuple[Sample, int]] = []
    for answer in range(len(material.ids)):
        for language in LANGUAGES:
            own = np.flatnonzero((material.labels == answer) & (material.places % PARTS == part)).tolist()
            asks = [material.samples[one] for one in own if material.samples[one].place != TITLE]
            asks = sorted((one for one in asks if one.language == language), key=lambda one: len(one.text))
            for before, sample in zip(np.flatnonzero(shelf.leads[:, answer]).tolist(), asks, strict=False):
                rest = _what_is_new(sample, _title_words(material, before, language))
                if rest:
                    said.append((Sample(answer, language, rest, sample.place), before))
    vectors = vectors_of([sample for sample, _before in said], sentences) if sentences is not None and said else None
    cases: list[Case] = []
    for number, (sample, before) in enumerate(said):
        query = sample.query(None if vectors is None else vectors[number])
        cases += tried(query, shelf, rarity, Hints(_speaks(material, sample.answer, number), before), sample.answer)
    return cases


def _title_words(material: Material, answer: int, language: str) -> frozenset[str]:
    titles = (one for one in material.samples if one.answer == answer and one.place == TITLE)
    return frozenset(word for one in titles if one.language == language for word in plain_words(one.text, language))


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
    answered = sum(case.right is not None for case in cases)
    unanswered = len(cases) - answered
    weight = answered * UNANSWERED / (1 - UNANSWERED) / max(unanswered, 1)
    return [case if case.right is not None else replace(case, counts=weight) for case in cases]


def _speaks(material: Material, answer: int, turn: int) -> int:
    """Who a sample is said by, for learning: mostly unknown, often who its answer is for, at times somebody else."""
    asked_by = int(material.who[answer])
    if turn % 8 == 0:
        return int(material.who[(answer * 7 + turn) % len(material.ids)])
    return asked_by if turn % 2 else 0


def _before(shelf: Shelf, answer: int, turn: int) -> int | None:
    """The answer before it, for learning: none, one that leads there, or any other."""
    if turn % 3 == 0:
        return None
    parents = np.flatnonzero(shelf.leads[:, answer])
    if turn % 3 == 1 and len(parents):
        return int(parents[turn % len(parents)])
    return (answer * 13 + turn * 7 + 1) % len(shelf.ids)
