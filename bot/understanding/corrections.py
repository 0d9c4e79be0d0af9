"""Taking something back: « non, en fait 500 », « pas Lyon, Villeurbanne », "make that 500".

`is_correction` says that a message corrects an earlier answer; `replaced` tells what is refused from what takes its
place, both in the person's own words.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["is_correction", "replaced"]

_LISTS: Final = word_lists("corrections")

Mark = Literal["opens", "wrong", "instead_of", "weak"]

_MARKS: Final[Lexicon[Mark]] = Lexicon(_LISTS.groups("marks", each(Mark)))

_TRIM: Final = " \t\n,;:.!-–—…()"


def _marks(sentence: Sentence) -> list[tuple[int, int, Mark]]:
    return [(found.start, found.end, found.value) for found in _MARKS.find(sentence)]


def _said(sentence: Sentence, start: int, end: int) -> str:
    return sentence.typed(start, end).strip(_TRIM) if start < end else ""


def _next_break(sentence: Sentence, start: int) -> int:
    """Where the words of a refusal end: at a comma or a « mais »."""
    for index in range(start, len(sentence)):
        if sentence.words[index] in (
            ",",
            ";",
            ".",
            ":",
            "-",
            "–",
            "mais",
            "but",
            "\n",
            "c",
            "plutot",
            "it",
            "actually",
        ):
            return index
    return len(sentence)


def is_correction(text: str | Sentence, language: str = "fr") -> bool:
    """Whether the message takes back something said before, and says what for. A plain « non » is an answer."""
    sentence = Sentence.of(text)
    marks = _marks(sentence)
    refused, replacement = replaced(sentence)
    if not marks or not replacement or "?" in sentence.words:
        return False
    size, (start, end, kind) = len(sentence), marks[0]
    kinds = {mark for _start, _end, mark in marks}
    if refused and size <= 12 and ("instead_of" in kinds or start <= 1 or size <= 8):
        return not _says_nothing(refused)
    opener = next((mark for mark in marks if mark[2] == "opens"), None)
    if opener is not None:
        return _opens(sentence, *opener[:2], after_no=kind == "weak" and start == 0)
    if kind == "weak" and start == 0:
        # « non 500 », "no, 3 days"
        rest = [word for word in sentence.words[end:] if word != ","]
        return 0 < len(rest) <= 4 and any(word[0].isdigit() for word in rest)
    return False


def _opens(sentence: Sentence, start: int, end: int, *, after_no: bool) -> bool:
    """Whether an opener (« en fait », "sorry") really brings a new answer."""
    first, rest = sentence.words[start], len(sentence) - end
    following = sentence.word(end + (sentence.word(end) == ","))
    if first in _POLITE:
        # « pardon 400 » corrects; "sorry, how does it work" does not.
        return start <= 2 and 0 < rest <= 6 and following not in _QUESTIONS
    if first in ("plutot", "rather", "instead"):
        # « plutôt 600 » corrects; « je cherche plutôt le week-end » does not.
        return start == 0 or after_no or (rest == 0 and len(sentence) <= 5)
    return start <= 3 or after_no or len(sentence) <= 10


def _says_nothing(refused: str) -> bool:
    return any(word in _NOT_A_VALUE for word in Sentence(refused).words[:2])


_POLITE: Final = _LISTS.words("polite")
_QUESTIONS: Final = _LISTS.words("question_words")
_NOT_A_VALUE: Final = _LISTS.words("no_value")


def replaced(text: str | Sentence) -> tuple[str | None, str | None]:
    """What is refused, and what replaces it, each None when it is not said.

    « pas Lyon, Villeurbanne » gives ("Lyon", "Villeurbanne"), « non, en fait 500 » gives (None, "500"), "500, not 300"
    gives ("300", "500").
    """
    sentence = Sentence.of(text)
    marks = _marks(sentence)
    if not marks:
        return None, None
    size = len(sentence)
    refused: str | None = None
    taken: list[tuple[int, int]] = []
    for start, end, kind in marks:
        if kind in ("wrong", "instead_of"):
            stop = _next_break(sentence, end)
            following = next((s for s, _e, k in marks if s >= end and k in ("opens", "wrong")), size)
            stop = min(stop, following)
            words = _said(sentence, end, stop)
            if words and refused is None:
                refused = words
            taken.append((start, stop))
        else:
            taken.append((start, end))
    free: list[tuple[int, int]] = []
    at = 0
    for start, stop in [*sorted(taken), (size, size)]:
        if start > at:
            free.append((at, start))
        at = max(at, stop)
    openers = [end for _start, end, kind in marks if kind == "opens"]
    pieces = [
        (start, stop, words)
        for start, stop in free
        if (words := _said(sentence, *_without_links(sentence, start, stop))) and any(map(str.isalnum, words))
    ]
    if not pieces:
        return refused, None
    after_opener = [piece for piece in pieces if openers and piece[0] >= openers[-1]]
    return refused, (after_opener or pieces)[0][2]


_LINKS: Final = _LISTS.words("links") | frozenset({",", ";", ":", ".", "!", "-", "–"})


def _without_links(sentence: Sentence, start: int, stop: int) -> tuple[int, int]:
    while start < stop and sentence.words[start] in _LINKS:
        start += 1
    while stop > start and sentence.words[stop - 1] in _LINKS:
        stop -= 1
    return start, stop
