"""How urgent a message in the outbox is: the lower goes first."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Priority"]


class Priority(IntEnum):
    """The order in which the sender empties the outbox. `HELD`: of a broadcast that was stopped; it is not sent."""

    REPLY = 0
    ALERT = 1
    BROADCAST = 2
    HELD = 3
