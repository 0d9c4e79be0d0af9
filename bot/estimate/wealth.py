"""`allie estimate wealth`: what gifts take off the tax on real-estate wealth (IFI, CGI art. 978)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.estimate.question import STEPS_AND_WARNINGS, Question
from bot.estimate.schema import BadQuestion, Day, Field, Flag, LawYear, ListOf, Number, OneOf, Record, Text, Whole
from bot.phrase import _
from bot.rules.wealth import Body, wealth_tax_reduction

__all__ = ["QUESTION"]

ZERO = Decimal(0)

ASKS = Record(
    (
        Field("year", LawYear("wealth"), "year of the IFI"),
        Field("amount", Number(), "all the gifts of its window, in euros; or else `gifts`", required=False),
        Field(
            "gifts",
            ListOf(
                Record(
                    (
                        Field("amount", Number(), "euros"),
                        Field("date", Day(), "day it was given", required=False),
                        Field("body", OneOf(tuple(Body)), "who received it", required=False),
                    )
                )
            ),
            "the gifts one by one; or else `amount`",
            required=False,
        ),
        Field("body", OneOf(tuple(Body)), "who received them, when it is the same for all", required=False),
        Field("tax", Number(), "the IFI before reductions; null if not known", required=False),
    )
)

ANSWERS = (
    Field("eligible", Flag(), "whether at least one of the bodies opens the IFI reduction"),
    Field("reduction", Whole(), "reduction of the IFI, before the limit of the tax"),
    Field("gain", Number(), "what really comes off; null if the IFI is not known", required=False),
    Field("cost", Number(), "gifts less the gain (or less the reduction)"),
    Field("used", Whole(), "the part of the gifts that earns the reduction; the rest may serve the income tax"),
    Field("lost", Number(), "reduction that the IFI is too small to absorb (0 if it is not known)"),
    Field("form", Text(), "the form"),
    *STEPS_AND_WARNINGS,
)


def _estimate(values: Mapping[str, Any]) -> Mapping[str, Any]:
    year: int = values["year"]
    if (values["amount"] is None) == (values["gifts"] is None):
        raise BadQuestion("gifts", _("Give either the gifts one by one or their total amount."))
    gifts = (
        values["gifts"] if values["gifts"] is not None else [{"amount": values["amount"], "body": None, "date": None}]
    )
    accepted = refused = ZERO
    for index, gift in enumerate(gifts):
        if gift["date"] is not None and gift["date"].year not in (year - 1, year):
            raise BadQuestion(
                f"gifts.{index}.date",
                _("The gifts of the IFI of {year} are made in {before} or {year}.", year=year, before=year - 1),
            )
        body = Body(gift["body"] or values["body"] or Body.FOUNDATION)
        if wealth_tax_reduction(gift["amount"], year=year, body=body).is_eligible:
            accepted += gift["amount"]
        else:
            refused += gift["amount"]
    body = Body.ASSOCIATION if refused and not accepted else Body.FOUNDATION
    result = wealth_tax_reduction(accepted or refused, year=year, tax=values["tax"], body=body)
    warnings = list(result.warnings)
    if accepted and refused:
        text = _(
            "{refused:money} went to bodies that do not count for the IFI, but may reduce your income tax instead.",
            refused=refused,
        )
        warnings.insert(0, text)
    return {
        "eligible": result.is_eligible,
        "reduction": result.reduction,
        "gain": result.gain,
        "cost": result.cost + (refused if accepted else ZERO),
        "used": result.used,
        "lost": result.lost_reduction,
        "form": result.form,
        "steps": result.steps,
        "warnings": warnings,
    }


QUESTION = Question(
    name="wealth",
    summary="What gifts take off the tax on real-estate wealth (IFI, CGI art. 978).",
    asks=ASKS,
    answers=ANSWERS,
    estimate=_estimate,
    example={"year": 2026, "amount": 10000, "body": "foundation", "tax": 6000, "language": "en"},
)
