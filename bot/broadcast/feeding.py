"""Puts broadcasts in the outbox, a few messages at a time, while the server is at work.

The outbox never holds more than a few seconds' worth: a broadcast to a million people weighs on nobody, and one that is
stopped stops at once. Killed at any instant, it goes on where it was: how far it has come is in the same commit as the
messages.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.broadcast.audience import Audience, BadAudience, language_of
from bot.dialogue.news import news
from bot.store import Store
from bot.store.broadcasts import Broadcast

__all__ = ["AT_HAND", "Feeder"]

log = logging.getLogger(__name__)

AT_HAND = 200
"""Messages in the outbox at most: about seven seconds of what Telegram allows."""
LOOKED_AT = 500
"""Consents read at once."""
EVERY, IDLE = 1.0, 5.0
"""Seconds between two looks at the outbox while something is sent, and for a broadcast that another process began."""


class Feeder:
    """Of several processes on one database, the elected one feeds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_under_way = False
        self.begun = asyncio.Event()
        """Set when a broadcast begins here."""

    async def run(self, attempt: Callable[[str, Callable[[], Awaitable[Any]]], Awaitable[bool]]) -> None:
        """Feed until cancelled. `attempt` does a piece of work by its name, and tells what goes wrong with it."""
        while True:
            await attempt("feeding broadcasts", self._look)
            self.begun.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY if self._is_under_way else IDLE):
                    await self.begun.wait()

    async def _look(self) -> None:
        self._is_under_way = False
        if await self._store.elected("broadcasts"):
            await self.step()

    async def step(self, now: datetime | None = None) -> None:
        """Put in the outbox what there is room for. One that fails holds up no other: what went wrong with it is raised
        at the end."""
        under_way = await self._store.broadcasts.under_way()
        self._is_under_way = bool(under_way)
        went_wrong: list[Exception] = []
        for broadcast in under_way:
            try:
                room = AT_HAND - await self._store.broadcasts.waiting("telegram")
                if room > 0:
                    await self._feed(broadcast, room, now or datetime.now(UTC))
            except Exception as error:
                went_wrong.append(error)
        if went_wrong:
            raise went_wrong[0]

    async def _feed(self, broadcast: Broadcast, room: int, now: datetime) -> None:
        try:
            audience = Audience.from_json(broadcast.body.get("audience", {}))
        except BadAudience:  # written by another version
            log.error("the broadcast %s cannot be read any more, and is stopped", broadcast.id)
            await self._store.broadcasts.stop(broadcast.id)
            return
        texts: dict[str, str] = broadcast.body.get("texts", {})
        bodies = {language: _body(broadcast.id, html, language) for language, html in texts.items()}
        come_to = broadcast
        while True:
            page = await self._store.broadcasts.agreed(come_to.after, broadcast.begun, LOOKED_AT)
            messages: list[tuple[str, dict[str, Any]]] = []
            after = come_to.after
            for one in page:
                if len(messages) == room:
                    break
                after = one.chat
                if audience.takes(one) and (body := bodies.get(language_of(one))):
                    messages.append((one.chat, body))
            done = len(page) < LOOKED_AT and (not page or after == page[-1].chat)
            await self._store.broadcasts.hand_over(come_to, messages, after=after, done=done, at=now)
            if done:
                log.info("the broadcast %s has come to the last of those who agreed", broadcast.id)
            room -= len(messages)
            if done or room <= 0:
                return
            come_to = replace(come_to, after=after)
            await asyncio.sleep(0)


def _body(id: str, html: str, language: str) -> dict[str, Any]:
    return {**news(html, language).as_json(), "broadcast": id}
