"""Short questions about the loan in hand: what if they refuse, the cap, the size of the company, what is signed."""

from __future__ import annotations

import handlers.skills.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced
from handlers.skills.card import cap_step, rate_told, year_end


def figure(talk: Talk, name: str) -> Row:
    return parameter(f"skills.{name}").at(talk.today)


@side_question("skills", "size")
async def size(talk: Talk) -> None:
    """Any size, since when; and for how long."""
    row = figure(talk, "loan.general_interest")
    talk.say(
        _(
            "<b>Yes</b>: since {day:date} a company of <b>any size</b> may lend an employee free of charge to a body "
            "of general interest, for {months:number} months at most.",
            day=row.start,
            months=row["months"],
        )
    )
    sourced(talk, row)


@side_question("skills", "cap")
async def cap(talk: Talk) -> None:
    """What an employee counts for at most, and the ceiling of the company."""
    talk.say(cap_step(talk).phrase)
    talk.say(rate_told(talk))
    sourced(
        talk, parameter("skills.cap.multiple").at(year_end(talk)), parameter("patronage.ceiling").at(year_end(talk))
    )


@side_question("skills", "consent")
async def consent(talk: Talk) -> None:
    """The employee is free."""
    row = figure(talk, "loan.consent")
    talk.say(
        _(
            "<b>The employee may refuse</b>, and cannot be punished for it: nothing begins without their written "
            "agreement. Someone else may go, or the company may give a service instead. The contract goes on, with the "
            "same job at the end."
        )
    )
    sourced(talk, row)


@side_question("skills", "written")
async def written(talk: Talk) -> None:
    """What is signed."""
    row = figure(talk, "loan.consent")
    talk.say(
        _(
            "<b>Yes, two papers</b>: an agreement between the company and the association (who, what, how long, pay "
            "and expenses), and the employee’s own written agreement. An amendment to the contract is the usual proof. "
            "For a service, a letter that describes the job."
        )
    )
    sourced(talk, row)


@side_question("skills", "paid")
async def paid(talk: Talk) -> None:
    """Who pays the employee."""
    row = figure(talk, "loan.consent")
    talk.say(
        _(
            "<b>Yes, still paid</b>: the employer goes on paying, with the same rights and the same job afterwards. "
            "The association pays nothing."
        )
    )
    sourced(talk, row)
