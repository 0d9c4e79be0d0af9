"""What may go wrong with what Allié keeps, wherever it is kept: errors that any room raises and the machine knows.

Each room that talks to a driver maps the driver's errors once, at its border (`bot/sqlite.py`, `bot/postgres.py`):

    Busy             nothing was done, and it passes: deliver the event again
    StoreError       nothing was done, and somebody has to mend it; the message says what
    anything else    a mistake of ours in one turn or one item: it is counted, set aside and shown to the operator
"""

from __future__ import annotations

__all__ = ["Busy", "Damaged", "StoreError"]


class StoreError(Exception):
    """What was asked could not be done; what was committed before is safe. The message is for whoever runs Allié.

    `seconds`: after how long it is worth trying again.
    """

    def __init__(self, reason: str = "", seconds: float = 2.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Busy(StoreError):
    """It is in use, only reads, is full, or does not answer. Nothing was done: deliver the event again."""


class Damaged(StoreError):
    """A database is not what was written to it. It has to be restored, or moved away where it is filled again."""
