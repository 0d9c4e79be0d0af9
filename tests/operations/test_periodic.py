"""What is done by the clock survives whatever goes wrong in it, item by item, and says so."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalogue.sqlite import FILE
from bot.operations.counters import CountedEngine, Counters
from bot.operations.doctor import examine
from bot.operations.health import Health
from bot.operations.periodic import DUE_AT_ONCE, Cleaning, Reminders, again_and_again
from bot.settings import Settings
from bot.store import Busy, Store, StoreError
from tests.operations.conftest import Served

NOW = datetime.now(UTC)


async def remind(store: Store, chat: str, *keys: str, at: datetime = NOW) -> None:
    async def work(turn) -> None:
        turn.save({})
        for key in keys:
            turn.schedule("nudge", key, at, {})

    await store.turn(f"schedule:{chat}", chat, work, at=NOW)


@pytest.fixture
def reminders(store, engine) -> Reminders:
    return Reminders(store, CountedEngine(engine, Counters()))


# Reminders


async def test_one_person_who_stays_busy_holds_up_no_other_reminder(store, reminders) -> None:
    """More than are looked up at once, and the busy one's come first."""
    people = [f"telegram:{number}" for number in range(2 * DUE_AT_ONCE)]
    early = NOW - timedelta(days=1)
    await remind(store, "telegram:busy", *map(str, range(DUE_AT_ONCE)), at=early)
    await asyncio.gather(*(remind(store, person, "1") for person in people))
    free = asyncio.Event()

    async def long_turn(turn) -> None:
        await free.wait()

    busy = asyncio.create_task(store.turn("long", "telegram:busy", long_turn, at=NOW))
    await asyncio.sleep(0)
    with pytest.raises(StoreError, match="1 wait: an earlier message of this conversation is still in work"):
        await reminders.send()
    assert (await store.counts())["due"] == DUE_AT_ONCE
    free.set()
    await busy


async def test_a_persons_reminders_come_in_order_and_those_behind_a_stuck_one_wait_for_it(store) -> None:
    class Stubborn:
        """Refuses one reminder until it is told not to."""

        def __init__(self) -> None:
            self.refuses, self.handled = "second", list[str]()

        async def handle(self, event) -> None:
            if event.content.data["key"] == self.refuses:
                raise Busy("the catalogue does not answer")
            self.handled.append(event.content.data["key"])

            async def work(turn) -> None:
                turn.cancel("nudge", event.content.data["key"])

            await store.turn(event.id, event.chat, work, at=NOW)

    for number, key in enumerate(("first", "second", "third")):

        async def work(turn, key=key, number=number) -> None:
            turn.save({})
            turn.schedule("nudge", key, NOW - timedelta(minutes=10 - number), {})

        await store.turn(f"schedule:{key}", "telegram:1", work, at=NOW)
    engine = Stubborn()
    with pytest.raises(StoreError):
        await Reminders(store, engine).send()
    assert engine.handled == ["first"]
    engine.refuses = ""
    await Reminders(store, engine).send()
    assert engine.handled == ["first", "second", "third"]


# Cleaning


@pytest.fixture
def broken(store) -> Callable[[str], None]:
    """Has a table of the store under another name: what needs it fails, as after a hand in the wrong place."""

    def have(statement: str) -> None:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
            connection.execute(statement)

    return have


class NoMissions:
    async def write(self, work) -> None:
        pass


async def test_what_cannot_be_cleaned_keeps_nothing_else_and_is_named_until_it_can_be(store, broken, caplog) -> None:
    await remind(store, "telegram:idle")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        connection.execute("UPDATE seen SET at = 0")
    health = Health(store)
    cleaning = Cleaning(store, NoMissions(), health)
    broken("ALTER TABLE parked RENAME TO away")
    assert not await health.attempt("cleaning", cleaning.clean)
    assert {failure.what for failure in health.failures} == {
        "cleaning",
        *(f"cleaning: {what}" for what in ("attempts", "parked", "idle", "idle with reminders")),
    }
    assert "cleaning: parked: the database is damaged (no such table: parked)" in caplog.text
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM seen").fetchone() == (0,)
    broken("ALTER TABLE away RENAME TO parked")
    assert await health.attempt("cleaning", cleaning.clean)
    assert health.failures == []


async def test_what_another_process_does_from_now_on_is_not_called_failing_here(store) -> None:
    async def fails() -> None:
        raise StoreError("it was")

    health = Health(store)
    await health.attempt("cleaning", fails)
    await health.attempt("cleaning: seen", fails)
    await health.attempt("reading missions", fails)
    health.rests("cleaning")
    assert [failure.what for failure in health.failures] == ["reading missions"]


async def test_it_is_done_again_whatever_it_raises_and_the_log_says_so_once(store, caplog) -> None:
    times, often = 0, asyncio.Event()

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 6:
            often.set()
        if times < 4:
            raise RuntimeError("what she wrote")

    health = Health(store)
    with caplog.at_level(logging.INFO):
        task = asyncio.create_task(again_and_again(health, "working", work, 0.001))
        await often.wait()
    task.cancel()
    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("working")]
    assert len(said) == 2
    assert said[0].startswith("working: RuntimeError at test_periodic.py:")
    assert said[1] == "working: well again"
    assert "what she wrote" not in caplog.text


# The whole server


async def test_a_damaged_file_of_missions_is_said_everywhere_and_stops_nothing_else(
    served: Served, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / FILE).write_bytes(os.urandom(8_192))
    async with served() as client:
        for _ in range(100):
            async with client.get("/healthz") as response:
                status, said = response.status, await response.text()
            if said.count("cleaning") == 2:
                break
            await asyncio.sleep(0.05)
        assert (status, said) == (200, "ok, but this fails: cleaning: needs, cleaning\n")
        async with client.get("/readyz") as response:
            assert response.status == 200
        async with client.get("/metrics") as response:
            assert "allie_work_failing 2.0" in await response.text()
        checks = {check.subject: check for check in await asyncio.to_thread(lambda: list(examine(Settings(folder))))}
    assert f"{FILE} is damaged" in caplog.text
    assert not checks["missions"].is_fine
    assert "move the file away" in checks["missions"].finding
    assert not checks["work by the clock"].is_fine
