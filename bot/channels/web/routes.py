"""The web conversation over HTTP: the page, and the three calls it makes.

A post is answered only after its turn is committed. The page repeats a post, with the same id, until it has the answer,
and the engine gives a repeated one the very same replies: a dropped connection or a restart loses nothing and doubles
nothing. Later messages (reminders) stay in the outbox until the page says that it has shown them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil
from typing import Any, Literal, Protocol

from aiohttp import web

from bot.channels.address import address
from bot.channels.request_body import read_body
from bot.channels.web.page import MenuItem, Page
from bot.channels.web.person import People, is_same_origin
from bot.channels.web.wire import Post, Refusal, read_ids, read_post, reply_json
from bot.conversation_id import ConversationId
from bot.daily_digest import DailyDigest, day_of
from bot.dialogue.events import Event
from bot.dialogue.replies import Reply
from bot.errors import Busy, StoreError
from bot.i18n import best_language, text_of
from bot.inbound_rate_limiter import InboundRateLimiter, Wait
from bot.phrase import Phrase, _

__all__ = ["Answered", "Conversation", "InboundLimits", "Waiting", "add_routes"]

log = logging.getLogger(__name__)

LARGEST_POST = 128 * 1024
"""Bytes: 20,000 characters, the most the page sends, fit even where JSON needs six bytes for one."""


TOO_LARGE = f"is over {LARGEST_POST} bytes, or comes too slowly"


class Answered(Protocol):
    """What the conversation makes of an event."""

    @property
    def replies(self) -> tuple[Reply, ...]: ...

    @property
    def language(self) -> str | None: ...

    @property
    def forgotten(self) -> bool:
        """Everything kept about the person was erased, now or when this event first came."""


class Conversation(Protocol):
    """The part of the engine that the page needs."""

    async def handle(self, event: Event, *, answer: Literal["direct"]) -> Answered: ...


class Waiting(Protocol):
    """The messages that came while nobody asked: reminders, answers to an earlier request."""

    async def pending(self, chat: str) -> Sequence[tuple[str, Reply]]:
        """What waits for this conversation, oldest first, each with an id."""

    async def delivered(self, chat: str, ids: Iterable[str]) -> None:
        """The page has shown these: they leave the outbox. Ids of other conversations are passed over."""


@dataclass(frozen=True, slots=True)
class InboundLimits:
    """How fast a person may write, and how fast everybody behind one address (a school, a library) together."""

    person: InboundRateLimiter = field(default_factory=lambda: InboundRateLimiter(burst=20, every=1.0))
    address: InboundRateLimiter = field(default_factory=lambda: InboundRateLimiter(burst=300, every=0.1))


def add_routes(
    app: web.Application,
    engine: Conversation,
    *,
    secret: bytes,
    waiting: Waiting,
    public_url: str = "",
    telegram: str = "",
    menu: Sequence[MenuItem] = (),
    limits: InboundLimits | None = None,
    digest: DailyDigest | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Serve the page and its calls from `app`.

    `secret` signs the cookies: keep the same one, or everybody becomes somebody new. `public_url` is where people find
    the page, if a proxy stands before it. `telegram` is the address of the same conversation on Telegram, shown to
    those whose browser runs no scripts. `menu` is what the header keeps at hand. `digest` makes of a visitor's address
    what the turn is told of it; without it that is nothing.
    """
    site = Site(engine, waiting, People(secret, public_url), limits or InboundLimits(), public_url, now, digest)
    page = Page(telegram, menu)
    app.add_routes(
        [
            web.get("/", page.show),
            web.get("/static/{name}", page.asset),
            web.get("/favicon.ico", page.icon),
            web.get("/robots.txt", page.robots),
            web.get("/api/messages", site.guarded(site.later)),
            web.post("/api/messages", site.guarded(site.message)),
            web.post("/api/delivered", site.guarded(site.delivered)),
        ]
    )


@dataclass(frozen=True, slots=True)
class Site:
    """The calls of the page. Each returns JSON that no cache keeps; a refusal is `{"error": {"field", "message"}}`."""

    engine: Conversation
    waiting: Waiting
    people: People
    limits: InboundLimits
    public_url: str
    now: Callable[[], datetime]
    digest: DailyDigest | None = None

    def guarded(
        self, call: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """`call`, for our own page only and not faster than one address may. What the store cannot do is 503."""

        async def checked(request: web.Request) -> web.Response:
            if request.method == "POST" and not is_same_origin(request, self.public_url):
                return _refused(HTTPStatus.FORBIDDEN, "origin", "is not this site")
            if wait := self.limits.address.take(address(request)):
                return _too_fast(request, wait)
            try:
                return await call(request)
            except StoreError as error:
                if not isinstance(error, Busy):
                    log.error("a request cannot be answered: %s", error)
                return _come_back(HTTPStatus.SERVICE_UNAVAILABLE, error.seconds, request, BUSY)

        return checked

    async def message(self, request: web.Request) -> web.Response:
        """`POST /api/messages`: what a person wrote, pressed or sent; answers `{"replies": […], "forgotten": bool}`.

        Killed before the commit: nothing happened. After: the repeated post gets the same answer.
        """
        body = await _json_body(request)
        if isinstance(body, web.Response):
            return body
        post = read_post(body)
        if isinstance(post, Refusal):
            return _refused(HTTPStatus.BAD_REQUEST, post.field, post.message)
        person = self.people.known(request) or self.people.newcomer(post.id)
        if wait := self.limits.person.take(person):
            return _too_fast(request, wait)
        handled = await self.engine.handle(await self._event(request, person, post, body), answer="direct")
        response = _json(
            {
                "replies": [reply_json(reply, handled.language) for reply in handled.replies],
                "forgotten": handled.forgotten,
            }
        )
        if handled.forgotten:
            self.people.forget(request, response)
        else:
            self.people.remember(request, response, person)
        return response

    async def later(self, request: web.Request) -> web.Response:
        """`GET /api/messages`: what has come since, each with the id to give back once it is shown."""
        person = self.people.known(request)
        pending = await self.waiting.pending(_chat(person)) if person else ()
        return _json({"messages": [{"id": name, **reply_json(reply)} for name, reply in pending]})

    async def delivered(self, request: web.Request) -> web.Response:
        """`POST /api/delivered`: the page has shown these messages. Killed before the commit: they are shown again."""
        body = await _json_body(request)
        if isinstance(body, web.Response):
            return body
        ids = read_ids(body)
        if isinstance(ids, Refusal):
            return _refused(HTTPStatus.BAD_REQUEST, ids.field, ids.message)
        if person := self.people.known(request):
            await self.waiting.delivered(_chat(person), ids)
        return _json({})

    async def _event(self, request: web.Request, person: str, post: Post, body: bytes) -> Event:
        at = self.now()
        return Event(
            id=self.people.event(person, post.id),
            chat=_chat(person),
            content=post.content,
            at=at,
            language=_language(request),
            raw=body.decode("utf-8", "replace"),
            address=await self.digest.of(address(request), day_of(at)) if self.digest else "",
        )


SLOW_DOWN = _("One moment, please: I am still reading. What you wrote is kept, and I will answer it in a few seconds.")
BUSY = _("Many people are writing to me just now. What you wrote is kept, and I will answer it in a moment.")


def _chat(person: str) -> str:
    return str(ConversationId("web", person))


def _language(request: web.Request) -> str | None:
    return request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip() or None


async def _json_body(request: web.Request) -> bytes | web.Response:
    """The body of a JSON post, or the refusal of what is not JSON (415) or too large (413)."""
    if request.content_type != "application/json":
        return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "is not application/json")
    if (request.content_length or 0) > LARGEST_POST:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body", TOO_LARGE)
    body = await read_body(request, LARGEST_POST)
    if body is None:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body", TOO_LARGE)
    return body


def _json(data: dict[str, Any], status: int = HTTPStatus.OK) -> web.Response:
    return web.Response(
        body=json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def _refused(status: int, field: str, message: str) -> web.Response:
    return _json({"error": {"field": field, "message": message}}, status)


def _too_fast(request: web.Request, wait: Wait) -> web.Response:
    return _come_back(HTTPStatus.TOO_MANY_REQUESTS, wait.seconds, request, SLOW_DOWN if wait.first else None)


def _come_back(status: int, seconds: float, request: web.Request, word: Phrase | None) -> web.Response:
    """Nothing was done: the page repeats the post in `seconds`. `word` is shown to the person meanwhile."""
    language = best_language(request.headers.get("Accept-Language"))
    response = _json({"word": text_of(word, language)} if word else {}, status)
    response.headers["Retry-After"] = str(max(1, ceil(seconds)))
    return response
