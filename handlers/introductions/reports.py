"""What is out of place among offers, needs and requests: reported by those who read it, seen by those who moderate.

An entry that several people report is hidden until a moderator has looked; a request that is complained of is answered
with a no, and who is complained of several times asks no more.
"""

from __future__ import annotations

from typing import Any

from bot.dialogue.talk import Talk
from bot.phrase import _
from handlers.alliance.pages import offer_ways
from handlers.introductions.answering import keep, received
from handlers.introductions.asking import REQUEST, STANDS
from handlers.needs.ownership import by_day
from handlers.offers.board import OFFER, REPORT, entry_of, is_key, new_key, show

__all__ = ["board_reported", "complain", "leave", "remove", "report"]

REPORTED = "reported"
"""The record of what one has reported: once is enough."""


async def report(talk: Talk, key: str) -> None:
    """An entry is reported: moderators look, and it is hidden when several say so."""
    entry = await entry_of(talk, key)
    if entry is None:
        talk.say(_("This is no longer on show."))
    else:
        await note(talk, key, {"kind": OFFER})
    offer_ways(talk, "brings", "seeks")


async def complain(talk: Talk, request: str) -> None:
    """A request is reported, and answered with a no; what it said goes to the moderators with the report."""
    kept = await received(talk, request)
    if kept is None:
        return
    await note(talk, request, {"kind": REQUEST})

    def effect(effects: Any) -> None:
        told = {"news": "answered", "unwelcome": True}
        effects.tell(REQUEST, request, "answered", request, by_day(talk.now), told)
        keep(effects, request, kept, "declined")

    await talk.once("no", effect)
    talk.offer(talk.start(_("What we have on show"), "offers"))


async def note(talk: Talk, key: str, what: dict[str, str]) -> None:
    """Keep that this person reported it, once, and have every moderator told."""

    def effect(effects: Any) -> None:
        if key in effects.records(REPORTED):
            return
        effects.put(REPORTED, key, {"day": talk.now.date().isoformat()})
        effects.post(REPORT, new_key(), {"of": key}, category=key, until=talk.now + STANDS)
        for chat in talk.moderators:
            told = {"news": "board_reported", **what}
            effects.schedule("board_reported", key, by_day(talk.now), told, chat=chat)

    await talk.once("report", effect)
    talk.say(
        _("Thank you for saying so. Those who look after Allié see it; the other side does not learn who said it.")
    )


async def board_reported(talk: Talk, due: dict[str, Any]) -> None:
    """To a moderator: what was reported, and what can be done about it."""
    key = str(due["key"])
    if due["kind"] == REQUEST:
        told = await talk.notice(REQUEST, key)
        if told is not None and talk.is_moderator:
            talk.say(_("Somebody complained of a request, and it was refused:"))
            talk.say(_("<b>{name}</b>: “{words}”", name=told["name"], words=told["words"] or "…"))
        return
    entry = await entry_of(talk, key)
    if entry is None or not talk.is_moderator:
        return
    talk.say(_("Somebody reported this:"))
    show(talk, entry)
    talk.offer(
        talk.start(_("Take it down"), "introductions", "remove", key),
        talk.start(_("Leave it"), "introductions", "leave", key),
    )


async def remove(talk: Talk, key: str) -> None:
    """Somebody else's entry goes, and its owner is told."""
    if not may(talk, key):
        return

    def effect(effects: Any) -> None:
        effects.tell(OFFER, key, "offer_removed", key, by_day(talk.now), {"removed": True})
        effects.take_down(OFFER, key, of_anybody=True)

    await talk.once("remove", effect)
    talk.say(_("It is taken down, and its owner is told."))
    talk.offer(talk.start(_("Bring and need"), "offers"))


async def leave(talk: Talk, key: str) -> None:
    """What was reported is in order: the reports count no more."""
    if not may(talk, key):
        return
    reports = await talk.board(REPORT, [key])

    def effect(effects: Any) -> None:
        for one in reports:
            effects.take_down(REPORT, one, of_anybody=True)

    await talk.once("leave", effect)
    talk.say(_("It stays on show."))
    talk.offer(talk.start(_("Bring and need"), "offers"))


def may(talk: Talk, key: str) -> bool:
    """Whether this person moderates; to anybody else it is said plainly."""
    if talk.is_moderator and is_key(key):
        return True
    talk.say(_("Only those who moderate Allié here can do this."))
    offer_ways(talk, "brings", "seeks")
    return False
