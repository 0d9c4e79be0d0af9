"""How things stand in a process at work: for `allie status` and for `/metrics`, looked up in one place."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any, Literal

from bot.catalogue.catalogue import Freshness
from bot.operations.counters import Counters
from bot.operations.health import Health
from bot.rules.parameters import law
from bot.settings import Settings
from bot.store import Store, StoreError
from bot.store.dead_letters import Waiting
from bot.store.priority import Priority

__all__ = ["WAITING", "Kept", "LawAge", "Status", "law_age"]

log = logging.getLogger(__name__)

WAITING = {
    Priority.REPLY: "replies",
    Priority.ALERT: "alerts",
    Priority.BROADCAST: "broadcasts",
    Priority.HELD: "stopped broadcasts",
}
LOOK_AGAIN = 10.0
"""Seconds for which what was looked up in the store stands."""
REST = 50.0
"""And this many times what the looking took: of a large store it takes at most a fiftieth of the time."""

Way = Literal["none", "polling", "webhook"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept, at one moment."""

    at: datetime
    counts: dict[str, int]
    waiting: tuple[Waiting, ...]
    missions: Freshness | None
    """None while the catalogue cannot be looked at."""


@dataclass(frozen=True, slots=True)
class LawAge:
    """How long ago somebody last read the oldest figure in force, and the files whose law is not known for today."""

    days: int
    behind: tuple[str, ...]


class Status:
    """What can be said of a process. Made once, when it starts."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        freshness: Callable[[], Awaitable[Freshness]],
        counters: Counters,
        health: Health,
    ) -> None:
        self.settings = settings
        self.store = store
        self.counters = counters
        self.health = health
        self.began = datetime.now(UTC)
        self.version = version("allie")
        self.address = ""
        self.introduced: Callable[[], str | None] = lambda: None
        """The name under which Telegram knows the bot, once it does."""
        self.visitors: Callable[[], str | None] = lambda: None
        """Why visitors of the web page cannot be told apart by their addresses, if they cannot."""
        self._freshness = freshness
        self._roles: set[str] = set()
        self._kept: Kept | None = None
        self._stands_until = 0.0
        self._looking = asyncio.Lock()

    @property
    def engine(self) -> str:
        return "postgresql" if self.settings.database_url else "sqlite"

    @property
    def way(self) -> Way:
        """How Telegram is heard."""
        if not self.settings.telegram_token:
            return "none"
        return "webhook" if self.settings.public_url else "polling"

    def roles(self) -> dict[str, bool]:
        """The periodic work this process ever asked to do, and whether it is the one that does it."""
        now = self.store.roles
        self._roles |= now
        return {name: name in now for name in sorted(self._roles)}

    async def kept(self) -> Kept | None:
        """What is kept, looked up not too often; None while the store does not answer."""
        async with self._looking:
            if time.monotonic() >= self._stands_until:
                began = time.monotonic()
                try:
                    self._kept = Kept(
                        datetime.now(UTC),
                        await self.store.counts(),
                        tuple(await self.store.dead_letters.waiting()),
                        await self._missions(),
                    )
                except StoreError as error:
                    log.warning("how things stand is not known: %s", error)
                    self._kept = None
                ended = time.monotonic()
                self._stands_until = ended + max(LOOK_AGAIN, REST * (ended - began))
            return self._kept

    async def _missions(self) -> Freshness | None:
        """None while the catalogue cannot be looked at: the rest is known all the same."""
        try:
            return await self._freshness()
        except StoreError as error:
            log.warning("how the missions stand is not known: %s", error)
            return None

    async def as_json(self) -> dict[str, Any]:
        """All of it, for `allie status`."""
        now = datetime.now(UTC)
        kept, of_law = await self.kept(), law_age(now.date())
        return {
            "version": self.version,
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": self.began.isoformat(timespec="seconds"),
            "address": self.address,
            "not_ready": await self.health.unready(),
            "failing": [
                {"what": failure.what, "why": failure.why, "since": failure.since.isoformat(timespec="seconds")}
                for failure in self.health.failures
            ],
            "visitors": self.visitors(),
            "telegram": {"way": self.way, "bot": self.introduced()},
            "store": self.engine,
            "quota": round(await self.store.quota(), 3),
            "elected": self.roles(),
            "counts": kept.counts if kept else None,
            "waiting": [
                {
                    "channel": queue.channel,
                    "what": WAITING[queue.priority],
                    "messages": queue.messages,
                    "oldest_seconds": max(0, round((now - queue.oldest).total_seconds())),
                }
                for queue in (kept.waiting if kept else ())
            ],
            "missions": {
                "count": kept.missions.missions,
                "read_on": kept.missions.read_on.isoformat() if kept.missions.read_on else None,
                "failing": kept.missions.failing,
            }
            if kept and kept.missions
            else None,
            "law": {"oldest_check_days": of_law.days, "behind": list(of_law.behind)},
            "turns": {f"{channel} {outcome}": count for (channel, outcome), count in self.counters.turns.items()},
        }


def law_age(today: date) -> LawAge:
    """How old the law of this installation is."""
    in_force = [row for parameter in law().parameters.values() if (row := parameter.on(today)) is not None]
    oldest = min((row.source.checked for row in in_force), default=today)
    return LawAge((today - oldest).days, tuple(sorted(file for file, _last in law().behind(today))))
