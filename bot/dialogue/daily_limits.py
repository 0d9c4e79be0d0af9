"""How often a day somebody may do what reaches others: publish, ask, report.

A conversation has its limit, and on a channel where anybody may be many people, so has the address they come from. Both
are counted under a digest of the day (`bot.daily_digest`): neither a new cookie nor erasing begins the day anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from bot.daily_digest import DailyDigest, day_of

__all__ = ["Counting", "DailyLimits", "DailyUse"]


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """`per_conversation` by what is done; what is not named has no limit. An address may do it for so many people."""

    per_conversation: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    people_per_address: int = 2

    def per_address(self, act: str) -> int:
        return self.per_conversation[act] * self.people_per_address


class Counting(Protocol):
    """The part of a turn that counts: see `bot.store.Turn`."""

    async def used(self, unit: str, act: str, day: date) -> int: ...

    def use(self, unit: str, act: str, day: date) -> None: ...


class DailyUse:
    """What one conversation may still do today. `address` is a digest already, or empty where there is none."""

    def __init__(
        self, limits: DailyLimits, digest: DailyDigest, counting: Counting, *, chat: str, address: str, now: datetime
    ) -> None:
        self._limits = limits
        self._digest = digest
        self._counting = counting
        self._chat = chat
        self.address = address
        """For whoever keeps that one address counts once."""
        self._today = day_of(now)

    async def spent_until(self, act: str) -> date | None:
        """The day on which it may be done again, where it was done as often as may be today, here or from this address.
        Nobody else from this address does it in between: a `count` in the same turn is within the limit."""
        return self._today + timedelta(days=1) if await self._is_spent(act) else None

    async def _is_spent(self, act: str) -> bool:
        if act not in self._limits.per_conversation:
            return False
        unit = await self._digest.of(self._chat, self._today)
        if await self._counting.used(unit, act, self._today) >= self._limits.per_conversation[act]:
            return True
        if not self.address:
            return False
        return await self._counting.used(self.address, act, self._today) >= self._limits.per_address(act)

    async def count(self, act: str) -> None:
        """It is done once more, with this turn."""
        if act not in self._limits.per_conversation:
            return
        units = [await self._digest.of(self._chat, self._today), self.address]
        for unit in filter(None, units):
            self._counting.use(unit, act, self._today)
