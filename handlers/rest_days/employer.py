"""An employer to whom an employee offers rest days for an association: what to check, to write, to pay, to keep."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.documents.parties import Company, Person
from bot.documents.rest_day_papers import RestDays, employer_answer
from bot.phrase import Phrase, _
from bot.questions.blanks import Blank
from bot.questions.choice import Flag
from bot.rules.parameters import parameter
from bot.rules.result import Step
from handlers.rest_days.gift import DAYS, DAYS_ASKED, KINDS, kind_of_days
from handlers.shared.answers import answer_buttons
from handlers.shared.bodies import association, proposal
from handlers.shared.papers import fill_in, hand_over, listed
from handlers.shared.result_card import steps_card
from handlers.shared.shown import changed_since

BLANKS = (
    Blank("person", "person", _("the employee’s name"), needed=True),
    Blank("company", "company", _("the company"), needed=True),
    Blank("named", "body", _("the association"), needed=True),
    Blank("signatory", "person", _("who signs")),
)


async def employer(talk: Talk) -> None:
    """What to answer, check and pay, first; then the form on which to answer."""
    if talk.refine("paper", Flag("paper"), _("The answer form"), default=False):
        await answer_form(talk)
        return
    limit = parameter("rest_days.association.limit").at(talk.today)
    kept = parameter("rest_days.leave_kept").at(talk.today)
    created = parameter("rest_days.association.created").at(talk.today)
    value = parameter("rest_days.association.value").at(talk.today)
    reasons = [
        Step(
            _(
                "An employee may give up at most {limit:number} working days a year, all kinds together, since "
                "{day:date}.",
                limit=limit.value,
                day=limit.start,
            ),
            None,
            limit.source,
        ),
        Step(
            _("Annual leave: only what is above {kept:number} working days can be given.", kept=kept.value),
            None,
            kept.source,
        ),
        Step(
            _("You may say no. If you say yes, you choose the body together and you pay it the value."),
            None,
            created.source,
        ),
        Step(_("The value is the pay of these days at the date of your agreement."), None, value.source),
    ]
    warnings = [
        _("Do not count on a company reduction for this payment: no text grants it. Ask your accountant."),
        _(
            "Whether contributions are due on the value is not settled in the texts we have. The safe assumption is "
            "that they are: ask Urssaf (a “rescrit”) or your accountant before the first payment."
        ),
    ]
    to_do: list[Step | Phrase] = [
        _("Answer in writing, yes or no."),
        _("Agree on the body; ask it to confirm in writing that it is in CGI art. 200, 1, a or b."),
        _("Fix the value at the date of the agreement, and note the method."),
        _("Take the days off the counter; pay by transfer, with a reference."),
        _("Keep the request, the agreement, the calculation and the proof."),
        _("A short internal note (who, when, how, which bodies) treats everybody alike."),
        _("If the company adds money of its own, that part is an ordinary company gift."),
    ]
    changed_since(talk, "employer", {})
    talk.show(
        steps_card(
            _("Rest days offered for an association: you may say yes or no, in writing"),
            reasons,
            figures=[
                _(
                    "If yes: up to {limit:number} days a year for each employee; you pay their value (pay at the date "
                    "of your agreement) to an association chosen together, and take the days off the counter.",
                    limit=limit.value,
                )
            ],
            warnings=warnings,
            to_do=to_do,
        )
    )
    talk.suggest(talk.press(_("The answer form"), "paper"))
    talk.offer(
        talk.set(_("What days are worth"), "side", "employee"), talk.start(_("Give as a company"), "company_donation")
    )
    talk.offer(*answer_buttons(talk, "firms/rest-days-employer-setup", "firms/rest-days-tax-social"))


async def answer_form(talk: Talk) -> None:
    """The form, with what is known; the rest is filled in by hand."""
    days = talk.refine("days", DAYS_ASKED, _("How many days would you give?"))
    kind = talk.refine("day_kind", DAYS, _("Which days are they?"))
    fields = await fill_in(talk, BLANKS)
    body = association(talk, fields.get("named"))
    changed = changed_since(talk, "form", {**fields, "days": days, "kind": kind, "registration": body.registration})
    typed = [fields[name] for name in fields if changed is not None and name in changed]
    if changed is not None and "registration" in changed:
        typed.append(body.registration)
    if typed:
        talk.say(_("<b>The answer form, with {values:list}.</b>", values=listed(typed)))
    else:
        talk.say(_("<b>Here is the answer form.</b> Both boxes are still to be ticked."))
    rest = RestDays(
        days=days,
        kind="" if kind is None else kind_of_days(KINDS[kind]),
        limit=parameter("rest_days.association.limit").at(talk.today).value,
        leave_kept=parameter("rest_days.leave_kept").at(talk.today).value,
    )
    company = Company(name=fields.get("company", ""), signatory=fields.get("signatory", ""))
    person = Person(name=fields.get("person", ""))
    await hand_over(talk, employer_answer(person, company, body, rest, on=talk.today))
    if (proposed := proposal(talk, fields.get("named"))) is not None:
        talk.suggest(proposed)
    talk.offer(talk.change(_("Fill in more"), "blanks"), talk.set(_("Back to the checklist"), "paper", ""))
