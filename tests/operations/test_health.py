"""The pages for supervisors and load balancers tell the truth."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.operations.health import Health
from bot.store import Busy
from bot.store.sqlite import SqliteStore


async def asked(client, path: str) -> tuple[int, str]:
    async with client.get(path) as response:
        return response.status, (await response.text()).strip()


async def test_at_work_it_is_alive_and_ready(served):
    async with served() as client:
        assert await asked(client, "/healthz") == (200, "ok")
        assert await asked(client, "/readyz") == (200, "ok")


async def test_stopping_it_is_alive_and_not_ready(store):
    health = Health(store)
    health.stop()
    assert health.problem() is None
    assert await health.unready() == "stopping"


async def test_when_what_must_run_has_ended_it_should_be_started_again(store):
    health = Health(store)
    task = asyncio.create_task(asyncio.sleep(0))
    health.watch("sending to Telegram", task)
    assert health.problem() is None
    await task
    assert health.problem() == "this has ended: sending to Telegram"
    assert await health.unready() == health.problem()


async def test_when_the_database_cannot_be_read_it_is_not_ready(tmp_path):
    store = SqliteStore.open(tmp_path)
    await store.close()
    assert await Health(store).unready() == "the store cannot take a turn just now"


async def test_what_could_not_be_written_makes_it_not_ready_until_it_can_be(store, tmp_path):
    async def turn(number: int) -> None:
        async def work(turn):
            turn.save({"said": "x" * 100_000})

        await store.turn(f"telegram:{number}", "telegram:1", work, at=datetime.now(UTC))

    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            await turn(1)
        with pytest.raises(Busy):
            await store.check()
        other.execute("ROLLBACK")
    await store.check()
    await turn(1)
    await store.check()
