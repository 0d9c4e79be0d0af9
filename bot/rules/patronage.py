"""Gifts made by a company (*mecenat d'entreprise*, CGI art. 238 bis): ceiling, reduction, what carries over.

The day that counts is the closing day of the financial year. The reduction is taken off the tax and never paid out;
gifts above the ceiling, and a reduction greater than the tax, are used in the following years, oldest first. Where the
texts read do not say how two rules meet, no figure is given and the result says who can give it. Amounts in euros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.phrase import Phrase
from bot.rules import patronage_words as words
from bot.rules.carry_forward import oldest_first
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import Row, parameter
from bot.rules.patronage_duties import duties
from bot.rules.result import Step, cents

__all__ = ["CompanyGift", "GiftKind", "Patronage", "Regime", "patronage"]

GiftKind = Literal["ordinary", "difficulty"]
"""To any body of CGI art. 238 bis, or to one that mainly helps people in difficulty (list of decree 2020-1013)."""

Regime = Literal["is", "ir", "micro"]
"""Corporation tax; income tax on real profit (sole traders, partners); one of the flat-rate regimes."""

NOTHING = Decimal(0)

RESTS_ON = ("patronage.rate", "patronage.ceiling", "patronage.carry.base", "patronage.carry.reduction")
"""What every reduction rests on."""


@dataclass(frozen=True, slots=True)
class CompanyGift:
    """A gift of the year, in euros: money, or the value of goods, services or staff time."""

    amount: Decimal
    kind: GiftKind = "ordinary"


@dataclass(frozen=True, slots=True)
class Patronage:
    """What the gifts of a financial year give back.

    `carried` is the base (gifts, not reduction) that can still be used after this year, by year of the gifts, and
    `unused_carried` the reduction that can still be used, by year in which it arose. `used`, `unused` and
    `unused_carried` need the tax: None without it. `reduction` and `cost` are None where they cannot be told.
    """

    closes_on: date
    eligible: bool
    given: Decimal
    ceiling: Decimal = NOTHING
    retained: Decimal = NOTHING
    """This year's gifts within the ceiling."""
    from_earlier: Decimal = NOTHING
    """Gifts of earlier years above their ceiling that find room this year."""
    reduction: Decimal | None = NOTHING
    cost: Decimal | None = None
    """This year's gifts less the reduction that they give this year, once it is used."""
    used: Decimal | None = None
    """The part of `reduction` that this year's tax absorbs."""
    used_from_earlier: Decimal | None = None
    """Reductions of earlier years that this year's tax absorbs after that."""
    unused: Decimal | None = None
    carried: Mapping[int, Decimal] = field(default_factory=dict)
    unused_carried: Mapping[int, Decimal] | None = None
    expense_rate: Decimal | None = None
    expense_cost: Decimal | None = None
    """What the same gifts would cost as an expense deducted at `expense_rate`."""
    must_report: bool = False
    """The gifts of the year are reported one by one with the return (CGI art. 238 bis, 6)."""
    duties: tuple[Step, ...] = ()
    """What to keep, fill in and send, in order."""
    steps: tuple[Step, ...] = ()
    warnings: tuple[Phrase, ...] = ()

    @property
    def excess(self) -> Decimal:
        """This year's gifts above the ceiling."""
        return self.given - self.retained


def patronage(
    gifts: Iterable[CompanyGift],
    *,
    closes_on: date,
    turnover: Decimal | None,
    regime: Regime = "is",
    carried: Mapping[int, Decimal] | None = None,
    tax: Decimal | None = None,
    unused_carried: Mapping[int, Decimal] | None = None,
    tax_rate: Decimal | None = None,
) -> Patronage:
    """The reduction for the gifts of the financial year that closes on `closes_on` (CGI art. 238 bis).

    `turnover` is before VAT, of that year; without it, the ceiling is the lowest one. `carried` and `unused_carried`
    are what is left of earlier years, by year: gifts above the ceiling, and reductions greater than the tax. `tax_rate`
    is the rate at which an expense would be deducted; without it, a company under corporation tax is compared at the
    normal rate. Amounts are positive or zero.
    """
    gifts = tuple(gifts)
    given = sum((gift.amount for gift in gifts), NOTHING)
    carried = {year: amount for year, amount in sorted((carried or {}).items()) if amount}
    rate = parameter("patronage.rate").on(closes_on)
    limit = parameter("patronage.ceiling").on(closes_on)
    if rate is None or limit is None:
        return Patronage(closes_on, False, given, cost=given, carried=carried, warnings=(words.not_covered(),))
    if regime == "micro":
        return _micro(closes_on, gifts, carried)

    steps: list[Step] = []
    warnings: list[Phrase] = []
    ceiling = _ceiling(turnover, limit, steps)
    retained = min(given, ceiling)
    if given > ceiling:
        steps.append(words.within(given, retained, limit))
    own = _own_reduction(gifts, retained, rate, closes_on, steps, warnings)

    drawn, left, lost = oldest_first(carried, ceiling - retained, closes_on.year, _years("base", closes_on))
    from_earlier = sum(drawn.values(), NOTHING)
    old = _earlier_reduction(drawn, ceiling, rate, closes_on, steps, warnings)
    if given > retained:
        left[closes_on.year] = given - retained
        steps.append(words.excess(given - retained, parameter("patronage.carry.base").at(closes_on)))
    if lost:
        warnings.append(words.gifts_too_old(lost))

    reduction = None if own is None else own + old
    settled = _against_tax(reduction, tax, unused_carried or {}, closes_on, steps, warnings)
    expense_rate, expense_cost = _as_expense(given, regime, tax_rate, closes_on, steps)
    if regime == "ir":
        steps += [
            words.private_choice(parameter("patronage.sole_trader").at(closes_on)),
            *_as_private_gift(gifts, closes_on),
        ]
    report = parameter("patronage.report").on(closes_on)
    must_report = report is not None and given > report.value
    warnings += after_what_is_known(closes_on, *RESTS_ON)
    return Patronage(
        closes_on=closes_on,
        eligible=True,
        given=given,
        ceiling=ceiling,
        retained=retained,
        from_earlier=from_earlier,
        reduction=reduction,
        cost=None if own is None else given - own,
        used=settled.used,
        used_from_earlier=settled.used_from_earlier,
        unused=settled.unused,
        carried=dict(sorted(left.items())),
        unused_carried=settled.carried,
        expense_rate=expense_rate,
        expense_cost=expense_cost,
        must_report=must_report,
        duties=duties(closes_on, sole_trader=regime == "ir", report=report if must_report else None),
        steps=tuple(steps),
        warnings=tuple(warnings),
    )


def _ceiling(turnover: Decimal | None, limit: Row, steps: list[Step]) -> Decimal:
    share = None if turnover is None else cents(limit["ratio"] * turnover)
    amount = max(share or NOTHING, limit["floor"])
    steps.append(words.ceiling(limit, share, amount))
    return amount


def _own_reduction(
    gifts: tuple[CompanyGift, ...],
    retained: Decimal,
    rate: Row,
    closes_on: date,
    steps: list[Step],
    warnings: list[Phrase],
) -> Decimal | None:
    """The reduction for this year's gifts; None where the slice and the ceiling bind together."""
    difficulty = sum((gift.amount for gift in gifts if gift.kind == "difficulty"), NOTHING)
    ordinary = sum((gift.amount for gift in gifts), NOTHING) - difficulty
    slices = parameter("patronage.slice").on(closes_on)
    helping = parameter("patronage.difficulty.rate").on(closes_on) or rate
    if ordinary + difficulty > retained:
        if (slices is not None and ordinary > slices["threshold"]) or (difficulty and helping.value != rate.value):
            warnings.append(words.ask_about_both_limits())
            return None
        ordinary, difficulty = retained, NOTHING

    total = NOTHING
    full = ordinary if slices is None else min(ordinary, slices["threshold"])
    if full or not difficulty:
        part = cents(rate.value * full)
        steps.append(words.ordinary(full, rate, part))
        total += part
    if slices is not None and ordinary > full:
        part = cents(slices["rate"] * (ordinary - full))
        steps.append(words.above_the_slice(ordinary - full, slices, part))
        total += part
    if difficulty:
        part = cents(helping.value * difficulty)
        steps.append(words.helping(difficulty, helping, part))
        total += part
    return total


def _earlier_reduction(
    drawn: Mapping[int, Decimal],
    ceiling: Decimal,
    rate: Row,
    closes_on: date,
    steps: list[Step],
    warnings: list[Phrase],
) -> Decimal:
    """The reduction for gifts of earlier years, at the full rate; warns where part of them may be at the lower one."""
    total = NOTHING
    source = parameter("patronage.carry.base").at(closes_on).source
    slices = parameter("patronage.slice").on(closes_on)
    for year, base in drawn.items():
        part = cents(rate.value * base)
        total += part
        steps.append(words.earlier(year, base, rate.value, part, source))
        if slices is not None and ceiling + base > slices["threshold"]:
            warnings.append(words.ask_about_the_carried_slice(year, slices))
    return total


@dataclass(frozen=True, slots=True)
class _Settled:
    used: Decimal | None = None
    used_from_earlier: Decimal | None = None
    unused: Decimal | None = None
    carried: Mapping[int, Decimal] | None = None


def _against_tax(
    reduction: Decimal | None,
    tax: Decimal | None,
    earlier: Mapping[int, Decimal],
    closes_on: date,
    steps: list[Step],
    warnings: list[Phrase],
) -> _Settled:
    """Set the reduction of the year against the tax, then older ones, oldest first (ann. III art. 49 septies XB)."""
    if tax is None or reduction is None:
        return _Settled()
    row = parameter("patronage.carry.reduction").at(closes_on)
    used = min(reduction, tax)
    unused = reduction - used
    steps.append(words.off_the_tax(used, tax, row.source))
    drawn, left, lost = oldest_first(earlier, tax - used, closes_on.year, _years("reduction", closes_on))
    order = parameter("patronage.carry.order").at(closes_on)
    steps.extend(words.older_reduction(year, amount, order.source) for year, amount in drawn.items())
    if drawn and unused == NOTHING and any(left.values()):
        warnings.append(words.ask_about_the_order())
    if unused:
        left[closes_on.year] = unused
        steps.append(words.more_than_the_tax(unused, row))
    if lost:
        warnings.append(words.reduction_too_old(lost))
    return _Settled(used, sum(drawn.values(), NOTHING), unused, dict(sorted(left.items())))


def _years(what: Literal["base", "reduction"], closes_on: date) -> int:
    return int(parameter(f"patronage.carry.{what}").at(closes_on).value)


def _as_expense(
    given: Decimal, regime: Regime, tax_rate: Decimal | None, closes_on: date, steps: list[Step]
) -> tuple[Decimal | None, Decimal | None]:
    """The same amount as an expense deducted from the profit: the rate and what it would cost."""
    row = parameter("patronage.corporation_tax").on(closes_on) if regime == "is" else None
    rate = tax_rate if tax_rate is not None else row.value if row is not None else None
    if rate is None or not given:
        return None, None
    cost = cents(given * (1 - rate))
    steps.append(words.as_expense(rate, cost, row.source if row is not None and tax_rate is None else None))
    return rate, cost


def _as_private_gift(gifts: tuple[CompanyGift, ...], closes_on: date) -> list[Step]:
    """The same gifts by a household. Of help to people in difficulty its rate depends on the day and a ceiling of the
    household's own (CGI art. 200, 1 ter): nothing is said of it here."""
    rate = parameter("donations.general.rate").on(closes_on)
    if rate is None or any(gift.kind != "ordinary" for gift in gifts):
        return []
    given = sum((gift.amount for gift in gifts), NOTHING)
    return [words.as_private_gift(given, rate, cents(given * rate.value))]


def _micro(closes_on: date, gifts: tuple[CompanyGift, ...], carried: Mapping[int, Decimal]) -> Patronage:
    given = sum((gift.amount for gift in gifts), NOTHING)
    steps = (words.no_micro(parameter("patronage.micro").at(closes_on)), *_as_private_gift(gifts, closes_on))
    warnings = (words.ask_about_micro(), *after_what_is_known(closes_on, "patronage.micro"))
    return Patronage(closes_on, False, given, cost=given, carried=carried, steps=steps, warnings=warnings)
