"""Being put in touch, from the side that is asked: who it is, then yes with a contact of one's choice, or no.

A yes reaches the asker first; their contact comes back as soon as they have it: nobody gives theirs for nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Confirm
from handlers.alliance.pages import offer_ways
from handlers.introductions.asking import MEETING, PASSED_ON, REQUEST, STANDS
from handlers.needs.ownership import by_day
from handlers.offers.board import OFFER, is_key
from handlers.offers.questions import Reach
from handlers.volunteer.mission_card import shortened

__all__ = ["RECEIVED", "answer_no", "asked_for", "keep", "met", "no", "received", "show_received", "yes"]

RECEIVED = "received"
"""The record of a request that was made to one: about which entry, and how it stands. What it says is read from its
notice, and gone with it."""


async def asked_for(talk: Talk, due: dict[str, Any]) -> None:
    """Somebody is interested: who, in their words; yes, no, or a report."""
    request = str(due["key"])
    told = await talk.notice(REQUEST, request)
    mine = talk.records(OFFER).get(str(told["offer"])) if told else None
    if told is None or mine is None:
        return  # taken back, or taken down, in the meantime
    offer = str(told["offer"])
    await talk.once("received", lambda effects: keep(effects, request, {"offer": offer}, "waiting"))
    offer_answers(talk, request, told, str(mine["words"]))


def keep(effects: Any, request: str, kept: dict[str, Any], state: str) -> None:
    effects.put(RECEIVED, request, {"offer": kept["offer"], "state": state})


def offer_answers(talk: Talk, request: str, told: dict[str, Any], about: str) -> None:
    """Who asks, in their words, about which words of one's own; yes, no, or a report."""
    talk.say(_("<b>{name}</b> is interested in “{about}”.", name=told["name"], about=about))
    if told["words"]:
        talk.say(_("“{words}”", words=told["words"]))
    talk.say(_("If you say yes, each of you gets the contact that the other chose. If not, I tell them kindly."))
    name = shortened(told["name"], 24)
    talk.offer(talk.start(_("Yes: {name}", name=name), "introductions", "yes", request))
    talk.offer(
        talk.start(_("No, thank you"), "introductions", "no", request),
        talk.start(_("Report this"), "introductions", "complain", request),
    )


async def show_received(talk: Talk) -> None:
    """The requests that wait for one's answer and still stand."""
    mine = talk.records(OFFER)
    for request, kept in talk.records(RECEIVED).items():
        told = await talk.notice(REQUEST, request) if kept.get("state") == "waiting" else None
        if told is not None:
            offer_answers(talk, request, told, str(mine.get(str(kept["offer"]), {}).get("words", "…")))


async def yes(talk: Talk, request: str) -> None:
    """Choose what to pass on, see it, agree: then theirs comes."""
    kept = await received(talk, request)
    if kept is None:
        return
    known = talk.records(OFFER).get(str(kept["offer"]), {})
    contact = await talk.ask(
        "contact", Reach(known.get("contact", "")), _("Which contact shall I pass on to {name}?", name=kept["name"])
    )
    question = _("{name} gets “{contact}”, and you get theirs. Shall I?", name=kept["name"], contact=contact)
    if not await talk.ask("sure", Confirm(), question):
        talk.say(_("Nothing was passed on. They still wait for your answer."))
        talk.offer(talk.start(_("No, thank you"), "introductions", "no", request))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    now = talk.now

    def effect(effects: Any) -> None:
        effects.post(MEETING, request, {"contact": contact}, category="", until=now + STANDS)
        effects.tell(REQUEST, request, "answered", request, by_day(now), {"news": "answered", "agreed": True})
        keep(effects, request, kept, "agreed")

    await talk.once("agree", effect)
    talk.say(_("It is on its way to {name}. Theirs comes here as soon as they have it.", name=kept["name"]))
    offer_ways(talk, "charter", "steps")


async def no(talk: Talk, request: str) -> None:
    kept = await received(talk, request)
    if kept is None:
        return
    await talk.once("no", lambda effects: answer_no(effects, request, kept, talk.now))
    talk.say(_("I tell {name} kindly. Nothing was passed on.", name=kept["name"]))
    talk.offer(talk.start(_("What we have on show"), "offers"))


def answer_no(effects: Any, request: str, kept: dict[str, Any], now: datetime) -> None:
    effects.tell(REQUEST, request, "answered", request, by_day(now), {"news": "answered"})
    keep(effects, request, kept, "declined")


async def received(talk: Talk, request: str) -> dict[str, Any] | None:
    """A request that waits for one's answer; None, said plainly, when it does no more."""
    kept: dict[str, Any] = await talk.once("request", lambda effects: effects.records(RECEIVED).get(request, {}))
    told = await talk.notice(REQUEST, request) if is_key(request) else None
    if kept.get("state") == "waiting" and told is not None:
        return {**kept, **told}
    if kept.get("state") == "waiting":
        talk.say(_("They took their request back, or it is too old. Nothing was passed on."))
    else:
        talk.say(_("This was answered already, or is not for you."))
    talk.offer(talk.start(_("What we have on show"), "offers"))
    return None


async def met(talk: Talk, due: dict[str, Any]) -> None:
    """The contact of who asked: both have it now."""
    request = str(due["key"])
    kept = talk.records(RECEIVED).get(request)
    told = await talk.notice(PASSED_ON, request)
    if kept is None or told is None:
        return
    talk.say(_("<b>{name}</b> has your contact. Here is theirs:", name=told["name"]))
    talk.say(_("{contact}", contact=told["contact"]))
    talk.say(
        _("<b>Your next step:</b> answer them this week. Begin small: three to six months, one person on each side.")
    )
    offer_ways(talk, "charter", "steps")
    offer_ways(talk, "company_donation", "skills")

    def effect(effects: Any) -> None:
        keep(effects, request, kept, "met")
        effects.take_down(MEETING, request)
        effects.take_down(PASSED_ON, request, of_anybody=True)

    await talk.once("met", effect)
