"""Keeping the missions fresh while Allié serves: the feed is read when it is due, by one of the processes there are.

Whether it is due is in the catalogue: when the last sweep began, and how it ended. So the process that takes over from
one that vanished goes on with its sweep, and a restart reads nothing twice.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable

from bot.catalogue.api_engagement import SOURCE
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.sweep import Busy as BeingRead
from bot.catalogue.sync import FeedSettings, sync
from bot.errors import StoreError

__all__ = ["keep_fresh"]

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds between two looks at whether the feed is due."""

LAST = "SELECT outcome, started FROM sweep WHERE source = ? ORDER BY number DESC LIMIT 1"


async def keep_fresh(
    catalogue: Catalogue,
    feed: FeedSettings,
    *,
    every: datetime.timedelta,
    now: Callable[[], datetime.datetime],
    elected: Callable[[], Awaitable[bool]],
    look_every: float = LOOK_EVERY,
) -> None:
    """Read the feed when it is due, until cancelled. A feed that fails leaves the last good copy, and is asked again
    when it is due anew, or when Allié starts anew.

    Killed in the middle of a sweep: the process that is elected next goes on at its next page.
    """
    begun: datetime.datetime | None = None
    while True:
        try:
            if await elected() and await asyncio.to_thread(_is_due, catalogue, every, now(), begun):
                begun = now()
                report = await sync(catalogue, feed, now=now)
                log.info("missions read: %s", report.outcome)
        except BeingRead:
            log.info("missions are being read by another process")
        except StoreError as error:
            log.warning("missions could not be read now: %s", error)
        except Exception:
            log.exception("missions could not be read; the last good copy stays")
        await asyncio.sleep(look_every)


def _is_due(
    catalogue: Catalogue, every: datetime.timedelta, now: datetime.datetime, begun: datetime.datetime | None
) -> bool:
    """`begun` is when this process last began. One that has not tries again what others failed to end well."""
    with catalogue.reading() as connection:
        last = connection.execute(LAST, (SOURCE,)).fetchone()
    if last is None or last[0] == "running" or (begun is None and last[0] != "complete"):
        return True
    age = now - datetime.datetime.fromisoformat(last[1])
    return not datetime.timedelta(0) <= age < every
