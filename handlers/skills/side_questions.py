"""Short answers about skills sponsorship, to questions in passing: size, length, cap, consent, risk, what it gives."""

from __future__ import annotations

from datetime import date

import handlers.skills.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced


def figure(talk: Talk, name: str) -> Row:
    return parameter(f"skills.{name}").at(talk.today)


@side_question("skills", "paper")
async def paper(talk: Talk) -> None:
    """The agreement, and when it comes."""
    talk.say(_("The agreement comes at the end: a few answers, and I write it for all to sign."))


@side_question("skills", "size")
async def size(talk: Talk) -> None:
    """Any size, since when; and for how long."""
    row = figure(talk, "loan.general_interest")
    talk.say(
        _(
            "Since {day:date} a company of <b>any size</b> may lend an employee free of charge to a body of general "
            "interest, for <b>{months:number} months</b> at most.",
            day=row.start,
            months=row["months"],
        )
    )
    sourced(talk, row)


@side_question("skills", "cap")
async def cap(talk: Talk) -> None:
    """What an employee counts for at most."""
    multiple = parameter("skills.cap.multiple").at(date(talk.today.year, 12, 31))
    ceiling = parameter("skills.pmss").latest(talk.today) or parameter("skills.pmss").rows[-1]
    talk.say(
        _(
            "Staff time counts at its cost (pay and employer charges), at most <b>{cap:money} a month</b> for one "
            "employee: {count:number} times the monthly ceiling of social security ({ceiling:money} since {day:date}).",
            cap=multiple.value * ceiling.value,
            count=multiple.value,
            ceiling=ceiling.value,
            day=ceiling.start,
        )
    )
    sourced(talk, multiple, ceiling)


@side_question("skills", "consent")
async def consent(talk: Talk) -> None:
    """The employee is free."""
    row = figure(talk, "loan.consent")
    talk.say(
        _(
            "The employee must agree expressly and in writing. Refusing cannot be punished. The contract goes on, and "
            "the same job or an equivalent one waits at the end."
        )
    )
    sourced(talk, row)


@side_question("skills", "risk")
async def risk(talk: Talk) -> None:
    """What goes wrong, and what it costs."""
    row = figure(talk, "loan.illicit")
    talk.say(
        _(
            "If the association directs the work without a lawful loan, it is an unlawful loan of staff: "
            "{years:number} years of prison and {fine:money} of fine at most. An agreement, the written consent and a "
            "time sheet keep you safe.",
            years=row["years"],
            fine=row["fine"],
        )
    )
    sourced(talk, row)


@side_question("skills", "gives")
async def gives(talk: Talk) -> None:
    """The rate of the reduction."""
    rate = parameter("patronage.rate").at(date(talk.today.year, 12, 31))
    limit = parameter("patronage.ceiling").at(date(talk.today.year, 12, 31))
    talk.say(
        _(
            "The company gets back <b>{rate:percent}</b> of the cost of the time, within its ceiling for gifts: the "
            "higher of {floor:money} and {ratio:percent} of its turnover.",
            rate=rate.value,
            floor=limit["floor"],
            ratio=limit["ratio"],
        )
    )
    sourced(talk, rate, limit)
