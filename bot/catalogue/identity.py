"""Which mission of the catalogue a record without an id is: the one of the same title, body and place, else, when its
title was corrected, one of the same body, page and place. So correcting a file changes its missions and doubles none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.catalogue.backend import Connection
from bot.catalogue.folding import fold
from bot.catalogue.mission import Mission
from bot.catalogue.writer import EDITED, digest_of

if TYPE_CHECKING:
    from bot.catalogue.files import Read

__all__ = ["Identities"]

OF_SOURCE = "SELECT id, body, digest FROM mission WHERE source = ? ORDER BY number"
AS_GIVEN = "SELECT key, value FROM note WHERE key >= ? AND key < ?"

Key = tuple[str, ...]


def _titled(mission: Mission) -> Key:
    return (fold(mission.title), fold(mission.organisation), _place(mission), mission.schedule, str(mission.starts))


def _named(mission: Mission) -> Key:
    return (fold(mission.title), fold(mission.organisation), _place(mission))


def _reached(mission: Mission) -> Key:
    return (fold(mission.organisation), mission.url, _place(mission))


def _moved(mission: Mission) -> Key:
    return (fold(mission.title), fold(mission.organisation))


ALIKE: tuple[Callable[[Mission], Key], ...] = (_titled, _named, _reached, _moved)
"""By what a record is known again, the surest first."""


def _place(mission: Mission) -> str:
    return "|".join(site.code or f"{site.departement} {site.postcode} {fold(site.city)}" for site in mission.sites)


class Identities:
    """Gives the records of one file their ids, a batch at a time. What the catalogue has of this source is looked up at
    the first record that needs it; each id is given once."""

    def __init__(self, connection: Connection | None, source: str) -> None:
        self._connection = connection
        self._source = source
        self._known: dict[str, Mission] | None = None
        self._given: set[str] = set()

    def given(self, batch: Sequence[Read]) -> list[Read]:
        """The batch, with an id for each mission that has none of its own."""
        out = list(batch)
        unnamed = [at for at, read in enumerate(batch) if not read.named and isinstance(read.found, Mission)]
        if not unnamed:
            return out
        if self._known is None:
            self._known = self._look_up()
        wanting = {at: mission for at in unnamed if isinstance(mission := batch[at].found, Mission)}
        for key in ALIKE:
            free: dict[Key, list[str]] = {}
            for known_id, known in self._known.items():
                if known_id not in self._given:
                    free.setdefault(key(known), []).append(known_id)
            for at, mission in list(wanting.items()):
                if ids := free.get(key(mission)):
                    out[at] = self._as(batch[at], mission, ids.pop(0))
                    del wanting[at]
        for at, mission in wanting.items():
            out[at] = self._as(batch[at], mission, self._new(mission))
        return out

    def _look_up(self) -> dict[str, Mission]:
        """What there is of this source, as the source gave it: what was edited here is known by what it was."""
        if self._connection is None:
            return {}
        notes = self._connection.execute(AS_GIVEN, (f"{EDITED}{self._source}:", f"{EDITED}{self._source};")).fetchall()
        given = {key.removeprefix(EDITED): Mission.readable(body) for key, body in notes}
        found: dict[str, Mission] = {}
        for mission_id, body, digest in self._connection.execute(OF_SOURCE, (self._source,)).fetchall():
            before = given.get(mission_id)
            mission = before if before is not None and digest_of(before) == digest else Mission.readable(body)
            if mission is not None:
                found[mission_id] = mission
        return found

    def _as(self, read: Read, mission: Mission, mission_id: str) -> Read:
        self._given.add(mission_id)
        return replace(read, found=replace(mission, id=mission_id))

    def _new(self, mission: Mission) -> str:
        """An id made of what the mission is now; later corrections keep it."""
        said = "\n".join((fold(mission.title), *_reached(mission), str(mission.starts)))
        base = f"{self._source}:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"
        known, number, found = self._known or {}, 1, base
        while found in self._given or found in known:
            number += 1
            found = f"{base}-{number}"
        return found
