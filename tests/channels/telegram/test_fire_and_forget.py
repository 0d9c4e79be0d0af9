"""Calls that are forgotten cost little and can be lost; nothing hangs on them, and nothing hangs because of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram_simulator import Dropped, NotJson, Refused, Simulator, Slow, TooMany

from bot.channels.telegram.fire_and_forget import LINES, FireAndForget


@pytest.fixture
async def calls(telegram: Simulator) -> AsyncIterator[FireAndForget]:
    calls = FireAndForget(telegram.token, telegram.url)
    yield calls
    await calls.close()


def typing(chat: int) -> dict[str, object]:
    return {"chat_id": chat, "action": "typing"}


async def test_each_is_made_once_over_few_connections(telegram: Simulator, calls: FireAndForget) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    for number in range(50):
        calls.send("sendChatAction", typing(1))
        await telegram.until(lambda wanted=number + 1: zoe.typing == wanted)
    assert len(calls._lines) < 10


async def test_many_at_once_share_a_bounded_number_of_connections(telegram: Simulator, calls: FireAndForget) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    for _ in range(300):
        calls.send("sendChatAction", typing(1))
    await telegram.until(lambda: zoe.typing == 300)
    assert len(calls._lines) <= LINES


@pytest.mark.parametrize("fault", [Dropped(), NotJson(502), Refused(400, "Bad Request: query is too old"), Slow(0.1)])
async def test_whatever_becomes_of_one_the_next_is_made(
    telegram: Simulator, calls: FireAndForget, fault: object
) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    telegram.goes_wrong(fault, "sendChatAction", chat=1)
    calls.send("sendChatAction", typing(1))
    await telegram.until(lambda: all(order.times == 0 for order in telegram.orders))
    await asyncio.sleep(0.05)
    before = zoe.typing
    calls.send("sendChatAction", typing(1))
    await telegram.until(lambda: zoe.typing > before)


@pytest.mark.parametrize(("fault", "told"), [(TooMany(1), 1), (Refused(502, "Gateway"), 1), (Refused(400, "old"), 0)])
async def test_a_call_that_is_turned_away_is_told(telegram: Simulator, fault: object, told: int) -> None:
    turned_away: list[int] = []
    calls = FireAndForget(telegram.token, telegram.url, turned_away=lambda: turned_away.append(1))
    telegram.goes_wrong(fault, "sendChatAction")
    telegram.person(1)
    for _ in range(3):
        calls.send("sendChatAction", {"chat_id": 1, "action": "typing"})
    await telegram.until(lambda: len(telegram.calls) == 3)
    await calls.close()
    assert len(turned_away) == told


async def test_a_server_that_is_not_there_is_no_trouble() -> None:
    calls = FireAndForget("4242:a-token-that-opens-nothing", "http://127.0.0.1:9")
    for _ in range(1_000):
        calls.send("sendChatAction", typing(1))
    await asyncio.wait_for(calls.close(), 3)


def test_the_quick_loop_keeps_its_connections_too() -> None:
    """`allie serve` runs on uvloop, whose transports are not asyncio's by inheritance."""
    uvloop = pytest.importorskip("uvloop")

    async def fifty_in_a_row() -> int:
        async with Simulator() as telegram:
            zoe = telegram.person(1)
            zoe.says("bonjour")
            calls = FireAndForget(telegram.token, telegram.url)
            for number in range(50):
                calls.send("sendChatAction", typing(1))
                await telegram.until(lambda wanted=number + 1: zoe.typing == wanted)
            lines = len(calls._lines)
            await calls.close()
            return lines

    assert 0 < uvloop.run(fifty_in_a_row()) < 10


async def test_an_answer_without_a_length_ends_its_connection() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await writer.drain()
        ended.set_result(await reader.read())
        writer.close()

    ended: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    async with await asyncio.start_server(endless, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        calls = FireAndForget("4242:a-token-that-opens-nothing", f"http://127.0.0.1:{port}")
        calls.send("sendChatAction", typing(1))
        assert (await asyncio.wait_for(ended, 3)).endswith(b"}")
        await calls.close()
