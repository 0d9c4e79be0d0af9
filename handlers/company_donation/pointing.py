"""What is asked about the estimate of a firm on show: why, how sure, where it is written, the forms, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

import handlers.company_donation.talk  # noqa: F401 - what is pointed at joins its topic
from bot.dialogue.change import Change
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import changes, points
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.patronage import CompanyGift, Patronage, patronage
from bot.rules.patronage_duties import association_duties, duties
from bot.rules.result import Source, Step, sources_of
from handlers.company_donation.card import figures, headline, result_of
from handlers.company_donation.papers import summary
from handlers.company_donation.receiver import receives
from handlers.company_donation.told import CompanyTold, heard, note_change
from handlers.shared.gifts_in_talk import GIFTS
from handlers.shared.papers import hand_over
from handlers.shared.result_card import sources
from handlers.shared.told_gifts import total

__all__ = ["changed", "pointed"]


@changes("company_donation")
async def changed(talk: Talk, change: Change) -> bool:
    """One more gift, another sum, the turnover, who gives: whatever of it is told next."""
    return note_change(talk, change)


@points("company_donation")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the estimate, by the firm or by the association."""
    told = heard(talk)
    if about.scale is not None and total(told.gifts):
        talk.put("gifts", GIFTS, tuple(replace(gift, amount=gift.amount * about.scale) for gift in told.gifts))
        talk.unsay("amount")
        return talk.rerun()
    if about.act == "repeat":
        return talk.rerun()
    result = result_of(told) if told.amount and told.payer != "micro" else None
    if receives(talk):
        said = to_the_association(talk, about, told, result)
    elif about.act == "paper" and result is not None:
        await hand_over(talk, summary(talk, told, result))
        talk.offer(talk.set(_("Write the agreement"), "agreement", "1"))
        return True
    else:
        said = answer(about, told, result)
    for phrase in said:
        talk.say(phrase)
    if said and talk.table is not None:
        talk.lay(talk.table.shows, talk.table.items, open_to=talk.table.open)
    return bool(said)


def answer(about: Pointed, told: CompanyTold, result: Patronage | None) -> list[Phrase]:
    """What is said to what is asked; nothing where it is about something else."""
    steps = result.steps if result is not None else example(told).steps
    match about.act:
        case "why" | "detail":
            return [*(step.phrase for step in steps), cited(sources_of(steps))]
        case "source":
            return [cited(sources_of(steps))]
        case "sure":
            found = sources_of(steps)
            day = min(source.checked for source in found)
            return [
                _("The rates and ceilings are those of the law, checked on {day:date}.", day=day),
                _("It holds if the body is one of article 238 bis: its receipt says so. Ask your accountant too."),
                cited(found),
            ]
        case "proof":
            return lines(duties(told.closes_on, sole_trader=told.regime == "ir", report=None)[:1])
        case "box":
            return lines(duties(told.closes_on, sole_trader=told.regime == "ir", report=None))
        case "real_cost" if result is not None:
            return figures(result)[:1]
        case "limit":
            return ceiling(told.closes_on)
        case "rest" if result is not None:
            return left_over(result)
        case "shorter" | "summary" if result is not None:
            return [_("<b>{headline}</b>", headline=headline(told, result)), *figures(result)]
    return []


def to_the_association(talk: Talk, about: Pointed, told: CompanyTold, result: Patronage | None) -> list[Phrase]:
    """What the association asks: its own duties, and what the company gets."""
    owed = association_duties(date(talk.today.year, 12, 31))
    match about.act:
        case "box" | "paper" | "deadline" | "proof":
            return lines(owed)
        case "why" | "detail" | "source" | "sure":
            return [*lines(owed)]
    if result is not None and about.act in ("real_cost", "money_back", "monthly", "paid", "ask", "rest"):
        return [
            _("<b>{headline}</b>", headline=headline(told, result)),
            *figures(result),
            cited(sources_of(result.steps)),
        ]
    return []


def lines(steps: Sequence[Step]) -> list[Phrase]:
    """What is to be done, and where that is written."""
    return [*(step.phrase for step in steps), cited(sources_of(steps))]


def cited(found: Sequence[Source]) -> Phrase:
    return _("<i>{sources}</i>", sources=sources(found))


def example(told: CompanyTold) -> Patronage:
    gifts = told.amounts or (CompanyGift(Decimal(1_000)),)
    return patronage(gifts, closes_on=told.closes_on, turnover=told.turnover, regime=told.regime)


def ceiling(closes_on: date) -> list[Phrase]:
    """The rate, the ceiling, and the lower rate of very large gifts."""
    rate, limit, slices = (parameter(f"patronage.{name}").at(closes_on) for name in ("rate", "ceiling", "slice"))
    return [
        _(
            "A company gets back <b>{rate:percent}</b> of its gifts, up to the higher of <b>{floor:money}</b> and "
            "<b>{ratio:percent}</b> of its turnover before VAT. Above {threshold:money} of gifts, {lower:percent}, "
            "except for help to people in difficulty.",
            rate=rate.value,
            floor=limit["floor"],
            ratio=limit["ratio"],
            threshold=slices["threshold"],
            lower=slices["rate"],
        ),
        cited([row.source for row in (rate, limit, slices)]),
    ]


def left_over(result: Patronage) -> list[Phrase]:
    """What becomes of what is above the ceiling, or above the tax."""
    said: list[Phrase] = []
    if result.excess:
        years = parameter("patronage.carry.base").at(result.closes_on)
        said.append(
            _(
                "{amount:money} is above the ceiling and carried over: it counts in the {years:number} following "
                "years, within the ceiling of each.",
                amount=result.excess,
                years=years.value,
            )
        )
    if result.unused:
        years = parameter("patronage.carry.reduction").at(result.closes_on)
        said.append(
            _(
                "{amount:money} of the reduction is more than the tax: it comes off that of the {years:number} "
                "following years, and is never paid out.",
                amount=result.unused,
                years=years.value,
            )
        )
    return said or [_("Nothing is left over: all of it counts.")]
