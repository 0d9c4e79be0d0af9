"""`allie estimate company`: what the gifts of a financial year give back to a company (CGI art. 238 bis)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import BadQuestion, ByYear, Day, Field, Flag, ListOf, Number, OneOf, Record, Text
from bot.phrase import Phrase, _
from bot.rules.patronage import CompanyGift, Patronage, patronage
from bot.rules.patronage_duties import counterpart

__all__ = ["QUESTION"]

ASKS = Record(
    (
        Field("closes_on", Day(), "closing day of the financial year"),
        Field("turnover", Number(), "turnover before VAT of that year, euros"),
        Field(
            "regime",
            OneOf(("is", "ir", "micro")),
            "is: corporation tax; ir: income tax on real profit; micro: flat-rate profit. is by default",
            False,
            "is",
        ),
        Field(
            "gifts",
            ListOf(
                Record(
                    (
                        Field(
                            "kind",
                            OneOf(("ordinary", "difficulty")),
                            "difficulty: to a body that mainly helps people in difficulty. ordinary by default",
                            False,
                            "ordinary",
                        ),
                        Field("amount", Number(), "euros; goods, services and staff time at their cost"),
                        Field("counterpart", Number(), "value of what is received in return, euros", False),
                    )
                )
            ),
            "the gifts of the year",
        ),
        Field("carried", ByYear(Number()), "gifts of earlier years above their ceiling, not used yet", False, {}),
        Field("tax", Number(), "tax of the year before the reduction, euros", False),
        Field("unused_carried", ByYear(Number()), "reductions of earlier years greater than the tax", False, {}),
        Field(
            "tax_rate",
            Number(most=Decimal(1), places=4),
            "rate at which an expense would be deducted, as a ratio, for the comparison",
            False,
        ),
    )
)

ANSWERS = (
    Field("eligible", Flag(), "whether the company has this reduction"),
    Field("ceiling", Number(), "the most that counts this year, euros"),
    Field("retained", Number(), "what counts this year: its own gifts, then earlier ones in the room left"),
    Field("from_earlier", Number(), "the part of it given in earlier years"),
    Field("reduction", Number(), "reduction of the year; null where an accountant must give it", required=False),
    Field("cost", Number(), "the year's gifts less their reduction", required=False),
    Field("used", Number(), "what this year's tax absorbs of it; null without the tax", required=False),
    Field("unused", Number(), "what is left of it for the following years; null without the tax", required=False),
    Field("carried", ByYear(Number()), "gifts that can still be used after this year, by year of the gifts"),
    Field("unused_carried", ByYear(Number()), "reductions that can still be used, by year", required=False),
    Field("expense_cost", Number(), "what the gifts would cost as a deducted expense", required=False),
    Field("must_report", Flag(), "whether each gift is reported with the return"),
    Field("duties", ListOf(Text()), "what to keep, fill in and send"),
    *STEPS_AND_WARNINGS,
)


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    closes_on = values["closes_on"]
    for name in ("carried", "unused_carried"):
        for year in values[name]:
            if year >= closes_on.year:
                raise BadQuestion(f"{name}.{year}", _("A year before {year} is expected.", year=str(closes_on.year)))
    gifts = values["gifts"]
    result = patronage(
        [CompanyGift(gift["amount"], gift["kind"]) for gift in gifts],
        closes_on=closes_on,
        turnover=values["turnover"],
        regime=values["regime"],
        carried=values["carried"],
        tax=values["tax"],
        unused_carried=values["unused_carried"],
        tax_rate=values["tax_rate"],
    )
    returned = [
        counterpart(gift["amount"], gift["counterpart"], on=closes_on)
        for gift in gifts
        if result.eligible and gift["amount"] and gift["counterpart"]
    ]
    return {
        **_amounts(result),
        "duties": tuple(step.phrase for step in result.duties),
        "steps": (*result.steps, *(step for one in returned for step in one.steps)),
        "warnings": (*_each_once(warning for one in returned for warning in one.warnings), *result.warnings),
    }


def _each_once(warnings: Iterable[Phrase]) -> list[Phrase]:
    """The same warning about several gifts is told once."""
    told: list[Phrase] = []
    for warning in warnings:
        if warning not in told:
            told.append(warning)
    return told


def _amounts(result: Patronage) -> dict[str, Any]:
    return {
        "eligible": result.eligible,
        "ceiling": result.ceiling,
        "retained": result.retained + result.from_earlier,
        "from_earlier": result.from_earlier,
        "reduction": result.reduction,
        "cost": result.cost,
        "used": result.used,
        "unused": result.unused,
        "carried": result.carried,
        "unused_carried": result.unused_carried,
        "expense_cost": result.expense_cost,
        "must_report": result.must_report,
    }


QUESTION = Question(
    name="company",
    summary="What the gifts of a company give back: ceiling, reduction, carry-over (CGI art. 238 bis).",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={
        "closes_on": "2026-12-31",
        "turnover": 6_400_000,
        "regime": "is",
        "gifts": [{"kind": "ordinary", "amount": 38_000}],
        "carried": {"2024": 1_500},
        "tax": 60_000,
        "language": "en",
    },
)
