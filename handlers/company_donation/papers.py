"""The papers of a company gift: the agreement to sign, and the estimate to keep."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.documents.cards import company_card
from bot.documents.paper import Paper
from bot.documents.parties import Company
from bot.documents.patronage_papers import CompanySupport, patronage_agreement
from bot.documents.skills_papers import CounterpartItem
from bot.documents.summary import SummaryStep, estimate_summary
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.blanks import Blank, BlankField
from bot.rules.parameters import parameter
from bot.rules.patronage import Patronage
from bot.rules.patronage_duties import Counterpart, GiftInKind
from handlers.company_donation.told import ON_PAPER, CompanyTold
from handlers.shared.answers import answer_buttons
from handlers.shared.bodies import association, proposal
from handlers.shared.papers import draw, fill_in, hand_over, listed
from handlers.shared.shown import changed_since

BLANKS = (
    Blank("company", "company", _("the company"), needed=True),
    Blank("named", "body", _("the association"), needed=True),
    Blank("project", "words", _("what the gift is for"), needed=True),
    Blank("signatory", "person", _("who signs")),
    Blank("siren", "siren", _("the SIREN")),
    Blank("company_address", "address", _("the registered office")),
    Blank("rna", "rna", _("the RNA of the association")),
    Blank("starts", "date", _("the first day")),
    Blank("place", "place", _("where you sign")),
)
NAMED = BlankField(BLANKS[1])


async def agreement(
    talk: Talk, told: CompanyTold, returned: Counterpart | None = None, in_kind: GiftInKind | None = None
) -> None:
    """The agreement, filled with all that was told; what is missing is asked on one screen. After a change only that is
    said with it."""
    if not talk.told("named") and (typed := typed_body(talk, told)):
        talk.put("named", NAMED, typed)
    fields = await fill_in(talk, BLANKS)
    body = association(talk, fields.get("named"))
    figures = {"gift": told.amount or "", "returned": "" if returned is None else returned.value}
    shown = {**figures, **fields, "registration": body.registration}
    changed = changed_since(talk, "agreement", shown, open_to=("amount", "gifts", "organisation", *ON_PAPER))
    say_what_it_is(talk, told, fields, changed, body.registration)
    if "rna" in fields and not body.registration:
        body = replace(body, registration=fields["rna"])
    paper = patronage_agreement(
        Company(
            name=fields.get("company", ""),
            siren=fields.get("siren", ""),
            address=fields.get("company_address", ""),
            signatory=fields.get("signatory", ""),
        ),
        body,
        support_of(talk, told, fields, returned, in_kind),
        on=talk.today,
        place=fields.get("place", ""),
    )
    await hand_over(talk, paper)
    if (proposed := proposal(talk, fields.get("named"))) is not None:
        talk.suggest(proposed)
    talk.offer(talk.change(_("Fill in more"), "blanks"), talk.set(_("Back to the figures"), "agreement", ""))
    talk.offer(*answer_buttons(talk, "firms/company-receipt")[:1], talk.start(_("Lend skills"), "skills"))


def say_what_it_is(
    talk: Talk, told: CompanyTold, fields: dict[str, str], changed: Collection[str] | None, registration: str
) -> None:
    """What the paper is, or only what has changed in it."""
    typed = [fields[name] for name in fields if changed is not None and name in changed]
    if changed is not None and "registration" in changed and registration:
        typed.append(registration)
    if typed:
        talk.say(_("<b>The agreement, with {values:list}.</b>", values=listed(typed)))
    elif told.amount:
        talk.say(_("<b>Here is the agreement for {gift:money}.</b> It is to be signed by both.", gift=told.amount))
    else:
        talk.say(_("<b>Here is the agreement.</b> It is to be signed by both."))


def support_of(
    talk: Talk,
    told: CompanyTold,
    fields: dict[str, str],
    returned: Counterpart | None,
    in_kind: GiftInKind | None,
) -> CompanySupport:
    """What is given, as the paper says it: only what was told."""
    back = text_of(_("What is received in return"), "fr")
    return CompanySupport(
        kind="money" if in_kind is None else "goods",
        value=told.amount or None,
        project=fields.get("project", ""),
        starts=date.fromisoformat(fields["starts"]) if "starts" in fields else None,
        counterparts=() if returned is None else (CounterpartItem(back, returned.value),),
        counterpart_ratio=parameter("patronage.counterpart").at(talk.today).value,
    )


def typed_body(talk: Talk, told: CompanyTold) -> str:
    """The body as it was typed: a paper never renames it."""
    if (answered := talk.answered("named", NAMED)) is not None:
        return answered
    named = talk.slots.get("named")
    if isinstance(named, str) and len({gift.to for gift in told.gifts if gift.to}) <= 1:
        return named
    return told.gifts[0].to if len(told.gifts) == 1 else ""


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


def usable(result: Patronage) -> Phrase:
    """How much of the gift counts this year, and the ceiling it is held to."""
    counted = result.retained + result.from_earlier
    return _("{amount:money} of {ceiling:money}", amount=counted, ceiling=result.ceiling)


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
    if told.turnover is not None:
        amounts.append((_("Yearly turnover"), _("{amount:money}", amount=told.turnover)))
    amounts.append((_("Usable this year"), usable(result)))
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
