"""Grief in a message: somebody close has died, perhaps by suicide. It is met with a word before anything else.

It is no distress by itself (`crisis`): who gives in memory of a brother wants to give, and is not in danger.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Grief", "read_grief"]

_LISTS: Final = word_lists("distress")

Grief = Literal["death", "suicide"]

_CLOSE: Final = _LISTS.words("close_people")
_OWN: Final = _LISTS.words("own")
_DIED: Final[Lexicon[Grief]] = Lexicon(_LISTS.groups("died", each(Grief)))
_MEMORY: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("in_memory"))
_MOURNING: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("mourning"))
_BEFORE, _AFTER = 4, 4
_LOST: Final = _LISTS.words("lost")
"""With these, who died comes after; with the others, before."""


def read_grief(text: str | Sentence) -> Grief | None:
    """Whether somebody close to the person has died, and how, as far as it is said."""
    sentence = Sentence.of(text)
    found = [entry for entry in _DIED.find(sentence) if _is_close(sentence, entry.start, entry.end)]
    remembered = _MEMORY.first(sentence)
    if any(entry.value == "suicide" for entry in found):
        return "suicide"
    if remembered is not None and _named_close(sentence, range(len(sentence))):
        return "suicide" if any(entry.value == "suicide" for entry in _DIED.find(sentence)) else "death"
    return "death" if found or _MOURNING.first(sentence) is not None else None


def _is_close(sentence: Sentence, start: int, end: int) -> bool:
    """Whether it is said of somebody close, a few words away: « mon père est mort », « j'ai perdu mon père »."""
    if _LOST.isdisjoint(sentence.words[start:end]):
        return _named_close(sentence, range(max(0, start - _BEFORE), start))
    return _named_close(sentence, range(end, min(len(sentence), end + _AFTER)))


def _named_close(sentence: Sentence, where: range) -> bool:
    return any(
        {sentence.words[at], sentence.stems[at]} & _CLOSE and not _OWN.isdisjoint(sentence.words[max(0, at - 2) : at])
        for at in where
    )
