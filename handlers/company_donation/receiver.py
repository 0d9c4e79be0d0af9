"""What an association does when a company gives: the receipt it may issue, what to check, write and declare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Choice, Flag
from bot.rules.parameters import parameter
from bot.rules.patronage_duties import association_duties, counterpart
from bot.rules.result import Step
from handlers.company_donation.card import advertising_card, result_of, sponsoring_card
from handlers.company_donation.papers import agreement
from handlers.company_donation.told import heard
from handlers.shared.result_card import steps_card

__all__ = ["SIDES", "receiver", "receives"]

SIDES = Choice(1, "role", employer=_("The company gives"), association=_("Our association receives"))


def receives(talk: Talk) -> bool:
    """Whether it is the association that speaks: said now, or before in the conversation."""
    speaks = "association" in talk.facts.speakers and not {"firm", "hr"} & set(talk.facts.speakers)
    side = talk.refine(
        "side", SIDES, _("Does the company give, or do you receive?"), "association" if speaks else "employer"
    )
    return side == "association"


async def receiver(talk: Talk) -> None:
    """What the association may do, what the company gets, and the agreement."""
    told = heard(talk)
    if talk.setting("agreement", Flag(), False):
        await agreement(talk, told)
        return
    closes_on = date(talk.today.year, 12, 31)
    returned = counterpart(told.amount, told.returned, on=told.closes_on) if told.amount and told.returned else None
    too_much = returned if returned is not None and not returned.is_accepted else None
    if too_much is not None or (told.advertises and told.returned is None):
        talk.show(advertising_card(told) if too_much is None else sponsoring_card(too_much))
        talk.lay("receiver", open_to=("amount", "gifts", "returned", "nature"))
        talk.offer(talk.set(_("Write the agreement"), "agreement", "1"))
        return
    back = parameter("patronage.counterpart").at(closes_on)
    rate = parameter("patronage.rate").at(closes_on)
    receipt = parameter("patronage.receipt").at(closes_on)
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
    figures: list[Phrase] = []
    if told.amount:
        result = result_of(replace(told, payer="company"))
        shown = _(
            "If your association is eligible, issue a receipt for {gift:money}: the company takes {back:money} off its "
            "tax",
            gift=told.amount,
            back=result.reduction or 0,
        )
    else:
        shown = _(
            "If your association is eligible, issue a tax receipt: the company takes {rate:percent} of its gift off "
            "its tax",
            rate=rate.value,
        )
    figures.append(_("The receipt: form {form}, or a paper with the same items", form=receipt.text))
    warnings = [_("Never promise the company a tax result: its accountant answers for it.")]
    talk.show(steps_card(shown, reasons, figures=figures, warnings=warnings, to_do=to_do))
    talk.lay("receiver", open_to=("amount", "gifts", "returned", "nature"))
    talk.offer(talk.set(_("Write the agreement"), "agreement", "1"))
    talk.offer(talk.start(_("Estimate for the company"), "company_donation", "role", "employer"))
