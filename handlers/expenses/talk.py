"""A volunteer's expenses given up as a gift: kilometres, train, purchases; what they bring, and the note to sign.

Rests on CGI, article 200, through `bot.rules.expenses`. What is not known is shown both ways: the rate of the
association, the power of the vehicle. The receipt decides.
"""

from __future__ import annotations

from decimal import Decimal

from bot.catalogue.organisations import may_say
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Context, Hears, topic
from bot.phrase import Phrase, _
from bot.questions.choice import Flag
from bot.questions.money import Money
from bot.questions.text import Text
from bot.rules import donation_words as words
from bot.rules.expenses import Expenses, Vehicle, Waiver, mileage, powers, what_the_association_writes
from bot.rules.gifts import Kind
from bot.rules.parameters import parameter
from bot.rules.result import Step
from handlers.donation.not_a_gift import NATURES, say_why_not
from handlers.expenses.note import note, picture
from handlers.expenses.told import FiscalPower, Kilometres, Spent, heard
from handlers.shared.no_tax import nothing_back
from handlers.shared.result_card import result_card, sources

__all__ = ["back_of", "expenses", "headline"]

EXAMPLE = Decimal(100)
SUM = Money(slot=None, minimum=0)
KM_QUESTION = _("How many kilometres did you drive for the association in the year, with your own vehicle?")
SUM_QUESTION = _("And your other expenses: train, tolls, parking, purchases? The total, in euros.")
OPEN = ("km", "power", "vehicle", "amount", "amounts", "organisation", "org_kind", "tax", "when")


@topic(
    "expenses",
    title=_("My volunteer expenses"),
    command="frais",
    commands={"en": "expenses"},
    hint=_("Kilometres and costs given up as a gift"),
    menu=70,
    links=("amount", "organisation"),
    answers="donors",
    facts=("tax",),
    hears=Hears(slots={"amount", "organisation", "when"}, context=Context.SPENDING),
)
async def expenses(talk: Talk) -> None:
    """What was told, what it brings, and one question at most."""
    spent = heard(talk)
    if (nature := talk.setting("nature", Text(slot="nature"), "")) in NATURES:
        say_why_not(talk, nature)
        return
    if not spent.expenses.km and not spent.expenses.other:
        await first_words(talk, spent)
        return
    if spent.needs_power:
        range_of_powers(talk, spent)
        if talk.wants("power"):  # passed over: the range is what can be told
            talk.offer(talk.change(_("Tell its power"), "power"), talk.change(_("Another vehicle"), "vehicle"))
            return
        question = _("What is its fiscal power? It is line P.6 of the registration paper.")
        await talk.ask("power", FiscalPower(), question)
        await expenses(talk)
        return
    if talk.wants("name"):
        await note(talk, spent)
        return
    if not spent.waived(talk.today).gift:
        nothing(talk, spent.expenses)
        return
    if talk.pressed("picture"):
        await picture(talk, spent.waived(talk.today))
    else:
        show(talk, spent)
    talk.lay("expenses", open_to=OPEN)
    offer_more(talk, spent)


async def first_words(talk: Talk, spent: Spent) -> None:
    """How it works and what a hundred kilometres bring; then how many they were, or which sum."""
    if talk.wants("sum"):
        nothing(talk, spent.expenses)
        return
    if talk.wants("km"):
        await talk.ask("sum", SUM, SUM_QUESTION, skip=True)
        return
    low, high = (worth(talk, power) for power in (powers(Vehicle.CAR)[0], powers(Vehicle.CAR)[-1]))
    rate = parameter("donations.general.rate").at(talk.today)
    talk.say(
        _(
            "<b>What you spend for an association and do not get back counts as a gift: {rate:percent} of it comes off "
            "your tax, more for help to people in difficulty.</b>",
            rate=rate.value,
        )
    )
    talk.say(
        _(
            "{km:number} km by car count for {low:money} to {high:money}, by its power; train, tolls and purchases at "
            "cost.",
            km=EXAMPLE,
            low=low,
            high=high,
        )
    )
    talk.fold(
        _(
            "You keep the proofs, you write that you waive being paid back; the association books it and gives you a "
            "receipt."
        )
    )
    row = parameter("expenses.waiver").at(talk.today)
    talk.fold(_("<i>{sources}</i>", sources=sources([row.source, rate.source])))
    talk.lay("expenses", open_to=OPEN)
    if talk.meaning is not None and talk.meaning.question:
        talk.offer(talk.change(_("Kilometres"), "km"), talk.change(_("A sum"), "sum"))
        return
    await talk.ask("km", Kilometres(), KM_QUESTION, skip=True)


def worth(talk: Talk, power: int) -> Decimal:
    """What the kilometres of the example are worth for a car of this power."""
    return mileage(Expenses(year=talk.today.year, km=EXAMPLE, power=power)).amount or Decimal(0)


def range_of_powers(talk: Talk, spent: Spent) -> None:
    """What it would be for the weakest and for the strongest vehicle, where the power is not told."""
    scale = powers(spent.expenses.vehicle)
    least, most = (spent.waived(talk.today, power=power) for power in (scale[0], scale[-1]))
    talk.say(
        _(
            "<b>{low:money} to {high:money} back on your tax for {km:number} km, by the power of the vehicle</b>",
            low=back_of(least),
            high=back_of(most),
            km=spent.expenses.km,
        )
    )
    talk.fold(_("<i>{sources}</i>", sources=sources([step.source for step in most.steps if step.source is not None])))
    talk.lay("expenses", open_to=OPEN)


def back_of(result: Waiver) -> Decimal:
    return result.tax.reduction if result.tax.gain is None else result.tax.gain


def headline(talk: Talk, spent: Spent) -> Phrase:
    """What comes back; at both rates where the association is not known; the tax first where none is paid."""
    low, high = spent.waived(talk.today), spent.waived(talk.today, kind=Kind.COLUCHE)
    if spent.tax is not None and not back_of(low):
        return nothing_back(spent.tax, spent.expenses.year)
    if back_of(low) != back_of(high):
        return _(
            "{low:money} or {high:money} back on your tax for {gift:money} of expenses given up",
            low=back_of(low),
            high=back_of(high),
            gift=low.gift,
        )
    if spent.to:
        return _(
            "{back:money} back on your tax for {gift:money} of expenses given up ({name})",
            back=back_of(low),
            gift=low.gift,
            name=spent.to,
        )
    return _("{back:money} back on your tax for {gift:money} of expenses given up", back=back_of(low), gift=low.gift)


def show(talk: Talk, spent: Spent) -> None:
    """The gift and what comes back first; then how it was reached, and the papers to write."""
    result = spent.waived(talk.today)
    talk.show(
        result_card(
            headline(talk, spent),
            result,
            figures=figures(talk, spent),
            reasons=result.steps[:-1] if result.tax.gain is None else None,  # the headline says the total
            warnings=warnings(talk, spent, result),
            to_do=[*what_the_association_writes(spent.expenses, result.gift), *boxes(result)],
        )
    )


def figures(talk: Talk, spent: Spent) -> list[Phrase]:
    result = spent.waived(talk.today)
    lines: list[Phrase] = []
    if result.mileage:
        lines.append(_("Kilometres: <b>{value:money}</b>", value=result.mileage))
    if spent.kind is None and back_of(result) != back_of(spent.waived(talk.today, kind=Kind.COLUCHE)):
        lines.append(_("The higher figure is for help to people in difficulty: meals, care, housing"))
    else:
        lines.append(_("What it really costs you: <b>{cost:money}</b>", cost=result.cost))
    return lines


def warnings(talk: Talk, spent: Spent, result: Waiver) -> list[Phrase]:
    """First what can change the figure most: the tax."""
    lines = [line for line in result.warnings if line.message != words.tax_unknown(Decimal(0)).message]
    if spent.body is not None:
        lines.insert(0, may_say(spent.body))
    if spent.tax is None:
        most = back_of(spent.waived(talk.today, kind=Kind.COLUCHE))
        text = _("Only if you pay at least {most:money} of income tax: without tax, nothing comes back.", most=most)
        lines.insert(0, text)
    return lines


def boxes(result: Waiver) -> list[Step | Phrase]:
    names = [entry.box for entry in result.tax.entries]
    return [_("On your tax return: box {boxes:list}.", boxes=names)] if names else []


def nothing(talk: Talk, spent: Expenses) -> None:
    """Nothing was spent, or no rate is known for that year: said so, with a way on."""
    for warning in mileage(spent).warnings:
        talk.say(warning)
    talk.say(_("Without expenses there is nothing to give up. Tell me kilometres, or a sum in euros."))
    talk.offer(talk.change(_("Kilometres"), "km"), talk.change(_("A sum"), "sum"))


def offer_more(talk: Talk, spent: Spent) -> None:
    """The note first; the association where it is not known; the rest behind one button."""
    first: list[Button] = [talk.change(_("Write the note"), "name")]
    if not spent.to:
        first.append(talk.change(_("The association"), "organisation"))
    others: list[Button] = []
    if spent.expenses.km:
        others += [talk.change(_("Other kilometres"), "km"), talk.change(_("Another vehicle"), "vehicle")]
        others += [talk.change(_("Tolls, train, purchases"), "sum"), talk.change(_("Another year"), "year")]
    else:
        others += [talk.change(_("Another amount"), "sum"), talk.change(_("Add kilometres"), "km")]
        others.append(talk.change(_("Another year"), "year"))
    if spent.tax is None:
        others.append(talk.change(_("Check against my tax"), "tax"))
    if spent.to:
        others.append(talk.change(_("Another association"), "organisation"))
    others.append(talk.press(_("As a picture"), "picture"))
    if not talk.setting("more", Flag(), False):
        talk.offer(*first, talk.set(_("More …"), "more", "1"))
        return
    talk.offer(*first)
    for at in range(0, len(others), 2):
        talk.offer(*others[at : at + 2])
