"""What is pointed at, or changed, in a gift of rest days on show: why, how sure, the double, the paper, a summary."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.change import Change
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import changes, points
from bot.phrase import Phrase, _
from bot.questions.choice import Flag
from bot.rules.rest_days import RestDayGift
from bot.rules.result import Step, sources_of
from handlers.rest_days.card import headline
from handlers.rest_days.gift import DAYS_ASKED, GROSS_PAY, Told, day_pay, gift_of, most_days, told_gift
from handlers.rest_days.talk import ROLES
from handlers.shared.papers import asked_for
from handlers.shared.result_card import sources

LEARNT = 0.5
"""An act that is likelier than this is taken for what is meant."""
SLOTS = (
    "days", "salary", "week", "part_time", "given", "day_kind", "sector", "situation", "named", "person", "company",
    "post", "staff_number", "address", "recipient", "starts", "counter", "place", "signatory", "paper",
)  # fmt: skip
"""What a message may add to this talk, or say otherwise."""


@changes("rest_days")
async def changed(talk: Talk, change: Change) -> bool:
    """Bring what was told into the talk; False where nothing of it is about these days."""
    told = {slot: change.slots[slot] for slot in SLOTS if slot in change.slots}
    if change.slots.get("role") == "colleague" and talk.answered("side", ROLES) != "colleague":
        return False  # another matter: it begins anew
    talk.hear(told)
    return bool(told)


@points("rest_days")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the days on show."""
    if talk.table is None or talk.table.shows not in ("gift", "letter"):
        return False
    told = told_gift(talk)
    gift = gift_of(talk, told, day_pay(talk, told))
    if about.scale is not None:
        days = told.days or most_days(talk)
        talk.put("days", DAYS_ASKED, days * about.scale)
        return talk.rerun()
    if about.act == "paper" and about.chance >= asked_for(about):
        talk.put("paper", Flag("paper"), True)
        return talk.rerun()
    if about.chance < LEARNT or not gift.available:
        return False
    lines = told_of(about.act, told, gift)
    for line in lines:
        talk.say(line)
    return bool(lines)


def told_of(act: str, told: Told, gift: RestDayGift) -> Sequence[Phrase]:
    """What there is to say of the gift for an act, nothing where it says nothing."""
    match act:
        case "why" | "detail":
            return [step.phrase for step in gift.steps]
        case "source":
            return [sourced(gift.steps)]
        case "sure":
            return [
                _("The limit and your employer’s agreement: yes, they stand in the law."),
                *([_("The value is an estimate: the figure of payroll prevails.")] if gift.value is not None else []),
                _("Contributions and tax on the value: not settled by the texts we have."),
                sourced(gift.steps),
            ]
        case "money_back" | "box" | "real_cost":
            return [
                _(
                    "Nothing comes back to you: no tax reduction, so no box to fill in. You give up days, and your "
                    "employer pays their value to the association."
                )
            ]
        case "monthly":
            return [
                _("It is no monthly gift: {days:number} days at most in a year, all together.", days=gift.allowed_days)
            ]
        case "paid" | "cost":
            return [
                _(
                    "You pay nothing: you work on days you could have taken off, at your usual pay, and your employer "
                    "pays their value to the association."
                )
            ]
        case "when" | "deadline" | "until" | "how_long":
            return [
                _(
                    "The law sets no date and no time to answer. Ask before your days are lost: many counters are "
                    "emptied at the end of the year."
                )
            ]
        case "join" | "contact":
            return [
                _(
                    "Write to human resources or payroll: which days, which association. They answer in writing, take "
                    "the days off the counter and pay the association."
                )
            ]
        case "gross":
            counted = (
                _("All is counted in <b>gross</b> pay, the one at the top of the payslip.")
                if gift.value is None
                else _(
                    "<b>Gross</b>: {value:money} is counted from your gross pay, before contributions.",
                    value=gift.value,
                )
            )
            unsettled = _(
                "What reaches the association depends on the contributions, which no text has settled: ask payroll."
            )
            return [counted, unsettled, sourced(gift.steps)]
        case "limit":
            return [
                _("{days:number} days at most in a year, all together.", days=gift.allowed_days),
                sourced(gift.steps),
            ]
        case "refused":
            return [
                _(
                    "Your employer may say no, without a reason: their agreement is needed. <b>You can ask again</b>, "
                    "in writing, with another association or fewer days if that was the reason."
                ),
                sourced(gift.steps),
            ]
        case "keep":
            return [_("Keep your request, the dated agreement and the proof of payment. No tax receipt comes of it.")]
        case "summary" | "changed":
            return [_("<b>{headline}</b>", headline=headline(told, gift)), *what_was_told(told)]
        case "repeat" | "shorter":
            return [_("<b>{headline}</b>", headline=headline(told, gift))]
    return []


def what_was_told(told: Told) -> list[Phrase]:
    """The person's own words on it, in one line."""
    parts: list[Phrase | str] = []
    if told.salary is not None:
        parts.append(GROSS_PAY.shown(told.salary))
    if told.week is not None:
        parts.append(_("{days:number} days a week", days=told.week))
    if told.given is not None:
        parts.append(_("{days:number} given already", days=told.given))
    return [_("With what you told me: {parts:list}.", parts=parts)] if parts else []


def sourced(steps: Sequence[Step]) -> Phrase:
    return _("<i>{sources}</i>", sources=sources(sources_of(steps)))
