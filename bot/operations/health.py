"""Whether this process lives, and whether it can take turns: what a supervisor and a load balancer ask.

Not alive (`/healthz`): something that must run as long as the process does has ended by itself; start it again.
Periodic work that fails is named beside, and is tried again. Not ready (`/readyz`): it stops, or the store cannot take
a turn just now; send people elsewhere, and ask again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.logs import told
from bot.store import Store, StoreError

__all__ = ["Failure", "Health"]

log = logging.getLogger(__name__)

SAY_AGAIN = 3_600.0
"""Seconds after which what still fails for the same reason is said in the log again."""
ASK_AGAIN = 1.0
"""Seconds for which the store's answer stands: however many ask, it is asked once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with a piece of periodic work, and since when."""

    what: str
    why: str
    since: datetime
    said_at: float
    """When the log said so last, on a clock that nobody sets."""


class Health:
    """The health of one process."""

    def __init__(self, store: Store) -> None:
        self.stopping = False
        self._store = store
        self._watched: dict[str, asyncio.Task[Any]] = {}
        self._failures: dict[str, Failure] = {}
        self._asking: asyncio.Task[str | None] | None = None
        self._asked_at = float("-inf")
        self._failing = False

    def stop(self) -> None:
        """From now on nothing new should come here."""
        self.stopping = True

    def watch(self, name: str, task: asyncio.Task[Any]) -> None:
        """From now on the process is alive only while this task is; `name` says what it does."""
        self._watched[name] = task

    async def attempt(self, what: str, work: Callable[[], Awaitable[Any]]) -> bool:
        """Do a piece of periodic work, "cleaning" or a part of it, "cleaning: seen". Whether it went well.

        Whatever goes wrong is told here and in the log, and keeps nothing else from being done. It is no reason to
        start the process again.
        """
        try:
            await work()
        except Exception as error:
            self._failed(what, told(error))
            return False
        if self._failures.pop(what, None) is not None:
            log.info("%s: well again", what)
        return True

    def _failed(self, what: str, why: str) -> None:
        before, now = self._failures.get(what), time.monotonic()
        say = before is None or before.why != why or now - before.said_at >= SAY_AGAIN
        if say:
            log.error("%s: %s", what, why)
        since, said_at = (before.since, before.said_at) if before else (datetime.now(UTC), now)
        self._failures[what] = Failure(what, why, since, now if say else said_at)

    def rests(self, what: str) -> None:
        """This work, all its parts, is another process's now: how it goes is not known here."""
        self._failures = {name: failure for name, failure in self._failures.items() if name.partition(":")[0] != what}

    @property
    def failures(self) -> list[Failure]:
        """The periodic work that failed the last time, what failed first at the head."""
        return sorted(self._failures.values(), key=lambda failure: failure.since)

    def problem(self) -> str | None:
        """Why this process should be started again, None while it need not be."""
        if self.stopping:
            return None
        ended = [name for name, task in self._watched.items() if task.done()]
        return f"this has ended: {', '.join(ended)}" if ended else None

    async def unready(self) -> str | None:
        """Why turns cannot be taken just now, None when they can."""
        if self.stopping:
            return "stopping"
        if problem := self.problem():
            return problem
        if self._asking is None or (self._asking.done() and time.monotonic() - self._asked_at > ASK_AGAIN):
            self._asked_at = time.monotonic()
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> str | None:
        try:
            await self._store.check()
        except Exception as error:  # whatever is wrong with it
            if not self._failing:
                log.warning("not ready: %s", error if isinstance(error, StoreError) else type(error).__name__)
            self._failing = True
            return "the store cannot take a turn just now"
        if self._failing:
            log.info("ready again")
        self._failing = False
        return None
