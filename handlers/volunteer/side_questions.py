"""A short answer about missions, to a question in passing: whether one is paid, or pays."""

from __future__ import annotations

from datetime import date

import handlers.volunteer.talk  # noqa: F401 - the side question joins its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import parameter
from handlers.shared.result_card import sourced


@side_question("volunteer", "paid")
async def paid(talk: Talk) -> None:
    """Nobody is paid, and what it costs may come back."""
    talk.say(
        _(
            "Volunteering is not paid: you give your time. Taking part is free, unless the association asks its "
            "volunteers to join: ask it. What you spend for it may be paid back to you or, if you give that up in "
            "writing, count as a gift."
        )
    )
    sourced(talk, parameter("expenses.waiver").at(date(talk.today.year, 12, 31)))
    talk.offer(talk.start(_("My volunteer expenses"), "expenses"))
