"""An operator at the terminal, beside the server at work and without one."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.logs import reference
from bot.store import Turn
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from acts import set_aside

ROOT = Path(__file__).resolve().parents[2]
RAW = json.dumps({"id": "3f2b1c9e-0000-4000-8000-000000000001", "text": "mot secret"})
NAMES = [reference("web:1"), reference("web:2")]

Allie = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder in which two messages were set aside."""

    async def begin() -> None:
        store = SqliteStore.open(tmp_path)
        for number in (1, 2):
            await set_aside(store, f"web:{number}", "web:zoe", RAW, at=datetime.now(UTC))
        await store.close()

    asyncio.run(begin())
    return tmp_path


@pytest.fixture
def allie(folder: Path) -> Allie:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"ALLIE_DATA_DIR": str(folder), "ALLIE_PORT": "0"},
            timeout=60,
            check=False,
        )

    return run


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """`allie serve` at work; its address."""
    environment = os.environ | {"ALLIE_DATA_DIR": str(folder), "ALLIE_PORT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=15)


def test_beside_the_server_messages_are_listed_answered_and_let_go(folder, allie):
    with server(folder):
        listed = allie("parked", "list")
        assert all(name in listed.stdout for name in NAMES), listed.stderr
        assert "mot secret" not in listed.stdout
        assert "mot secret" in allie("parked", "list", "--show").stdout

        assert allie("parked", "replay", NAMES[0]).stdout == f"{NAMES[0]}: answered; the reply is on its way\n"
        assert allie("parked", "drop", NAMES[1][:8]).stdout == f"{NAMES[1]}: let go\n"
        assert allie("parked", "list").stdout == "Nothing was set aside.\n"

        told = allie("status")
        assert told.returncode == 0, told.stderr
        assert "waiting: 1 replies for web" in told.stdout
        assert json.loads(allie("status", "--json").stdout)["counts"]["parked"] == 0


def test_without_a_server_messages_are_listed_and_let_go_and_wait_for_one_to_be_answered(folder, allie):
    assert [one["reference"] for one in json.loads(allie("parked", "list", "--json").stdout)] == NAMES
    replayed = allie("parked", "replay", "--all")
    assert replayed.returncode == 1
    assert "Start it first" in replayed.stderr
    assert allie("parked", "drop", "--all").stdout.count("let go") == 2
    assert allie("refused", "list").stdout == "Nothing was refused.\n"
    status = allie("status")
    assert status.returncode == 1
    assert "No Allié is serving" in status.stderr


def test_what_was_not_understood_is_reviewed_and_let_go(folder, allie):
    assert "ALLIE_KEEP_MISUNDERSTOOD is no" in allie("understanding", "review").stdout

    async def talk() -> None:
        store = SqliteStore.open(folder)
        weather = ["quel temps fait-il demain", "quel temps fait-il demain", "il fait quel temps demain"]
        for day, text in enumerate([*weather, "mon fils [name] est malade"], 18):

            async def work(turn: Turn, text: str = text) -> None:
                turn.misunderstood(text, "fr", "fallback")

            await store.turn(f"said:{day}", "web:ada", work, at=datetime(2026, 11, day, tzinfo=UTC))
        await store.close()

    asyncio.run(talk())
    weather, child = json.loads(allie("understanding", "review", "--json").stdout)
    assert [(one["text"], one["count"]) for one in weather["messages"]] == [
        ("quel temps fait-il demain", 2),
        ("il fait quel temps demain", 1),
    ]
    assert (weather["count"], weather["last"], child["count"]) == (3, "2026-11-20", 1)
    assert len(child["closest"]) == 3
    shown = allie("understanding", "review", "--recent").stdout
    assert shown.splitlines()[0].endswith("mon fils [name] est malade")
    assert f"→ {child['closest'][0]['id']}: {child['closest'][0]['title']}" in shown
    assert allie("understanding", "review", "--clear").stdout == "Let go of 3.\n"
    assert json.loads(allie("understanding", "review", "--json").stdout) == []


def test_what_people_thought_of_answers_is_listed_those_that_helped_least_first(folder, allie):
    assert "Nobody" in allie("understanding", "votes").stdout

    async def talk() -> None:
        store = SqliteStore.open(folder)
        for number, (answer, useful) in enumerate([("words/rescrit", True), ("words/cec", False), ("words/cec", True)]):

            async def work(turn: Turn, answer: str = answer, useful: bool = useful) -> None:
                turn.vote(answer, useful=useful)

            await store.turn(f"vote:{number}", "web:ada", work, at=datetime(2026, 11, 20, tzinfo=UTC))
        await store.close()

    asyncio.run(talk())
    assert json.loads(allie("understanding", "votes", "--json").stdout) == [
        {"answer": "words/cec", "useful": 1, "useless": 1},
        {"answer": "words/rescrit", "useful": 1, "useless": 0},
    ]
    assert allie("understanding", "votes").stdout.splitlines()[0].endswith("words/cec")


def test_nothing_is_dropped_by_a_slip_of_the_keyboard(folder, allie):
    assert allie("parked", "drop").returncode == 2
    assert allie("parked", "drop", NAMES[0], "--all").returncode == 2
    assert len(json.loads(allie("parked", "list", "--json").stdout)) == 2


def test_logs_for_programs_are_one_object_a_line(folder):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"ALLIE_DATA_DIR": str(folder), "ALLIE_PORT": "0", "ALLIE_LOG_FORMAT": "json"},
    )
    first = json.loads(process.stderr.readline())
    process.terminate()
    out, rest = process.communicate(timeout=15)
    assert first["message"].startswith("Allié is at http://")
    assert [json.loads(line)["level"] for line in rest.splitlines()] == ["info"]
    assert out == ""
