"""The connection to PostgreSQL lost between any two messages: it happened whole or not at all, and once in the end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.store import Busy, Message
from bot.store import postgres_statements as sql
from bot.store import shared_statements as shared
from bot.store.postgres import PostgresStore

sys.path.insert(0, str(Path(__file__).parent))

from acts import ACTS, TABLES, fill, uncovered
from cut import Wire

PASSING = ("at", "used_at", "due_at", "event", "taken_by", "taken_until", "free_at", "until", "begun")
PASSING += ("attempts", "count")  # counted again, when the word that it was counted is lost


@pytest.fixture
async def wire(empty_postgresql: str, tmp_path: Path) -> AsyncIterator[Wire]:
    async with Wire(empty_postgresql, tmp_path) as wire:
        yield wire


async def rows(address: str) -> set[tuple[Any, ...]]:
    """Everything in the database but ids made at random and moments, once nobody works in it any more."""
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        for _ in range(500):
            at_work = await connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle' AND backend_type = 'client backend'"
            )
            if await at_work.fetchone() == (0,):
                break
            await asyncio.sleep(0.01)
        found = set()
        for table in TABLES:
            cursor = await connection.execute(f"SELECT * FROM {table}".encode())  # noqa: S608 - the names above
            names = [column.name for column in cursor.description or ()]
            passing = {*PASSING} - ({"event"} if table != "due" else set())
            for row in await cursor.fetchall():
                kept = zip(names, row, strict=True)
                found.add((table, *(value for name, value in kept if name not in passing and name != "id")))
        return found


class Stage:
    """One store on a wire that is cut and mended again and again, and a look at the database past the wire."""

    def __init__(self, wire: Wire, address: str, store: PostgresStore) -> None:
        self.wire, self.address, self.store = wire, address, store

    async def insist(self, act) -> None:
        """As a platform does: again, until it is acknowledged."""
        for _ in range(200):
            try:
                await act(self.store)
            except Busy:
                self.let_go()
                await asyncio.sleep(0.02)
            else:
                return
        raise AssertionError("the store did not recover")

    async def fill(self) -> None:
        """Make the beginning, and keep a copy of it."""
        await self.past_the_wire("TRUNCATE " + ", ".join(TABLES))
        store = await PostgresStore.open(self.address)
        await fill(store)
        await store.close()
        await self.past_the_wire(*(f"CREATE TABLE beginning_{table} AS TABLE {table}" for table in TABLES))

    async def begin(self) -> None:
        await self.past_the_wire(
            "TRUNCATE " + ", ".join(TABLES),
            *(f"INSERT INTO {table} SELECT * FROM beginning_{table}" for table in TABLES),  # noqa: S608 - the names above
        )
        self.let_go()

    async def end(self) -> None:
        await self.past_the_wire(*(f"DROP TABLE IF EXISTS beginning_{table}" for table in TABLES))

    def let_go(self) -> None:
        """Of what was taken and not settled: here nobody goes on with it."""
        self.store.release([Message(number, "", {}) for number in self.store._replica.in_hand])

    async def past_the_wire(self, *statements: str) -> None:
        async with await psycopg.AsyncConnection.connect(self.address, autocommit=True) as connection:
            await connection.execute(";".join(statements).encode())


@asynccontextmanager
async def on_stage(wire: Wire, address: str) -> AsyncIterator[Stage]:
    store = await PostgresStore.open(wire.address)
    assert store._replica._beating is not None
    store._replica._beating.cancel()  # nothing but the act is on the wire
    stage = Stage(wire, address, store)
    try:
        await stage.fill()
        yield stage
    finally:
        await stage.end()
        await store.close()


async def lose_at_each(act, answers: bool, stage: Stage, *, statements: bool) -> None:
    wire, address = stage.wire, stage.address
    await stage.begin()
    before, begun = await rows(address), (wire.statements if statements else wire.messages)
    await act(stage.store)
    after, count = await rows(address), (wire.statements if statements else wire.messages) - begun
    assert count >= 1

    lost = 0
    for number in (count - 1,) if statements and not answers else range(count):
        await stage.begin()
        wire.cut_after(number + (not answers), statements=statements, answers=answers)
        try:
            async with asyncio.timeout(5):
                await act(stage.store)
        except Busy:
            lost += 1
        wire.cut()
        wire.mend()
        assert await rows(address) in (before, after), f"cut after {number} of {count}"

        await stage.past_the_wire("UPDATE outbox SET taken_by = NULL, taken_until = NULL")  # as time does
        stage.let_go()
        await stage.insist(act)
        assert await rows(address) == after, f"again, after a cut after {number} of {count}"
    assert lost


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_cut_at_each_statement_and_before_the_last_answer(act, wire, empty_postgresql):
    async with on_stage(wire, empty_postgresql) as stage:
        await lose_at_each(act, True, stage, statements=True)
        await lose_at_each(act, False, stage, statements=True)


async def test_every_statement_of_a_turn_and_of_a_send_is_among_those(wire, empty_postgresql):
    """A statement added without an act that executes it fails here."""
    executed: list[str] = []
    for act in ACTS:
        async with on_stage(wire, empty_postgresql) as stage:
            await stage.begin()
            wire.said.clear()
            await act(stage.store)
            executed += wire.said
    modules = (
        "postgres",
        "postgres_statements",
        "shared_statements",
        "postgres_turn",
        "postgres_broadcasts",
        "postgres_dead_letters",
    )
    others = [
        shared.CLEAN_ERASED,
        shared.CLEAN_MISUNDERSTOOD,
        *shared.CLEAN_DAILY,
        sql.CLEAN_COOLDOWNS,
        shared.NEW_SECRET,
    ]
    others += [statement for *_, statement in shared.CLEAN]
    missing = uncovered(modules, executed, others)
    assert not missing, "\n".join(missing)


@pytest.mark.long
@pytest.mark.parametrize("answers", [True, False], ids=["before it", "before its answer"])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_cut_at_every_message(act, answers, wire, empty_postgresql):
    async with on_stage(wire, empty_postgresql) as stage:
        await lose_at_each(act, answers, stage, statements=False)
