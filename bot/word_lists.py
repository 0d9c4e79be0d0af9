"""The words that are understood, as data: `data/lexicon/<language>/<subject>.toml`, one language a file.

A file holds lists under plain names: words, or words and phrases, with commas between them; a table holds such lists
by what they mean. French has every file and every name, with an empty list where it has no such words; another language
has those for which it has words. A new folder is a new language. Files are read once, all languages together; what is
wrong with one is said in a sentence that names it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, overload

from bot.resources import DATA

__all__ = ["LEXICON", "WordListError", "WordLists", "each", "word_lists"]

LEXICON: Final = DATA / "lexicon"
# The language that has every list, and those read before the others: of two meanings of one phrase the first holds.
COMPLETE: Final = "fr"
FIRST: Final = (COMPLETE, "en")

V = TypeVar("V")


class WordListError(ValueError):
    """A list that cannot be read; the message names the file and what is wrong there."""


def each(literal: Any) -> dict[str, Any]:
    """The names of a `Literal` type, each standing for itself: the values of `WordLists.groups`."""
    return {name: name for name in get_args(literal)}


class WordLists:
    """The lists of one subject in every language that has them."""

    def __init__(self, subject: str, folder: Path = LEXICON) -> None:
        self.subject = subject
        self._paths = {language: folder / language / f"{subject}.toml" for language in languages(folder)}
        self._tables = {language: _read(path) for language, path in self._paths.items() if path.is_file()}
        if COMPLETE not in self._tables:
            raise WordListError(f"{folder / COMPLETE / subject}.toml is missing")
        for language, table in self._tables.items():
            self._check(language, table)

    def _check(self, language: str, table: Mapping[str, Any]) -> None:
        """Every name is one that the complete language has too, and holds what it holds there."""
        known = self._tables[COMPLETE]
        for name, value in table.items():
            if name not in known:
                raise self._error(language, name, f"is no list of {self._paths[COMPLETE]}")
            if isinstance(value, dict):
                strange = next((part for part in value if not isinstance(value[part], str)), None)
                if strange is not None:
                    raise self._error(language, f"{name}.{strange}", "is no text")
            elif not isinstance(value, str):
                raise self._error(language, name, "is neither a text nor a table of texts")
            if isinstance(value, dict) is not isinstance(known[name], dict):
                raise self._error(language, name, f"is not of the kind it is in {self._paths[COMPLETE]}")

    def _error(self, language: str, name: str, wrong: str) -> WordListError:
        return WordListError(f"{self._paths[language]}: “{name}” {wrong}")

    def _lists(self, name: str) -> Iterator[tuple[str, Any]]:
        if name not in self._tables[COMPLETE]:
            raise self._error(COMPLETE, name, "is missing")
        return ((language, table[name]) for language, table in self._tables.items() if name in table)

    def words(self, name: str) -> frozenset[str]:
        """The words of a list, in small letters without accents."""
        return frozenset(word for _language, words in self.words_by_language(name).items() for word in words)

    def words_by_language(self, name: str) -> dict[str, frozenset[str]]:
        """The words of a list, language by language."""
        found = {}
        for language, text in self._lists(name):
            words = [plain(word) for word in entries(text)]
            phrase = next((word for word in words if " " in word), None)
            if phrase is not None:
                raise self._error(language, name, f"holds “{phrase}”, where only single words can stand")
            found[language] = frozenset(words)
        return found

    def typed(self, name: str) -> list[str]:
        """The words and phrases of a list as they are written there."""
        return [entry for _language, text in self._lists(name) for entry in entries(text)]

    def phrases(self, name: str) -> list[tuple[str, bool]]:
        """The words and phrases of a list, each with True: what a `Lexicon` is made from."""
        return [(entry, True) for entry in self.typed(name)]

    @overload
    def groups(self, name: str) -> list[tuple[str, str]]: ...
    @overload
    def groups(self, name: str, values: Mapping[str, V]) -> list[tuple[str, V]]: ...
    def groups(self, name: str, values: Mapping[str, Any] | None = None) -> list[tuple[str, Any]]:
        """The words and phrases of a table, each with what it means: the value of its list in `values`, or its name.

        All of the first meaning come first, in every language, then those of the second.
        """
        tables = list(self._lists(name))
        known = values if values is not None else {part: part for part in self._tables[COMPLETE][name]}
        for language, table in tables:
            strange = next((part for part in table if part not in known), None)
            if strange is not None:
                raise self._error(language, f"{name}.{strange}", "is no meaning that is known")
        return [
            (entry, value)
            for part, value in known.items()
            for _, table in tables
            for entry in entries(table.get(part, ""))
        ]

    def by_name(self, name: str) -> dict[str, list[str]]:
        """The words and phrases of a table, list by list."""
        listed: dict[str, list[str]] = {part: [] for part in self._tables[COMPLETE][name]}
        for entry, part in self.groups(name):
            listed[part].append(entry)
        return listed

    def meanings(self, name: str, values: Mapping[str, V]) -> dict[str, V]:
        """The single words of a table, each with what it means, the first meaning holding."""
        return {plain(word): value for word, value in reversed(self.groups(name, values))}

    def named(self, name: str) -> list[tuple[str, str]]:
        """The words and phrases of a table, each with the name of its list; a language has names of its own there."""
        return [(entry, part) for _, table in self._lists(name) for part in table for entry in entries(table[part])]

    def named_in(self, name: str, language: str) -> dict[str, str]:
        """The words and phrases of a table in one language as they stand there, each with the name of its list."""
        table = dict(self._lists(name)).get(language, {})
        return {entry: part for part, text in table.items() for entry in entries(text)}

    def standing_for(self, name: str) -> dict[str, str]:
        """The same of single words, to look them up."""
        return {plain(word): part for word, part in self.named(name)}


@cache
def word_lists(subject: str, folder: Path = LEXICON) -> WordLists:
    """The lists of a subject, read at the first call. Raises WordListError."""
    return WordLists(subject, folder)


@cache
def languages(folder: Path = LEXICON) -> tuple[str, ...]:
    """The languages there are, the complete one first. Each may have the files that it has, and no others."""
    known = {path.name for path in (folder / COMPLETE).glob("*.toml")}
    for path in sorted(folder.glob("*/*.toml")):
        if path.name not in known:
            raise WordListError(f"{path} is about no subject that {folder / COMPLETE} has")
    found = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return tuple(sorted(found, key=lambda language: FIRST.index(language) if language in FIRST else len(FIRST)))


def entries(text: str) -> list[str]:
    """What stands between the commas of a list."""
    return [entry for piece in text.split(",") if (entry := " ".join(piece.split()))]


def plain(word: str) -> str:
    """A word in small letters without accents."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    split = unicodedata.normalize("NFKD", lowered.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    return "".join(char for char in split if not unicodedata.combining(char))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordListError(f"{path} cannot be read: {error}") from None
