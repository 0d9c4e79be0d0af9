"""Questions in passing: which short answer of a topic a message asks for ("c'est quoi le plafond ?").

The words are in `data/phrases/asides.toml`, by topic and aside: the ways people name the thing, in each language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.understanding.sentence import fold

__all__ = ["find_aside"]

PATH = Path(__file__).resolve().parent.parent.parent / "data" / "phrases" / "asides.toml"


@lru_cache(maxsize=1)
def _patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    patterns = {}
    for topic, asides in tables.items():
        for name, words in asides.items():
            folded = "|".join(re.escape(_plain(phrase)) for phrases in words.values() for phrase in phrases)
            patterns[topic, name] = re.compile(rf"\b(?:{folded})\b")
    return patterns


def _plain(text: str) -> str:
    return re.sub(r"[^\w%]+", " ", fold(text)).strip()


def find_aside(text: str, topic: str, names: Iterable[str]) -> str | None:
    """The aside of `topic`, among `names`, whose words stand earliest in `text`."""
    plain = _plain(text)
    found = []
    for name in names:
        pattern = _patterns().get((topic, name))
        match = pattern.search(plain) if pattern else None
        if match:
            found.append((match.start(), name))
    return min(found)[1] if found else None
