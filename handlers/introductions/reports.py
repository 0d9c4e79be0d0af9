"""What is out of place among offers, needs and requests: reported by those who read it, seen by those who moderate.

A report weighs by who makes it (`weight`). An entry whose reports weigh enough is hidden until a moderator has looked,
and its owner is told why and what they can do; those who moderate put it back or take it down (`handlers.review`), and
the owner is told that too. A request that is complained of is answered with a no, and who is complained of several
times asks no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from handlers.alliance.pages import offer_ways
from handlers.introductions.answering import keep, received
from handlers.introductions.asking import ASKED, REQUEST
from handlers.needs.ownership import by_day
from handlers.offers.board import CLEARED, HIDDEN, OFFER, REASONS, REPORT, entry_of, hidden, is_key, new_key, show
from handlers.shared.daily_limit import REPORTS, count, spent_until

__all__ = ["board_reported", "complain", "leave", "remove", "report", "report_settled", "show_reported"]

REPORTED = "reported"
"""The record of what one has reported, and how it was found by who moderates: once is enough."""
HIDDEN_AT, HIDDEN_AGAIN_AT = 6, 12
"""The weight of reports at which an entry is hidden: three people known for a day on a platform of accounts. The second
counts for an entry that a moderator has found in order before."""
HIDDEN_FOR = timedelta(days=14)
"""An entry at which no moderator looks comes back by itself."""
COUNTS_FOR, FROM_ADDRESS_COUNTS_FOR = HIDDEN_FOR, timedelta(days=3)
"""How long a report weighs. An address is known for a day only: one that reports on each counts as three at most."""
USED_FOR = ("favourite", "alert", "association", OFFER, ASKED)
"""Records that tell that somebody came for more than to report."""
WHY = Choice(1, None, **REASONS)
IN_ORDER, OUT_OF_PLACE = "in order", "out of place"


async def report(talk: Talk, key: str) -> None:
    """An entry is reported, with a reason: moderators look, and it is hidden when the reports weigh enough."""
    entry = await entry_of(talk, key)
    if entry is None:
        talk.say(_("This is no longer on show."))
    elif await talk.once("known", lambda effects: key in effects.records(REPORTED)):
        thank(talk)
    elif "report" not in talk.done and (again := await spent_until(talk, REPORTS)):
        talk.say(
            _("You have reported as much as I take in a day from one place. I take more from {day:date} on.", day=again)
        )
    else:
        why = await talk.ask("why", WHY, _("What is wrong with it? Those who look after Allié read your answer."))
        await note(talk, key, why)
        thank(talk)
    offer_ways(talk, "brings", "seeks")


def thank(talk: Talk) -> None:
    talk.say(
        _("Thank you for saying so. Those who look after Allié see it; the other side does not learn who said it.")
    )


async def note(talk: Talk, key: str, why: str) -> None:
    """Keep the report; hide the entry and tell its owner where that is the one too many. Moderators are told of the
    first report and of the hiding, not of each."""
    before = list((await talk.board(REPORT, [key])).values())
    is_hidden = key in await hidden(talk)
    is_cleared = key in await talk.board(CLEARED, [""])
    address = talk.daily_use.address if talk.daily_use is not None else ""
    mine = {"of": key, "why": why, "weight": weight(talk), "from": address}
    hides = not is_hidden and total([*before, mine]) >= (HIDDEN_AGAIN_AT if is_cleared else HIDDEN_AT)

    async def effect(effects: Any) -> None:
        await count(talk, REPORTS)
        effects.put(REPORTED, key, {"day": talk.now.date().isoformat()})
        stands = FROM_ADDRESS_COUNTS_FOR if talk.from_address else COUNTS_FOR
        effects.post(REPORT, new_key(), mine, category=key, until=talk.now + stands)
        if hides:
            because = most_said([*before, mine])
            effects.post(HIDDEN, key, {"of": key, "why": because}, category="", until=talk.now + HIDDEN_FOR)
            effects.tell(OFFER, key, "offer_hidden", key, by_day(talk.now), {"why": because})
        if hides or not (before or is_hidden):
            tell_moderators(talk, effects, key, OFFER)

    await talk.once("report", effect)


def weight(talk: Talk) -> int:
    """How much a report of this person weighs, by how long they are known and what they did before: 0 to 2.

    Where anybody may be many people, who is new weighs nothing, however many they are.
    """
    found = [record.get("found") for record in talk.records(REPORTED).values()]
    if found.count(IN_ORDER) > found.count(OUT_OF_PLACE):
        return 0
    is_known = talk.acquainted_for > 0
    if not talk.from_address:
        return 2 if is_known else 1
    was_right = OUT_OF_PLACE in found
    return 1 if is_known and (was_right or any(talk.records(kind) for kind in USED_FOR)) else 0


def total(reports: Collection[dict[str, Any]]) -> int:
    """What reports weigh together. One address counts once, by its heaviest."""
    by_address: dict[str, int] = {}
    apart = 0
    for one in reports:
        address, weighs = str(one.get("from") or ""), int(one.get("weight") or 0)
        if address:
            by_address[address] = max(by_address.get(address, 0), weighs)
        else:
            apart += weighs
    return apart + sum(by_address.values())


def most_said(reports: Collection[dict[str, Any]]) -> str:
    """The reason that most reports give."""
    return Counter(str(one.get("why")) for one in reports if one.get("why") in REASONS).most_common(1)[0][0]


def tell_moderators(talk: Talk, effects: Any, key: str, kind: str) -> None:
    for chat in talk.moderators:
        told = {"news": "board_reported", "kind": kind}
        effects.schedule("board_reported", key, by_day(talk.now), told, chat=chat)


async def complain(talk: Talk, request: str) -> None:
    """A request is reported, and answered with a no; those who moderate read what it said."""
    kept = await received(talk, request)
    if kept is None:
        return

    def effect(effects: Any) -> None:
        effects.put(REPORTED, request, {"day": talk.now.date().isoformat()})
        tell_moderators(talk, effects, request, REQUEST)
        told = {"news": "answered", "unwelcome": True}
        effects.tell(REQUEST, request, "answered", request, by_day(talk.now), told)
        keep(effects, request, kept, "declined")

    await talk.once("no", effect)
    thank(talk)
    talk.offer(talk.start(_("What we have on show"), "offers"))


# For those who moderate


async def board_reported(talk: Talk, due: dict[str, Any]) -> None:
    """To a moderator: what was reported, and what can be done about it."""
    key = str(due["key"])
    if not talk.is_moderator:
        return
    if due["kind"] != REQUEST:
        await show_reported(talk, key)
        return
    told = await talk.notice(REQUEST, key)
    if told is not None:
        talk.say(_("Somebody complained of a request, and it was refused:"))
        talk.say(_("<b>{name}</b>: “{words}”", name=told["name"], words=told["words"] or "…"))


async def show_reported(talk: Talk, key: str) -> bool:
    """An entry, why it was reported, and what can be decided; False where it is gone."""
    entry = await entry_of(talk, key)
    if entry is None:
        return False
    reports = (await talk.board(REPORT, [key])).values()
    if key in await hidden(talk):
        talk.say(_("This was reported by several people. It is hidden until you decide:"))
    else:
        talk.say(_("Somebody reported this:"))
    show(talk, entry)
    reasons: list[Phrase | str] = [
        _("{reason} ({count:number})", reason=REASONS[why], count=times)
        for why, times in Counter(str(one.get("why")) for one in reports).most_common()
        if why in REASONS
    ]
    if reasons:
        talk.say(_("Why: {reasons:list}.", reasons=reasons))
    offer_decision(talk, key)
    return True


def offer_decision(talk: Talk, key: str) -> None:
    talk.offer(
        talk.start(_("Leave it on show"), "introductions", "leave", key),
        talk.start(_("Take it down"), "introductions", "remove", key),
    )


async def remove(talk: Talk, key: str) -> None:
    """Somebody else's entry goes, and its owner is told why."""
    if not may(talk, key):
        return
    reports = await talk.once("reports", lambda _effects: reports_of(talk, key))

    def effect(effects: Any) -> None:
        told = {"removed": True, "why": most_said(reports.values()) if any_reason(reports.values()) else ""}
        effects.tell(OFFER, key, "offer_removed", key, by_day(talk.now), told)
        effects.take_down(OFFER, key, of_anybody=True)
        settle(talk, effects, key, reports, OUT_OF_PLACE)

    await talk.once("remove", effect)
    talk.say(_("It is taken down, and its owner is told."))
    talk.offer(talk.start(_("What waits to be read"), "review"))


async def leave(talk: Talk, key: str) -> None:
    """What was reported is in order: it is on show again, and those who reported it hide it no more."""
    if not may(talk, key):
        return
    reports = await talk.once("reports", lambda _effects: reports_of(talk, key))
    was_hidden = await talk.once("was hidden", lambda _effects: is_hidden(talk, key))

    def effect(effects: Any) -> None:
        if was_hidden:
            effects.tell(OFFER, key, "offer_back", key, by_day(talk.now), {"back": True})
        effects.post(CLEARED, key, {"of": key}, category="", until=talk.now + timedelta(days=60))
        settle(talk, effects, key, reports, IN_ORDER)

    await talk.once("leave", effect)
    talk.say(_("It is on show, and its owner is told.") if was_hidden else _("It stays on show."))
    talk.offer(talk.start(_("What waits to be read"), "review"))


async def reports_of(talk: Talk, key: str) -> dict[str, dict[str, Any]]:
    return await talk.board(REPORT, [key])


async def is_hidden(talk: Talk, key: str) -> bool:
    return key in await hidden(talk)


def any_reason(reports: Collection[dict[str, Any]]) -> bool:
    return any(one.get("why") in REASONS for one in reports)


def settle(talk: Talk, effects: Any, key: str, reports: Collection[str], found: str) -> None:
    """The reports are dealt with; each of those who made them weighs by it from now on."""
    effects.take_down(HIDDEN, key, of_anybody=True)
    for one in reports:
        effects.tell(REPORT, one, "report_settled", key, talk.now, {"news": "report_settled", "found": found})
        effects.take_down(REPORT, one, of_anybody=True)


async def report_settled(talk: Talk, due: dict[str, Any]) -> None:
    """Note how what this person reported was found. They are not written to."""
    key = str(due["key"])

    def effect(effects: Any) -> None:
        kept = effects.records(REPORTED).get(key)
        if kept is not None:
            effects.put(REPORTED, key, {**kept, "found": str(due["found"])})

    await talk.once("settled", effect)


def may(talk: Talk, key: str) -> bool:
    """Whether this person moderates; to anybody else it is said plainly."""
    if talk.is_moderator and is_key(key):
        return True
    talk.say(_("Only those who moderate Allié here can do this."))
    offer_ways(talk, "brings", "seeks")
    return False
