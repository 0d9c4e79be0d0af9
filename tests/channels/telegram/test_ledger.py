"""The ledger acknowledges nothing that is not done, whatever order things happen in."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.channels.telegram.ledger import Ledger


class Polled(RuleBasedStateMachine):
    """Updates are fetched in any order and again and again, and done in any order."""

    fetched: Bundle[int] = Bundle("fetched")

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.known: set[int] = set()
        self.finished: set[int] = set()

    @rule(target=fetched, update=st.integers(1, 20))
    def fetch(self, update: int) -> int:
        is_new = update >= self.ledger.offset and update not in self.known
        assert self.ledger.add(update) is is_new
        if is_new:
            self.known.add(update)
        return update

    @rule(update=fetched)
    def fetch_again(self, update: int) -> None:
        """It keeps its place: nothing is entered twice."""
        if update in self.known:
            assert not self.ledger.add(update)

    @rule(update=fetched)
    def finish(self, update: int) -> None:
        if update in self.known and update not in self.finished:
            self.ledger.done(update)
            self.finished.add(update)

    @rule()
    def acknowledge(self) -> None:
        before = self.ledger.offset
        offset = self.ledger.advance()
        assert offset >= before
        left = sorted(update for update in self.known if update >= offset)
        assert len(self.ledger) == len(left)
        assert not left or left[0] not in self.finished, "it could have moved on"

    @invariant()
    def nothing_is_acknowledged_before_it_is_done(self) -> None:
        assert {update for update in self.known if update < self.ledger.offset} <= self.finished


TestPolled = Polled.TestCase
