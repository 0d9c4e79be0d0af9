"""Posted updates are acknowledged once committed; a single reply goes in the acknowledgement."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from markupsafe import Markup
from telegram_simulator import Simulator

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.turns import FASTEST
from bot.channels.telegram.webhook import secret_of
from bot.dialogue.events import Event, Text
from bot.dialogue.replies import Button, File, Reply

if TYPE_CHECKING:
    from tests.channels.telegram.conftest import SmallEngine

YES = ((Button("Oui", data="=1"),),)


async def asks(event: Event) -> Sequence[Reply]:
    said = event.content.text if isinstance(event.content, Text) else "press"
    return [Reply(Markup("Compris : {}").format(said), YES).edited(event.message)]


async def test_a_single_reply_is_a_webhook_reply(
    telegram: Simulator, webhook: TelegramChannel, engine: SmallEngine
) -> None:
    engine.answers = asks
    zoe = telegram.person(1)
    zoe.says("bonjour <b>")
    await zoe.sees("Compris : bonjour <b>")
    zoe.presses("Oui")
    await zoe.sees("Compris : press")
    await telegram.quiet()
    assert [(call.method, call.in_webhook_reply) for call in telegram.calls if call.chat == 1] == [
        ("sendMessage", True),
        ("editMessageText", True),
    ]
    await telegram.until(lambda: not zoe.waiting)
    assert len(zoe.replies) == 1


async def test_several_replies_and_pictures_go_by_the_outbox_in_order(
    telegram: Simulator, webhook: TelegramChannel, engine: SmallEngine
) -> None:
    async def several(event: Event) -> Sequence[Reply]:
        picture = File("don.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 8 + b"\x00\x00\x02\x00" * 2 + b"\x00")
        return [Reply(Markup("Un")), Reply(Markup("Deux"), picture=picture), Reply(Markup("Trois"), YES)]

    engine.answers = several
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await zoe.hears(3)
    assert [message.text for message in zoe.replies] == ["Un", "Deux", "Trois"]
    assert not any(call.in_webhook_reply for call in telegram.calls)


async def test_a_repeated_delivery_gets_the_very_same_response_and_no_second_reply(
    telegram: Simulator, webhook: TelegramChannel, engine: SmallEngine
) -> None:
    engine.answers = asks
    lost: list[int] = []

    def lose_once(update: int) -> bool:
        lost.append(update)
        return lost.count(update) == 1

    telegram.updates.lose = lose_once
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await zoe.sees("Compris : bonjour")
    await telegram.quiet()
    assert len(zoe.replies) == 1
    body = telegram.people[1].messages[0]
    first, second = telegram.updates.deliveries
    assert (first.status, second.status) == (0, 200)
    assert len(engine.events) == 1
    assert body.text == "bonjour"


async def test_a_busy_engine_has_telegram_come_back(
    telegram: Simulator, webhook: TelegramChannel, engine: SmallEngine
) -> None:
    engine.busy = 1
    zoe = telegram.person(1)
    zoe.says("un")
    zoe.says("deux")
    await zoe.hears(2)
    await telegram.quiet()
    assert [delivery.status for delivery in telegram.updates.deliveries] == [503, 200, 200]
    assert [message.text for message in zoe.replies] == ["un", "deux"]
    assert telegram.updates.deliveries[1].at - telegram.updates.deliveries[0].at >= 1.0


async def test_a_spent_budget_sends_the_reply_by_the_outbox(
    telegram: Simulator, engine: SmallEngine, channel: TelegramChannel, served: str
) -> None:
    class Spent:
        def take_now(self, chat: str, now: float) -> bool:
            return False

    assert channel._webhook is not None
    channel._webhook._budget = Spent()
    await channel.set_webhook(served)
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await zoe.sees("bonjour")
    assert [call.in_webhook_reply for call in telegram.called("sendMessage")] == [False]


async def test_replicas_agree_on_a_secret_that_says_nothing_of_the_token(telegram: Simulator) -> None:
    secret = secret_of(telegram.token)
    assert secret == secret_of(telegram.token) != secret_of(telegram.token + "x")
    assert len(secret) == 64
    assert telegram.token not in secret


async def post(address: str, body: bytes, **headers: str) -> tuple[int, bytes, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status, await response.read(), response.headers


@pytest.mark.parametrize(
    ("body", "secret", "kind", "status"),
    [
        (b"{}", "wrong", "application/json", 401),
        (b"{}", "", "application/json", 401),
        (b"{}", "\u00e9", "application/json", 401),
        (b"{}", None, "text/plain", 415),
        (b"a=b", None, "application/x-www-form-urlencoded", 415),
        (b"[" + b" " * 1_100_000 + b"]", None, "application/json", 413),
        (b"{", None, "application/json", 400),
        (b"\xff", None, "application/json", 400),
        (b"[" * 100_000, None, "application/json", 400),
        (b"{}", None, "application/json", 200),
        (b"null", None, "application/json", 200),
        (b'{"update_id": 1, "message": 5}', None, "application/json; charset=utf-8", 200),
    ],
)
async def test_strangers_and_bad_bodies_are_turned_away_without_a_word(
    telegram: Simulator,
    webhook: TelegramChannel,
    served: str,
    engine: SmallEngine,
    body: bytes,
    secret: str | None,
    kind: str,
    status: int,
) -> None:
    headers = {
        "X-Telegram-Bot-Api-Secret-Token": secret_of(telegram.token) if secret is None else secret,
        "Content-Type": kind,
    }
    given, said, _ = await post(served, body, **headers)
    assert (given, said) == (status, b"")
    assert engine.events == []


async def test_a_body_without_a_length_is_bounded_too(
    telegram: Simulator, webhook: TelegramChannel, served: str
) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 65_536

    headers = {"X-Telegram-Bot-Api-Secret-Token": secret_of(telegram.token), "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(served, data=endless(), headers=headers) as response:
                assert response.status == 413
        except aiohttp.ClientConnectionError:
            return  # closed while we were still sending: refused as well


async def test_a_long_update_in_several_parts_is_read_whole(
    telegram: Simulator, webhook: TelegramChannel, served: str, engine: SmallEngine
) -> None:
    person = {"id": 1, "is_bot": False, "first_name": "Zoé"}
    message = {"message_id": 1, "from": person, "chat": {"id": 1, "type": "private"}, "text": "é" * 4000}
    body = json.dumps({"update_id": 7, "message": message}).encode()

    async def in_parts() -> Any:
        for at in range(0, len(body), 1000):
            yield body[at : at + 1000]
            await asyncio.sleep(0.001)

    headers = {"X-Telegram-Bot-Api-Secret-Token": secret_of(telegram.token), "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(served, data=in_parts(), headers=headers) as response:
        assert response.status == 200
        assert (await response.json())["text"] == "é" * 4000


async def test_only_posts_are_served(webhook: TelegramChannel, served: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(served) as response:
        assert response.status == 405


async def test_whoever_writes_too_fast_is_told_once_and_then_not_heard(
    telegram: Simulator, webhook: TelegramChannel, engine: SmallEngine
) -> None:
    zoe, max_ = telegram.person(1), telegram.person(2)
    for number in range(FASTEST + 40):
        zoe.says(str(number))
    max_.says("bonjour")
    await telegram.quiet(20)
    await telegram.until(lambda: any("plus vite" in str(call.given.get("text")) for call in telegram.calls))
    heard = [event for event in engine.events if event.chat == "telegram:1"]
    assert FASTEST <= len(heard) < FASTEST + 40
    assert sum("plus vite" in str(call.given.get("text")) for call in telegram.calls) == 1
    assert any(event.chat == "telegram:2" for event in engine.events)
