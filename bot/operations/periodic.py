"""What the server does by the clock: send reminders, keep the missions fresh, enforce how long things are kept.

Of several processes on one database, one is elected for each of these. Whatever goes wrong, it goes on: what failed is
tried again, and named in the log, on `/healthz`, by `allie status` and by `allie doctor` (`health.py`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.keeping import LOOK_EVERY, FeedReading
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.sync import BASE, PATH, FeedSettings
from bot.dialogue.events import Due, Event
from bot.logs import told
from bot.operations.counters import CountedEngine
from bot.operations.dead_letter_admin import reminder_as_raw
from bot.operations.health import Health
from bot.settings import Settings
from bot.store import DueEvent, Retention, Store, StoreError

__all__ = ["CLEAN_EVERY", "DUE_EVERY", "Cleaning", "Reminders", "again_and_again", "read_feed"]

DUE_EVERY = 20.0
CLEAN_EVERY = 3_600.0
"""Seconds between two looks for reminders that are due, and between two cleanings."""
SOONER = 60.0
"""Seconds until what went wrong is tried again, if that is sooner."""
DUE_AT_ONCE = 100
"""Reminders looked up at once."""
SIDE_BY_SIDE = 8
"""People whose reminders are in work at once."""
STUCK_FOR = 60.0
"""Seconds for which a reminder that could not be handed in makes room for the others."""


async def again_and_again(health: Health, what: str, work: Callable[[], Awaitable[Any]], every: float) -> None:
    """Do it every so many seconds, until cancelled, whatever goes wrong in it."""
    while True:
        went_well = await health.attempt(what, work)
        await asyncio.sleep(every if went_well else min(every, SOONER))


class Reminders:
    """Hands in the reminders whose time has come: one person's in order, different people's side by side.

    Killed before a turn's commit: it comes again, and once.
    """

    def __init__(self, store: Store, engine: CountedEngine) -> None:
        self._store = store
        self._engine = engine
        self._stuck: dict[str, float] = {}
        """Those that could not be handed in just now, and until when they make room for the others."""

    async def send(self) -> None:
        """All that are due. Raises `StoreError` with the reason when some could not be handed in."""
        if not await self._store.elected("reminders"):
            return
        went_wrong: list[StoreError] = []
        while True:
            now = time.monotonic()
            self._stuck = {event: until for event, until in self._stuck.items() if until > now}
            due_now = await self._store.due(datetime.now(UTC), DUE_AT_ONCE, without=self._stuck)
            went_wrong += await self._hand_in(due_now)
            if len(due_now) < DUE_AT_ONCE:
                break
        if went_wrong:
            raise StoreError(f"{len(went_wrong)} wait: {went_wrong[-1]}")

    async def _hand_in(self, due_now: Sequence[DueEvent]) -> list[StoreError]:
        """What went wrong with some of them."""
        room, went_wrong = asyncio.Semaphore(SIDE_BY_SIDE), list[StoreError]()

        async def one_after_the_other(theirs: Sequence[DueEvent]) -> None:
            async with room:
                for number, due in enumerate(theirs):
                    try:
                        await self._engine.handle(_event(due))
                    except Exception as error:
                        went_wrong.append(error if isinstance(error, StoreError) else StoreError(told(error)))
                        self._stuck.update((later.id, time.monotonic() + STUCK_FOR) for later in theirs[number:])
                        return

        people: dict[str, list[DueEvent]] = {}
        for due in due_now:
            people.setdefault(due.chat, []).append(due)
        await asyncio.gather(*map(one_after_the_other, people.values()))
        return went_wrong


def _event(due: DueEvent) -> Event:
    raw = reminder_as_raw(due.name, due.data)
    return Event(due.id, due.chat, Due(due.name, due.data), datetime.now(UTC), raw=raw)


async def read_feed(
    settings: Settings, key: str, store: Store, health: Health, *, places: Places, organisations: Organisations
) -> None:
    """Keep the missions fresh."""
    feed = FeedSettings(key, settings.feed_url or BASE, settings.feed_path or PATH)
    backend = open_backend(settings.data_dir, settings.database_url)
    with Catalogue(backend, places=places, organisations=organisations) as catalogue:
        reading = FeedReading(
            catalogue,
            feed,
            every=timedelta(hours=settings.feed_hours),
            now=lambda: datetime.now(UTC),
            elected=lambda: store.elected("missions"),
        )
        await again_and_again(health, "reading missions", reading.look, LOOK_EVERY)


class Cleaning:
    """Enforces how long things are kept: each kind of thing by itself, so that one that fails keeps no other."""

    def __init__(self, store: Store, missions: AwaitedCatalogue, health: Health) -> None:
        self._store = store
        self._missions = missions
        self._health = health

    async def clean(self) -> None:
        """All of it, once. Raises `StoreError` when some of it failed."""
        if not await self._store.elected("clean"):
            self._health.rests("cleaning")
            return
        now = datetime.now(UTC)
        failed: list[str] = []

        async def attempt(what: str, work: Callable[[], Awaitable[Any]]) -> None:
            if not await self._health.attempt(f"cleaning: {what}", work):
                failed.append(what)

        await self._store.clean(now, Retention(), attempt=attempt)
        await attempt("needs", lambda: self._missions.write(partial(needs.forget_old, now=now)))
        if failed:
            raise StoreError(f"not done: {', '.join(failed)}")
