"""Broadcasts in SQLite: see `broadcasts.py`."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.sqlite import Explained
from bot.store import shared_statements as shared
from bot.store.broadcasts import Agreed, Broadcast
from bot.store.text import dumps, opened
from bot.store.writer import DATABASE, Writer

__all__ = ["SqliteBroadcasts"]

EXPLAINED = Explained(DATABASE)

# Few: what waits is a few hundred messages at most (`bot/broadcast/feeding.py`), and those for people on the web.
HOLD = "UPDATE outbox SET lane = 3 WHERE lane = 2 AND json_extract(body, '$.broadcast') = ?"
RESUME = "UPDATE outbox SET lane = 2 WHERE lane = 3 AND json_extract(body, '$.broadcast') = ?"
SHOWN = """
SELECT id, body, state, after, begun, people, handed, delivered, blocked, failed,
       (SELECT count(*) FROM outbox WHERE lane >= 2 AND json_extract(outbox.body, '$.broadcast') = broadcast.id),
       (SELECT count(*) FROM outbox WHERE lane >= 2 AND json_extract(outbox.body, '$.broadcast') = broadcast.id
        AND substr(chat, 1, 4) = 'web:')
FROM broadcast
"""
GET = f"{SHOWN} WHERE id = ?"
ALL = f"{SHOWN} ORDER BY begun, id"
UNDER_WAY = f"{SHOWN} WHERE state = 'sending' ORDER BY begun, id"
WAITING = """
SELECT count(*) FROM outbox WHERE substr(chat, 1, instr(chat, ':') - 1) = ? AND lane = 2 AND stopped = 0
"""


class SqliteBroadcasts:
    """`has_outbox` is set when there is something to send."""

    def __init__(self, reader: sqlite3.Connection, writer: Writer, has_outbox: asyncio.Event) -> None:
        self._reader = reader
        self._writer = writer
        self._has_outbox = has_outbox

    async def begin(self, id: str, body: dict[str, Any], people: int, at: datetime) -> Broadcast:
        await self._writer.write(
            _doing((shared.BEGIN_BROADCAST, (id, dumps(body), at.timestamp(), people)), (RESUME, (id,)))
        )
        self._has_outbox.set()
        return self._shown(GET, (id,))[0]

    async def stop(self, id: str) -> Broadcast | None:
        await self._writer.write(_doing((shared.STOP_BROADCAST, (id,)), (HOLD, (id,))))
        return await self.get(id)

    async def get(self, id: str) -> Broadcast | None:
        return next(iter(self._shown(GET, (id,))), None)

    async def all(self) -> list[Broadcast]:
        return self._shown(ALL)

    async def under_way(self) -> list[Broadcast]:
        return self._shown(UNDER_WAY)

    async def agreed(self, after: str, before: datetime, limit: int) -> list[Agreed]:
        rows = self._read(shared.AGREED, (after, before.timestamp(), limit))
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
        state, now = "done" if done else "sending", at.timestamp()
        bodies = [(chat, dumps(body)) for chat, body in messages]

        def job(db: sqlite3.Connection) -> None:
            if db.execute(shared.GO_ON, ("" if done else after, state, broadcast.id, broadcast.after)).rowcount:
                handed = sum(db.execute(shared.HAND, (body, now, chat)).rowcount for chat, body in bodies)
                db.execute(shared.HANDED, (handed, broadcast.id))

        await self._writer.write(job)
        self._has_outbox.set()

    async def waiting(self, channel: str) -> int:
        return int(self._read(WAITING, (channel,))[0][0])

    def _shown(self, statement: str, values: tuple[Any, ...] = ()) -> list[Broadcast]:
        return [
            Broadcast(id, opened(body), state, after, datetime.fromtimestamp(begun, UTC), *counts)
            for id, body, state, after, begun, *counts in self._read(statement, values)
        ]

    def _read(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        with EXPLAINED:
            return self._reader.execute(statement, values).fetchall()


def _doing(*statements: tuple[str, tuple[Any, ...]]) -> Callable[[sqlite3.Connection], None]:
    def job(db: sqlite3.Connection) -> None:
        for statement, values in statements:
            db.execute(statement, values)

    return job
