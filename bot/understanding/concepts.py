"""Ideas that words share, whatever the language: "ma boîte", "our company" and "Firma" are all a firm.

`data/phrases/concepts.toml` lists them. A message is compared with all entries in one walk over its words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bot.understanding.writing import fold

__all__ = ["Concepts"]

PIECE: Final = re.compile(r"[^\W_]+|[?€]")


class Concepts:
    """The ideas of a concepts file. `names` is their order."""

    def __init__(self, by_language: Mapping[str, Mapping[str, str]]) -> None:
        self.names: tuple[str, ...] = tuple(dict.fromkeys(name for ideas in by_language.values() for name in ideas))
        number = {name: at for at, name in enumerate(self.names)}
        self._lists = {
            language: _Words((number[name], words) for name, words in ideas.items())
            for language, ideas in by_language.items()
        }

    @classmethod
    def load(cls, path: Path) -> Concepts:
        """The concepts of a TOML file: languages, names, comma-separated words."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def of(self, text: str, language: str) -> set[int]:
        """The numbers of the ideas that `text`, written in `language`, touches."""
        words = self._lists.get(language) or self._lists.get("other")
        return words.met(PIECE.findall(fold(text))) if words is not None else set()


class _Words:
    """The entries of one language, found in one walk over the words of a text."""

    def __init__(self, ideas: Iterable[tuple[int, str]]) -> None:
        self._whole: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._begun: dict[str, list[int]] = {}
        for number, entries in ideas:
            for entry in entries.split(","):
                pieces = PIECE.findall(fold(entry))
                is_open = entry.strip().endswith("*")
                if len(pieces) == 1 and is_open:
                    self._begun.setdefault(pieces[0], []).append(number)
                elif pieces:
                    rest = (*pieces[1:-1], pieces[-1] + "*" * is_open) if pieces[1:] else ()
                    self._whole.setdefault(pieces[0], []).append((rest, number))
        self._shortest = min(map(len, self._begun), default=0)
        self._longest = max(map(len, self._begun), default=0)

    def met(self, words: list[str]) -> set[int]:
        found: set[int] = set()
        for index, word in enumerate(words):
            for rest, number in self._whole.get(word, ()):
                if number not in found and _goes_on(words, index + 1, rest):
                    found.add(number)
            for size in range(self._shortest, min(len(word), self._longest) + 1):
                found.update(self._begun.get(word[:size], ()))
        return found


def _goes_on(words: list[str], index: int, rest: tuple[str, ...]) -> bool:
    """Whether `rest` stands in `words` from `index` on."""
    if len(words) - index < len(rest):
        return False
    return all(
        have.startswith(want[:-1]) if want.endswith("*") else have == want
        for have, want in zip(words[index:], rest, strict=False)
    )
