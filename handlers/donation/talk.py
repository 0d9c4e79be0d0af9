"""What a gift by a person gives back: the figure, its reason and source, and what to do next.

Rests on CGI, article 200 (income tax) and 978 (wealth tax), through `bot.rules`. The rate is never guessed from a name:
what is known of the organisation is said with its source, and the receipt decides.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import Organisations, kind_for_estimate, may_say
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.money import Money
from bot.questions.organisation import Organisation
from bot.rules.donations import income_tax_reduction
from bot.rules.gifts import Gift, Kind, monthly
from bot.rules.parameters import known_from
from handlers.donation.card import drawing, estimate_card, spread, summary
from handlers.donation.wealth import wealth
from handlers.shared.papers import draw, hand_over

BODIES = Organisations()
PURPOSES = Choice(
    1,
    difficulty=_("Meals, care or housing for people in difficulty"),
    violence=_("Victims of domestic violence"),
    other=_("Another cause: animals, research, culture, sport …"),
)


PERIOD = Choice(2, "period", once=_("Once"), monthly=_("Every month"))


@topic(
    "donation",
    title=_("Estimate a gift"),
    command="don",
    hint=_("What a gift gives back on my tax"),
    menu=20,
    matter="gift",
    links=("amount", "organisation", "about=wealth"),
    answers="donors",
)
async def donation(talk: Talk) -> None:
    """Amount, organisation, then the estimate; tax and income only for who wants to refine it."""
    if talk.slots.get("about") == "wealth":
        await wealth(talk)
        return
    several = paired_gifts(talk)
    if several:
        gifts, organisations = several
    else:
        amount = await talk.ask(
            "amount", Money(suggestions=(20, 50, 100, 300)), _("How much would you give, in euros?")
        )
        kind, body = await whom(talk)
        if kind is None:
            not_a_gift(talk, body)
            return
        gifts, organisations = [Gift(kind, amount, gift_day(talk))], [body] if body else []
    each = None
    if talk.setting("period", PERIOD, "once") == "monthly":
        each, whole = sum((gift.amount for gift in gifts), Decimal(0)), gifts
        gifts = [payment for gift in gifts for payment in monthly(gift)]
    tax = income = None
    if talk.wants("tax"):
        tax = await talk.ask(
            "tax",
            Money(slot=None, minimum=0),
            _("How much income tax does your household pay a year, before reductions? It is on your tax notice."),
            skip=True,
        )
    if talk.wants("income"):
        income = await talk.ask(
            "income", Money(slot="income", minimum=0), _("And your net taxable income for the year?"), skip=True
        )
    result = income_tax_reduction(gifts, year=gifts[0].day.year, income=income, tax=tax)
    if talk.pressed("paper"):
        await hand_over(talk, summary(talk, result, gifts, organisations, each))
    elif talk.pressed("picture"):
        await draw(talk, "allie-don", drawing(talk, result, organisations, each))
    else:
        talk.show(estimate_card(result, gifts, organisations, each))
        if each is not None and asks_of_a_sum(talk):
            talk.say(spread(income_tax_reduction(whole, year=whole[0].day.year, income=income, tax=tax)))
    if several:
        talk.offer(talk.start(_("Estimate another gift"), "donation"))
    else:
        talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Another association"), "organisation"))
    other = "once" if each is not None else "monthly"
    refine = [talk.change(_("Check against my tax"), "tax")] if tax is None else []
    talk.offer(talk.set(PERIOD.labels[other], "period", other), *refine)
    talk.offer(talk.press(_("As a picture"), "picture"), talk.press(_("To keep, as a PDF"), "paper"))
    if organisations and organisations[0].site:
        talk.offer(talk.link(_("Give on the site of {name}", name=organisations[0].short), organisations[0].site))


def paired_gifts(talk: Talk) -> tuple[list[Gift], list[Body]] | None:
    """Several gifts said at once, each with its organisation in the same order; None for a single one."""
    amounts, names = talk.slots.get("amounts"), talk.slots.get("organisation")
    if not (isinstance(amounts, list) and isinstance(names, list) and len(amounts) == len(names)):
        return None
    found = [known_body(str(name)) for name in names]
    organisations = [body for body in found if body is not None]
    if len(organisations) != len(amounts) or any(kind_for_estimate(body) == "none" for body in organisations):
        return None
    day = gift_day(talk)
    gifts = [
        Gift(Kind(kind_for_estimate(body)), Decimal(str(amount)), day)
        for body, amount in zip(organisations, amounts, strict=True)
    ]
    return gifts, organisations


def asks_of_a_sum(talk: Talk) -> bool:
    """« Et par mois ? » may be about twelve such gifts, or about one spread over the year: both are answered."""
    said = talk.meaning
    return said is not None and said.question and not {"amount", "amounts"} & said.slots.keys()


async def whom(talk: Talk) -> tuple[Kind | None, Body | None]:
    """For whom the gift is: the computation to use, and the body if it is known. No kind: it is no gift."""
    said = talk.slots.get("org_kind")
    if said in ("75", "66") and "organisation" not in talk.slots and not talk.wants("organisation"):
        return (Kind.COLUCHE if said == "75" else Kind.GENERAL), None
    name = await talk.ask(
        "organisation", Organisation(), _("To which association or foundation would it go?"), skip=True
    )
    body = known_body(name) if name else None
    if body is not None:
        kind = kind_for_estimate(body)
        return (None if kind == "none" else Kind(kind)), body
    question = _("What does it do with your gift, mainly?")
    if name:
        question = _("I do not know “{name}” yet. What does it do with your gift, mainly?", name=name)
    purpose = await talk.ask("purpose", PURPOSES, question, skip=True)
    kinds = {"difficulty": Kind.COLUCHE, "violence": Kind.DOMESTIC_VIOLENCE}
    return kinds.get(purpose or "other", Kind.GENERAL), None


def known_body(name: str) -> Body | None:
    """The body of the catalogue that this name surely means."""
    found = BODIES.find(name)
    return found[0].organisation if found and found[0].sure else None


def gift_day(talk: Talk) -> date:
    """The day of the gift if one was said, else the day of this talk."""
    said = talk.slots.get("when")
    for part in said if isinstance(said, list) else [said]:
        if isinstance(part, str) and part.startswith("date:"):
            day = date.fromisoformat(part.removeprefix("date:"))
            if known_from("donations") <= day <= date(talk.today.year + 1, 12, 31):
                return day
    return talk.today


def not_a_gift(talk: Talk, body: Body | None) -> None:
    """Shares, tickets, rewards: said plainly, since somebody may count on a reduction."""
    if body is not None:
        talk.say(may_say(body))
    talk.say(_("What brings you something in return, such as shares or a ticket, is not a gift for the tax."))
    talk.offer(talk.change(_("Another association"), "organisation"))
