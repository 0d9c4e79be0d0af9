"""What a gift by a company gives back: reduction, real cost, ceiling, what carries over, what to declare.

Rests on CGI, article 238 bis, through `bot.rules.patronage`. What was not told is supposed and said so: a company,
whose turnover gives the lowest ceiling. A micro-enterprise has no company reduction and is shown the private gift
instead; a sole trader has the choice. Advertising is no patronage.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Context, Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice, Flag
from bot.questions.money import Money
from bot.rules.bodies_abroad import Seat, seat_of
from bot.rules.parameters import parameter
from bot.rules.patronage import CompanyGift, Patronage, patronage
from bot.rules.patronage_duties import GiftInKind, GoodsKind, counterpart, gift_in_kind
from bot.rules.result import sources_of
from handlers.company_donation.card import (
    advertising_card,
    estimate_card,
    has_picture,
    headline,
    most_card,
    result_of,
    sponsoring_card,
)
from handlers.company_donation.papers import agreement, picture, summary
from handlers.company_donation.receiver import receiver, receives
from handlers.company_donation.told import CompanyTold, heard
from handlers.donation.estimate import Household, estimate
from handlers.shared.papers import hand_over
from handlers.shared.result_card import result_card, sources

GOODS = Choice(
    1,
    stock=_("Goods in stock, unsold goods, food"),
    service=_("A service, made by the company"),
    fixed_asset=_("A vehicle, a machine, furniture, computers in use"),
)
GOODS_KINDS: dict[str, GoodsKind] = {"stock": "stock", "service": "service", "fixed_asset": "fixed_asset"}
IN_KIND = {"in_kind": "", "stock": "stock", "used": "fixed_asset", "service": "service"}
"""What a message says of goods: its kind, where it says that."""
EXAMPLE = Decimal(1_000)
OPEN = (
    "turnover",
    "amount",
    "amounts",
    "gifts",
    "organisation",
    "org_kind",
    "period",
    "profit_tax",
    "returned",
    "nature",
    "reduced",
    "company",
    "named",
    "siren",
)
FEW = 2


@topic(
    "company_donation",
    title=_("Give as a company"),
    command="entreprise",
    commands={"en": "company"},
    hint=_("What a company’s gift gives back"),
    menu=50,
    matter="gift",
    links=("role", "about", "amount", "organisation"),
    answers="firms",
    facts=("turnover", "employees"),
    hears=Hears(
        slots={
            "amount",
            "period",
            "org_kind",
            "organisation",
            "when",
            "turnover",
            "employees",
            "income",
            "role",
            "paper",
        },
        context=Context.PATRONAGE,
    ),
)
async def company_donation(talk: Talk) -> None:
    """What was told, what it gives back, and one question at most."""
    if receives(talk):
        await receiver(talk)
        return
    in_kind = await goods(talk)
    if in_kind is not None and in_kind.value is None:
        not_settled(talk, in_kind)
        return
    heard(talk)
    if talk.wants("amount"):
        await talk.ask("amount", AMOUNTS, _("How much would the company give in the year?"))
    told = heard(talk, in_kind.value if in_kind is not None else None)
    if told.payer == "micro":
        micro(talk, told)
    elif seat_of(told.country, told.closes_on) is Seat.ELSEWHERE:
        outside(talk, told)
    elif told.advertises and told.returned is None:
        talk.show(advertising_card(told))
        talk.lay("advertising", open_to=OPEN)
        talk.offer(talk.change(_("Say what it is worth"), "returned"))
    elif told.amount:
        await show(talk, told, in_kind)
    elif told.turnover is not None:
        talk.show(most_card(told, told.turnover))
        talk.lay("most", open_to=OPEN)
        talk.offer(talk.change(_("Tell an amount"), "amount"), talk.change(_("Another turnover"), "turnover"))
    else:
        await first_words(talk, told)


AMOUNTS = Money(suggestions=(500, 1_000, 5_000, 10_000))


async def first_words(talk: Talk, told: CompanyTold) -> None:
    """What a gift gives back, before a sum is told; then how much it would be."""
    limit = parameter("patronage.ceiling").at(told.closes_on)
    result = patronage([CompanyGift(EXAMPLE)], closes_on=told.closes_on, turnover=None, regime=told.regime)
    talk.say(
        _(
            "<b>A gift of {gift:money} takes {back:money} off the tax of a company.</b>",
            gift=EXAMPLE,
            back=result.reduction or 0,
        )
    )
    talk.say(
        _(
            "It counts up to the higher of {floor:money} and {share:percent} of the turnover a year.",
            floor=limit["floor"],
            share=limit["ratio"],
        )
    )
    talk.fold(_("<i>{sources}</i>", sources=sources(sources_of(result.steps))))
    talk.lay("most", open_to=OPEN)
    if talk.meaning is not None and talk.meaning.question:
        talk.offer(talk.change(_("Tell an amount"), "amount"), talk.change(_("With the turnover"), "turnover"))
        return
    await talk.ask("amount", AMOUNTS, _("How much would the company give in the year?"))
    await company_donation(talk)


async def show(talk: Talk, told: CompanyTold, in_kind: GiftInKind | None) -> None:
    """The estimate, as a card, a picture or a paper; or the agreement."""
    earlier = await gifts_not_used_yet(talk, told.closes_on) if talk.wants("earlier") else None
    returned = counterpart(told.amount, told.returned, on=told.closes_on) if told.returned else None
    result = result_of(told, earlier)
    if talk.setting("agreement", Flag(), False):
        await agreement(talk, told, returned, in_kind)
        return
    if talk.pressed("paper"):
        await hand_over(talk, summary(talk, told, result, returned))
    elif talk.pressed("picture") and has_picture(result):
        await picture(talk, result)
        talk.say(_("<b>{headline}</b>", headline=headline(told, result)))
    elif returned is not None and not returned.is_accepted:
        talk.show(sponsoring_card(returned))
    else:
        talk.show(estimate_card(told, result, returned, in_kind))
    talk.lay("estimate", open_to=OPEN)
    offer_more(talk, told, result)


async def goods(talk: Talk) -> GiftInKind | None:
    """The value of a gift that is not money, at its cost to the company; None for money."""
    said = str(talk.slots.get("about", ""))
    if said not in IN_KIND and not talk.wants("goods"):
        return None
    if IN_KIND.get(said) and not talk.wants("goods"):
        talk.put("goods", GOODS, IN_KIND[said])
    rate = parameter("patronage.rate").at(date(talk.today.year, 12, 31))
    talk.say(
        _(
            "<b>Goods and services count at what they cost the company, not at their selling price: {rate:percent} of "
            "that comes off its tax.</b>",
            rate=rate.value,
        )
    )
    kind = GOODS_KINDS[await talk.ask("goods", GOODS, _("What would the company give?"))]
    closes_on = date(talk.today.year, 12, 31)
    if kind == "fixed_asset":
        return gift_in_kind(kind, Decimal(0), closes_on=closes_on)
    question = _(
        "What did it cost the company, before VAT: purchase or production, and transport? Not the selling price."
    )
    return gift_in_kind(kind, await talk.ask("amount", Money(), question), closes_on=closes_on)


async def gifts_not_used_yet(talk: Talk, closes_on: date) -> dict[int, Decimal] | None:
    """Gifts of an earlier year above its ceiling, still to be used."""
    question = _("How much was given above the ceiling in an earlier year, and not used yet?")
    amount = await talk.ask("earlier", Money(slot=None), question, skip=True)
    if amount is None:
        return None
    carry = int(parameter("patronage.carry.base").at(closes_on).value)
    years = {str(year): _("{year}", year=str(year)) for year in range(closes_on.year - carry, closes_on.year)}
    year = await talk.ask("earlier_year", Choice(3, **years), _("In which year?"))
    return {int(year): amount}


def offer_more(talk: Talk, told: CompanyTold, result: Patronage) -> None:
    """To act on it, and the one thing that would change the figure; the rest behind one button."""
    first = [talk.set(_("Write the agreement"), "agreement", "1")]
    if told.turnover is None and result.excess:
        first.append(talk.change(_("With the turnover"), "turnover"))
    slices = parameter("patronage.slice").on(told.closes_on)
    if slices is not None and result.given > slices["threshold"]:
        first.append(talk.change(_("Whom it helps"), "difficulty"))
    others: list[Button] = [
        talk.change(_("Another amount"), "amount"),
        talk.change(_("Who gives?"), "payer"),
        talk.change(_("Something in return"), "returned"),
        talk.press(_("To keep, as a PDF"), "paper"),
    ]
    if result.used is None:
        others.append(talk.change(_("Against the tax"), "profit_tax"))
    if not result.excess and not result.from_earlier:
        others.append(talk.change(_("Gifts left from before"), "earlier"))
    if has_picture(result):
        others.append(talk.press(_("As a picture"), "picture"))
    reduced = parameter("patronage.corporation_tax_reduced").on(told.closes_on)
    if told.regime == "is" and reduced is not None and told.expense_rate is None:
        others.append(talk.set(_("Compared at {rate:percent}", rate=reduced.value), "reduced", "1"))
    others.append(talk.start(_("Find who needs it"), "offers", "side", "brings"))
    if not talk.setting("more", Flag(), False):
        talk.offer(*first, talk.set(_("More …"), "more", "1"))
        return
    talk.offer(*first)
    for at in range(0, len(others), 2):
        talk.offer(*others[at : at + 2])


def micro(talk: Talk, told: CompanyTold) -> None:
    """No company reduction: the same gift in one's own name, and the way to it."""
    gifts = told.gifts if told.amount else ()
    years = estimate(gifts, Household(told.country), talk.today) if gifts else []
    result = patronage(told.amounts or [CompanyGift(EXAMPLE)], closes_on=told.closes_on, turnover=None, regime="micro")
    if years:
        shown = _("In your own name, {gift:money} gives {back:money} back", gift=years[0].low.given, back=years[0].back)
    else:
        shown = _("A micro-enterprise has no reduction: give in your own name, on your income tax")
    talk.show(
        result_card(
            shown,
            result,
            figures=[_("As a micro-enterprise: <b>no reduction</b>")],
            to_do=[
                _("Give from your own account and ask for the receipt in your own name."),
                _("The gift then goes on your income tax return, not on that of the business."),
            ],
        )
    )
    talk.lay("micro", open_to=OPEN)
    amount = str(told.amount) if told.amount else ""
    talk.suggest(talk.start(_("Estimate it as a private gift"), "donation", "amount" if amount else "", amount))
    talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Who gives?"), "payer"))


def outside(talk: Talk, told: CompanyTold) -> None:
    """A body outside Europe brings a firm nothing either."""
    talk.say(_("<b>No: a gift to a body outside the European Union and the European Economic Area brings nothing.</b>"))
    row = parameter("donations.abroad.countries").at(told.closes_on)
    talk.fold(_("<i>{sources}</i>", sources=sources([row.source])))
    talk.lay("abroad")


def not_settled(talk: Talk, in_kind: GiftInKind) -> None:
    """A fixed asset: no figure is given, and who can give it."""
    for step in in_kind.steps:
        talk.say(_("<b>{reason}</b>", reason=step.phrase))
    for warning in in_kind.warnings:
        talk.say(_("⚠️ {warning}", warning=warning))
    talk.say(
        _("Show your accountant the purchase invoice, what is left in the books, and what it would sell for today.")
    )
    talk.say(_("<i>{sources}</i>", sources=sources(sources_of(in_kind.steps))))
    talk.offer(talk.change(_("Something else"), "goods"))
