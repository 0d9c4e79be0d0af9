"""`allie estimate donation`: what the gifts of a household in a year take off its income tax (CGI art. 200)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import (
    BadQuestion,
    ByYear,
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
from bot.rules.donations import Reduction, income_tax_reduction
from bot.rules.gifts import Gift, Kind

__all__ = ["QUESTION"]

KIND = OneOf(tuple(Kind))
INCOME = Field(
    "income",
    Number(least=Decimal(-(10**12))),
    "net taxable income of the household (revenu net imposable); null if not known",
    required=False,
)
TAX = Field("tax", Number(), "its income tax before reductions; null if not known", required=False)

ASKS = Record(
    (
        Field("year", LawYear("donations"), "calendar year in which the gifts were paid"),
        Field(
            "gifts",
            ListOf(
                Record(
                    (
                        Field("kind", KIND, "what the gift is for, as its receipt says"),
                        Field("amount", Number(), "euros"),
                        Field("date", Day(), "day it was paid, in that year"),
                        Field("foreign", Flag(), "to a body of another EU or EEA state", required=False, default=False),
                    )
                )
            ),
            "the gifts of the year",
        ),
        INCOME,
        TAX,
        Field(
            "carried",
            ByYear(Number()),
            "gifts of the five years before that were not used yet, by year of payment",
            required=False,
        ),
    )
)

ANSWERS = (
    Field("reduction", Whole(), "reduction of the income tax, before the limit of the tax"),
    Field(
        "gain",
        Number(),
        "what really comes back: nothing of a tax too small to be collected, and the whole of one that becomes so; "
        "null if the tax is not known",
        required=False,
    ),
    Field("cost", Number(least=Decimal(-(10**12))), "gifts of the year less the gain (or less the reduction)"),
    Field(
        "parts",
        ListOf(
            Record(
                (
                    Field("kind", KIND, "general holds every gift at the general rate, carried ones included"),
                    Field("rate", Number(), "ratio"),
                    Field("ceiling", Number(), "what may count this year; null if not known", required=False),
                    Field("base", Whole(), "what counts this year"),
                    Field("reduction", Whole(), "base times rate, rounded to the euro"),
                    Field("box", Text(), "boxes of the return; null if not known yet", required=False),
                )
            )
        ),
        "the gifts that share a rate and a ceiling",
    ),
    Field("carried", ByYear(Number()), "gifts still to be used in the next years, by year of payment"),
    Field("lost", Number(), "all that will never count: lost_reduction plus lost_gifts"),
    Field("lost_reduction", Number(), "reduction that the tax is too small to absorb (0 if the tax is not known)"),
    Field("lost_gifts", Number(), "gifts carried for too long, or above the ceiling of the parties"),
    Field(
        "boxes",
        ListOf(
            Record(
                (
                    Field("box", Text(), "box"),
                    Field("form", Text(), "form"),
                    Field("amount", Whole(), "what to write in it"),
                )
            )
        ),
        "the lines of the return",
    ),
    *STEPS_AND_WARNINGS,
)


def reduction_fields(result: Reduction) -> dict[str, Any]:
    """The fields that every estimate of an income-tax reduction shares."""
    return {
        "reduction": result.reduction,
        "gain": result.gain,
        "cost": result.cost,
        "parts": [
            {
                "kind": part.kind.value,
                "rate": part.rate,
                "ceiling": part.ceiling,
                "base": part.base,
                "reduction": part.reduction,
                "box": part.box,
            }
            for part in result.parts
        ],
        "carried": result.carried,
        "lost": result.lost_reduction + result.lost_gifts,
        "lost_reduction": result.lost_reduction,
        "lost_gifts": result.lost_gifts,
        "boxes": [{"box": entry.box, "form": entry.form, "amount": entry.amount} for entry in result.entries],
    }


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    year: int = values["year"]
    gifts = []
    for index, one in enumerate(values["gifts"]):
        if one["date"].year != year:
            raise BadQuestion(f"gifts.{index}.date", _("This day is not in {year}.", year=year))
        gift = Gift(Kind(one["kind"]), one["amount"], one["date"], one["foreign"])
        if gift.abroad and gift.kind is Kind.POLITICAL:
            raise BadQuestion(f"gifts.{index}.foreign", _("Only parties under French law open the reduction."))
        gifts.append(gift)
    carried: Mapping[int, Decimal] = values["carried"] or {}
    for old in carried:
        if old >= year:
            raise BadQuestion(f"carried.{old}", _("Only gifts made before {year} can be carried to it.", year=year))
    result = income_tax_reduction(gifts, year=year, income=values["income"], tax=values["tax"], carried=carried)
    return {**reduction_fields(result), "steps": result.steps, "warnings": result.warnings}


QUESTION = Question(
    name="donation",
    summary="What the gifts of a household in a year take off its income tax (CGI art. 200).",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={
        "year": 2026,
        "gifts": [
            {"kind": "coluche", "amount": 2750, "date": "2026-03-08"},
            {"kind": "general", "amount": 180, "date": "2026-11-21"},
        ],
        "income": 52000,
        "tax": 7400,
        "carried": {"2024": 150},
        "language": "en",
    },
)
