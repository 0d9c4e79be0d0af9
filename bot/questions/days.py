"""A number of days."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.phrase import _
from bot.questions.kind import Option, Reading, Said
from bot.questions.numbers import Number, asks
from bot.understanding.days import read_days

__all__ = ["Days"]


class Days(Number):
    """A number of days, by halves. `suggestions` become buttons."""

    expects = _("A number of days, please: for example 2, or 1.5.")

    def __init__(self, *, slot: str | None = "days", maximum: int = 400, suggestions: Sequence[int] = ()) -> None:
        super().__init__(slot, Decimal("0.5"), maximum)
        self.suggestions = suggestions

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(str(days), str(days)) for days in self.suggestions]]

    def read(self, said: Said) -> Reading[Decimal]:
        found = None if asks(said.text) else read_days(said.sentence)
        return None if found is None else self._bounded(Decimal(str(found)))
