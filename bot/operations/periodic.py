"""What the server does by the clock: send reminders, keep the missions fresh, enforce how long things are kept.

Of several processes on one database, one is elected for each of these.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.catalogue import needs
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.keeping import keep_fresh
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.shared import SharedCatalogue
from bot.catalogue.sync import BASE, PATH, FeedSettings
from bot.dialogue.events import Due, Event
from bot.operations.counters import CountedEngine
from bot.operations.dead_letter_admin import reminder_as_raw
from bot.settings import Settings
from bot.store import Busy, Retention, Store

__all__ = ["clean", "read_feed", "send_reminders"]

log = logging.getLogger(__name__)

DUE_EVERY = 20.0
CLEAN_EVERY = 3_600.0
"""Seconds between two looks for reminders that are due, and between two cleanings."""


async def send_reminders(store: Store, engine: CountedEngine) -> None:
    """Hand in the reminders whose time has come. Killed before a turn's commit: it comes again, and once."""
    while True:
        try:
            due_now = await store.due(datetime.now(UTC), 100) if await store.elected("reminders") else ()
            for due in due_now:
                raw = reminder_as_raw(due.name, due.data)
                await engine.handle(Event(due.id, due.chat, Due(due.name, due.data), datetime.now(UTC), raw=raw))
        except Busy as busy:
            log.warning("reminders wait: %s", busy)
        await asyncio.sleep(DUE_EVERY)


async def read_feed(
    settings: Settings, key: str, store: Store, *, places: Places, organisations: Organisations
) -> None:
    """Keep the missions fresh."""
    feed = FeedSettings(key, settings.feed_url or BASE, settings.feed_path or PATH)
    backend = open_backend(settings.data_dir, settings.database_url)
    with Catalogue(backend, places=places, organisations=organisations) as catalogue:
        await keep_fresh(
            catalogue,
            feed,
            every=timedelta(hours=settings.feed_hours),
            now=lambda: datetime.now(UTC),
            elected=lambda: store.elected("missions"),
        )


async def clean(store: Store, missions: SharedCatalogue) -> None:
    """Enforce how long things are kept."""
    while True:
        try:
            if await store.elected("clean"):
                now = datetime.now(UTC)
                await store.clean(now, Retention())
                await missions.write(partial(needs.forget_old, now=now))
        except Busy as busy:
            log.warning("cleaning waits: %s", busy)
        await asyncio.sleep(CLEAN_EVERY)
