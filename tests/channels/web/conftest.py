"""A small conversation of this folder's own, over real HTTP: it does each event once, and remembers its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, unused_port
from markupsafe import Markup

from bot.channels.web import Limits, add_routes
from bot.channels.web.limits import Pace
from bot.conversation.engine import Busy
from bot.conversation.events import Command, Event, Location, Press, Text
from bot.conversation.replies import Button, File, Reply

SECRET = b"0123456789abcdef0123456789abcdef"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c63f8ffff3f0300080002fe76e9b2550000000049454e44ae426082"
)


@dataclass(frozen=True)
class Answer:
    replies: tuple[Reply, ...]


@dataclass
class SmallTalk:
    """Does each event once. What it did is in `heard`; `busy` makes the next events refused, with these seconds."""

    heard: list[Event] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    waiting: dict[str, dict[str, Reply]] = field(default_factory=dict)
    busy: list[float] = field(default_factory=list)
    slow: float = 0.0

    async def handle(self, event: Event, *, answer: str) -> Answer:
        assert answer == "direct"
        await asyncio.sleep(self.slow)
        if self.busy:
            raise Busy("the store is away", self.busy.pop(0))
        if event.id not in self.answers:
            self.heard.append(event)
            self.answers[event.id] = self.answer(event)
            if event.content == Press("erase", "Tout effacer"):
                self.known.discard(event.chat)
            else:
                self.known.add(event.chat)
        return self.answers[event.id]

    def answer(self, event: Event) -> Answer:
        match event.content:
            case Command("start", argument):
                choices = (Button("Donner du temps", "time"), Button("Donner de l’argent", "money"))
                about = f" ({argument})" if argument else ""
                text = Markup("Bonjour, je suis <b>Allié</b>{}.\nQue voudriez-vous donner ?").format(about)
                return Answer((Reply(text, (choices, (Button("Site", url="https://example.org/"),))),))
            case Command("privacy"):
                return Answer((Reply(Markup("Voici ce qui est gardé."), ((Button("Tout effacer", "erase"),),)),))
            case Press("erase"):
                return Answer((Reply(Markup("Tout est effacé.")),))
            case Press(data):
                return Answer((Reply(Markup("Vous avez choisi {}.").format(data), ((Button("Encore", "again"),),)),))
            case Text("où"):
                return Answer((Reply(Markup("Où êtes-vous ?"), asks_location=True),))
            case Text("fichier"):
                card = File("carte.png", "image/png", PICTURE, "225 € reviennent, 75 € restent")
                letter = File("lettre.pdf", "application/pdf", b"%PDF-1.4 bonjour")
                return Answer((Reply(Markup("Voici."), picture=card, files=(letter,), location=(43.3, 5.4)),))
            case Text("deux"):
                return Answer((Reply(Markup("Une.")), Reply(Markup("Deux."))))
            case Location(latitude, longitude):
                return Answer((Reply(Markup("Vous êtes à {} {}.").format(latitude, longitude)),))
            case Text(text):
                return Answer((Reply(Markup("J’ai lu : {}").format(text)),))
        raise AssertionError(event)

    async def pending(self, chat: str) -> list[tuple[str, Reply]]:
        return list(self.waiting.get(chat, {}).items())

    async def delivered(self, chat: str, ids: Sequence[str]) -> None:
        for one in ids:
            self.waiting.get(chat, {}).pop(one, None)

    async def is_known(self, chat: str) -> bool:
        return chat in self.known

    @property
    def said(self) -> list[str]:
        """What was typed, in the order it was heard."""
        return [event.content.text for event in self.heard if isinstance(event.content, Text)]


class Site:
    """The page on a port of its own, which can be taken away and brought back, or answer to nobody."""

    def __init__(self, engine: Any, kept: Any, **options: Any) -> None:
        self.engine, self.kept, self.options = engine, kept, options
        self.port = unused_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.swallow = 0
        """How many of the next answers are lost on their way, after the work was done."""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(middlewares=[self._lose])
        add_routes(app, self.engine, kept=self.kept, **{"secret": SECRET, **self.options})
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    @web.middleware
    async def _lose(self, request: web.Request, handler: Any) -> web.StreamResponse:
        response = await handler(request)
        if self.swallow and request.method == "POST":
            self.swallow -= 1
            assert request.transport is not None
            request.transport.abort()
        return response


@pytest.fixture
def engine() -> SmallTalk:
    return SmallTalk()


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
async def client(engine: SmallTalk, limits: Limits) -> AsyncIterator[TestClient]:
    app = web.Application()
    add_routes(app, engine, secret=SECRET, kept=engine, limits=limits)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def site(engine: SmallTalk) -> AsyncIterator[Site]:
    site = Site(engine, engine, limits=Limits(person=Pace(500, 0.01), address=Pace(5_000, 0.001)))
    await site.start()
    yield site
    await site.stop()
