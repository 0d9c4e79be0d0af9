"""What volunteers spend for an association and give up being paid back: it counts as a gift (CGI art. 200, 1).

Own vehicle: where the scale of employees applies (loi 2022-1157, art. 21), by power, kilometres of the year and
electric or not; else a flat rate for volunteers, known for some years only. Tolls, parking, train and purchases
count at their cost, on proof. Amounts are euros to the cent; the gift is in whole euros, as on the return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.phrase import Phrase, _
from bot.rules.donations import Reduction, income_tax_reduction
from bot.rules.freshness import after_what_is_known
from bot.rules.gifts import Gift, Kind
from bot.rules.parameters import Parameter, Row, known_until, law, parameter
from bot.rules.result import Step, cents, whole_euro

__all__ = ["Expenses", "Mileage", "Vehicle", "Waiver", "mileage", "powers", "waive", "what_the_association_writes"]

ZERO = Decimal(0)


class Vehicle(StrEnum):
    CAR = "car"
    MOTORCYCLE = "motorcycle"
    """Over 50 cm3."""
    MOPED = "moped"
    """50 cm3 or less."""


@dataclass(frozen=True, slots=True)
class Mileage:
    """What the kilometres of a year are worth. `amount` is None when no rate is known for that year."""

    amount: Decimal | None
    steps: tuple[Step, ...] = ()
    warnings: tuple[Phrase, ...] = ()
    needs_power: bool = False
    """The scale of that year goes by the power of the vehicle, which was not given."""


@dataclass(frozen=True, slots=True)
class Expenses:
    """The expenses of a calendar year for one association. Kilometres are those of the whole year."""

    year: int
    km: Decimal = ZERO
    vehicle: Vehicle = Vehicle.CAR
    power: int | None = None
    """Puissance administrative (CV), line P.6 of the registration paper. Not asked where a flat rate applied, nor for a
    moped."""
    is_electric: bool = False
    tolls: Decimal = ZERO
    """Tolls and parking."""
    train: Decimal = ZERO
    """Train and other public transport."""
    other: Decimal = ZERO
    """Anything else bought for the association, on proof."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Expenses given up: the gift they make and what it brings."""

    mileage: Decimal | None
    waived: Decimal
    """All the expenses, to the cent; without the mileage when it is not known."""
    gift: Decimal
    """The same in whole euros: the amount of the receipt and of the return."""
    tax: Reduction
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]

    @property
    def cost(self) -> Decimal:
        """What the volunteer really pays in the end."""
        return self.gift - (self.tax.reduction if self.tax.gain is None else self.tax.gain)


def mileage(expenses: Expenses) -> Mileage:
    """The value of the kilometres of the year. A power that the scale needs and that is missing gives None."""
    if not expenses.km:
        return Mileage(ZERO)
    day = date(expenses.year, 12, 31)
    scale = _scale(expenses)
    if scale is None:
        text = _("Tell me the power of the vehicle (line P.6 of its registration paper).")
        return Mileage(None, (), (text,), needs_power=True)
    row = scale.on(day)
    if row is None and (flat := _flat_rate(expenses, day)) is not None:
        return _flat_mileage(expenses, flat)
    row = scale.latest(day)
    if row is None:
        text = _(
            "I could not check the flat rate of {year} for volunteers: it is in that year's tax brochure, or count "
            "what the trips really cost, with proof.",
            year=expenses.year,
        )
        return Mileage(None, (), (text,))
    amount = _by_distance(expenses.km, row)
    text = _("{km:number} km in the year, at the scale of {year}.", km=expenses.km, year=min(expenses.year, _last(row)))
    steps = [Step(text, cents(amount), row.source)]
    if expenses.is_electric:
        bonus = parameter("expenses.mileage.electric").at(day)
        amount *= 1 + bonus.value
        steps.append(Step(_("Electric vehicle: {share:percent} more.", share=bonus.value), cents(amount), bonus.source))
    warnings: tuple[Phrase, ...] = ()
    if not row.covers(day):
        text = _(
            "The scale for {year} is published in spring {next}: this uses that of {last}.",
            year=expenses.year,
            next=expenses.year + 1,
            last=_last(row),
        )
        warnings = (text,)
    return Mileage(cents(amount), tuple(steps), warnings)


def waive(
    expenses: Expenses,
    kind: Kind = Kind.GENERAL,
    *,
    waived_on: date | None = None,
    income: Decimal | None = None,
    tax: Decimal | None = None,
) -> Waiver:
    """The gift that these expenses make when the volunteer waives them in writing, and the reduction it opens.

    `kind` is the kind of the association; expenses for a political body never count. `waived_on` is a day of the year
    of the expenses, by default its last one. `income` and `tax` are those of `income_tax_reduction`.
    """
    road = mileage(expenses)
    others = cents(expenses.tolls + expenses.train + expenses.other)
    waived = (road.amount or ZERO) + others
    gift = whole_euro(waived)
    steps, warnings = list(road.steps), list(road.warnings)
    law = parameter("expenses.waiver").at(date(expenses.year, 12, 31))
    if others:
        steps.append(Step(_("Tolls, train and other expenses, on proof."), others, law.source))
    steps.append(Step(_("Waived in writing, {waived:money} makes a gift.", waived=waived), gift, law.source))
    day = waived_on or date(expenses.year, 12, 31)
    if kind is Kind.POLITICAL:
        warnings.append(_("Expenses waived for a party or a campaign do not open the reduction."))
        result = income_tax_reduction((), year=day.year)
    else:
        result = income_tax_reduction((Gift(kind, gift, day),), year=day.year, income=income, tax=tax)
    warnings.append(
        _(
            "The expense must be strictly for the purpose of the association, proven, and waived in writing; "
            "the association books it and gives you a receipt."
        )
    )
    if day.year <= known_until("donations").year:
        warnings.extend(after_what_is_known(day, "expenses"))
    if expenses.km:
        warnings.append(_("Keep a list of the trips: day, purpose, kilometres. The journeys of one year add up."))
    return Waiver(
        road.amount,
        waived,
        gift,
        result,
        (*steps, *result.steps),
        (*warnings, *result.warnings),
    )


def what_the_association_writes(expenses: Expenses, gift: Decimal) -> tuple[Phrase, ...]:
    """The papers that make the waiver a gift, in the order in which they are written (CGI art. 200, 1 and 5)."""
    return (
        _("An expense note for {year}: each trip and purchase with its date, purpose and proof.", year=expenses.year),
        _(
            "On the note, in the volunteer's hand: “I waive the reimbursement of these expenses and leave them to the "
            "association as a gift”, date and signature."
        ),
        _("In the accounts: the expenses on one side, the same amount received as a gift on the other."),
        _(
            "A receipt for {gift:money} on the official form, with the box for expenses waived by volunteers ticked.",
            gift=gift,
        ),
        _("Both keep a copy: the note and the proofs stay with the association."),
    )


def _scale(expenses: Expenses) -> Parameter | None:
    """The line of the scale for this vehicle; None where its power, which is not known, would tell."""
    if expenses.vehicle is Vehicle.MOPED:
        return parameter("expenses.mileage.moped")
    lines = powers(expenses.vehicle)
    power = expenses.power
    if power is None:
        day = date(expenses.year, 12, 31)
        if parameter(f"expenses.mileage.{expenses.vehicle}.{lines[0]}").latest(day) and not _flat_rate(expenses, day):
            return None
        power = lines[0]
    line = max((one for one in lines if one <= power), default=lines[0])
    return parameter(f"expenses.mileage.{expenses.vehicle}.{line}")


def powers(vehicle: Vehicle) -> tuple[int, ...]:
    """The lowest power of each line of the scale, in order; a vehicle below the first counts as the first."""
    prefix = f"expenses.mileage.{vehicle}."
    return tuple(sorted(int(name.removeprefix(prefix)) for name in law().parameters if name.startswith(prefix)))


def _by_distance(km: Decimal, row: Row) -> Decimal:
    if km <= row["near_until"]:
        return km * row["near"]
    if km <= row["middle_until"]:
        return km * row["middle"] + row["middle_plus"]
    return km * row["far"]


def _flat_rate(expenses: Expenses, day: date) -> Row | None:
    """The flat rate for volunteers, in the years that have one."""
    name = "car" if expenses.vehicle is Vehicle.CAR else "two_wheeler"
    return parameter(f"expenses.flat.{name}").on(day)


def _flat_mileage(expenses: Expenses, row: Row) -> Mileage:
    text = _("{km:number} km at the flat rate for volunteers of {year}.", km=expenses.km, year=expenses.year)
    return Mileage(cents(expenses.km * row.value), (Step(text, cents(expenses.km * row.value), row.source),))


def _last(row: Row) -> int:
    return row.end.year if row.end else date.max.year
