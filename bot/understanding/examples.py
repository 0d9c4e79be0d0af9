"""What topics are learnt from: the examples of `data/phrases/<language>.toml`, their {words} tried with real names."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.resources import DATA

__all__ = ["CRISIS", "PHRASES", "Example", "fingerprint_of_examples", "languages", "load_examples"]

PHRASES: Final = DATA / "phrases"
# The table of the examples of distress. It is learnt like a topic, and is none.
CRISIS: Final = "crisis"
WORD: Final = re.compile(r"\{(\w+)\}")
# How often an example is tried with other names, and how far apart in their list two such names are.
TRIES: Final = 2
STRIDE: Final = 7


@dataclass(frozen=True, slots=True)
class Example:
    """Something people write, the language it is in, and the topic it belongs to. It is `mixed` where it names languages."""

    text: str
    topic: str
    language: str
    mixed: bool = False


def languages(folder: Path = PHRASES) -> list[str]:
    """The languages that have examples."""
    return sorted(path.stem for path in folder.glob("??.toml"))


def fingerprint_of_examples(folder: Path = PHRASES) -> str:
    """Of the files that the examples are read from: another as soon as one of them changes."""
    digest = hashlib.sha256()
    for path in (*sorted(folder.glob("??.toml")), folder / "values.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_examples(folder: Path = PHRASES) -> list[Example]:
    """All examples, in a steady order. Raises KeyError for a {word} without values, and what `tomllib` raises."""
    values = tomllib.loads((folder / "values.toml").read_text(encoding="utf-8"))
    mixed = frozenset(values["mixed"])
    examples: list[Example] = []
    for language in languages(folder):
        topics = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
        names = {**values["any"], **values.get(language, values["other"])}
        used: Counter[str] = Counter()
        for topic, table in topics.items():
            for written in table["examples"]:
                examples += (Example(text, topic, language, topic in mixed) for text in _tried(written, names, used))
    return examples


def _tried(written: str, names: Mapping[str, list[str]], used: Counter[str]) -> Iterator[str]:
    def name(match: re.Match[str]) -> str:
        word = match[1]
        used[word] += 1
        return names[word][used[word] * STRIDE % len(names[word])]

    for _ in range(TRIES if "{" in written else 1):
        yield WORD.sub(name, written)
