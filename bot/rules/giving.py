"""What a donor asks of one gift: what comes back, the largest gift a tax rewards whole, the gift that a budget allows.

All rest on `bot.rules.donations`; amounts are euros.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bot.rules.donations import Reduction, income_tax_reduction
from bot.rules.gifts import Gift, Kind, regime_on
from bot.rules.parameters import parameter

__all__ = ["gift_for_cost", "largest_rewarded_gift", "one_gift"]

ZERO = Decimal(0)


def one_gift(
    kind: Kind,
    amount: Decimal,
    day: date,
    *,
    income: Decimal | None = None,
    tax: Decimal | None = None,
    abroad: bool = False,
) -> Reduction:
    """What one gift paid on `day` brings, taken alone: see `income_tax_reduction` for `income` and `tax`."""
    gift = Gift(kind, amount, day, abroad)
    return income_tax_reduction((gift,), year=day.year, income=income, tax=tax)


def largest_rewarded_gift(kind: Kind, day: date, *, tax: Decimal, income: Decimal | None = None) -> Decimal:
    """The largest gift, in whole euros, whose reduction a tax absorbs whole and which the income cap does not reach.

    None (0) rewards a tax too small to be collected.
    """
    if tax < parameter("donations.not_collected").at(day).value:
        return ZERO
    ceiling, rate = _raised(kind, day)
    if tax <= ceiling * rate:
        return _floor(max(tax, ZERO) / rate) if ceiling else ZERO
    general = parameter("donations.general.rate").at(day).value
    ordinary = (tax - ceiling * rate) / general
    if income is not None:
        share = parameter("donations.general.income_cap").at(day).value
        ordinary = min(ordinary, share * max(income, ZERO))
    if kind is Kind.POLITICAL:
        ordinary = min(ordinary, parameter("donations.political.ceiling").at(day).value)
    return _floor(ceiling + ordinary)


def gift_for_cost(kind: Kind, day: date, cost: Decimal) -> Decimal:
    """The gift, in whole euros, that really costs at most `cost` to a household whose tax absorbs the reduction.

    « Je peux y mettre 50 € » : 200 € to the Restos du Cœur. The income cap is taken not to bind. Above the ceiling of
    the parties every euro more is paid in full.
    """
    ceiling, rate = _raised(kind, day)
    left = max(cost, ZERO)
    if left <= ceiling * (1 - rate):
        return _floor(left / (1 - rate)) if ceiling else ZERO
    left -= ceiling * (1 - rate)
    general = parameter("donations.general.rate").at(day).value
    ordinary = left / (1 - general)
    if kind is Kind.POLITICAL:
        most = parameter("donations.political.ceiling").at(day).value
        if ordinary > most:
            ordinary = most + left - most * (1 - general)
    return _floor(ceiling + ordinary)


def _raised(kind: Kind, day: date) -> tuple[Decimal, Decimal]:
    """The ceiling and the rate of the 75 % slice of a kind on a day; no ceiling (0) when there is none."""
    regime = regime_on(kind, day)
    if regime in (Kind.GENERAL, Kind.POLITICAL):
        return ZERO, ZERO
    return (
        parameter(f"donations.{regime}.ceiling").at(day).value,
        parameter(f"donations.{regime}.rate").at(day).value,
    )


def _floor(amount: Decimal) -> Decimal:
    """Down to the euro: what is promised as fully rewarded, or within a budget, must be so."""
    return amount.quantize(Decimal(1), rounding=ROUND_FLOOR)
