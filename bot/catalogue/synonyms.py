"""Words as people say them: "toutous" finds dogs, "papis et mamies" older people.

The groups are in data/synonyms.toml. They serve twice: to widen the words of a search, and to tell what cause a text is
about when its source did not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.catalogue import DATA
from bot.catalogue.folding import fold, plain_stem, stem, stems, words

__all__ = ["Idea", "Synonyms", "joined"]

LONGEST = 4  # stems in the longest expression that is looked up


def joined(form: tuple[str, ...]) -> str:
    """An expression as one word of the index: a word is found far faster than words that follow each other."""
    return form[0] if len(form) == 1 else "xx" + "x".join(form)


@dataclass(frozen=True, slots=True)
class Idea:
    """One thing that was said: its words as stems, each a word or an expression, and its cause if it has one.

    `whole` is true for words that name the cause as such ("animals"): any mission of the cause answers them.
    """

    said: str
    forms: tuple[tuple[str, ...], ...]
    cause: str = ""
    whole: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its forms as words of the index."""
        return tuple(joined(form) for form in self.forms)


class Synonyms:
    """The groups, read on first use."""

    def __init__(self, folder: Path = DATA) -> None:
        self._path = folder / "synonyms.toml"

    @cached_property
    def _data(self) -> dict[str, Any]:
        return tomllib.loads(self._path.read_text("utf-8"))

    @cached_property
    def _noise(self) -> frozenset[str]:
        return frozenset(stems(self._data["noise"]))

    @cached_property
    def _ideas(self) -> dict[tuple[str, ...], Idea]:
        ideas: dict[tuple[str, ...], Idea] = {}
        for group in self._data["group"]:
            searched = (word for word in group["words"] if word[0] not in "?!")
            forms = tuple(dict.fromkeys(form for word in searched if (form := tuple(stems(word)))))
            for word in group["words"]:
                said = word.lstrip("?!")
                form = (f"!{fold(said)}",) if word[0] == "!" else tuple(stems(said))
                plain = tuple(stems(fold(said)))
                if form:
                    idea = Idea(said, forms, group.get("cause", ""), group.get("whole", False))
                    ideas.setdefault(form, idea)
                    if plain:
                        ideas.setdefault(plain, idea)  # as people type who leave accents out
        return ideas

    def ideas(self, text: str, limit: int = 12) -> list[Idea]:
        """The ideas of a text in order, the longest expression first; a word of no group is an idea by itself."""
        typed = [word for word in words(text[:4_000]) if stem(word)]
        said = [stem(word) for word in typed]
        found: dict[tuple[str, ...], Idea] = {}
        at = 0
        while at < len(said) and len(found) < limit:
            for size in range(min(LONGEST, len(said) - at), 0, -1):
                form = tuple(said[at : at + size])
                idea = self._ideas.get(form)
                if size == 1:
                    idea = self._ideas.get((f"!{fold(typed[at])}",)) or idea
                if idea is None and size == 1 and form[0] not in self._noise and not form[0].isdigit():
                    idea = Idea(form[0], (form,))
                if idea is not None:
                    found.setdefault(idea.forms[0], idea)
                    break
            at += size
        return list(found.values())

    @cached_property
    def _expressions(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Expressions that are searched for, by their first stem."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for form in dict.fromkeys(form for idea in self._ideas.values() for form in idea.forms if len(form) > 1):
            found.setdefault(form[0], []).append(form)
        return {first: tuple(forms) for first, forms in found.items()}

    def indexed(self, text: str) -> str:
        """The words of a text as they are kept for the search: their stems, those of people who type without accents,
        and the expressions they make."""
        typed = words(text)
        said = [found for word in typed if (found := stem(word))]
        plain = [found for word in typed if (found := plain_stem(word))]
        extra = [
            joined(form)
            for at, word in enumerate(said)
            if word in self._expressions
            for form in self._expressions[word]
            if tuple(said[at : at + len(form)]) == form
        ]
        return " ".join([*said, *plain, *extra])

    def causes(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The causes that a text speaks of, the one with most words first."""
        counts: dict[str, int] = {}
        for text in texts:
            for idea in self.ideas(text, limit=60):
                if idea.cause:
                    counts[idea.cause] = counts.get(idea.cause, 0) + 1
        return tuple(sorted(counts, key=lambda cause: -counts[cause]))
