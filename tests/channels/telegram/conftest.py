"""A running Telegram, a small engine that keeps the engine's promises, and the channel between them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from markupsafe import escape

from bot.channels.telegram import TelegramChannel
from bot.delivery.outcomes import Delivered, Later
from bot.dialogue.engine import Busy, Handled
from bot.dialogue.events import Event, Text
from bot.dialogue.replies import Reply

sys.path.insert(0, str(Path(__file__).parents[2]))  # telegram_simulator is a package beside the tests

if TYPE_CHECKING:
    from telegram_simulator import Simulator


class SmallEngine:
    """Answers each event once, whatever is delivered twice: what `answers` says, by default the text said back.

    `busy`: how many times it is busy before it takes an event. `fails`: what it raises for a chat, one after the other.
    `held`: what holds up one chat until it is set.
    """

    def __init__(self) -> None:
        self.channel: TelegramChannel | None = None
        self.events: list[Event] = []
        self.seen: dict[str, Handled] = {}
        self.busy = 0
        self.fails: dict[str, list[Exception]] = {}
        self.held: dict[str, asyncio.Event] = {}
        self.outbox: asyncio.Queue[tuple[str, Reply]] = asyncio.Queue()
        self.answers: Callable[[Event], Awaitable[Sequence[Reply]]] = self.echo

    async def echo(self, event: Event) -> Sequence[Reply]:
        said = event.content.text if isinstance(event.content, Text) else type(event.content).__name__
        return [Reply(escape(said))]

    async def handle(
        self, event: Event, *, answer: str = "outbox", check: Callable[[Reply], str | None] = lambda reply: None
    ) -> Handled:
        if self.busy:
            self.busy -= 1
            raise Busy("busy", 0.2)
        if self.fails.get(event.chat):
            raise self.fails[event.chat].pop(0)
        if event.chat in self.held:
            await self.held[event.chat].wait()
        if event.id in self.seen:
            return self.seen[event.id]
        replies = tuple(await self.answers(event))
        self.events.append(event)
        webhook_reply = replies[0] if answer == "webhook" and len(replies) == 1 and check(replies[0]) is None else None
        self.seen[event.id] = Handled(replies, webhook_reply)
        if webhook_reply is None:
            for reply in replies:
                self.outbox.put_nowait((event.chat, reply))
        return Handled(replies, webhook_reply)

    async def send(self) -> None:
        """The sender's part: deliver what waits, in order, again when it has to."""
        assert self.channel is not None
        while True:
            chat, reply = await self.outbox.get()
            outcome = await self.channel.deliver(chat, reply)
            if isinstance(outcome, Later):
                await asyncio.sleep(outcome.seconds)
                outcome = await self.channel.deliver(chat, reply)
            assert outcome == Delivered()


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    from telegram_simulator import Simulator

    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
def engine() -> SmallEngine:
    return SmallEngine()


@pytest.fixture
async def channel(telegram: Simulator, engine: SmallEngine) -> AsyncIterator[TelegramChannel]:
    """Set up, and not yet listening."""
    channel = TelegramChannel(telegram.token, engine, api_url=telegram.url, timeout=2.0)
    await channel.set_up()
    engine.channel = channel
    sending = asyncio.create_task(engine.send())
    yield channel
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await channel.stop()


@pytest.fixture
async def polling(channel: TelegramChannel) -> AsyncIterator[TelegramChannel]:
    """Listening by polling."""
    stopping = asyncio.Event()
    task = asyncio.create_task(channel.poll(stopping))
    yield channel
    stopping.set()
    await asyncio.wait_for(task, 15)


@pytest.fixture
async def served(channel: TelegramChannel) -> AsyncIterator[str]:
    """Listening by webhook, not yet told to Telegram: its address."""
    app = web.Application()
    channel.routes(app)
    runner = web.AppRunner(app, lingering_time=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    await runner.cleanup()


@pytest.fixture
async def webhook(channel: TelegramChannel, served: str) -> TelegramChannel:
    """Listening by webhook."""
    await channel.set_webhook(served)
    return channel
