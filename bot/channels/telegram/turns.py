"""One update through the engine, whichever way it came: by polling or by webhook.

The button stops waiting at once, and a turn that takes long shows that Allié is writing. Both are courtesies: sent
without waiting, never tried again, and nothing of the conversation depends on them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.inbound import Reader, press_id
from bot.channels.telegram.outbound import address
from bot.conversation.events import Event
from bot.conversation.replies import Reply

if TYPE_CHECKING:
    from bot.conversation.engine import AnswerMode, Handled

__all__ = ["Engine", "Turns"]

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

    def read(self, update: Any, raw: str = "") -> Event | None:
        """The event in an update; its press is answered even if there is nothing in it for Allié."""
        if (press := press_id(update)) is not None:
            self._api.call_and_forget("answerCallbackQuery", {"callback_query_id": press})
        return self._reader.event(update, raw)

    async def take(self, event: Event, answer: AnswerMode, check: Callable[[Reply], str | None]) -> Handled:
        """One turn, committed when this returns. Raises the engine's `Busy`."""
        writing = asyncio.get_running_loop().call_later(WRITING_AFTER, self._is_writing, event.chat)
        try:
            return await self._engine.handle(event, answer=answer, check=check)
        finally:
            writing.cancel()

    def _is_writing(self, chat: str) -> None:
        self._api.call_and_forget("sendChatAction", {"chat_id": address(chat), "action": "typing"})
