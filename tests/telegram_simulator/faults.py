"""What goes wrong between a bot and Telegram, to order: for a method, for a chat, so many times.

A fault is met once for each time it was ordered; after that the network is well again.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Dropped", "Fault", "LostAnswer", "NotJson", "Order", "Refused", "Slow", "TooMany"]


@dataclass(frozen=True)
class Refused:
    """An error of Telegram's: 403, 400, 500, 502 … Nothing is done."""

    code: int
    description: str


@dataclass(frozen=True)
class TooMany:
    """429: nothing is done, come back after so many seconds."""

    retry_after: int


@dataclass(frozen=True)
class NotJson:
    """A proxy in between answers with a page."""

    code: int = 502


@dataclass(frozen=True)
class Slow:
    """It is done, after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Dropped:
    """The connection is closed before anything is done."""


@dataclass(frozen=True)
class LostAnswer:
    """It is done, and the answer never comes: the connection hangs for so many seconds, then closes."""

    seconds: float = 0.0


Fault = Refused | TooMany | NotJson | Slow | Dropped | LostAnswer


@dataclass
class Order:
    fault: Fault
    method: str | None
    chat: int | None
    times: int

    def concerns(self, method: str, chat: object) -> bool:
        return self.times > 0 and self.method in (None, method) and self.chat in (None, chat)
