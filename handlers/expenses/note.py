"""The note by which a volunteer gives up expenses, to be handed to the association with the proofs; and the picture."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.documents.cards import gift_card
from bot.documents.expense_papers import ExpenseLine, expense_waiver
from bot.documents.parties import Association, Person
from bot.i18n import text_of
from bot.phrase import _
from bot.questions.text import Text
from bot.rules.expenses import Expenses, Waiver
from bot.rules.result import sources_of
from handlers.expenses.told import BODY, Spent
from handlers.shared.papers import draw, hand_over

FRENCH = "fr"


async def note(talk: Talk, spent: Spent) -> None:
    """Name and association, each of which may be passed; then the note with what is known already written in."""
    name = await talk.ask(
        "name", Text(longest=80), _("Your first name and name, as they stand on the note?"), skip=True
    )
    to = spent.to or await talk.ask("organisation", BODY, _("For which association?"), skip=True)
    result = spent.waived(talk.today)
    talk.say(
        _(
            "<b>Here is your note for {waived:money}.</b> Add the day and the purpose of each trip.",
            waived=result.waived,
        )
    )
    talk.say(_("Hand it to the association with the proofs; it gives you the receipt."))
    lines = lines_of(spent.expenses, result)
    await hand_over(talk, expense_waiver(Person(name=name or ""), Association(name=to or ""), lines, on=talk.today))
    talk.offer(talk.change(_("Another name"), "name"), talk.change(_("Another association"), "organisation"))


def lines_of(spent: Expenses, result: Waiver) -> tuple[ExpenseLine, ...]:
    """The kilometres and the other expenses, in French like the note itself."""
    lines = []
    if result.mileage:
        power = _("own car, {power} CV", power=str(spent.power)) if spent.power else _("own vehicle")
        lines.append(ExpenseLine(None, "", text_of(power, FRENCH), result.mileage, spent.km))
    rest = result.waived - (result.mileage or Decimal(0))
    if rest:
        lines.append(ExpenseLine(None, "", text_of(_("train, tolls, purchases"), FRENCH), rest))
    return tuple(lines)


async def picture(talk: Talk, result: Waiver) -> None:
    """What comes back and what it costs."""
    back = result.tax.reduction if result.tax.gain is None else result.tax.gain
    found = sources_of(result.steps)
    card = gift_card(
        _("Expenses given up in {year}: {gift:money}", year=str(result.tax.year), gift=result.gift),
        back=back,
        cost=result.cost,
        language=talk.language,
        source=found[-1].reference if found else "",
    )
    await draw(talk, "frais-de-benevole", card)
    talk.say(
        _("<b>{back:money} back on your tax for {gift:money} of expenses given up</b>", back=back, gift=result.gift)
    )
