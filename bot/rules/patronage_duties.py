"""Beside the reduction for company gifts: the papers it asks for, what may come back, what a gift in kind is worth.

The texts are CGI art. 238 bis and the tax administration's comments. What is only practice says so and names who can
confirm it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.phrase import Phrase, _
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import Row, parameter
from bot.rules.result import Step, cents

__all__ = [
    "Counterpart",
    "GiftInKind",
    "GoodsKind",
    "association_duties",
    "counterpart",
    "counterpart_of_a_person",
    "duties",
    "gift_in_kind",
]

GoodsKind = Literal["stock", "service", "fixed_asset"]


def duties(closes_on: date, *, sole_trader: bool, report: Row | None) -> tuple[Step, ...]:
    """What to keep, fill in and send for the gifts of the year, in order. `report`: the threshold that was passed."""
    steps: list[Step] = []
    if receipt := parameter("patronage.receipt").on(closes_on):
        steps.append(
            Step(
                _(
                    "Ask each body for a tax receipt (model {form}) and keep it: without it there is no reduction.",
                    form=receipt.text,
                ),
                None,
                receipt.source,
            )
        )
    added_back = parameter("patronage.not_deductible").at(closes_on)
    steps.append(Step(_("Add the gifts back to the taxable profit: they are not deductible."), None, added_back.source))
    sheet = parameter("patronage.forms.work_sheet").at(closes_on)
    steps.append(Step(_("Keep the work sheet {form}; it is not filed.", form=sheet.text), None, sheet.source))
    if declaration := parameter("patronage.forms.declaration").on(closes_on):
        phrase = _(
            "Declare the reduction on form {form}, with the result return, electronically.", form=declaration.text
        )
        steps.append(Step(phrase, None, declaration.source))
    if report is not None:
        phrase = _(
            "Gifts above {threshold:money} in the year: list them in it one by one, with the amount, the day, the body "
            "and the value of anything received in return.",
            threshold=report.value,
        )
        steps.append(Step(phrase, None, report.source))
    if sole_trader:
        form = parameter("patronage.forms.income_tax").at(closes_on)
        phrase = _("On your own return, enter the reduction on form {form}.", form=form.text)
        steps.append(Step(phrase, None, form.source))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What the giver receives in return, set against the gift."""

    gift: Decimal
    value: Decimal
    share: Decimal
    """`value` over `gift`: a ratio."""
    is_accepted: bool
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def counterpart(gift: Decimal, value: Decimal, *, on: date) -> Counterpart:
    """Whether `value` received in return leaves the gift a gift ("marked disproportion"). `gift` is above zero.

    The law gives no figure: the ratio is the one accepted in practice.
    """
    row = parameter("patronage.counterpart").at(on)
    share = value / gift
    accepted = share <= row.value
    phrase = _(
        "In return: {value:money}, {share:percent} of the gift. Up to {ratio:percent} is accepted in practice.",
        value=value,
        share=share,
        ratio=row.value,
    )
    warning = (
        _("No figure is written in the law: keep a note of how you valued what is given in return.")
        if accepted
        else _(
            "Above that, the tax office may treat the whole as sponsoring: an invoice with VAT, a deductible expense "
            "and no reduction. Reduce what comes back, or ask your accountant."
        )
    )
    warnings = (warning, *after_what_is_known(on, "patronage.counterpart"))
    return Counterpart(gift, value, share, accepted, (Step(phrase, value, row.source),), warnings)


def counterpart_of_a_person(gift: Decimal, value: Decimal, *, on: date) -> Counterpart:
    """Whether what a private person receives for a gift leaves it a gift. `gift` is above zero.

    Where the figure of that day was not read in the text itself, the result says so.
    """
    row = parameter("donations.counterpart").at(on)
    share = value / gift
    phrase = _(
        "In return: {value:money}, {share:percent} of the gift. A private person may receive up to {ratio:percent}, "
        "and {most:money} at most.",
        value=value,
        share=share,
        ratio=row["share"],
        most=row["most"],
    )
    doubt = _("The amount for this year is not certain: have it confirmed by the association or the tax office.")
    is_accepted = share <= row["share"] and value <= row["most"]
    return Counterpart(
        gift,
        value,
        share,
        is_accepted,
        (Step(phrase, value, row.source),),
        (
            *(() if row.source.is_sure and row.covers(on) else (doubt,)),
            *after_what_is_known(on, "donations.counterpart"),
        ),
    )


def association_duties(on: date) -> tuple[Step, ...]:
    """What a body that receives company gifts owes, in order."""
    steps: list[Step] = []
    if receipt := parameter("patronage.receipt").on(on):
        phrase = _(
            "Issue a tax receipt (model {form}), for goods and staff only once the company has stated the value.",
            form=receipt.text,
        )
        steps.append(Step(phrase, None, receipt.source))
    if statement := parameter("patronage.yearly_statement").on(on):
        phrase = _(
            "Declare each year the number of receipts and their total, within {months:number} months of the year's "
            "end.",
            months=statement.value,
        )
        steps.append(Step(phrase, None, statement.source))
    if fine := parameter("patronage.wrong_receipt").on(on):
        phrase = _("A receipt knowingly wrong costs the body a fine of {rate:percent} of its amount.", rate=fine.value)
        steps.append(Step(phrase, None, fine.source))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class GiftInKind:
    """A gift of goods or services and its value for the reduction; None where an accountant must give it."""

    value: Decimal | None
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def gift_in_kind(
    kind: GoodsKind, cost: Decimal, *, attached_costs: Decimal = Decimal(0), closes_on: date
) -> GiftInKind:
    """The value of goods or services given: their cost to the company, never their selling price.

    `cost` is the cost of purchase or production; `attached_costs` those of transport and handling really borne.
    """
    old = after_what_is_known(closes_on, "patronage.in_kind", "patronage.fixed_assets")
    vat = parameter("patronage.vat_on_goods").at(closes_on)
    if kind == "fixed_asset":
        source = parameter("patronage.fixed_assets").at(closes_on).source
        phrase = _(
            "A fixed asset (vehicle, machine, building) counts at the disposal value used for the gain or loss when it "
            "leaves the balance sheet."
        )
        warning = _(
            "That gain, where there is one, may be taxable, and VAT may have to be paid back: your accountant has both "
            "figures."
        )
        return GiftInKind(None, (Step(phrase, None, source),), (warning, *old))
    row = parameter("patronage.in_kind").on(closes_on)
    if row is None:
        warning = _("For a year that ended so early, ask your accountant for the value of a gift in kind.")
        return GiftInKind(None, (), (warning,))
    value = cents(cost + attached_costs)
    phrase = _(
        "A gift in kind counts at its cost to the company, stated by the company itself: {value:money}.", value=value
    )
    if kind == "service":
        warning = _("Whether VAT is due on a service given free of charge is to be checked with your accountant.")
        return GiftInKind(value, (Step(phrase, value, row.source),), (warning, *old))
    due = _(
        "VAT is due on goods given whose VAT you recovered, except to a recognised body or a food bank that gives you "
        "a certificate."
    )
    steps = (Step(phrase, value, row.source), Step(due, None, vat.source))
    return GiftInKind(value, steps, old)
