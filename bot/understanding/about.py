"""What a message is about within its topic: "quelles sont mes alertes ?" is about their list.

The words are in `data/phrases/about.toml`, by topic and subject: the ways people name the thing, in each language.
"""

from __future__ import annotations

import re
import tomllib
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


def find_about(text: str, topic: str) -> str | None:
    """The subject of `topic` whose words stand earliest in `text`."""
    plain = _plain(text)
    found = []
    for (other, name), pattern in _patterns().items():
        if other == topic and (match := pattern.search(plain)):
            found.append((match.start(), -len(match[0]), name))
    return min(found)[2] if found else None
