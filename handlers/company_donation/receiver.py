"""What an association does when a company wants to give: to check, to write, to declare. CGI, 238 bis and 222 bis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.patronage_duties import association_duties
from bot.rules.result import Step
from handlers.company_donation.papers import agreement
from handlers.shared.result_card import steps_card


async def receiver(talk: Talk) -> None:
    """The checklist of the association, what it risks, and the agreement."""
    if talk.wants("company"):
        said = talk.slots.get("amount")
        await agreement(talk, Decimal(str(said)) if said else None)
        return
    closes_on = date(talk.today.year, 12, 31)
    back = parameter("patronage.counterpart").at(closes_on)
    rate = parameter("patronage.rate").at(closes_on)
    reasons = [
        Step(
            _(
                "For the company, a gift gives back {rate:percent} of its amount, within a yearly ceiling.",
                rate=rate.value,
            ),
            None,
            rate.source,
        ),
    ]
    to_do: list[Step | Phrase] = [
        _(
            "Know whether your association is in article 238 bis. In doubt, ask the tax office for a “rescrit”: it "
            "is free."
        ),
        _("Sign a short agreement: what is given, for what, what you give in return and its value."),
        Step(
            _(
                "Give back little: thanks, the name, the logo. In practice up to {share:percent} of the gift is "
                "accepted.",
                share=back.value,
            ),
            None,
            back.source,
        ),
        *association_duties(closes_on),
    ]
    warnings = [_("Never promise the company a tax result: its accountant answers for it.")]
    talk.show(steps_card(_("A company wants to give to your association"), reasons, warnings=warnings, to_do=to_do))
    talk.offer(talk.change(_("Write the agreement"), "company"))
    talk.offer(talk.start(_("Estimate for the company"), "company_donation", "role", "employer"))
