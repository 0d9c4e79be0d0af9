"""The estimate of a gift as it is shown: a card of text, a picture for who would rather look, a paper to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.catalogue.organisations import Organisation, may_say
from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.documents.cards import Card as Drawing
from bot.documents.cards import Gauge, gift_card
from bot.documents.paper import Paper
from bot.documents.summary import SummaryStep, estimate_summary
from bot.phrase import Phrase, _
from bot.rules.calendar_of_money import Moment, calendar_of_money
from bot.rules.donations import Reduction
from bot.rules.gifts import MONTHS, Gift, Kind, regime_on
from bot.rules.parameters import parameter
from bot.rules.result import sources_of
from handlers.shared.result_card import sources

__all__ = ["drawing", "estimate_card", "spread", "summary"]

CENT = Decimal("0.01")


def back_of(result: Reduction) -> Decimal:
    """What really comes back: within the tax, where that is known."""
    return result.reduction if result.gain is None else result.gain


def headline_of(result: Reduction, organisations: Sequence[Organisation], each: Decimal | None = None) -> Phrase:
    """What the person asked for, in one line. `each`: what is given every month, for a year of gifts."""
    back = back_of(result)
    if each is not None and len(organisations) == 1:
        return _(
            "{back:money} back on your income tax for {each:money} a month to {name}: {gift:money} in a year",
            back=back,
            each=each,
            gift=result.given,
            name=organisations[0].short,
        )
    if each is not None:
        return _(
            "{back:money} back on your income tax for {each:money} a month: {gift:money} in a year",
            back=back,
            each=each,
            gift=result.given,
        )
    if len(organisations) == 1:
        return _(
            "{back:money} back on your income tax for {gift:money} to {name}",
            back=back,
            gift=result.given,
            name=organisations[0].short,
        )
    return _("{back:money} back on your income tax for a gift of {gift:money}", back=back, gift=result.given)


def cost_of(result: Reduction, each: Decimal | None) -> Phrase:
    cost = result.given - back_of(result)
    if each is None:
        return _("What it really costs you: <b>{cost:money}</b>", cost=cost)
    return _(
        "What it really costs you: <b>{cost:money}</b> in the year, {part:money} a month", cost=cost, part=a_month(cost)
    )


def a_month(amount: Decimal) -> Decimal:
    return (amount / MONTHS).quantize(CENT)


def begun_late(gifts: Sequence[Gift]) -> Phrase:
    """What counts for a year is what was paid in it."""
    return _(
        "For {year}, what is paid by 31 December counts: begun in the course of the year, the first year gives less.",
        year=gifts[0].day.year,
    )


def spread(result: Reduction) -> Phrase:
    """A gift of the year, paid month by month."""
    return _(
        "And {gift:money} for the whole year, paid month by month: {part:money} a month, which costs you {cost:money}.",
        gift=result.given,
        part=a_month(result.given),
        cost=a_month(result.given - back_of(result)),
    )


def estimate_card(
    result: Reduction, gifts: Sequence[Gift], organisations: Sequence[Organisation], each: Decimal | None = None
) -> Card:
    """The figure first, then the reasons, what may limit it, what to do, and where it is written."""
    return Card(
        headline=headline_of(result, organisations, each),
        figures=[cost_of(result, each)],
        reasons=[*reasons(result, gifts), *(may_say(body) for body in organisations)],
        warnings=[*result.warnings, *([] if each is None else [begun_late(gifts)])],
        steps=to_do(result, gifts),
        sources=[sources(sources_of(result.steps))],
    )


def reasons(result: Reduction, gifts: Sequence[Gift]) -> list[Phrase]:
    """Why this figure: each rate with its ceiling and since when."""
    lines = []
    for part in result.parts:
        if part.kind in (Kind.GENERAL, Kind.POLITICAL):
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds for gifts up to {share:percent} "
                    "of your taxable income; what is above counts over the next {years:number} years.",
                    share=parameter("donations.general.income_cap").at(gifts[0].day).value,
                    years=parameter("donations.general.carry_years").at(gifts[0].day).value,
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                )
            )
        else:
            day = max(gift.day for gift in gifts if regime_on(gift.kind, gift.day) is part.kind)
            row = parameter(f"donations.{part.kind}.ceiling").at(day)
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds up to {ceiling:money} of gifts a "
                    "year for a household, since {day:date}; above, the ordinary rate applies.",
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                    ceiling=part.ceiling,
                    day=row.start,
                )
            )
    return lines


def to_do(result: Reduction, gifts: Sequence[Gift]) -> list[Phrase]:
    """What comes after the gift, in order."""
    moments = {moment.name: moment for moment in calendar_of_money(gifts[0].day, reduction=back_of(result))}
    return [_("Keep the tax receipt: without it, no reduction."), *declare(result, moments)]


def declare(result: Reduction, moments: Mapping[str, Moment]) -> list[Phrase]:
    """Where and when to write the gift on the return, and when the money comes back."""
    boxes = [entry.box for entry in result.entries]
    when, back = moments["return"], moments["settlement"]
    if boxes:
        declared = _(
            "Declare it between {first:month} and {last:month}: box {boxes:list}.",
            first=when.first,
            last=when.last,
            boxes=boxes,
        )
    else:
        declared = _("Declare it between {first:month} and {last:month}.", first=when.first, last=when.last)
    return [declared, _("The money comes back in summer {year}.", year=back.first.year)]


def drawing(
    talk: Talk, result: Reduction, organisations: Sequence[Organisation], each: Decimal | None = None
) -> Drawing:
    """What comes back and what it costs; with the raised ceiling and where one stands under it, if it applies."""
    raised = next((part for part in result.parts if part.kind not in (Kind.GENERAL, Kind.POLITICAL)), None)
    gauge = None
    if raised is not None and raised.ceiling is not None:
        gauge = Gauge(
            _("Gifts at {rate:percent} this year", rate=raised.rate),
            raised.base,
            raised.ceiling,
            _("{used:money} of {limit:money}", used=raised.base, limit=raised.ceiling),
        )
    back = back_of(result)
    title = headline_of(result, organisations, each)
    return gift_card(title, back=back, cost=result.given - back, language=talk.language, gauge=gauge)


def summary(
    talk: Talk,
    result: Reduction,
    gifts: Sequence[Gift],
    organisations: Sequence[Organisation],
    each: Decimal | None = None,
) -> Paper:
    """The estimate on paper, to keep with the receipt."""
    back = back_of(result)
    return estimate_summary(
        headline_of(result, organisations, each),
        [
            (_("Gift"), _("{amount:money}", amount=result.given)),
            (_("Reduction of the income tax"), _("{amount:money}", amount=back)),
            (_("What it really costs"), _("{amount:money}", amount=result.given - back)),
        ],
        [SummaryStep(step.phrase, step.source.reference if step.source else "") for step in result.steps],
        on=talk.today,
        language=talk.language,
        warnings=result.warnings,
        to_do=to_do(result, gifts),
    )
