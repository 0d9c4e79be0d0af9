"""Moving a catalogue: from a data folder to PostgreSQL, or back. Missions, needs and what was decided of them, refused
records and sweeps are copied row by row, indexed, then compared row by row.

Nobody writes to either meanwhile. Killed in the middle, it goes on from there when it is run again: rows are copied in
the order of their keys, a batch in a transaction, so what is there already is a beginning.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogue import facets
from bot.catalogue.backend import Backend, Connection, open_backend
from bot.catalogue.mission import Mission
from bot.catalogue.sqlite import FILE
from bot.catalogue.synonyms import Synonyms
from bot.errors import StoreError

__all__ = ["CopyFailed", "copy"]

BATCH = 1_000

Key = tuple[Any, ...]
Progress = Callable[[str, int, int], None]


class CopyFailed(StoreError):
    """The two catalogues differ, or the target has missions of its own. The source is as it was."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the statements that copy it, and where its key and its values for the index are in a row."""

    name: str
    key: int
    """How many columns the key has: the first ones."""
    columns: str

    @property
    def keys(self) -> str:
        return ", ".join(self.columns.split(", ")[: self.key])

    @property
    def marks(self) -> str:
        return ", ".join("?" * len(self.columns.split(", ")))

    def count(self, connection: Connection) -> int:
        (found,) = connection.execute(f"SELECT count(*) FROM {self.name}").fetchone()  # noqa: S608 - names of ours
        return int(found)

    def last(self, connection: Connection) -> Key | None:
        """The greatest key, None without rows."""
        backwards = ", ".join(f"{name} DESC" for name in self.keys.split(", "))
        statement = f"SELECT {self.keys} FROM {self.name} ORDER BY {backwards} LIMIT 1"  # noqa: S608 - names of ours
        row = connection.execute(statement).fetchone()
        return tuple(row) if row else None

    def after(self, connection: Connection, key: Key | None) -> list[Key]:
        """The rows that follow `key`, in the order of their keys."""
        where = f"WHERE ({self.keys}) > ({', '.join('?' * self.key)})" if key is not None else ""
        statement = f"SELECT {self.columns} FROM {self.name} {where} ORDER BY {self.keys} LIMIT {BATCH}"  # noqa: S608
        return [tuple(row) for row in connection.execute(statement, key or ()).fetchall()]

    def write(self, connection: Connection, rows: list[Key]) -> None:
        statement = f"INSERT INTO {self.name} ({self.columns}) VALUES ({self.marks})"  # noqa: S608 - names of ours
        connection.executemany(statement, rows)


MISSION = Table(
    "mission",
    1,
    "number, id, source, origin, owner, state, told, digest, added, seen, sweep, misses, updated, starts, ends, "
    "places, mask, flexible, minors, step_free, causes, points, twin, body",
)
NOTE = Table("note", 1, "key, value")
TABLES = (
    MISSION,
    Table("sweep", 1, "number, source, started, finished, outcome, skip, total, beat, detail"),
    Table("sweep_seen", 2, "sweep, id"),
    Table("support", 1, "id, source, departement, checked, body"),
    Table("refused", 3, "source, id, reason, excerpt, seen"),
)
STATE, BODY = (MISSION.columns.split(", ").index(name) for name in ("state", "body"))

COPYING = "copying"
BEGUN = "SELECT 1 FROM note WHERE key = 'copying'"
OTHERS = """
SELECT (SELECT count(*) FROM mission WHERE source <> 'evergreen') + (SELECT count(*) FROM sweep)
     + (SELECT count(*) FROM support)
"""


def copy(source: str, target: str, *, today: datetime.date, progress: Progress = lambda *_told: None) -> dict[str, int]:
    """Copy a catalogue whole, then compare every row. How many there are, by table.

    Each is a data folder or the address of a PostgreSQL; a folder without a catalogue has nothing to copy. The target
    is new (evergreen missions give way), or was begun by an earlier copy. Raises `CopyFailed` or another `StoreError`,
    each with a sentence for whoever runs Allié.
    """
    if source == target:
        raise CopyFailed("A catalogue cannot be copied onto itself.")
    if "://" not in source and not (Path(source).expanduser() / FILE).exists():
        return {}
    backends = [_backend(address) for address in (source, target)]
    try:
        with closing(backends[0].writing()) as here, closing(backends[1].writing()) as there:
            _begin(there)
            for table in TABLES:
                _copy(table, here, there, today, progress)
            _end(here, there)
            return {table.name: _compare(table, here, there) for table in (*TABLES, NOTE)}
    finally:
        for backend in backends:
            backend.close()


def _backend(address: str) -> Backend:
    return open_backend(Path(), address) if "://" in address else open_backend(Path(address).expanduser())


def _begin(there: Connection) -> None:
    with there.transaction():
        if there.execute(BEGUN).fetchone():
            return
        if there.execute(OTHERS).fetchone()[0]:
            raise CopyFailed("The target has missions already. To add some: `allie catalogue export`, then `import`.")
        there.unindex([number for (number,) in there.execute("SELECT number FROM mission").fetchall()])
        for table in (*TABLES, NOTE):
            there.execute(f"DELETE FROM {table.name}")  # noqa: S608 - names of ours
        NOTE.write(there, [(COPYING, "begun")])


def _copy(table: Table, here: Connection, there: Connection, today: datetime.date, progress: Progress) -> None:
    total, done, key = table.count(here), table.count(there), table.last(there)
    synonyms = Synonyms()
    progress(table.name, done, total)
    while rows := table.after(here, key):
        with there.transaction():
            table.write(there, rows)
            if table is MISSION:
                shown = [(row[0], Mission.from_stored(json.loads(row[BODY]))) for row in rows if row[STATE] == "active"]
                there.index(
                    [
                        facets.entry(number, one, synonyms)
                        for number, one in shown
                        if one.is_open(today) and not one.is_appeal
                    ]
                )
        key = rows[-1][: table.key]
        done += len(rows)
        progress(table.name, done, total)


def _end(here: Connection, there: Connection) -> None:
    """The notes come last, and with them the mark goes: what was copied is a catalogue like another."""
    with there.transaction():
        there.execute("DELETE FROM note")
        NOTE.write(there, NOTE.after(here, None))
        there.tidy(0)


def _compare(table: Table, here: Connection, there: Connection) -> int:
    key, count = None, 0
    while True:
        ours, theirs = table.after(here, key), table.after(there, key)
        if ours != theirs:
            raise CopyFailed(f"The catalogues differ in the table {table.name}: begin again with an empty one.")
        count += len(ours)
        if len(ours) < BATCH:
            return count
        key = ours[-1][: table.key]
