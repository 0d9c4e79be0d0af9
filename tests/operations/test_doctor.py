"""The doctor finds what is wrong with an installation, says what to do, and changes nothing."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest

from bot.operations.doctor import clock, examine
from bot.operations.doctor_telegram import telegram as look_at_telegram
from bot.server import serving
from bot.settings import Settings
from bot.store.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from acts import set_aside

sys.path.insert(0, str(Path(__file__).parents[1]))  # telegram_simulator is a package beside the tests


def found(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {check.subject: (check.is_fine, check.finding) for check in examine(settings)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = SqliteStore.open(tmp_path / "data")
    asyncio.run(store.close())
    return tmp_path / "data"


def test_a_folder_of_ours_is_well_and_nothing_in_it_changes(folder):
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    checks = found(Settings(folder))
    assert all(is_fine for is_fine, _finding in checks.values()), checks
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_file_that_goes_while_the_folder_is_looked_at_is_no_trouble(folder):
    """A server at work makes journals and takes them away: a name may lead to nothing any more."""
    (folder / "catalogue.sqlite3-journal").symlink_to(folder / "gone")
    assert found(Settings(folder))["data folder"] == (True, str(folder))


def test_a_folder_that_others_can_read_is_not(folder):
    folder.chmod(0o755)
    assert found(Settings(folder))["data folder"] == (
        False,
        f"{folder} is open to other accounts of this machine: chmod 700 {folder}",
    )


def test_what_was_set_aside_is_named_with_the_command_that_shows_it(folder):
    async def begin() -> None:
        store = SqliteStore.open(folder)
        await set_aside(store, "web:1", "web:zoe", "{}", at=datetime.now(UTC))
        await store.close()

    asyncio.run(begin())
    assert found(Settings(folder))["messages set aside"] == (False, "1 failed again and again: allie parked list")


def test_the_room_on_the_disk_is_told(folder):
    _is_fine, finding = found(Settings(folder))["disk"]
    assert "GB free" in finding


def test_a_public_address_without_the_name_of_its_proxy_is_not_well(folder):
    assert found(Settings(folder))["proxy"] == (True, "none before the page")
    public = Settings(folder, public_url="https://allie.example")
    assert not found(public)["proxy"][0]
    assert "ALLIE_TRUSTED_PROXIES" in found(public)["proxy"][1]
    assert found(dataclasses.replace(public, trusted_proxies=(ip_network("127.0.0.1/32"),)))["proxy"][0]


LOCAL = (ip_network("127.0.0.1/32"),)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "said"),
    [
        ((), None, ""),
        ((), "203.0.113.{}", "a proxy at 127.0.0.1 that ALLIE_TRUSTED_PROXIES does not name"),
        (LOCAL, None, "the proxy at 127.0.0.1 sends no X-Forwarded-For"),
        (LOCAL, "203.0.113.{}", ""),
        (LOCAL, "203.0.113.{}, 10.0.0.7", "all come from 10.0.0.7, which passes others on"),
        (LOCAL, "203.0.113.7", ""),
    ],
)
async def test_a_server_whose_visitors_all_have_one_address_says_so(folder, trusted, forwarded, said):
    settings = Settings(folder, port=0, trusted_proxies=trusted, sentence_encoder=False)
    async with serving(settings) as running, aiohttp.ClientSession(running.address) as session:
        for number in range(30):
            headers = {"X-Forwarded-For": forwarded.format(number)} if forwarded else {}
            async with session.post("/api/estimate/donation", json={}, headers=headers):
                pass
        checks = await asyncio.to_thread(found, settings)
    is_fine, finding = checks["visitors"]
    assert is_fine is not bool(said)
    assert said in finding


@pytest.mark.parametrize(("off", "is_fine"), [(0, True), (-20, True), (3_600, False), (-3_600, False)])
def test_a_clock_that_is_wrong_is_said_to_be(off, is_fine):
    check = clock("Telegram", datetime.now(UTC).timestamp() - off)
    assert check.is_fine is is_fine
    assert ("ahead of Telegram" in check.finding, "behind Telegram" in check.finding) == (off > 30, off < -30)


def test_a_postgresql_that_is_up_to_date_is_well(empty_postgresql, tmp_path):
    checks = found(Settings(tmp_path / "data", database_url=empty_postgresql))
    assert checks["database"][0], checks["database"]
    assert checks["clock"] == (True, "as the database")
    assert checks["messages set aside"][0]


def test_a_postgresql_without_tables_is_told_to_be_migrated(postgresql_server, tmp_path):
    is_fine, finding = found(Settings(tmp_path / "data", database_url=postgresql_server))["database"]
    assert not is_fine
    assert "allie migrate" in finding


def test_a_postgresql_that_does_not_answer_is_named(tmp_path):
    is_fine, finding = found(Settings(tmp_path, database_url="postgresql://a:hush@127.0.0.1:9/a"))["database"]
    assert not is_fine
    assert "does not answer" in finding
    assert "hush" not in finding


# Telegram


async def looked(simulator, **given: object) -> dict[str, tuple[bool, str]]:
    settings = Settings(Path(), telegram_token=simulator.token, telegram_api_url=simulator.url, **given)
    return {check.subject: (check.is_fine, check.finding) for check in await look_at_telegram(settings)}


@pytest.fixture
async def telegram():
    from telegram_simulator import Simulator

    async with Simulator() as simulator:
        yield simulator


async def test_a_bot_that_polls_is_well(telegram):
    checks = await looked(telegram)
    assert checks["Telegram"] == (True, "answers, the bot is @allie_bot")
    assert checks["waiting at Telegram"] == (True, "0 messages")
    assert checks["clock"] == (True, "as Telegram")
    assert "webhook" not in checks


async def test_a_webhook_that_is_not_set_is_told(telegram):
    checks = await looked(telegram, public_url="https://allie.example.org")
    assert checks["webhook"][0] is False
    assert "not set" in checks["webhook"][1]


async def test_a_token_that_telegram_does_not_know_is_told_without_it(telegram):
    settings = Settings(Path(), telegram_token="4242:another-token-altogether", telegram_api_url=telegram.url)
    (check,) = await look_at_telegram(settings)
    assert (check.is_fine, check.finding) == (False, "does not know ALLIE_TELEGRAM_TOKEN")


def test_an_own_answer_that_is_badly_written_is_told(folder):
    (folder / "answers").mkdir()
    (folder / "answers" / "horaires.md").write_text("Le mardi.", encoding="utf-8")
    is_fine, finding = found(Settings(folder))["answers"]
    assert not is_fine
    assert finding == "1 of your own left out (horaires.md): allie answers check"


def test_answers_that_quote_what_is_not_known_for_today_are_told(folder):
    checks = {check.subject: check for check in examine(Settings(folder), date(2027, 2, 1))}
    assert not checks["answers"].is_fine
    assert "quote what has ended or is not known for today" in checks["answers"].finding


def test_a_topic_left_behind_by_an_older_version_is_named_in_one_sentence(tmp_path):
    """Copied over the old version, the new one finds the module of a topic that has moved since."""
    root = Path(__file__).resolve().parents[2]
    shutil.copytree(root / "handlers", tmp_path / "handlers")
    for name in ("bot", "data", "locale"):
        (tmp_path / name).symlink_to(root / name)
    shutil.copytree(tmp_path / "handlers" / "rest_days", tmp_path / "handlers" / "zz_old")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "ALLIE_DATA_DIR": str(tmp_path / "kept")}

    def run(command: str) -> tuple[int, str]:
        words = [sys.executable, "-m", "bot", command]
        done = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, text=True, input="", check=False
        )
        return done.returncode, done.stdout + done.stderr

    for command in ("doctor", "chat"):
        code, said = run(command)
        assert code == 1, said
        assert "Traceback" not in said
        (sentence,) = [line for line in said.splitlines() if "registered twice" in line]
        assert "handlers.rest_days" in sentence
        assert "handlers.zz_old" in sentence
