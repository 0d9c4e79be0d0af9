"""The papers of a company gift: the agreement to sign, and the estimate to keep."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.documents.cards import company_card
from bot.documents.paper import Paper
from bot.documents.parties import Association, Company
from bot.documents.patronage_papers import CompanySupport, patronage_agreement
from bot.documents.skills_papers import CounterpartItem
from bot.documents.summary import SummaryStep, estimate_summary
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.text import Text
from bot.rules.parameters import parameter
from bot.rules.patronage import Patronage
from bot.rules.patronage_duties import Counterpart, GiftInKind
from handlers.company_donation.told import CompanyTold
from handlers.shared.gifts_in_talk import BODY
from handlers.shared.papers import draw, hand_over


async def agreement(
    talk: Talk, told: CompanyTold, returned: Counterpart | None = None, in_kind: GiftInKind | None = None
) -> None:
    """The names that were not told, each of which may be passed; then the agreement, with all that was told in it."""
    company = await talk.ask("company", Text(longest=120), _("What is the name of the company?"), skip=True)
    name = typed_body(talk, told)
    if not name:
        name = (
            await talk.ask("paper_body", BODY, _("To which association would it give?"), skip=True, slot="paper_body")
            or ""
        )
    project = await talk.ask("project", Text(), _("What is the gift for? A project, or all that it does."), skip=True)
    back = text_of(_("What is received in return"), "fr")
    amount = told.amount or None
    support = CompanySupport(
        kind="money" if in_kind is None else "goods",
        value=amount,
        project=project or "",
        counterparts=() if returned is None else (CounterpartItem(back, returned.value),),
        counterpart_ratio=parameter("patronage.counterpart").at(talk.today).value,
    )
    if amount is None:
        talk.say(_("<b>Here is the agreement.</b> It is to be signed by both."))
    else:
        talk.say(_("<b>Here is the agreement for {gift:money}.</b> It is to be signed by both.", gift=amount))
    giver = Company(
        name=company or "",
        siren=said(talk, "siren"),
        address=said(talk, "company_address"),
        signatory=said(talk, "signatory"),
    )
    await hand_over(talk, patronage_agreement(giver, Association(name=name), support, on=talk.today))
    talk.lay("agreement", open_to=("amount", "gifts", "organisation", "company"))
    talk.offer(talk.change(_("Another company"), "company"), talk.set(_("Back to the figures"), "agreement", ""))


def typed_body(talk: Talk, told: CompanyTold) -> str:
    """The body as it was typed: a paper never renames it."""
    named = talk.slots.get("named")
    if isinstance(named, str) and len({gift.to for gift in told.gifts if gift.to}) == 1:
        return named
    return told.gifts[0].to if len(told.gifts) == 1 else ""


def said(talk: Talk, slot: str) -> str:
    """A field of the paper that was told in passing."""
    value = talk.slots.get(slot)
    return value if isinstance(value, str) else ""


async def picture(talk: Talk, result: Patronage) -> None:
    """The estimate as a picture: the reduction, the cost, the ceiling, the years to come."""
    carry = parameter("patronage.carry.base").at(result.closes_on)
    rate = parameter("patronage.rate").at(result.closes_on)
    card = company_card(
        _("A company gives {gift:money}", gift=result.given),
        given=result.given,
        reduction=result.reduction or Decimal(0),
        counted=result.retained + result.from_earlier,
        ceiling=result.ceiling,
        language=talk.language,
        unused=result.unused,
        carried=result.carried,
        carried_years=int(carry.value),
        source=rate.source.reference,
    )
    await draw(talk, "mecenat", card)


def summary(talk: Talk, told: CompanyTold, result: Patronage, returned: Counterpart | None = None) -> Paper:
    """The estimate with its steps and sources, to keep: who gives to whom, what comes back for it, what is used this
    year and what later."""
    amounts: list[tuple[Phrase, Phrase | str]] = []
    if told.company:
        amounts.append((_("Company"), told.company))
    if body := typed_body(talk, told):
        amounts.append((_("Association"), body))
    amounts.append((_("Given"), _("{amount:money}", amount=result.given)))
    if returned is not None:
        amounts.append((_("What is received in return"), _("{amount:money}", amount=returned.value)))
    if result.reduction is not None:
        amounts.append((_("Reduction"), _("{amount:money}", amount=result.reduction)))
    if result.used is not None:
        amounts.append((_("Taken off this year’s tax"), _("{amount:money}", amount=result.used)))
    if result.unused:
        amounts.append((_("Left for the taxes to come"), _("{amount:money}", amount=result.unused)))
    if result.excess:
        amounts.append((_("Above the ceiling, for the years to come"), _("{amount:money}", amount=result.excess)))
    if result.cost is not None:
        amounts.append((_("Real cost"), _("{amount:money}", amount=result.cost)))
    amounts.append((_("Financial year closed on"), _("{day:date}", day=result.closes_on)))
    return estimate_summary(
        _("Gift by a company: estimate"),
        amounts,
        [SummaryStep(step.phrase, step.source.reference if step.source else "") for step in result.steps],
        on=talk.today,
        language=talk.language,
        warnings=result.warnings,
        to_do=[step.phrase for step in result.duties],
        name="mecenat-estimation",
    )
