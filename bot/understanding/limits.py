"""What somebody says they can or cannot do: no car, a wheelchair, a bad back, shy, with a child of 8, an hour a month.

Each is a short name ("no_car", "with_child:8"), so that a search can use what its data knows and say what it does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import Figure, figures_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["LIMITS", "is_limit", "limits_in", "read_limits"]

_LISTS: Final = word_lists("limits")

LIMITS: Final = (
    "no_car", "wheelchair", "seated", "deaf", "blind", "quiet", "beginner_french", "rarely", "once", "alone", "with_child",
    "group", "age",
)  # fmt: skip
"""The names, as they are listed where several are said. The last three carry a number: "with_child:8", "group:12", "age:14"."""
_NUMBERED: Final = 3

_WORDS: Final[Lexicon[str]] = Lexicon(_LISTS.groups("limits"))

_NOT_ONCE: Final = _LISTS.words("not_once_after")
_CHILD: Final = _LISTS.words("children")
_COMES: Final = _LISTS.words("comes_along")
_GROUP: Final = _LISTS.words("group_members")
_GROUP_WORDS: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("before_a_group"))
_HAS_AGE: Final = _LISTS.words("has_age")
_BARE_AGE: Final = _LISTS.words("bare_age")
_AFTER_AGE: Final = _LISTS.words("after_an_age")
_OF_AGE: Final = _LISTS.words("of_age")
_MINOR: Final = _LISTS.words("minors_themselves")
_YOUNGEST_ALONE: Final = 6
_YOUNGEST, _OLDEST_CHILD, _LARGEST_GROUP = 1, 17, 500
_KNOWN: Final = re.compile(r"(?:with_child|group|age):\d{1,3}")


def is_limit(value: object) -> bool:
    """Whether a value is one that this reader gives."""
    return isinstance(value, str) and (value in LIMITS[:-_NUMBERED] or _KNOWN.fullmatch(value) is not None)


def read_limits(text: str | Sentence, language: str = "fr") -> list[str]:
    """What a message says the person can or cannot do, each once, in the order of `LIMITS`."""
    sentence = Sentence.of(text)
    found = {name for _start, _end, name in limits_in(sentence)}
    found |= set(_numbered(sentence, language))
    return sorted(found, key=lambda name: (LIMITS.index(name.partition(":")[0]), name))


def limits_in(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Where a message says so: words from, to, and what."""
    remembered = sentence.memory.get("limits")
    if isinstance(remembered, list):
        return remembered
    found = [
        (entry.start, entry.end, entry.value)
        for entry in _WORDS.find(sentence)
        if not (entry.value == "once" and sentence.word(entry.end) in _NOT_ONCE)
        and not _is_of_others(sentence, entry.start)
    ]
    sentence.memory["limits"] = found
    return found


_OTHERS: Final = _LISTS.words("other_people")


def _is_of_others(sentence: Sentence, start: int) -> bool:
    """« accompagner des personnes en fauteuil roulant »: of those one would help."""
    return any(word in _OTHERS for word in sentence.words[max(0, start - 2) : start])


def _numbered(sentence: Sentence, language: str) -> list[str]:
    """A child who comes along, with their age; a group, with how many they are."""
    found = []
    for figure in figures_in(sentence, language):
        count = figure.number.value
        if count % 1:
            continue
        before = sentence.words[max(0, figure.start - 5) : figure.start]
        beside = {*before, *sentence.words[figure.end : figure.end + 4]}
        bare = before[-1:] and before[-1] in _BARE_AGE and sentence.word(figure.end) in ("", *_AFTER_AGE)
        if bare or figure.measure == "age" or sentence.word(figure.end) in ("an", "ans", "year", "years"):
            if _YOUNGEST <= count <= _OLDEST_CHILD and not _CHILD.isdisjoint(beside) and not _COMES.isdisjoint(before):
                found.append(f"with_child:{int(count)}")
            elif _YOUNGEST_ALONE <= count <= _OLDEST_CHILD and _is_own_age(before):
                found.append(f"age:{int(count)}")
        elif 2 <= count <= _LARGEST_GROUP and _is_group(sentence, figure):
            found.append(f"group:{int(count)}")
    return found


def _is_own_age(before: Sequence[str]) -> bool:
    """« j'ai 14 ans », « lycéenne de 16 ans », "from 14": of who would help, not of who is helped."""
    return bool(before) and (before[-1] in _HAS_AGE or (before[-1] in _OF_AGE and not _MINOR.isdisjoint(before)))


def _is_group(sentence: Sentence, figure: Figure) -> bool:
    """« on est 12 collègues », "there are eight of us"."""
    after = sentence.words[figure.number.end : figure.number.end + 3]
    opened = _GROUP_WORDS.ending_at(sentence, figure.start) is not None
    return not _GROUP.isdisjoint(after) and (
        opened or figure.start <= 1 or sentence.word(figure.start - 1) in ("a", "avec", "with")
    )
