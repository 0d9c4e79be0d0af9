"""Which updates were fetched, in the order of their ids, and how far Telegram may be told that they are done.

Telegram's offset is cumulative: it acknowledges everything before it. So it moves only over an unbroken run of updates
that are done. An update leaves the ledger in no other way: what failed is not done, and what is fetched again has its
place already.
"""

from __future__ import annotations

from bisect import insort

__all__ = ["Ledger"]


class Ledger:
    """The updates that are fetched and not yet acknowledged. `offset` is the first id that is not acknowledged."""

    def __init__(self) -> None:
        self.offset = 0
        self._order: list[int] = []
        self._is_done: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self._order)

    def add(self, update: int) -> bool:
        """Enter an update at its place. False if it is there already, or was acknowledged."""
        if update < self.offset or update in self._is_done:
            return False
        insort(self._order, update)
        self._is_done[update] = False
        return True

    def done(self, update: int) -> None:
        """Its turn is committed, or there was nothing in it for Allié."""
        self._is_done[update] = True

    def advance(self) -> int:
        """Let go of the unbroken run of what is done. The offset to tell Telegram."""
        run = 0
        while run < len(self._order) and self._is_done[self._order[run]]:
            self.offset = self._order[run] + 1
            del self._is_done[self._order[run]]
            run += 1
        del self._order[:run]
        return self.offset
