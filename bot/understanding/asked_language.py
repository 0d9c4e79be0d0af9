"""The language a person asks for, by its name in any of the languages people ask it in."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["LANGUAGES", "may_want_language", "read_language", "wants_language"]

_LISTS: Final = word_lists("languages")

LANGUAGES: Final[Lexicon[str]] = Lexicon(_LISTS.groups("names_of_languages"))


_REQUEST: Final = _LISTS.words("requests")
_AROUND: Final = _LISTS.words("around")
_WITH: Final = frozenset({"avec", "aux", "with"})
_CAN_YOU: Final = (["parlez", "vous"], ["parles", "tu"], ["tu", "parles"], ["vous", "parlez"], ["do", "you", "speak"])
"""Asks what one can do, and nothing for now."""


def wants_language(text: str | Sentence, *, alone: bool = True) -> str | None:
    """The language that the whole message asks to go on in: « en anglais ? », "can we speak French please".

    The name of a language alone counts where `alone`.
    """
    sentence = Sentence.of(text)
    words = sentence.words
    named = LANGUAGES.find(sentence)
    if not named or len(words) > _MOST_WORDS:
        return None
    beside = [
        word
        for at, word in enumerate(words)
        if word.isalnum() and not any(entry.start <= at < entry.end for entry in named)
    ]
    asks_what_one_can = any(words[at : at + len(them)] == them for them in _CAN_YOU for at in range(len(words)))
    if asks_what_one_can or not all(word in _AROUND for word in beside):
        return None
    if not alone and _REQUEST.isdisjoint(words):
        return None
    return read_language(sentence)


_MOST_WORDS: Final = 12


def may_want_language(text: str | Sentence) -> bool:
    """Whether a language is named as one to speak in: « en anglais », not « des cours d'anglais »."""
    sentence = Sentence.of(text)
    named = LANGUAGES.find(sentence)
    if any(_is_for_others(sentence, entry.end) for entry in named):
        return False
    before = {sentence.word(at) for entry in named for at in (entry.start - 1, entry.start)}
    return not before.isdisjoint(_REQUEST) or not _REQUEST.isdisjoint(set(sentence.words) - {"en", "in"}) or not named


def _is_for_others(sentence: Sentence, at: int) -> bool:
    """« parler français avec des adultes »: what one would do, and with whom."""
    after = [word for word in sentence.words[at + 1 :] if word.isalnum()]
    return sentence.word(at) in _WITH and any(word not in _AROUND for word in after)


def read_language(text: str | Sentence) -> str | None:
    """The ISO code of the language that is asked for or about, None when none is named. The last one named is meant."""
    sentence = Sentence.of(text)
    found = LANGUAGES.find(sentence)
    refused = refusals(sentence, [(entry.start, entry.end) for entry in found])
    wanted = [entry.value for entry, no in zip(found, refused, strict=True) if not no]
    return wanted[-1] if wanted else None
