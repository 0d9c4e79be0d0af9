"""A firm's gift as it is shown: what comes off the tax first, then the cost, the ceiling, what carries over."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.card import Card
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.patronage import CompanyGift, Patronage, patronage
from bot.rules.patronage_duties import Counterpart, GiftInKind
from bot.rules.result import Step, sources_of
from handlers.company_donation.told import CompanyTold
from handlers.company_donation.turnover import lowest_ceiling_told
from handlers.shared.result_card import result_card, sources

__all__ = ["advertising_card", "estimate_card", "figures", "has_picture", "headline", "most_card", "result_of"]

ZERO = Decimal(0)


def result_of(told: CompanyTold, earlier: dict[int, Decimal] | None = None) -> Patronage:
    """What the gifts of the year give back."""
    return patronage(
        told.amounts,
        closes_on=told.closes_on,
        turnover=told.turnover,
        regime=told.regime,
        carried=earlier,
        tax=told.tax,
        tax_rate=told.expense_rate,
    )


def estimate_card(
    told: CompanyTold, result: Patronage, returned: Counterpart | None, in_kind: GiftInKind | None
) -> Card:
    """The figure first; then why, what may limit it, what to keep and declare, and where it is written."""
    reasons = list(result.steps)
    warnings = list(result.warnings)
    if told.turnover is None:
        del reasons[0]  # the ceiling of a turnover that nobody told
        if result.excess:
            warnings.insert(0, lowest_ceiling_told(told.closes_on))
    if told.self_employed:
        warnings.append(_("This is for real profit. A micro-enterprise has no reduction: give in your own name then."))
    for one in (in_kind, returned):
        if one is not None:
            reasons += one.steps
            warnings += one.warnings
    return result_card(
        headline(told, result),
        result,
        figures=figures(result),
        reasons=reasons,
        warnings=warnings,
        to_do=result.duties,
    )


def headline(told: CompanyTold, result: Patronage) -> Phrase:
    if result.reduction is None:
        return _("For {gift:money} given, an accountant must give the figure", gift=result.given)
    if told.to:
        return _(
            "{back:money} off the tax for {gift:money} given ({name})",
            back=result.reduction,
            gift=result.given,
            name=told.to,
        )
    return _("{back:money} off the tax for {gift:money} given", back=result.reduction, gift=result.given)


def figures(result: Patronage) -> list[Phrase]:
    """What it costs in the end, and where the gift stands under the ceiling."""
    lines = []
    if result.cost is not None:
        lines.append(_("Real cost: <b>{cost:money}</b>", cost=result.cost))
    if result.excess:
        lines.append(_("Above the ceiling, for the years to come: <b>{excess:money}</b>", excess=result.excess))
    if result.used is not None:
        lines.append(_("Taken off this year’s tax: <b>{used:money}</b>", used=result.used))
    if result.unused:
        lines.append(_("Left for the taxes to come: <b>{unused:money}</b>", unused=result.unused))
    return lines


def has_picture(result: Patronage) -> bool:
    """Gifts of earlier years would make the parts of the picture add up to more than what is given."""
    return result.reduction is not None and not result.from_earlier


def most_card(told: CompanyTold, turnover: Decimal) -> Card:
    """The most that a firm of this turnover may give in a year with a reduction."""
    limit = parameter("patronage.ceiling").at(told.closes_on)
    carry = parameter("patronage.carry.base").at(told.closes_on)
    most = max(limit["floor"], limit["ratio"] * turnover)
    result = patronage([CompanyGift(most)], closes_on=told.closes_on, turnover=turnover, regime=told.regime)
    return Card(
        headline=_(
            "Up to {most:money} of gifts this year count: {back:money} off the tax",
            most=most,
            back=result.reduction or ZERO,
        ),
        figures=[
            _(
                "The higher of {floor:money} and {share:percent} of the turnover ({part:money})",
                floor=limit["floor"],
                share=limit["ratio"],
                part=limit["ratio"] * turnover,
            )
        ],
        reasons=[
            *(step.phrase for step in result.steps),
            _(
                "What is given above it counts in the {years:number} following years, within the ceiling of each.",
                years=carry.value,
            ),
        ],
        warnings=result.warnings,
        sources=[sources(sources_of([*result.steps, Step(_("Carried over."), None, carry.source)]))],
    )


def sponsoring_card(returned: Counterpart) -> Card:
    """So much comes back that it is no patronage."""
    return result_card(
        _(
            "It is sponsoring, not patronage: {value:money} in return for {gift:money} gives no reduction",
            value=returned.value,
            gift=returned.gift,
        ),
        returned,
        figures=[_("An invoice with VAT, and a deductible expense for the company")],
    )


def advertising_card(told: CompanyTold) -> Card:
    """A logo, a banner: patronage while it is worth little beside the gift, sponsoring above."""
    row = parameter("patronage.counterpart").at(told.closes_on)
    rate = parameter("patronage.rate").at(told.closes_on)
    reasons: list[Phrase] = [
        _("A name or a logo that thanks is accepted; an advertisement that sells is not."),
        _("No figure is written in the law: keep a note of how you valued what is given in return."),
    ]
    figures: list[Phrase] = [_("Above, it is sponsoring: an invoice with VAT, a deductible expense, no reduction")]
    if told.amount:
        result = result_of(told)
        return Card(
            headline=_(
                "It depends on what it is worth: patronage if it is worth at most {most:money} ({share:percent} of the "
                "gift), then {back:money} comes off the tax",
                most=row.value * told.amount,
                share=row.value,
                back=result.reduction or ZERO,
            ),
            figures=figures,
            reasons=[*reasons, *(step.phrase for step in result.steps)],
            sources=[sources([row.source, *sources_of(result.steps)])],
        )
    return Card(
        headline=_(
            "It depends on what it is worth: patronage ({rate:percent} off the tax) if it is worth at most "
            "{share:percent} of the gift",
            rate=rate.value,
            share=row.value,
        ),
        figures=figures,
        reasons=reasons,
        sources=[sources([row.source, rate.source])],
    )
