"""Being put in touch, from the side that is interested: ask, wait, take back, hear yes or no.

What is kept is the person's own record of each request; what the other side reads of it is a notice without address.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.talk import Talk
from bot.i18n import text_of
from bot.phrase import Phrase, _
from handlers.alliance.pages import offer_ways
from handlers.needs.ownership import by_day
from handlers.offers.board import OFFER, entry_of, new_key, show
from handlers.offers.questions import LONGEST, Reach
from handlers.shared.daily_limit import REQUESTS, agrees, count, spent_until
from handlers.shared.public import Public
from handlers.volunteer.mission_card import shortened

__all__ = [
    "ASKED",
    "MEETING",
    "PASSED_ON",
    "REQUEST",
    "STANDS",
    "answered",
    "ask",
    "no_word_yet",
    "show_asked",
    "take_back",
    "waiting",
]

REQUEST, MEETING, PASSED_ON = "introduction", "meeting", "passed on"
"""Notices, each read by the one it is for: a request; the contact of who said yes to it; that of who asked. They are
their author's own, and go with them: nobody else keeps a copy."""
ASKED = "asked"
"""The record of a request one has made."""
STANDS = timedelta(days=30)
NO_WORD_AFTER = timedelta(days=10)
UNWELCOME = 2
"""After so many complaints about one's requests, no more are passed on."""


async def ask(talk: Talk, key: str) -> None:
    """Say who is interested, in whose words and how to be reached; then the other side is asked."""
    is_sent = await talk.once(
        "is sent", lambda effects: key in {one["offer"] for one in waiting(effects.records(ASKED))}
    )
    entry = await entry_of(talk, key)
    if entry is None or key in talk.records(OFFER):
        talk.say(_("This is no longer on show.") if entry is None else _("This one is yours."))
        offer_ways(talk, "brings", "seeks")
        return
    if is_sent:
        talk.say(_("You have asked them already. As soon as they answer, I tell you here."))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    if "ask" not in talk.done and (day := await spent_until(talk, REQUESTS)):
        talk.say(
            _(
                "That is as many requests as I pass on in a day from one place. You can ask them from {day:date} on: "
                "an alliance takes time, for them too.",
                day=day,
            )
        )
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    if sum(record.get("state") == "unwelcome" for record in talk.records(ASKED).values()) >= UNWELCOME:
        talk.say(_("Several of your requests were reported. I pass no more of them on."))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    show(talk, entry)
    talk.offer(talk.start(_("Report this"), "introductions", "report", key))
    said = [*talk.records(OFFER).values(), *talk.records(ASKED).values()]
    known = said[-1] if said else {}
    name = await talk.ask(
        "name",
        Public(longest=80, known=known.get("name", "")),
        _("Who shall I say is interested? Your name, or your body’s."),
    )
    talk.screen.rows.clear()
    words = await talk.ask("words", Public(longest=LONGEST), _("A sentence for them?"), skip=True)
    contact = await talk.ask(
        "contact",
        Reach(known.get("contact", "")),
        _("How may they reach you, if they say yes? An e-mail address or a number."),
    )
    talk.say(_("They will read: “{name}”, “{words}”.", name=name, words=words or "…"))
    talk.say(
        _(
            "They get “{contact}” only if they say yes, and then you get theirs. Until then nobody sees it.",
            contact=contact,
        )
    )
    if not await agrees(talk, REQUESTS, "ask", _("Shall I ask them?")):
        talk.say(_("I asked nothing, and nothing was passed on."))
        offer_ways(talk, "brings", "seeks")
        return

    async def effect(effects: Any) -> None:
        await count(talk, REQUESTS)
        asked(effects, talk.now, key, name, words or "", contact)

    await talk.once("ask", effect)
    talk.say(_("I am asking them. I tell you here what they say, yes or no."))
    talk.offer(talk.start(_("What we have on show"), "offers"))
    offer_ways(talk, "steps", "charter")


def asked(effects: Any, now: datetime, key: str, name: str, words: str, contact: str) -> None:
    request = new_key()
    told = {"offer": key, "name": name, "words": words}
    kept = {**told, "contact": contact, "day": now.date().isoformat(), "state": "waiting"}
    effects.post(REQUEST, request, told, category="", until=now + STANDS)
    effects.put(ASKED, request, kept)
    effects.tell(OFFER, key, "asked_for", request, by_day(now), {"news": "asked_for"})
    effects.schedule("no_word_yet", request, by_day(now + NO_WORD_AFTER), {"news": "no_word_yet"})


def waiting(records: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [record for record in records.values() if record.get("state") == "waiting"]


async def take_back(talk: Talk, request: str) -> None:
    """The request is withdrawn: whoever was asked can say yes no more."""
    was = await talk.once("was", lambda effects: effects.records(ASKED).get(request, {}).get("state", ""))
    if was != "waiting":
        talk.say(_("There is nothing to take back: this was answered, or taken back already."))
    else:
        await talk.once("take back", lambda effects: over(effects, request, "taken back"))
        talk.say(_("It is taken back. Nothing was passed on."))
    talk.offer(talk.start(_("What we have on show"), "offers"))
    offer_ways(talk, "brings", "seeks")


def over(effects: Any, request: str, state: str) -> None:
    """A request of one's own has come to its end. The contact goes; that it was made stays, for the day's count."""
    kept = effects.records(ASKED).get(request, {})
    effects.put(ASKED, request, {name: value for name, value in kept.items() if name != "contact"} | {"state": state})
    if state != "unwelcome":  # a moderator reads what was complained of, until its time is over
        effects.take_down(REQUEST, request)
    effects.cancel("no_word_yet", request)


async def about(talk: Talk, kept: dict[str, Any]) -> Phrase | str:
    """What a request was about, in its owner's words as long as they stand."""
    entry = await entry_of(talk, str(kept.get("offer", "")))
    return entry.words if entry is not None else _("an entry that is no longer on show")


async def answered(talk: Talk, due: dict[str, Any]) -> None:
    """What the other side said; with a yes, their contact comes and ours goes to them."""
    request = str(due["key"])
    kept = talk.records(ASKED).get(request)
    if kept is None or kept.get("state") != "waiting":
        return
    told = await talk.notice(MEETING, request) if "agreed" in due else None
    if told is None:
        talk.say(
            _(
                "About “{about}”: they cannot this time. Nothing was passed on. It says nothing about you.",
                about=await about(talk, kept),
            )
        )
        state = "unwelcome" if "unwelcome" in due else "declined"
        await talk.once("over", lambda effects: over(effects, request, state))
        offer_ways(talk, "brings", "seeks")
        return
    talk.say(_("<b>They said yes.</b> About “{about}”:", about=await about(talk, kept)))
    talk.say(_("{contact}", contact=told["contact"]))
    talk.say(_("They get yours now: “{contact}”.", contact=kept["contact"]))
    talk.say(
        _("<b>Your next step:</b> write to them this week. Say the need in one sentence, and propose a small test.")
    )
    offer_ways(talk, "charter", "steps")
    offer_ways(talk, "company_donation", "skills")

    def effect(effects: Any) -> None:
        mine = {"name": kept["name"], "contact": kept["contact"]}
        effects.post(PASSED_ON, request, mine, category="", until=talk.now + STANDS)
        effects.tell(MEETING, request, "met", request, talk.now, {"news": "met"})
        over(effects, request, "met")

    await talk.once("met", effect)


async def no_word_yet(talk: Talk, due: dict[str, Any]) -> None:
    """Silence is what people complain of most: say it, and offer something else."""
    request = str(due["key"])
    kept = talk.records(ASKED).get(request)
    if kept is None or kept.get("state") != "waiting":
        return
    talk.say(_("About “{about}”: no answer yet. You may wait, or look elsewhere.", about=await about(talk, kept)))
    talk.offer(talk.start(_("Take my request back"), "introductions", "take_back", request))
    offer_ways(talk, "brings", "seeks")


async def show_asked(talk: Talk) -> None:
    """The requests one has made that wait for an answer."""
    for request, kept in talk.records(ASKED).items():
        if kept.get("state") == "waiting":
            words = text_of(await about(talk, kept), talk.language)
            talk.say(_("You asked about “{about}”: no answer yet.", about=words))
            label = _("Take back: {about}", about=shortened(words, 24))
            talk.offer(talk.start(label, "introductions", "take_back", request))
