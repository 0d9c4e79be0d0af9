"""`allie estimate expenses`: what the waived expenses of a volunteer are worth, and what they bring back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.estimate.donation import INCOME, TAX
from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import (
    BadQuestion,
    Day,
    Field,
    Flag,
    LawYear,
    ListOf,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)
from bot.phrase import _
from bot.rules.expenses import Expenses, Vehicle, mileage, waive, what_the_association_writes
from bot.rules.gifts import Kind

__all__ = ["QUESTION"]

ZERO = Decimal(0)

ASKS = Record(
    (
        Field("year", LawYear("expenses"), "calendar year of the expenses"),
        Field("km", Number(most=Decimal(500_000)), "kilometres of the year with one's own vehicle", False, ZERO),
        Field("vehicle", OneOf(tuple(Vehicle)), "car by default", False, Vehicle.CAR.value),
        Field(
            "power", Whole(1, 100), "puissance administrative (CV); needed for a car or motorcycle since 2022", False
        ),
        Field("electric", Flag(), "electric vehicle", False, False),
        Field("tolls", Number(), "tolls and parking, euros", False, ZERO),
        Field("train", Number(), "train and other public transport, euros", False, ZERO),
        Field("other", Number(), "anything else bought for the association, euros", False, ZERO),
        Field("kind", OneOf(tuple(Kind)), "kind of the association, general by default", False, Kind.GENERAL.value),
        Field("date", Day(), "day the expenses are waived, by default the last of the year", False),
        INCOME,
        TAX,
    )
)

ANSWERS = (
    Field(
        "mileage", Number(), "value of the kilometres; null if no rate could be checked for that year", required=False
    ),
    Field("waived", Number(), "all the expenses, to the cent"),
    Field("gift", Whole(), "the same in whole euros: amount of the receipt and of the return"),
    Field("reduction", Whole(), "reduction of the income tax, before the limit of the tax"),
    Field("gain", Number(), "what really comes back; null if the tax is not known", required=False),
    Field("cost", Number(), "gift less the gain (or less the reduction)"),
    Field("box", Text(), "box of the return; null if not known", required=False),
    Field("association_writes", ListOf(Text()), "the papers that make the waiver a gift"),
    *STEPS_AND_WARNINGS,
)


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    year: int = values["year"]
    if values["date"] is not None and values["date"].year != year:
        raise BadQuestion("date", _("This day is not in {year}.", year=year))
    expenses = Expenses(
        year=year,
        km=values["km"],
        vehicle=Vehicle(values["vehicle"]),
        power=values["power"],
        is_electric=values["electric"],
        tolls=values["tolls"],
        train=values["train"],
        other=values["other"],
    )
    if expenses.power is None and (road := mileage(expenses)).needs_power:
        raise BadQuestion("power", road.warnings[0])
    result = waive(expenses, Kind(values["kind"]), waived_on=values["date"], income=values["income"], tax=values["tax"])
    return {
        "mileage": result.mileage,
        "waived": result.waived,
        "gift": result.gift,
        "reduction": result.tax.reduction,
        "gain": result.tax.gain,
        "cost": result.cost,
        "box": ", ".join(entry.box for entry in result.tax.entries) or None,
        "association_writes": what_the_association_writes(expenses, result.gift),
        "steps": result.steps,
        "warnings": result.warnings,
    }


QUESTION = Question(
    name="expenses",
    summary="What a volunteer's waived expenses are worth, and the reduction they open (CGI art. 200).",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={"year": 2025, "km": 640, "power": 4, "tolls": 12.4, "kind": "general", "language": "en"},
)
