"""Updates leave the simulator as they leave Telegram: kept until acknowledged, in order, again when they failed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict
from telegram_simulator import Dropped, LostAnswer, Simulator, serve


@pytest.fixture
async def bot(telegram: Simulator) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


class Hook:
    """A webhook whose answers a test chooses."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: Callable[[dict[str, Any]], Awaitable[web.Response]] = self.taken
        self.url = ""

    async def taken(self, update: dict[str, Any]) -> web.Response:
        return web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = json.loads(await request.read())
        self.received.append(update)
        return await self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.received if "message" in update]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_an_update_comes_again_until_a_later_offset_acknowledges_it(telegram: Simulator, bot: Bot) -> None:
    zoe = telegram.person(1)
    first, second = zoe.says("un"), zoe.says("deux")
    assert first is not None
    assert [update.update_id for update in await bot.get_updates()] == [first, second]
    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first]
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [second]
    assert [update.update_id for update in await bot.get_updates(offset=first)] == [second]
    assert await bot.get_updates(offset=first + 2) == ()
    assert telegram.updates.pending == {}


async def test_a_long_poll_answers_as_soon_as_something_arrives(telegram: Simulator, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.updates._poller)
    telegram.person(1).says("bonjour")
    assert [update.message.text for update in await asyncio.wait_for(poll, 5) if update.message] == ["bonjour"]


async def test_a_second_poller_ends_the_first(telegram: Simulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: telegram.updates._poller)
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as another:
        await another.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_polling_beside_a_webhook_is_refused(telegram: Simulator, bot: Bot, hook: Hook) -> None:
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_the_kinds_asked_for_arrive(telegram: Simulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    zoe = telegram.person(1)
    zoe.says("un")
    zoe.edits(zoe.messages[0], "deux")
    zoe.blocks()
    assert len(await bot.get_updates()) == 1


async def test_old_updates_are_forgotten_presses_first(telegram: Simulator, bot: Bot) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    zoe.presses_data("x", zoe.messages[0])
    telegram.pass_time(151)
    assert [update.callback_query for update in await bot.get_updates()] == [None]
    telegram.pass_time(86_400)
    assert await bot.get_updates() == ()


async def test_a_press_is_answered_once_and_soon(telegram: Simulator, bot: Bot) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    query = zoe.presses_data("x", zoe.messages[0])
    assert list(zoe.waiting) == [query]
    await bot.answer_callback_query(query, "Noté")
    assert (zoe.waiting, zoe.notices) == ({}, ["Noté"])
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(query)
    late = zoe.presses_data("x", zoe.messages[0])
    telegram.pass_time(151)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(late)


async def test_a_webhook_gets_what_waited_with_its_secret(telegram: Simulator, bot: Bot, hook: Hook) -> None:
    telegram.person(1).says("avant")
    await bot.set_webhook(hook.url, secret_token="a-secret")
    telegram.person(1).says("après")
    await telegram.quiet()
    assert hook.texts == ["avant", "après"]
    assert hook.secrets == ["a-secret"] * 2
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_method_in_the_answer_is_executed_and_its_refusal_told_to_nobody(
    telegram: Simulator, bot: Bot, hook: Hook
) -> None:
    async def answers(update: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1, "text": update["message"]["text"].strip("!")})

    hook.answer = answers
    await bot.set_webhook(hook.url)
    zoe = telegram.person(1)
    zoe.says("bonjour!")
    await zoe.sees("bonjour")
    zoe.says("!!!")
    await telegram.quiet()
    assert len(zoe.replies) == 1
    assert [call.refusal for call in telegram.refused_in_silence] == ["Bad Request: message text is empty"]


async def test_what_fails_comes_again_in_order_and_holds_nobody_else(telegram: Simulator, bot: Bot, hook: Hook) -> None:
    failures = 3

    async def stumbles(update: dict[str, Any]) -> web.Response:
        nonlocal failures
        if update["message"]["text"] == "un" and failures:
            failures -= 1
            return web.Response(status=500)
        return web.Response()

    hook.answer = stumbles
    await bot.set_webhook(hook.url)
    zoe, adele = telegram.person(1), telegram.person(2)
    for text in ("un", "deux"):
        zoe.says(text)
    adele.says("autre")
    await telegram.quiet()
    assert [text for text in hook.texts if text != "autre"] == ["un"] * 4 + ["deux"]
    assert hook.texts.index("autre") < 3


async def test_retry_after_is_obeyed(telegram: Simulator, bot: Bot, hook: Hook) -> None:
    at: list[float] = []

    async def busy_once(update: dict[str, Any]) -> web.Response:
        at.append(asyncio.get_running_loop().time())
        return web.Response(status=503, headers={"Retry-After": "1"}) if len(at) == 1 else web.Response()

    hook.answer = busy_once
    await bot.set_webhook(hook.url)
    telegram.person(1).says("bonjour")
    await telegram.quiet()
    assert 1.0 <= at[1] - at[0] < 2.0


async def test_a_text_and_a_press_of_one_person_may_arrive_at_once(telegram: Simulator, bot: Bot, hook: Hook) -> None:
    both = asyncio.Barrier(2)

    async def waits_for_the_other(update: dict[str, Any]) -> web.Response:
        await asyncio.wait_for(both.wait(), 5)
        return web.Response()

    hook.answer = waits_for_the_other
    await bot.set_webhook(hook.url)
    zoe = telegram.person(1)
    zoe.says("bonjour")
    zoe.presses_data("x", zoe.messages[0])
    await telegram.quiet()
    assert len(hook.received) == 2


async def test_a_lost_acknowledgement_brings_the_same_update_and_executes_nothing(
    telegram: Simulator, bot: Bot, hook: Hook
) -> None:
    async def answers(update: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1, "text": "Bonjour"})

    hook.answer = answers
    lost: set[int] = set()

    def lose_first(update: int) -> bool:
        first = update not in lost
        lost.add(update)
        return first

    telegram.updates.lose = lose_first
    await bot.set_webhook(hook.url)
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await telegram.quiet()
    assert [delivery.status for delivery in telegram.updates.deliveries] == [0, 200]
    assert len(zoe.replies) == 1


async def test_in_a_group_with_privacy_only_what_concerns_the_bot_arrives(telegram: Simulator, bot: Bot) -> None:
    group, zoe = telegram.group(-100), telegram.person(1)
    assert zoe.says("qui vient samedi ?", group) is None
    assert zoe.says("@allie_bot et toi ?", group)
    assert zoe.says("/don", group)
    assert zoe.says("/don@autre_bot", group) is None
    await bot.send_message(-100, "Bonjour")
    assert zoe.says("merci", group, reply_to=group.messages[-1])
    group.privacy = False
    assert zoe.says("à samedi", group)
    zoe.removes_bot(group)
    assert zoe.says("/don", group) is None


async def test_a_dropped_connection_did_nothing_and_a_lost_answer_did(telegram: Simulator) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    telegram.goes_wrong(Dropped(), "sendMessage")
    telegram.goes_wrong(LostAnswer(), "sendMessage")
    async with aiohttp.ClientSession() as session:
        address = f"{telegram.url}/bot{telegram.token}/sendMessage"
        for replies in (0, 1):
            with pytest.raises(aiohttp.ClientError):
                await session.post(address, json={"chat_id": 1, "text": "Bonjour"})
            assert len(zoe.replies) == replies


def test_it_serves_programs_that_are_not_asynchronous() -> None:
    with serve(username="essai_bot") as served:
        served.do(lambda telegram: telegram.person(1).says("bonjour"))
        assert served.do(lambda telegram: len(telegram.updates.pending)) == 1
        assert served.wait(lambda telegram: telegram.until(lambda: telegram.person(1).screen())) == "Zoé: bonjour"
