"""The letter of an employee who gives rest days, with the form on which the employer answers."""

from __future__ import annotations

from decimal import Decimal

from bot.catalogue.organisations import Organisation as Body
from bot.dialogue.talk import Talk
from bot.documents.cards import rest_days_card
from bot.documents.parties import Association, Company, Person
from bot.documents.rest_day_papers import RestDays, employer_answer, rest_day_letter
from bot.phrase import Phrase, _
from bot.questions.organisation import Organisation
from bot.questions.text import Text
from bot.rules.parameters import parameter
from bot.rules.rest_days import DayKind, RestDayGift
from handlers.donation.talk import known_body
from handlers.shared.papers import draw, hand_over

WORDS: dict[DayKind, Phrase] = {
    "rtt": _("RTT"),
    "annual_leave": _("Paid leave"),
    "conventional_leave": _("Extra leave of the agreement"),
    "recovery": _("Recovery days"),
    "cet": _("Time account (CET)"),
    "forfait_rest": _("Forfait jours rest"),
    "other": _("Untaken rest days"),
}


async def letter(talk: Talk, gift: RestDayGift) -> None:
    """Three names, each of which may be passed; then the letter and the answer form, ready to sign."""
    name = await talk.ask(
        "name", Text(longest=80), _("Your first name and name, as they stand on the letter?"), skip=True
    )
    employer = await talk.ask("employer", Text(longest=120), _("And the name of your employer?"), skip=True)
    to = await talk.ask("organisation", Organisation(), _("To which association would the value go?"), skip=True)
    rest = rest_days_of(gift)
    person, company, association = Person(name=name or ""), Company(name=employer or ""), association_of(to)
    if gift.value is None:
        talk.say(_("<b>Here is your letter for {days:number} days.</b>", days=gift.allowed_days))
    else:
        talk.say(
            _(
                "<b>Here is your letter for {days:number} days, {value:money} gross.</b>",
                days=gift.allowed_days,
                value=gift.value,
            )
        )
    talk.say(_("With it comes a form on which your employer only has to answer."))
    await hand_over(
        talk,
        rest_day_letter(person, company, association, rest, on=talk.today),
        employer_answer(person, company, association, rest, on=talk.today),
    )
    if gift.reason is not None:
        talk.say(gift.reason)
    talk.offer(talk.change(_("Another name"), "name"), talk.change(_("Another association"), "organisation"))


async def picture(talk: Talk, gift: RestDayGift) -> None:
    """What the association receives, and where one stands in the days of the year."""
    limit = parameter("rest_days.association.limit").at(gift.agreed_on)
    card = rest_days_card(
        _("Rest days given to an association"),
        value=gift.value or Decimal(0),
        days=gift.allowed_days,
        limit=limit.value,
        language=talk.language,
        source=limit.source.reference,
    )
    await draw(talk, "jours-de-repos", card)


def rest_days_of(gift: RestDayGift) -> RestDays:
    """The gift as the papers say it, with the limits of the law on that day."""
    worth = [step for step in gift.steps if gift.day_value is not None and step.amount == gift.day_value]
    return RestDays(
        days=gift.allowed_days,
        kind=WORDS[gift.kind],
        limit=parameter("rest_days.association.limit").at(gift.agreed_on).value,
        leave_kept=parameter("rest_days.leave_kept").at(gift.agreed_on).value,
        day_value=gift.day_value,
        value=gift.value,
        method=worth[0].phrase if worth else None,
    )


def association_of(name: str | None) -> Association:
    """The body with the number it is registered under, where the catalogue knows it."""
    body: Body | None = known_body(name) if name else None
    if body is None:
        return Association(name=name or "")
    return Association(name=body.name, registration=f"{body.identifier_type} {body.identifier}".strip())
