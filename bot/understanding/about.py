"""What a message is about within its topic: "c'est quoi le plafond ?" is about the ceiling of gifts.

The words are in `data/phrases/about.toml`, by topic and subject: the ways people name the thing, in each language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable
from functools import lru_cache

from bot.resources import DATA
from bot.understanding.sentence import fold

__all__ = ["find_about"]

PATH = DATA / "phrases" / "about.toml"


@lru_cache(maxsize=1)
def _patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    patterns = {}
    for topic, subjects in tables.items():
        for name, words in subjects.items():
            folded = "|".join(re.escape(_plain(phrase)) for phrases in words.values() for phrase in phrases)
            patterns[topic, name] = re.compile(rf"\b(?:{folded})(?!\w)")
    return patterns


def _plain(text: str) -> str:
    return re.sub(r"[^\w%]+", " ", fold(text)).strip()


def find_about(text: str, topic: str, names: Iterable[str] | None = None, *, but: Container[str] = ()) -> str | None:
    """The subject of `topic`, among `names` or all it has `but` some, whose words stand earliest in `text`."""
    plain, patterns = _plain(text), _patterns()
    if names is None:
        names = [name for other, name in patterns if other == topic]
    found = []
    for name in names:
        pattern = patterns.get((topic, name))
        match = pattern.search(plain) if pattern and name not in but else None
        if match:
            found.append((match.start(), -len(match[0]), name))
    return min(found)[2] if found else None
