"""What the rooms that keep things in PostgreSQL share: how to connect, what its errors mean, how tables are brought up
to date."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from bot.errors import Busy, Damaged, StoreError

__all__ = ["CONNECTING", "Explained", "Migrations", "marked", "meaning"]

CONNECTING: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    "application_name": f"allie {socket.gethostname()} {os.getpid()}"[:63],
}
"""What every connection asks of our own side, to notice a server that vanished; by its name the server shows whose it
is."""

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('allie:migrate', 0))"

ONLY_READS = "25006"
LOCKED = "55P03"
NO_RIGHT = "42501"
MISSING = frozenset({"42P01", "42703", "3F000"})
"""A table, a column, a schema."""
UNREADABLE = frozenset({"XX001", "XX002"})
TIMED_OUT = frozenset({"25P02", "25P03", "25P04"})
"""The server ended a transaction that took too long."""
COME_AGAIN = ("08", "40", "53", "55", "57", "58")
"""Classes of errors that pass or that somebody mends from outside: connection, two at once, disk or memory full, in
use, stopped, the host's own errors."""


@cache
def marked(statement: str) -> bytes:
    """A statement of ours with the marks of this driver: `?` says where a value goes, as for SQLite."""
    return statement.replace("?", "%s").encode()


def meaning(error: psycopg.Error, name: str, locked: str = "") -> StoreError | None:
    """What an error of the driver means for whoever asked: `Busy`, come again; another `StoreError`, somebody has to
    mend it; None, a mistake of ours. `locked` says what another transaction is at that holds a lock of ours."""
    state = error.sqlstate
    if state is None:  # the driver's own word
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return Busy(f"{name} does not answer: {type(error).__name__}") if lost else None
    if state == LOCKED and locked:
        return Busy(locked)
    if state == ONLY_READS:
        return Busy(f"{name} only reads just now")
    if state in TIMED_OUT or state[:2] in COME_AGAIN:
        return Busy(f"{name} does not answer: {type(error).__name__}")
    if state in MISSING:
        return StoreError(f"{name} lacks a table or a column: run `allie migrate` once, then start again")
    if state == NO_RIGHT:
        return StoreError(f"{name} does not let Allié's account do that: see `allie doctor`")
    if state in UNREADABLE:
        return Damaged(f"{name} is damaged: see its log, and restore the last copy")
    return None


class Explained:
    """`with explained:` has errors of the driver come out as what they mean; a mistake of ours comes out as it is."""

    def __init__(self, name: str, locked: str = "") -> None:
        self._name = name
        self._locked = locked

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, psycopg.Error) and (told := meaning(error, self._name, self._locked)) is not None:
            raise told from error


Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Migrations:
    """The numbered migrations of one room, by name and in order, and the table that remembers which were run.

    What was released is never changed: what follows is another migration.
    """

    steps: Mapping[str, tuple[str, ...]]
    ledger: str
    first: tuple[str, ...] = ()
    """What has to be there before the table is."""

    def run(self, url: str) -> list[str]:
        """Bring the database up to this version, each migration in a transaction with its record. Those that were run.

        Run by two at once, the second waits and finds nothing to do. Raises `StoreError` if the database belongs to a
        newer version, `Busy` if it does not answer.
        """
        with _connected(url) as connection:
            return [name for name in self.steps if self._apply(connection, name)]

    def check(self, url: str) -> int:
        """The server's version, if the database is as ours needs it. Raises `StoreError` with what to do if not."""
        with _connected(url) as connection:
            self.check_on(connection)
            return connection.info.server_version

    def check_on(self, connection: Connection) -> None:
        """Return if the database is as this version needs it, by a connection that is open already."""
        done = self._done(connection)
        if missing := [name for name in self.steps if name not in done]:
            raise StoreError(f"The database lacks {', '.join(missing)}: run `allie migrate` once, then start again.")

    def _apply(self, connection: Connection, name: str) -> bool:
        with connection.transaction():
            connection.execute(LOCK)
            if name in self._done(connection):
                return False
            for statement in (*self.first, self._new_ledger, *self.steps[name]):
                connection.execute(statement.encode())
            connection.execute(f"INSERT INTO {self.ledger} (name) VALUES (%s)".encode(), (name,))  # noqa: S608 - ours
            return True

    @property
    def _new_ledger(self) -> str:
        columns = "(name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"
        return f"CREATE TABLE IF NOT EXISTS {self.ledger} {columns}"

    def _done(self, connection: Connection) -> set[str]:
        """The migrations that the database has had."""
        exists = connection.execute("SELECT to_regclass(%s)", (self.ledger,)).fetchone()
        if exists is None or exists[0] is None:
            return set()
        done = {name for (name,) in connection.execute(f"SELECT name FROM {self.ledger}".encode())}  # noqa: S608 - ours
        if not done <= set(self.steps):
            raise StoreError(
                "The database was written by a newer Allié. Install that version again, or restore a backup."
            )
        return done


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    try:
        with psycopg.connect(url, autocommit=True, row_factory=tuple_row, connect_timeout=5) as connection:
            yield connection
    except psycopg.OperationalError as error:
        raise Busy(f"the database of ALLIE_DATABASE_URL does not answer: {_plainly(error)}") from None


def _plainly(error: psycopg.Error) -> str:
    """The first line of what the driver says: it names the host, never the password."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
