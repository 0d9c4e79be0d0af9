"""How fast one person, or one address, may do something: a burst, then a steady rate.

One number is kept a key, and only while the key is ahead of its rate. Nothing is kept of somebody who is idle, nothing
is written down and nothing survives a restart.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["SWEEP_AT", "InboundRateLimiter", "Wait"]

SWEEP_AT = 1_000
"""Keys held when those that are back at their rate are dropped, before one more is taken in."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too fast: come back in `seconds`. `first` the first time in this burst, when a kind word is in order."""

    seconds: float
    first: bool


class InboundRateLimiter:
    """Lets `burst` events through at once for a key, then one every `every` seconds."""

    def __init__(self, burst: int, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._every = every
        self._ahead = (burst - 1) * every
        self._clock = clock
        self._due: dict[str, float] = {}
        self._told: set[str] = set()
        self._sweep_at = SWEEP_AT

    def __len__(self) -> int:
        return len(self._due)

    def take(self, key: str) -> Wait | None:
        """Count one event of `key`: None if it may go on, otherwise how long to wait (and it is not counted)."""
        now = self._clock()
        due = max(self._due.get(key, now), now)
        if due - now > self._ahead:
            first = key not in self._told
            self._told.add(key)
            return Wait(due - now - self._ahead, first)
        self._told.discard(key)
        if len(self._due) >= self._sweep_at and key not in self._due:
            self._sweep(now)
        self._due[key] = due + self._every
        return None

    def _sweep(self, now: float) -> None:
        self._due = {key: due for key, due in self._due.items() if due > now}
        self._told &= self._due.keys()
        # sweeping costs what it holds, so do it again only when that has doubled
        self._sweep_at = max(SWEEP_AT, 2 * len(self._due))
