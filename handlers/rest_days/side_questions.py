"""Short questions about the days in hand, whose answer depends on them: gross or net, a receipt, asking again."""

from __future__ import annotations

import handlers.rest_days.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import parameter
from handlers.rest_days.gift import day_pay, gift_of, told_gift
from handlers.shared.result_card import sourced


@side_question("rest_days", "gross")
async def gross(talk: Talk) -> None:
    """Gross or net: the value counts in gross pay; what reaches the association is not settled."""
    told = told_gift(talk)
    value = gift_of(talk, told, day_pay(talk, told)).value
    if value is None:
        talk.say(_("All is counted in <b>gross</b> pay, the one at the top of the payslip."))
    else:
        talk.say(_("<b>Gross</b>: {value:money} is counted from your gross pay, before contributions.", value=value))
    talk.say(_("What reaches the association depends on the contributions, which no text has settled: ask payroll."))
    sourced(talk, parameter("rest_days.association.value").at(talk.today))


@side_question("rest_days", "receipt")
async def receipt(talk: Talk) -> None:
    """No receipt for the giver: the employer pays."""
    talk.say(
        _(
            "<b>No</b>: it is your employer who pays, and no tax reduction is provided for you. The association thanks "
            "the employer in writing; if it sends you a tax receipt all the same, ask the tax office before you use it."
        )
    )
    sourced(talk, parameter("rest_days.association.created").at(talk.today))


@side_question("rest_days", "again")
async def again(talk: Talk) -> None:
    """After a refusal: ask again, in writing."""
    talk.say(
        _(
            "<b>Yes, you can ask again</b>: nothing forbids it. Do it in writing, with another association or fewer "
            "days if that was the reason. Your employer may refuse again, without a reason: their agreement is needed."
        )
    )
    sourced(talk, parameter("rest_days.association.created").at(talk.today))
