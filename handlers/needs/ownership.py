"""Needs that are handed in: whose they are, how they read, what becomes of them.

A need's owner is known by a key drawn for the purpose, neither a name nor an account.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from markupsafe import Markup

from bot.catalogue import needs as kept_needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.mission import Mission
from bot.dialogue.talk import Talk
from bot.i18n import render
from bot.phrase import Phrase, _
from handlers.volunteer.mission_card import places_of, quote_need, reached_at

__all__ = [
    "NOT_SAID",
    "REASONS",
    "RECEIPTS",
    "by_day",
    "drawn_owner",
    "one_of",
    "owner_of",
    "proposed",
    "refusal",
    "show_need",
    "withdrawn",
]

DAY = (time(9), time(19))
"""When somebody may be written to about a need."""


def show_need(talk: Talk, mission: Mission) -> None:
    """The whole need, as everybody will read it."""
    quote_need(talk, mission)
    talk.say(_("<b>{title}</b>\n{organisation}", title=mission.title, organisation=mission.organisation))
    if mission.text:
        talk.say(_("{text}", text=mission.text))
    talk.say(Markup("\n").join(render(line, talk.language) for line in facts(talk, mission)))


def facts(talk: Talk, mission: Mission) -> list[Phrase]:
    """Where, when, how many, until when, whom to reach."""
    where = places_of(mission) or ([_("from home")] if mission.remote == "full" else [_("anywhere")])
    lines = [_("Where: {where:list}", where=where)]
    if mission.is_appeal:
        lines.insert(0, _("An appeal for gifts"))
        if mission.buys:
            lines.append(_("What a gift buys: {buys}", buys=mission.buys))
        lines.append(_("Tax receipts: {receipt}", receipt=RECEIPTS[mission.receipt]))
        if mission.in_return:
            lines.append(_("In return: {what}", what=mission.in_return))
    if mission.schedule:
        lines.append(_("When: {when}", when=mission.schedule))
    if mission.places is not None:
        lines.append(_("People needed: {count:number}", count=mission.places))
    if mission.ends is not None and mission.ends != mission.starts:
        lines.append(_("Until {last:date}", last=mission.ends))
    if mission.url and mission.is_appeal:
        lines.append(_("To give: {page}", page=mission.url))
    elif mission.url:
        lines.append(_("Contact: {contact}", contact=reached_at(mission)))
    return lines


RECEIPTS: dict[str, Phrase] = {
    "": _("not said"),
    "ordinary": _("yes, at the ordinary rate"),
    "raised": _("yes, at the raised rate for help to people in difficulty"),
    "none": _("no tax receipt"),
}
"""What a body states of the receipts it issues."""

NOT_SAID = "not said"
"""No slot: the name of a body or the title of a need may sound like a place or a time, and is neither."""

REASONS = {
    "unclear": _("It does not say clearly enough what volunteers would do."),
    "unknown": _("We could not make sure who is asking: give the name under which the association is registered."),
    "not_volunteering": _("It is a job, a sale or a paid service, not a help that volunteers give."),
    "not_open": _("It asks people for their faith, their opinions or their money."),
    "twice": _("It is published already."),
}
"""Why a need is turned down, by what is kept of it."""


def refusal(reason: str) -> Phrase:
    """Why a need was turned down, in words: one of ours, or the moderator's own."""
    return REASONS.get(reason, _("“{reason}”", reason=reason))


def owner_of(talk: Talk) -> str:
    """The key of who publishes here; empty for who never did."""
    return str(talk.records("association").get("me", {}).get("owner", ""))


def drawn_owner(effects: Any) -> str:
    """The key of who publishes here, drawn now if there is none yet."""
    kept = effects.records("association").get("me")
    if kept:
        return str(kept["owner"])
    owner = secrets.token_hex(12)
    effects.put("association", "me", {"owner": owner})
    return owner


async def one_of(talk: Talk, key: str) -> kept_needs.Need | None:
    """A need of this person's."""
    owner = owner_of(talk)
    need = await talk.catalogue.need(key) if owner else None
    return need if need is not None and need.owner == owner else None


async def withdrawn(catalogue: AwaitedCatalogue, owner: str, now: datetime) -> bool:
    """Take down all that this owner published, and forget whose it was."""
    await catalogue.write(lambda writer: kept_needs.forget(writer, owner, now=now))
    return True


async def proposed(catalogue: AwaitedCatalogue, mission: Mission, owner: str, now: datetime) -> str:
    """Hand the need in. The same person's same need is one; another's is another."""
    said = f"{owner}|{mission.title}|{mission.sites}".casefold()
    mission = replace(mission, id=f"needs:{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}")
    need = await catalogue.write(lambda writer: kept_needs.propose(writer, mission, owner=owner, now=now))
    return need.mission.id


def by_day(moment: datetime) -> datetime:
    """That moment, or the next morning where it falls at night."""
    if moment.time() < DAY[0]:
        return datetime.combine(moment.date(), DAY[0], moment.tzinfo)
    if moment.time() > DAY[1]:
        return datetime.combine(moment.date() + timedelta(days=1), DAY[0], moment.tzinfo)
    return moment
