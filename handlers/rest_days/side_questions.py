"""Short answers about rest days, to questions in passing: limit, tax, contributions, refusal, bodies, history."""

from __future__ import annotations

import handlers.rest_days.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced


def figure(talk: Talk, name: str) -> Row:
    return parameter(f"rest_days.{name}").at(talk.today)


@side_question("rest_days", "paper")
async def paper(talk: Talk) -> None:
    """The letter to the employer, and when it comes."""
    talk.say(_("The letter to your employer comes at the end: a few answers, and I write it for you to sign."))


@side_question("rest_days", "limit")
async def limit(talk: Talk) -> None:
    """How many days, and which leave stays."""
    row, kept = figure(talk, "association.limit"), figure(talk, "leave_kept")
    talk.say(
        _(
            "At most <b>{limit:number} working days a year</b> to associations, all kinds together (since {day:date}). "
            "Of annual leave, only what is above {kept:number} working days: the fifth week. To a colleague there is "
            "no such yearly limit.",
            limit=row.value,
            day=row.start,
            kept=kept.value,
        )
    )
    sourced(talk, row, kept)


@side_question("rest_days", "reduction")
async def reduction(talk: Talk) -> None:
    """No reduction is provided: never promised."""
    row = figure(talk, "association.created")
    talk.say(
        _(
            "<b>No tax reduction is provided for you</b>: you give days without anything in return, and your employer "
            "pays. Nor does any text give one to the employer: ask an accountant. A gift of money, on the other hand, "
            "gives one."
        )
    )
    sourced(talk, row)


@side_question("rest_days", "contributions")
async def contributions(talk: Talk) -> None:
    """Not settled: said so, with who can answer."""
    row = figure(talk, "association.value")
    talk.say(
        _(
            "Whether contributions and income tax are due on the value is <b>not settled</b> in the texts I have read. "
            "The safe assumption is that contributions are due. Payroll, Urssaf or the tax office can answer in "
            "writing (a “rescrit”)."
        )
    )
    sourced(talk, row)


@side_question("rest_days", "refusal")
async def refusal(talk: Talk) -> None:
    """The employer may say no, and need not say why."""
    row = figure(talk, "association.created")
    talk.say(
        _(
            "Your employer may refuse: the law asks for their agreement, on the gift and on the body. It sets no time "
            "to answer and asks for no reason. You can ask again, propose another association, or give money or time."
        )
    )
    sourced(talk, row)


@side_question("rest_days", "bodies")
async def organisations(talk: Talk) -> None:
    """Which bodies may receive."""
    row = figure(talk, "association.bodies")
    talk.say(
        _(
            "The body must be in {text}: foundations and associations of recognised public utility, works and bodies "
            "of general interest. An endowment fund is disputed. Ask the association to confirm it in writing.",
            text=row.text,
        )
    )
    sourced(talk, row)


@side_question("rest_days", "history")
async def history(talk: Talk) -> None:
    """The trial of 2008 to 2010, and what replaced nothing of it."""
    row = parameter("rest_days.colleague.volunteer.private").rows[0]
    talk.say(
        _(
            "From {start:date} to {end:date}, days given up could pay the leave of colleagues who helped an "
            "association, through a company fund. That trial has expired. Since {day:date} days go to the association "
            "itself.",
            start=row.start,
            end=row.end or row.start,
            day=figure(talk, "association.limit").start,
        )
    )
    sourced(talk, row)
