"""`allie estimate rest-days`: how many rest days can be given to an association, worth what (L. 3142-131)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import BadQuestion, Day, Field, Flag, Number, OneOf, Record, Text, Whole
from bot.phrase import _
from bot.rules.rest_day_value import Pay
from bot.rules.rest_days import rest_day_gift

__all__ = ["QUESTION"]

ZERO = Decimal(0)
ONE = Decimal(1)
YEAR = Decimal(366)
KINDS = ("rtt", "forfait_rest", "cet", "annual_leave", "conventional_leave", "recovery", "other")
BODIES = ("a_or_b", "endowment_fund", "corporate_foundation", "other", "unknown")

PAY = Record(
    (
        Field("amount", Number(), "gross pay, euros"),
        Field("per", OneOf(("month", "day", "hour", "year")), "month by default", False, "month"),
        Field("hours_per_day", Number(Decimal("0.25"), Decimal(24)), "with pay by the hour", False),
        Field("days_per_week", Number(Decimal("0.5"), Decimal(7)), "part time: days worked in a week", False),
        Field("forfait_days", Number(ONE, YEAR), "forfait jours paid by the year: days of the forfait", False),
        Field("paid_leave_days", Number(ZERO, YEAR), "with a forfait: days of paid leave, 25 by default", False),
        Field("holidays", Whole(0, 20), "with a forfait: public holidays on weekdays that year", False),
        Field("days_worked", Number(ONE, YEAR), "variable pay of the last 12 months: days worked", False),
        Field("reference_year", Number(), "annual leave: gross pay of the reference year, euros", False),
    )
)

ASKS = Record(
    (
        Field("days", Number(Decimal("0.5"), YEAR), "days to give"),
        Field("kind", OneOf(KINDS), "which days; rtt by default", False, "rtt"),
        Field("pay", PAY, "without it, no value is given", False),
        Field("agreed_on", Day(), "day on which the employer agrees"),
        Field("divisor", Number(ONE, Decimal(31)), "days in a month, in place of the usual divisor", False),
        Field("given_this_year", Number(ZERO, YEAR), "days already given in the year", False, ZERO),
        Field("leave_entitlement", Number(ZERO, YEAR), "working days (jours ouvrables) of annual leave", False),
        Field("body", OneOf(BODIES), "of CGI art. 200, 1; unknown by default", False, "unknown"),
        Field("public_agent", Flag(), "the person is a public agent", False, False),
    )
)

ANSWERS = (
    Field("available", Flag(), "whether the law of that day allows the gift"),
    Field("allowed_days", Number(), "how many of the days can be given"),
    Field("day_value", Number(), "gross value of a day, euros; null without pay", required=False),
    Field("value", Number(), "gross value of the days that can be given", required=False),
    Field("reason", Text(), "why fewer days than asked, or none", required=False),
    *STEPS_AND_WARNINGS,
)


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    pay = None if values["pay"] is None else Pay(**values["pay"])
    if pay is not None and pay.per == "hour" and pay.hours_per_day is None:
        raise BadQuestion("pay.hours_per_day", _("With pay by the hour, say how many hours the day would have lasted."))
    result = rest_day_gift(
        values["days"],
        kind=values["kind"],
        agreed_on=values["agreed_on"],
        pay=pay,
        divisor=values["divisor"],
        given_this_year=values["given_this_year"],
        leave_entitlement=values["leave_entitlement"],
        body=values["body"],
        is_public_agent=values["public_agent"],
    )
    return {
        "available": result.available,
        "allowed_days": result.allowed_days,
        "day_value": result.day_value,
        "value": result.value,
        "reason": result.reason,
        "steps": result.steps,
        "warnings": result.warnings,
    }


QUESTION = Question(
    name="rest-days",
    summary="Rest days given to an association: how many, since when, and what they are worth (L. 3142-131).",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={
        "days": 2,
        "kind": "rtt",
        "pay": {"amount": 2_600, "per": "month"},
        "agreed_on": "2026-05-06",
        "language": "en",
    },
)
