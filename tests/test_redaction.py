"""Whoever writes to the log, and whatever they say: no secret, no person, no word of anybody's comes out."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
from collections.abc import Callable, Iterator

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import passwords
from bot.logs import handler
from bot.redaction import HIDDEN, hide, message_of, redacted

TOKEN = "123456789:" + "AAF_x-y" * 5
PASSWORD = "correct-horse"
hide(TOKEN, PASSWORD, "the-key-of-the-feed", "a")


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """All that the root of the log has written."""
    target, root = io.StringIO(), logging.getLogger()
    writing, level = handler(request.param, target), root.level
    root.addHandler(writing)
    root.setLevel(logging.DEBUG)
    yield target.getvalue
    root.removeHandler(writing)
    root.setLevel(level)


@pytest.mark.parametrize(
    "said",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"connecting to postgresql://allie:{PASSWORD}@db/allie",
        "connecting to postgresql://allie:another-secret@db/allie",
        f"conninfo is host=db password={PASSWORD} dbname=allie",
        "Authorization: another-secret",
        "GET /v0/mission?apikey=the-key-of-the-feed",
        "Key (chat)=(telegram:4711234) already exists",
        "the conversation telegram:-1001234:4711234 is busy",
        "Error handling request from 192.0.2.77",
        "Error handling request from 2001:db8:1:2::77",
        "invalid literal for int() with base 10: 'mon salaire'",
        'syntax error at or near "mon salaire"',
        "l’aide ne sait pas “mon salaire”",
        "cut off in the middle of 'mon salaire",
        "it failed: ValueError(mon salaire)",
        "it failed\nDETAIL: mon salaire",
    ],
)
def test_what_a_library_says_loses_what_it_must_not_hold(log: Callable[[], str], said: str) -> None:
    logging.getLogger("psycopg.pool").warning(said)
    logging.getLogger("aiohttp.server").error("%s", said)
    assert log()
    for secret in (
        TOKEN,
        PASSWORD,
        "another-secret",
        "the-key-of-the-feed",
        "4711234",
        "192.0.2.77",
        "2001:db8",
        "mon salaire",
    ):
        assert secret not in log()


@pytest.mark.parametrize(
    "said", ["the outbox waits: 3 s", "an apostrophe isn't a quotation, and it's kept", "at 12:30:05"]
)
def test_what_is_harmless_stays(said: str) -> None:
    assert redacted(said) == said


def test_a_task_that_nobody_waited_for_says_its_kind_and_not_its_words(log: Callable[[], str]) -> None:
    async def fail() -> None:
        raise ValueError("mon salaire est de 2000 euros")

    async def leave() -> None:
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()

    def called_back() -> None:
        raise ValueError("mon salaire est de 2000 euros")

    async def call_back() -> None:
        asyncio.get_running_loop().call_soon(called_back)
        await asyncio.sleep(0.01)

    asyncio.run(leave())
    asyncio.run(call_back())
    assert "never retrieved" in log()
    assert "ValueError" in log()
    assert "Exception in callback" in log()
    assert "salaire" not in log()


async def test_a_request_that_fails_in_a_server_says_neither_address_nor_words(log: Callable[[], str]) -> None:
    async def fails(request: web.Request) -> web.Response:
        raise ValueError(await request.text())

    app = web.Application()
    app.router.add_post("/", fails)
    running = web.AppRunner(app)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        await session.post(f"http://127.0.0.1:{running.addresses[0][1]}/?me=4711234", data="mon salaire")
    await running.cleanup()
    assert "Error handling request" in log()
    assert "ValueError" in log()
    assert "127.0.0.1" not in log().partition("Error handling request")[2].partition("\n")[0]
    assert "salaire" not in log()


def test_a_message_that_cannot_be_put_together_is_a_line_all_the_same() -> None:
    record = logging.LogRecord("bot.somewhere", logging.WARNING, "/x/here.py", 7, "%d of %d", ("mon salaire",), None)
    assert message_of(record) == "a message that cannot be put together, of here.py:7"


def test_the_password_of_a_database_is_known_however_it_is_written() -> None:
    assert "p@ss:word" in passwords("postgresql://u:p%40ss%3Aword@h/db")
    assert "hunter22" in passwords("postgresql:///db?host=/run&password=hunter22")
    assert passwords(None) == passwords("postgresql://h/db") == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_secret_never_comes_through(before: str, after: str) -> None:
    for secret in (TOKEN, PASSWORD, "the-key-of-the-feed"):
        assert secret not in redacted(before + secret + after)
    assert HIDDEN in redacted(before + TOKEN + after)
