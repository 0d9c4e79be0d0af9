"""The letter of an employee who gives rest days, with the form on which the employer answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.documents.cards import rest_days_card
from bot.documents.parties import Company, Person
from bot.documents.rest_day_papers import RestDays, employer_answer, rest_day_letter
from bot.phrase import Phrase, _
from bot.questions.blanks import Blank
from bot.rules.parameters import parameter
from bot.rules.rest_days import DayKind, RestDayGift
from handlers.rest_days.card import headline, letter_headline, state
from handlers.rest_days.gift import Told, kind_of_days
from handlers.shared.answers import answer_buttons
from handlers.shared.bodies import association, proposal
from handlers.shared.papers import draw, fill_in, hand_over, listed
from handlers.shared.shown import changed_since, last_shown

BLANKS = (
    Blank("person", "person", _("your first name and name"), needed=True),
    Blank("company", "company", _("your employer"), needed=True),
    Blank("named", "body", _("the association"), needed=True),
    Blank("post", "post", _("your post")),
    Blank("staff_number", "number", _("your staff number")),
    Blank("address", "address", _("your address")),
    Blank("recipient", "recipient", _("who will read it")),
    Blank("starts", "date", _("a date")),
    Blank("counter", "words", _("the counter")),
    Blank("place", "place", _("where you sign")),
)
COUNTERS: dict[DayKind, Phrase] = {
    "rtt": _("RTT counter"),
    "annual_leave": _("Paid leave counter"),
    "cet": _("Time account (CET)"),
    "recovery": _("Recovery counter"),
    "forfait_rest": _("Forfait jours rest"),
}


async def letter(talk: Talk, told: Told, gift: RestDayGift) -> None:
    """The letter and the answer form, filled with all that was told; after a change, only that is said with them."""
    news = changed_since(talk, "gift", state(talk, told, gift))
    if news or not last_shown(talk):  # what the letter is about was not said yet
        talk.say(_("<b>{headline}</b>", headline=headline(told, gift)))
        talk.say(gift.reason or _("If your employer agrees. No tax reduction for you."))
    fields = await fill_in(talk, BLANKS)
    body = association(talk, fields.get("named"))
    before = {**state(talk, told, gift), **fields, "registration": body.registration}
    changed = changed_since(talk, "letter", before)
    typed = [fields[name] for name in fields if changed is not None and name in changed]
    if changed is not None and "registration" in changed:
        typed.append(body.registration)
    if changed is None or not typed:
        talk.say(_("<b>Your letter: {what}.</b>", what=letter_headline(told, gift)))
        if changed is None:
            talk.say(_("With it comes a form on which your employer only has to answer."))
    else:
        talk.say(_("<b>Your letter, with {values:list}.</b>", values=listed(typed)))
    if gift.reason is not None and (changed is None or changed & {"days", "given"}):
        talk.say(gift.reason)
    person = Person(
        name=fields.get("person", ""),
        post=fields.get("post", ""),
        address=fields.get("address", ""),
        staff_number=fields.get("staff_number", ""),
    )
    company = Company(name=fields.get("company", ""), recipient=fields.get("recipient", ""))
    rest = rest_days_of(told, gift, fields)
    place = fields.get("place", "")
    await hand_over(
        talk,
        rest_day_letter(person, company, body, rest, on=talk.today, place=place),
        employer_answer(person, company, body, rest, on=talk.today, asked_on=talk.today),
    )
    if (proposed := proposal(talk, fields.get("named"))) is not None:
        talk.suggest(proposed)
    talk.offer(talk.change(_("Fill in more"), "blanks"), talk.set(_("Back to the figures"), "paper", ""))
    talk.offer(*answer_buttons(talk, "firms/rest-days-refusal")[:1], talk.start(_("Give money too"), "donation"))


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


def rest_days_of(told: Told, gift: RestDayGift, fields: dict[str, str]) -> RestDays:
    """The gift as the papers say it, with the limits of the law on that day; nothing that was not told."""
    worth = [step for step in gift.steps if gift.day_value is not None and step.amount == gift.day_value]
    is_told = told.days is not None
    counter = COUNTERS.get(told.kind, "") if told.kind is not None else ""
    return RestDays(
        days=gift.allowed_days if is_told else None,
        kind="" if told.kind is None else kind_of_days(told.kind),
        limit=parameter("rest_days.association.limit").at(gift.agreed_on).value,
        leave_kept=parameter("rest_days.leave_kept").at(gift.agreed_on).value,
        counter=fields.get("counter") or counter,
        day_value=gift.day_value,
        value=gift.value if is_told else None,
        method=worth[0].phrase if worth else None,
        proposed=date.fromisoformat(fields["starts"]) if "starts" in fields else None,
    )
