"""Phrases and what they stand for, found in a sentence by their words.

Entries are written once as people say them; `{a|b|}` stands for each of its alternatives, an empty one included.
Comparison is on stems (no case, accent, plural mark or hyphen). A look-up costs one dictionary access for each word,
however many entries there are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
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
        self._by_first: dict[str, list[tuple[list[str], V]]] = {}
        for entry, value in pairs:
            for said in spellings(entry):
                stems = Sentence(said).stems
                if stems:
                    self._by_first.setdefault(stems[0], []).append((stems, value))
        for bucket in self._by_first.values():
            bucket.sort(key=lambda pair: -len(pair[0]))

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
        return frozenset(self._by_first)

    def at(self, sentence: Sentence, index: int) -> Found[V] | None:
        """The longest entry that begins with the word at `index`."""
        stems = sentence.stems
        if not 0 <= index < len(stems):
            return None
        for phrase, value in self._by_first.get(stems[index], ()):
            size = len(phrase)
            if size == 1 or stems[index : index + size] == phrase:
                return Found(index, index + size, value)
        return None

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
        free, by_first = 0, self._by_first
        for index, word in enumerate(sentence.stems):
            if word in by_first and index >= free and (entry := self.at(sentence, index)) is not None:
                found.append(entry)
                free = entry.end
        return found

    def first(self, sentence: Sentence) -> Found[V] | None:
        """The first entry in the sentence."""
        by_first = self._by_first
        for index, word in enumerate(sentence.stems):
            if word in by_first and (entry := self.at(sentence, index)) is not None:
                return entry
        return None
