"""Delivers the outbox: each person's replies in order, as fast as the platform allows and no faster.

A reply leaves the outbox when the platform has it. Killed while one is on the wire, it is sent again at the next start:
it may arrive twice, never not at all.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.conversation.outcomes import Delivered, Gone, Later, Outcome, Refused, Unknown
from bot.conversation.replies import Reply
from bot.store import Busy, Message, Store

__all__ = ["Limits", "Pace", "Sender"]

log = logging.getLogger(__name__)

AT_HAND = 500
"""Messages held in memory at most; the others wait in the store."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the platform allows: in all, to one chat, to one group."""

    per_second: int = 30
    chat_seconds: float = 1.0
    group_seconds: float = 3.0


class Pace:
    """Says when the next call may be made: `per_second` in any second, spread by chat.

    Times are of a monotonic clock, so a wall clock set back changes nothing.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._recent: deque[float] = deque(maxlen=limits.per_second)
        self._chats: dict[str, float] = {}

    def next_call(self, chat: str, is_group: bool, now: float) -> float:
        """Reserve the next moment for `chat` and return it."""
        moment = now
        if len(self._recent) == self._limits.per_second:
            moment = max(moment, self._recent[0] + 1.02)
        free = self._chats.get(chat, 0.0)
        moment = max(moment, free)
        self._recent.append(moment)
        self._chats[chat] = moment + (self._limits.group_seconds if is_group else self._limits.chat_seconds) * 1.02
        if len(self._chats) > 4 * AT_HAND:
            self._chats = {name: until for name, until in self._chats.items() if until > now}
        return moment

    def take_now(self, chat: str, is_group: bool, now: float) -> bool:
        """Reserve this moment for `chat`, if a call may be made at once; False, and nothing is reserved, if not.

        A share is left to the sender, so that what waits in the outbox goes on.
        """
        if not self.is_free(now) or self._chats.get(chat, 0.0) > now:
            return False
        self.next_call(chat, is_group, now)
        return True

    def is_free(self, now: float) -> bool:
        """Less than half of what is allowed was used in the last second: there is room beside the sender."""
        used = sum(1 for moment in self._recent if moment > now - 1.0)
        return used < self._limits.per_second // 2

    def note(self, chat: str, is_group: bool, now: float) -> None:
        """A call was made that did not ask: a reply that rode in a response."""
        self.next_call(chat, is_group, now)


class Sender:
    """Takes from the outbox and hands to `deliver`, one chat at a time each, many chats at once."""

    def __init__(
        self,
        store: Store,
        channel: str,
        deliver: Callable[[str, Reply], Awaitable[Outcome]],
        *,
        limits: Limits | None = None,
        is_group: Callable[[str], bool] = lambda chat: False,
    ) -> None:
        self._store = store
        self._channel = channel
        self._deliver = deliver
        self._is_group = is_group
        self.pace = Pace(limits or Limits())
        self._queues: dict[str, deque[Message]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Deliver until `stop`. What is on the wire then is finished; the rest stays in the outbox."""
        while not self._stopping.is_set():
            self._store.has_outbox.clear()
            at_hand = sum(len(queue) for queue in self._queues.values())
            for message in await self._store.take(self._channel, datetime.now(UTC), max(0, AT_HAND - at_hand)):
                self._queue(message)
            try:
                await asyncio.wait_for(self._woken(), timeout=1.0)
            except TimeoutError:
                continue
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def stop(self) -> None:
        self._stopping.set()
        self._store.has_outbox.set()

    async def _woken(self) -> None:
        await self._store.has_outbox.wait()

    def _queue(self, message: Message) -> None:
        queue = self._queues.get(message.chat)
        if queue is None:
            self._queues[message.chat] = queue = deque()
            task = asyncio.create_task(self._drain(message.chat, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.append(message)

    async def _drain(self, chat: str, queue: deque[Message]) -> None:
        """Deliver one person's messages in order, until none is left or one has to wait."""
        loop = asyncio.get_running_loop()
        try:
            while queue and not self._stopping.is_set():
                message = queue[0]
                reply = Reply.from_json(message.body)
                moment = max(self.pace.next_call(chat, self._is_group(chat), loop.time()) for _ in range(_calls(reply)))
                await asyncio.sleep(max(0.0, moment - loop.time()))
                outcome = await self._deliver(chat, reply)
                if not await self._settle(message, outcome):
                    break
                queue.popleft()
        finally:
            del self._queues[chat]
            self._store.release(queue)
            self._store.has_outbox.set()

    async def _settle(self, message: Message, outcome: Outcome) -> bool:
        """Write down what became of a message. False when the following ones have to wait too."""
        while True:
            try:
                match outcome:
                    case Delivered():
                        await self._store.delivered(message)
                        return True
                    case Refused(reason):
                        log.warning("a reply was refused and set aside: %s", reason)
                        await self._store.refused(message, reason)
                        return True
                    case Gone():
                        await self._store.gone(message)
                        return False
                    case Later(seconds):
                        await self._store.delayed(message, _in(seconds))
                        return False
                    case Unknown(reason):
                        log.info("a reply may not have arrived and is sent again: %s", reason)
                        await self._store.delayed(message, _in(min(60.0, 2.0**message.attempts)))
                        return False
            except Busy as busy:
                await asyncio.sleep(busy.seconds)


def _calls(reply: Reply) -> int:
    """How many calls of the platform one reply may take: its files and its picture go by themselves."""
    return 1 + len(reply.files) + (reply.picture is not None)


def _in(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
