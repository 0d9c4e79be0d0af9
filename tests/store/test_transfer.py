"""A store moved from a folder to PostgreSQL and back: every row, and nothing but these."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.store import DataFolderInUse, StoreError
from bot.store.opening import open_store
from bot.store.postgres import PostgresStore
from bot.store.priority import Priority
from bot.store.sqlite import SqliteStore
from bot.store.transfer import BATCH, TABLES, CopyFailed, copy

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

ZOE = "telegram:4711"
EVERYTHING = [table.name for table in TABLES]


async def fill(store, noon, people: int = 3) -> None:
    for number in range(people):
        person = f"telegram:{number}"

        async def work(turn, number=number):
            turn.save({"said": f"n° {number} é \ud800 🙂 \0", "nothing": None})
            turn.send({"text": "one\0"})
            turn.send({"text": "two"}, priority=Priority.BROADCAST)
            turn.answer([{"text": "one"}])
            turn.put("favourite", "é", {"n": number})
            turn.post("offer", f"n° {number}", {"é": number}, category="93", until=noon + timedelta(days=9))
            turn.misunderstood("le [name] de [name]", "fr", "fallback")
            turn.vote("donors/recu-perdu", useful=False)
            turn.use(f"unit {number}", "needs", noon.date())
            turn.schedule("nudge", "1", noon + timedelta(days=number, microseconds=123), {})

        await store.turn(f"event:{number}", person, work, at=noon + timedelta(microseconds=number * 7))
    await set_aside(store, "parked", ZOE, "raw \0 \ud800", at=noon)
    await store.failed("failed")
    await store.refused((await store.take("telegram", 1))[0], "bad")
    await store.broadcasts.begin("spring", {"texts": {"fr": "Bonjour"}}, 3, noon)
    await store.secret("web")


async def what_is_there(store) -> dict[str, object]:
    """As a process that serves sees it."""

    async def look(turn):
        return turn.session, turn.records("favourite"), await turn.export()

    people = {
        person: (await store.turn(f"look:{person}", person, look, at=(await noon_of(store)))).value
        for person in ("telegram:0", "telegram:2", ZOE)
    }
    outbox = [(message.chat, message.body, message.priority) for message in await store.take("telegram", 100)]
    return {"people": people, "outbox": outbox, "secret": await store.secret("web"), "counts": await store.counts()}


async def noon_of(store):
    return (await store.dead_letters.parked())[0].at


@pytest.fixture
async def folder(tmp_path: Path, noon) -> Path:
    store = SqliteStore.open(tmp_path / "data")
    await fill(store, noon)
    await store.close()
    return tmp_path / "data"


async def test_there_and_back_again_everything_is_as_it_was(folder, empty_postgresql, tmp_path):
    there = await asyncio.to_thread(copy, str(folder), empty_postgresql)
    back = await asyncio.to_thread(copy, empty_postgresql, str(tmp_path / "back"))
    assert there == back
    assert list(there) == EVERYTHING
    assert all(there.values())

    seen = []
    for address in (folder, empty_postgresql, tmp_path / "back"):
        is_folder = isinstance(address, Path)
        store = await open_store(address if is_folder else folder, None if is_folder else address)
        seen.append(await what_is_there(store))
        await store.close()
    assert seen[0] == seen[1] == seen[2]


async def test_a_copy_cut_short_goes_on_where_it_was(tmp_path, empty_postgresql, noon):
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    await store.close()
    connection = sqlite3.connect(folder / "allie.sqlite3")
    rows = [(f"event:{number:05}", ZOE, noon.timestamp(), None) for number in range(3 * BATCH + 17)]
    connection.executemany("INSERT INTO seen (event, chat, at, answer) VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    told: list[tuple[str, int, int]] = []

    def stops(table, done, total):
        told.append((table, done, total))
        if table == "seen" and done == 2 * BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(str(folder), empty_postgresql, stops)
    again: list[tuple[str, int, int]] = []
    counts = copy(str(folder), empty_postgresql, lambda *step: again.append(step))

    assert counts["seen"] == 3 * BATCH + 17
    assert [step for step in again if step[0] == "seen"] == [
        ("seen", 2 * BATCH, len(rows)),
        ("seen", 3 * BATCH, len(rows)),
        ("seen", len(rows), len(rows)),
    ]
    assert copy(str(folder), empty_postgresql) == counts  # once more changes nothing


async def test_numbers_of_messages_go_on_and_are_never_given_twice(folder, empty_postgresql, noon):
    await asyncio.to_thread(copy, str(folder), empty_postgresql)
    ids = []
    for store in (SqliteStore.open(folder), await PostgresStore.open(empty_postgresql)):

        async def work(turn):
            turn.send({"text": "new"})

        await store.turn("new", "telegram:new", work, at=noon)
        ids.append((await store.waiting("telegram:new"))[0].id)
        await store.close()
    assert ids[0] == ids[1] > 3


async def test_a_target_with_something_else_in_it_is_refused_and_left_alone(folder, empty_postgresql):
    with psycopg.connect(empty_postgresql, autocommit=True) as connection:
        connection.execute("INSERT INTO seen VALUES ('another', 'telegram:1', 1, NULL)")
    with pytest.raises(CopyFailed, match="seen"):
        copy(str(folder), empty_postgresql)
    with psycopg.connect(empty_postgresql) as connection:
        assert connection.execute("SELECT count(*) FROM conversation").fetchone() == (0,)


async def test_a_row_that_changed_on_the_way_is_noticed(folder, empty_postgresql):
    def meddle(table, done, total):
        if table == "secret" and done == total:
            with psycopg.connect(empty_postgresql, autocommit=True) as connection:
                connection.execute("UPDATE record SET body = '{}' WHERE chat = 'telegram:1'")

    with pytest.raises(CopyFailed, match="differ in the table record"):
        copy(str(folder), empty_postgresql, meddle)


async def test_nobody_serves_meanwhile(folder, empty_postgresql):
    serving = await PostgresStore.open(empty_postgresql)
    with pytest.raises(CopyFailed, match="stop every process"):
        await asyncio.to_thread(copy, str(folder), empty_postgresql)
    await serving.close()

    store = SqliteStore.open(folder)
    with pytest.raises(DataFolderInUse):
        await asyncio.to_thread(copy, str(folder), empty_postgresql)
    await store.close()
    assert (await asyncio.to_thread(copy, str(folder), empty_postgresql))["conversation"] == 3


def test_a_store_is_not_copied_onto_itself(tmp_path):
    with pytest.raises(StoreError, match="itself"):
        copy(str(tmp_path), str(tmp_path))


async def test_the_settings_say_which_store_it_is(tmp_path, empty_postgresql):
    for url, kind in ((None, SqliteStore), (empty_postgresql, PostgresStore)):
        store = await open_store(tmp_path / "data", url)
        assert isinstance(store, kind)
        await store.close()
