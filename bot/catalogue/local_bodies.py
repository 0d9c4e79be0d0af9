"""Bodies that only the missions of this installation name: those of feeds and files, beyond the table of bodies
that ships with Allié. Their names are kept as a note of the catalogue after each reading, and known to whoever reads
messages in this process. What an association published by talking is not among them: it may have itself erased.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.catalogue.backend import Connection
from bot.catalogue.folding import fold
from bot.catalogue.notes import NOTE_OF

__all__ = ["KEY", "LocalBodies", "local_bodies", "names_of", "remembered"]

KEY = "bodies"
MOST = 5_000
FEWEST_WORDS, MOST_WORDS, SHORTEST = 2, 8, 8
"""A name of one word, or a short one, may be a word of any sentence."""
LOOK_AGAIN = 300.0
"""Seconds after which the names are looked up anew: another process may have taken missions in."""

BODIES = """
SELECT number, body FROM mission WHERE state = 'active' AND source NOT IN ('evergreen', 'needs') AND number > ?
ORDER BY number LIMIT ?
"""
BATCH = 2_000


class LocalBodies:
    """The names, and where they stand in a message."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._looked = -LOOK_AGAIN

    def learn(self, names: Iterable[str]) -> None:
        """These names, and no others."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            words = tuple(fold(name).split())
            if FEWEST_WORDS <= len(words) <= MOST_WORDS and sum(map(len, words)) >= SHORTEST:
                found.setdefault(words[0], []).append((words, name))
        for listed in found.values():
            listed.sort(key=lambda one: -len(one[0]))
        self._names = found
        self._looked = time.monotonic()

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self._looked >= LOOK_AGAIN

    def scan(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """The names among folded words: from, to before, and the name as its missions write it; the longest first."""
        found = []
        said = [at for at, word in enumerate(words) if word.isalnum()]  # signs are no part of a name
        at = 0
        while at < len(said):
            for name_words, name in self._names.get(words[said[at]], ()):
                here = said[at : at + len(name_words)]
                if tuple(words[one] for one in here) == name_words:
                    found.append((here[0], here[-1] + 1, name))
                    at += len(name_words) - 1
                    break
            at += 1
        return found


@lru_cache(maxsize=1)
def local_bodies() -> LocalBodies:
    """Those of this process."""
    return LocalBodies()


def names_of(connection: Connection) -> list[str]:
    """The bodies of the missions there are that the table does not hold, the most frequent first."""
    counted: Counter[str] = Counter()
    last = 0
    while rows := connection.execute(BODIES, (last, BATCH)).fetchall():
        last = rows[-1][0]
        for _number, body in rows:
            mission = json.loads(body)
            if not mission.get("organisation_id") and isinstance(mission.get("organisation"), str):
                counted[mission["organisation"]] += 1
    return [name for name, _count in counted.most_common(MOST)]


def remembered(connection: Connection) -> list[str]:
    """The names that the last reading noted."""
    row = connection.execute(NOTE_OF, (KEY,)).fetchone()
    try:
        names = json.loads(row[0]) if row else []
    except ValueError:
        return []
    return [name for name in names if isinstance(name, str)]
