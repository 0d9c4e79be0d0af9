"""The kind of question that asks for a pay: an amount and its period, as people say them ("2 600 brut").

The law values rest days and staff time from gross pay or from its whole cost: a net pay is refused kindly, with where
the gross one is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Reading, Refusal, Said
from bot.understanding.pay import read_pay
from bot.understanding.sentence import fold

__all__ = ["Basis", "Pay", "Period", "Salary"]

Period = Literal["monthly", "daily", "hourly", "annual"]
PERIODS: tuple[Period, ...] = ("monthly", "daily", "hourly", "annual")
Basis = Literal["gross", "cost", ""]
"""Gross pay; the whole cost to the employer; not said."""
LARGEST = Decimal(10_000_000)
LARGEST_MONTH = 30_000
"""A number alone, in answer to a question about the month, is the pay of a month up to here."""
PERIOD_SAID = re.compile(
    r"mois|mensuel|month|\ban\b|annee|annuel|annual|year|heure|horaire|hour|/ ?h\b|jour|\bday|daily"
)
COST = re.compile(r"\bcout\w*|charges comprises|charges incluses|tout compris|charge\b|\bcosts?\b|all in\b")


@dataclass(frozen=True, slots=True)
class Salary:
    """A pay in euros."""

    amount: Decimal
    per: Period
    basis: Basis = ""


class Pay(Kind[Salary]):
    """A gross pay, or what it costs. `periods` are those that the question can use; `monthly`: it asks for a month."""

    slot = "salary"
    greedy = True
    """Words about pay name other topics too: they do not lead away from the question."""
    expects = _("A gross pay, please: for example 2,600 a month, or 14.20 per hour.")

    def __init__(self, periods: Sequence[Period] = PERIODS, *, monthly: bool = False) -> None:
        self.periods = periods
        self.monthly = monthly

    def read(self, said: Said) -> Reading[Salary]:
        found = read_pay(said.sentence, said.language)
        if found is None:
            return None
        value: dict[str, Any] = dict(found)
        if self.monthly and value["value"] <= LARGEST_MONTH and not PERIOD_SAID.search(fold(said.text)):
            value["per"] = "monthly"
        if "kind" not in value and COST.search(fold(said.text)):
            value["kind"] = "cost"
        return self._usable(value)

    def from_slot(self, value: Any) -> Reading[Salary]:
        if not isinstance(value, dict):
            return None
        reading = super().from_slot(value)
        return self._usable(value) if isinstance(reading, Answer) else reading

    def _usable(self, value: dict[str, Any]) -> Reading[Salary]:
        if value.get("kind") == "net":
            return Refusal(_("I need the gross pay: it stands at the top of the payslip, before contributions."))
        salary = self.load(value)
        if salary.per not in self.periods:
            return Refusal(_("The pay of a month or of a year, please: for example 2,600 a month."))
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
        basis: Basis = "gross" if stored.get("kind") == "gross" else "cost" if stored.get("kind") == "cost" else ""
        return Salary(amount, per, basis)

    def dump(self, value: Salary) -> dict[str, str]:
        kept = {"value": str(value.amount), "per": value.per}
        return {**kept, "kind": value.basis} if value.basis else kept

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
