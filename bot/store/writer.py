"""The one writer of the SQLite store: group commit.

Whoever wants to write hands in a job and waits for its commit. All the jobs that wait at a moment run in one
transaction, a savepoint each, so that one COMMIT (one fsync) serves them all and a failing job is rolled back alone.
Killed before the COMMIT, none of them happened; a job is acknowledged only after it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from bot.store import Busy

__all__ = ["Writer", "connect"]

GROUP_LIMIT = 256
"""Jobs a transaction at most, so that none waits long behind the others."""

Job = Callable[[sqlite3.Connection], Any]


@dataclass(slots=True)
class Waiting:
    """A job, and who is told when it is committed."""

    job: Job
    future: asyncio.Future[Any]
    truncate: bool = False
    value: Any = None
    error: BaseException | None = None


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode. Writers overwrite what they delete and sync every commit."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute("PRAGMA busy_timeout = 2000")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    return connection


class Writer:
    """A thread that owns the writing connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, job: Job, *, truncate: bool = False) -> Any:
        """Run `job` in a transaction and return its value once that is committed.

        `truncate` also empties the write-ahead log, so that nothing erased survives in it. Raises what `job` raises,
        or `Busy` when the database cannot be written.
        """
        future = asyncio.get_running_loop().create_future()
        self._queue.put(Waiting(job, future, truncate))
        return await future

    async def close(self) -> None:
        """Commit what waits, then stop and close the connection."""
        self._queue.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)

    def _run(self) -> None:
        closing = False
        while not closing:
            first = self._queue.get()
            group = [] if first is None else [first]
            closing = first is None
            while len(group) < GROUP_LIMIT and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    closing = True
                else:
                    group.append(following)
            if group:
                self._commit(group)
                loop = group[0].future.get_loop()
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_tell, group)
        self._connection.close()

    def _commit(self, group: list[Waiting]) -> None:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            for waiting in group:
                self._attempt(waiting, alone=len(group) == 1)
            if len(group) == 1 and group[0].error is not None:
                connection.execute("ROLLBACK")
            else:
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            # The disk is full, or another program holds the database: none of the group happened.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            for waiting in group:
                waiting.error = Busy(f"the database cannot be written: {error}")
            return
        if any(waiting.truncate for waiting in group):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _attempt(self, waiting: Waiting, *, alone: bool) -> None:
        connection = self._connection
        if not alone:
            connection.execute("SAVEPOINT job")
        try:
            waiting.value = waiting.job(connection)
        except sqlite3.OperationalError:
            raise
        except Exception as error:
            waiting.error = error
            if not alone:
                connection.execute("ROLLBACK TO job")
        if not alone:
            connection.execute("RELEASE job")


def _tell(group: list[Waiting]) -> None:
    for waiting in group:
        if waiting.future.done():  # whoever waited was cancelled
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.value)
