"""Putting missions into the catalogue: what is new, what changed, what was refused, what is gone.

A batch is one transaction: killed inside it, that batch was not taken and the next run takes it. Importing the same
records again changes nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.catalogue import facets
from bot.catalogue.database import open_writer, transaction
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.synonyms import Synonyms

__all__ = ["Count", "MissionWriter", "Record"]

REFUSED_KEPT = 10_000  # refused records remembered for one source

FIND = "SELECT number, digest, state FROM mission WHERE id = ?"

# A mission whose publisher gave it a new id: the same origin, another row.
ELSEWHERE = "SELECT number, id, updated FROM mission WHERE origin = ? AND id <> ? AND state = 'active'"

STILL_THERE = "UPDATE mission SET seen = ?, sweep = max(sweep, ?), misses = 0, state = ? WHERE number = ?"

INSERT = """
INSERT INTO mission (id, source, origin, owner, state, digest, added, seen, sweep, misses, updated,
                     starts, ends, places, mask, flexible, minors, step_free, causes, points, twin, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

UPDATE = """
UPDATE mission SET origin = ?, state = ?, digest = ?, seen = ?, sweep = max(sweep, ?), misses = 0, updated = ?,
                   starts = ?, ends = ?, places = ?, mask = ?, flexible = ?, minors = ?, step_free = ?,
                   causes = ?, points = ?, twin = ?, body = ?
WHERE number = ?
"""

INDEX = "INSERT INTO words (rowid, title, body, facets) VALUES (?, ?, ?, ?)"
UNINDEX = "DELETE FROM words WHERE rowid = ?"

# Run after each import and each day: what is over leaves the index, and stays in the table for whoever saved it.
OVER = "DELETE FROM words WHERE rowid IN (SELECT number FROM mission WHERE ends < ?)"

REFUSE = "INSERT OR REPLACE INTO refused (source, id, reason, excerpt, seen) VALUES (?, ?, ?, ?, ?)"
FORGET_REFUSED = "DELETE FROM refused WHERE source = ?"
COUNT_REFUSED = "SELECT count(*) FROM refused WHERE source = ?"
NOTE = "INSERT OR REPLACE INTO note (key, value) VALUES (?, ?)"


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


class MissionWriter:
    """The one writer of a catalogue. Not for several threads at once; `close` it, or use it in a `with`."""

    def __init__(self, folder: Path, synonyms: Synonyms) -> None:
        self.connection = open_writer(folder)
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
        with transaction(self.connection):
            return self.put_all(records, refusals, now=now, sweep=sweep)

    def put_all(
        self, records: Sequence[Record], refusals: Iterable[Refusal], *, now: datetime.datetime, sweep: int
    ) -> Count:
        """The same inside a transaction of the caller's."""
        new = changed = same = refused = 0
        for record in records:
            match self._put(record, now, sweep):
                case "new":
                    new += 1
                case "changed":
                    changed += 1
                case _:
                    same += 1
        for refusal in refusals:
            refused += 1
            self._refuse(refusal, now)
        return Count(new, changed, same, refused)

    def _put(self, record: Record, now: datetime.datetime, sweep: int) -> Literal["new", "changed", "same"]:
        mission = record.mission
        today = now.date().toordinal()
        body = json.dumps(replace(mission, seen=None).as_json(), ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.blake2b(body.encode("utf-8", "replace"), digest_size=12).hexdigest()
        updated = mission.updated.isoformat() if mission.updated else ""
        if record.origin and self._is_older_twin(record.origin, mission.id, updated):
            return "same"
        known = self.connection.execute(FIND, (mission.id,)).fetchone()
        if known and known[1] == digest and known[2] == record.state:
            self.connection.execute(STILL_THERE, (today, sweep, known[2], known[0]))
            return "same"
        columns = (
            updated,
            mission.starts.toordinal() if mission.starts else None,
            mission.ends.toordinal() if mission.ends else None,
            mission.places,
            facets.mask(mission),
            mission.flexible,
            mission.minors,
            mission.step_free,
            " ".join(mission.causes),
            facets.points(mission),
            facets.twin(mission),
            body,
        )
        if known:
            number = known[0]
            self.connection.execute(UPDATE, (record.origin, record.state, digest, today, sweep, *columns, number))
            self.connection.execute(UNINDEX, (number,))
        else:
            cursor = self.connection.execute(
                INSERT,
                (
                    mission.id,
                    mission.source,
                    record.origin,
                    record.owner,
                    record.state,
                    digest,
                    today,
                    today,
                    sweep,
                    *columns,
                ),
            )
            number = cursor.lastrowid
        if record.state == "active" and not mission.is_over(now.date()) and not mission.is_full:
            title, rest = facets.words(mission, self._synonyms)
            self.connection.execute(INDEX, (number, title, rest, facets.facets(mission)))
        return "changed" if known else "new"

    def _is_older_twin(self, origin: str, mission_id: str, updated: str) -> bool:
        """Whether the catalogue has a newer copy under another id. An older copy is withdrawn."""
        for number, _other, theirs in self.connection.execute(ELSEWHERE, (origin, mission_id)).fetchall():
            if theirs > updated:
                return True
            self.withdraw([number])
        return False

    def _refuse(self, refusal: Refusal, now: datetime.datetime) -> None:
        kept = self._refused.setdefault(
            refusal.source, self.connection.execute(COUNT_REFUSED, (refusal.source,)).fetchone()[0]
        )
        if kept < REFUSED_KEPT:
            self._refused[refusal.source] = kept + 1
            values = (refusal.source, refusal.external_id, refusal.reason, refusal.excerpt, now.isoformat())
            self.connection.execute(REFUSE, values)

    def forget_refused(self, source: str) -> None:
        """Before a source is read anew: the list is of the last reading."""
        self._refused.pop(source, None)
        self.connection.execute(FORGET_REFUSED, (source,))

    def withdraw(self, numbers: Iterable[int]) -> None:
        """Hide missions that their source no longer has. They stay in the table for those who saved them."""
        for number in numbers:
            self.connection.execute("UPDATE mission SET state = 'withdrawn' WHERE number = ?", (number,))
            self.connection.execute(UNINDEX, (number,))

    def tidy(self, today: datetime.date) -> None:
        """Take what is over out of the index. Cheap when done already today."""
        with transaction(self.connection):
            self.connection.execute(OVER, (today.toordinal(),))

    def note(self, key: str, value: str) -> None:
        self.connection.execute(NOTE, (key, value))

    def noted(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None
