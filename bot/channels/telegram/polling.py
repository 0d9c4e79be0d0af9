"""Updates fetched by `getUpdates`: acknowledged once their turn is committed, never before.

Telegram's offset is cumulative: it acknowledges everything before it. So it advances only over the unbroken run of
updates that are done (`ledger.py`). Conversations run side by side, each in order; a slow one holds up no other, as
long as fewer than a hundred updates wait behind it (what one `getUpdates` can bring). Whatever a turn raises, its
update is tried again, later and later, before the next of its conversation. Killed at any instant, what was not
committed comes again, and what was committed but not acknowledged is recognised by the engine.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from typing import Any

from bot.channels.telegram.api import BotApi, Done, NoAnswer, Refusal
from bot.channels.telegram.inbound import ALLOWED_UPDATES
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.outbound import check
from bot.channels.telegram.turns import Turns
from bot.dialogue.events import Event
from bot.errors import Busy
from bot.logs import told
from bot.store.text import dumps

__all__ = ["Polling"]

log = logging.getLogger(__name__)

LONG_POLL = 50
"""Seconds that Telegram keeps a request for updates open."""
MOST_AT_ONCE = 100
TURNS_AT_ONCE = 64
WHILE_SOME_WAIT, WHILE_NOTHING_COMES = 0.25, 1.0
"""Seconds between requests while an update is in work: they come back at once, since it is not acknowledged. From the
first to the second, as long as nothing new comes."""
LONGEST_PAUSE = 30.0
"""Seconds before another try, of Telegram or of a turn, however often it failed before."""
TURNS_IN_HAND = 4.0
"""Seconds given at the end to the turns in hand."""


class Polling:
    """Fetches until `stopping` is set, then ends the turns in hand."""

    def __init__(self, api: BotApi, turns: Turns, *, long_poll: int = LONG_POLL) -> None:
        self._api = api
        self._turns = turns
        self._long_poll = long_poll
        self._ledger = Ledger()
        self._chats: dict[str, deque[tuple[int, Event]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(TURNS_AT_ONCE)
        self._one_done = asyncio.Event()
        self._between = WHILE_SOME_WAIT

    async def run(self, stopping: asyncio.Event) -> None:
        stop = asyncio.ensure_future(stopping.wait())
        pause = 0.0
        try:
            while not stopping.is_set():
                if pause:
                    await asyncio.wait({stop}, timeout=pause)
                    if stopping.is_set():
                        break
                pause = await self._round(stop, pause)
            await self._end()
        finally:
            stop.cancel()
            for task in self._tasks:
                task.cancel()

    async def _round(self, stop: asyncio.Future[Any], paused: float) -> float:
        """Fetch once and hand out what came; the pause before the next round, in seconds."""
        waiting = bool(self._ledger)
        self._one_done.clear()
        given = {
            "offset": self._ledger.offset,
            "limit": MOST_AT_ONCE,
            "timeout": 0 if waiting else self._long_poll,
            "allowed_updates": ALLOWED_UPDATES,
        }
        fetching = asyncio.ensure_future(self._api.call("getUpdates", given, within=self._long_poll + 15.0))
        await asyncio.wait({fetching, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not fetching.done():
            fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fetching
            return 0.0
        answer = fetching.result()
        if not isinstance(answer, Done):
            pause = _pause(answer, paused)
            log.warning("%s; trying again in %.0f s", explained(answer), pause)
            return pause
        came = [self._take(update) for update in (answer.result if isinstance(answer.result, list) else ())]
        self._between = WHILE_SOME_WAIT if any(came) else min(WHILE_NOTHING_COMES, 2 * self._between)
        self._ledger.advance()
        if self._ledger:
            done = asyncio.ensure_future(self._one_done.wait())
            await asyncio.wait({done, stop}, timeout=self._between, return_when=asyncio.FIRST_COMPLETED)
            done.cancel()
        return 0.0

    def _take(self, update: Any) -> bool:
        """Hand out an update that is new; whether it is."""
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int) or not self._ledger.add(number):
            return False
        if (event := self._read(update)) is None:
            self._ledger.done(number)
            return True
        queue = self._chats.get(event.chat)
        if queue is None:
            self._chats[event.chat] = queue = deque()
            task = asyncio.create_task(self._talk(event.chat, queue))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        queue.append((number, event))
        return True

    def _read(self, update: Any) -> Event | None:
        try:
            return self._turns.read(update, dumps(update))
        except Exception as error:  # reading promises not to raise; the next update is read all the same
            log.error("an update cannot be read, and is let go: %s", told(error))
            return None

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()):
            log.error("a conversation stopped: %s", type(problem).__name__)

    async def _talk(self, chat: str, queue: deque[tuple[int, Event]]) -> None:
        """One conversation's updates, one after the other; one that fails is tried again before the next."""
        pause = 0.0
        while queue:
            number, event = queue[0]
            async with self._room:
                pause = await self._turn(event, pause)
            if pause:
                await asyncio.sleep(pause)
                continue
            queue.popleft()
            self._ledger.done(number)
            self._one_done.set()
        del self._chats[chat]

    async def _turn(self, event: Event, paused: float) -> float:
        """Seconds to wait before the same event is tried again; 0 when it is committed."""
        try:
            await self._turns.take(event, "outbox", check)
        except Busy as busy:
            return max(0.1, busy.seconds)
        except Exception as error:
            pause = min(LONGEST_PAUSE, max(1.0, 2 * paused))
            log.error("a turn cannot be taken: %s; trying again in %.0f s", told(error), pause)
            return pause
        return 0.0

    async def _end(self) -> None:
        """End the turns in hand, then tell Telegram how far we came. Without that, it would only send some again."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=TURNS_IN_HAND)
        if self._ledger.advance():
            given = {"offset": self._ledger.offset, "limit": 1, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
            await self._api.call("getUpdates", given, within=3.0)


def _pause(answer: Refusal | NoAnswer, paused: float) -> float:
    if isinstance(answer, Refusal) and answer.retry_after:
        return answer.retry_after
    return min(LONGEST_PAUSE, max(1.0, paused * 2))


def explained(answer: Refusal | NoAnswer) -> str:
    """What is wrong, in one sentence for whoever runs Allié."""
    if isinstance(answer, NoAnswer):
        return f"Telegram cannot be reached: {answer.reason}"
    if answer.code in (401, 404):
        return "Telegram no longer accepts ALLIE_TELEGRAM_TOKEN: ask @BotFather for the bot's token and set it"
    if answer.code == 409 and "webhook" in answer.description:
        return "Another Allié has set a webhook with the same ALLIE_TELEGRAM_TOKEN: run one, or give each its own token"
    if answer.code == 409:
        return "Another program polls with the same ALLIE_TELEGRAM_TOKEN: stop it, or give each its own token"
    return f"Telegram refused to give updates: {answer.code} {answer.description}"
