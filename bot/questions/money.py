"""An amount in euros."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Option, Reading, Refusal, Said
from bot.understanding.numbers.figures import read_amount

__all__ = ["Money"]


class Money(Kind[Decimal]):
    """An amount in euros, to the cent. `suggestions` become buttons."""

    expects = _("An amount in euros, please: for example 50, 300 € or 1,500.50.")

    def __init__(
        self,
        *,
        slot: str | None = "amount",
        minimum: Decimal | int = 1,
        maximum: Decimal | int = 1_000_000_000,
        suggestions: Sequence[int] = (),
    ) -> None:
        self.slot = slot
        self.minimum, self.maximum = Decimal(minimum), Decimal(maximum)
        self.suggestions = suggestions

    def read(self, said: Said) -> Reading[Decimal]:
        found = read_amount(said.sentence, said.language)
        if found is None:
            return None
        return self._bounded(-found.value if found.negative else found.value)

    def from_slot(self, value: Any) -> Reading[Decimal]:
        reading = super().from_slot(value)
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: Decimal) -> Reading[Decimal]:
        if value < 0:
            return Refusal(_("An amount cannot be below zero. How much would it be, in euros?"))
        if value < self.minimum:
            return Refusal(_("It takes at least {minimum:money}. How much would it be?", minimum=self.minimum))
        if value > self.maximum:
            return Refusal(
                _("That is more than I can work with: at most {maximum:money}. How much is it?", maximum=self.maximum)
            )
        return Answer(value.quantize(Decimal("0.01")))

    def load(self, stored: Any) -> Decimal:
        if isinstance(stored, bool):
            raise ValueError("no amount")
        try:
            value = Decimal(str(stored))
        except InvalidOperation as error:
            raise ValueError("no amount") from error
        if not value.is_finite():
            raise ValueError("no amount")
        return value

    def from_press(self, value: str) -> Decimal:
        reading = self._bounded(self.load(value))
        if not isinstance(reading, Answer):
            raise ValueError("out of bounds")
        return reading.value

    def dump(self, value: Decimal) -> str:
        return str(value)

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(_("{amount:money}", amount=amount), str(amount)) for amount in self.suggestions]]

    def shown(self, value: Decimal) -> Phrase:
        return _("{amount:money}", amount=value)
