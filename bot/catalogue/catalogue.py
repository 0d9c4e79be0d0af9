"""The catalogue: search, one mission, more like it, how fresh it all is, wherever the missions are kept.

Searching never writes and never waits for an import. Topics come in by `awaited.py`: what may wait is awaited.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalogue import evergreen
from bot.catalogue.backend import Backend, Connection
from bot.catalogue.local_bodies import local_bodies, remembered
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.search import MissionSearch
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.widening import widen
from bot.catalogue.wish import Match, Results, Wish
from bot.resources import DATA

if TYPE_CHECKING:
    from bot.catalogue.writer import MissionWriter

__all__ = ["Catalogue", "Freshness", "Stats"]

ONE = "SELECT body, seen, state FROM mission WHERE id = ?"

# Per source: how many can be shown, how many are over, full, withdrawn or waiting, and the last day one was seen.
BY_SOURCE = """
SELECT source, state, count(*), max(seen), count(*) FILTER (WHERE ends < ?), count(*) FILTER (WHERE places <= 0)
FROM mission GROUP BY source, state ORDER BY source, state
"""

BY_CAUSE = "SELECT causes, count(*) FROM mission WHERE state = 'active' GROUP BY causes"
REFUSED = "SELECT source, id, reason, excerpt, seen FROM refused ORDER BY source, reason, id LIMIT ?"
READ_ON = "SELECT value FROM note WHERE key = 'read_on'"
ACTIVE = "SELECT count(*) FROM mission WHERE state = 'active'"
REFUSED_COUNT = "SELECT count(*) FROM refused"
LAST_SWEEPS = """
SELECT source, outcome, started, finished, detail FROM sweep
WHERE number IN (SELECT max(number) FROM sweep GROUP BY source) ORDER BY source
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the catalogue is. `read_on` is the day of the last complete reading of a feed or file, None before the
    first: there are only evergreen missions then. `failing` is true when the last sweep failed or was set aside."""

    read_on: datetime.date | None
    missions: int
    failing: bool = False


@dataclass(frozen=True, slots=True)
class Stats:
    """What the catalogue holds, for its operator."""

    sources: Mapping[str, Mapping[str, int | str]]
    causes: Mapping[str, int]
    refused: int
    sweeps: tuple[Mapping[str, str], ...]


class Catalogue:
    """The catalogue on a backend, filled with the evergreen missions at the first look.

    For one thread at a time, but for `writer`, which opens a connection of its own.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        places: Places | None = None,
        organisations: Organisations | None = None,
        synonyms: Synonyms | None = None,
        data: Path = DATA,
    ) -> None:
        self.backend = backend
        self.places = places or Places(data)
        self.organisations = organisations or Organisations(data)
        self.synonyms = synonyms or Synonyms(data)
        self._data = data
        self.is_filled = False
        """The evergreen missions are known to be there."""

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.backend.close()

    def writer(self, *, patience: float | None = None) -> MissionWriter:
        """A connection that writes: for imports and syncs, in a thread of their own if they are long. `patience`: the
        seconds to wait for another that writes, where it should not be long."""
        from bot.catalogue.writer import MissionWriter  # an answer to a person never needs it

        backend = self.backend
        return MissionWriter(
            backend.writing() if patience is None else backend.writing(patience=patience), self.synonyms
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look something up with."""
        self.fill()
        with self.backend.reading() as connection:
            yield connection

    def fill(self, *, patience: float | None = None) -> None:
        """Put the evergreen missions in, unless they are there. Of several processes, one does it. `patience`: see
        `writer`."""
        if not self.is_filled:
            evergreen.refresh(self, self._data, patience=patience)
            self.is_filled = True
            self.learn_names()

    def learn_names(self) -> None:
        """Have the bodies of the missions there are known to whoever reads messages in this process."""
        with self.backend.reading() as connection:
            local_bodies().learn(remembered(connection))

    def search(self, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """The missions that fit, best first; when none does, one criterion gives way at a time, and is named."""
        with self.reading() as connection:
            search = MissionSearch(connection, self.synonyms)
            results = widen(search, self.places, wish, today=today, limit=limit + 1)
            fresh = _read_on(connection)
        if local_bodies().is_old:
            self.learn_names()
        found = results.found[:limit]
        return replace(results, found=found, more=len(results.found) > limit, fresh=fresh)

    def mission(self, mission_id: str) -> Mission | None:
        """A mission by its id, also one that is over or withdrawn: `Mission.is_over` and `is_listed` tell."""
        row = self._row(mission_id)
        if row is None or row[2] in ("pending", "refused"):
            return None
        return Mission.readable(row[0], seen=datetime.date.fromordinal(row[1]).isoformat())

    def is_listed(self, mission_id: str, today: datetime.date) -> bool:
        """Whether a mission can still be joined, as far as we know: neither withdrawn, over nor full."""
        row = self._row(mission_id)
        if row is None or row[2] != "active":
            return False
        mission = Mission.readable(row[0])
        return mission is not None and mission.is_open(today)

    def _row(self, mission_id: str) -> tuple[str, int, str] | None:
        with self.reading() as connection:
            row: tuple[str, int, str] | None = connection.execute(ONE, (mission_id,)).fetchone()
            return row

    def like(self, mission: Mission, wish: Wish, *, today: datetime.date, limit: int = 20) -> Results:
        """Others of the same causes, with what else the wish asks for; the given one is left out."""
        wanted = replace(
            wish, text="", causes=mission.causes[:2], excluded=tuple(dict.fromkeys((*wish.excluded, mission.id)))
        )
        results = self.search(wanted, today=today, limit=limit)
        found: list[Match] = list(results.found)
        first = mission.causes[:1]
        found.sort(key=lambda match: match.mission.causes[:1] != first)
        return Results(wanted, tuple(found), fresh=results.fresh)

    def freshness(self) -> Freshness:
        """How old the catalogue is, and how much it holds (some milliseconds on a large one)."""
        with self.reading() as connection:
            (count,) = connection.execute(ACTIVE).fetchone()
            failing = any(row[1] in ("failed", "partial", "quarantined") for row in connection.execute(LAST_SWEEPS))
            return Freshness(_read_on(connection), count, failing)

    def stats(self, today: datetime.date) -> Stats:
        """Counts by source and cause, and how the last sweeps ended."""
        sources: dict[str, dict[str, int | str]] = {}
        causes: dict[str, int] = {}
        with self.reading() as connection:
            for source, state, count, seen, over, full in connection.execute(BY_SOURCE, (today.toordinal(),)):
                entry = sources.setdefault(source, {})
                entry[state] = count
                if state == "active":
                    entry |= {"over": over, "full": full, "seen": datetime.date.fromordinal(seen).isoformat()}
            for listed, count in connection.execute(BY_CAUSE):
                for cause in listed.split():
                    causes[cause] = causes.get(cause, 0) + count
            (refused,) = connection.execute(REFUSED_COUNT).fetchone()
            sweeps = tuple(
                {"source": source, "outcome": outcome, "started": started, "finished": finished or "", "detail": detail}
                for source, outcome, started, finished, detail in connection.execute(LAST_SWEEPS)
            )
        return Stats(sources, dict(sorted(causes.items(), key=lambda item: (-item[1], item[0]))), refused, sweeps)

    def refused(self, limit: int = 1_000) -> list[tuple[str, str, str, str, str]]:
        """Refused records of the last readings: source, id there, reason, how it begins, when."""
        with self.reading() as connection:
            return connection.execute(REFUSED, (limit,)).fetchall()


def _read_on(connection: Connection) -> datetime.date | None:
    noted = connection.execute(READ_ON).fetchone()
    return datetime.date.fromisoformat(noted[0]) if noted else None
