"""Short answers about gifts, to questions in passing: ceilings, receipt, boxes, dates, carry-forward, no tax."""

from __future__ import annotations

from datetime import date

import handlers.donation.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.calendar_of_money import calendar_of_money
from bot.rules.donation_words import KINDS
from bot.rules.gifts import passing_on
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced


def figure(name: str, day: date) -> Row:
    return parameter(f"donations.{name}").at(day)


@side_question("donation", "ceiling")
async def ceiling(talk: Talk) -> None:
    """Both ceilings, and since when."""
    raised = figure("coluche.ceiling", talk.today)
    talk.say(
        _(
            "<b>{raised:percent}</b> up to <b>{ceiling:money}</b> of gifts a year for a household, for help to people "
            "in difficulty (since {day:date}). <b>{general:percent}</b> for other gifts, and above that, up to "
            "{share:percent} of your taxable income.",
            raised=figure("coluche.rate", talk.today).value,
            ceiling=raised.value,
            day=raised.start,
            general=figure("general.rate", talk.today).value,
            share=figure("general.income_cap", talk.today).value,
        )
    )
    sourced(talk, raised)


@side_question("donation", "raised")
async def raised_rate(talk: Talk) -> None:
    """For whom the raised rate is, and for whom it is not."""
    raised = figure("coluche.ceiling", talk.today)
    talk.say(
        _(
            "<b>{raised:percent}</b> is not for all gifts: it is for those to bodies that give meals, care or housing "
            "to people in difficulty, or help victims of domestic violence, up to <b>{ceiling:money}</b> a year for a "
            "household. Other gifts of general interest give <b>{general:percent}</b>, and so does what is above.",
            raised=figure("coluche.rate", talk.today).value,
            ceiling=raised.value,
            general=figure("general.rate", talk.today).value,
        )
    )
    if for_a_time := [KINDS[kind] for kind in passing_on(talk.today)]:
        talk.say(_("For a time, a raised rate too: {gifts:list}.", gifts=for_a_time))
    sourced(talk, raised)


@side_question("donation", "paper")
async def paper(talk: Talk) -> None:
    """What can be put on paper for a gift, and by whom."""
    talk.say(
        _(
            "A gift needs no letter, and the receipt comes from the association that is given to: nobody else can "
            "write it. What I can make is your estimate, as a PDF to keep with it."
        )
    )
    if talk.wants("amount"):
        talk.offer(talk.press(_("To keep, as a PDF"), "paper"))


@side_question("donation", "receipt")
async def receipt(talk: Talk) -> None:
    """What proves a gift, and how long to keep it."""
    row = figure("receipt.kept_years", talk.today)
    talk.say(
        _(
            "The association gives you a tax receipt (“reçu fiscal”). You do not send it: you keep it, since the tax "
            "office may ask for it during {years:number} years. No receipt, no reduction: ask whether they issue one "
            "before you give.",
            years=row.value,
        )
    )
    sourced(talk, row)


@side_question("donation", "boxes")
async def boxes(talk: Talk) -> None:
    """Where to write a gift on the return."""
    general, raised = figure("general.box", talk.today), figure("coluche.box", talk.today)
    talk.say(
        _(
            "Online, at step 3, under “Réductions et crédits d’impôt”: box <b>{raised}</b> for help to people in "
            "difficulty, box <b>{general}</b> for other gifts. They are never filled in for you.",
            raised=raised.text,
            general=general.text,
        )
    )
    sourced(talk, raised)


@side_question("donation", "calendar")
async def calendar(talk: Talk) -> None:
    """When the money of a gift made today comes back."""
    talk.say(_("For a gift made today:"))
    for moment in calendar_of_money(talk.today):
        if moment.name in ("return", "settlement", "advance"):
            talk.say(moment.phrase)


@side_question("donation", "carry")
async def carry(talk: Talk) -> None:
    """What becomes of gifts above a fifth of the income."""
    row = figure("general.carry_years", talk.today)
    talk.say(
        _(
            "Gifts above {share:percent} of your taxable income are not lost: they count as gifts of the following "
            "{years:number} years, at {rate:percent}, the oldest first. But a reduction larger than your tax is lost.",
            share=figure("general.income_cap", talk.today).value,
            years=row.value,
            rate=figure("general.rate", talk.today).value,
        )
    )
    sourced(talk, row)


@side_question("donation", "no_tax")
async def no_tax(talk: Talk) -> None:
    """A reduction is no credit."""
    talk.say(
        _(
            "It is a reduction, not a credit: it lowers the income tax you owe, down to zero, and gives nothing back "
            "to someone who pays none. Your gift helps all the same."
        )
    )
    sourced(talk, figure("general.rate", talk.today))
