"""Whom to count, without knowing who it is: a digest of an address or a conversation, made with the key of the day.

The key is random, shared by the processes of an installation, and let go of after its day: the same address is
somebody else tomorrow, and nobody can find out from yesterday's digests whose they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = ["DailyDigest", "day_of"]

PARIS = ZoneInfo("Europe/Paris")


def day_of(moment: datetime) -> date:
    """The day it is for people in France."""
    return moment.astimezone(PARIS).date()


class DailyDigest:
    """`secret` gives 32 random bytes, made at first use and kept for who asks by the same name."""

    def __init__(self, secret: Callable[[str], Awaitable[bytes]]) -> None:
        self._secret = secret
        self._day = date.min
        self._key = b""

    async def of(self, text: str, day: date) -> str:
        """Always the same on one day, and another on the next. Raises what the store raises when it has no key yet."""
        if day != self._day:
            self._key = await self._secret(f"day {day.isoformat()}")
            self._day = day
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16, key=self._key).hexdigest()
