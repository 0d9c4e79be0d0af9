"""Phrases and what they stand for, found in a sentence by their words.

Entries are written once as people say them; `{a|b|}` stands for each of its alternatives, an empty one included.
Comparison is on stems (no case, accent, plural mark or hyphen). A look-up costs one dictionary access for each word,
however many entries there are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from sys import intern
from typing import Final, Generic, NamedTuple, TypeVar

from bot.understanding.sentence import Sentence

__all__ = ["Found", "Lexicon"]

V = TypeVar("V")

_CHOICE: Final = re.compile(r"\{([^}]*)\}")


class Found(NamedTuple, Generic[V]):
    """An entry met in a sentence: words from `start` to before `end`."""

    start: int
    end: int
    value: V


def spellings(entry: str) -> Iterator[str]:
    """Each way of saying `entry`: "{bonjour|salut} toi" gives two."""
    pieces = _CHOICE.split(entry)
    choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen)


class Lexicon(Generic[V]):
    """Phrases with their values. The longest entry that fits wins; entries never overlap in `find`."""

    def __init__(self, entries: Mapping[str, V] | Iterable[tuple[str, V]]) -> None:
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        self._alone: dict[str, V] = {}
        self._longer: dict[tuple[str, str], list[tuple[list[str], V]]] = {}
        for entry, value in pairs:
            for said in spellings(entry):
                stems = [intern(stem) for stem in Sentence(said).stems]
                if len(stems) == 1:
                    self._alone.setdefault(stems[0], value)
                elif stems:
                    self._longer.setdefault((stems[0], stems[1]), []).append((stems, value))
        for bucket in self._longer.values():
            bucket.sort(key=lambda pair: -len(pair[0]))
        self._openers = frozenset(self._alone) | {first for first, _second in self._longer}

    @classmethod
    def of(cls, groups: Mapping[V, str]) -> Lexicon[V]:
        """A lexicon from values to their phrases, written one after the other with commas."""
        return cls(
            (" ".join(phrase.split()), value)
            for value, phrases in groups.items()
            for phrase in phrases.split(",")
            if not phrase.isspace()
        )

    @property
    def openers(self) -> frozenset[str]:
        """The stems with which an entry begins."""
        return self._openers

    def at(self, sentence: Sentence, index: int) -> Found[V] | None:
        """The longest entry that begins with the word at `index`."""
        stems = sentence.stems
        if not 0 <= index < len(stems) or (first := stems[index]) not in self._openers:
            return None
        if index + 1 < len(stems):
            for phrase, value in self._longer.get((first, stems[index + 1]), ()):
                size = len(phrase)
                if size == 2 or stems[index : index + size] == phrase:
                    return Found(index, index + size, value)
        return Found(index, index + 1, self._alone[first]) if first in self._alone else None

    def ending_at(self, sentence: Sentence, end: int, reach: int = 5) -> Found[V] | None:
        """The longest entry whose last word stands just before `end`."""
        for start in range(max(0, end - reach), end):
            found = self.at(sentence, start)
            if found is not None and found.end == end:
                return found
        return None

    def find(self, sentence: Sentence) -> list[Found[V]]:
        """All entries, from left to right, without overlap."""
        found: list[Found[V]] = []
        free, openers = 0, self._openers
        for index, word in enumerate(sentence.stems):
            if word in openers and index >= free and (entry := self.at(sentence, index)) is not None:
                found.append(entry)
                free = entry.end
        return found

    def first(self, sentence: Sentence) -> Found[V] | None:
        """The first entry in the sentence."""
        openers = self._openers
        for index, word in enumerate(sentence.stems):
            if word in openers and (entry := self.at(sentence, index)) is not None:
                return entry
        return None
