"""A bare number: how it is bounded and kept, and a whole one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Reading, Refusal, Said
from bot.understanding.hearing import Reader
from bot.understanding.numbers.figures import figures_in
from bot.understanding.numbers.sums import Unit
from bot.understanding.numbers.written import read_number
from bot.understanding.pay import as_number
from bot.understanding.sentence import Sentence

__all__ = ["Count", "Number", "asks", "counted"]


class Number(Kind[Decimal]):
    """What the kinds that read a bare number share: bounds, storage as text."""

    def __init__(self, slot: str | None, minimum: Decimal | int, maximum: Decimal | int) -> None:
        self.slot = slot
        self.minimum, self.maximum = Decimal(minimum), Decimal(maximum)

    def from_slot(self, value: Any) -> Reading[Decimal]:
        reading = super().from_slot(value)
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: Decimal) -> Reading[Decimal]:
        if self.minimum <= value <= self.maximum:
            return Answer(value)
        return Refusal(
            _(
                "I can take a number from {minimum:number} to {maximum:number}.",
                minimum=self.minimum,
                maximum=self.maximum,
            )
        )

    def load(self, stored: Any) -> Decimal:
        if isinstance(stored, bool):
            raise ValueError("no number")
        try:
            value = Decimal(str(stored))
        except InvalidOperation as error:
            raise ValueError("no number") from error
        if not self.minimum <= value <= self.maximum:
            raise ValueError("out of bounds")
        return value

    def dump(self, value: Decimal) -> str:
        return str(value)

    def shown(self, value: Decimal) -> Phrase:
        return _("{count:number}", count=value)


class Count(Number):
    """A whole number: people, months, kilometres."""

    expects = _("A number, please: for example 12.")

    def __init__(self, *, slot: str | None = None, minimum: int = 0, maximum: int = 10_000_000) -> None:
        super().__init__(slot, minimum, maximum)

    def read(self, said: Said) -> Reading[Decimal]:
        found = None if asks(said.text) else read_number(said.sentence)
        return None if found is None else self._bounded(Decimal(str(found)))


def counted(unit: Unit) -> Reader:
    """Reads how many of this unit a message says: `counted("age")` makes 19 of "j'ai 19 ans". The first one counts."""

    def read(sentence: Sentence, language: str, today: date) -> int | float | None:
        said = (figure.number for figure in figures_in(sentence, language, today) if figure.measure == unit)
        return next((as_number(number.value) for number in said if not number.article), None)

    return read


def asks(text: str) -> bool:
    """A question without a figure is no answer to how many: "is there a limit?" does not say one."""
    return "?" in text and len(text.split()) > 2 and not any(character.isdigit() for character in text)
