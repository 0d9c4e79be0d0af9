"""An association to which the value of rest days is offered: may it receive, what to write, what never to promise."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.rest_days import body_warning
from bot.rules.result import Step
from handlers.shared.result_card import steps_card


async def receiver(talk: Talk) -> None:
    """The checklist, and a message to send to employers."""
    organisations = parameter("rest_days.association.bodies").at(talk.today)
    limit = parameter("rest_days.association.limit").at(talk.today)
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
        *([fund] if fund is not None else []),
        _(
            "The employer pays: thank in writing, but issue no tax receipt for these sums without advice. Never "
            "promise a tax result to the employee or the employer."
        ),
    ]
    to_do: list[Step | Phrase] = [
        _("Write down your category (a or b). In doubt, ask the tax office for a “rescrit”: it is free."),
        _("Tell employers how to pay: bank details, a reference, a person to call."),
        _("When the money comes, confirm the amount and the date in writing."),
        _("Tell the givers, without their names, what their days made possible."),
    ]
    talk.show(steps_card(_("Receive the value of rest days"), reasons, warnings=warnings, to_do=to_do))
    talk.say(_("A message you can send to companies:"))
    talk.say(
        _(
            "<blockquote>Hello, the law lets your employees give up to {limit:number} rest days a year to an "
            "association ({reference}). We may receive them: we are in {text}. You agree or not, you pay the "
            "value, we thank you and tell what it made possible. May we talk for ten minutes?</blockquote>",
            limit=limit.value,
            reference=limit.source.reference.partition(" ; ")[0],
            text=organisations.text,
        )
    )
    talk.offer(talk.change(_("Who I am"), "role"))
