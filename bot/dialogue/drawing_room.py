"""Where papers and pictures are made: in a thread of their own, one after the other, and at a pace of their own.

A paper costs a hundred times what a message does. So a person may have a few at once and then one from time to time,
and so may everybody behind one address together; whoever only talks waits for none of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.inbound_rate_limiter import InboundRateLimiter, Wait

__all__ = ["DrawingRoom"]

T = TypeVar("T")

MOST_WAITING = 20
"""Papers that may wait to be made; whoever asks for one more comes back later."""
COME_BACK = 10.0
"""Seconds until then."""


class DrawingRoom:
    """Makes one thing at a time. Without limits it makes whatever is asked for, as in a terminal."""

    def __init__(self, person: InboundRateLimiter | None = None, address: InboundRateLimiter | None = None) -> None:
        self._person = person
        self._address = address
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._waiting = 0

    @classmethod
    def paced(cls) -> DrawingRoom:
        """Six papers at once for a person, then three a minute; thirty for an address, then twenty a minute."""
        return cls(InboundRateLimiter(burst=6, every=20.0), InboundRateLimiter(burst=30, every=3.0))

    async def make(self, make: Callable[[], T], *, person: str, address: str = "") -> T | Wait:
        """What `make` returns, made in the thread; or how long to wait, and nothing was made."""
        if self._waiting >= MOST_WAITING:
            return Wait(COME_BACK, first=True)
        for limiter, key in ((self._person, person), (self._address, address)):
            if limiter is not None and key and (wait := limiter.take(key)) is not None:
                return wait
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, make)
        finally:
            self._waiting -= 1
