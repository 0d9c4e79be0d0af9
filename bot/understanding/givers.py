"""Whose gift it is, when a message says so against another: « c'est moi qui donne, pas ma boîte »."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.donors import Who, donors_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Giver", "gives_privately", "names_giver", "read_giver"]

_LISTS: Final = word_lists("givers")

Giver = Literal["person", "company"]

_GIVERS: Final[Lexicon[Giver]] = Lexicon(_LISTS.groups("givers", each(Giver)))


def read_giver(text: str | Sentence) -> Giver | None:
    """Who gives, where it is said in so many words. None when both are named, to be compared, or neither."""
    sentence = Sentence.of(text)
    found = {entry.value for entry in _GIVERS.find(sentence)}
    if not found and _NOT_ME.first(sentence) is not None and not _FIRMS.isdisjoint(sentence.stems):
        return "company"  # « c'est ma boîte, pas moi »; « mon mari, pas moi » is no firm
    return found.pop() if len(found) == 1 else None


def names_giver(text: str | Sentence) -> bool:
    """Whether words that vary a gift name who gives: a firm, oneself against it, somebody of the household."""
    sentence = Sentence.of(text)
    return (
        read_giver(sentence) is not None or not _FIRMS.isdisjoint(sentence.stems) or _PEOPLE.first(sentence) is not None
    )


def gives_privately(sentence: Sentence) -> bool:
    """Whether somebody of the family or a friend is told to give, and no firm is named: « mon père a donné 200 € »."""
    return bool(donors_in(sentence)) and _FIRMS.isdisjoint(sentence.stems)


_PEOPLE: Final[Lexicon[bool]] = Lexicon((phrase, True) for phrase, _who in _LISTS.groups("people", each(Who)))
_NOT_ME: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("not_me"))
_FIRMS: Final = _LISTS.words("firms")
