"""A volunteer's expenses given up as a gift: kilometres, train, purchases; what they bring, and the note to sign.

Rests on CGI, article 200, through `bot.rules.expenses`. The rate is that of the association; the receipt decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import kind_for_estimate, may_say
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.kind import Option, Reading, Said
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.organisation import Organisation
from bot.rules.expenses import Expenses, Vehicle, Waiver, mileage, powers, waive, what_the_association_writes
from bot.rules.gifts import Kind
from bot.rules.result import Step
from handlers.donation.talk import known_body
from handlers.expenses.note import note, picture
from handlers.shared.result_card import result_card

VEHICLES = Choice(
    1,
    "about",
    car=_("A car"),
    electric=_("An electric car"),
    motorcycle=_("A motorcycle or scooter"),
    moped=_("A moped (50 cm³)"),
)
MONEY = re.compile(r"€|\beuros?\b", re.IGNORECASE)
ZERO = Decimal(0)


class Kilometres(Count):
    """Kilometres, which are no sum of euros."""

    def __init__(self) -> None:
        super().__init__(slot="km", maximum=500_000)

    def read(self, said: Said) -> Reading[Decimal]:
        return None if MONEY.search(said.text) else super().read(said)


class FiscalPower(Count):
    """The fiscal power of a vehicle (CV), line P.6 of its registration paper."""

    expects = _("A fiscal power, please: for example 5. It is line P.6 of the registration paper.")

    def __init__(self) -> None:
        super().__init__(slot="power", minimum=1, maximum=100)

    def read(self, said: Said) -> Reading[Decimal]:
        return None if MONEY.search(said.text) else super().read(said)

    def options(self) -> Sequence[Sequence[Option]]:
        first, *middle, last = powers(Vehicle.CAR)
        return [
            [Option(_("{power} CV or less", power=str(first)), str(first))],
            [Option(_("{power} CV", power=str(power)), str(power)) for power in middle],
            [Option(_("{power} CV or more", power=str(last)), str(last))],
        ]


@topic(
    "expenses",
    title=_("My volunteer expenses"),
    command="frais",
    hint=_("Kilometres and costs given up as a gift"),
    menu=70,
    links=("about",),
    answers="volunteers",
)
async def expenses(talk: Talk) -> None:
    """Kilometres and the car, or a sum; then the gift they make, and the note to sign."""
    spent = await asked_expenses(talk)
    kind, body = await whom(talk)
    tax = None
    if talk.wants("tax"):
        question = _("How much income tax does your household pay a year, before reductions? It is on your tax notice.")
        tax = await talk.ask("tax", Money(slot=None, minimum=0), question, skip=True)
    result = waive(spent, kind, waived_on=min(talk.today, date(spent.year, 12, 31)), tax=tax)
    if talk.wants("name"):
        await note(talk, spent, result, body)
        return
    if not result.gift:
        nothing(talk, spent)
        return
    if talk.pressed("picture"):
        await picture(talk, result)
    else:
        show(talk, spent, result, body)
    offer_more(talk, spent, body, tax)


async def asked_expenses(talk: Talk) -> Expenses:
    """A sum said at once is not asked again; kilometres ask for the power of the car where the scale needs it."""
    year = talk.today.year
    if talk.wants("year"):
        years = {str(one): _("{year}", year=str(one)) for one in (year, year - 1, year - 2)}
        chosen_year = await talk.ask("year", Choice(3, **years), _("In which year were these expenses?"))
        year = int(chosen_year)
    # A number typed in answer to a question could be taken for a sum too: only what was said at the start counts.
    said = await talk.once("said", lambda _effects: "amount" in talk.slots)
    km = None
    if talk.wants("km") or not (said or talk.wants("sum")):
        question = _("How many kilometres did you drive for the association in the year, with your own vehicle?")
        km = await talk.ask("km", Kilometres(), question, skip=True)
    vehicle, electric = Vehicle.CAR, False
    if talk.wants("vehicle") or talk.slots.get("about") in VEHICLES.labels:
        chosen = await talk.ask("vehicle", VEHICLES, _("Which vehicle was it?"))
        electric = chosen == "electric"
        vehicle = Vehicle.CAR if electric else Vehicle(chosen)
    power = None
    driven = Expenses(year=year, km=km or ZERO, vehicle=vehicle)
    if km and mileage(driven).needs_power:
        question = _("What is its fiscal power? It is line P.6 of the registration paper.")
        power = await talk.ask("power", FiscalPower(), question)
    other = None
    if said or talk.wants("sum") or not km:
        question = _("And your other expenses: train, tolls, parking, purchases? The total, in euros.")
        total = Money(slot="amount" if said else None, minimum=0)
        other = await talk.ask("sum", total, question, skip=True)
    return Expenses(
        year=year,
        km=km or ZERO,
        vehicle=vehicle,
        power=None if power is None else int(power),
        is_electric=electric,
        other=other or ZERO,
    )


async def whom(talk: Talk) -> tuple[Kind, Body | None]:
    """The kind of the association, as far as it was said; the ordinary one otherwise."""
    if not talk.wants("organisation"):
        return (Kind.COLUCHE if talk.slots.get("org_kind") == "75" else Kind.GENERAL), None
    name = await talk.ask("organisation", Organisation(), _("For which association?"), skip=True)
    body = known_body(name) if name else None
    if body is not None and kind_for_estimate(body) == "coluche":
        return Kind.COLUCHE, body
    return Kind.GENERAL, body


def show(talk: Talk, spent: Expenses, result: Waiver, body: Body | None) -> None:
    """The gift and what comes back first; then how it was reached, and the papers to write."""
    back = result.tax.reduction if result.tax.gain is None else result.tax.gain
    warnings = list(result.warnings)
    if body is not None:
        warnings.insert(0, may_say(body))
    talk.show(
        result_card(
            _("{back:money} back on your tax for {gift:money} of expenses given up", back=back, gift=result.gift),
            result,
            figures=figures(result),
            reasons=result.steps[:-1] if result.tax.gain is None else None,  # the headline says the total
            warnings=warnings,
            to_do=[*what_the_association_writes(spent, result.gift), *boxes(result)],
        )
    )


def figures(result: Waiver) -> list[Phrase]:
    lines = []
    if result.mileage:
        lines.append(_("Kilometres: <b>{value:money}</b>", value=result.mileage))
    lines.append(_("What it really costs you: <b>{cost:money}</b>", cost=result.cost))
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


def offer_more(talk: Talk, spent: Expenses, body: Body | None, tax: Decimal | None) -> None:
    """The note first; then what refines the figure."""
    talk.offer(talk.change(_("Write the note"), "name"), talk.press(_("As a picture"), "picture"))
    more = [talk.change(_("Another association") if body else _("The association"), "organisation")]
    if tax is None:
        more.append(talk.change(_("Check against my tax"), "tax"))
    talk.offer(*more)
    if spent.km:
        talk.offer(talk.change(_("Other kilometres"), "km"), talk.change(_("Another vehicle"), "vehicle"))
        talk.offer(talk.change(_("Tolls, train, purchases"), "sum"), talk.change(_("Another year"), "year"))
    else:
        talk.offer(talk.change(_("Another amount"), "sum"), talk.change(_("Add kilometres"), "km"))
        talk.offer(talk.change(_("Another year"), "year"))
