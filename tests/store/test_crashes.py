"""Killed at any instant: nothing acknowledged is lost, nothing is done twice, order is kept."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.store import shared_statements as shared
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))

from acts import (
    ACTS,
    LOU,
    MAX,
    ZOE,
    a_first_turn,
    a_reply_held_and_taken_again,
    an_event_set_aside,
    fill,
    turn_of,
    uncovered,
)

SCRIPT = Path(__file__).with_name("under_load.py")

# At each statement


def rows(folder: Path) -> set[tuple[object, ...]]:
    """Everything in the database, without the moments at which it was written down."""
    connection = sqlite3.connect(folder / "allie.sqlite3")
    found = set()
    for table in ("conversation", "seen", "outbox", "refused", "record", "due", "attempt", "parked", "broadcast"):
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - the names above
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            kept = zip(columns, row, strict=True)
            found.add((table, *(value for name, value in kept if name not in ("at", "used_at", "due_at"))))
    connection.close()
    return found


async def three_turns_together(store):
    await asyncio.gather(*(turn_of(store, f"event:{chat}:1", chat) for chat in (ZOE, MAX, LOU)))


WRITTEN = [three_turns_together, *(act for act in ACTS if act is not a_reply_held_and_taken_again)]
"""What is in hand is not written down here: there is no other process to know of it."""


@pytest.mark.parametrize("act", WRITTEN, ids=lambda act: act.__name__)
async def test_killed_at_each_statement_it_happened_whole_or_not_at_all(act, tmp_path):
    """The files are copied before every statement of the writer, as a SIGKILL there would leave them."""
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    await fill(store)
    begin = rows(folder)
    copies = (tmp_path / f"killed-{number}" for number in itertools.count())
    killed: list[tuple[str, Path]] = []

    def before(statement: str) -> None:
        copy = next(copies)
        shutil.copytree(folder, copy)
        killed.append((statement, copy))

    store._writer._connection.set_trace_callback(before)
    await act(store)
    store._writer._connection.set_trace_callback(None)
    after = next(copies)
    shutil.copytree(folder, after)
    await store.close()

    commits = [statement for statement, _ in killed].count("COMMIT")
    assert commits >= 1
    found = [rows(copy) for _, copy in killed] + [rows(after)]
    distinct = [state for state, _ in itertools.groupby(found)]
    assert len(distinct) <= commits + 1  # nothing in between
    assert distinct[0] == begin
    assert distinct[-1] == rows(folder)
    for (statement, _), now, later in zip(killed, found, found[1:], strict=False):
        assert now == later or statement == "COMMIT"  # nothing shows before the commit


OTHERS = (
    "INSERT OR REPLACE INTO attempt (event, count, at) VALUES ('check', 0, 0)",
    "DELETE FROM attempt WHERE event = 'check'",
    "INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)",
)
"""Of no turn and no send: whether the database can be written, and the keys of an installation."""


async def test_every_statement_of_a_turn_and_of_a_send_is_among_those(tmp_path):
    """A statement added without an act that executes it fails here."""
    executed: list[str] = []
    for number, act in enumerate(WRITTEN):
        store = SqliteStore.open(tmp_path / str(number))
        await fill(store)
        store._writer._connection.set_trace_callback(executed.append)
        await act(store)
        await store.close()
    modules = ("statements", "shared_statements", "sqlite", "sqlite_turn", "sqlite_broadcasts", "sqlite_dead_letters")
    others = [
        shared.CLEAN_ERASED,
        shared.NEW_SECRET,
        shared.CLEAN_MISUNDERSTOOD,
        *shared.CLEAN_DAILY,
        *(statement for *_, statement in shared.CLEAN),
        *OTHERS,
    ]
    missing = uncovered(modules, executed, others)
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("act", [a_first_turn, three_turns_together, an_event_set_aside], ids=lambda act: act.__name__)
async def test_killed_while_the_commit_is_written_it_happened_whole_or_not_at_all(act, tmp_path):
    """The log is cut at every 512 bytes, as a power cut leaves it between two sectors."""
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    await fill(store)
    log = folder / "allie.sqlite3-wal"
    before, begin = rows(folder), log.stat().st_size
    await act(store)
    after, end = rows(folder), log.stat().st_size
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    await store.close()

    content = (crashed / "allie.sqlite3-wal").read_bytes()
    seen = []
    for cut in range(begin, end + 1, 512):
        copy = tmp_path / f"cut-{cut}"
        shutil.copytree(crashed, copy)
        (copy / "allie.sqlite3-wal").write_bytes(content[:cut])
        (copy / "allie.sqlite3-shm").unlink()
        seen.append(rows(copy))
        shutil.rmtree(copy)
    for chat in (ZOE, MAX, LOU):
        whole = [{row for row in state if chat in row} for state in (before, after)]
        assert all({row for row in state if chat in row} in whole for state in seen)
    assert seen[0] == seen[1] == before


async def test_after_a_kill_before_the_commit_the_event_comes_again_and_after_it_is_recognised(tmp_path):
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    copies: list[Path] = []

    def before(statement: str) -> None:
        copies.append(tmp_path / f"killed-{len(copies)}")
        shutil.copytree(folder, copies[-1])

    store._writer._connection.set_trace_callback(before)
    await turn_of(store, "event:1", ZOE)
    store._writer._connection.set_trace_callback(None)
    copies.append(tmp_path / "after")
    shutil.copytree(folder, copies[-1])
    await store.close()

    duplicates = []
    for copy in copies:
        store = SqliteStore.open(copy)
        done = await turn_of(store, "event:1", ZOE)
        duplicates.append(done.duplicate)
        waiting = [message.body["text"] for message in await store.waiting(ZOE)]
        assert waiting == ["one"]
        if done.duplicate:
            assert list(done.replies) == [{"text": "one"}]
        await store.close()
    assert duplicates == [False] * (len(copies) - 1) + [True]


# At random instants


class Play:
    """People, their events, and what the platform knows: which are acknowledged, and what it got."""

    def __init__(self, where: Path, *, people: int, events: int) -> None:
        self.plan, self.log = where / "plan.json", where / "platform.log"
        self.people = {f"telegram:{number}": list(range(1, events + 1)) for number in range(people)}
        self.acknowledged: dict[str, int] = dict.fromkeys(self.people, 0)
        self.log.touch()

    async def act(self, place: str, seconds: float | None) -> bool:
        """One process, killed after so many seconds of work. True if it came to the end."""
        left = {person: events[self.acknowledged[person] :] for person, events in self.people.items()}
        self.plan.write_text(json.dumps(left))
        process = await asyncio.create_subprocess_exec(
            sys.executable, SCRIPT, place, self.plan, self.log, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        if seconds is not None:
            asyncio.get_running_loop().call_later(seconds, self._kill, process.pid)
        lines = (await process.stdout.read()).decode().splitlines()
        await process.wait()
        for line in lines:
            if line.startswith("ack "):
                _, person, number = line.split()
                assert int(number) == self.acknowledged[person] + 1
                self.acknowledged[person] = int(number)
        return lines[-1:] == ["done"]

    @staticmethod
    def _kill(pid: int) -> None:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    async def check(self, store) -> None:
        """What is kept and what went out agree with what was acknowledged."""
        got: dict[str, list[int]] = {person: [] for person in self.people}
        for line in self.log.read_text().splitlines():
            person, number = line.split()
            got[person].append(int(number))
        for person in self.people:
            acknowledged = self.acknowledged[person]

            async def look(turn):
                return (turn.session or {"said": []})["said"], turn.records("effect")

            said, effects = (await store.turn(f"look:{random.random()}", person, look, at=_now())).value
            assert len(said) in (acknowledged, acknowledged + 1), person  # committed, the word of it cut off
            assert said == list(range(1, len(said) + 1)), person
            assert effects == {str(number): {"times": 1} for number in said}
            waiting = [int(message.body["text"]) for message in await store.waiting(person)]
            sent = [number for number, _ in itertools.groupby(got[person])]
            assert sent == list(range(1, len(sent) + 1)), person  # in order; what was on the wire may be there twice
            if waiting:
                assert waiting[0] <= len(sent) + 1, person
                assert waiting == list(range(waiting[0], waiting[0] + len(waiting))), person
            assert len(waiting) == 100 or max(waiting or sent or [0]) == len(said), (
                person
            )  # the first hundred are shown

    def repeated(self) -> int:
        lines = self.log.read_text().splitlines()
        return len(lines) - len(set(lines))


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


async def play(place, tmp_path: Path, *, kills: int, people: int, events: int) -> Play:
    play = Play(tmp_path, people=people, events=events)
    dice = random.Random()
    done, killed = False, 0
    while killed < kills and not done:
        done = await play.act(place.address, dice.uniform(0.0, 0.25))
        killed += not done
        store = await place.open()
        await play.check(store)
        await store.close()
    assert killed >= 1
    if not done:
        assert await play.act(place.address, None)
    store = await place.open()
    await play.check(store)
    assert (await store.counts())["outbox"] == 0
    await store.close()
    assert set(play.acknowledged.values()) == {events}
    return play


async def test_killed_at_random_under_load(place, tmp_path):
    result = await play(place, tmp_path, kills=6, people=12, events=80)
    assert result.repeated() < len(result.log.read_text().splitlines()) / 4


@pytest.mark.long
async def test_killed_at_random_again_and_again(place, tmp_path):
    await play(place, tmp_path, kills=150, people=20, events=600)
