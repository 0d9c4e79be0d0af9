"""What a volunteer has told of their expenses in this talk: kilometres, vehicle, sums, year, association, tax."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import kind_for_estimate
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.kind import Option, Reading, Said
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.organisation import Organisation
from bot.rules.expenses import Expenses, Vehicle, Waiver, mileage, powers, waive
from bot.rules.gifts import Kind
from handlers.shared.known_bodies import known_body

__all__ = ["BODY", "YEARS_BACK", "FiscalPower", "Kilometres", "Spent", "heard", "sum_of"]

MONEY = re.compile(r"€|\beuros?\b", re.IGNORECASE)
ZERO = Decimal(0)
YEARS_BACK = 2
BODY = Organisation()
VEHICLES = Choice(
    1,
    "vehicle",
    car=_("A car"),
    electric=_("An electric car"),
    motorcycle=_("A motorcycle or scooter"),
    moped=_("A moped (50 cm³)"),
)


class Kilometres(Count):
    """Kilometres, which are no sum of euros."""

    def __init__(self) -> None:
        super().__init__(slot="km", maximum=500_000)

    def read(self, said: Said) -> Reading[Decimal]:
        return None if MONEY.search(said.text) else super().read(said)


class FiscalPower(Count):
    """The fiscal power of a vehicle (CV), line P.6 of its registration paper."""

    expects = _("A fiscal power, please: for example 5. It is line P.6 of the registration paper.")

    def __init__(self, vehicle: Vehicle = Vehicle.CAR) -> None:
        super().__init__(slot="power", minimum=1, maximum=100)
        self.vehicle = vehicle

    def read(self, said: Said) -> Reading[Decimal]:
        return None if MONEY.search(said.text) else super().read(said)

    def options(self) -> Sequence[Sequence[Option]]:
        first, *middle, last = powers(Vehicle.CAR)
        return [
            [Option(_("{power} CV or less", power=str(first)), str(first))],
            [Option(_("{power} CV", power=str(power)), str(power)) for power in middle],
            [Option(_("{power} CV or more", power=str(last)), str(last))],
        ]


@dataclass(frozen=True, slots=True)
class Spent:
    """Everything told so far. `to` is the association as it was called, `kind` None where it is not known which."""

    expenses: Expenses
    kind: Kind | None
    to: str = ""
    tax: Decimal | None = None

    @property
    def body(self) -> Body | None:
        return known_body(self.to)

    @property
    def needs_power(self) -> bool:
        """The scale goes by the power, which nobody told."""
        return mileage(self.expenses).needs_power

    def waived(self, today: date, *, kind: Kind | None = None, power: int | None = None) -> Waiver:
        """The gift that these expenses make; `kind` where it is not known, `power` where that is not told."""
        spent = self.expenses if power is None else replace(self.expenses, power=power)
        day = min(today, date(spent.year, 12, 31))
        return waive(spent, self.kind or kind or Kind.GENERAL, waived_on=day, tax=self.tax)


def heard(talk: Talk) -> Spent:
    """What was told, asked for by a button included; nothing here is asked by itself."""
    this_year = talk.today.year
    years = {str(year): _("{year}", year=str(year)) for year in range(this_year, this_year - YEARS_BACK - 1, -1)}
    year = int(talk.refine("year", Choice(3, **years), _("In which year were these expenses?"), said_year(talk, years)))
    km = talk.refine(
        "km",
        Kilometres(),
        _("How many kilometres did you drive for the association in the year, with your own vehicle?"),
    )
    chosen = talk.refine("vehicle", VEHICLES, _("Which vehicle was it?"), "car")
    vehicle = Vehicle.CAR if chosen == "electric" else Vehicle(chosen)
    power = talk.refine(
        "power", FiscalPower(), _("What is its fiscal power? It is line P.6 of the registration paper.")
    )
    name = talk.refine("organisation", BODY, _("For which association?"))
    tax = talk.refine(
        "tax",
        Money(slot="tax", minimum=0),
        _("How much income tax does your household pay a year, before reductions? It is on your tax notice."),
    )
    spent = Expenses(
        year=year,
        km=km or ZERO,
        vehicle=vehicle,
        power=None if power is None else int(power),
        is_electric=chosen == "electric",
        other=sum_of(talk, km, power),
    )
    return Spent(spent, kind_of(talk, name or ""), name or "", tax)


def sum_of(talk: Talk, *others: Decimal | None) -> Decimal:
    """The expenses beside the kilometres. A bare number that was the kilometres, or the power, is no sum too."""
    if talk.slots.get("amount") in {float(number) for number in others if number is not None}:
        talk.unsay("amount")
    several = talk.slots.get("amounts")
    if isinstance(several, list):
        talk.unsay("amounts")
        talk.hear({"amount": str(sum(Decimal(str(one)) for one in several))})
    question = _("And your other expenses: train, tolls, parking, purchases? The total, in euros.")
    return talk.refine("sum", Money(slot="amount", minimum=0), question, ZERO)


def said_year(talk: Talk, years: Collection[str]) -> str:
    """The year that was said in passing, if it is one of these; else this one."""
    said = talk.slots.get("when")
    for part in said if isinstance(said, list) else [said]:
        year = str(part).partition(":")[2][:4]
        if year in years:
            return year
    return next(iter(years))


def kind_of(talk: Talk, name: str) -> Kind | None:
    """The kind of the association, by what is known of it or by how it was described."""
    body = known_body(name)
    if body is not None:
        return Kind.COLUCHE if kind_for_estimate(body) == "coluche" else Kind.GENERAL
    return {"75": Kind.COLUCHE, "66": Kind.GENERAL}.get(str(talk.slots.get("org_kind")))
