"""A message without what could tell who wrote it, for the record of what was not understood.

Kept are everyday words only: those that the examples of `data/phrases/` write in small letters. Numbers, addresses,
places, bodies, words with a capital and every other word become a mark between brackets, so that a name or a slip of
the pen is masked as well; what is lost is never more than a word to guess.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from bot.understanding.examples import PHRASES
from bot.understanding.numbers.written import numbers_in
from bot.understanding.organisations import organisations_in
from bot.understanding.places import places_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["LONGEST", "masked"]

_LISTS: Final = word_lists("names")

FILES: Final = ("fr.toml", "en.toml")
LONGEST: Final = 300
"""Characters that are looked at: what is kept is never longer by much."""

NUMBER: Final = "[number]"
NAME: Final = "[name]"
PLACE: Final = "[place]"
BODY: Final = "[body]"
ADDRESS: Final = "[address]"

# What holds one of these is an address, whatever is around it: a page, a mailbox, an account, a number of a bank.
_ADDRESS: Final = re.compile(r"\S*(?:@|://|www\.)\S*|\S*[^\W\d_]\.[^\W\d_]\S*|\S*\d\S*\d\S*[^\W\d_]\S*")
_DIGITS: Final = re.compile(r"\d")
_PIECE: Final = re.compile(r"\[(?:number|name|place|body|address)\]|[^\W_]+|[^\w\s]|\n")
_SIGNS: Final = frozenset("?!.,;:-'’()€%\"«»…")
# After these comes a name, in small letters too.
_BEFORE_A_NAME: Final = _LISTS.words("before_a_name")
_ENDS: Final = frozenset(".!?\n")
# Given names that are everyday words too, or that an example holds: masked wherever they stand.
_GIVEN_NAMES: Final = _LISTS.words("given_names")
# Little words that names hold too, and that say nothing alone.
_LITTLE: Final = _LISTS.words("little_words")
# How rare a word of the examples may be and still be an everyday one.
_LEAST: Final = 2


def masked(text: str, language: str = "fr") -> str:
    """`text` as it may be kept: its everyday words in small letters, a mark in place of all else."""
    bare = _ADDRESS.sub(f" {ADDRESS} ", text[:LONGEST])
    sentence = Sentence(bare)
    marks: dict[int, tuple[int, str]] = {}
    for start, end, mark in sorted(_named(sentence, language), key=lambda found: found[0]):
        if all(index not in marks or marks[index][0] < end for index in range(start, end)):
            marks[start] = (end, mark)
    return _squeezed(_pieces(sentence, marks))


def _named(sentence: Sentence, language: str) -> Iterator[tuple[int, int, str]]:
    """What is recognised: words from, to, and what stands for them."""
    for body in organisations_in(sentence):
        yield body.start, body.end, BODY
    for place in places_in(sentence, language):
        yield place.start, place.end, PLACE
    for number in numbers_in(sentence, language):
        if not number.article:
            yield number.start, number.end, NUMBER


def _pieces(sentence: Sentence, marks: dict[int, tuple[int, str]]) -> Iterator[str]:
    index, size = 0, len(sentence)
    while index < size:
        word = sentence.words[index]
        if index in marks:
            end, mark = marks[index]
            yield mark
            index = max(end, index + 1)
            continue
        bracketed = sentence.words[index : index + 3]
        if bracketed == ["[", "address", "]"]:
            yield ADDRESS
            index += 3
            continue
        index += 1
        if _DIGITS.search(word):
            yield NUMBER
        elif not word.isalnum():
            yield word if word in _SIGNS else ""
        else:
            yield word if _is_everyday(sentence, index - 1) else NAME


def _is_everyday(sentence: Sentence, index: int) -> bool:
    word = sentence.words[index]
    everyday, openers = _everyday()
    if word not in everyday or sentence.word(index - 1) in _BEFORE_A_NAME:
        return False
    # A capital begins a sentence as sentences begin, or says that a name is meant.
    return not sentence.is_capital(index) or (word in openers and (index == 0 or sentence.words[index - 1] in _ENDS))


def _squeezed(pieces: Iterable[str]) -> str:
    """The pieces in a line, equal marks side by side said once."""
    out: list[str] = []
    for piece in pieces:
        if piece.strip() and not (piece.startswith("[") and out[-1:] == [piece]):
            out.append(piece)
    return " ".join(out)[: LONGEST * 2]


@lru_cache(maxsize=1)
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    """Words that the examples write in small letters, more often than with a capital; and those that begin a sentence."""
    small: Counter[str] = Counter()
    great: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for text in _examples():
        sentence = Sentence(text)
        shouted = text.isupper()
        for index, word in enumerate(sentence.words):
            if not word.isalpha():
                continue
            opens = index == 0 or sentence.words[index - 1] in _ENDS
            if opens:
                first[word] += 1
            if not opens and not shouted and sentence.is_capital(index):
                great[word] += 1
            elif not opens or not sentence.is_capital(index):
                small[word] += 1
    everyday = {word for word, times in small.items() if times >= _LEAST and times > great[word]} - _GIVEN_NAMES
    return frozenset(everyday) | _LITTLE, frozenset(word for word, times in first.items() if times >= _LEAST)


def _examples() -> Iterator[str]:
    for name in FILES:
        path = PHRASES / name
        if path.exists():
            yield from _texts(tomllib.loads(path.read_text(encoding="utf-8")))


def _texts(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from _texts(value)
    elif isinstance(table, list):
        for value in table:
            yield from _texts(value)
