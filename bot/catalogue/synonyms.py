"""Words as people say them: "toutous" finds dogs, "papis et mamies" older people.

The lists of the vocabulary of causes are ideas, each of them one. A mission is indexed under its words and under the
ideas they make, so that a search for an idea asks the index for one word, however many ways there are to say it. The
ideas also tell what cause a text is about when its source did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bot.catalogue.causes import ALONE, CauseWord, cause_words
from bot.catalogue.folding import fold, plain_stem, stem, stems, words
from bot.resources import DATA
from bot.word_lists import word_lists

__all__ = ["Idea", "Synonyms"]

LONGEST = 4  # stems in the longest expression that is looked up

GROUP = "yy"
"""How the words that stand for groups begin."""

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idea:
    """One thing that was said, the word that stands for it in the index, and its cause if it has one.

    `whole` is true for words that name the cause as such ("animals"): any mission of the cause answers them.
    """

    said: str
    word: str
    cause: str = ""
    whole: bool = False

    @property
    def is_known(self) -> bool:
        """Whether a group stands for it, rather than the word itself."""
        return self.word.startswith(GROUP)


class Synonyms:
    """The ideas of the vocabulary, read on first use. `folder` is the data folder."""

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder / "lexicon"

    @cached_property
    def _apart(self) -> list[tuple[re.Pattern[str], str]]:
        """Expressions that mean something else than their words, and what they say."""
        phrases: dict[str, list[str]] = {}
        for phrase, said in word_lists("search", self._folder).groups("instead"):
            phrases.setdefault(said, []).append(phrase)
        return [
            (re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE), said)
            for said, listed in phrases.items()
        ]

    def _told_apart(self, text: str) -> str:
        for pattern, said in self._apart:
            text = pattern.sub(said, text)
        return text

    @cached_property
    def _noise(self) -> frozenset[str]:
        lists = {"search": "noise", "answers": "fillers"}
        said = [word for subject, name in lists.items() for word in word_lists(subject, self._folder).typed(name)]
        return frozenset(stems(" ".join(said)))

    @cached_property
    def _ideas(self) -> list[tuple[Idea, list[CauseWord]]]:
        """The lists in which each word finds the others, with what stands for them in the index: their first word."""
        listed: dict[tuple[str, str], list[CauseWord]] = {}
        for word in cause_words(self._folder):
            if word.idea not in ALONE:
                listed.setdefault((word.cause, word.idea), []).append(word)
        return [
            (Idea(first.text, GROUP + "".join(stems(first.text)), first.cause, first.is_whole_cause), found)
            for found in listed.values()
            for first in found[:1]
        ]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {idea.word: idea.said for idea, _listed in self._ideas}

    def french(self, idea: Idea) -> str:
        """What an idea is called in French, whatever the language it was said in; as it was said where nobody knows."""
        return self._names.get(idea.word, idea.said)

    @cached_property
    def _shared_stems(self) -> frozenset[str]:
        """Stems that a word has only without its accents, and a word of another cause as it is: « refugies » has that
        of « refuge ». Such a word is known as it is typed."""
        causes: dict[str, set[str]] = {}
        for word in cause_words(self._folder):
            if not word.as_typed and (own := stem(word.text)):
                causes.setdefault(own, set()).add(word.cause)
        return frozenset(
            plain
            for word in cause_words(self._folder)
            if (plain := plain_stem(word.text)) and causes.get(plain, {word.cause}) != {word.cause}
        )

    def _forms(self, word: CauseWord) -> list[Form]:
        """How a word of the vocabulary is looked up."""
        as_typed = (f"!{fold(word.text)}",)
        if word.as_typed:
            return [as_typed]
        own, plain = tuple(stems(word.text)), tuple(stems(fold(word.text)))
        is_shared = plain != own and len(plain) == 1 and plain[0] in self._shared_stems
        return [own, as_typed if is_shared else plain]

    @cached_property
    def _understood(self) -> dict[Form, Idea]:
        """What a person may say, with and without its accents. A form with "!" is a word as it is typed."""
        ideas: dict[Form, Idea] = {}
        for idea, listed in self._ideas:
            for word in listed:
                said = word.text
                for form in self._forms(word):
                    if form:
                        ideas.setdefault(form, replace(idea, said=said))
        return ideas

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """The vocabulary by how it is typed without accents: « animals » stays English, « agees » gets its accents."""
        return {fold(word.text): word.text for _idea, listed in self._ideas for word in listed}

    @cached_property
    def _searched(self) -> dict[str, tuple[tuple[Form, str], ...]]:
        """What a mission may say, by its first stem: the form, and the idea it makes."""
        found: dict[str, dict[tuple[Form, str], None]] = {}
        for idea, listed in self._ideas:
            for word in listed:
                form = tuple(stems(word.text)) if word.is_searched else ()
                if form:
                    found.setdefault(form[0], {})[form, idea.word] = None
        return {first: tuple(forms) for first, forms in found.items()}

    def ideas(self, text: str, limit: int = 12) -> list[Idea]:
        """The ideas of a text in order, the longest expression first; a word of no group is an idea by itself."""
        typed = [word for word in words(self._told_apart(text[:4_000])) if stem(word)]
        said = [stem(word) for word in typed]
        found: dict[str, Idea] = {}
        at = 0
        while at < len(said) and len(found) < limit:
            for size in range(min(LONGEST, len(said) - at), 0, -1):
                form = tuple(said[at : at + size])
                idea = self._understood.get(form)
                if size == 1:
                    idea = self._understood.get((f"!{fold(typed[at])}",)) or idea
                    if idea is None and form[0] not in self._noise and not form[0].isdigit():
                        idea = Idea(typed[at], form[0])
                if idea is not None:
                    spelt = self._spelt.get(fold(" ".join(typed[at : at + size])), idea.said)
                    found.setdefault(idea.word, idea if spelt == idea.said else replace(idea, said=spelt))
                    break
            at += size
        return list(found.values())

    def indexed(self, text: str) -> str:
        """The words of a text as they are kept for the search: their stems, those of people who type without accents,
        and the ideas they make."""
        typed = words(self._told_apart(text))
        said = [found for word in typed if (found := stem(word))]
        plain = [found for word in typed if (found := plain_stem(word)) and found not in self._shared_stems]
        ideas = {
            word: None
            for at, first in enumerate(said)
            if first in self._searched
            for form, word in self._searched[first]
            if len(form) == 1 or tuple(said[at : at + len(form)]) == form
        }
        return " ".join([*said, *plain, *ideas])

    def causes(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The causes that a text speaks of, the one with most words first."""
        counts: dict[str, int] = {}
        for text in texts:
            for idea in self.ideas(text, limit=60):
                if idea.cause:
                    counts[idea.cause] = counts.get(idea.cause, 0) + 1
        return tuple(sorted(counts, key=lambda cause: -counts[cause]))
