"""Whose gift it is: the person who writes, somebody of their household, or somebody who files a return of their own.

« ma femme a donné 1 400 € », "my husband paid it", « c'est mon père qui donne », « et ma sœur, si elle donne pareil ? ».
Somebody is a giver only where the words make them give: who is helped, mourned or thanked is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["GIVES", "Donor", "Who", "donors_in"]

_LISTS: Final = word_lists("givers")

Who = Literal["self", "spouse", "partner", "child", "other"]
"""`spouse` and `child` belong to the household; a `partner` only if they file together; any `other` files alone."""


@dataclass(frozen=True, slots=True)
class Donor:
    """Somebody who gives: words from `start` to before `end`, and how they were called (« ma sœur »)."""

    start: int
    end: int
    who: Who
    called: str


_PEOPLE: Final[Lexicon[Who]] = Lexicon(_LISTS.groups("people", each(Who)))

GIVES: Final = _LISTS.words("gives")
"""Forms of giving, as they are said of somebody."""
_PASSED_OVER: Final = _LISTS.words("passed_over") | frozenset({",", ":", "(", ")"})
_NOT_A_GIFT_OF_THEIRS: Final = _LISTS.words("given_to")
_REACH: Final = 7
_JOINED_BY: Final = _LISTS.words("joined_by")
_SHORT: Final = 6
_OPENS: Final = _LISTS.words("opens")


def donors_in(sentence: Sentence) -> list[Donor]:
    """Those who give, from left to right. `self` only where it is told from somebody else's."""
    remembered = sentence.memory.get("donors")
    if isinstance(remembered, list):
        return remembered
    people = _PEOPLE.find(sentence)
    givers = [
        Donor(found.start, found.end, found.value, sentence.typed(found.start, found.end))
        for found in people
        if found.value != "self" and _is_giver(sentence, found.start, found.end)
    ]
    if givers:
        givers += [
            Donor(found.start, found.end, "self", sentence.typed(found.start, found.end))
            for found in people
            if found.value == "self" and sentence.word(found.start - 1) not in ("pas", "not")
        ]
    givers.sort(key=lambda donor: donor.start)
    sentence.memory["donors"] = givers
    return givers


def _is_giver(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words make the person named from `start` to before `end` give something."""
    words = sentence.words
    for at in range(end, min(end + _REACH, len(words))):
        word = words[at]
        if word in _NOT_A_GIFT_OF_THEIRS:
            return False
        if word in GIVES:
            return words[at + 1 : at + 2] not in (["moi"], ["me"], ["us"], ["nous"])
        if word.isdigit() and at == end:
            return True  # « ma femme 200 »
        if word not in _PASSED_OVER and not word.isdigit():
            break
    before = sentence.word(start - 1)
    if before in _JOINED_BY and start >= 2 and (words[start - 2].isdigit() or sentence.stem(start - 2) == "euro"):
        return True  # « 300 de ma femme »
    return len(words) <= _SHORT and start > 0 and words[0] in _OPENS and _ends_there(words, end)


def _ends_there(words: list[str], end: int) -> bool:
    """« et ma femme ? », "what about my wife too?": nothing else is said of them."""
    return all(word in ("?", "!", ".", "aussi", "too", "also", "alors", "then") for word in words[end:])
