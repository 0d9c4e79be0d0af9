"""The connection to PostgreSQL lost between any two messages: it happened whole or not at all, and once in the end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.store import Busy, Message, Parked
from bot.store.postgres import PostgresStore

sys.path.insert(0, str(Path(__file__).parent))

from cut import Wire

ZOE, MAX = "telegram:4711", "telegram:4712"
AT = datetime.now(UTC)
TABLES = ("conversation", "seen", "outbox", "refused", "record", "due", "attempt", "parked")
PASSING = ("at", "used_at", "due_at", "event", "taken_by", "taken_until")


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


async def a_turn(store):
    async def work(turn):
        turn.save({"count": (turn.session or {"count": 0})["count"] + 1})
        turn.send({"text": "one"})
        turn.send({"text": "two"})
        turn.answer([{"text": "one"}])
        turn.put("favourite", "1", {"name": "the swallows"})
        turn.schedule("nudge", "1", AT, {})

    await store.turn("event:1", ZOE, work, at=AT)


async def an_erasure(store):
    async def work(turn):
        turn.forget()
        turn.send({"text": "It is done."})

    await store.turn("erase", MAX, work, at=AT)


async def a_delivery(store):
    for message in await store.take("telegram", 10):
        await store.delivered(message)


async def a_refusal(store):
    for message in await store.take("telegram", 10):
        await store.refused(message, "bad")


async def an_event_set_aside(store):
    await store.park(Parked("event:1", ZOE, "{}", "ValueError", AT), [{"text": "Sorry"}], outbox=True)


async def fill(store):
    async def work(turn):
        turn.save({"count": 1})
        turn.send({"text": "hello"})

    await store.turn("event:0", MAX, work, at=AT)


ACTS = [a_turn, an_erasure, a_delivery, a_refusal, an_event_set_aside]


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

    async def begin(self) -> None:
        await self.past_the_wire("TRUNCATE conversation, seen, outbox, refused, record, due, attempt, parked")
        self.let_go()
        await self.insist(fill)

    def let_go(self) -> None:
        """Of what was taken and not settled: here nobody goes on with it."""
        self.store.release([Message(number, "", {}) for number in self.store._replica.in_hand])

    async def past_the_wire(self, statement: str) -> None:
        async with await psycopg.AsyncConnection.connect(self.address, autocommit=True) as connection:
            await connection.execute(statement.encode())


async def lose_at_each(act, answers: bool, wire: Wire, address: str, every: int) -> None:
    store = await PostgresStore.open(wire.address)
    try:
        await lose(Stage(wire, address, store), act, answers, every)
    finally:
        await store.close()


async def lose(stage: Stage, act, answers: bool, every: int) -> None:
    wire, address = stage.wire, stage.address
    await stage.begin()
    before, begun = await rows(address), wire.messages
    await act(stage.store)
    after, messages = await rows(address), wire.messages - begun
    assert messages > 5

    lost = 0
    for number in range(1, messages + 1, every):
        await stage.begin()
        wire.cut_after(number, answers=answers)
        try:
            async with asyncio.timeout(5):
                await act(stage.store)
        except Busy:
            lost += 1
        wire.cut()
        wire.mend()
        assert await rows(address) in (before, after), f"cut after {number} of {messages} messages"

        await stage.past_the_wire("UPDATE outbox SET taken_by = NULL, taken_until = NULL")  # as time does
        stage.let_go()
        await stage.insist(act)
        assert await rows(address) == after, f"again, after a cut after {number} of {messages} messages"
    assert lost


@pytest.mark.parametrize("answers", [True, False], ids=["before it", "before its answer"])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_cut_at_a_message(act, answers, wire, empty_postgresql):
    await lose_at_each(act, answers, wire, empty_postgresql, every=5)


@pytest.mark.long
@pytest.mark.parametrize("answers", [True, False], ids=["before it", "before its answer"])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_cut_at_every_message(act, answers, wire, empty_postgresql):
    await lose_at_each(act, answers, wire, empty_postgresql, every=1)
