"""Updates as Telegram posts them: acknowledged once their turn is committed, the single reply in the response itself.

Killed before the commit, Telegram posts the update again; killed after it, the repeated update gets the very same
response. When the store is busy, away or broken the answer is 503 with `Retry-After`, and Telegram comes back then.
Whoever does not know the secret learns nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import math
import time
from typing import Protocol

from aiohttp import web

from bot.channels.request_body import read_body
from bot.channels.telegram.outbound import address, calls_for, why_not_webhook_reply
from bot.channels.telegram.turns import Turns
from bot.dialogue.events import Event
from bot.dialogue.replies import Reply
from bot.errors import Busy, StoreError
from bot.store.text import dumps, loads

__all__ = ["Budget", "Webhook", "secret_of"]

log = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes. The largest update that Telegram sends is far below."""
PROOF = "X-Telegram-Bot-Api-Secret-Token"
"""The header by which Telegram proves that it is Telegram."""


class Budget(Protocol):
    """The rate that Telegram allows, shared with the sender."""

    def take_now(self, chat: str, now: float) -> bool:
        """Reserve this moment for a call to `chat`, if there is room for it; False, and nothing is reserved, if not."""

    def take_again(self, chat: str, now: float) -> None:
        """Count a call to `chat` that was allowed before and is made once more."""

    def turned_away(self, now: float) -> None:
        """The platform took no call, or failed: for a while there is no room for what nobody would be told of."""


def secret_of(token: str) -> str:
    """The secret that Telegram shows with each update: the same on every replica, and no way back to the token."""
    return hmac.new(token.encode(), b"allie telegram webhook", hashlib.sha256).hexdigest()


class Webhook:
    """The handler of the webhook's address."""

    def __init__(self, turns: Turns, secret: str, budget: Budget | None = None, *, bot: str = "") -> None:
        self._turns = turns
        self._bot = bot
        self._secret = secret.encode()
        self._budget = budget

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(PROOF, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        if request.content_type != "application/json":
            return web.Response(status=415)
        if (request.content_length or 0) > LARGEST_BODY:
            return web.Response(status=413)
        body = await read_body(request, LARGEST_BODY)
        if body is None:
            return web.Response(status=413)
        try:
            raw = body.decode()
            update = loads(raw)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        event = self._turns.read(update, raw)
        if event is None:
            return web.Response()
        try:
            handled = await self._turns.take(event, "webhook", lambda reply: self._why_not_webhook_reply(event, reply))
        except StoreError as error:
            if not isinstance(error, Busy):
                log.error("a turn cannot be taken: %s", error)
            return web.Response(status=503, headers={"Retry-After": str(max(1, math.ceil(error.seconds)))})
        if handled.webhook_reply is None:
            return web.Response()
        if handled.duplicate and self._budget:
            self._budget.take_again(event.chat, time.monotonic())
        (call,) = calls_for(handled.webhook_reply, address(event.chat), self._bot)
        return web.Response(body=dumps({"method": call.method, **call.given}).encode(), content_type="application/json")

    def _why_not_webhook_reply(self, event: Event, reply: Reply) -> str | None:
        if problem := why_not_webhook_reply(reply):
            return problem
        now = time.monotonic()
        if self._budget and not self._budget.take_now(event.chat, now):
            return "there is no room just now; the sender keeps it"
        return None
