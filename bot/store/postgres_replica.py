"""One process among several on the same PostgreSQL: its heartbeat, what it has in hand, and what it is elected for.

A process that is not heard of for `LEASE` seconds, by the database's clock or by another's own, has nothing in hand any
more: others send what it had taken, take over its periodic work and its quota of what the platform allows. Locks of a
vanished host go with its connections, which the server gives up after about as long (`postgres_timeouts.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from bot.postgres import CONNECTING
from bot.store.postgres_timeouts import OF_A_REPLICA, cut, hurried

__all__ = ["LEASE", "Replica", "uptime"]

log = logging.getLogger(__name__)

LEASE = 10.0
"""Seconds that what is in hand stays in hand without a sign of life."""
HEARTBEAT_EVERY = 1.0
"""Seconds between two signs of life."""
HEARD = """
INSERT INTO replica (id, heard) VALUES (%(me)s, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET heard = excluded.heard
"""
SILENT = """
DELETE FROM replica
WHERE heard < clock_timestamp() - make_interval(secs => %(lease)s)
   OR (id = ANY(%(silent)s) AND heard = ANY(%(last_heard)s))
"""
LIVING = "SELECT id, heard FROM replica"
RENEW = """
UPDATE outbox SET taken_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE id = ANY(%(ids)s) AND taken_by = %(me)s
RETURNING id
"""
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The first is Linux's; elsewhere the second does the same, or as well as it can."""
TRY = "SELECT pg_try_advisory_lock(hashtextextended('allie:' || %s, 0))"


def uptime() -> float:
    """Seconds, on a clock that nobody sets and that goes on while the machine sleeps, as the database's does."""
    return time.clock_gettime(CLOCK)


class Replica:
    """Keeps this process alive in the eyes of the others, from `begin` to `end`."""

    def __init__(self, url: str) -> None:
        self.id = secrets.token_hex(8)
        self._quota, self._quota_before = 0.0, 1.0
        """What the last two heartbeats came to: what one who leaves gives up is not used before a second is over."""
        self._quota_from: float | None = None
        """When the others must have noticed that there is one more, on our own clock."""
        self._heartbeat_at = 0.0
        self._others: dict[str, tuple[datetime, float]] = {}
        """The last sign of life of each of the others, and since when we know it."""
        self._url = url
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None
        self._alone = asyncio.Lock()
        self._elected: set[str] = set()
        self._in_hand: dict[int, float] = {}
        """What is in hand, and until when on our own clock unless it is renewed."""
        self._beating: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """The first sign of life. Raises `psycopg.OperationalError` if the database does not answer."""
        await self._heartbeat()
        self._beating = asyncio.create_task(self._beat())

    async def end(self, within: float) -> None:
        """Say goodbye: the others need not wait to notice. A database that does not hear it in time is left."""
        try:
            async with asyncio.timeout(within):
                await self._alone.acquire()
        except TimeoutError:
            if self._connection is not None:
                cut(self._connection)  # what is being asked of it fails now
            await self._alone.acquire()
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error, OSError), hurried(self._connection, within):
                await self._connection.execute("SELECT pg_advisory_unlock_all()")
                await self._connection.execute("DELETE FROM replica WHERE id = %s", (self.id,))
        await self._drop()
        self._alone.release()

    async def elected(self, name: str) -> bool:
        """Whether the periodic work `name` is this process's; it is until its connection ends."""
        try:
            async with self._alone:
                connection = await self._connected()
                with hurried(connection):
                    if name in self._elected:
                        await connection.execute("SELECT 1")  # a lock is as good as its connection
                        return True
                    row = await (await connection.execute(TRY, (name,))).fetchone()
                if row is not None and row[0]:
                    self._elected.add(name)
                return name in self._elected
        except (psycopg.Error, OSError) as error:
            log.warning("not elected for %s: the database does not answer (%s)", name, type(error).__name__)
            await self._drop()
            return False

    @property
    def roles(self) -> frozenset[str]:
        """What this process is elected for."""
        return frozenset(self._elected)

    @property
    def quota(self) -> float:
        """This process's quota of what a platform allows: none once it may have missed that there is one more."""
        return self._quota if uptime() < self._heartbeat_at + 2 * HEARTBEAT_EVERY else 0.0

    def took(self, ids: Iterable[int], at: float) -> None:
        """These were taken at `at` on our own clock, for `LEASE` seconds."""
        self._in_hand.update(dict.fromkeys(ids, at + LEASE))

    def gave(self, ids: Iterable[int]) -> None:
        for id in ids:
            self._in_hand.pop(id, None)

    def holds(self, id: int) -> bool:
        """Whether a message is still in hand; a second of doubt counts as no."""
        return self._in_hand.get(id, 0.0) > uptime() + 1.0

    @property
    def in_hand(self) -> list[int]:
        return list(self._in_hand)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_EVERY)
            try:
                await self._heartbeat()
            except (psycopg.Error, OSError) as error:
                log.warning("no sign of life: the database does not answer (%s)", type(error).__name__)
                await self._drop()

    async def _heartbeat(self) -> None:
        async with self._alone:
            connection = await self._connected()
            at, ids = uptime(), self.in_hand
            silent = {id: heard for id, (heard, since) in self._others.items() if at - since > LEASE}
            values = {
                "me": self.id,
                "lease": LEASE,
                "ids": ids,
                "silent": list(silent),
                "last_heard": list(silent.values()),
            }
            with hurried(connection):
                await connection.execute(HEARD, values)
                await connection.execute(SILENT, values)
                living = dict(await (await connection.execute(LIVING, values)).fetchall())
                renewed = await (await connection.execute(RENEW, values)).fetchall() if ids else []
        self._note(living, at)
        count = len(living)
        if self._quota_from is None:
            self._quota_from = at if count == 1 else uptime() + 2 * HEARTBEAT_EVERY
        # One who has just come takes no quota until the others have noticed.
        quota = 1.0 / count if at >= self._quota_from else 0.0
        self._quota, self._quota_before, self._heartbeat_at = min(quota, self._quota_before), quota, at
        ours = {id for (id,) in renewed}
        self.gave(set(ids) - ours)  # others took them over while we stood still, or they left the outbox
        self.took((id for id in ours if id in self._in_hand), at)

    def _note(self, living: dict[str, datetime], at: float) -> None:
        """When each of the others was last heard of anew, on our own clock: the database's may be set back."""
        self._others = {
            id: self._others[id] if id in self._others and self._others[id][0] == heard else (heard, at)
            for id, heard in living.items()
            if id != self.id
        }

    async def _connected(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        if self._connection is None or self._connection.closed:
            self._elected.clear()
            self._connection = await psycopg.AsyncConnection.connect(
                self._url, autocommit=True, row_factory=tuple_row, options=OF_A_REPLICA, **CONNECTING
            )
        return self._connection

    async def _drop(self) -> None:
        """Without the connection there is no election."""
        self._elected.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error, OSError):
                await connection.close()
