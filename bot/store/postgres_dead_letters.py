"""What an operator sees of the PostgreSQL store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg

from bot.store.dead_letters import Misunderstood, ParkedEvent, RefusedReply, Waiting
from bot.store.priority import Priority
from bot.store.text import opened
from bot.store.unit_of_work import date_of

__all__ = ["PostgresDeadLetters"]

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

PARKED = b"""
SELECT parked.event, chat, raw, error, parked.at, coalesce(count, 0)
FROM parked LEFT JOIN attempt USING (event) ORDER BY parked.at, parked.event
"""
DROP_PARKED = b"""
WITH tries AS (DELETE FROM attempt WHERE event = %(event)s) DELETE FROM parked WHERE event = %(event)s
"""
REFUSED = b"SELECT id, chat, body, reason, at FROM refused ORDER BY id"
DROP_REFUSED = b"DELETE FROM refused WHERE id = %s"
WAITING = b"""
SELECT split_part(chat, ':', 1), lane, count(*), min(at) FROM outbox WHERE stopped = 0 GROUP BY 1, 2 ORDER BY 1, 2
"""
MISUNDERSTOOD = b"SELECT text, language, topic, count, day FROM misunderstood ORDER BY count DESC, day DESC, text"
DROP_MISUNDERSTOOD = b"DELETE FROM misunderstood"


class PostgresDeadLetters:
    """See `DeadLetters`."""

    def __init__(self, connected: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        self._connected = connected

    async def parked(self) -> list[ParkedEvent]:
        return [
            ParkedEvent(event, chat, raw, error, _moment(at), tries)
            for event, chat, raw, error, at, tries in await self._rows(PARKED)
        ]

    async def drop_parked(self, event: str) -> bool:
        return await self._count(DROP_PARKED, {"event": event}) > 0

    async def refused(self) -> list[RefusedReply]:
        return [
            RefusedReply(id, chat, opened(body), reason, _moment(at))
            for id, chat, body, reason, at in await self._rows(REFUSED)
        ]

    async def drop_refused(self, id: int) -> bool:
        return await self._count(DROP_REFUSED, (id,)) > 0

    async def waiting(self) -> list[Waiting]:
        return [
            Waiting(channel, Priority(priority), messages, _moment(at))
            for channel, priority, messages, at in await self._rows(WAITING)
        ]

    async def misunderstood(self) -> list[Misunderstood]:
        return [
            Misunderstood(text, language, topic, count, date_of(last))
            for text, language, topic, count, last in await self._rows(MISUNDERSTOOD)
        ]

    async def drop_misunderstood(self) -> int:
        return await self._count(DROP_MISUNDERSTOOD, ())

    async def _rows(self, statement: bytes) -> list[tuple[Any, ...]]:
        async with self._connected() as connection:
            return await (await connection.execute(statement)).fetchall()

    async def _count(self, statement: bytes, values: Any) -> int:
        async with self._connected() as connection:
            return (await connection.execute(statement, values)).rowcount


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
