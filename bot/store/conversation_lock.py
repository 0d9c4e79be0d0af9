"""One turn at a time in each conversation, in the order they came. Conversations do not wait for each other."""

from __future__ import annotations

import asyncio
from collections import deque

from bot.store import Busy

__all__ = ["BUSY_AFTER", "ConversationLock"]

BUSY_AFTER = 2.0
"""Seconds a turn waits for its conversation before the platform is asked to come back."""


class ConversationLock:
    """`await enter(chat)`, and `leave(chat)` whatever happened in between."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def enter(self, chat: str) -> None:
        """Return when the conversation is free for the caller. Raises `Busy` after `BUSY_AFTER` seconds."""
        queue = self._waiting.get(chat)
        if queue is None:
            self._waiting[chat] = deque()
            return
        ours: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(ours)
        try:
            async with asyncio.timeout(BUSY_AFTER):
                await ours
        except BaseException as reason:
            if ours.done() and not ours.cancelled():
                self.leave(chat)  # it became ours at the very moment we gave up
            else:
                ours.cancel()
            if isinstance(reason, TimeoutError):
                raise Busy("an earlier message of this conversation is still in work") from None
            raise

    def leave(self, chat: str) -> None:
        """Let the next one in."""
        queue = self._waiting[chat]
        while queue:
            following = queue.popleft()
            if not following.done():
                following.set_result(None)
                return
        del self._waiting[chat]

    def __len__(self) -> int:
        """Conversations in work."""
        return len(self._waiting)
