"""What a process counts as it goes: turns by what came of them, how long they took, replies by what became of them.

Counting is on the way of every message, so it is a few additions to plain numbers; `prometheus.py` makes pages of them.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable

from bot.conversation_id import channel_of
from bot.delivery.outcomes import Outcome
from bot.dialogue.engine import AnswerMode, Engine, Handled, nothing_wrong
from bot.dialogue.events import Event
from bot.dialogue.replies import Reply
from bot.errors import StoreError

__all__ = ["BOUNDS", "CountedEngine", "Counters"]

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: the upper ends of the classes in which turns are counted."""


class Counters:
    """The counts of one process since its start."""

    def __init__(self) -> None:
        self.turns: Counter[tuple[str, str]] = Counter()
        """By channel and what came of it: answered, repeated, parked, busy, failed."""
        self.took = [0] * (len(BOUNDS) + 1)
        """Turns by the class of their duration; the last class is what is longer."""
        self.seconds = 0.0
        self.replies: Counter[tuple[str, str]] = Counter()
        """Attempts to deliver from the outbox, by channel and outcome: delivered, later, gone, refused, unknown."""

    def turn(self, chat: str, outcome: str, seconds: float) -> None:
        self.turns[channel_of(chat), outcome] += 1
        self.took[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def delivering(
        self, deliver: Callable[[str, Reply], Awaitable[Outcome]]
    ) -> Callable[[str, Reply], Awaitable[Outcome]]:
        """`deliver`, counted."""

        async def counted(chat: str, reply: Reply) -> Outcome:
            outcome = await deliver(chat, reply)
            self.replies[channel_of(chat), type(outcome).__name__.lower()] += 1
            return outcome

        return counted


class CountedEngine:
    """An engine whose turns are counted."""

    def __init__(self, engine: Engine, counters: Counters) -> None:
        self._engine = engine
        self._counters = counters

    async def handle(
        self, event: Event, *, answer: AnswerMode = "outbox", check: Callable[[Reply], str | None] = nothing_wrong
    ) -> Handled:
        """See `Engine.handle`."""
        began, outcome = time.perf_counter(), "failed"
        try:
            handled = await self._engine.handle(event, answer=answer, check=check)
            outcome = "repeated" if handled.duplicate else "parked" if handled.parked else "answered"
            return handled
        except StoreError:
            outcome = "busy"
            raise
        finally:
            self._counters.turn(event.chat, outcome, time.perf_counter() - began)
