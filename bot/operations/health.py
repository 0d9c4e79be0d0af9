"""Whether this process lives, and whether it can take turns: what a supervisor and a load balancer ask.

Not alive (`/healthz`): something that must run as long as the process does has ended by itself; start it again. Not
ready (`/readyz`): it stops, or the store cannot take a turn just now; send people elsewhere, and ask again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from bot.store import Store, StoreError

__all__ = ["Health"]

log = logging.getLogger(__name__)

ASK_AGAIN = 1.0
"""Seconds for which the store's answer stands: however many ask, it is asked once."""


class Health:
    """The health of one process."""

    def __init__(self, store: Store) -> None:
        self.stopping = False
        self._store = store
        self._watched: dict[str, asyncio.Task[Any]] = {}
        self._asking: asyncio.Task[str | None] | None = None
        self._asked_at = float("-inf")
        self._failing = False

    def stop(self) -> None:
        """From now on nothing new should come here."""
        self.stopping = True

    def watch(self, name: str, task: asyncio.Task[Any]) -> None:
        """From now on the process is alive only while this task is; `name` says what it does."""
        self._watched[name] = task

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
