"""Skills sponsorship (*mecenat de competences*): what staff time given to an association is worth, and its reduction.

Two shapes: a service that the company gives and directs, or a free loan of staff to the association
(`bot.rules.skills_law` says who may). The value is the cost to the company, for staff capped each month at a multiple
of the monthly ceiling of social security; the reduction is that of `bot.rules.patronage`. Where the texts are silent,
the prudent reading is taken and said. Amounts in euros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from bot.phrase import Phrase, _, n_
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import Row, parameter
from bot.rules.patronage import CompanyGift, Patronage, Regime, patronage
from bot.rules.result import Step, cents, whole_euro
from bot.rules.skills_law import Borrower, LoanRight, may_lend

__all__ = ["Loan", "LoanMonth", "ServiceGift", "SkillsGift", "service_gift", "skills_gift"]

NOTHING = Decimal(0)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Loan:
    """Staff time as the company pays for it, each month.

    `cost` is gross pay and employer charges; where only `gross` is known, the cost is estimated as a range. `share` is
    the part of normal working time, above 0 and at most 1; `aid` and `reinvoiced` are taken off the cost. Where several
    `people` are lent, each costs the same.
    """

    starts: date
    months: int
    share: Decimal
    cost: Decimal | None = None
    gross: Decimal | None = None
    aid: Decimal = NOTHING
    reinvoiced: Decimal = NOTHING
    people: int = 1


@dataclass(frozen=True, slots=True)
class LoanMonth:
    """One month of a loan, for one employee: its (low) cost, the cap if one applied, and what counts of the share."""

    month: date
    cost: Decimal
    cap: Decimal | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class SkillsGift:
    """What a loan of staff is worth as a gift, and its reduction.

    `cap` is that of the first month (None where no cap applied). With an estimated cost, `valuation` and `reduction`
    are the low ends of a range, and `highest_valuation` and `highest_reduction` its high ends. `reduction` is None
    where it cannot be told.
    """

    right: LoanRight
    cap: Decimal | None
    valuation: Decimal
    reduction: Decimal | None
    highest_valuation: Decimal | None = None
    highest_reduction: Decimal | None = None
    by_year: Mapping[date, Decimal] = field(default_factory=dict)
    """The (low) valuation by closing day of the financial year."""
    years: tuple[Patronage, ...] = ()
    """The company rules applied to each of them; empty where no reduction is due."""
    months: tuple[LoanMonth, ...] = ()
    """Each month, for one employee."""
    steps: tuple[Step, ...] = ()
    warnings: tuple[Phrase, ...] = ()

    @property
    def allowed(self) -> bool | None:
        return self.right.allowed


@dataclass(frozen=True, slots=True)
class ServiceGift:
    """What a service given free of charge is worth, and its reduction. `hourly_cap`: None where no cap applied."""

    valuation: Decimal
    hourly_cap: Decimal | None
    year: Patronage
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]

    @property
    def reduction(self) -> Decimal | None:
        return self.year.reduction


@dataclass(frozen=True, slots=True)
class _Cap:
    amount: Decimal
    multiple: Decimal
    row: Row
    is_known: bool
    """False where the ceiling of that year is not published: the last one is used."""


def skills_gift(
    loan: Loan,
    *,
    turnover: Decimal | None,
    borrower: Borrower = "general_interest",
    headcount: int | None = None,
    regime: Regime = "is",
    closes_on: date | None = None,
) -> SkillsGift:
    """The value of a loan of staff and its reduction, month by month and financial year by financial year.

    `closes_on` ends the financial year in which the loan starts (31 December without it). `turnover`, before VAT, is
    taken for each year. A loan that is not lawful, or not to a body of general interest, gives no reduction.
    """
    closes_on = closes_on or date(loan.starts.year, MONTHS, 31)
    while closes_on < loan.starts:
        closes_on = _next_closing(closes_on)
    right = may_lend(borrower, on=loan.starts, months=loan.months, headcount=headcount)
    if not right.is_covered:
        return SkillsGift(right, None, NOTHING, None, warnings=right.warnings)
    steps = list(right.steps)
    warnings = list(right.warnings)
    low, high = _monthly_cost(loan, steps, warnings)
    cap = _cap(loan.starts, closes_on)
    if cap is not None:
        phrase = _(
            "Cap for one employee and month: {count:number} times the monthly ceiling of social security "
            "({ceiling:money}), that is {cap:money}.",
            cap=cap.amount,
            count=cap.multiple,
            ceiling=cap.row.value,
        )
        steps.append(Step(phrase, cap.amount, cap.row.source))
        if loan.share < 1 and high > cap.amount:
            warnings.append(
                _(
                    "The cap is applied before the share of time, the prudent reading: the texts we read do not say. "
                    "Ask your accountant."
                )
            )
    months = _months(loan, low, closes_on, warnings)
    by_year = _by_year(months, loan.people, closes_on)
    valuation = sum(by_year.values(), NOTHING)
    phrase = n_(
        "Value of the loan, {share:percent} of the time for {count} month: {value:money}.",
        "Value of the loan, {share:percent} of the time for {count} months: {value:money}.",
        loan.months,
        share=loan.share,
        value=valuation,
    )
    if loan.people > 1:
        phrase = n_(
            "Value of {people:number} people lent, {share:percent} of the time for {count} month: {value:money}.",
            "Value of {people:number} people lent, {share:percent} of the time for {count} months: {value:money}.",
            loan.months,
            people=loan.people,
            share=loan.share,
            value=valuation,
        )
    steps.append(Step(phrase, valuation, parameter("skills.cost").at(closes_on).source))
    highest_by_year = None
    if high > low:
        highest_by_year = _by_year(_months(loan, high, closes_on, []), loan.people, closes_on)
    highest = None if highest_by_year is None else sum(highest_by_year.values(), NOTHING)
    if highest is not None:
        steps.append(Step(_("With the highest charges, the value would be {value:money}.", value=highest), highest))

    years: tuple[Patronage, ...] = ()
    reduction: Decimal | None = NOTHING
    highest_reduction = None if highest_by_year is None else NOTHING
    if borrower == "general_interest" and right.allowed is not False:
        years = _reductions(by_year, turnover, regime)
        reduction = _sum(year.reduction for year in years)
        if highest_by_year is not None:
            highest_reduction = _sum(year.reduction for year in _reductions(highest_by_year, turnover, regime))
        for year in years:
            steps.extend(year.steps)
            warnings.extend(warning for warning in year.warnings if warning not in warnings)
        if len(years) > 1:
            warnings.append(_("The loan touches several financial years: the same turnover is taken for each."))
    else:
        warnings.append(_("No company reduction: it needs a lawful loan to a body listed in CGI art. 238 bis."))
    return SkillsGift(
        right=right,
        cap=None if cap is None else cap.amount,
        valuation=valuation,
        reduction=reduction,
        highest_valuation=highest,
        highest_reduction=highest_reduction,
        by_year=by_year,
        years=years,
        months=months,
        steps=tuple(steps),
        warnings=tuple(warnings),
    )


def service_gift(
    hours: Decimal,
    hourly_cost: Decimal,
    *,
    direct_costs: Decimal = NOTHING,
    closes_on: date,
    turnover: Decimal | None,
    regime: Regime = "is",
) -> ServiceGift:
    """The value of a service given free of charge: hours at their full cost to the company, and direct costs.

    Whether the cap on staff reaches a service is not settled: it is applied by the hour, and the result says so.
    """
    steps: list[Step] = []
    warnings: list[Phrase] = []
    cap = _hourly_cap(closes_on)
    counted = hourly_cost if cap is None else min(hourly_cost, cap.amount)
    if cap is not None and counted < hourly_cost:
        steps.append(Step(_("An hour counts for no more than {cap:money}.", cap=cap.amount), None, cap.row.source))
        warnings.append(
            _(
                "Whether the cap on staff also reaches a service is not settled: we apply it, the prudent answer. "
                "Ask your accountant."
            )
        )
    valuation = cents(hours * counted + direct_costs)
    phrase = _(
        "Value of the service, {hours:number} h at {cost:money} and {direct:money} of direct costs: {value:money}.",
        value=valuation,
        hours=hours,
        cost=counted,
        direct=direct_costs,
    )
    cost = parameter("skills.cost").on(closes_on)
    steps.append(Step(phrase, valuation, None if cost is None else cost.source))
    year = patronage([CompanyGift(valuation)], closes_on=closes_on, turnover=turnover, regime=regime)
    warnings += [one for one in after_what_is_known(closes_on, "skills") if one not in year.warnings]
    return ServiceGift(
        valuation,
        None if cap is None else cap.amount,
        year,
        (*steps, *year.steps),
        (*warnings, *year.warnings),
    )


def _monthly_cost(loan: Loan, steps: list[Step], warnings: list[Phrase]) -> tuple[Decimal, Decimal]:
    """The cost of a month left to the company: once if it is known, else the low and high ends of an estimate."""
    if loan.cost is not None:
        costs = (loan.cost, loan.cost)
        steps.append(Step(_("Cost of a month, pay and employer charges: {cost:money}.", cost=loan.cost), loan.cost))
    else:
        gross = loan.gross or NOTHING
        row = parameter("skills.charges").at(loan.starts)
        costs = (cents(gross * (1 + row["low"])), cents(gross * (1 + row["high"])))
        phrase = _(
            "Estimated cost of a month: {gross:money} gross and employer charges of {low:percent} to {high:percent}, "
            "that is {lowest:money} to {highest:money}.",
            gross=gross,
            low=row["low"],
            high=row["high"],
            lowest=costs[0],
            highest=costs[1],
        )
        steps.append(Step(phrase, None, row.source))
        warnings.append(
            _(
                "Only the gross pay is known: employer charges are an order of magnitude. Your payroll has the exact "
                "cost, the only one to declare."
            )
        )
    taken_off = loan.aid + loan.reinvoiced
    if taken_off:
        phrase = _("Aid received and amounts re-invoiced are taken off each month: {amount:money}.", amount=taken_off)
        steps.append(Step(phrase, taken_off))
    return max(NOTHING, costs[0] - taken_off), max(NOTHING, costs[1] - taken_off)


def _months(loan: Loan, cost: Decimal, closes_on: date, warnings: list[Phrase]) -> tuple[LoanMonth, ...]:
    """Each month: the lower of the cost and the cap, times the share of time."""
    months: list[LoanMonth] = []
    unknown = False
    for number in range(loan.months):
        month = _plus_months(loan.starts, number)
        while month > closes_on:
            closes_on = _next_closing(closes_on)
        cap = _cap(month, closes_on)
        unknown = unknown or (cap is not None and not cap.is_known)
        counted = cost if cap is None else min(cost, cap.amount)
        months.append(LoanMonth(month, cost, None if cap is None else cap.amount, counted * loan.share))
    if unknown:
        warnings.append(
            _(
                "The ceiling of social security is not known yet for part of these months: we used the last one we "
                "hold, of {until:date}.",
                until=parameter("skills.pmss").rows[-1].end,
            )
        )
    return tuple(months)


def _by_year(months: Iterable[LoanMonth], people: int, closes_on: date) -> dict[date, Decimal]:
    """The value of all the people by closing day."""
    sums: dict[date, Decimal] = {}
    for month in months:
        while month.month > closes_on:
            closes_on = _next_closing(closes_on)
        sums[closes_on] = sums.get(closes_on, NOTHING) + month.value * people
    return {closing: cents(value) for closing, value in sums.items()}


def _reductions(by_year: Mapping[date, Decimal], turnover: Decimal | None, regime: Regime) -> tuple[Patronage, ...]:
    """The company rules on each year, what exceeds a ceiling being carried to the next."""
    years: list[Patronage] = []
    for closing, value in by_year.items():
        carried = years[-1].carried if years else {}
        years.append(
            patronage([CompanyGift(value)], closes_on=closing, turnover=turnover, regime=regime, carried=carried)
        )
    return tuple(years)


def _cap(month: date, closes_on: date) -> _Cap | None:
    """The cap on one employee for a month of the year that closes on `closes_on`; None where none applied."""
    multiple = parameter("skills.cap.multiple").on(closes_on)
    if multiple is None:
        return None
    row, is_known = _pmss(month)
    return _Cap(multiple.value * row.value, multiple.value, row, is_known)


def _hourly_cap(closes_on: date) -> _Cap | None:
    """The cap by the hour: the hourly ceiling, to the nearest euro (CSS D. 242-17, IV), times the same multiple."""
    multiple = parameter("skills.cap.service").on(closes_on)
    if multiple is None:
        return None
    row, is_known = _pmss(closes_on)
    divisors = parameter("skills.cap.divisors").at(closes_on)
    return _Cap(multiple.value * whole_euro(row.value * MONTHS / divisors["hour"]), multiple.value, row, is_known)


def _pmss(day: date) -> tuple[Row, bool]:
    ceilings = parameter("skills.pmss")
    row = ceilings.on(day)
    return (row, True) if row is not None else (ceilings.rows[-1 if day > ceilings.rows[0].start else 0], False)


def _plus_months(day: date, months: int) -> date:
    """The first day of the month that comes `months` after that of `day`; `day` itself for none."""
    if not months:
        return day
    years, month = divmod(day.month - 1 + months, MONTHS)
    return date(day.year + years, month + 1, 1)


def _next_closing(closing: date) -> date:
    """The same day a year later; the end of February follows the calendar."""
    if closing.month == 2 and closing.day >= 28:
        return date(closing.year + 1, 3, 1) - timedelta(days=1)
    return closing.replace(year=closing.year + 1)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    total = NOTHING
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
