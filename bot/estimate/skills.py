"""`allie estimate skills`: may staff be lent, and what is their time worth as a gift (CGI art. 238 bis, L. 8241-3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import BadQuestion, Day, Field, Flag, Month, Number, OneOf, Record, Whole
from bot.phrase import _
from bot.rules.skills import Loan, service_gift, skills_gift

__all__ = ["QUESTION"]

ZERO = Decimal(0)
BORROWERS = ("general_interest", "association", "young_company", "sme", "group", "other")

SERVICE = Record(
    (
        Field("hours", Number(most=Decimal(100_000)), "hours of work given"),
        Field("hourly_cost", Number(most=Decimal(10_000)), "full cost of an hour to the company, euros"),
        Field("direct_costs", Number(), "material, travel … borne by the company, euros", False, ZERO),
    )
)

ASKS = Record(
    (
        Field("month", Month(), "first month"),
        Field("starts_on", Day(), "first day, where the month is not enough", False),
        Field("months", Whole(1, 120), "how many months; 1 by default", False, 1),
        Field(
            "share",
            Number(Decimal("0.001"), Decimal(1), places=4),
            "part of normal working time, as a ratio; 1 by default",
            False,
            Decimal(1),
        ),
        Field("monthly_cost", Number(), "gross pay and employer charges of a month, euros", False),
        Field("gross_monthly", Number(), "gross pay of a month, where the cost is not known, euros", False),
        Field("service", SERVICE, "a service given and directed by the company, instead of a loan of staff", False),
        Field("aid", Number(), "aid received each month for the employee, euros", False, ZERO),
        Field("reinvoiced", Number(), "what the association pays back each month, euros", False, ZERO),
        Field("turnover", Number(), "turnover before VAT of the company, euros"),
        Field("headcount", Whole(0, 10_000_000), "employees of the company and its group", False),
        Field(
            "borrower",
            OneOf(BORROWERS),
            "general_interest (or association): a body of CGI art. 238 bis, 1 a to g, the default; young_company: a "
            "firm under 8 years old; sme; group: same group; other",
            False,
            "general_interest",
        ),
        Field("regime", OneOf(("is", "ir", "micro")), "as for company gifts; is by default", False, "is"),
        Field("closes_on", Day(), "closing day of the year in which it starts; 31 December by default", False),
    )
)

ANSWERS = (
    Field("allowed", Flag(), "whether the loan is lawful; null where the headcount decides", required=False),
    Field("cap", Number(), "most that an employee counts for a month (an hour, for a service)", required=False),
    Field("valuation", Number(), "value of the gift, euros; the low end where it is estimated"),
    Field("valuation_high", Number(), "the high end, where only the gross pay is known", required=False),
    Field(
        "reduction", Number(), "reduction; the low end where it is estimated; null: ask an accountant", required=False
    ),
    Field("reduction_high", Number(), "the high end, where only the gross pay is known", required=False),
    *STEPS_AND_WARNINGS,
)


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    given = [name for name in ("monthly_cost", "gross_monthly", "service") if values[name] is not None]
    if not given:
        raise BadQuestion("monthly_cost", _("Give the cost of a month, or the gross pay, or a service."))
    if len(given) > 1:
        raise BadQuestion(given[1], _("Give only one of these: {names:list}.", names=given))
    starts: date = values["starts_on"] or values["month"]
    if (starts.year, starts.month) != (values["month"].year, values["month"].month):
        raise BadQuestion("starts_on", _("This day is not in that month."))
    if values["closes_on"] is not None and values["closes_on"] < starts:
        raise BadQuestion("closes_on", _("The year closes after the loan starts."))
    if values["service"] is not None:
        return _service(values, starts)
    loan = Loan(
        starts=starts,
        months=values["months"],
        share=values["share"],
        cost=values["monthly_cost"],
        gross=values["gross_monthly"],
        aid=values["aid"],
        reinvoiced=values["reinvoiced"],
    )
    borrower = values["borrower"]
    result = skills_gift(
        loan,
        turnover=values["turnover"],
        borrower="general_interest" if borrower == "association" else borrower,
        headcount=values["headcount"],
        regime=values["regime"],
        closes_on=values["closes_on"],
    )
    return {
        "allowed": result.allowed,
        "cap": result.cap,
        "valuation": result.valuation,
        "valuation_high": result.highest_valuation,
        "reduction": result.reduction,
        "reduction_high": result.highest_reduction,
        "steps": result.steps,
        "warnings": result.warnings,
    }


def _service(values: Mapping[str, Any], starts: date) -> Mapping[str, Any]:
    service = values["service"]
    result = service_gift(
        service["hours"],
        service["hourly_cost"],
        direct_costs=service["direct_costs"],
        closes_on=values["closes_on"] or date(starts.year, 12, 31),
        turnover=values["turnover"],
        regime=values["regime"],
    )
    return {
        "allowed": True,
        "cap": result.hourly_cap,
        "valuation": result.valuation,
        "valuation_high": None,
        "reduction": result.reduction,
        "reduction_high": None,
        "steps": result.steps,
        "warnings": result.warnings,
    }


QUESTION = Question(
    name="skills",
    summary="Skills sponsorship: whether staff may be lent, what their time is worth, and the reduction.",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={
        "month": "2026-03",
        "months": 4,
        "share": 0.2,
        "monthly_cost": 3_950,
        "turnover": 850_000,
        "headcount": 6,
        "language": "en",
    },
)
