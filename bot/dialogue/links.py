"""What a link or a command is called: names that people remember, each for a topic, with what follows it.

    read_link("benevolat-lyon")   → the topic "volunteer", and "lyon" to be read there
    read_link("don-300")          → "donation", "300 €"

The names are an allow-list, `data/phrases/links.toml`. A link begins a talk and does nothing more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from bot.resources import DATA
from bot.understanding.sentence import fold

__all__ = ["Link", "read_link"]

PATH = DATA / "phrases" / "links.toml"
NUMBER = re.compile(r"\b(\d+)\b(?! *[€%])")
SEPARATORS = re.compile(r"[-_+.\s]+")
LONGEST = 64


class Link(NamedTuple):
    """The topic it begins, what it is about there, and the words that follow its name."""

    topic: str
    about: str = ""
    rest: str = ""


def read_link(argument: str) -> Link | None:
    """The link that this is, if its name is one of ours; the longest name counts."""
    words = [word for word in SEPARATORS.split(fold(argument[:LONGEST])) if word]
    typed = [word for word in SEPARATORS.split(argument[:LONGEST]) if word]
    names = _names()
    for count in range(len(words), 0, -1):
        if (table := names.get(" ".join(words[:count]))) is None:
            continue
        rest = "" if table.get("rest") else " ".join(typed[count:])
        if counts := table.get("number"):
            rest = NUMBER.sub(rf"\1 {counts}", rest, count=1)
        return Link(table["topic"], table.get("about", ""), rest)
    return None


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[str, Any]]:
    links = tomllib.loads(PATH.read_text(encoding="utf-8"))["link"]
    return {" ".join(SEPARATORS.split(fold(name))): link for link in links for name in link["names"]}
