"""What is paid for and is no gift, or not by itself: said plainly, with why, as somebody may count on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.gifts import Kind
from bot.rules.giving import one_gift
from bot.rules.parameters import parameter
from bot.rules.patronage_duties import counterpart_of_a_person
from handlers.donation.estimate import back_of, kind_of
from handlers.donation.told import Told
from handlers.shared.result_card import sources
from handlers.shared.told_gifts import Gifted, total

__all__ = ["DUES", "NATURES", "answer_button", "comes_back", "not_a_gift", "say_why_not", "why_not"]


@dataclass(frozen=True, slots=True)
class NoGift:
    """What is said of it first, why, and the written answer that tells more."""

    headline: Phrase
    why: Phrase
    answer: str


RETURN = _("The reduction is for what is given without anything of that value in return.")

NATURES = {
    "licence": NoGift(
        _("No: a club’s licence or fee pays for an activity in return, so it is no gift."),
        _("What is given to the club on top, for nothing in return, may be one if the club issues tax receipts."),
        "donors/licence-club-sport",
    ),
    "school": NoGift(
        _("No, unless the school gives you a tax receipt: fees and meals pay for a service in return."),
        _("A school cooperative counts only where it issues receipts and nothing is due in return."),
        "donors/parents-eleves-cooperative",
    ),
    "raffle": NoGift(
        _("No: a raffle or lottery ticket buys a chance to win a prize, so it is no gift."),
        _("A prize may come back for it: that is something in return, even if you win nothing."),
        "donors/tombola-loto-vente",
    ),
    "ticket": NoGift(
        _("No: a ticket or an entry is bought, so it is no gift, even for a good cause."), RETURN, "donors/diner-gala"
    ),
    "meal": NoGift(
        _("No, not for the meal, which is received in return. Only what you give above its value may be a gift."),
        _("The body tells on its receipt which part is a gift; without a receipt, nothing is."),
        "donors/diner-gala",
    ),
    "purchase": NoGift(
        _("No: what is bought is no gift, even where the proceeds go to an association."),
        RETURN,
        "donors/don-merchandising",
    ),
    "share": NoGift(
        _("No: shares are an investment, no gift: you own something in return."),
        _("Other rules may apply to them: whoever sells them tells which."),
        "donors/parts-entreprise-solidaire",
    ),
    "person": NoGift(
        _("No: help to a person gives no reduction; it is for gifts to bodies of general interest."),
        _("What goes straight to somebody in need has no tax receipt. It helps all the same."),
        "donors/aide-directe-personne",
    ),
    "pot": NoGift(
        _("No: a collection for a person gives no reduction; it is for gifts to bodies of general interest."),
        _("A collection opens it only where a body of general interest receives the money and issues the receipt."),
        "donors/cagnotte-particulier",
    ),
    "reward": NoGift(
        _("No, where you receive something for it: crowdfunding with a reward is a purchase."),
        _("Without any reward, and for a body that issues tax receipts, it may be a gift."),
        "donors/crowdfunding-contrepartie",
    ),
    "tip": NoGift(
        _("No: what goes to the platform is no gift to the association, so it gives no reduction."),
        _("Only what the association receives is on its receipt. You may set the contribution to zero."),
        "donors/pourboire-helloasso",
    ),
    "union": NoGift(
        _("It is no gift: dues to a trade union have a tax credit of their own, paid even to who owes no tax."),
        _("They go in a box of their own on the return; the union sends you the certificate."),
        "donors/syndicat",
    ),
    "mistake": NoGift(
        _("Write to the association at once: it mostly pays back an obvious mistake. Tell the day and the amount."),
        _("In law a gift that is made is final, but an obvious mistake may be put right, and so may the receipt."),
        "donors/erreur-montant-remboursement",
    ),
    "trip": NoGift(
        _("No: a trip that one pays for is no gift: the stay is received in return. Be careful with such offers."),
        _(
            "Serious volunteering abroad does not sell stays. France Volontaires tells which bodies can be trusted, "
            "and which schemes cover your costs."
        ),
        "volunteers/payer-pour-etre-volontaire",
    ),
}
"""By the `nature` of what is paid; dues are apart, since they may be a gift."""
DUES = "counterpart"
OPEN = ("nature", "gifts", "amount", "organisation", "returned")


def not_a_gift(talk: Talk, told: Told) -> None:
    """It is no gift: said first, with what would be one."""
    if told.nature == DUES:
        dues(talk, told.gifts)
        talk.offer(*answer_button(talk, "donors/cotisation-association"))
        talk.lay("not_a_gift", [DUES], open_to=OPEN)
        return
    say_why_not(talk, told.nature)
    if total(told.gifts) and told.nature != "mistake":
        talk.offer(talk.set(_("And if I give it, for nothing in return?"), "nature", "gift"))


def say_why_not(talk: Talk, name: str) -> None:
    """Why what is paid for is no gift, and where more is told."""
    nature = NATURES[name]
    talk.say(_("<b>{headline}</b>", headline=nature.headline))
    talk.fold(nature.why)
    row = parameter("donations.general.rate").at(talk.today)
    talk.fold(_("<i>{sources}</i>", sources=sources([row.source])))
    more = answer_button(talk, nature.answer)
    if name == "trip":
        more.append(talk.link(_("France Volontaires"), "https://france-volontaires.org"))
    talk.offer(*more)
    talk.lay("not_a_gift", [name], open_to=OPEN)


def dues(talk: Talk, gifts: Gifted) -> None:
    """Dues are a gift where they bring nothing but a vote, a bulletin and the like."""
    amount = total(gifts)
    if amount:
        result = one_gift(kind_of(gifts[0]) or Kind.GENERAL, amount, talk.today)
        talk.say(
            _(
                "<b>Only if the dues bring nothing but a vote or a bulletin: then {back:money} comes back for "
                "{gift:money}.</b>",
                back=back_of(result),
                gift=amount,
            )
        )
    else:
        talk.say(_("<b>Dues count as a gift only if they bring nothing but a vote or a bulletin.</b>"))
    talk.say(_("With lessons, discounts or goods in return, they are no gift. Ask whether there is a tax receipt."))
    row = parameter("donations.general.rate").at(talk.today)
    talk.fold(_("<i>{sources}</i>", sources=sources([row.source])))


def why_not(nature: str) -> Phrase:
    """Why it is no gift."""
    return NATURES[nature].why if nature in NATURES else RETURN


def comes_back(talk: Talk, gifts: Gifted, value: Decimal) -> bool:
    """Say whether what is received for a gift leaves it one. True where it does."""
    result = counterpart_of_a_person(total(gifts), value, on=talk.today)
    if not result.is_accepted:
        talk.say(
            _(
                "<b>Nothing comes back, most likely: {value:money} in return is too much for {gift:money}.</b>",
                value=value,
                gift=total(gifts),
            )
        )
        for step in result.steps:
            talk.say(step.phrase)
        talk.say(_("The body may tell which part is a gift: only that one is on its receipt."))
        talk.lay("not_a_gift", [DUES], open_to=OPEN)
        return False
    for step in result.steps:
        talk.fold(step.phrase)
    for warning in result.warnings:
        talk.fold(_("⚠️ {warning}", warning=warning))
    return True


def answer_button(talk: Talk, id: str) -> list[Button]:
    """The way to a written answer, if this installation has it."""
    answer = talk.knowledge.answer(id, talk.language) if talk.knowledge is not None else None
    return [] if answer is None else [talk.start(answer.label, "answers", "answer", id)]
