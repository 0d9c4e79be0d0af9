"""What an operator sees of the SQLite store."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.sqlite import Explained
from bot.store.shared_dead_letters import SharedDeadLetters
from bot.store.writer import DATABASE, Writer, connect

__all__ = ["SqliteDeadLetters"]

DROP_PARKED = "DELETE FROM parked WHERE event = ?"
DROP_ATTEMPTS = "DELETE FROM attempt WHERE event = ?"


class SqliteDeadLetters(SharedDeadLetters):
    """See `DeadLetters`. Long lists are read by a connection of their own, out of the way of turns."""

    waiting_statement = """
SELECT substr(chat, 1, instr(chat, ':') - 1), lane, count(*), min(at) FROM outbox WHERE stopped = 0
GROUP BY 1, 2 ORDER BY 1, 2
"""

    def __init__(self, path: Path, writer: Writer) -> None:
        self._path = path
        self._writer = writer

    async def drop_parked(self, event: str) -> bool:
        def job(db: sqlite3.Connection) -> bool:
            db.execute(DROP_ATTEMPTS, (event,))
            return db.execute(DROP_PARKED, (event,)).rowcount > 0

        done: bool = await self._writer.write(job)
        return done

    async def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return await asyncio.to_thread(_read, self._path, statement)

    async def _count(self, statement: str, values: tuple[Any, ...]) -> int:
        changed: int = await self._writer.write(lambda db: db.execute(statement, values).rowcount)
        return changed


def _read(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with Explained(DATABASE), closing(connect(path, read_only=True)) as connection:
        return connection.execute(statement).fetchall()
