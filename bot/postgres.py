"""What the rooms that keep things in PostgreSQL share: how to connect, and how tables are brought up to date."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from bot.errors import Busy, StoreError

__all__ = ["CONNECTING", "Migrations"]

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
