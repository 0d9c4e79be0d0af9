"""The catalogue as the conversation uses it: search, one mission, more like it, how fresh it all is.

`MissionCatalogue` is the interface; `Catalogue` keeps it on SQLite, in one file of the data folder. Searching never
writes and never waits for an import.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.catalogue import DATA, evergreen
from bot.catalogue.database import FILE, open_reader
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.search import MissionSearch
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.widening import widen
from bot.catalogue.wish import Match, Results, Wish

if TYPE_CHECKING:
    from bot.catalogue.writer import MissionWriter

__all__ = ["Catalogue", "Freshness", "MissionCatalogue", "Stats"]

ONE = "SELECT body, seen, state FROM mission WHERE id = ?"

# Per source: how many can be shown, how many are over, full, withdrawn or waiting, and the last day one was seen.
BY_SOURCE = """
SELECT source, state, count(*), max(seen),
       sum(ends IS NOT NULL AND ends < :today), sum(places IS NOT NULL AND places <= 0)
FROM mission GROUP BY source, state ORDER BY source, state
"""

BY_CAUSE = "SELECT causes, count(*) FROM mission WHERE state = 'active' GROUP BY causes"
REFUSED = "SELECT source, id, reason, excerpt, seen FROM refused ORDER BY source, reason, id LIMIT ?"
REFUSED_COUNT = "SELECT count(*) FROM refused"
LAST_SWEEPS = """
SELECT source, outcome, started, finished, detail FROM sweep
WHERE number IN (SELECT max(number) FROM sweep GROUP BY source) ORDER BY source
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the catalogue is. `read_on` is the day of the last complete reading of a feed or file, None before the
    first: there are only evergreen missions then. `trouble` is true when the last sweep failed or was set aside."""

    read_on: datetime.date | None
    missions: int
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class Stats:
    """What the catalogue holds, for its operator."""

    sources: Mapping[str, Mapping[str, int | str]]
    causes: Mapping[str, int]
    refused: int
    sweeps: tuple[Mapping[str, str], ...]


class MissionCatalogue(Protocol):
    """What topics rely on, whatever keeps the missions."""

    def search(self, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results: ...

    def mission(self, mission_id: str) -> Mission | None: ...

    def like(self, mission: Mission, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results: ...

    def freshness(self) -> Freshness: ...


class Catalogue:
    """The catalogue on SQLite. Made and filled with the evergreen missions when it is not there.

    Share one in a process, in one thread; `writer` opens the connection that imports use.
    """

    def __init__(
        self,
        folder: Path,
        *,
        places: Places | None = None,
        organisations: Organisations | None = None,
        synonyms: Synonyms | None = None,
        data: Path = DATA,
    ) -> None:
        self.folder = folder
        self.places = places or Places(data)
        self.organisations = organisations or Organisations(data)
        self.synonyms = synonyms or Synonyms(data)
        self._data = data
        self._reader: sqlite3.Connection | None = None

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def writer(self) -> MissionWriter:
        """The one connection that writes: for imports and syncs, in a thread of their own if they are long."""
        from bot.catalogue.writer import MissionWriter  # an answer to a person never needs it

        return MissionWriter(self.folder, self.synonyms)

    @property
    def reader(self) -> sqlite3.Connection:
        if self._reader is None:
            evergreen.refresh(self.folder, self._data, self.places, self.organisations, self.synonyms)
            self._reader = open_reader(self.folder)
        return self._reader

    def search(self, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """The missions that fit, best first; when none does, one criterion gives way at a time, and is named."""
        search = MissionSearch(self.reader, self.synonyms)
        results = widen(search, self.places, wish, today=today, limit=limit + 1)
        found = results.found[:limit]
        return replace(results, found=found, more=len(results.found) > limit, fresh=self._read_on())

    def mission(self, mission_id: str) -> Mission | None:
        """A mission by its id, also one that is over or withdrawn: `Mission.is_over` and `is_listed` tell."""
        row = self.reader.execute(ONE, (mission_id,)).fetchone()
        if row is None or row[2] in ("pending", "refused"):
            return None
        seen = datetime.date.fromordinal(row[1]).isoformat()
        return Mission.from_stored({**json.loads(row[0]), "seen": seen})

    def is_listed(self, mission_id: str, today: datetime.date) -> bool:
        """Whether a mission can still be joined, as far as we know: neither withdrawn, over nor full."""
        row = self.reader.execute(ONE, (mission_id,)).fetchone()
        if row is None or row[2] != "active":
            return False
        mission = Mission.from_stored(json.loads(row[0]))
        return not mission.is_over(today) and not mission.is_full

    def like(self, mission: Mission, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """Others of the same causes, with what else the wish asks for; the given one is left out."""
        wanted = replace(
            wish, text="", causes=mission.causes[:2], excluded=tuple(dict.fromkeys((*wish.excluded, mission.id)))
        )
        found: list[Match] = list(self.search(wanted, today=today, limit=limit).found)
        first = mission.causes[:1]
        found.sort(key=lambda match: match.mission.causes[:1] != first)
        return Results(wanted, tuple(found), fresh=self._read_on())

    def _read_on(self) -> datetime.date | None:
        noted = self.reader.execute("SELECT value FROM note WHERE key = 'read_on'").fetchone()
        return datetime.date.fromisoformat(noted[0]) if noted else None

    def freshness(self) -> Freshness:
        """How old the catalogue is, and how much it holds (some milliseconds on a large one)."""
        (count,) = self.reader.execute("SELECT count(*) FROM mission WHERE state = 'active'").fetchone()
        trouble = any(row[1] in ("failed", "partial", "quarantined") for row in self.reader.execute(LAST_SWEEPS))
        return Freshness(self._read_on(), count, trouble)

    def stats(self, today: datetime.date) -> Stats:
        """Counts by source and cause, and how the last sweeps ended."""
        sources: dict[str, dict[str, int | str]] = {}
        for source, state, count, seen, over, full in self.reader.execute(BY_SOURCE, {"today": today.toordinal()}):
            entry = sources.setdefault(source, {})
            entry[state] = count
            if state == "active":
                entry |= {"over": over, "full": full, "seen": datetime.date.fromordinal(seen).isoformat()}
        causes: dict[str, int] = {}
        for listed, count in self.reader.execute(BY_CAUSE):
            for cause in listed.split():
                causes[cause] = causes.get(cause, 0) + count
        (refused,) = self.reader.execute(REFUSED_COUNT).fetchone()
        sweeps = tuple(
            {"source": source, "outcome": outcome, "started": started, "finished": finished or "", "detail": detail}
            for source, outcome, started, finished, detail in self.reader.execute(LAST_SWEEPS)
        )
        return Stats(sources, dict(sorted(causes.items(), key=lambda item: -item[1])), refused, sweeps)

    def refused(self, limit: int = 1_000) -> list[tuple[str, str, str, str, str]]:
        """Refused records of the last readings: source, id there, reason, how it begins, when."""
        return self.reader.execute(REFUSED, (limit,)).fetchall()

    @property
    def path(self) -> Path:
        return self.folder / FILE
