"""The files of the SQLite store: what is in them, who may read them, and what disks and other programs do to them."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

import bot.store.writer as writer
from bot.store import Busy, DataFolderInUse, Retention, StoreError
from bot.store import statements as sql
from bot.store.schema import MIGRATIONS
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

ROOT = Path(__file__).parents[2]
ZOE, MAX = "telegram:4711000000471", "telegram:4712000000471"
SAID = "three hundred euros to the swallows"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def files(folder: Path) -> bytes:
    """Every byte of every file of the data folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def holds(folder: Path, *texts: str) -> list[str]:
    content = files(folder)
    return [text for text in texts if text.encode() in content or text.encode("utf-16-le") in content]


# Erasing, with proof


async def talk(store: SqliteStore, person: str, noon, turns: int = 5) -> None:
    for number in range(turns):

        async def work(turn, number=number):
            turn.save({"said": [f"{SAID} for {person}"] * (number * number + 1)})
            turn.send({"text": f"{SAID} for {person}, and so on. " * 20 * number})
            turn.answer([{"text": f"{SAID} for {person}"}])
            turn.put("favourite", str(number), {"name": f"{SAID} for {person}"})
            turn.schedule("nudge", str(number), noon, {"about": f"{SAID} for {person}"})

        await store.turn(f"{hash(person)}:{number}", person, work, at=noon)
    for message in await store.waiting(person):
        await store.delivered(message)


async def test_the_search_finds_what_is_there(folder, noon):
    store = SqliteStore.open(folder)
    await talk(store, ZOE, noon)
    assert holds(folder, ZOE, SAID) == [ZOE, SAID]
    await store.close()


async def test_after_erasing_no_byte_of_the_person_is_in_any_file(folder, noon, talker):
    store = SqliteStore.open(folder)
    await talk(store, ZOE, noon)
    await set_aside(store, "raw", ZOE, f"{SAID} for {ZOE}", at=noon)
    await talker(store).erase(ZOE)

    assert holds(folder, ZOE, SAID, "4711000000471") == []
    await store.close()
    assert holds(folder, ZOE, SAID) == []


async def test_what_was_said_is_gone_at_once_and_the_id_when_the_last_word_is_delivered(folder, noon, talker):
    store = SqliteStore.open(folder)
    await talk(store, ZOE, noon)
    await talker(store).erase(ZOE, "It is done.")
    assert holds(folder, SAID) == []

    (message,) = await store.take("telegram", 10)
    await store.delivered(message)
    assert holds(folder, ZOE, SAID, "It is done.") == []
    await store.close()


async def test_the_same_when_the_process_is_killed_in_between(folder, noon, talker, tmp_path):
    store = SqliteStore.open(folder)
    await talk(store, ZOE, noon)
    await talker(store).erase(ZOE, "It is done.")
    killed = tmp_path / "killed"
    shutil.copytree(folder, killed)  # the files as a SIGKILL leaves them
    await store.close()

    store = SqliteStore.open(killed)
    (message,) = await store.take("telegram", 10)
    await store.delivered(message)
    assert holds(killed, ZOE, SAID) == []
    await store.close()


@pytest.mark.parametrize("shrinking", ["NONE", "FULL", "INCREMENTAL"])
@pytest.mark.parametrize("page_size", [512, 4096])
async def test_erasing_one_of_many_leaves_the_others_and_no_fragment_between_them(
    folder, noon, talker, shrinking, page_size
):
    """Pages split and merge as rows come and go; what they leave in their gaps is overwritten too. An operator may have
    had the file shrink by itself: then some of its pages are no tables."""
    store = SqliteStore.open(folder)
    await store.close()
    with closing(sqlite3.connect(folder / "allie.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute(f"PRAGMA auto_vacuum = {shrinking}")
        connection.execute("VACUUM")
    store = SqliteStore.open(folder)
    dice = random.Random(7)
    everybody = [f"telegram:88{number:06}99" for number in range(120)]
    for _ in range(3):
        dice.shuffle(everybody)
        for person in everybody:

            async def work(turn, person=person):
                turn.save({"said": f"{person} said {SAID} " * dice.randrange(1, 90)})
                turn.send({"text": f"{person} " * dice.randrange(1, 30)})
                turn.answer([{"text": f"{person} " * dice.randrange(1, 30)}])
                turn.put("favourite", str(dice.randrange(9)), {"name": f"{person} " * dice.randrange(1, 30)})

            await store.turn(f"{dice.random()}", person, work, at=noon)
    for message in await store.take("telegram", 1_000):
        await store.delivered(message)
    erased, stay = everybody[::2], everybody[1::2]
    people = talker(store)
    for person in erased:
        await people.erase(person)

    assert holds(folder, *erased) == []
    assert holds(folder, *stay) == stay
    for person in stay:
        assert (await people.session(person))["said"].startswith(f"{person} said")
    await store.close()
    assert whole(folder)


def whole(folder: Path) -> bool:
    connection = sqlite3.connect(folder / "allie.sqlite3")
    try:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


async def test_people_talk_on_while_others_are_erased(folder, noon, talker):
    """Overwriting goes through the file while turns are committed: neither spoils the other."""
    store = SqliteStore.open(folder)
    people = talker(store)
    dice = random.Random(11)

    async def talk_on(person):
        for count in range(1, 25):
            assert (
                await people.say(person, "Bonjour " * dice.randrange(90), said="swallow " * dice.randrange(600))
            ).value == count
            for message in await store.waiting(person):
                await store.delivered(message)

    async def come_and_go(person):
        for _ in range(8):
            assert (await people.say(person, "Bonjour " * dice.randrange(90), said=SAID)).value == 1
            await people.erase(person)

    await asyncio.gather(
        *(talk_on(f"telegram:1{number:04}") for number in range(20)),
        *(come_and_go(f"telegram:990{number:04}") for number in range(5)),
    )
    assert holds(folder, "telegram:990", SAID) == []
    await store.close()
    assert whole(folder)


async def test_an_erasure_cut_short_is_finished_at_the_next_start(folder, noon, talker, tmp_path):
    """Killed after the commit and before all is overwritten: the file itself remembers that there is more to do."""
    store = SqliteStore.open(folder)
    await talk(store, ZOE, noon)
    store._writer._eraser._log = Path(__file__)  # a log that is never empty: nothing gets overwritten
    await talker(store).erase(ZOE)
    killed = tmp_path / "killed"
    shutil.copytree(folder, killed)
    await store.close()
    connection = sqlite3.connect(killed / "allie.sqlite3")
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()

    store = SqliteStore.open(killed)
    await store.close()
    connection = sqlite3.connect(killed / "allie.sqlite3")
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()
    assert holds(killed, ZOE, SAID) == []


async def test_what_was_cleaned_is_gone_from_the_files_too(folder, noon):
    store = SqliteStore.open(folder)

    async def work(turn):
        turn.save({"said": SAID})

    await store.turn("1", ZOE, work, at=noon)
    await store.clean(noon + timedelta(days=181), Retention())
    assert holds(folder, ZOE, SAID) == []
    await store.close()


async def test_erasing_while_another_program_reads_the_file_is_made_good_when_it_ends(
    folder, noon, talker, monkeypatch
):
    monkeypatch.setattr(writer, "ERASE_AGAIN", 0.01)
    store = SqliteStore.open(folder)
    people = talker(store)
    await talk(store, ZOE, noon)
    reader = sqlite3.connect(folder / "allie.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM conversation").fetchone()
    await people.erase(ZOE)
    assert holds(folder, ZOE) == [ZOE]  # it is being read: this is what is not promised

    reader.close()
    await asyncio.sleep(0.05)
    await people.say(MAX)
    await people.say(MAX)
    assert holds(folder, ZOE, SAID) == []
    await store.close()


# Private, and of one process


async def test_files_are_for_their_owner_alone(folder, talker):
    before = os.umask(0)
    try:
        store = SqliteStore.open(folder)
        await talker(store).say(ZOE, "Bonjour")
    finally:
        os.umask(before)

    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(["allie.lock", "allie.sqlite3", "allie.sqlite3-shm", "allie.sqlite3-wal"], 0o600)
    await store.close()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], input="", capture_output=True, text=True, cwd=ROOT, check=False)


async def test_a_second_process_is_refused_with_a_clear_message(folder):
    store = SqliteStore.open(folder)
    with pytest.raises(DataFolderInUse, match=r"Another Allié is running on .*ALLIE_DATA_DIR"):
        SqliteStore.open(folder)
    second = await asyncio.to_thread(run, "-m", "bot", "chat", "--jsonl", "--data", str(folder))
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith("Error: Another Allié is running on")
    assert "Traceback" not in second.stderr

    await store.close()
    store = SqliteStore.open(folder)
    await store.close()


async def test_a_folder_given_up_after_a_refusal_can_be_opened_again(folder):
    folder.mkdir()
    (folder / "allie.sqlite3").write_bytes(b"this is no database, it is a letter to somebody " * 100)
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot be used"):
            SqliteStore.open(folder)
    (folder / "allie.sqlite3").unlink()
    store = SqliteStore.open(folder)
    await store.close()


async def test_a_database_of_a_newer_version_is_left_alone(folder):
    store = SqliteStore.open(folder)
    await store.close()
    connection = sqlite3.connect(folder / "allie.sqlite3")
    applied = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")]
    connection.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('store', 'm999_wings')")
    connection.commit()
    connection.close()

    assert tuple(applied) == MIGRATIONS
    with pytest.raises(StoreError, match="newer Allié"):
        SqliteStore.open(folder)


# When the disk or another program misbehaves


async def test_while_another_program_holds_the_database_people_are_told_to_come_back(folder, talker):
    store = SqliteStore.open(folder)
    people = talker(store)
    await people.say(ZOE)
    other = sqlite3.connect(folder / "allie.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="locked"):
        await people.say(ZOE, event="telegram:again")
    other.execute("ROLLBACK")
    other.close()

    assert (await people.say(ZOE, event="telegram:again")).value == 2
    await store.close()


async def test_a_full_disk_keeps_the_last_committed_state_and_recovers(folder, talker):
    """`max_page_count` has SQLite refuse as it does when the disk is full."""
    store = SqliteStore.open(folder)
    people = talker(store)
    await people.say(ZOE, language="fr")
    store._writer._connection.execute("PRAGMA max_page_count = 40")
    acknowledged, refused = 1, 0
    for _ in range(30):
        try:
            await people.say(ZOE, language="fr " * 4_000)
        except Busy:
            refused += 1
        else:
            acknowledged += 1
        try:
            await people.say(MAX, "long " * 8_000)
        except Busy:
            refused += 1
    assert refused

    store._writer._connection.execute("PRAGMA max_page_count = 100000")
    assert (await people.say(ZOE)).value == acknowledged + 1
    await store.close()


FULL_DISK = """
import asyncio, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store import Busy
from bot.store.sqlite import SqliteStore

async def main():
    store = SqliteStore.open(Path(sys.argv[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    acknowledged = refused = 0
    for number in range(200):
        async def work(turn):
            turn.save({"count": (turn.session or {"count": 0})["count"] + 1, "much": "x" * 9_000})
            turn.send({"text": "y" * 3_000})
        try:
            await store.turn(f"telegram:{number}", "telegram:1", work, at=datetime.now(UTC))
            acknowledged += 1
        except Busy:
            refused += 1
    print(acknowledged, refused)

asyncio.run(main())
"""


async def test_when_the_file_cannot_grow_any_more_what_was_acknowledged_is_kept(folder, talker):
    """A limit on the size of files makes writes fail as a full disk does, in the middle of them."""
    out = await asyncio.to_thread(run, "-c", FULL_DISK, str(folder))
    acknowledged, refused = map(int, out.stdout.split())
    store = SqliteStore.open(folder)

    assert acknowledged > 0
    assert refused > 0
    assert (await talker(store).session("telegram:1"))["count"] == acknowledged
    assert len(await store.take("telegram", 1_000)) == acknowledged
    await store.close()


@pytest.mark.parametrize("damage", ["cut", "garbled"])
async def test_a_damaged_end_of_the_log_costs_no_more_than_the_turn_in_it(folder, talker, tmp_path, damage):
    store = SqliteStore.open(folder)
    people = talker(store)
    for _ in range(5):
        await people.say(ZOE, "Bonjour")
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    await store.close()
    log = crashed / "allie.sqlite3-wal"
    content = log.read_bytes()
    log.write_bytes(content[:-100] if damage == "cut" else content[:-100] + b"\xaa" * 100)

    store = SqliteStore.open(crashed)
    people = talker(store)
    assert (await people.session(ZOE))["count"] == 4
    assert len(await store.waiting(ZOE)) == 4
    assert (await people.say(ZOE, "Bonjour", event="telegram:again")).value == 5
    await store.close()


async def test_the_next_reply_is_found_without_looking_at_what_waits_for_who_left(folder):
    """The plan of the query, since a slow one only shows when a hundred thousand wait."""
    store = SqliteStore.open(folder)
    connection = sqlite3.connect(folder / "allie.sqlite3")
    values = {"channel": "telegram", "lane": 0, "in_hand": "[]", "without": "[]", "limit": 10}
    plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql.TAKE, values)]
    connection.close()

    assert any("outbox_next" in step for step in plan)
    assert not any("TEMP B-TREE" in step or step == "SCAN outbox" for step in plan)
    await store.close()
