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
from bot.catalogue.sweep import BeingRead
from bot.catalogue.sync import FeedSettings, sync

__all__ = ["LOOK_EVERY", "FeedReading"]

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds between two looks at whether the feed is due."""

LAST = "SELECT outcome, started FROM sweep WHERE source = ? ORDER BY number DESC LIMIT 1"


class FeedReading:
    """Reads the feed when it is due: have it `look` now and then. A feed that fails leaves the last good copy, and is
    asked again when it is due anew, or when Allié starts anew.

    Killed in the middle of a sweep: the process that is elected next goes on at its next page.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        feed: FeedSettings,
        *,
        every: datetime.timedelta,
        now: Callable[[], datetime.datetime],
        elected: Callable[[], Awaitable[bool]],
    ) -> None:
        self._catalogue = catalogue
        self._feed = feed
        self._every = every
        self._now = now
        self._elected = elected
        self._begun: datetime.datetime | None = None

    async def look(self) -> None:
        """Read it whole, if this process is elected and it is due. Raises what keeps the catalogue from being used."""
        if not await self._elected():
            return
        if not await asyncio.to_thread(_is_due, self._catalogue, self._every, self._now(), self._begun):
            return
        self._begun = self._now()
        try:
            report = await sync(self._catalogue, self._feed, now=self._now)
        except BeingRead:
            log.info("missions are being read by another process")
        else:
            log.info("missions read: %s", report.outcome)


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
