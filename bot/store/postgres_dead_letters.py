"""What an operator sees of the PostgreSQL store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import psycopg

from bot.postgres import marked
from bot.store import shared_statements as shared
from bot.store.dead_letters import AnswerVotes, Misunderstood, ParkedEvent, RefusedReply, Waiting
from bot.store.priority import Priority
from bot.store.text import opened
from bot.store.unit_of_work import date_of

__all__ = ["PostgresDeadLetters"]

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

DROP_PARKED = """
WITH tries AS (DELETE FROM attempt WHERE event = %(event)s) DELETE FROM parked WHERE event = %(event)s
"""
WAITING = """
SELECT split_part(chat, ':', 1), lane, count(*), min(at) FROM outbox WHERE stopped = 0 GROUP BY 1, 2 ORDER BY 1, 2
"""


class PostgresDeadLetters:
    """See `DeadLetters`."""

    def __init__(self, connected: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        self._connected = connected

    async def parked(self) -> list[ParkedEvent]:
        return [
            ParkedEvent(event, chat, raw, error, _moment(at), tries)
            for event, chat, raw, error, at, tries in await self._rows(shared.PARKED)
        ]

    async def drop_parked(self, event: str) -> bool:
        return await self._count(DROP_PARKED, {"event": event}) > 0

    async def refused(self) -> list[RefusedReply]:
        return [
            RefusedReply(id, chat, opened(body), reason, _moment(at))
            for id, chat, body, reason, at in await self._rows(shared.REFUSED)
        ]

    async def drop_refused(self, id: int) -> bool:
        return await self._count(shared.DROP_REFUSED, (id,)) > 0

    async def waiting(self) -> list[Waiting]:
        return [
            Waiting(channel, Priority(priority), messages, _moment(at))
            for channel, priority, messages, at in await self._rows(WAITING)
        ]

    async def misunderstood(self) -> list[Misunderstood]:
        return [
            Misunderstood(text, language, topic, count, date_of(last))
            for text, language, topic, count, last in await self._rows(shared.UNDERSTOOD_BY_NOBODY)
        ]

    async def answer_votes(self) -> list[AnswerVotes]:
        return [AnswerVotes(*row) for row in await self._rows(shared.VOTES)]

    async def drop_misunderstood(self) -> int:
        return await self._count(shared.DROP_MISUNDERSTOOD, ())

    async def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        async with self._connected() as connection:
            return await (await connection.execute(marked(statement))).fetchall()

    async def _count(self, statement: str, values: Any) -> int:
        async with self._connected() as connection:
            return (await connection.execute(marked(statement), values)).rowcount


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
