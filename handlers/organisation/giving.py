"""Giving near a place: what bodies collect for there, with the tax effect that they state, and else who acts there.

An appeal is told as its body wrote it. A rate is said only where the body states which receipts it issues, and what is
given in return is said to change it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.catalogue.appeals import Near
from bot.catalogue.folding import fold
from bot.catalogue.known import gazetteer, known_networks, known_organisations
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.place import Place
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.donations import income_tax_reduction
from bot.rules.gifts import Gift, Kind
from bot.rules.parameters import parameter
from handlers.shared.told_gifts import amount_of

__all__ = ["ANY_BODY", "bodies_of", "place_meant", "says_giving", "show_appeals", "show_teams", "wants_near"]

SHOWN = 3
BODIES_SHOWN = 4
ANY_BODY = re.compile(
    r"\b(?:une?|des|quelles?|a|an|some|which|any) (?:petites? |local )?(?:fondations?|foundations?)\b"
)
ANY_BODIES = re.compile(
    r"\b(?:associations?|assos?|fondations?|organismes?|collectes?|appels?|donner|dons?|charit(?:y|ies)|foundations?"
    r"|nonprofits?|give|giving|donate|gifts?)\b"
)
NEAR_ME = re.compile(
    r"\b(?:pres de chez (?:moi|nous)|pres d ici|dans ma ville|dans le coin|near (?:me|here|us)|locally)\b"
)
KINDS = {"ordinary": Kind.GENERAL, "raised": Kind.COLUCHE}


def wants_near(talk: Talk) -> bool:
    """Whether any body near here is asked for, and none by its name."""
    said = fold(talk.words)
    return bool(ANY_BODY.search(said) or NEAR_ME.search(said))


def says_giving(talk: Talk) -> bool:
    """Whether bodies of any name, or a gift, are spoken of: not one body that is not known."""
    has_more = bool(talk.slots.get("amount") or talk.slots.get("cause"))
    return has_more or bool(ANY_BODIES.search(fold(talk.words)))


def place_meant(talk: Talk) -> Place | None:
    """The place that was said, also where it stands in what was taken for a name ("une fondation à Marseille")."""
    place = talk.slots.get("place")
    if isinstance(place, dict) and (found := gazetteer().by_code(f"{place.get('level')}:{place.get('code')}")):
        return found
    if ANY_BODY.search(fold(talk.words)):
        matches = [one for one in gazetteer().scan(talk.words.split()) if one.cue or one.capital]
        return next((one.finding.natural for one in matches if one.finding.natural), None)
    return None


async def show_appeals(talk: Talk, place: Place, causes: tuple[str, ...]) -> bool:
    """What is collected for near a place; that none is known there, otherwise. Whether there were some."""
    found = await talk.catalogue.appeals_near(place, causes, talk.today, SHOWN)
    if not found:
        talk.say(_("I know no appeal for gifts near {place} yet.", place=place.label))
        return False
    talk.say(_("Collecting for gifts near {place}:", place=place.label))
    for one in found:
        show(talk, one)
    talk.fold(_("Told as the bodies wrote them. Give on their own page only, and keep the receipt: it decides."))
    pages = [one.appeal for one in found if one.appeal.url.startswith(("https://", "http://"))]
    for appeal in pages:
        talk.offer(talk.link(_("Give: {name}", name=appeal.organisation[:40]), appeal.url))
    return True


def show(talk: Talk, near: Near) -> None:
    appeal = near.appeal
    talk.say(_("<b>{title}</b>\n{organisation}", title=appeal.title, organisation=appeal.organisation))
    facts: list[Phrase | str] = []
    if near.km is not None and near.km >= 1:
        facts.append(_("{km:number} km away", km=round(near.km)))
    if appeal.ends is not None:
        facts.append(_("until {day:date}", day=appeal.ends))
    if appeal.buys:
        facts.append(_("what a gift buys: {buys}", buys=appeal.buys))
    if facts:
        talk.say(_("{facts:list}", facts=facts))
    talk.say(tax_effect(appeal, amount_of(talk.slots.get("amount")), talk.today))
    if appeal.in_return:
        talk.say(
            _(
                "In return: {what}. The worth of that is no gift: only what you give beyond it counts for the tax.",
                what=appeal.in_return,
            )
        )
    if not appeal.url.startswith(("https://", "http://")):
        reach = appeal.url.removeprefix("mailto:").removeprefix("tel:")
        talk.say(_("They are reached at {contact}.", contact=reach))


def tax_effect(appeal: Mission, amount: Decimal | None, today: date) -> Phrase:
    """What the body states of its receipts, and what that makes of the sum that was told."""
    kind = KINDS.get(appeal.receipt)
    if appeal.receipt == "none":
        return _("It states that it issues no tax receipt: nothing comes back.")
    if kind is None:
        return _("It says nothing of tax receipts: ask before you give.")
    rule = "donations.coluche.rate" if kind is Kind.COLUCHE else "donations.general.rate"
    rate = parameter(rule).at(today).value
    if amount is None or appeal.in_return:
        return _("It states tax receipts at {rate:percent}, for those who pay income tax.", rate=rate)
    back = income_tax_reduction((Gift(kind, amount, today),), year=today.year).reduction
    return _(
        "It states tax receipts at {rate:percent}: of {amount:money}, {back:money} come back"
        " if you pay that much income tax.",
        rate=rate,
        amount=amount,
        back=back,
    )


def show_teams(talk: Talk, place: Place, causes: tuple[str, ...]) -> bool:
    """Local teams that public sources name at a place, for a cause if one is wanted. Whether there were some."""
    networks = known_networks()
    teams = []
    for branch in networks.branches_at(place):
        network = networks.by_id(branch.network)
        fits = not causes or not set(causes).isdisjoint((*branch.causes, *(network.causes if network else ())))
        if fits and not branch.call:
            teams.append(branch)
    for team in teams[:SHOWN]:
        talk.say(_("<b>{name}</b>: {about}", name=team.name, about=team.text_in(talk.language)))
        if team.url:
            talk.offer(talk.link(_("{name}", name=team.name[:40]), team.url))
    if teams:
        talk.fold(_("These teams are named by public sources: ask them how they take gifts, and for a receipt."))
    return bool(teams)


def bodies_of(place: Place, *, foundations: bool) -> list[Body]:
    """The bodies of a town itself, foundations first where they are asked for."""
    town = fold(place.name)
    here = [
        body
        for body in known_organisations().all()
        if body.scope != "national" and fold(body.city).startswith(town) and body.standing != "not_a_gift"
    ]
    here.sort(key=lambda body: (foundations and "fond" not in fold(body.name), not body.site, body.short))
    return here[:BODIES_SHOWN]
