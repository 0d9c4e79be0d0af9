"""An employer to whom an employee offers rest days for an association: what to check, to write, to pay, to keep."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.documents.parties import Company, Person
from bot.documents.rest_day_papers import RestDays, employer_answer
from bot.phrase import Phrase, _
from bot.questions.organisation import Organisation
from bot.questions.text import Text
from bot.rules.parameters import parameter
from bot.rules.result import Step
from handlers.rest_days.letter import association_of
from handlers.shared.papers import hand_over
from handlers.shared.result_card import steps_card


async def employer(talk: Talk) -> None:
    """The steps in order, then the form on which to answer."""
    limit = parameter("rest_days.association.limit").at(talk.today)
    kept = parameter("rest_days.leave_kept").at(talk.today)
    if talk.wants("staff"):
        await answer_form(talk)
        return
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
        _(
            "Whether contributions are due on the value is not settled in the texts we have. The safe assumption is "
            "that they are: ask Urssaf (a “rescrit”) or your accountant before the first payment."
        ),
        _("Do not count on a company reduction for this payment: no text grants it. Ask your accountant."),
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
    talk.show(
        steps_card(_("An employee offers you rest days for an association"), reasons, warnings=warnings, to_do=to_do)
    )
    talk.offer(talk.change(_("The answer form"), "staff"))
    talk.offer(
        talk.start(_("What days are worth"), "rest_days", "role", "employee"),
        talk.start(_("Give as a company"), "company_donation"),
    )


async def answer_form(talk: Talk) -> None:
    """The form, with the names that are known; the rest is filled in by hand."""
    staff = await talk.ask("staff", Text(longest=80), _("The name of the employee?"), skip=True)
    company = await talk.ask("company", Text(longest=120), _("And the name of the company?"), skip=True)
    to = await talk.ask("organisation", Organisation(), _("To which association would the value go?"), skip=True)
    rest = RestDays(
        days=None,
        kind="",
        limit=parameter("rest_days.association.limit").at(talk.today).value,
        leave_kept=parameter("rest_days.leave_kept").at(talk.today).value,
    )
    talk.say(_("<b>Here is the answer form.</b> Both boxes are still to be ticked."))
    await hand_over(
        talk,
        employer_answer(Person(name=staff or ""), Company(name=company or ""), association_of(to), rest, on=talk.today),
    )
