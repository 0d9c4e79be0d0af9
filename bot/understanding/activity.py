"""What a message asks to do, in its own words: "servir la soupe", "famille d'accueil pour chats".

What it says besides is left out: where, when, for which body, who one is and cannot do, what is refused, and questions
about it all. What is left is looked for in the catalogue; nothing of it is interpreted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.understanding.answers import unsure_in
from bot.understanding.availability import times_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.limits import limits_in
from bot.understanding.numbers.figures import figures_in
from bot.understanding.organisations import organisations_in
from bot.understanding.people import remote_in
from bot.understanding.places import places_in
from bot.understanding.polarity import refused_clauses
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["read_activity"]

_LISTS: Final = word_lists("activity")

_WISH: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("wishes"))
_ONESELF: Final = _LISTS.words("oneself")
_ALTERNATIVES: Final = frozenset({"ou", "or"})
_BREAKS: Final = frozenset(".,;!?\n():/–")
_JOINTS: Final = _LISTS.words("joints")
_SUBJECTS: Final = _LISTS.words("subjects")


def read_activity(text: str | Sentence, language: str, today: date) -> tuple[list[str], list[str]]:
    """The parts of a message that say what to do, as they were typed: those of its wishes ("je voudrais …"), and those
    that stand by themselves."""
    sentence = Sentence.of(text)
    left_out = _left_out(sentence, language, today)
    parts: list[str] = []
    plain: list[str] = []
    for start, end in _clauses(sentence):
        wish = next((found for at in range(start, end) if (found := _WISH.at(sentence, at)) is not None), None)
        if wish is not None:
            parts += _runs(sentence, _begin(sentence, start, wish.start), end, left_out)
        elif (sentence.word(start) not in _ONESELF and sentence.word(end) != "?") or (
            sentence.word(end) == "?" and sentence.word(start) not in _ONESELF and not parts and not plain
        ):
            plain += _runs(sentence, start, end, left_out)
    return parts, plain


def _begin(sentence: Sentence, start: int, wish: int) -> int:
    """Where a wish begins: at its verb; where something stands beside it, there (« soutien scolaire ou aide … »)."""
    beside = wish - 1 > start and sentence.word(wish - 1) in _ALTERNATIVES and sentence.word(start) not in _ONESELF
    return start if beside else wish


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses of a message: words from, to."""
    start = 0
    for at, word in enumerate(sentence.words):
        opens = word in _JOINTS or (word in ("et", "and") and sentence.word(at + 1) in _SUBJECTS)
        if word in _BREAKS or opens:
            if start < at:
                yield start, at
            start = at + 1
    if start < len(sentence):
        yield start, len(sentence)


def _left_out(sentence: Sentence, language: str, today: date) -> set[int]:
    """The words that say something else than what to do."""
    spans = [(place.start, place.end) for place in places_in(sentence, language)]
    spans += [(body.start, body.end) for body in organisations_in(sentence)]
    spans += [(time.start, time.end) for time in times_in(sentence, today, past=False, language=language)]
    spans += [(start, end) for start, end, _name in limits_in(sentence)]
    spans += remote_in(sentence)
    spans += [(figure.start, figure.end) for figure in figures_in(sentence, language) if not figure.number.article]
    spans += refused_clauses(sentence)
    spans += unsure_in(sentence)
    return {at for start, end in spans for at in range(start, end)}


def _runs(sentence: Sentence, start: int, end: int, left_out: set[int]) -> list[str]:
    """What is left of a clause, in unbroken runs."""
    runs: list[str] = []
    first: int | None = None
    for at in range(start, end + 1):
        if at < end and at not in left_out:
            first = at if first is None else first
        elif first is not None:
            runs.append(sentence.typed(first, at))
            first = None
    return runs
