"""Waiting that ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable
from typing import Any

__all__ = ["Deadline", "within"]


class Deadline:
    """What is left of the time that a stop may take: it runs from the first time that it is asked for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def left(self) -> float:
        now = time.monotonic()
        if self._until is None:
            self._until = now + self._seconds
        return max(0.1, self._until - now)

    async def wait(self, work: Awaitable[Any]) -> None:
        """For something to end; after that time it is ended."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(work, self.left())


async def within(stopping: asyncio.Event, seconds: float) -> None:
    """Wait, but not past the moment when `stopping` is set."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)
