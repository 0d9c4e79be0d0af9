"""Short answers about waived expenses, to questions in passing: how it works, scale, proofs, what counts, receipt."""

from __future__ import annotations

from datetime import date

import handlers.expenses.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.expenses import Vehicle, powers
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced


def waiver(talk: Talk) -> Row:
    return parameter("expenses.waiver").at(date(talk.today.year, 12, 31))


@side_question("expenses", "how")
async def how(talk: Talk) -> None:
    """Four steps."""
    row, rate = waiver(talk), parameter("donations.general.rate").at(talk.today)
    talk.say(
        _(
            "You spend for the association, you keep the proofs, you write that you waive being paid back, and it "
            "gives you a receipt. The sum is then a gift: <b>{rate:percent}</b> comes back on your tax, more for help "
            "to people in difficulty.",
            rate=rate.value,
        )
    )
    sourced(talk, row, rate)


@side_question("expenses", "scale")
async def scale(talk: Talk) -> None:
    """The first slice of the scale for cars, and what is added for an electric one."""
    day = date(talk.today.year, 12, 31)
    first, *_middle, last = powers(Vehicle.CAR)
    low, high = (parameter(f"expenses.mileage.car.{power}").latest(day) for power in (first, last))
    bonus = parameter("expenses.mileage.electric").at(day)
    if low is None or high is None:
        return
    talk.say(
        _(
            "For 100 km by car: from <b>{low:money}</b> ({least} CV or less) to <b>{high:money}</b> ({most} CV or "
            "more), up to {km:number} km in the year; less beyond. Electric: {share:percent} more. It is the scale of "
            "employees, since {day:date}.",
            low=100 * low["near"],
            high=100 * high["near"],
            least=str(first),
            most=str(last),
            km=low["near_until"],
            share=bonus.value,
            day=low.start,
        )
    )
    sourced(talk, low, bonus)


@side_question("expenses", "proofs")
async def proofs(talk: Talk) -> None:
    """What to keep."""
    row = waiver(talk)
    talk.say(
        _(
            "Keep the invoices and tickets, and a list of trips: day, purpose, kilometres, power of the car. Hand them "
            "over with the note on which you write that you waive being paid back, dated and signed."
        )
    )
    sourced(talk, row)


@side_question("expenses", "which")
async def which(talk: Talk) -> None:
    """What counts and what does not."""
    row = waiver(talk)
    talk.say(
        _(
            "What you spend strictly for the purpose of the association counts: trips, train, tolls, purchases. It "
            "must be proven, written in its accounts, without any benefit for you. Your time does not count, nor "
            "expenses for a party or a campaign."
        )
    )
    sourced(talk, row)


@side_question("expenses", "receipt")
async def receipt(talk: Talk) -> None:
    """Who writes it, and where it goes."""
    row = waiver(talk)
    talk.say(
        _(
            "The association writes the expense and the gift in its accounts, then gives you a tax receipt on which "
            "the box for waived expenses is ticked. Ask first whether it issues receipts."
        )
    )
    sourced(talk, row)
