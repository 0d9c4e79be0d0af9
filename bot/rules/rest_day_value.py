"""What one rest day is worth in pay, by the method that fits how the person is paid.

The decree gives the principle (the pay the employee would have had at the date the employer agrees, D. 3142-82) and no
divisor: each method is a usage of payroll, named in its step, and the payroll's own figure prevails. Gross, in euros.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.phrase import Phrase, _
from bot.rules.parameters import Row, parameter
from bot.rules.public_holidays import weekday_holidays
from bot.rules.result import Step, cents

__all__ = ["DayValue", "Pay", "Per", "day_value"]

Per = Literal["month", "day", "hour", "year"]


@dataclass(frozen=True, slots=True)
class Pay:
    """Gross pay, and what the method needs beside it.

    `hours_per_day` goes with pay by the hour; `days_per_week` with part time; `forfait_days` (and, if they differ from
    the usual ones, `paid_leave_days` and `holidays`) with a *forfait jours* paid by the year; `days_worked` with
    variable pay, `amount` being that of the last twelve months; `reference_year`, the gross of the reference year, with
    annual leave.
    """

    amount: Decimal
    per: Per = "month"
    hours_per_day: Decimal | None = None
    days_per_week: Decimal | None = None
    forfait_days: Decimal | None = None
    paid_leave_days: Decimal | None = None
    holidays: int | None = None
    days_worked: Decimal | None = None
    reference_year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DayValue:
    """The value of a day, to the cent; None where something needed is missing (`warnings` says what)."""

    amount: Decimal | None
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def day_value(pay: Pay, *, on: date, divisor: Decimal | None = None, is_annual_leave: bool = False) -> DayValue:
    """The value of one day at the date `on` of the employer's agreement.

    `divisor` replaces the usual one for pay by the month or by the year: the house's habit, or the real working days of
    the month. Divisors and numbers of days are above zero.
    """
    match pay.per:
        case "day":
            return _as_agreed(pay, on)
        case "hour":
            return _hourly(pay, on)
        case "year" if pay.forfait_days is not None:
            return _forfait(pay, pay.forfait_days, on)
        case "year" if pay.days_worked is not None:
            return _variable(pay, pay.days_worked, on)
    months = _row("rest_days.valuation.part_time", on)["months"]
    monthly = pay.amount / months if pay.per == "year" else pay.amount
    if is_annual_leave and divisor is None:
        return _annual_leave(pay, monthly, on)
    return _monthly(pay, monthly, on, divisor)


def _monthly(pay: Pay, monthly: Decimal, on: date, divisor: Decimal | None) -> DayValue:
    usual = _row("rest_days.valuation.month", on)
    part_time = _row("rest_days.valuation.part_time", on)
    week = pay.days_per_week or part_time["full_week"]
    if divisor is None and week != part_time["full_week"]:
        return _part_time(week, monthly, part_time)
    amount = cents(monthly / (divisor or usual["usual"]))
    if divisor is not None:
        text = _(
            "One day: {pay:money} a month over {divisor:number} days, that is {value:money}.",
            pay=cents(monthly),
            divisor=divisor,
            value=amount,
        )
    else:
        text = _(
            "One day: {pay:money} a month over {divisor:number} days (the usual divisor; some payrolls use "
            "{other:number}), that is {value:money}.",
            pay=cents(monthly),
            divisor=usual["usual"],
            other=usual["rounded"],
            value=amount,
        )
    return DayValue(amount, (Step(text, amount, usual.source),), ())


def _part_time(days_per_week: Decimal, monthly: Decimal, row: Row) -> DayValue:
    divisor = cents(row["weeks"] * days_per_week / row["months"])
    amount = cents(monthly / divisor)
    text = _(
        "One day, working {days:number}/{full:number} of the week: {pay:money} a month over {divisor:number} days, "
        "that is {value:money}.",
        days=days_per_week,
        full=row["full_week"],
        pay=cents(monthly),
        divisor=divisor,
        value=amount,
    )
    warning = _("For part time, no text gives the divisor: ask payroll for its own.")
    return DayValue(amount, (Step(text, amount, row.source),), (warning,))


def _hourly(pay: Pay, on: date) -> DayValue:
    if pay.hours_per_day is None:
        return DayValue(None, (), (_("Tell how many hours the day given would have lasted."),))
    amount = cents(pay.amount * pay.hours_per_day)
    phrase = _(
        "One day: {hours:number} h at {rate:money} an hour, that is {value:money}.",
        hours=pay.hours_per_day,
        rate=pay.amount,
        value=amount,
    )
    return DayValue(amount, (Step(phrase, amount, _row("rest_days.valuation.hour", on).source),), ())


def _as_agreed(pay: Pay, on: date) -> DayValue:
    amount = cents(pay.amount)
    phrase = _(
        "One day, at the value given by payroll or by the agreement on the time account: {value:money}.", value=amount
    )
    return DayValue(amount, (Step(phrase, amount, _row("rest_days.valuation.agreed", on).source),), ())


def _forfait(pay: Pay, forfait: Decimal, on: date) -> DayValue:
    row = _row("rest_days.valuation.forfait", on)
    leave = row["paid_leave"] if pay.paid_leave_days is None else pay.paid_leave_days
    holidays = weekday_holidays(on.year) if pay.holidays is None else pay.holidays
    days = forfait + leave + holidays
    amount = cents(pay.amount / days)
    phrase = _(
        "One day: {pay:money} a year over {days:number} days, the {forfait:number} of the forfait, {leave:number} of "
        "paid leave and {holidays:number} public holidays on weekdays: {value:money}.",
        value=amount,
        pay=pay.amount,
        days=days,
        forfait=forfait,
        leave=leave,
        holidays=holidays,
    )
    warning = _("For a forfait jours, your agreement may say otherwise: ask payroll.")
    return DayValue(amount, (Step(phrase, amount, row.source),), (warning,))


def _variable(pay: Pay, days_worked: Decimal, on: date) -> DayValue:
    row = _row("rest_days.valuation.variable", on)
    amount = cents(pay.amount / days_worked)
    phrase = _(
        "One day: {pay:money} over the last {months:number} months, for {days:number} days worked: {value:money}.",
        value=amount,
        pay=pay.amount,
        months=row.value,
        days=days_worked,
    )
    warning = _("For variable pay, no text gives the method: ask payroll.")
    return DayValue(amount, (Step(phrase, amount, row.source),), (warning,))


def _annual_leave(pay: Pay, monthly: Decimal, on: date) -> DayValue:
    """The better of the tenth and of maintained pay (L. 3141-24), for a working day (*jour ouvrable*)."""
    row = _row("rest_days.valuation.annual_leave", on)
    maintained = cents(monthly / row["month"])
    phrase = _(
        "A day of annual leave, by maintained pay: {pay:money} a month over {days:number} working days, that is "
        "{value:money}.",
        value=maintained,
        pay=cents(monthly),
        days=row["month"],
    )
    steps = [Step(phrase, maintained, row.source)]
    if pay.reference_year is None:
        warning = _(
            "The rule of the tenth may give more for a day of annual leave: it needs your gross pay of the reference "
            "year. Payroll can tell."
        )
        return DayValue(maintained, tuple(steps), (warning,))
    tenth = cents(pay.reference_year * row["tenth"] / row["days"])
    phrase = _(
        "By the rule of the tenth: {share:percent} of {pay:money} over {days:number} working days, that is "
        "{value:money}.",
        value=tenth,
        share=row["tenth"],
        pay=pay.reference_year,
        days=row["days"],
    )
    steps.append(Step(phrase, tenth, row.source))
    best = max(tenth, maintained)
    steps.append(Step(_("The better of the two counts: {value:money}.", value=best), best, row.source))
    return DayValue(best, tuple(steps), ())


def _row(name: str, on: date) -> Row:
    """The usage of payroll on that day; the first one known for an earlier day."""
    return parameter(name).at(on)
