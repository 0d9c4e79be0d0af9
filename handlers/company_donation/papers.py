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
from bot.phrase import _
from bot.questions.organisation import Organisation
from bot.questions.text import Text
from bot.rules.parameters import parameter
from bot.rules.patronage import Patronage
from bot.rules.patronage_duties import Counterpart, GiftInKind
from handlers.shared.papers import draw, hand_over


async def agreement(
    talk: Talk, amount: Decimal | None, returned: Counterpart | None = None, in_kind: GiftInKind | None = None
) -> None:
    """The names, each of which may be passed, then the agreement; what is not known is a line to write on."""
    company = await talk.ask("company", Text(longest=120), _("What is the name of the company?"), skip=True)
    name = await talk.ask("organisation", Organisation(), _("To which association would it give?"), skip=True)
    project = await talk.ask("project", Text(), _("What is the gift for? A project, or all that it does."), skip=True)
    back = text_of(_("What is received in return"), "fr")
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
    await hand_over(
        talk, patronage_agreement(Company(name=company or ""), Association(name=name or ""), support, on=talk.today)
    )


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


def summary(talk: Talk, result: Patronage) -> Paper:
    """The estimate with its steps and sources, to keep with the company's papers."""
    amounts = [(_("Given"), _("{amount:money}", amount=result.given))]
    if result.reduction is not None:
        amounts.append((_("Reduction"), _("{amount:money}", amount=result.reduction)))
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
