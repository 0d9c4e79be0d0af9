"""Telling what a person wants from what they refuse: « tout sauf le jeudi », "rather not weekends".

Works on expressions that a reader has already found (times, causes, places): each is refused when a refusal word
governs it, from the left (« pas le lundi », « hors vacances ») or from the right (« le mardi, impossible »). A refusal
holds until its clause ends, and spreads over a list (« sauf samedi et dimanche »).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["refusals", "refused_clauses"]

_LISTS: Final = word_lists("polarity")

Force = Literal["except", "not", "busy", "free", "harmless", "end"]

_WORDS: Final[Lexicon[Force]] = Lexicon(_LISTS.groups("forces", each(Force)))

_LINKS: Final = _LISTS.words("links") | frozenset({"&", "/", "+"})
_REACH: Final[dict[str, int]] = {"except": 9, "not": 5, "busy": 5}


def _listed(sentence: Sentence, index: int, heads: dict[int, int]) -> bool:
    """Whether the list goes on after a comma: « sauf samedi, dimanche », « sauf le lundi, le mardi et le jeudi ».

    An article after the comma with no « et » behind begins something new: « hors vacances, le jeudi ».
    """
    if index in heads:
        return True
    while sentence.word(index) in _LINKS and index not in heads:
        index += 1
    return index in heads and sentence.word(heads[index]) in ("et", "ou", "ni", "and", "or", "nor")


def refusals(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    *,
    busy: bool = False,
    others: Callable[[], Iterable[tuple[int, int]]] = tuple,
) -> list[bool]:
    """For each expression (words from, to), whether it is refused. With `busy`, being taken then refuses too.

    `others` gives expressions of another sort that use a refusal up: the place of « pas de sport à Pau » is not refused.
    """
    if not spans:
        return []
    force_at = {found.start: found for found in _WORDS.find(sentence)}
    heads = dict(spans)
    refuses = any(found.value in ("except", "not") for found in force_at.values())
    using = {start: end for start, end in others() if start not in heads} if refuses else {}
    refused: dict[int, bool] = {}
    force: Force = "end"
    left = 0
    # Where the last refused expression ended: its list may go on after a comma.
    listed_until = -1
    index, size = 0, len(sentence)
    while index < size:
        if index in heads:
            governs = force in ("except", "not") or (force == "busy" and busy)
            refused[index] = governs and left > 0
            # A list goes on being refused for as long as it goes on.
            left = max(left, 2) if refused[index] else left
            index = max(heads[index], index + 1)
            listed_until = index if governs else -1
            continue
        if index in using:
            if force in ("except", "not") and left > 0:
                force, left = "end", 0
            index = max(using[index], index + 1)
            continue
        word = sentence.words[index]
        found = force_at.get(index)
        if found is not None:
            force = "harmless" if found.value == "not" and _is_of_others(sentence, index) else found.value
            left = _REACH.get(force, 0) + 1
            index = found.end
            continue
        if word in ".;!?\n:()":
            force, left = "end", 0
        elif word == ",":
            if not (force == "except" and listed_until == index and _listed(sentence, index + 1, heads)):
                force, left = "end", 0
        elif word not in _LINKS:
            left -= 1
        index += 1
    if busy:
        for start, end in spans:
            if not refused[start] and _taken_after(sentence, end, heads):
                refused[start] = True
    return [refused.get(start, False) for start, _ in spans]


def refused_clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """What a message refuses, whatever it is: words from a refusal to the end of its clause."""
    spans = []
    for found in _WORDS.find(sentence):
        if found.value not in ("except", "not") or _is_of_others(sentence, found.start):
            continue
        end = found.end
        while end < len(sentence) and sentence.words[end] not in _ENDS:
            end += 1
        spans.append((found.start, end))
    return spans


_ENDS: Final = frozenset({*".,;!?\n:()", "mais", "but", "plutot", "rather"})
_OTHERS: Final = _LISTS.words("of_others")
_SOUGHT: Final = _LISTS.words("sought")
_NEAR: Final = 5


def _is_of_others(sentence: Sentence, index: int) -> bool:
    """« des enfants qui ne vont pas à l'école », "people who have no home": what others do not do or have.

    « Une mission qui ne soit pas le soir » says what is looked for.
    """
    if not _SOUGHT.isdisjoint(sentence.words[max(0, index - 2) : index + 2]):
        return False
    for word in reversed(sentence.words[max(0, index - _NEAR) : index]):
        if word in _OTHERS:
            return True
        if word in ".,;!?\n:()":
            return False
    return False


_AFTER: Final[Lexicon[Force]] = Lexicon(_LISTS.groups("after", each(Force)))


def _taken_after(sentence: Sentence, end: int, heads: dict[int, int]) -> bool:
    """Whether the person says, just after a time, that they are taken then: « le mardi je travaille »."""
    index, stop = end, min(len(sentence), end + 5)
    while index < stop and index not in heads:
        found = _AFTER.at(sentence, index)
        if found is not None:
            return found.value == "busy" and sentence.word(found.end) != "pas"
        if sentence.words[index] in ".;!?\n":
            return False
        index += 1
    return False
