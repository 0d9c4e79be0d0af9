"""Putting missions into the catalogue: what is new, what changed, what was refused, what is gone.

A batch is one transaction: killed inside it, that batch was not taken and the next run takes it. Importing the same
records again changes nothing. What is known of a batch is asked for at once, and written together, so that a database
on another host is asked a few times for a thousand missions.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.catalogue import facets
from bot.catalogue.backend import Connection
from bot.catalogue.local_bodies import KEY, names_of
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.synonyms import Synonyms

__all__ = ["EDITED", "Count", "MissionWriter", "Record", "digest_of", "updated_of"]

REMOVED = "removed"
"""The state of a mission that whoever runs Allié took away: it stays away, whatever its source says."""
EDITED = "edited "
"""With an id after it, the note that holds a mission as its source gave it before it was edited here."""
REFUSED_KEPT = 10_000  # refused records remembered for one source

FIND = "SELECT id, number, digest, state, sweep, updated FROM mission WHERE id"

# Missions whose publisher may have given them a new id: the same origin, another row.
ELSEWHERE = "SELECT origin, number, id, updated FROM mission WHERE state = 'active' AND origin"

STILL_THERE = """
UPDATE mission SET seen = ?, sweep = CASE WHEN sweep < ? THEN ? ELSE sweep END, misses = 0 WHERE number = ?
"""

INSERT = """
INSERT INTO mission (number, id, source, owner, added, origin, state, digest, seen, sweep, misses, updated,
                     starts, ends, places, mask, flexible, minors, step_free, causes, points, twin, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# Whoever writes is alone, so the next number is known beforehand, and is the same on both engines.
LAST = "SELECT coalesce(max(number), 0) FROM mission"

UPDATE = """
UPDATE mission SET origin = ?, state = ?, digest = ?, seen = ?, sweep = CASE WHEN sweep < ? THEN ? ELSE sweep END,
                   misses = 0, updated = ?, starts = ?, ends = ?, places = ?, mask = ?, flexible = ?, minors = ?,
                   step_free = ?, causes = ?, points = ?, twin = ?, body = ?
WHERE number = ?
"""

OF_SOURCE = "SELECT number, id FROM mission WHERE source = ? AND state = 'active'"
STATE_OF = "SELECT number, origin, owner, state, digest, body FROM mission WHERE id = ?"
SET_STATE = "UPDATE mission SET state = ? WHERE number = ?"
NOTED = "SELECT 1 FROM note WHERE key = ?"
KEEP_DIGEST = "UPDATE mission SET digest = ? WHERE number = ?"
WITHDRAW = "UPDATE mission SET state = 'withdrawn' WHERE number = ?"

REFUSE = """
INSERT INTO refused (source, id, reason, excerpt, seen) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (source, id, reason) DO UPDATE SET excerpt = excluded.excerpt, seen = excluded.seen
"""
FORGET_REFUSED = "DELETE FROM refused WHERE source = ?"
COUNT_REFUSED = "SELECT count(*) FROM refused WHERE source = ?"
NOTE = "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


@dataclass(frozen=True, slots=True)
class Record:
    """A mission to keep, what names it at its publisher, and who published it by talking. A mission that waits for a
    moderator is "pending": kept, and found by nobody."""

    mission: Mission
    origin: str = ""
    owner: str = ""
    state: str = "active"


@dataclass(frozen=True, slots=True)
class Count:
    """What an import did."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    withdrawn: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.refused + other.refused,
            self.withdrawn + other.withdrawn,
        )

    @property
    def read(self) -> int:
        return self.new + self.changed + self.same + self.refused


def digest_of(mission: Mission) -> str:
    """What tells a change of a mission as its source gives it."""
    return _digest(_body(mission))


def updated_of(mission: Mission) -> str:
    """When its source last changed it, so that the later of two is the greater; empty where it does not say."""
    return mission.updated.astimezone(datetime.UTC).isoformat() if mission.updated else ""


def _body(mission: Mission) -> str:
    return json.dumps(replace(mission, seen=None).as_json(), ensure_ascii=False, separators=(",", ":"))


def _digest(body: str) -> str:
    return hashlib.blake2b(body.encode("utf-8", "replace"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class _Read:
    """A record as it is written."""

    record: Record
    body: str
    digest: str
    updated: str

    @classmethod
    def of(cls, record: Record) -> _Read:
        mission = record.mission
        body = _body(mission)
        return cls(record, body, _digest(body), updated_of(mission))

    @property
    def columns(self) -> tuple[object, ...]:
        mission = self.record.mission
        return (
            self.updated,
            mission.starts.toordinal() if mission.starts else None,
            mission.ends.toordinal() if mission.ends else None,
            mission.places,
            facets.mask(mission),
            int(mission.flexible),
            None if mission.minors is None else int(mission.minors),
            None if mission.step_free is None else int(mission.step_free),
            " ".join(mission.causes),
            facets.points(mission),
            facets.twin(mission),
            self.body,
        )

    def is_shown(self, today: datetime.date) -> bool:
        mission = self.record.mission
        return self.record.state == "active" and mission.is_open(today) and not mission.is_appeal


class _There(NamedTuple):
    """A row that is in the table already."""

    number: int
    digest: str
    state: str
    sweep: int
    updated: str

    def is_as(self, read: _Read) -> bool:
        """Whether there is nothing to write: it is the same, or was removed for good. What erases it is written."""
        if self.state == REMOVED and read.record.state == "active":
            return True
        return (self.digest, self.state) == (read.digest, read.record.state)

    def is_newer_than(self, read: _Read, sweep: int) -> bool:
        """Whether the same sweep gave a later version of it already."""
        return bool(sweep) and self.sweep == sweep and self.updated > read.updated != ""


class MissionWriter:
    """Writes through one connection. Not for several threads at once; `close` it, or use it in a `with`."""

    def __init__(self, connection: Connection, synonyms: Synonyms) -> None:
        self.connection = connection
        self._synonyms = synonyms
        self._refused: dict[str, int] = {}

    def __enter__(self) -> MissionWriter:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    def put(
        self, records: Sequence[Record], refusals: Iterable[Refusal] = (), *, now: datetime.datetime, sweep: int = 0
    ) -> Count:
        """One batch in one transaction. `sweep` is the number of the sweep that read it, 0 for a file."""
        with self.connection.transaction():
            return self.put_all(records, refusals, now=now, sweep=sweep)

    def put_all(
        self, records: Sequence[Record], refusals: Iterable[Refusal], *, now: datetime.datetime, sweep: int
    ) -> Count:
        """The same inside a transaction of the caller's."""
        count = Count()
        for batch in _apart(records):
            count += self._put([_Read.of(record) for record in batch], now.date(), sweep)
        listed = list(refusals)
        self._refuse(listed, now)
        return count + Count(refused=len(listed))

    def _put(self, batch: Sequence[_Read], today: datetime.date, sweep: int) -> Count:
        """Records no two of which are of the same mission."""
        older, gone = self._older_twins(batch)
        batch = [read for read in batch if read.record.mission.id not in older]
        self.withdraw(gone)
        known = self._known(batch)
        day = today.toordinal()
        new: list[tuple[object, ...]] = []
        changed: list[tuple[object, ...]] = []
        same: list[tuple[object, ...]] = []
        written: list[tuple[int, _Read]] = []
        (last,) = self.connection.execute(LAST).fetchone()
        for read in batch:
            record, mission = read.record, read.record.mission
            there = known.get(mission.id)
            if there is not None and (there.is_as(read) or there.is_newer_than(read, sweep)):
                same.append((day, sweep, sweep, there.number))
                continue
            number = there.number if there is not None else last + len(new) + 1
            written.append((number, read))
            if there is None:
                first = (number, mission.id, mission.source, record.owner, day)
                new.append((*first, record.origin, record.state, read.digest, day, sweep, *read.columns))
            else:
                now_is = (record.origin, record.state, read.digest, day, sweep, sweep)
                changed.append((*now_is, *read.columns, number))
        self.connection.executemany(STILL_THERE, same)
        self.connection.executemany(UPDATE, changed)
        self.connection.executemany(INSERT, new)
        self._index(written, today)
        return Count(len(new), len(changed), len(same) + len(older))

    def _known(self, batch: Sequence[_Read]) -> dict[str, _There]:
        """What is in the table already, by id."""
        asked = [read.record.mission.id for read in batch]
        return {found[0]: _There(*found[1:]) for found in self.connection.among(FIND, asked)} if asked else {}

    def _index(self, written: Sequence[tuple[int, _Read]], today: datetime.date) -> None:
        self.connection.unindex([number for number, read in written if not read.is_shown(today)])
        shown = [(number, read.record.mission) for number, read in written if read.is_shown(today)]
        self.connection.index([facets.entry(number, mission, self._synonyms) for number, mission in shown])

    def _older_twins(self, batch: Sequence[_Read]) -> tuple[set[str], list[int]]:
        """The ids of which the catalogue has a newer copy under another id, and the numbers of its older copies."""
        origins = {read.record.origin: read for read in batch if read.record.origin}
        older: set[str] = set()
        gone: list[int] = []
        for origin, number, other, updated in self.connection.among(ELSEWHERE, list(origins)) if origins else ():
            read = origins[origin]
            if other == read.record.mission.id:
                continue
            if updated > read.updated:
                older.add(read.record.mission.id)
            else:
                gone.append(number)
        return older, gone

    def _refuse(self, refusals: Sequence[Refusal], now: datetime.datetime) -> None:
        """Remember why, for so many of each source."""
        rows = []
        for refusal in refusals:
            if refusal.source not in self._refused:
                (kept,) = self.connection.execute(COUNT_REFUSED, (refusal.source,)).fetchone()
                self._refused[refusal.source] = kept
            if self._refused[refusal.source] < REFUSED_KEPT:
                self._refused[refusal.source] += 1
                rows.append((refusal.source, refusal.external_id, refusal.reason, refusal.excerpt, now.isoformat()))
        self.connection.executemany(REFUSE, rows)

    def forget_refused(self, source: str) -> None:
        """Before a source is read anew: the list is of the last reading."""
        self._refused.pop(source, None)
        self.connection.execute(FORGET_REFUSED, (source,))

    def withdraw(self, numbers: Sequence[int]) -> None:
        """Hide missions that their source no longer has. They stay in the table for those who saved them."""
        self.connection.executemany(WITHDRAW, [(number,) for number in numbers])
        self.connection.unindex(numbers)

    def replace(self, source: str, there: Collection[str]) -> Count:
        """Withdraw what came of a source and is not among the ids that are there."""
        with self.connection.transaction():
            listed = self.connection.execute(OF_SOURCE, (source,)).fetchall()
            gone = [number for number, mission_id in listed if mission_id not in there]
            self.withdraw(gone)
        return Count(withdrawn=len(gone))

    def remove(self, mission_id: str) -> bool:
        """Take a mission away for good: no reading of its source brings it back. False where there is none."""
        with self.connection.transaction():
            row = self.connection.execute(STATE_OF, (mission_id,)).fetchone()
            if row is None or row[3] == REMOVED:
                return False
            self.connection.execute(SET_STATE, (REMOVED, row[0]))
            self.connection.unindex([row[0]])
        return True

    def restore(self, mission_id: str, today: datetime.date) -> bool:
        """Put back a mission that was removed. False where none was."""
        with self.connection.transaction():
            row = self.connection.execute(STATE_OF, (mission_id,)).fetchone()
            mission = Mission.readable(row[5]) if row is not None and row[3] == REMOVED else None
            if mission is None:
                return False
            self.connection.execute(SET_STATE, ("active", row[0]))
            if mission.is_open(today) and not mission.is_appeal:
                self.connection.index([facets.entry(row[0], mission, self._synonyms)])
        return True

    def amend(self, mission_id: str, edited: Callable[[Mission], Mission], *, now: datetime.datetime) -> Mission | None:
        """Change an active mission. It stays changed until its source itself says something else of it than it did.
        None where there is none. What `edited` raises leaves all as it was."""
        with self.connection.transaction():
            row = self.connection.execute(STATE_OF, (mission_id,)).fetchone()
            mission = Mission.readable(row[5]) if row is not None and row[3] == "active" else None
            if mission is None:
                return None
            as_given = f"{EDITED}{mission_id}"
            if not row[2] and self.connection.execute(NOTED, (as_given,)).fetchone() is None:
                self.note(as_given, row[5])  # nothing of what somebody published, who may have it erased
            better = replace(edited(mission), id=mission.id, source=mission.source, kind=mission.kind)
            self.put_all([Record(better, row[1], row[2])], (), now=now, sweep=0)
            self.connection.execute(KEEP_DIGEST, (row[4], row[0]))
        return better

    def tidy(self, today: datetime.date) -> None:
        """Take what is over out of the index, after each reading; it stays in the table for whoever saved it. The names
        of the bodies that have missions now are noted."""
        with self.connection.transaction():
            self.connection.tidy(today.toordinal())
            self.note(KEY, json.dumps(names_of(self.connection), ensure_ascii=False))

    def note(self, key: str, value: str) -> None:
        self.connection.execute(NOTE, (key, value))


def _apart(records: Sequence[Record]) -> Iterator[list[Record]]:
    """The records in order, cut before one that is of the same mission as another of its batch."""
    batch: list[Record] = []
    seen: set[str] = set()
    for record in records:
        names = {f"id {record.mission.id}", *([f"origin {record.origin}"] if record.origin else [])}
        if names & seen:
            yield batch
            batch, seen = [], set()
        batch.append(record)
        seen |= names
    if batch:
        yield batch
