"""Another program holds the catalogue's file: nobody else waits for it, and whoever needs it is asked to come back."""

from __future__ import annotations

import asyncio
import datetime
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.keeping import FeedReading
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.sqlite import FILE, open_writer
from bot.catalogue.sync import FeedSettings
from bot.catalogue.wish import Wish
from bot.catalogue.writer import MissionWriter
from bot.errors import Busy, Damaged
from bot.operations.doctor import examine
from bot.settings import Settings

TODAY = datetime.date(2026, 11, 22)
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


class Loop:
    """How long the loop stood still at most."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def tick(self) -> None:
        clock = asyncio.get_running_loop().time
        last = clock()
        while True:
            await asyncio.sleep(0.01)
            now = clock()
            self.longest = max(self.longest, now - last)
            last = now


@pytest.fixture
async def loop() -> AsyncIterator[Loop]:
    loop = Loop()
    ticking = asyncio.create_task(loop.tick())
    await asyncio.sleep(0.02)
    yield loop
    ticking.cancel()


@contextmanager
def written_by_another(folder: Path) -> Iterator[None]:
    """As a long import does, or somebody who began a transaction and went for a coffee."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def held_by_another(folder: Path) -> Iterator[None]:
    """Nobody may even read."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE mine (a)")
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_writer(tmp_path).close()
    return tmp_path


@pytest.fixture
def missions(folder: Path, places: Places, organisations: Organisations) -> Iterator[AwaitedCatalogue]:
    kept = Catalogue(open_backend(folder, patience=0.0), places=places, organisations=organisations)
    shared = AwaitedCatalogue(kept)
    yield shared
    shared.close()


async def test_the_first_look_waits_for_an_import_and_nobody_else_does(
    missions: AwaitedCatalogue, folder: Path, loop: Loop
) -> None:
    with written_by_another(folder):
        first, second = await asyncio.gather(
            missions.search(Wish(text="lire"), today=TODAY),
            missions.mission("nothing"),
            return_exceptions=True,
        )
    assert [type(first), type(second)] == [Busy, Busy]
    assert loop.longest < 0.5
    assert (await missions.search(Wish(text="lire"), today=TODAY)).found


async def test_a_need_that_cannot_be_written_just_now_is_sent_again(
    missions: AwaitedCatalogue, folder: Path, loop: Loop
) -> None:
    assert await missions.needs_waiting() == []
    with written_by_another(folder):
        with pytest.raises(Busy):
            await missions.write(lambda writer: needs.forget(writer, "web:zoe", now=NOW))
        assert (await missions.search(Wish(text="lire"), today=TODAY)).found  # looking never waits for a writer
    assert loop.longest < 0.5
    await missions.write(lambda writer: needs.forget(writer, "web:zoe", now=NOW))


async def test_a_look_at_a_file_that_nobody_may_read_is_made_again_until_it_may_be(
    missions: AwaitedCatalogue, folder: Path, loop: Loop
) -> None:
    assert await missions.needs_waiting() == []
    missions.kept.close()  # its next look opens the file anew
    with held_by_another(folder):
        look = asyncio.create_task(missions.search(Wish(text="lire"), today=TODAY))
        await asyncio.sleep(0.3)
        assert not look.done()
    assert (await look).found
    missions.kept.close()
    with held_by_another(folder), pytest.raises(Busy):
        await missions.search(Wish(text="lire"), today=TODAY)
    assert loop.longest < 0.5


async def test_reading_the_feed_waits_for_another_program_out_of_the_way(
    missions: AwaitedCatalogue, folder: Path, loop: Loop
) -> None:
    async def elected() -> bool:
        return True

    await missions.freshness()
    feed = FeedSettings(key="k", base="http://127.0.0.1:1", first_retry=0.0)
    reading = FeedReading(missions.kept, feed, every=datetime.timedelta(hours=6), now=lambda: NOW, elected=elected)
    with written_by_another(folder):
        look = asyncio.create_task(reading.look())
        await asyncio.sleep(1.0)
        assert not look.done()
        assert loop.longest < 0.5
    await look
    assert (await missions.freshness()).failing


def junk(file: Path) -> None:
    file.write_bytes(b"junk" * 4_096)


def cut_short(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def a_folder(file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    file.mkdir()


def without_tables(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE mission")


@pytest.mark.parametrize("damaged", [junk, cut_short, a_folder, without_tables])
async def test_a_damaged_file_is_no_reason_to_come_again(
    folder: Path, missions: AwaitedCatalogue, damaged: Callable[[Path], None]
) -> None:
    """Whoever asks is told that something is wrong, once; their message is not delivered again and again."""
    damaged(folder / FILE)
    doctor = {check.subject: check for check in await asyncio.to_thread(lambda: list(examine(Settings(folder))))}
    assert not doctor["missions"].is_fine
    assert "move the file away" in doctor["missions"].finding
    with pytest.raises(Damaged, match=f"{FILE} is damaged"):
        await missions.search(Wish(text="lire"), today=TODAY)
    with pytest.raises(Damaged, match=f"{FILE} is damaged"):
        await missions.write(lambda writer: writer.tidy(TODAY))


# Rows that cannot be read any more


def spoil(folder: Path, where: str) -> None:
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        assert connection.execute(f"UPDATE mission SET body = '{{\"half' WHERE {where}").rowcount  # noqa: S608 - ours


async def test_a_mission_that_cannot_be_read_is_not_found_and_keeps_no_other(
    missions: AwaitedCatalogue, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = (await missions.search(Wish(text="lire"), today=TODAY)).found
    lost = before[0].mission.id
    spoil(folder, f"id = '{lost}'")
    after = (await missions.search(Wish(text="lire"), today=TODAY)).found
    assert lost not in {match.mission.id for match in after}
    assert len(after) >= len(before) - 1
    assert await missions.mission(lost) is None
    assert not await missions.is_listed(lost, TODAY)
    assert "a mission cannot be read any more" in caplog.text


async def test_what_a_later_version_wrote_of_a_mission_is_read_without_what_it_added(
    missions: AwaitedCatalogue, folder: Path
) -> None:
    found = (await missions.search(Wish(text="lire"), today=TODAY)).found[0].mission
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        connection.execute("UPDATE mission SET body = json_set(body, '$.mood', 'joyful') WHERE id = ?", (found.id,))
    again = await missions.mission(found.id)
    assert again is not None
    assert again.title == found.title


@pytest.fixture
async def published(missions: AwaitedCatalogue) -> list[str]:
    """Two needs of one association, both long over."""
    like = (await missions.search(Wish(text="lire"), today=TODAY)).found[0].mission

    def publish(writer: MissionWriter) -> list[str]:
        ids = []
        for number in (1, 2):
            mission = replace(like, id=f"n{number}", ends=datetime.date(2026, 1, 1))
            need = needs.propose(writer, mission, owner="web:zoe", now=NOW)
            needs.approve(writer, need.mission.id, now=NOW)
            ids.append(need.mission.id)
        return ids

    return await missions.write(publish)


async def test_a_need_that_cannot_be_read_ends_no_cleaning_and_leaves_nothing(
    missions: AwaitedCatalogue, folder: Path, published: list[str]
) -> None:
    spoil(folder, f"id = '{published[0]}'")
    assert [need.mission.id for need in await missions.needs_of("web:zoe")] == [published[1]]
    later = NOW + datetime.timedelta(days=400)
    assert await missions.write(lambda writer: needs.forget_old(writer, now=later)) == 2
    assert await missions.write(lambda writer: needs.forget_old(writer, now=later)) == 0
    assert await missions.needs_of("web:zoe") == []


async def test_a_need_that_cannot_be_read_is_erased_with_the_others(
    missions: AwaitedCatalogue, folder: Path, published: list[str]
) -> None:
    spoil(folder, f"id = '{published[0]}'")
    await missions.write(lambda writer: needs.forget(writer, "web:zoe", now=NOW))
    with closing(sqlite3.connect(folder / FILE)) as connection:
        owned = connection.execute("SELECT count(*) FROM mission WHERE owner <> ''").fetchone()
    assert owned == (0,)


@pytest.mark.parametrize("time", range(4))
def test_programs_that_start_together_on_an_empty_folder_all_find_what_ships(
    tmp_path: Path, places: Places, organisations: Organisations, time: int
) -> None:
    """One makes the file; to the others it is no error that it is being made."""
    begin = threading.Barrier(3)

    def starts(_number: int) -> int:
        kept = Catalogue(open_backend(tmp_path, patience=0.0), places=places, organisations=organisations)
        missions = AwaitedCatalogue(kept)
        begin.wait(30)
        try:
            return len(asyncio.run(missions.search(Wish(text="lire"), today=TODAY)).found)
        finally:
            missions.close()

    with ThreadPoolExecutor(begin.parties) as programs:
        found = list(programs.map(starts, range(begin.parties)))
    assert found[0] > 0
    assert set(found) == {found[0]}
