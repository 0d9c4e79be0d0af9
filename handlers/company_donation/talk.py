"""What a gift by a company gives back: ceiling, reduction, real cost, what carries over, what to declare.

Rests on CGI, article 238 bis, through `bot.rules.patronage`. A micro-enterprise has no company reduction and is shown
the private gift instead; a sole trader has the choice. The turnover is asked for only where it can change the figure.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.choice import Choice, YesNo
from bot.questions.money import Money
from bot.rules.donations import income_tax_reduction
from bot.rules.gifts import MONTHS, Gift, Kind
from bot.rules.parameters import parameter
from bot.rules.patronage import CompanyGift, Patronage, Regime, patronage
from bot.rules.patronage_duties import Counterpart, GiftInKind, GoodsKind, counterpart, gift_in_kind
from bot.rules.result import sources_of
from handlers.company_donation.papers import agreement, picture, summary
from handlers.company_donation.receiver import receiver
from handlers.company_donation.turnover import lowest_ceiling_told, turnover_if_needed
from handlers.donation.talk import PERIOD, gift_day, known_body
from handlers.shared.papers import hand_over
from handlers.shared.result_card import result_card, sources

PAYERS = Choice(
    1,
    "about",
    company=_("A company (SARL, SAS …)"),
    trader=_("A self-employed person, on real profit"),
    micro=_("A micro-enterprise"),
)
SIDES = Choice(1, "role", employer=_("The company gives"), association=_("Our association receives"))
GOODS = Choice(
    1,
    stock=_("Goods in stock, unsold goods, food"),
    service=_("A service, made by the company"),
    fixed_asset=_("A vehicle, a machine, furniture, computers in use"),
)
GOODS_KINDS: dict[str, GoodsKind] = {"stock": "stock", "service": "service", "fixed_asset": "fixed_asset"}
REGIMES: dict[str, Regime] = {"company": "is", "trader": "ir", "micro": "micro"}


@topic(
    "company_donation",
    title=_("Give as a company"),
    command="entreprise",
    hint=_("What a company’s gift gives back"),
    menu=50,
    matter="gift",
    links=("role", "about", "amount", "organisation"),
    answers="firms",
)
async def company_donation(talk: Talk) -> None:
    """Amount and payer, then the estimate; turnover, tax, counterparts only where they matter or are asked for."""
    if talk.wants("side") or talk.slots.get("role") == "association":
        side = await talk.ask("side", SIDES, _("Does the company give, or do you receive?"))
        if side == "association":
            await receiver(talk)
            return
    in_kind = await goods(talk)
    if in_kind is not None and in_kind.value is None:
        not_settled(talk, in_kind)
        return
    amount = in_kind.value if in_kind and in_kind.value is not None else await gift_amount(talk)
    payer = await who_gives(talk)
    if payer == "micro":
        micro(talk, amount)
        return
    closes_on = date(gift_day(talk).year, 12, 31)
    turnover = await turnover_if_needed(talk, amount, closes_on)
    gift = CompanyGift(
        amount, "difficulty" if await helps_people_in_difficulty(talk, amount, closes_on) else "ordinary"
    )
    tax = earlier = None
    if talk.wants("tax"):
        question = _("How much tax on profit does the company pay for the year, before the reduction?")
        tax = await talk.ask("tax", Money(slot=None, minimum=0), question, skip=True)
    if talk.wants("earlier"):
        earlier = await gifts_not_used_yet(talk, closes_on)
    returned = await what_comes_back(talk, amount, closes_on)
    result = patronage(
        [gift],
        closes_on=closes_on,
        turnover=turnover or Decimal(0),
        regime=REGIMES[payer],
        carried=earlier,
        tax=tax,
    )
    if talk.wants("company"):
        await agreement(talk, amount, returned, in_kind)
        return
    if talk.pressed("paper"):
        await hand_over(talk, summary(talk, result))
    elif talk.pressed("picture") and has_picture(result):
        await picture(talk, result)
        talk.say(_("<b>{headline}</b>", headline=headline(talk, result)))
    else:
        talk.show(estimate_card(talk, result, returned, in_kind, turnover=turnover))
    offer_more(talk, result, turnover)


async def who_gives(talk: Talk) -> str:
    """A company, unless a word of theirs says otherwise or nothing tells who speaks."""
    unsure = talk.slots.get("about") in ("micro", "trader", "self_employed") or "role" not in talk.slots
    if talk.wants("payer") or unsure:
        return await talk.ask("payer", PAYERS, _("Who gives?"))
    return "company"


async def gift_amount(talk: Talk) -> Decimal:
    """The gifts of the year, twelve where they are monthly; several said at once add up, since one ceiling holds."""
    several = talk.slots.get("amounts")
    if isinstance(several, list) and not talk.wants("amount"):
        amount = sum((Decimal(str(one)) for one in several), Decimal(0))
    else:
        amounts = Money(suggestions=(500, 1_000, 5_000, 10_000))
        amount = await talk.ask("amount", amounts, _("How much would the company give in the year?"))
    return amount * MONTHS if talk.setting("period", PERIOD, "once") == "monthly" else amount


async def goods(talk: Talk) -> GiftInKind | None:
    """The value of a gift that is not money, at its cost to the company; None for money."""
    if talk.slots.get("about") != "in_kind" and not talk.wants("goods"):
        return None
    kind = GOODS_KINDS[await talk.ask("goods", GOODS, _("What would the company give?"))]
    closes_on = date(gift_day(talk).year, 12, 31)
    if kind == "fixed_asset":
        return gift_in_kind(kind, Decimal(0), closes_on=closes_on)
    question = _(
        "What did it cost the company, before VAT: purchase or production, and transport? Not the selling price."
    )
    return gift_in_kind(kind, await talk.ask("amount", Money(), question), closes_on=closes_on)


async def helps_people_in_difficulty(talk: Talk, amount: Decimal, closes_on: date) -> bool:
    """Whether the gift escapes the lower rate; asked only for one large enough to meet it."""
    name = talk.slots.get("organisation")
    body = known_body(name) if isinstance(name, str) else None
    slices = parameter("patronage.slice").on(closes_on)
    if slices is None or amount <= slices["threshold"]:
        return body is not None and body.standing == "raised"
    question = _("Is it a body that gives meals, care or housing to people in difficulty?")
    return await talk.ask("difficulty", YesNo(), question)


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


async def what_comes_back(talk: Talk, amount: Decimal, closes_on: date) -> Counterpart | None:
    """What the company would receive in return, set against its gift; None when nothing was said of it."""
    if not talk.wants("returned"):
        return None
    question = _("What would the company receive in return (tickets, a stand, services …), at what value in euros?")
    value = await talk.ask("returned", Money(slot=None, minimum=0), question, skip=True)
    return counterpart(amount, value, on=closes_on) if value else None


def estimate_card(
    talk: Talk,
    result: Patronage,
    returned: Counterpart | None,
    in_kind: GiftInKind | None,
    *,
    turnover: Decimal | None,
) -> Card:
    """The figure first; then why, what may limit it, what to keep and declare, and where it is written."""
    reasons = list(result.steps)
    warnings = list(result.warnings)
    if turnover is None:
        del reasons[0]  # the ceiling of a turnover that nobody told
        if result.excess:
            warnings.insert(0, lowest_ceiling_told(result.closes_on))
    for one in (in_kind, returned):
        if one is not None:
            reasons += one.steps
            warnings += one.warnings
    return result_card(
        headline(talk, result),
        result,
        figures=figures(result),
        reasons=reasons,
        warnings=warnings,
        to_do=result.duties,
    )


def headline(talk: Talk, result: Patronage) -> Phrase:
    if result.reduction is None:
        return _("For {gift:money} given, an accountant must give the figure", gift=result.given)
    name = talk.slots.get("organisation")
    if isinstance(name, str):
        return _(
            "{back:money} off the tax for {gift:money} given ({name})",
            back=result.reduction,
            gift=result.given,
            name=name,
        )
    return _("{back:money} off the tax for {gift:money} given", back=result.reduction, gift=result.given)


def figures(result: Patronage) -> list[Phrase]:
    """What it costs in the end, and where the gift stands under the ceiling."""
    lines = []
    if result.cost is not None:
        lines.append(_("Real cost: <b>{cost:money}</b>", cost=result.cost))
    if result.excess:
        lines.append(_("Above the ceiling, for the years to come: <b>{excess:money}</b>", excess=result.excess))
    if result.used is not None:
        lines.append(_("Taken off this year’s tax: <b>{used:money}</b>", used=result.used))
    if result.unused:
        lines.append(_("Left for the taxes to come: <b>{unused:money}</b>", unused=result.unused))
    return lines


def has_picture(result: Patronage) -> bool:
    """Gifts of earlier years would make the parts of the picture add up to more than what is given."""
    return result.reduction is not None and not result.from_earlier


def offer_more(talk: Talk, result: Patronage, turnover: Decimal | None) -> None:
    """To refine the figure, and to act on it."""
    talk.offer(talk.change(_("Write the agreement"), "company"), talk.press(_("To keep, as a PDF"), "paper"))
    talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Who gives?"), "payer"))
    more = [talk.change(_("Something in return"), "returned")]
    if result.used is None:
        more.append(talk.change(_("Against the tax"), "tax"))
    if turnover is None and result.excess:
        more.append(talk.change(_("With the turnover"), "turnover"))
    elif not result.excess and not result.from_earlier:
        more.append(talk.change(_("Gifts left from before"), "earlier"))
    if turnover is not None and has_picture(result):
        more.append(talk.press(_("As a picture"), "picture"))
    talk.offer(*more[:2])
    talk.offer(*more[2:], talk.start(_("Find who needs it"), "offers", "side", "brings"))


def micro(talk: Talk, amount: Decimal) -> None:
    """No company reduction: the same gift in one's own name, and the way to it."""
    closes_on = date(gift_day(talk).year, 12, 31)
    result = patronage([CompanyGift(amount)], closes_on=closes_on, turnover=Decimal(0), regime="micro")
    private = income_tax_reduction([Gift(Kind.GENERAL, amount, gift_day(talk))], year=closes_on.year)
    talk.show(
        result_card(
            _("In your own name, {gift:money} gives {back:money} back", gift=amount, back=private.reduction),
            result,
            figures=[_("As a micro-enterprise: <b>no reduction</b>")],
            to_do=[
                _("Give from your own account and ask for the receipt in your own name."),
                _("The gift then goes on your income tax return, not on that of the business."),
            ],
        )
    )
    talk.offer(talk.start(_("Estimate it as a private gift"), "donation", "amount", str(amount)))
    talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Who gives?"), "payer"))


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
