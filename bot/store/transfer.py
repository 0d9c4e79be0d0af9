"""Moving a store: from a data folder to PostgreSQL, or back. Every row is copied, then every row is compared.

Nothing serves from either meanwhile. Killed in the middle, it goes on from there when it is run again: tables are
copied in the order of their keys, a batch in a transaction, so what is there already is a beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import psycopg
from psycopg import sql

from bot.store import Busy, StoreError
from bot.store.postgres_replica import LEASE
from bot.store.postgres_schema import check
from bot.store.sqlite import Folder

__all__ = ["TABLES", "CopyFailed", "copy"]

BATCH = 1_000

Row = tuple[Any, ...]
Progress = Callable[[str, int, int], None]


class CopyFailed(StoreError):
    """The two stores differ, or one of them is in use. The source is as it was."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    key: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.key + self.others


TABLES = (
    Table("conversation", ("chat",), ("session", "stopped", "erased", "used_at", "used_day")),
    Table("seen", ("event", "chat"), ("at", "answer", "quotes")),
    Table("outbox", ("id",), ("chat", "lane", "body", "stopped", "attempts", "at", "quotes")),
    Table("refused", ("id",), ("chat", "body", "reason", "at", "quotes")),
    Table("record", ("chat", "kind", "key"), ("body", "at")),
    Table("notice", ("kind", "key"), ("chat", "shelf", "body", "at", "until")),
    Table("due", ("chat", "name", "key"), ("event", "due_at", "body")),
    Table("attempt", ("event",), ("count", "at")),
    Table("parked", ("event",), ("chat", "raw", "error", "at")),
    Table(
        "broadcast",
        ("id",),
        ("body", "state", "after", "begun", "people", "handed", "delivered", "blocked", "failed"),
    ),
    Table("daily_use", ("unit", "act", "day"), ("count",)),
    Table("answer_vote", ("answer",), ("useful", "useless")),
    Table("misunderstood", ("text",), ("language", "topic", "count", "day")),
    Table("secret", ("name",), ("value",)),
)


class End(Protocol):
    """One side of the copy, held for this process alone."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def count(self, table: Table) -> int:
        """How many rows there are."""

    def last(self, table: Table) -> Row | None:
        """The greatest key, if there are rows."""

    def after(self, table: Table, key: Row | None, limit: int) -> list[Row]:
        """The rows that follow `key`, in the order of their keys."""

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """All of these in one transaction."""

    def numbered(self) -> int:
        """The last number given to a message."""

    def number_from(self, last: int) -> None:
        """Give the next message a greater number than `last`."""


class FolderEnd:
    """A data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        self._held = Folder.hold(self._folder)
        self._connection = self._held.connection
        return self

    def __exit__(self, *problem: object) -> None:
        self._connection.close()
        self._held.let_go()

    def count(self, table: Table) -> int:
        rows: int = self._connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608 - ours
        return rows

    def last(self, table: Table) -> Row | None:
        keys = ", ".join(table.key)
        backwards = ", ".join(f"{key} DESC" for key in table.key)
        row: Row | None = self._connection.execute(
            f"SELECT {keys} FROM {table.name} ORDER BY {backwards} LIMIT 1"  # noqa: S608 - ours
        ).fetchone()
        return row

    def after(self, table: Table, key: Row | None, limit: int) -> list[Row]:
        keys = ", ".join(table.key)
        marks = ", ".join("?" * len(table.key))
        where = f"WHERE ({keys}) > ({marks})" if key is not None else ""
        statement = f"SELECT {', '.join(table.columns)} FROM {table.name} {where} ORDER BY {keys} LIMIT ?"  # noqa: S608
        return self._connection.execute(statement, (*(key or ()), limit)).fetchall()

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        marks = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"  # noqa: S608 - ours
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self._connection.execute("ROLLBACK")
            raise

    def numbered(self) -> int:
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
        return int(row[0]) if row else 0

    def number_from(self, last: int) -> None:
        self._connection.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
        self._connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)", (last,))


class DatabaseEnd:
    """A PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> Self:
        check(self._url)
        self._connection = psycopg.connect(self._url, autocommit=True)
        serving = "SELECT 1 FROM replica WHERE heard > clock_timestamp() - make_interval(secs => %s)"
        if self._connection.execute(serving, (LEASE,)).fetchone():
            self._connection.close()
            raise CopyFailed("Allié is serving from this database: stop every process first.")
        return self

    def __exit__(self, *problem: object) -> None:
        self._connection.close()

    def count(self, table: Table) -> int:
        row = self._connection.execute(_composed("SELECT count(*) FROM {table}", table)).fetchone()
        return int(row[0]) if row else 0

    def last(self, table: Table) -> Row | None:
        backwards = sql.SQL(", ").join(sql.SQL("{} DESC").format(sql.Identifier(key)) for key in table.key)
        statement = _composed("SELECT {keys} FROM {table} ORDER BY {backwards} LIMIT 1", table, backwards=backwards)
        return self._connection.execute(statement).fetchone()

    def after(self, table: Table, key: Row | None, limit: int) -> list[Row]:
        marks = sql.SQL(", ").join(sql.Placeholder() * len(table.key))
        where = _composed("WHERE ({keys}) > ({marks})", table, marks=marks) if key is not None else sql.SQL("")
        statement = _composed("SELECT {columns} FROM {table} {where} ORDER BY {keys} LIMIT %s", table, where=where)
        rows = self._connection.execute(statement, (*(key or ()), limit)).fetchall()
        return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows]

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        marks = sql.SQL(", ").join(sql.Placeholder() * len(table.columns))
        statement = _composed("INSERT INTO {table} ({columns}) VALUES ({marks})", table, marks=marks)
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(statement, rows)

    def numbered(self) -> int:
        row = self._connection.execute("SELECT last_value, is_called FROM outbox_id_seq").fetchone()
        return int(row[0]) if row and row[1] else 0

    def number_from(self, last: int) -> None:
        if last:
            self._connection.execute("SELECT setval('outbox_id_seq', %s)", (last,))


def copy(source: str, target: str, progress: Progress = lambda table, done, total: None) -> dict[str, int]:
    """Copy every row, then compare every row. How many there are, by table.

    Each store is a data folder or the address of a PostgreSQL. The target is empty, or was begun by an earlier copy
    from the same source. `progress` is told the table, the rows done and the rows there are, first of the copy, then
    ("comparing …") of the comparison. Raises `CopyFailed`, `DataFolderInUse` or `Busy`, each with a sentence for
    whoever runs Allié.
    """
    if source == target:
        raise CopyFailed("A store cannot be copied onto itself.")
    try:
        with ExitStack() as stack:
            here = stack.enter_context(_end(source))
            there = stack.enter_context(_end(target))
            for table in TABLES:
                _compare(table, here, there, up_to=there.last(table))
            for table in TABLES:
                _copy(table, here, there, progress)
            there.number_from(max(here.numbered(), there.numbered()))
            return {table.name: _compare(table, here, there, progress=progress) for table in TABLES}
    except (sqlite3.OperationalError, psycopg.OperationalError) as error:
        raise Busy(f"the copy stopped, and goes on when it is run again: {type(error).__name__}") from error


def _copy(table: Table, here: End, there: End, progress: Progress) -> None:
    total, done, key = here.count(table), there.count(table), there.last(table)
    progress(table.name, done, total)
    while rows := here.after(table, key, BATCH):
        there.write(table, rows)
        key = rows[-1][: len(table.key)]
        done += len(rows)
        progress(table.name, done, total)


def _compare(
    table: Table, here: End, there: End, up_to: Row | None = (), progress: Progress = lambda table, done, total: None
) -> int:
    """Compare row by row, all of them or as far as the key `up_to`. How many there are."""
    if up_to is None:
        return 0
    key, count, total = None, 0, here.count(table)
    while True:
        ours, theirs = here.after(table, key, BATCH), there.after(table, key, BATCH)
        if up_to:
            ours = ours[: len(theirs)]
        for mine, yours in zip(ours, theirs, strict=False):
            if mine != yours:
                raise CopyFailed(f"The stores differ in the table {table.name}: begin again with an empty one.")
        if len(ours) != len(theirs):
            raise CopyFailed(f"One store has more rows than the other in the table {table.name}.")
        count += len(ours)
        progress(f"comparing {table.name}", count, total)
        if len(ours) < BATCH:
            return count
        key = ours[-1][: len(table.key)]


def _composed(statement: str, table: Table, **parts: sql.Composable) -> sql.Composed:
    def names(columns: Sequence[str]) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, columns))

    given = {"table": sql.Identifier(table.name), "keys": names(table.key), "columns": names(table.columns), **parts}
    return sql.SQL(statement).format(**{name: part for name, part in given.items() if "{" + name + "}" in statement})


def _end(address: str) -> End:
    return DatabaseEnd(address) if "://" in address else FolderEnd(Path(address).expanduser())
