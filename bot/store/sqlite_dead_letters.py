"""What an operator sees of the SQLite store."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sqlite import Explained
from bot.store import shared_statements as shared
from bot.store.dead_letters import AnswerVotes, Misunderstood, ParkedEvent, RefusedReply, Waiting
from bot.store.priority import Priority
from bot.store.text import opened
from bot.store.unit_of_work import date_of
from bot.store.writer import DATABASE, Writer, connect

__all__ = ["SqliteDeadLetters"]

DROP_PARKED = "DELETE FROM parked WHERE event = ?"
DROP_ATTEMPTS = "DELETE FROM attempt WHERE event = ?"
WAITING = """
SELECT substr(chat, 1, instr(chat, ':') - 1), lane, count(*), min(at) FROM outbox WHERE stopped = 0
GROUP BY 1, 2 ORDER BY 1, 2
"""


class SqliteDeadLetters:
    """See `DeadLetters`. Long lists are read by a connection of their own, out of the way of turns."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self._path = path
        self._writer = writer

    async def parked(self) -> list[ParkedEvent]:
        return [
            ParkedEvent(event, chat, raw, error, _moment(at), tries)
            for event, chat, raw, error, at, tries in await self._rows(shared.PARKED)
        ]

    async def drop_parked(self, event: str) -> bool:
        def job(db: sqlite3.Connection) -> bool:
            db.execute(DROP_ATTEMPTS, (event,))
            return db.execute(DROP_PARKED, (event,)).rowcount > 0

        done: bool = await self._writer.write(job)
        return done

    async def refused(self) -> list[RefusedReply]:
        return [
            RefusedReply(id, chat, opened(body), reason, _moment(at))
            for id, chat, body, reason, at in await self._rows(shared.REFUSED)
        ]

    async def drop_refused(self, id: int) -> bool:
        done: int = await self._writer.write(lambda db: db.execute(shared.DROP_REFUSED, (id,)).rowcount)
        return done > 0

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
        dropped: int = await self._writer.write(lambda db: db.execute(shared.DROP_MISUNDERSTOOD).rowcount)
        return dropped

    async def _rows(self, statement: str) -> list[Any]:
        return await asyncio.to_thread(_read, self._path, statement)


def _read(path: Path, statement: str) -> list[Any]:
    with Explained(DATABASE), closing(connect(path, read_only=True)) as connection:
        return connection.execute(statement).fetchall()


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
