"""A whole Allié for the property tests: real store, engine, web and webhook, in a loop of its own."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import pytest
from aiohttp import web

from bot.catalogue.awaited import open_catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.channels.guarding import guard, runner
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.inbound import Identity, Reader
from bot.channels.telegram.turns import Turns
from bot.channels.telegram.webhook import Webhook, secret_of
from bot.channels.web import InboundLimits
from bot.channels.web.estimates import add_estimate_routes
from bot.channels.web.routes import add_routes
from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Content, Event, Text
from bot.dialogue.topic import Registry, load_topics
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.server import WebOutbox
from bot.store.sqlite import SqliteStore
from bot.understanding import Understanding

T = TypeVar("T")

TOKEN = "4242:a-token-that-opens-nothing-at-all"
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
NO_LIMIT = InboundLimits(person=InboundRateLimiter(10**9, 1e-9), address=InboundRateLimiter(10**9, 1e-9))


class Mistakes(logging.Handler):
    """Every error that a running Allié writes down."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


class House:
    """What a test does to it: post something, or talk as somebody new, and find nothing broken."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path, topics: Registry) -> None:
        self.loop, self.folder, self.topics = loop, folder, topics
        self.mistakes = Mistakes()
        self.numbers = itertools.count(1)

    def does(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    async def open(self) -> None:
        self.store = SqliteStore.open(self.folder / "store")
        self.catalogue = open_catalogue(self.folder / "store", places=gazetteer(), organisations=known_organisations())
        self.engine = Engine(
            self.store, Understanding.load(self.topics.hearing, encoder=False), self.topics, self.catalogue
        )
        self.api = BotApi(TOKEN, "http://127.0.0.1:9")
        app = web.Application(client_max_size=1 << 20)
        guard(app)
        secret = await self.store.secret("web")
        add_routes(app, self.engine, secret=secret, waiting=WebOutbox(self.store), limits=NO_LIMIT)
        add_estimate_routes(app, InboundRateLimiter(10**9, 1e-9))
        turns = Turns(self.api, self.engine, Reader(Identity(4242, "allie_bot", "Allié")))
        app.router.add_post("/telegram", Webhook(turns, secret_of(TOKEN)).handle)
        self.runner = runner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.http = aiohttp.ClientSession(f"http://127.0.0.1:{self.runner.addresses[0][1]}")

    async def close(self) -> None:
        await self.http.close()
        await self.runner.cleanup()
        await self.api.close()
        self.catalogue.close()
        await self.store.close()

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, bytes]:
        async def posted() -> tuple[int, bytes]:
            async with self.http.post(path, data=body, headers=headers) as answer:
                return answer.status, await answer.read()

        status, answer = self.does(posted())
        self.is_well()
        assert status < 500
        return status, answer

    def somebody(self) -> str:
        return f"terminal:{next(self.numbers)}"

    def hears(self, chat: str, content: Content) -> Handled:
        event = Event(f"fuzz:{next(self.numbers)}", chat, content, NOW)
        handled = self.does(self.engine.handle(event, answer="direct"))
        self.is_well()
        return handled

    def answers_a_greeting(self, chat: str) -> None:
        """Whatever came before, nobody is stuck."""
        handled = self.hears(chat, Text("bonjour"))
        assert any(reply.text.strip() for reply in handled.replies)

    def is_well(self) -> None:
        found, self.mistakes.found = self.mistakes.found, []
        assert found == []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    loop = asyncio.new_event_loop()
    house = House(loop, folder, load_topics())
    logging.getLogger().addHandler(house.mistakes)
    house.does(house.open())
    yield house
    house.does(house.close())
    logging.getLogger().removeHandler(house.mistakes)
    loop.close()
