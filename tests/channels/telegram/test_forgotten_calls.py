"""Calls that are forgotten can be lost; nothing hangs on them, and nothing hangs because of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram_simulator import Dropped, NotJson, Refused, Simulator, Slow, TooMany

from bot.channels.telegram.api import BotApi


@pytest.fixture
async def api(telegram: Simulator) -> AsyncIterator[BotApi]:
    api = BotApi(telegram.token, telegram.url)
    yield api
    await api.close()


def typing(chat: int) -> dict[str, object]:
    return {"chat_id": chat, "action": "typing"}


async def test_each_is_made_once(telegram: Simulator, api: BotApi) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    for number in range(50):
        api.call_and_forget("sendChatAction", typing(1))
        await telegram.until(lambda wanted=number + 1: zoe.typing == wanted)


async def test_many_at_once_are_made(telegram: Simulator, api: BotApi) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    for _ in range(60):
        api.call_and_forget("sendChatAction", typing(1))
    await telegram.until(lambda: zoe.typing == 60)


@pytest.mark.parametrize("fault", [Dropped(), NotJson(502), Refused(400, "Bad Request: query is too old"), Slow(0.1)])
async def test_whatever_becomes_of_one_the_next_is_made(telegram: Simulator, api: BotApi, fault: object) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    telegram.goes_wrong(fault, "sendChatAction", chat=1)
    api.call_and_forget("sendChatAction", typing(1))
    await telegram.until(lambda: all(order.times == 0 for order in telegram.orders))
    await asyncio.sleep(0.05)
    before = zoe.typing
    api.call_and_forget("sendChatAction", typing(1))
    await telegram.until(lambda: zoe.typing > before)


@pytest.mark.parametrize(("fault", "told"), [(TooMany(1), 1), (Refused(502, "Gateway"), 1), (Refused(400, "old"), 0)])
async def test_a_call_that_is_turned_away_is_told(telegram: Simulator, fault: object, told: int) -> None:
    turned_away: list[int] = []
    api = BotApi(telegram.token, telegram.url, turned_away=lambda: turned_away.append(1))
    telegram.goes_wrong(fault, "sendChatAction")
    telegram.person(1)
    for _ in range(3):
        api.call_and_forget("sendChatAction", typing(1))
    await telegram.until(lambda: len(telegram.calls) == 3)
    await api.close()
    assert len(turned_away) == told


async def test_a_server_that_is_not_there_is_no_trouble() -> None:
    api = BotApi("4242:a-token-that-opens-nothing", "http://127.0.0.1:9")
    for _ in range(1_000):
        api.call_and_forget("sendChatAction", typing(1))
    await asyncio.wait_for(api.close(), 3)


async def test_a_server_that_never_ends_its_answer_holds_up_no_end() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await writer.drain()
        asked.set()
        await reader.read()
        writer.close()

    asked = asyncio.Event()
    async with await asyncio.start_server(endless, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        api = BotApi("4242:a-token-that-opens-nothing", f"http://127.0.0.1:{port}")
        api.call_and_forget("sendChatAction", typing(1))
        await asyncio.wait_for(asked.wait(), 3)
        await asyncio.wait_for(api.close(), 3)
