"""A small conversation of this folder's own, over real HTTP: it does each event once, and remembers its answer."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, unused_port
from markupsafe import Markup
from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.channels.address import PROXIES
from bot.channels.web import InboundLimits, add_routes
from bot.channels.web.page import MenuItem
from bot.daily_digest import DailyDigest
from bot.dialogue.engine import Busy
from bot.dialogue.events import Command, Event, Location, Press, Text
from bot.dialogue.replies import Button, File, Reply
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.phrase import Phrase

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error("CSP:", event.violatedDirective, event.sample))
"""


async def key_of(name: str) -> bytes:
    """A key by its name, as a store keeps them."""
    return name.encode().ljust(32, b"-")


SECRET = b"0123456789abcdef0123456789abcdef"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c63f8ffff3f0300080002fe76e9b2550000000049454e44ae426082"
)


@dataclass(frozen=True)
class Answer:
    replies: tuple[Reply, ...]
    forgotten: bool = False
    language: str | None = None


@dataclass
class SmallTalk:
    """Does each event once, and says so in `heard`.

    `busy` has the next events refused, for these seconds; `broken` is raised by whatever is asked; `slow` takes that
    long; `always` is answered whatever is said, whether or not it is what a server should send.
    """

    heard: list[Event] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    waiting: dict[str, dict[str, Reply]] = field(default_factory=dict)
    busy: list[float] = field(default_factory=list)
    broken: Exception | None = None
    slow: float = 0.0
    always: Reply | None = None
    language: str | None = None
    """The language of what is `always` answered."""
    nothing_waits: asyncio.Event = field(default_factory=asyncio.Event)
    clock: list[datetime] = field(default_factory=lambda: [datetime.now(UTC)])
    """What time it is, for a test that sets it."""

    async def handle(self, event: Event, *, answer: str) -> Answer:
        assert answer == "direct"
        await asyncio.sleep(self.slow)
        if self.broken:
            raise self.broken
        if self.busy:
            raise Busy("the store is away", self.busy.pop(0))
        if event.id not in self.answers:
            self.heard.append(event)
            self.answers[event.id] = (
                Answer((self.always,), language=self.language) if self.always else self.answer(event)
            )
        return self.answers[event.id]

    def answer(self, event: Event) -> Answer:
        match event.content:
            case Command("start", argument):
                choices = (Button("Donner du temps", "time"), Button("Donner de l’argent", "money"))
                about = f" ({argument})" if argument else ""
                text = Markup("Bonjour, je suis <b>Allié</b>{}.\nQue voudriez-vous donner ?").format(about)
                return Answer((Reply(text, (choices, (Button("Site", url="https://example.org/"),))),))
            case Press("!kept.0"):
                return Answer((Reply(Markup("Voici ce qui est gardé."), ((Button("Tout effacer", "erase"),),)),))
            case Press("erase"):
                return Answer((Reply(Markup("Tout est effacé.")),), forgotten=True)
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
        if self.broken:
            raise self.broken
        return list(self.waiting.get(chat, {}).items())

    async def delivered(self, chat: str, ids: Iterable[str]) -> None:
        if self.broken:
            raise self.broken
        for one in ids:
            self.waiting.get(chat, {}).pop(one, None)
        if not any(self.waiting.values()):
            self.nothing_waits.set()

    @property
    def said(self) -> list[str]:
        """What was typed, in the order it was heard."""
        return [event.content.text for event in self.heard if isinstance(event.content, Text)]


class Site:
    """The page on a port of its own, which can be taken away and brought back, or answer to nobody."""

    def __init__(self, engine: Any, **options: Any) -> None:
        self.engine, self.options = engine, options
        self.port = unused_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.swallow = 0
        """How many of the next answers are lost on their way, after the work was done."""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(middlewares=[self._lose])
        add_routes(app, self.engine, **{"secret": SECRET, **self.options})
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
def limits() -> InboundLimits:
    return InboundLimits()


@pytest.fixture
async def client(engine: SmallTalk, limits: InboundLimits) -> AsyncIterator[TestClient]:
    app = web.Application()
    app[PROXIES] = (ip_network("127.0.0.0/8"),)
    digest, at = DailyDigest(key_of), engine.clock
    add_routes(app, engine, secret=SECRET, waiting=engine, limits=limits, digest=digest, now=lambda: at[0])
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium here: the page is tried in a real browser where one is installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site(engine: SmallTalk) -> AsyncIterator[Site]:
    limits = InboundLimits(person=InboundRateLimiter(500, 0.01), address=InboundRateLimiter(5_000, 0.001))
    menu = (MenuItem(Phrase("Mes données"), ">data"),)
    site = Site(engine, waiting=engine, limits=limits, menu=menu)
    await site.start()
    yield site
    await site.stop()


class Visitor:
    """Somebody with the page before them. What is not here is asked of the page itself."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    async def in_another_tab(self) -> Visitor:
        page = await self.page.context.new_page()
        await page.goto(self.page.url)
        await page.get_by_text("je suis Allié").wait_for()
        return Visitor(page)

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox")

    async def write(self, text: str) -> None:
        await self.field.fill(text)
        await self.page.keyboard.press("Enter")

    async def read(self, text: str) -> None:
        await self.page.locator(".allie").get_by_text(text, exact=True).wait_for()

    async def shown(self) -> list[str]:
        """The messages on the page, each with who said it, as a screen reader has them."""
        return [text.replace("\u00a0", " ") for text in await self.page.locator(".message").all_inner_texts()]


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, site: Site) -> AsyncIterator[Callable[..., Awaitable[Visitor]]]:
    """Opens the page as somebody new; at the end no script may have failed, and nothing been kept from running."""
    contexts, complaints = [], []

    async def visit(path: str = "/", *, greeted: bool = True, **options: Any) -> Visitor:
        context = await browser.new_context(**{"locale": "fr-FR", "viewport": {"width": 900, "height": 700}, **options})
        context.set_default_timeout(8_000)
        contexts.append(context)
        await context.add_init_script(REPORT_VIOLATIONS)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Failed to load" not in line.text else None)
        await page.goto(site.url + path)
        if greeted:
            await page.get_by_text("je suis Allié").wait_for()
        return Visitor(page)

    yield visit
    for context in contexts:
        await context.close()
    assert complaints == []


@pytest.fixture
def new_site() -> type[Site]:
    return Site
