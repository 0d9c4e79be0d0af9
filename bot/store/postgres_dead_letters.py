"""What an operator sees of the PostgreSQL store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import psycopg

from bot.postgres import marked
from bot.store.shared_dead_letters import SharedDeadLetters

__all__ = ["PostgresDeadLetters"]

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

DROP_PARKED = """
WITH tries AS (DELETE FROM attempt WHERE event = %(event)s) DELETE FROM parked WHERE event = %(event)s
"""


class PostgresDeadLetters(SharedDeadLetters):
    """See `DeadLetters`."""

    waiting_statement = """
SELECT split_part(chat, ':', 1), lane, count(*), min(at) FROM outbox WHERE stopped = 0 GROUP BY 1, 2 ORDER BY 1, 2
"""

    def __init__(self, connected: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        self._connected = connected

    async def drop_parked(self, event: str) -> bool:
        async with self._connected() as connection:
            return (await connection.execute(DROP_PARKED, {"event": event})).rowcount > 0

    async def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        async with self._connected() as connection:
            return await (await connection.execute(marked(statement))).fetchall()

    async def _count(self, statement: str, values: tuple[Any, ...]) -> int:
        async with self._connected() as connection:
            return (await connection.execute(marked(statement), values)).rowcount
