"""An association to which the value of rest days is offered: may it receive, what to write, what never to promise."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.rest_days import body_warning
from bot.rules.result import Step
from handlers.shared.answers import answer_buttons
from handlers.shared.result_card import steps_card
from handlers.shared.shown import changed_since


async def receiver(talk: Talk) -> None:
    """Whether it may receive, and what to do when the money comes; then a message to send to employers."""
    organisations = parameter("rest_days.association.bodies").at(talk.today)
    limit = parameter("rest_days.association.limit").at(talk.today)
    if talk.pressed("message"):
        talk.say(message(talk))
        talk.lay("receiver")
        talk.offer(talk.set(_("Back to the checklist"), "side", "association"))
        return
    reasons = [
        Step(
            _(
                "Employees may give up to {limit:number} working days a year; their employer pays you the value.",
                limit=limit.value,
            ),
            None,
            limit.source,
        ),
        Step(_("You may receive it if you are in {text}.", text=organisations.text), None, organisations.source),
    ]
    fund = body_warning("endowment_fund")
    warnings = [
        _("Issue no tax receipt for these sums without advice: the employer pays, and nobody has a reduction."),
        _("Never promise a tax result to the employee or the employer."),
        *([fund] if fund is not None else []),
    ]
    to_do: list[Step | Phrase] = [
        _("Write down your category (a or b). In doubt, ask the tax office for a “rescrit”: it is free."),
        _("Tell employers how to pay: bank details, a reference, a person to call."),
        _("When the money comes, confirm the amount and the date in writing."),
        _("Tell the givers, without their names, what their days made possible."),
    ]
    changed_since(talk, "receiver", {})
    talk.show(
        steps_card(
            _("You may receive the value of rest days if you are in {text}", text=organisations.text),
            reasons,
            figures=[
                _(
                    "An employee gives up to {limit:number} days a year, the employer agrees and pays you their value. "
                    "You confirm the sum in writing and say thank you.",
                    limit=limit.value,
                )
            ],
            warnings=warnings,
            to_do=to_do,
        )
    )
    talk.suggest(talk.press(_("A message to companies"), "message"))
    talk.offer(
        *answer_buttons(talk, "firms/rest-days-which-body"), talk.set(_("I would give days"), "side", "employee")
    )


def message(talk: Talk) -> Phrase:
    """A message to send to companies, ready to copy."""
    organisations = parameter("rest_days.association.bodies").at(talk.today)
    limit = parameter("rest_days.association.limit").at(talk.today)
    return _(
        "<blockquote>Hello, the law lets your employees give up to {limit:number} rest days a year to an "
        "association ({reference}). We may receive them: we are in {text}. You agree or not, you pay the "
        "value, we thank you and tell what it made possible. May we talk for ten minutes?</blockquote>",
        limit=limit.value,
        reference=limit.source.reference.partition(" ; ")[0],
        text=organisations.text,
    )
