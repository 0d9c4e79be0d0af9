"""What a driver says becomes one of three things: come again, somebody has to mend it, or a mistake of ours."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import psycopg
import pytest

from bot.errors import Busy, Damaged, StoreError
from bot.postgres import meaning as meaning_in_postgresql
from bot.sqlite import meaning as meaning_in_sqlite
from bot.store.postgres import PostgresStore
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))

from acts import ACTS, AT, ZOE, fill, turn_of


def sqlite_error(folder: Path, what: str) -> sqlite3.Error:
    """An error that SQLite itself made."""
    path = folder / "a.sqlite3"
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
        db.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL)")
        db.executemany("INSERT INTO t VALUES (?, ?)", [(number, "x" * 2_000) for number in range(1, 40)])
        try:
            if what == "another program holds it":
                with closing(sqlite3.connect(path, isolation_level=None)) as other:
                    other.execute("BEGIN EXCLUSIVE")
                    db.execute("SELECT * FROM t")
            elif what == "it only reads":
                db.execute("PRAGMA query_only = ON")
                db.execute("DELETE FROM t")
            elif what == "it is full":
                db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
                db.execute("INSERT INTO t VALUES (100, ?)", ("x" * 100_000,))
            elif what == "its folder went away":
                sqlite3.connect(folder / "nowhere" / "a.sqlite3").execute("SELECT 1")
            elif what == "it is junk":
                (folder / "junk").write_bytes(os.urandom(8_192))
                sqlite3.connect(folder / "junk").execute("SELECT * FROM t")
            elif what == "a page of it is junk":
                with path.open("r+b") as file:
                    file.seek(4_096)
                    file.write(os.urandom(60_000))
                sqlite3.connect(path).execute("SELECT count(b) FROM t").fetchone()
            elif what == "it was closed":
                db.close()
                db.execute("SELECT 1")
            elif what == "no such table":
                db.execute("SELECT * FROM nothing")
            elif what == "twice the same":
                db.execute("INSERT INTO t VALUES (1, 'x')")
            elif what == "too few values":
                db.execute("SELECT ?", ())
        except sqlite3.Error as error:
            return error
    raise AssertionError(f"{what}: no error")


@pytest.mark.parametrize(
    ("what", "meant"),
    [
        ("another program holds it", Busy),
        ("it only reads", Busy),
        ("it is full", Busy),
        ("its folder went away", Busy),
        ("it was closed", Busy),
        ("it is junk", Damaged),
        ("a page of it is junk", Damaged),
        ("no such table", None),
        ("twice the same", None),
        ("too few values", None),
    ],
)
def test_an_error_of_sqlite(tmp_path: Path, what: str, meant: type[StoreError] | None) -> None:
    found = meaning_in_sqlite(sqlite_error(tmp_path, what), "the database")
    assert (type(found) if found else None) is meant
    assert found is None or "the database" in str(found)


STATEMENTS: dict[str, tuple[str, type[StoreError] | None]] = {
    "it only reads": ("SET transaction_read_only = on; CREATE TABLE t (a int)", Busy),
    "it takes too long": ("SET statement_timeout = 20; SELECT pg_sleep(1)", Busy),
    "another holds the lock": ("SET lock_timeout = 20; LOCK TABLE seen", Busy),
    "its connection is ended": ("SELECT pg_terminate_backend(pg_backend_pid())", Busy),
    "two deadlock": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = '40P01'; END $$", Busy),
    "its disk is full": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = '53100'; END $$", Busy),
    "its disk fails": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = '58030'; END $$", Busy),
    "a page of it is junk": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = 'XX001'; END $$", Damaged),
    "it was not migrated": ("SELECT * FROM nothing", StoreError),
    "it has no such right": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = '42501'; END $$", StoreError),
    "twice the same": ("INSERT INTO secret VALUES ('a', ''); INSERT INTO secret VALUES ('a', '')", None),
    "a statement of ours is wrong": ("SELEC 1", None),
    "a value of ours is wrong": ("SELECT 1 / 0", None),
    "a question of ours is too long": ("DO $$ BEGIN RAISE 'x' USING ERRCODE = '54001'; END $$", None),
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_an_error_of_postgresql(empty_postgresql: str, what: str) -> None:
    statement, meant = STATEMENTS[what]
    with (
        contextlib.suppress(psycopg.OperationalError),
        psycopg.connect(empty_postgresql) as other,
        psycopg.connect(empty_postgresql, autocommit=True) as connection,
    ):
        other.execute("LOCK TABLE seen")
        with pytest.raises(psycopg.Error) as raised:
            connection.execute(statement.encode())
        found = meaning_in_postgresql(raised.value, "the database", "another is at it")
        assert (type(found) if found else None) is meant
        assert found is None or "the database" in str(found) or str(found) == "another is at it"


def test_a_server_that_is_not_there_is_come_again() -> None:
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect("postgresql://zoe:secret@127.0.0.1:1/allie", connect_timeout=2)
    found = meaning_in_postgresql(raised.value, "the database")
    assert isinstance(found, Busy)
    assert "secret" not in str(found)


# The whole of a store


async def settled(store: PostgresStore, *, reads_only: bool) -> None:
    """Until every connection was replaced."""
    for _ in range(200):
        try:
            await store.check()
        except Busy as busy:
            if reads_only and "only reads" in str(busy):
                return
        else:
            if not reads_only:
                return
        await asyncio.sleep(0.05)
    raise AssertionError("the connections were not replaced")


async def test_on_a_postgresql_that_only_reads_every_act_is_come_again(
    empty_postgresql: str, only_reads: Callable[[str], AbstractContextManager[None]]
) -> None:
    """Nothing is taken for a mistake of ours: nothing is counted as failed, nothing is set aside."""
    store = await PostgresStore.open(empty_postgresql)
    try:
        await fill(store)
        before = await store.counts()
        reads = 0
        with only_reads(empty_postgresql):
            await settled(store, reads_only=True)
            for act in ACTS:
                try:
                    await act(store)
                except Busy:
                    continue
                reads += 1  # an act on what it would first have taken: nothing was taken
        assert reads == 0
        await settled(store, reads_only=False)
        assert await store.counts() == before
        assert not (await turn_of(store, "event:zoe", ZOE)).duplicate
    finally:
        await store.close()


async def test_a_damaged_database_is_said_and_stops_no_thread(tmp_path: Path) -> None:
    store = SqliteStore.open(tmp_path)
    await fill(store)
    store._reader.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    sound = store.path.read_bytes()
    with store.path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"\x07" * (len(sound) - 4_096))
    for number in range(20):  # some pages are remembered as they were
        with contextlib.suppress(StoreError):
            await turn_of(store, f"event:{number}", ZOE)
    with pytest.raises(StoreError, match="damaged"):
        await turn_of(store, "event:21", ZOE)
    with pytest.raises(StoreError, match="damaged"):
        await store.due(AT, 10)
    store.path.write_bytes(sound)
    await asyncio.wait_for(store.close(), 5)
