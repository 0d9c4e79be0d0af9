"""What gifts as they were told bring in law: their kinds, days and years, the least they bring and the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import kind_for_estimate
from bot.questions.gifts import GiftTold
from bot.rules.bodies_abroad import Seat, seat_of
from bot.rules.donations import Reduction, income_tax_reduction
from bot.rules.gifts import Gift, Kind, regime_on
from bot.rules.parameters import parameter
from handlers.shared.known_bodies import known_body
from handlers.shared.payments import Payment, payments_of
from handlers.shared.told_gifts import Gifted

__all__ = ["Household", "Year", "back_of", "estimate", "is_no_gift", "kind_of", "rates_of"]

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Household:
    """What settles the figure beside the gifts: where the bodies have their seat, the income and the tax, if told."""

    country: str = ""
    income: Decimal | None = None
    tax: Decimal | None = None

    def seat(self, day: date) -> Seat:
        return seat_of(self.country, day)


@dataclass(frozen=True, slots=True)
class Year:
    """The gifts of a year and what they bring: `low` for sure; `high` if the bodies, or the days, are the better ones.

    `bodies_unknown` and `days_unknown` tell why they differ.
    """

    year: int
    gifts: Gifted
    low: Reduction
    high: Reduction
    bodies_unknown: bool = False
    days_unknown: bool = False
    window: tuple[date, date | None] | None = None
    """Where the days are unknown: the days, and to the last one if there is one, on which a gift brings `high`."""

    @property
    def is_settled(self) -> bool:
        return self.low.reduction == self.high.reduction

    @property
    def back(self) -> Decimal:
        """What really comes back at the least: within the tax, where that is known."""
        return back_of(self.low)


def back_of(result: Reduction) -> Decimal:
    return result.reduction if result.gain is None else result.gain


def is_no_gift(gift: GiftTold) -> bool:
    """Whether what goes to this body is no gift for the tax, but shares or the like."""
    body = known_body(gift.to)
    return body is not None and kind_for_estimate(body) == "none"


def kind_of(gift: GiftTold) -> Kind | None:
    """The kind of a gift, by its purpose, what is known of its body, or how that was described; None if unknown."""
    if gift.purpose:
        return Kind(gift.purpose)
    body = known_body(gift.to)
    if body is not None and kind_for_estimate(body) != "none":
        return Kind(kind_for_estimate(body))
    return {"75": Kind.COLUCHE, "66": Kind.GENERAL}.get(gift.rate)


def rates_of(day: date) -> tuple[Decimal, Decimal]:
    """The ordinary rate and the raised one, in force on a day."""
    return parameter("donations.general.rate").at(day).value, parameter("donations.coluche.rate").at(day).value


def estimate(gifts: Gifted, household: Household, today: date) -> list[Year]:
    """What these gifts bring, year by year; a year before the law that is known brings nothing and says so."""
    payments = [payment for gift in gifts for payment in payments_of(gift, today)]
    years = sorted({payment.first.year for payment in payments})
    return [of_a_year(year, [one for one in payments if one.first.year == year], household) for year in years]


def of_a_year(year: int, payments: list[Payment], household: Household) -> Year:
    gifts = tuple(dict.fromkeys(payment.gift for payment in payments))
    abroad = household.seat(date(year, 12, 31)) is Seat.EUROPE
    worked_out: dict[tuple[Gift, ...], Reduction] = {}  # most gifts are the same whatever is supposed

    def reduction(unknown: Kind, day: Callable[[Payment], date]) -> Reduction:
        paid = tuple(Gift(kind_of(one.gift) or unknown, one.amount, day(one), abroad) for one in payments)
        if paid not in worked_out:
            worked_out[paid] = income_tax_reduction(paid, year=year, income=household.income, tax=household.tax)
        return worked_out[paid]

    def early(payment: Payment) -> date:
        return payment.first

    def late(payment: Payment) -> date:
        return payment.last

    by_kind = sorted((reduction(kind, early) for kind in (Kind.GENERAL, Kind.COLUCHE)), key=lambda one: one.reduction)
    by_day = [by_kind[0], reduction(Kind.GENERAL, late)]
    low, high = min(by_day, key=lambda one: one.reduction), max(by_day, key=lambda one: one.reduction)
    days_unknown = low.reduction != high.reduction
    bodies_unknown = by_kind[0].reduction != by_kind[1].reduction
    return Year(
        year,
        gifts,
        low,
        by_kind[1] if bodies_unknown else high,
        bodies_unknown,
        days_unknown and not bodies_unknown,
        better_days(payments) if days_unknown else None,
    )


def better_days(payments: Iterable[Payment]) -> tuple[date, date | None] | None:
    """From which day, and to which if that is known, the gifts whose day is unknown bring the most."""
    for payment in payments:
        kind = kind_of(payment.gift)
        if kind is None or payment.first == payment.last:
            continue
        regime = regime_on(kind, payment.last)
        if regime is Kind.GENERAL:
            regime = regime_on(kind, payment.first)
        if regime is Kind.GENERAL:
            continue
        ceilings = parameter(f"donations.{regime}.ceiling")
        row = max(ceilings.during(payment.first.year), key=lambda one: one.value)
        return max(row.start, payment.first), row.end
    return None
