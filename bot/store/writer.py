"""The one writer of the SQLite store: group commit.

Whoever wants to write hands in a job and waits for its commit. All the jobs that wait at a moment run in one
transaction, so that one COMMIT (one fsync) serves them all; a job that fails is rolled back alone. The rows of ordinary
turns are written together, and one by one only if that fails. Killed before the COMMIT, none of them happened; a job is
acknowledged only after it, and one that erases only when nothing of what it erased is left in the files.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from bot.errors import StoreError
from bot.sqlite import meaning
from bot.store.secure_erase import Progress, SecureEraser
from bot.store.statements import Rows, write_rows

__all__ = ["DATABASE", "Writer", "connect"]

log = logging.getLogger(__name__)

DATABASE = "the database"
GROUP_LIMIT = 256
"""Jobs from which a transaction takes no more in, so that none waits long behind the others."""
PATIENCE = 2.0
"""Seconds to wait for another program that holds the database."""
ERASE_AGAIN = 5.0
"""Seconds before another attempt to overwrite what was erased, after one that another program kept from it."""
ERASING = "PRAGMA user_version = 1"
ERASED = "PRAGMA user_version = 0"
"""Written with what erases, and taken back when all is overwritten: killed in between, it is done at the next start."""

Job = Callable[[sqlite3.Connection], Any]


@dataclass(slots=True, eq=False)
class Waiting:
    """A job, and who is told when it is committed."""

    job: Job | Rows
    future: asyncio.Future[Any]
    erases: bool = False
    value: Any = None
    error: Exception | None = None
    settled: bool = False
    """It is committed, or failed, and whoever waits has been told or was gone."""

    def run(self, connection: sqlite3.Connection) -> None:
        if isinstance(self.job, Rows):
            write_rows(connection, (self.job,))
        else:
            self.value = self.job(connection)


def connect(path: Path, *, read_only: bool = False, patience: float = PATIENCE) -> sqlite3.Connection:
    """A connection in autocommit mode. Writers overwrite what they delete and sync every commit.

    `patience`: seconds to wait for another program that holds the database; next to none on the event loop.
    """
    connection = sqlite3.connect(path, patience, isolation_level=None, check_same_thread=False, cached_statements=256)
    connection.execute("PRAGMA temp_store = MEMORY")  # nothing of a person in a temporary file
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    return connection


class Writer:
    """A thread that owns the writing connection to the file at `path`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._queue: SimpleQueue[list[Waiting] | None] = SimpleQueue()
        self._coming: list[Waiting] = []
        """Who came in this round of the loop: they are handed to the thread together."""
        self._eraser = SecureEraser(path)
        self._erase_at = 0.0
        """When to try again to overwrite what was erased."""
        self._erasing: list[Waiting] = []
        """Who waits until all is overwritten that they erased; their commit is done."""
        if connection.execute("PRAGMA user_version").fetchone()[0]:
            self._eraser.begin()
        self.failing = False
        """The last commit could not be written."""
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, job: Job | Rows, *, erases: bool = False) -> Any:
        """Run `job` in a transaction and return its value once that is committed.

        `erases`: and once nothing of what it deleted is left in the files. Raises what `job` raises, or a `StoreError`
        when the database cannot be written. Cancelled, it still waits for the commit before it raises: whoever holds a
        conversation must not let go of it while its turn may yet be committed.
        """
        loop = asyncio.get_running_loop()
        waiting = Waiting(job, loop.create_future(), erases)
        if not self._coming:
            loop.call_soon(self._hand_over)
        self._coming.append(waiting)
        try:
            return await waiting.future
        except asyncio.CancelledError:
            if waiting.future.cancelled() and not waiting.settled:
                waiting.future = settled = loop.create_future()
                while not settled.done():
                    try:
                        await asyncio.wait({settled})
                    except asyncio.CancelledError:
                        continue
                settled.exception()  # whoever would be told is gone
            raise

    def _hand_over(self) -> None:
        coming, self._coming = self._coming, []
        if coming:
            self._queue.put(coming)

    async def close(self) -> None:
        """Commit what waits, then stop and close the connection."""
        self._hand_over()
        self._queue.put(None)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join)
        self._eraser.close()

    def _run(self) -> None:
        closing = False
        while not closing:
            group, closing = self._gather(wait=not self._eraser.in_work or self._erase_at > time.monotonic())
            if group:
                self._commit(group)
                erasing = [waiting for waiting in group if waiting.erases and waiting.error is None]
                if erasing:
                    self._erasing += erasing
                    self._eraser.begin()
                self._tell([waiting for waiting in group if waiting not in erasing] if erasing else group)
            if self._eraser.in_work and self._erase_at <= time.monotonic():
                self._erase()
        while self._erasing:
            self._erase()
        self._connection.close()

    def _gather(self, *, wait: bool) -> tuple[list[Waiting], bool]:
        """Who waits now, and whether no more will come. With `wait`, at least one of both."""
        group: list[Waiting] = []
        while len(group) < GROUP_LIMIT and ((wait and not group) or not self._queue.empty()):
            following = self._queue.get()
            if following is None:
                return group, True
            group += following
        return group, False

    def _tell(self, group: list[Waiting]) -> None:
        loop = group[0].future.get_loop() if group else None
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(_settle, group)

    def _commit(self, group: list[Waiting]) -> None:
        connection = self._connection
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            if len(group) == 1:
                group[0].run(connection)
            else:
                self._run_all(group)
            if any(waiting.erases for waiting in group):
                connection.execute(ERASING)
            connection.execute("COMMIT")
            self.failing = False
        except Exception as error:
            # The disk is full, or another program holds the database: none of the group happened.
            told = _told(error)
            self.failing = told is not None
            for waiting in group:
                waiting.error = told or error
            with contextlib.suppress(sqlite3.Error):  # what cannot be rolled back now is when the next begins
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _run_all(self, group: list[Waiting]) -> None:
        """Run each job; one that fails leaves its error and no trace."""
        connection = self._connection
        rows = [waiting.job for waiting in group if isinstance(waiting.job, Rows)]
        one_by_one = group
        connection.execute("SAVEPOINT together")
        try:
            write_rows(connection, rows)
            one_by_one = [waiting for waiting in group if not isinstance(waiting.job, Rows)]
        except Exception as error:
            if _told(error):
                raise
            connection.execute("ROLLBACK TO together")
        connection.execute("RELEASE together")
        for waiting in one_by_one:
            connection.execute("SAVEPOINT job")
            try:
                waiting.run(connection)
            except Exception as error:
                if _told(error):
                    raise
                waiting.error = error
                connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")

    def _erase(self) -> None:
        """Overwrite some more of what was erased; those who wait for it are told when it is all done.

        While another program reads the file it cannot be done: they are told all the same, and it is made good after
        one of the next commits.
        """
        try:
            self._connection.execute("PRAGMA busy_timeout = 1000")
            came = self._eraser.step(self._connection)
            fresh = connect(self._path)  # the old one remembers pages as they were
            self._connection.close()
            self._connection = fresh
            if came is Progress.DONE:
                fresh.execute(ERASED)
        except (sqlite3.Error, OSError) as error:
            log.error("what was erased is not overwritten yet: %s", error)
            came = Progress.BUSY
        if came is Progress.BUSY:
            if self._erasing:
                log.warning("another program reads the database: what was erased is overwritten when it ends")
            self._eraser.begin()
            self._erase_at = time.monotonic() + ERASE_AGAIN
        if came is not Progress.MORE:
            self._tell(self._erasing)
            self._erasing = []


def _told(error: Exception) -> StoreError | None:
    """What is wrong with the database itself; None, where only this job is wrong."""
    return meaning(error, DATABASE) if isinstance(error, sqlite3.Error) else None


def _settle(group: Sequence[Waiting]) -> None:
    for waiting in group:
        waiting.settled = True
        if waiting.future.done():  # whoever waited was cancelled
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.value)
