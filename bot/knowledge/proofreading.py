"""What an author or an operator should look at: answers that break the format, lead nowhere, collide or grow old."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.i18n import LANGUAGES
from bot.knowledge.answer import Answer, AnswerError
from bot.knowledge.figures import FigureError
from bot.knowledge.library import Library
from bot.knowledge.rendering import ended_unsaid, render_answer, rows_used
from bot.knowledge.words import plain_words, stems_of

__all__ = ["Remark", "ageing", "proofread"]

SOON: Final = timedelta(days=62)
"""How long before its end a row is spoken of."""
OLD: Final = timedelta(days=365)
"""Days after which an answer that nobody has looked at again is called old."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about an answer. `is_error`: it must be mended; otherwise it is to be known."""

    where: str
    what: str
    is_error: bool = False
    is_over: bool = False
    """What it says no longer holds, or nobody knows whether it does."""


def proofread(library: Library, topics: Collection[str], today: date) -> Iterator[Remark]:
    """Errors, then wordings that two answers share, then what grows old. `topics` are those answers may lead to."""
    answers: list[Answer] = []
    for id in library.ids():
        for language in LANGUAGES:
            try:
                answer = library.in_language(id, language)
            except AnswerError as error:
                yield Remark(f"{id} ({language})", str(error), is_error=True)
                continue
            if answer is not None:
                answers.append(answer)
    for path, problem in sorted(library.problems.items()):
        yield Remark(str(path), problem.removeprefix(f"{path}: "), is_error=True)
    for answer in answers:
        yield from _errors(answer, library, topics, today)
    yield from _collisions(answers)
    # An answer rests on the same rows in every language: it is spoken of once.
    for answer in reversed({answer.id: answer for answer in reversed(answers)}.values()):
        yield from ageing(answer, library, today)


def _errors(answer: Answer, library: Library, topics: Collection[str], today: date) -> Iterator[Remark]:
    where = f"{answer.id} ({answer.language})"
    for step in answer.next:
        if step.to not in (library.ids() if step.is_answer else topics):
            yield Remark(where, f"next leads to {step.to}, which is no {'answer' if step.is_answer else 'topic'}", True)
    if not answer.is_own:
        for language in LANGUAGES:
            if (answer.id, language) not in library.ours:
                yield Remark(where, f"it is not written in {LANGUAGES[language]}", is_error=True)
    try:
        render_answer(answer, answer.language, today, library.law)
    except FigureError as error:
        yield Remark(where, str(error), is_error=True)


def _collisions(answers: Sequence[Answer]) -> Iterator[Remark]:
    """Wordings of the same words, in the same order, that are given to two answers: only one of them can be found."""
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for answer in answers:
        for text in (answer.title, *answer.asks):
            stems = " ".join(stems_of(plain_words(text, answer.language), answer.language))
            seen.setdefault((answer.language, stems), {}).setdefault(answer.id, text)
    for (language, _stems), texts in seen.items():
        if len(texts) > 1:
            yield Remark(
                " and ".join(f"{id} ({language})" for id in texts), f"both are asked “{next(iter(texts.values()))}”"
            )


def ageing(answer: Answer, library: Library, today: date) -> Iterator[Remark]:
    """What it rests on that has ended, ends soon, is not known as far as today, or was checked long ago."""
    ends: dict[date, list[str]] = {}
    behind: dict[date, list[str]] = {}
    figures = list(answer.figures.values())
    rows = rows_used(figures, answer.rests_on, library.law, today)
    ended = ended_unsaid(figures, rows, library.law, today)
    for used in (used for used in rows if used.is_current):
        end, last = used.row.end, library.law.known_until[used.file]
        if end is not None and (used in ended or today <= end <= today + SOON):
            ends.setdefault(end, []).append(used.parameter)
        elif last < today and (end is None or end >= today):
            behind.setdefault(last, []).append(used.parameter)
    for end, names in sorted(ends.items()):
        over = end < today
        yield Remark(answer.id, f"{_listed(names)} {'ended' if over else 'ends'} on {end}", is_over=over)
    for last, names in sorted(behind.items()):
        yield Remark(answer.id, f"{_listed(names)} is known to {last} only", is_over=True)
    if answer.checked is not None and today - answer.checked > OLD:
        yield Remark(answer.id, f"it was last checked on {answer.checked}")


def _listed(names: Sequence[str]) -> str:
    unique: Mapping[str, None] = dict.fromkeys(names)
    return ", ".join(unique)
