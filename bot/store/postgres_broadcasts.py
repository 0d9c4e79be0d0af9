"""Broadcasts in PostgreSQL: see `broadcasts.py`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg

from bot.postgres import marked
from bot.store import shared_statements as shared
from bot.store.broadcasts import Agreed, Broadcast
from bot.store.text import dumps, opened

__all__ = ["PostgresBroadcasts"]

Connected = Callable[[], AbstractAsyncContextManager[psycopg.AsyncConnection[tuple[Any, ...]]]]

# Few: what waits is a few hundred messages at most (`bot/broadcast/feeding.py`), and those for people on the web.
HOLD = "UPDATE outbox SET lane = 3 WHERE lane = 2 AND body::json ->> 'broadcast' = ?"
RESUME = "UPDATE outbox SET lane = 2 WHERE lane = 3 AND body::json ->> 'broadcast' = ?"
SHOWN = """
SELECT id, body, state, after, begun, people, handed, delivered, blocked, failed,
       (SELECT count(*) FROM outbox WHERE lane >= 2 AND outbox.body::json ->> 'broadcast' = broadcast.id),
       (SELECT count(*) FROM outbox WHERE lane >= 2 AND outbox.body::json ->> 'broadcast' = broadcast.id
        AND left(chat, 4) = 'web:')
FROM broadcast
"""
GET = f"{SHOWN} WHERE id = ?"
ALL = f"{SHOWN} ORDER BY begun, id"
UNDER_WAY = f"{SHOWN} WHERE state = 'sending' ORDER BY begun, id"
WAITING = "SELECT count(*) FROM outbox WHERE split_part(chat, ':', 1) = ? AND lane = 2 AND stopped = 0"


class PostgresBroadcasts:
    """`connected` gives a connection of the store's pool; `has_outbox` is set when there is something to send."""

    def __init__(self, connected: Connected, has_outbox: asyncio.Event) -> None:
        self._connected = connected
        self._has_outbox = has_outbox

    async def begin(self, id: str, body: dict[str, Any], people: int, at: datetime) -> Broadcast:
        async with self._connected() as connection, connection.transaction():
            await connection.execute(marked(shared.BEGIN_BROADCAST), (id, dumps(body), at.timestamp(), people))
            await connection.execute(marked(RESUME), (id,))
        self._has_outbox.set()
        return (await self._shown(GET, (id,)))[0]

    async def stop(self, id: str) -> Broadcast | None:
        async with self._connected() as connection, connection.transaction():
            await connection.execute(marked(shared.STOP_BROADCAST), (id,))
            await connection.execute(marked(HOLD), (id,))
        return await self.get(id)

    async def get(self, id: str) -> Broadcast | None:
        return next(iter(await self._shown(GET, (id,))), None)

    async def all(self) -> list[Broadcast]:
        return await self._shown(ALL)

    async def under_way(self) -> list[Broadcast]:
        return await self._shown(UNDER_WAY)

    async def agreed(self, after: str, before: datetime, limit: int) -> list[Agreed]:
        rows = await self._read(shared.AGREED, (after, before.timestamp(), limit))
        return [Agreed(chat, opened(body), opened(session) if session else {}) for chat, body, session in rows]

    async def hand_over(
        self,
        broadcast: Broadcast,
        messages: Sequence[tuple[str, dict[str, Any]]],
        *,
        after: str,
        done: bool,
        at: datetime,
    ) -> None:
        come_to = ("" if done else after, "done" if done else "sending", broadcast.id, broadcast.after)
        rows = [(dumps(body), at.timestamp(), chat) for chat, body in messages]
        async with self._connected() as connection, connection.transaction():
            if (await connection.execute(marked(shared.GO_ON), come_to)).rowcount:
                async with connection.cursor() as cursor:
                    if rows:
                        await cursor.executemany(marked(shared.HAND), rows)
                    await connection.execute(marked(shared.HANDED), (cursor.rowcount if rows else 0, broadcast.id))
        self._has_outbox.set()

    async def waiting(self, channel: str) -> int:
        return int((await self._read(WAITING, (channel,)))[0][0])

    async def _shown(self, statement: str, values: tuple[Any, ...] = ()) -> list[Broadcast]:
        return [
            Broadcast(id, opened(body), state, after, datetime.fromtimestamp(begun, UTC), *counts)
            for id, body, state, after, begun, *counts in await self._read(statement, values)
        ]

    async def _read(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        async with self._connected() as connection:
            return await (await connection.execute(marked(statement), values or None)).fetchall()
