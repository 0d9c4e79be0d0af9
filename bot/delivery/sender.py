"""Delivers the outbox: each person's replies in order, as fast as the platform allows and no faster.

A reply leaves the outbox when the platform has it. Killed while one is on the wire, it is sent again at the next start:
it may arrive twice, never not at all. Replies go before alerts and alerts before broadcasts; a conversation that has to
wait holds up no other.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import time
from bisect import insort
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

from bot.delivery.outcomes import Delivered, Gone, Later, Outcome, Refused, Unknown
from bot.delivery.send_rate_limiter import SendRateLimiter
from bot.dialogue.replies import Reply
from bot.logs import told
from bot.send_limits import SendLimits
from bot.store import Message, Store, StoreError
from bot.store.broadcasts import broadcast_of
from bot.store.priority import Priority

__all__ = ["Sender"]

log = logging.getLogger(__name__)

PRIORITIES = (Priority.REPLY, Priority.ALERT, Priority.BROADCAST)
AT_HAND = 100
"""Messages of a priority held in memory at most; the others wait in the store."""
OF_ONE_CHAT = 10
"""Of these, at most so many of one conversation."""
AT_ONCE = 100
"""Calls on the wire at most."""
LOOK_AGAIN = 1.0
"""Seconds after which the store is looked at again, whatever was heard."""
FAILING = 3
"""Conversations whose delivery failed, with no success in between, that mean the platform itself fails."""
PROBE_EVERY = 1.0
"""Seconds between two attempts while the platform fails."""
LONGEST_BACKOFF, DOUBLED = 60.0, 6
"""Seconds before another try, and how often the wait is doubled until then."""
GONE_FOR = 5.0
"""Seconds that somebody who was not there is left alone, whatever the clock says of when they last wrote."""
HOPELESS = 6
"""Times that a message gets no answer, while others are delivered, before it is set aside."""


class Sender:
    """Takes from the outbox and hands to `deliver`: many conversations at once, one message at a time in each.

    `calls` says how many calls of the platform a reply takes. `clock` is the monotonic clock of the rate limiter.
    """

    def __init__(
        self,
        store: Store,
        channel: str,
        deliver: Callable[[str, Reply], Awaitable[Outcome]],
        *,
        limits: SendLimits | None = None,
        is_group: Callable[[str], bool] = lambda chat: False,
        calls: Callable[[str, Reply], int] = lambda chat, reply: _calls(reply),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._channel = channel
        self._deliver = deliver
        self._is_group = is_group
        self._calls = calls
        self._clock = clock
        self.rate_limiter = SendRateLimiter(limits or SendLimits())
        self._queues: dict[str, list[Message]] = {}
        """The messages at hand of each conversation, in the order in which they go."""
        self._ready: list[tuple[int, int, str]] = []
        """A heap of the conversations whose next message may go: its priority and id, and whose it is."""
        self._cooling: list[tuple[float, str]] = []
        """A heap of the conversations that got a message just now, by when they may get another."""
        self._cooling_down: set[str] = set()
        self._held: dict[str, float] = {}
        """Conversations that the platform told to wait, until when. Their messages are back in the store."""
        self._on_the_wire: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()
        self._silent_until = 0.0
        self._successes = 0
        self._unanswered: dict[int, tuple[int, int]] = {}
        """By message: how often it got no answer while others did, and the successes there were at the last try."""
        self._stopping = False

    async def run(self) -> None:
        """Deliver until `stop`. What is on the wire then is finished; the rest stays in the outbox."""
        woken = self._store.has_outbox
        try:
            while not self._stopping:
                woken.clear()
                try:
                    wait = await self._fill()
                    if not self._stopping:
                        wait = min(wait, self._dispatch())
                except Exception as error:  # a mistake of ours; what it did not hold up goes on
                    log.error("the sender stumbled: %s", told(error))
                    wait = LOOK_AGAIN
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await woken.wait()
            await asyncio.gather(*self._on_the_wire.values(), return_exceptions=True)
        finally:
            for task in self._on_the_wire.values():
                task.cancel()
            for queue in self._queues.values():
                self._store.release(queue)

    def stop(self) -> None:
        self._stopping = True
        self._store.has_outbox.set()

    # What to send

    async def _fill(self) -> float:
        """Take what there is room for. Seconds until it is worth looking again."""
        now = self._clock()
        self._held = {chat: until for chat, until in self._held.items() if until > now}
        try:
            self.rate_limiter.quota = await self._store.quota()
            for priority in PRIORITIES if self.rate_limiter.quota > 0 else ():
                await self._fill_priority(priority)
            self.rate_limiter.quota = await self._store.quota()
        except StoreError as error:
            log.warning("the outbox waits: %s", error)
            return error.seconds
        return min([LOOK_AGAIN, *(until - now for until in self._held.values())])

    async def _fill_priority(self, priority: Priority) -> None:
        """One talkative conversation does not take the room of the others."""
        at_hand = Counter({chat: len(queue) for chat, queue in self._queues.items()})
        full = {chat for chat, count in at_hand.items() if count >= OF_ONE_CHAT}
        room = AT_HAND - sum(message.priority == priority for queue in self._queues.values() for message in queue)
        if room < AT_HAND // 2:
            return
        while room > 0:
            taken = await self._store.take(self._channel, room, priority=priority, without={*full, *self._held})
            surplus = []
            for message in taken:
                if at_hand[message.chat] < OF_ONE_CHAT and message.chat not in self._held:
                    at_hand[message.chat] += 1
                    self._queue(message)
                else:
                    surplus.append(message)
            self._store.release(surplus)
            full.update(message.chat for message in surplus)
            if len(taken) < room or not surplus:
                return
            room = len(surplus)

    def _queue(self, message: Message) -> None:
        if message.cooldown > 0:
            self.rate_limiter.cool_down(message.chat, self._clock() + message.cooldown)
        queue = self._queues.setdefault(message.chat, [])
        first = 1 if message.chat in self._on_the_wire else 0
        insort(queue, message, lo=min(first, len(queue)), key=_order)
        self._offer(message.chat)

    def _offer(self, chat: str) -> None:
        """Have a conversation take part, by its next message, unless it has to wait."""
        queue = self._queues.get(chat)
        if queue and chat not in self._on_the_wire and chat not in self._cooling_down:
            heapq.heappush(self._ready, (queue[0].priority, queue[0].id, chat))

    def _dispatch(self) -> float:
        """Start what may go now, the most urgent first. Seconds until something else may."""
        now = self._clock()
        while self._cooling and self._cooling[0][0] <= now:
            chat = heapq.heappop(self._cooling)[1]
            self._cooling_down.discard(chat)
            self._offer(chat)
        self.rate_limiter.crowded = False
        while self._ready:
            priority, id, chat = self._ready[0]
            queue = self._queues.get(chat)
            if (
                not queue
                or _order(queue[0]) != (priority, id)
                or chat in self._on_the_wire
                or chat in self._cooling_down
            ):
                heapq.heappop(self._ready)  # this message went or was given back, or a more urgent one came before it
                continue
            if now < self._silent_until:
                return self._silent_until - now
            if len(self._on_the_wire) >= AT_ONCE:
                return LOOK_AGAIN
            if not all(self._store.holds(message) for message in queue):
                heapq.heappop(self._ready)
                self._give_back(chat)  # we were cut off for long, and others send it
                continue
            if (wait := self._start(chat, queue[0], now)) > 0:
                return wait
        return max(0.0, self._cooling[0][0] - now) if self._cooling else LOOK_AGAIN

    def _start(self, chat: str, message: Message, now: float) -> float:
        """Send `message` now, or have its conversation wait for its own limit; or the seconds until there is room."""
        is_group = self._is_group(chat)
        try:
            reply = Reply.from_json(message.body)
            calls = max(1, self._calls(chat, reply))
        except Exception as error:  # kept by another version
            heapq.heappop(self._ready)
            self._on_the_wire[chat] = asyncio.create_task(self._settled(message, _unreadable(error)))
            return 0.0
        its_own = self.rate_limiter.chat_free_at(chat)
        if its_own > now:
            heapq.heappop(self._ready)
            self._cool_down(chat, its_own)
            return 0.0
        moment = self.rate_limiter.free_at(chat, now, calls, is_group=is_group)
        if moment > now:
            self.rate_limiter.crowded = True
            return moment - now
        heapq.heappop(self._ready)
        self.rate_limiter.take(chat, now, calls, is_group=is_group)
        if len(self._failing) >= FAILING:
            self._silent_until = now + PROBE_EVERY
        self._on_the_wire[chat] = asyncio.create_task(self._attempt(message, reply))
        return 0.0

    def _cool_down(self, chat: str, until: float) -> None:
        self._cooling_down.add(chat)
        heapq.heappush(self._cooling, (until, chat))

    # What became of it

    async def _attempt(self, message: Message, reply: Reply) -> None:
        since = datetime.now(UTC)
        outcome: Outcome | None
        try:
            if broadcast_of(message.priority, message.body) is not None and not await self._store.stands(message):
                outcome = None
            else:
                outcome = await self._deliver(message.chat, reply)
        except StoreError as error:
            outcome = Later(error.seconds)
        except Exception as error:  # a channel promises not to raise; nothing is lost if one does
            log.error("the channel failed: %s", type(error).__name__)
            outcome = Unknown(type(error).__name__)
        await self._settled(message, outcome, since)

    async def _settled(self, message: Message, outcome: Outcome | None, since: datetime | None = None) -> None:
        """Write down what became of a message, however long the store is busy, and let the next one go."""
        chat = message.chat
        try:
            while True:
                try:
                    await self._settle(message, outcome, since or datetime.now(UTC))
                    return
                except StoreError as error:
                    await asyncio.sleep(error.seconds)
                except Exception as error:  # a mistake of ours: its conversation waits, and no other
                    log.error("what became of a reply is not kept: %s", told(error))
                    self._hold(chat, LONGEST_BACKOFF)
                    return
        finally:
            self._on_the_wire.pop(chat, None)
            self._offer(chat)
            self._store.has_outbox.set()

    async def _settle(self, message: Message, outcome: Outcome | None, since: datetime) -> None:
        match outcome:
            case None:  # it was withdrawn while it waited here
                self._done_with(message)
                return
            case Later(seconds):
                self._note_failure(message.chat)
                self._hold(message.chat, seconds)
                return
            case Unknown(reason) if not self._is_hopeless(message):
                await self._store.tried(message)
                log.info("a reply may not have arrived and is sent again: %s", reason, extra={"reply": message.id})
                self._note_failure(message.chat)
                self._hold(message.chat, min(LONGEST_BACKOFF, 2.0 ** min(message.attempts, DOUBLED)))
                return
            case Gone():
                await self._store.gone(message, since=since)
                self._held[message.chat] = self._clock() + GONE_FOR
                self._give_back(message.chat)
            case Refused(reason) | Unknown(reason):
                log.warning("a reply is set aside: %s", reason, extra={"reply": message.id})
                await self._store.refused(message, reason)
                self._done_with(message)
            case Delivered():
                now = self._clock()
                self.rate_limiter.arrived(message.chat, now, is_group=self._is_group(message.chat))
                await self._store.delivered(message, cooldown=self.rate_limiter.chat_free_at(message.chat) - now)
                self._done_with(message)
        self._successes += 1
        self._failing.clear()
        self._silent_until = 0.0

    def _done_with(self, message: Message) -> None:
        self._unanswered.pop(message.id, None)
        queue = self._queues[message.chat]
        queue.remove(message)
        if not queue:
            del self._queues[message.chat]

    def _give_back(self, chat: str, cooldown: float = 0.0) -> None:
        self._store.release(self._queues.pop(chat, ()), cooldown=cooldown)

    def _hold(self, chat: str, seconds: float) -> None:
        self._held[chat] = self._clock() + seconds
        self._give_back(chat, cooldown=seconds)

    def _note_failure(self, chat: str) -> None:
        self._failing.add(chat)
        if len(self._failing) >= FAILING:
            self._silent_until = self._clock() + PROBE_EVERY

    def _is_hopeless(self, message: Message) -> bool:
        """Whether this message gets no answer again and again while the platform answers for others."""
        times, successes = self._unanswered.get(message.id, (0, self._successes))
        times += self._successes > successes
        if len(self._unanswered) > 10 * AT_HAND:
            self._unanswered.clear()
        self._unanswered[message.id] = (times, self._successes)
        return times >= HOPELESS


def _order(message: Message) -> tuple[int, int]:
    return message.priority, message.id


def _calls(reply: Reply) -> int:
    """How many calls of the platform one reply may take: its files and its picture go by themselves."""
    return 1 + len(reply.files) + (reply.picture is not None)


def _unreadable(error: Exception) -> Outcome:
    return Refused(f"it cannot be read any more: {type(error).__name__}")
