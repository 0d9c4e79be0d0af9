"""`allie broadcast` beside a server at work, and Telegram."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.server import Running, serving
from bot.settings import Settings
from tests.telegram_simulator import Simulator

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
def command(telegram: Simulator, tmp_path: Path) -> Callable[..., object]:
    """Run it as an operator does; its exit code and what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLIE_")}
    environment |= {"ALLIE_DATA_DIR": str(tmp_path / "data"), "ALLIE_ADMINS": "999"}

    async def run(*words: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "broadcast", *words),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    return run


@pytest.fixture
async def allie(telegram: Simulator, tmp_path: Path) -> AsyncIterator[Running]:
    settings = Settings(
        data_dir=tmp_path / "data",
        telegram_token=telegram.token,
        telegram_api_url=telegram.url,
        port=0,
        admins=(999,),
    )
    async with serving(settings) as running:
        yield running


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "news.fr.md"
    path.write_text("# Samedi\n\nGrande collecte des **Restos** à Lyon.", encoding="utf-8")
    return str(path)


async def test_from_the_file_to_the_person_and_nobody_else(telegram, allie, command, text) -> None:
    zoe, max_, admin = telegram.person(1), telegram.person(2), telegram.person(999)
    for person in (zoe, max_, admin):
        person.says("/start")
        await person.hears(1, 10)
    zoe.says("recevoir les nouvelles d'Allié")
    await zoe.sees("que si vous le demandez", 10)
    zoe.says("Tout")
    await zoe.sees("Autour de quelle ville", 10)
    zoe.says("Lyon")
    await zoe.sees("C’est activé", 10)

    _, shown = await command("send", text, "--preview", "--dry-run", "--place", "Rhône")
    assert "Grande collecte des Restos" in shown
    assert "1 people asked" in shown
    _, team = await command("send", text, "--to-admins")
    assert "Sent to the team: 1" in team
    await admin.sees("Grande collecte", 10)

    code, said = await command("send", text, "--yes")
    assert code == 0, said
    await zoe.sees("Grande collecte", 10)
    assert "1  delivered" in said
    code, again = await command("send", text, "--yes")
    assert "was sent already" in again
    await telegram.quiet()
    assert sum("Grande collecte" in message.text for message in zoe.replies) == 1
    assert not any("Grande collecte" in message.text for message in max_.replies)


async def test_without_a_server_it_waits_for_one(command, text) -> None:
    code, said = await command("send", text, "--yes")
    assert code == 0, said
    assert "it goes on when one starts" in said
    _, listed = await command("list")
    assert "sending" in listed


async def test_mistakes_are_said_in_a_sentence(command, tmp_path, text) -> None:
    bad = tmp_path / "news.en.html"
    bad.write_text("<b>Hello", encoding="utf-8")
    for words, says in (
        (("send", str(bad)), "is not closed"),
        (("send", text, "--place", "Atlantide"), "no place"),
        (("send", text, "--subject", "cats"), "no subject"),
        (("send", text, "--language", "en"), "no text in the language en"),
        (("report", "nothing"), "no broadcast"),
    ):
        code, said = await command(*words)
        assert code == 1
        assert says in said
        assert "Traceback" not in said
