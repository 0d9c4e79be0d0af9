"""Group commit: those who wait together are committed together, and one that fails fails alone."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.store import Busy
from bot.store.sqlite import SqliteStore
from bot.store.statements import SIZES, Rows
from bot.store.writer import Writer, connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.sqlite3"


@pytest.fixture
async def writer(path: Path):
    connection = connect(path)
    connection.execute("CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT)")
    writer = Writer(path, connection)
    yield writer
    await writer.close()


def note(name: str, text: str = ""):
    return lambda db: db.execute("INSERT INTO note VALUES (?, ?)", (name, text)).rowcount


def notes(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {name for (name,) in connection.execute("SELECT name FROM note")}
    finally:
        connection.close()


class Held:
    """Holds the writer, so that what is handed in meanwhile waits together."""

    def __init__(self, writer: Writer) -> None:
        self.go = threading.Event()
        self.begun = threading.Event()

        def job(db: sqlite3.Connection) -> None:
            self.begun.set()
            self.go.wait(10)

        self.task = asyncio.ensure_future(writer.write(job))

    async def together(self, *jobs):
        await asyncio.to_thread(self.begun.wait, 10)
        tasks = [asyncio.ensure_future(job) for job in jobs]
        await asyncio.sleep(0)
        self.go.set()
        await self.task
        return await asyncio.gather(*tasks, return_exceptions=True)


async def test_jobs_that_wait_together_are_one_transaction(writer, path):
    connection = sqlite3.connect(path)
    before = connection.execute("PRAGMA data_version").fetchone()[0]
    seen = []

    async def watched(name):
        await writer.write(note(name))
        seen.append(notes(path))

    await Held(writer).together(*(watched(str(number)) for number in range(50)))

    assert all(names == {str(number) for number in range(50)} for names in seen)  # none was told before all were there
    assert connection.execute("PRAGMA data_version").fetchone()[0] != before
    connection.close()


async def test_one_that_fails_is_rolled_back_alone(writer, path):
    def fails(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO note VALUES ('half', '')")
        raise ValueError("a bug")

    results = await Held(writer).together(
        writer.write(note("one")), writer.write(fails), writer.write(note("one")), writer.write(note("two"))
    )

    assert results[0] == results[3] == 1
    assert isinstance(results[1], ValueError)
    assert isinstance(results[2], sqlite3.IntegrityError)
    assert notes(path) == {"one", "two"}


async def test_nobody_is_told_before_the_commit(writer, path):
    """At the moment a job's value is known, its row is in the file for every other program."""
    for number in range(20):
        await writer.write(note(str(number)))
        assert str(number) in notes(path)


async def test_when_the_commit_fails_all_who_waited_are_told_to_come_again(writer, path):
    other = sqlite3.connect(path, isolation_level=None)

    async def hold_the_file():
        other.execute("BEGIN IMMEDIATE")

    held = Held(writer)
    await asyncio.to_thread(held.begun.wait, 10)
    tasks = [asyncio.ensure_future(writer.write(note(str(number)))) for number in range(3)]
    held.go.set()
    await held.task
    await asyncio.gather(*tasks)
    await hold_the_file()
    results = await asyncio.gather(*(writer.write(note(f"late {n}")) for n in range(3)), return_exceptions=True)
    other.execute("ROLLBACK")
    other.close()

    assert all(isinstance(result, Busy) for result in results)
    assert notes(path) == {"0", "1", "2"}
    assert await writer.write(note("late 0")) == 1


async def test_closing_commits_what_waits(path):
    connection = connect(path)
    connection.execute("CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT)")
    writer = Writer(path, connection)
    tasks = [asyncio.ensure_future(writer.write(note(str(number)))) for number in range(10)]
    await asyncio.sleep(0)
    await writer.close()

    assert await asyncio.gather(*tasks) == [1] * 10
    assert notes(path) == {str(number) for number in range(10)}


async def test_committed_means_synced(path):
    connection = connect(path)
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1
    connection.close()


@pytest.mark.parametrize("count", [1, 3, 4, 5, 63, 64, 65, 150])
async def test_the_rows_of_many_turns_are_written_whole_and_in_order(tmp_path, count, noon):
    """However many wait together: the sizes of the statements they are written with are no border."""
    assert SIZES[-1] == 1
    store = SqliteStore.open(tmp_path / "data")

    async def talk(number):
        async def work(turn):
            turn.save({"number": number})
            turn.answer([{"text": f"answer {number}"}])
            for part in range(number % 4):
                turn.send({"text": f"{number}.{part}"})

        await store.turn(f"event:{number}", f"telegram:{number}", work, at=noon)

    held = Held(store._writer)
    await held.together(*(talk(number) for number in range(count)))

    async def look(turn):
        return turn.session

    for number in range(count):
        assert (await store.turn(f"look:{number}", f"telegram:{number}", look, at=noon)).value == {"number": number}
        again = await store.turn(f"event:{number}", f"telegram:{number}", look, at=noon)
        assert list(again.replies) == [{"text": f"answer {number}"}]
        waiting = [message.body["text"] for message in await store.waiting(f"telegram:{number}")]
        assert waiting == [f"{number}.{part}" for part in range(number % 4)]
    await store.close()


async def test_an_event_taken_by_another_hand_meanwhile_fails_alone_among_the_rows_written_together(tmp_path, noon):
    store = SqliteStore.open(tmp_path / "data")
    seen = Rows(seen=("event:3", "telegram:3", noon.timestamp(), None, None))

    async def work(turn):
        turn.save({"fine": True})
        return True

    held = Held(store._writer)
    await asyncio.to_thread(held.begun.wait, 10)
    tasks = [asyncio.ensure_future(store._writer.write(seen))]
    tasks += [
        asyncio.ensure_future(store.turn(f"event:{number}", f"telegram:{number}", work, at=noon)) for number in range(6)
    ]
    await asyncio.sleep(0.01)
    held.go.set()
    results = (await asyncio.gather(*tasks))[1:]

    assert [done.duplicate for done in results] == [False, False, False, True, False, False]
    assert not await store.knows("telegram:3")
    assert await store.knows("telegram:5")
    await store.close()


async def test_who_gives_up_just_as_the_commit_is_done_is_let_go(writer, path):
    """The connection of a page drops, or Allié stops, at the very moment when the writer has the answer ready."""
    writing = asyncio.create_task(writer.write(note("a")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    while not notes(path):  # the loop hears nothing meanwhile: what it is told of the commit waits for it
        threading.Event().wait(0.01)
    threading.Event().wait(0.1)
    writing.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(writing, 5)
    assert notes(path) == {"a"}
