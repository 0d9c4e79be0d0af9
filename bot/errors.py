"""What may go wrong with what Allié keeps, wherever it is kept: errors that any room raises and the machine knows."""

from __future__ import annotations

__all__ = ["Busy", "StoreError"]


class StoreError(Exception):
    """What was asked could not be done; what was committed before is safe. The message is for whoever runs Allié."""


class Busy(StoreError):
    """It is busy, or the database does not answer. Nothing was done: deliver the event again."""

    def __init__(self, reason: str, seconds: float = 2.0) -> None:
        super().__init__(reason)
        self.seconds = seconds
