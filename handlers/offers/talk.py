"""A firm says what it can bring and sees who needs it; an association says what it needs and sees what firms bring.

Nothing is published without a yes to the whole of it. What is published ends after sixty days unless it is renewed, and
goes in one press; being put in touch is `introductions`.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from bot.catalogue.known import known_organisations
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Match, Wish, widened_phrase
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.choice import YesNo
from bot.questions.kind import Answer
from bot.questions.place import HOME, Where
from handlers.alliance.pages import offer_ways
from handlers.introductions.answering import RECEIVED, answer_no, show_received
from handlers.introductions.asking import ASKED, show_asked, waiting
from handlers.offers.board import OFFER, REASONS, Entry, fitting, hidden, new_key, place_of, show
from handlers.offers.questions import LONGEST, SIDES, Reach, Things
from handlers.shared.daily_limit import OFFERS, agrees, count
from handlers.shared.public import Public
from handlers.volunteer.mission_card import act, dots, quote_need, shortened
from handlers.volunteer.search_criteria import ACTIVITY

KEPT = timedelta(days=60)
RENEW_BEFORE = timedelta(days=5)
MOST = 3
"""Entries that one person may have on show."""
SHOWN, BODIES_SHOWN, MISSIONS_SHOWN = 5, 3, 2
BODIES = known_organisations()

HOW = _(
    "Firms say what they can bring, associations and towns what they need: I show what fits near you, and pass an "
    "address on only once both have said yes."
)
ASK_WHAT = {"brings": _("What could you bring?"), "seeks": _("What do you need?")}
ASK_WORDS = {
    "brings": _(
        "In a few words: what, how much, when? For example: a meeting room on Monday evenings, for twenty people."
    ),
    "seeks": _("In a few words: what, how much, when? For example: two computers, even old ones, before January."),
}
ASK_SUBJECT = {
    "brings": _("Is there a cause close to your heart? Choose, say it in your own words, or skip."),
    "seeks": _("For which cause? Choose, say it in your own words, or skip."),
}
ASK_NAME = {
    "brings": _("Under which name? That of your firm. Skip it to stay “a firm”."),
    "seeks": _("Under which name? That of your association or town."),
}


@topic(
    "offers",
    title=_("Bring and need"),
    command="offres",
    commands={"en": "offers"},
    hint=_("Firms bring, associations need: be put in touch"),
    private=True,
    due=("offer_ends", "offer_hidden", "offer_back", "offer_removed"),
    links=("side",),
    seeks=("things",),
    answers="firms",
)
async def offers(talk: Talk) -> None:
    """What a button asks for; or what the person has on show; or what they bring or need, and what fits it."""
    if talk.due is not None:
        await compose(talk)
    elif "renew" in talk.slots:
        await renew(talk, str(talk.slots["renew"]))
    elif "close" in talk.slots:
        await close(talk, str(talk.slots["close"]))
    elif await talk.once("list", lambda _effects: has_any(talk) and not {"new", "side"} & talk.slots.keys()):
        await show_mine(talk)
    else:
        await look(talk)


def has_any(talk: Talk) -> bool:
    """Whether there is something of the person's to come back to."""
    return bool(talk.records(OFFER) or waiting(talk.records(ASKED)) or waiting(talk.records(RECEIVED)))


async def look(talk: Talk) -> None:
    """Four questions, less what was said, then who fits; then, if the person wishes, their own entry."""
    heard = await talk.once("heard", lambda _effects: take_heard(talk)) if talk.slots.get("sought") else []
    if not talk.wants("side"):
        talk.say(HOW)
    side = await talk.ask("side", SIDES, _("Which one are you today?"))
    if side == "seeks":
        talk.offer(talk.start(_("We need volunteers"), "needs", "new", "1"))
    introduce(talk, heard, "what")
    thing = await talk.ask("what", Things(), ASK_WHAT[side])
    talk.screen.rows.clear()
    if not thing.words:
        introduce(talk, heard, "words")
    words = thing.words or await talk.ask("words", Public(longest=LONGEST), ASK_WORDS[side])
    introduce(talk, heard, "where")
    where = await talk.ask("where", Where(), _("Near which place? A town or a postcode."))
    introduce(talk, heard, "subject")
    subject = await talk.ask("subject", ACTIVITY, ASK_SUBJECT[side], skip=True)
    cause = subject.causes[0] if subject and subject.causes else ""
    entry = Entry(side, thing.what, words, "", where or HOME, cause)
    if talk.setting("leave", YesNo(), False):
        await publish(talk, entry)
        return
    await show_fitting(talk, entry)
    leave = _("Leave our offer") if side == "brings" else _("Leave our need")
    talk.offer(talk.set(leave, "leave", "yes"))
    talk.offer(talk.change(_("Another place"), "where"), talk.change(_("Something else"), "what"))
    offer_ways(talk, *(("company_donation", "actors") if side == "brings" else ("needs", "support")))


def take_heard(talk: Talk) -> list[str]:
    """Take what a message says to be needed for the answers to questions; the names of these."""
    talk.put("side", SIDES, "seeks")
    heard = ["side"]
    thing = Things().read(talk.said)
    if isinstance(thing, Answer):
        talk.put("what", Things(), thing.value)
        heard.append("what")
    place = Where().from_slot(talk.slots.get("at"))
    if isinstance(place, Answer):
        talk.put("where", Where(), place.value)
        heard.append("where")
    return heard


def introduce(talk: Talk, heard: list[str], question: str) -> None:
    """How it works, before the first question that what was heard leaves open."""
    asked = ("what", "words", "where", "subject")
    if heard and not talk.wants(question) and all(name in heard for name in asked if talk.wants(name)):
        talk.say(HOW)


async def show_fitting(talk: Talk, mine: Entry) -> None:
    """The entries of the other side; for who brings something, also those that the catalogue knows."""
    talk.say(_("{words} · {where}", words=mine.words, where=mine.where))
    fits = await fitting(talk, mine, SHOWN)
    if fits:
        talk.say(_("They need it:") if mine.side == "brings" else _("Firms bring this:"))
    for fit in fits:
        show(talk, fit.entry, fit.reasons(mine))
        talk.quote(OFFER, fit.key)
        label = _("Put me in touch: {who}", who=fit.entry.who)
        talk.offer(talk.start(label, "introductions", "ask", fit.key))
    named = await known_near(talk, mine) if mine.side == "brings" else set()
    if mine.side == "brings" and mine.cause:
        national(talk, mine.cause, named)
    if fits or named:
        talk.say(_("<b>Your next step:</b> choose one. Or leave your own: others find it."))
    elif mine.side == "brings":
        talk.say(_("Nobody has asked for this near you yet. Leave your offer: associations will find it."))
    else:
        talk.say(_("No firm has offered this near you yet. Leave your need: firms will find it."))


async def known_near(talk: Talk, mine: Entry) -> set[str]:
    """Associations of the catalogue that look for help there, each with why it is shown; their names."""
    by_words = mine.words if mine.what in ("skill", "days") else ""
    wish = Wish(
        text=by_words,
        place=place_of(mine.place),
        causes=(mine.cause,) if mine.cause else (),
        remote=mine.place == HOME,
    )
    results = await talk.catalogue.search(wish, today=talk.today, limit=20)
    first: dict[str, Match] = {}
    for match in results.found:
        if by_words or mine.cause or match.distance_km is not None:  # otherwise nothing tells why it would fit
            first.setdefault(match.mission.organisation, match)
    chosen = list(first.values())[:MISSIONS_SHOWN]
    if chosen:
        if said := widened_phrase(results):
            talk.say(said)
        talk.say(_("Associations that look for help there; they may need this too:"))
    for match in chosen:
        mission = match.mission
        quote_need(talk, mission)
        talk.say(_("<b>{organisation}</b>: {title}", organisation=mission.organisation, title=titled(talk, mission)))
        if match.reasons:
            talk.say(dots(talk, match.reasons))
        label = Phrase("{name}", {"name": shortened(mission.organisation, 40)})
        if button := act(talk, label, "i", mission):
            talk.offer(button)
    return {match.mission.organisation for match in chosen}


def titled(talk: Talk, mission: Mission) -> str:
    return shortened(mission.title_in(talk.language), 80)


def national(talk: Talk, cause: str, named: set[str]) -> None:
    """Bodies with branches in the country, for the cause."""
    found = [body for body in BODIES.for_cause(cause, BODIES_SHOWN + len(named)) if not named & {body.name, body.short}]
    if found:
        names = [body.short for body in found[:BODIES_SHOWN]]
        talk.say(_("For this cause, in the whole country: {names:list}.", names=names))


async def publish(talk: Talk, entry: Entry) -> None:
    """A name, a contact, the whole shown back with what is kept and how long; then it is on show."""
    if len(on_show(talk)) >= MOST:
        talk.say(_("You have three on show already. Take one down to leave another."))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    said = last_said(talk)
    name_kind = Public(longest=80, known=said.get("name", ""))
    if entry.side == "brings":
        name = await talk.ask("name", name_kind, ASK_NAME["brings"], skip=True)
    else:
        name = await talk.ask("name", name_kind, ASK_NAME["seeks"])
    contact = await talk.ask(
        "contact",
        Reach(said.get("contact", "")),
        _("How may one person reach you, once you have both said yes? An e-mail address or a number."),
    )
    entry = Entry(entry.side, entry.what, entry.words, name or "", entry.place, entry.cause)
    until = talk.today + KEPT
    talk.say(_("<b>This is what everybody will read:</b>"))
    show(talk, entry)
    talk.say(
        _(
            "I keep “{contact}” apart. It goes to one person at a time, only once you have said yes to them. All of it "
            "ends on {day:date} unless you renew it; one press takes it down, and “erase everything” takes it too.",
            contact=contact,
            day=until,
        )
    )
    if not await agrees(talk, OFFERS, "publish", _("Shall I publish it?")):
        talk.say(_("Nothing was published. Write “change an answer” to take it up again."))
        talk.offer(talk.start(_("Begin again"), "offers", "side", entry.side))
        return
    now = talk.now

    async def effect(effects: Any) -> str:
        await count(talk, OFFERS)
        key = new_key()
        put_up(effects, key, entry, contact, now)
        return key

    await talk.once("publish", effect)
    talk.say(_("It is on show until {day:date}. When somebody is interested, I ask you here first.", day=until))
    talk.offer(
        talk.start(_("What we have on show"), "offers"), talk.start(_("See what fits"), "offers", "side", entry.side)
    )
    offer_ways(talk, "charter", "types")


def put_up(effects: Any, key: str, entry: Entry, contact: str, now: datetime) -> None:
    """Put an entry on show, or for sixty days more, and ask some days before its end whether it still holds."""
    until = end_of(now)
    effects.post(OFFER, key, entry.as_json(), category=entry.category, until=until)
    effects.put(OFFER, key, {**entry.as_json(), "contact": contact, "until": until.date().isoformat()})
    effects.schedule("offer_ends", key, datetime.combine((until - RENEW_BEFORE).date(), time(10), now.tzinfo), {})


def end_of(now: datetime) -> datetime:
    """The end of the last day."""
    return datetime.combine(now.date() + KEPT, time.max, now.tzinfo)


def last_said(talk: Talk) -> dict[str, Any]:
    """The name and contact that the person gave for something else on show, if any."""
    kept = [*talk.records(OFFER).values(), *talk.records(ASKED).values()]
    return kept[-1] if kept else {}


def on_show(talk: Talk) -> dict[str, dict[str, Any]]:
    """The person's entries that are not over."""
    today = talk.now.date().isoformat()
    return {key: kept for key, kept in talk.records(OFFER).items() if str(kept.get("until", "")) >= today}


async def show_mine(talk: Talk) -> None:
    """What the person has on show, who has asked, whom they have asked."""
    await show_received(talk)
    shown, out_of_sight = on_show(talk), await hidden(talk)
    for key, kept in talk.records(OFFER).items():
        entry = Entry.from_json(kept)
        if entry is None:
            continue
        show(talk, entry)
        if key in out_of_sight:
            talk.say(_("Not shown for now: several people reported it, and a moderator reads it."))
        elif key in shown:
            talk.say(_("On show until {day:date}.", day=datetime.fromisoformat(kept["until"]).date()))
        else:
            talk.say(_("It is over. Renew it if it still holds."))
        offer_upkeep(talk, key, entry)
    await show_asked(talk)
    talk.offer(
        talk.start(_("We can bring something"), "offers", "side", "brings"),
        talk.start(_("We need something"), "offers", "side", "seeks"),
    )


def offer_upkeep(talk: Talk, key: str, entry: Entry) -> None:
    words = shortened(entry.words, 24)
    talk.offer(
        talk.start(_("Renew: {words}", words=words), "offers", "renew", key),
        talk.start(_("Take down: {words}", words=words), "offers", "close", key),
    )


async def renew(talk: Talk, key: str) -> None:
    kept = talk.records(OFFER).get(key)
    entry = Entry.from_json(kept) if kept else None
    if kept is None or entry is None:
        talk.say(_("I do not find this among yours."))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    now, contact = talk.now, str(kept.get("contact", ""))
    await talk.once("renew", lambda effects: put_up(effects, key, entry, contact, now))
    talk.say(_("It is on show until {day:date}.", day=end_of(now).date()))
    talk.offer(talk.start(_("See what fits"), "offers", "side", entry.side))


async def close(talk: Talk, key: str) -> None:
    """Take an entry down; those who wait for an answer get a kind one."""
    is_mine = await talk.once("mine", lambda effects: key in effects.records(OFFER))
    if not is_mine:
        talk.say(_("I do not find this among yours."))
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return

    def effect(effects: Any) -> None:
        effects.take_down(OFFER, key)
        effects.drop(OFFER, key)
        effects.cancel("offer_ends", key)
        for asked, kept in effects.records(RECEIVED).items():
            if kept.get("offer") == key and kept.get("state") == "waiting":
                answer_no(effects, asked, kept, talk.now)

    await talk.once("close", effect)
    talk.say(_("It is taken down. Nobody sees it any more, and those who were waiting are told kindly."))
    talk.offer(
        talk.start(_("We can bring something"), "offers", "side", "brings"),
        talk.start(_("We need something"), "offers", "side", "seeks"),
    )


async def compose(talk: Talk) -> None:
    """Some days before its end, whether an entry still holds; or that it is hidden, shown again, or taken down."""
    key = str((talk.due or {}).get("key", ""))
    kept = talk.records(OFFER).get(key)
    entry = Entry.from_json(kept) if kept else None
    if kept is None or entry is None:
        return
    due = talk.due or {}
    if "removed" in due:
        talk.say(_("A moderator took this down:"))
        show(talk, entry)
        because(talk, due)
        talk.say(
            _("It should say plainly what is brought or needed, for whom, and be open to all. You may write another.")
        )
        talk.offer(talk.start(_("Begin again"), "offers", "side", entry.side))
        await talk.once("removed", lambda effects: dropped(effects, key))
        return
    if "back" in due:
        talk.say(_("A moderator has read this and found it in order: it is on show again."))
        show(talk, entry)
        talk.offer(talk.start(_("What we have on show"), "offers"))
        return
    if "why" in due:
        talk.say(_("This is not shown for now: several people reported it."))
        show(talk, entry)
        because(talk, due)
        talk.say(HIDDEN_NEXT)
        if talk.contact:
            talk.say(_("To explain it to those who run Allié here: {contact}.", contact=talk.contact))
        talk.offer(talk.start(_("Take it down"), "offers", "close", key))
        return
    talk.say(_("Does this still hold? It ends on {day:date}.", day=datetime.fromisoformat(kept["until"]).date()))
    show(talk, entry)
    offer_upkeep(talk, key, entry)


HIDDEN_NEXT = _(
    "A moderator reads it, and I tell you here what they decide: you need do nothing. If something in it may be "
    "misread, take it down and write it anew."
)


def because(talk: Talk, told: dict[str, Any]) -> None:
    """Why it was reported, where that was said."""
    if (why := REASONS.get(str(told.get("why")))) is not None:
        talk.say(_("The reason given: {reason}.", reason=why))


def dropped(effects: Any, key: str) -> None:
    effects.drop(OFFER, key)
    effects.cancel("offer_ends", key)
