"""Where a store keeps its things, for each engine: the same stories are told of both."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlite_utils import Database

from bot.store import Message, Store, Turn
from bot.store.postgres import PostgresStore
from bot.store.priority import Priority
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))

from acts import TABLES

NOW = datetime.now(UTC).replace(microsecond=0)


class SqlitePlace:
    """A data folder. One process at a time."""

    engine = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder)

    async def open(self) -> Store:
        return SqliteStore.open(self.folder)

    async def rows(self) -> list[tuple[Any, ...]]:
        """Every row of every table."""
        connection = sqlite3.connect(self.folder / "allie.sqlite3")
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = [(table, *row.values()) for table in tables for row in Database(connection)[table].rows]
        connection.close()
        return found


class PostgresPlace:
    """A database. Any number of processes."""

    engine = "postgresql"

    def __init__(self, address: str) -> None:
        self.address = address

    async def open(self) -> Store:
        return await PostgresStore.open(self.address)

    async def rows(self) -> list[tuple[Any, ...]]:
        """Every row of every table, but for who serves."""
        async with await psycopg.AsyncConnection.connect(self.address) as connection:
            found: list[tuple[Any, ...]] = []
            for table in (*TABLES, "secret"):
                cursor = await connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
                found += [(table, *row) for row in await cursor.fetchall()]
            return found


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> SqlitePlace | PostgresPlace:
    if request.param == "sqlite":
        return SqlitePlace(tmp_path / "data")
    return PostgresPlace(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
async def store(place: SqlitePlace | PostgresPlace) -> AsyncIterator[Store]:
    store = await place.open()
    yield store
    await store.close()


class Talker:
    """People who talk: each message is a turn, numbered for the whole test."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.number = 0

    async def say(
        self,
        person: str,
        *texts: str,
        at: datetime = NOW,
        priority: Priority = Priority.REPLY,
        event: str | None = None,
        **session: Any,
    ) -> Any:
        """A turn of `person` that counts itself in the session and sends each text."""
        self.number += 1

        async def work(turn: Turn) -> int:
            before = turn.session or {"count": 0}
            turn.save({**before, **session, "count": before["count"] + 1})
            for text in texts:
                turn.send({"text": text}, priority=priority)
            return int(before["count"]) + 1

        return await self.store.turn(event or f"telegram:{self.number}", person, work, at=at)

    async def session(self, person: str) -> dict[str, Any] | None:
        """What is kept, read by a turn that changes nothing but the ids seen."""
        self.number += 1

        async def work(turn: Turn) -> dict[str, Any] | None:
            return turn.session

        done = await self.store.turn(f"look:{self.number}", person, work, at=NOW)
        return done.value

    async def erase(self, person: str, *texts: str, at: datetime = NOW) -> Any:
        self.number += 1

        async def work(turn: Turn) -> None:
            turn.forget()
            turn.save({"never": "kept"})
            for text in texts:
                turn.send({"text": text})

        return await self.store.turn(f"telegram:{self.number}", person, work, at=at)

    async def next(
        self, limit: int = 10, *, priority: Priority = Priority.REPLY, without: tuple[str, ...] = ()
    ) -> list[Message]:
        return await self.store.take("telegram", limit, priority=priority, without=without)


@pytest.fixture
def people(store: Store) -> Talker:
    return Talker(store)


@pytest.fixture
def talker() -> type[Talker]:
    """For a test that opens its stores itself."""
    return Talker


@pytest.fixture
def noon() -> datetime:
    return NOW
