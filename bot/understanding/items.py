"""Which of what is on show is meant: « la deuxième », « la 2 », "the one with the dogs"; and what goes on from it."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["goes_on", "names_an_item", "points_at_one", "read_item"]

_LISTS: Final = word_lists("pointing")

_ORDINALS: Final = {
    "premiere": 0, "premier": 0, "1ere": 0, "1er": 0, "first": 0, "1st": 0,
    "deuxieme": 1, "seconde": 1, "second": 1, "2e": 1, "2eme": 1, "2nd": 1,
    "troisieme": 2, "third": 2, "3e": 2, "3eme": 2, "3rd": 2,
    "quatrieme": 3, "fourth": 3, "4e": 3, "4eme": 3, "cinquieme": 4, "fifth": 4, "5e": 4, "5eme": 4,
    "derniere": -1, "dernier": -1, "last": -1,
}  # fmt: skip
_POINTS: Final = _LISTS.words("points")
_AFTER_ORDINAL: Final = _LISTS.words("after_a_rank")
_TIME_NOUNS: Final = _LISTS.words("nouns_of_time")


def names_an_item(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the number there calls an item by its place in the list: « la 2 », "number 3", not « la 2 CV »."""
    word = sentence.words[start]
    if end != start + 1 or not (word.isdecimal() and 0 < int(word) <= MOST_ITEMS):
        return False
    return sentence.word(start - 1) in _BEFORE_AN_ITEM and (
        sentence.word(end) in _AFTER_AN_ITEM or not sentence.word(end)[:1].isalnum()
    )


def read_item(sentence: Sentence) -> int | None:
    """Which item of a list is pointed at by its rank: 0 for "la première", -1 for "the last one"; None if none is.

    "La première fois" and "the second week" point at none. "La 2" does where little else is said.
    """
    words = sentence.words
    for at, word in enumerate(words):
        rank = _ORDINALS.get(word)
        if (
            rank is None
            and word.isdecimal()
            and at + 1 < len(words)
            and words[at + 1] in ("e", "er", "ere", "eme", "st", "nd", "rd", "th")
        ):
            rank, at = int(word) - 1, at + 1
        if rank is None or rank > 19:
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        if following in _TIME_NOUNS:
            continue
        before = words[at - 1] if at else ""
        if not at or before in _POINTS or following in _AFTER_ORDINAL:
            return rank
    named = {word for at, word in enumerate(words) if names_an_item(sentence, at, at + 1)}
    if len(named) == 1:
        return int(named.pop()) - 1
    return None


_BEFORE_AN_ITEM: Final = _LISTS.words("before_an_item")
_AFTER_AN_ITEM: Final = _LISTS.words("after_an_item")
MOST_ITEMS: Final = 20

_THE_ONE: Final = _LISTS.words("the_one")


def points_at_one(sentence: Sentence) -> bool:
    """Whether the words single one out of what is on show: « celle du vestiaire », "the one with the dogs"."""
    words = sentence.words
    return not _THE_ONE.isdisjoint(words[:3]) or any(
        words[at : at + 2] in (["the", "one"], ["that", "one"]) for at in range(min(3, len(words)))
    )


_GOES_ON: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("goes_on_with"))
_BEFORE_IT: Final = _LISTS.words("before_it") | frozenset(",.!;:-…")


def goes_on(sentence: Sentence) -> bool:
    """Whether a message goes on from what was just said: « et 500 ? », "fine, the same to them", not « où aider ? »."""
    start = next((at for at, word in enumerate(sentence.words) if word not in _BEFORE_IT), len(sentence))
    found = next((found for at in range(start + 1) if (found := _GOES_ON.at(sentence, at)) is not None), None)
    return found is not None and found.end < len(sentence) and "ù" not in sentence.typed(found.start, found.end)
