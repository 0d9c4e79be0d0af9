"""Who plays a script: straight to the engine, on the web over HTTP, or on Telegram over HTTP."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from markupsafe import Markup
from telegram_simulator import Simulator

from bot.channels.telegram import TelegramChannel
from bot.channels.web.routes import add_routes
from bot.delivery.outcomes import Outcome
from bot.delivery.sender import Sender
from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Command, Event, Location, Press, Text
from bot.dialogue.replies import Reply, plain
from bot.send_limits import SendLimits
from bot.store.sqlite import SqliteStore

UNHURRIED = SendLimits(per_second=10_000, chat_seconds=0.0, group_seconds=0.0)


@dataclass
class Seen:
    """What the person sees after a turn."""

    text: str
    labels: list[str]
    files: list[str]


def plain_spaces(text: str) -> str:
    """Spaces that do not break compare as spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Player(Protocol):
    """A person on one of the channels."""

    async def says(self, text: str) -> Seen: ...

    async def presses(self, label: str) -> Seen: ...

    async def is_at(self, latitude: float, longitude: float) -> Seen: ...


class OnTheClock:
    """The engine, on the day of the script."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.engine, self.now = engine, now
        self.handled = 0

    async def handle(self, event: Event, **how: object) -> Handled:
        handled = await self.engine.handle(replace(event, at=self.now), **how)
        self.handled += 1
        return handled


class DirectPlayer:
    """Straight to the engine: the quickest."""

    def __init__(self, engine: OnTheClock, language: str) -> None:
        self.engine, self.language = engine, language
        self.number = 0
        self.data: dict[str, str] = {}

    async def says(self, text: str) -> Seen:
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return await self._sends(Command(name, argument))
        return await self._sends(Text(text))

    async def presses(self, label: str) -> Seen:
        return await self._sends(Press(self.data[plain_spaces(label)], label))

    async def is_at(self, latitude: float, longitude: float) -> Seen:
        return await self._sends(Location(latitude, longitude))

    async def _sends(self, content: object) -> Seen:
        self.number += 1
        event = Event(f"terminal:{self.number}", "terminal:me", content, self.engine.now, self.language)
        replies = (await self.engine.handle(event, answer="direct")).replies
        buttons = [button for reply in replies for row in reply.buttons for button in row]
        self.data = {plain_spaces(button.label): button.data for button in buttons if button.data is not None}
        return Seen(
            "\n\n".join(plain(reply.whole) for reply in replies),
            [button.label for button in buttons],
            [file.name for reply in replies for file in reply.files],
        )


class WebPlayer:
    """The calls that the page makes."""

    def __init__(self, client: TestClient, language: str) -> None:
        self.client, self.language = client, language
        self.data: dict[str, str] = {}

    async def says(self, text: str) -> Seen:
        name, _, argument = text[1:].partition(" ")
        command = {"command": name, "argument": argument} if argument else {"command": name}
        return await self._posts(command if text.startswith("/") else {"text": text})

    async def presses(self, label: str) -> Seen:
        return await self._posts({"press": self.data[plain_spaces(label)]})

    async def is_at(self, latitude: float, longitude: float) -> Seen:
        return await self._posts({"location": [latitude, longitude]})

    async def _posts(self, content: dict[str, object]) -> Seen:
        origin = str(self.client.make_url("/")).rstrip("/")
        response = await self.client.post(
            "/api/messages",
            json={"id": str(uuid.uuid4()), **content},
            headers={"Origin": origin, "Accept-Language": self.language},
        )
        assert response.status == 200, await response.text()
        replies = (await response.json())["replies"]
        buttons = [button for reply in replies for row in reply.get("buttons", ()) for button in row]
        self.data = {plain_spaces(button["label"]): button["data"] for button in buttons if "data" in button}
        return Seen(
            "\n\n".join(
                plain(Markup(part)) for reply in replies for part in (reply["html"], reply.get("more", "")) if part
            ),
            [button["label"] for button in buttons],
            [file["name"] for reply in replies for file in reply.get("files", ())],
        )


class TelegramPlayer:
    """Somebody on Telegram, talking with a bot that polls it."""

    def __init__(self, telegram: Simulator, engine: OnTheClock, store: SqliteStore, language: str) -> None:
        self.telegram, self.engine, self.store = telegram, engine, store
        self.person = telegram.person(4711, language=language)

    async def says(self, text: str) -> Seen:
        return await self._after(lambda: self.person.says(text))

    async def presses(self, label: str) -> Seen:
        shown = [one for message in reversed(self.person.replies) for row in message.labels for one in row]
        found = next((one for one in shown if plain_spaces(one) == plain_spaces(label)), label)
        return await self._after(lambda: self.person.presses(found))

    async def is_at(self, latitude: float, longitude: float) -> Seen:
        return await self._after(lambda: self.person.sends_location(latitude, longitude))

    async def _after(self, act) -> Seen:
        before = {message.id: (message.text, message.edits) for message in self.person.replies}
        turns, calls = self.engine.handled, len(self.telegram.calls)
        act()
        await self.telegram.until(lambda: self.engine.handled > turns, within=20)
        async with asyncio.timeout(20):
            while (await self.store.counts())["outbox"]:
                await self.telegram.until(lambda: len(self.telegram.calls) > calls, within=20)
                await asyncio.sleep(0)
        assert self.telegram.refused == [], "Telegram refused what Allié sent"
        new = [m for m in self.person.replies if before.get(m.id) != (m.text, m.edits)]
        return Seen(
            "\n\n".join(message.text for message in new if message.text),
            [label for message in new for row in message.labels for label in row],
            [file.name for message in new for file in message.files],
        )


@asynccontextmanager
async def playing(
    channel: str, engine: Engine, store: SqliteStore, now: datetime, language: str
) -> AsyncIterator[Player]:
    """Somebody on `channel`, whose clock stands at `now`."""
    clocked = OnTheClock(engine, now)
    if channel == "direct":
        yield DirectPlayer(clocked, language)
    elif channel == "web":
        app = web.Application()
        add_routes(app, clocked, secret=b"s" * 32, waiting=NothingWaits())
        async with TestClient(TestServer(app)) as client:
            yield WebPlayer(client, language)
    else:
        async with Simulator() as telegram:
            bot = TelegramChannel(telegram.token, clocked, api_url=telegram.url, long_poll=1)

            async def deliver(chat: str, reply: Reply) -> Outcome:
                return await bot.deliver(chat, reply)

            sender, stopping = Sender(store, "telegram", deliver, limits=UNHURRIED), asyncio.Event()
            await bot.set_up(stopping)
            tasks = [asyncio.create_task(bot.poll(stopping)), asyncio.create_task(sender.run())]
            try:
                yield TelegramPlayer(telegram, clocked, store, language)
            finally:
                stopping.set()
                sender.stop()
                await asyncio.gather(*tasks)
                await bot.stop()


class NothingWaits:
    async def pending(self, chat: str) -> list[tuple[str, Reply]]:
        return []

    async def delivered(self, chat: str, ids: object) -> None:
        return None
