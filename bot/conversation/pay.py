"""The kind of question that asks for a pay: an amount and its period, as people say them ("2 600 brut").

The law values rest days and staff time from gross pay: a net pay is refused kindly, with where the gross one is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bot.conversation.kinds import Answer, Kind, Reading, Refusal, Said
from bot.phrase import Phrase, _
from bot.understanding.pay import read_pay

__all__ = ["Pay", "Period", "Salary"]

Period = Literal["monthly", "daily", "hourly", "annual"]
PERIODS: tuple[Period, ...] = ("monthly", "daily", "hourly", "annual")
LARGEST = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Salary:
    """A pay in euros. `said_gross`: the person said that it is gross; otherwise it is whatever was asked for."""

    amount: Decimal
    per: Period
    said_gross: bool = False


class Pay(Kind[Salary]):
    """A gross pay, by the month, the day, the hour or the year."""

    slot = "salary"
    expects = _("A gross pay, please: for example 2,600 a month, or 14.20 per hour.")

    def read(self, said: Said) -> Reading[Salary]:
        found = read_pay(said.text, said.language)
        return None if found is None else self._gross(dict(found))

    def from_slot(self, value: Any) -> Reading[Salary]:
        if not isinstance(value, dict):
            return None
        reading = super().from_slot(value)
        return self._gross(value) if isinstance(reading, Answer) else reading

    def _gross(self, value: dict[str, Any]) -> Reading[Salary]:
        if value.get("kind") == "net":
            return Refusal(_("I need the gross pay: it stands at the top of the payslip, before contributions."))
        salary = self.load(value)
        if not 1 <= salary.amount <= LARGEST:
            return Refusal(self.expects)
        return Answer(salary)

    def load(self, stored: Any) -> Salary:
        per = stored["per"]
        if per not in PERIODS:
            raise ValueError("no period")
        amount = Decimal(str(stored["value"]))
        if not amount.is_finite():
            raise ValueError("no amount")
        return Salary(amount, per, stored.get("kind") == "gross")

    def dump(self, value: Salary) -> dict[str, str]:
        kept = {"value": str(value.amount), "per": value.per}
        return {**kept, "kind": "gross"} if value.said_gross else kept

    def shown(self, value: Salary) -> Phrase:
        match value.per:
            case "monthly":
                return _("{pay:money} a month", pay=value.amount)
            case "daily":
                return _("{pay:money} a day", pay=value.amount)
            case "hourly":
                return _("{pay:money} an hour", pay=value.amount)
            case "annual":
                return _("{pay:money} a year", pay=value.amount)
