"""One update through the engine, whichever way it came: by polling or by webhook.

The button stops waiting at once, and a turn that takes long shows that Allié is writing. Both are sent
without waiting and never tried again: nothing of the conversation depends on them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.inbound import Reader, press_id
from bot.channels.telegram.outbound import address
from bot.dialogue.events import Event, Left, Returned
from bot.dialogue.replies import Reply
from bot.i18n import best_language, text_of
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.phrase import _

if TYPE_CHECKING:
    from bot.dialogue.engine import AnswerMode, Handled

__all__ = ["Engine", "Turns"]

FASTEST, EVERY = 120, 0.5
"""Messages that one person may send at once, and seconds for each one more: nobody types that fast."""
TOO_FAST = _("You write faster than I can read. Please wait a minute: what you send until then I do not read.")
WRITING_AFTER = 0.7
"""Seconds before a person is shown that the answer is being written."""


class Engine(Protocol):
    """What the channel needs of the engine."""

    async def handle(
        self, event: Event, *, answer: AnswerMode = ..., check: Callable[[Reply], str | None] = ...
    ) -> Handled: ...


class Turns:
    """Reads updates and hands them to the engine."""

    def __init__(self, api: BotApi, engine: Engine, reader: Reader) -> None:
        self._api = api
        self._engine = engine
        self._reader = reader
        self._limiter = InboundRateLimiter(FASTEST, every=EVERY)

    def read(self, update: Any, raw: str = "") -> Event | None:
        """The event in an update, None if there is nothing in it for Allié, or the person writes far too fast.

        Its press is answered all the same. Who writes too fast is told so once; until they slow down what they send is
        acknowledged and let go.
        """
        if (press := press_id(update)) is not None:
            self._api.call_and_forget("answerCallbackQuery", {"callback_query_id": press})
        event = self._reader.event(update, raw)
        if event is None or isinstance(event.content, (Left, Returned)):
            return event
        if (wait := self._limiter.take(event.chat)) is None:
            return event
        if wait.first:
            told = text_of(TOO_FAST, best_language(event.language))
            self._api.call_and_forget("sendMessage", {"chat_id": address(event.chat), "text": told})
        return None

    async def take(self, event: Event, answer: AnswerMode, check: Callable[[Reply], str | None]) -> Handled:
        """One turn, committed when this returns. Raises the engine's `Busy`."""
        writing = asyncio.get_running_loop().call_later(WRITING_AFTER, self._is_writing, event.chat)
        try:
            return await self._engine.handle(event, answer=answer, check=check)
        finally:
            writing.cancel()

    def _is_writing(self, chat: str) -> None:
        self._api.call_and_forget("sendChatAction", {"chat_id": address(chat), "action": "typing"})
