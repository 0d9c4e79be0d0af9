"""Question → written answer with its source: load, find, fill in, suggest.

    knowledge = Knowledge.load(topics.hearing, settings.data_dir, understanding.sentences)
    found = knowledge.candidates("qui signe le reçu ?", "fr", vector, who={"association"}, last="donors/recu-perdu")
    if found.certainty is Certainty.SURE:
        answer = knowledge.answer(found.best.id, "fr")
        shown = knowledge.render(answer, "fr", today)

It holds nothing about anybody. How an answer is written is in `docs/answers.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.i18n import LANGUAGES
from bot.knowledge import kept
from bot.knowledge.answer import GROUPS, Answer, AnswerError, Named, Next
from bot.knowledge.asking import AskingJudge, load_asking
from bot.knowledge.figures import FigureError
from bot.knowledge.finder import Finder
from bot.knowledge.grouping import groups_of
from bot.knowledge.learning import Learnt, learn
from bot.knowledge.library import Library
from bot.knowledge.policy import Candidate, Candidates, Certainty
from bot.knowledge.query import Query, Rows, read_query
from bot.knowledge.rendering import Rendered, render_answer, source_line
from bot.knowledge.samples import Sentences
from bot.knowledge.telling import first_sentence, sentences_that_tell
from bot.knowledge.vectors import KeptVectors
from bot.resources import LOCALE
from bot.rules.parameters import Law
from bot.understanding.examples import fingerprint_of_examples, load_examples
from bot.understanding.hearing import Hearing
from bot.understanding.topics import usual_folder

__all__ = [
    "GROUPS",
    "OWN_FOLDER",
    "Answer",
    "AnswerError",
    "Candidate",
    "Candidates",
    "Certainty",
    "FigureError",
    "Knowledge",
    "Named",
    "Next",
    "Question",
    "Rendered",
    "first_sentence",
    "sentences_that_tell",
    "source_line",
]

OWN_FOLDER = "answers"
"""The folder of own answers inside the data folder."""
STRANGERS_EVERY = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A message whose words were read, so far without its sentence vector. `asks` is the chance, as far as words tell,
    that it asks to be told something rather than wants something done."""

    text: str
    words: Query
    asks: float


class Knowledge:
    """The written answers of this installation. Load it once; every call sees own answers that changed meanwhile."""

    def __init__(
        self, library: Library, learnt: Learnt, sentences: Sentences | None, asking: AskingJudge | None = None
    ) -> None:
        self.library = library
        self._asking = asking
        self._learnt = learnt
        self._sentences = sentences
        self._finder = self._with_own()

    @classmethod
    def load(
        cls,
        hearing: Hearing,
        data: Path | None = None,
        sentences: Sentences | None = None,
        *,
        folder: Path | None = None,
        locale: Path = LOCALE,
        law: Law | None = None,
    ) -> Knowledge:
        """Our answers, and those in the folder `answers` of `data`, beside the topics of `hearing`.

        `sentences` gives sentence vectors; without them, words alone find. What is learnt is kept in `folder`, or
        beside what the understanding learns; the first start after a change takes some seconds. Raises AnswerError for
        one of ours that is badly written.
        """
        library = Library.load(data / OWN_FOLDER if data is not None else None, locale=locale, known=law)
        folder = folder or usual_folder()
        name = "light" if sentences is None else "full"
        content = f"{library.fingerprint()} {fingerprint_of_examples()}"
        path = folder / f"answers-{name}-{kept.fingerprint(content)}.npz"
        try:
            learnt = kept.read(path)
        except kept.SPOILT:
            encoder = KeptVectors(sentences, folder) if sentences is not None else None
            learnt = learn({id: library.ours_of(id) for id in library.our_ids()}, encoder, _strangers(hearing))
            kept.keep(learnt, path)
            if encoder is not None:
                encoder.keep()
            learnt = kept.read(path) if path.exists() else learnt
        asking = (
            load_asking(folder, content, hearing, lambda: (_texts(library), load_examples())) if library.ours else None
        )
        return cls(library, learnt, sentences, asking)

    def candidates(
        self,
        text: str,
        language: str,
        vector: NDArray[np.float32] | None = None,
        who: Iterable[str] = (),
        last: str | None = None,
        near: str = "",
    ) -> Candidates:
        """The likeliest answers to `text`, with their chances.

        `vector` is the message's sentence vector where it was made already; `who` is who speaks, as far as is known, in
        the words of an answer's `who`; `last` is the id of the answer before; `near` the group of answers that what is
        in hand makes likelier.
        """
        return self.found(self.question(text, language), vector, who, last, near)

    def question(self, text: str, language: str) -> Question:
        """A message, its words read: what `found` looks for, if it is worth it."""
        words = read_query(text, language)
        return Question(text, words, 0.0 if self._asking is None else self._asking.asks(words))

    def found(
        self,
        question: Question,
        vector: NDArray[np.float32] | None = None,
        who: Iterable[str] = (),
        last: str | None = None,
        near: str = "",
    ) -> Candidates:
        """The likeliest answers to a question, as `candidates` gives them."""
        self.refresh()
        query = self._finder.query(question.text, question.words, vector)
        return replace(self._finder.candidates(query, who, last).nearer(near), asks=question.asks)

    def grouped(self, questions: Sequence[tuple[str, str]], counts: Sequence[int]) -> list[list[int]]:
        """Questions, each with its language, grouped by nearness: their numbers, what was asked most often first."""
        if self._sentences is None:
            rows = Rows.of([read_query(text, language) for text, language in questions], self._learnt.rarity)
            near = rows[np.arange(len(questions))]
        else:
            plains = [self._sentences.plain(text, language) for text, language in questions]
            near = self._sentences.vectors(plains)
        return groups_of(near / np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-6), counts)

    def answer(self, id: str, language: str) -> Answer | None:
        """The answer of this id, in French if nobody wrote it in `language`. None if there is none (any more)."""
        self.refresh()
        return self.library.answer(id, language)

    def render(self, answer: Answer, language: str, today: date) -> Rendered:
        """The answer as people read it on `today`."""
        return render_answer(answer, language, today, self.library.law)

    def neighbours(self, answer: Answer, language: str) -> Sequence[tuple[Next, str]]:
        """Where it leads, each with what its button says; answers that are not there are passed over."""
        steps = []
        for step in answer.next:
            if not step.is_answer:
                steps.append((step, step.label))
            elif (other := self.library.answer(step.to, language)) is not None:
                steps.append((step, step.label or other.label))
        return steps

    def group_of(self, id: str, language: str) -> str:
        """The group of answers that one leads to most, itself among them: a definition belongs to what it is of."""
        answer = self.library.answer(id, language)
        leads_to = [] if answer is None else [step.to for step in answer.next if step.is_answer]
        groups = Counter(one.partition("/")[0] for one in (id, *leads_to))
        return groups.most_common(1)[0][0]

    def is_only_told(self, id: str, language: str) -> bool:
        """Whether no topic works out or does what this answer is about."""
        answer = self.library.answer(id, language)
        return answer is not None and answer.only_told

    def leads_to(self, id: str, language: str) -> frozenset[str]:
        """The topics that an answer offers under it."""
        answer = self.library.answer(id, language)
        return frozenset() if answer is None else frozenset(step.to for step in answer.next if not step.is_answer)

    def refresh(self) -> None:
        """See own answers that changed: looked at every few seconds, read only if their times of change differ."""
        if self.library.refresh():
            self._finder = self._with_own()

    def _with_own(self) -> Finder:
        own: dict[str, list[Answer]] = {}
        for (id, _language), answer in sorted(self.library.own.items()):
            own.setdefault(id, []).append(answer)
        return Finder.of(self._learnt, own, self._sentences)


def _texts(library: Library) -> list[tuple[str, str]]:
    """Every title and wording of ours, with its language."""
    return [
        (text, answer.language)
        for id in library.our_ids()
        for answer in library.ours_of(id)
        for text in (answer.title, *answer.asks)
    ]


def _strangers(hearing: Hearing) -> list[tuple[str, str]]:
    """Some of what people say that is not for Allié at all, with its language."""
    examples = [one for one in load_examples() if one.topic == hearing.unclaimed and one.language in LANGUAGES]
    return [(one.text, one.language) for one in examples[::STRANGERS_EVERY]]
