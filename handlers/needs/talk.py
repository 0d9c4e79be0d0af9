"""An association says what it needs: who it is, what, where, when, how many. A moderator looks at it first.

A need expires unless it is renewed. Its owner is known by a key drawn for the purpose: neither a name nor an account.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.catalogue import needs as kept_needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.cleaning import clean_line, clean_link, clean_text
from bot.catalogue.known import gazetteer
from bot.catalogue.mission import Mission, Site
from bot.catalogue.writer import Record
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.i18n import text_of
from bot.phrase import _
from bot.questions.kind import Answer, Reading, Refusal, Said
from bot.questions.numbers import Count
from bot.questions.place import HOME, Where
from bot.questions.text import Text
from bot.questions.when import ComingDay, When, days_of
from handlers.needs.appeal import appeal_told, offer_more_of_appeal, wants_appeal
from handlers.needs.ownership import NOT_SAID, by_day, drawn_owner, one_of, owner_of, proposed, refusal, show_need
from handlers.shared.daily_limit import NEEDS, agrees, count
from handlers.shared.public import ASKED_APART, Public, PublicBody
from handlers.volunteer.mission_card import act, share, with_acts

LOOK_AGAIN = timedelta(minutes=30)
"""How often Allié looks whether a moderator has decided, by day."""
RENEW_BEFORE = timedelta(days=5)
LONGEST = timedelta(days=365)
SHOWN = 6


class Contact(Text):
    """How to reach the association: the address of a page, an e-mail address or a telephone number."""

    expects = _("A web address, an e-mail address or a telephone number, please.")
    greedy = False

    def read(self, said: Said) -> Reading[str]:
        text = said.text.strip()
        is_mail = text.count("@") == 1 and "." in text.partition("@")[2] and " " not in text
        is_phone = sum(sign.isdigit() for sign in text) in range(9, 15) and set(text) <= set("0123456789 +.-()")
        if len(text) <= 200 and (clean_link(address(text)) or is_mail or is_phone):
            return Answer(text)
        return Refusal(self.expects)


@topic(
    "needs",
    title=_("Publish a need"),
    command="besoin",
    commands={"en": "need"},
    hint=_("Associations: say what help you need"),
    menu=68,
    at_hand=True,
    private=True,
    due=("need", "need_ends"),
    links=("new", "appeal"),
    answers="associations",
    seeks=("people", "published"),
)
async def needs(talk: Talk) -> None:
    """What a button asks for; or the needs there are; or a new one."""
    if talk.due is not None:
        await compose(talk, str(talk.due.get("key", "")))
        return
    if "renew" in talk.slots:
        await renew(talk, str(talk.slots["renew"]))
        return
    if "close" in talk.slots:
        await close(talk, str(talk.slots["close"]))
        return
    owner = owner_of(talk)
    is_list = await talk.once("list", lambda _effects: bool(owner) and "new" not in talk.slots)
    if is_list and (mine := await talk.catalogue.needs_of(owner)):
        show_mine(talk, mine)
        return
    await publish(talk)


async def publish(talk: Talk) -> None:
    """What was said already, the few questions left, the whole shown back, and off to a moderator.

    What may be added (the days, a few more words, how many, until when) is asked for by buttons under the whole.
    """
    if not {"association", "authority"} & set(talk.facts.speakers):
        talk.speaks_as("association", _("Publish a need"))
    is_appeal = await talk.once("appeal", lambda _effects: wants_appeal(talk))
    mission = await appeal_told(talk) if is_appeal else await need_told(talk)
    show_need(talk, mission)
    (offer_more_of_appeal if is_appeal else offer_more)(talk)
    question = _("Somebody reads it first; then everybody can see it, contact included. Send it?")
    if not await agrees(talk, NEEDS, "propose", question):
        talk.screen.rows.clear()
        talk.say(_("Nothing was sent. Write “change an answer” to take the text up again."))
        return
    talk.screen.rows.clear()
    owner = await talk.once("owner", lambda effects: drawn_owner(effects))

    async def propose(_effects: Any) -> str:
        await count(talk, NEEDS)
        return await proposed(talk.catalogue, mission, owner, talk.now)

    key = await talk.once("propose", propose)
    await talk.once("look", lambda effects: send_round(talk, effects, key))
    talk.say(_("Sent. I will tell you here what was decided, usually within a few days."))
    talk.offer(talk.start(_("My needs"), "needs"))


async def need_told(talk: Talk) -> Mission:
    """The few questions of a need, and what may be added to it."""
    if not talk.wants("organisation") or not talk.wants("title"):
        begin(talk)
    body = await talk.ask("organisation", PublicBody(), _("Which association or public body are you writing for?"))
    title = await talk.ask(
        "title", words(90), _("What do you need, in a few words? For example: serve breakfast on Saturdays.")
    )
    where = await talk.ask("where", Where(), _("Where is it? A town or a postcode."), slot="at")
    contact = await talk.ask("contact", Contact(), _("How do people reach you? A page, an e-mail address, a number."))
    when = talk.refine("when", words(120), _("On which days and at what hours?"), "", slot=NOT_SAID)
    text = talk.refine(
        "text",
        words(600, paragraphs=True),
        _("Tell a little more: what one does, with whom, how to begin."),
        "",
        slot=NOT_SAID,
    )
    places = talk.refine("places", Count(minimum=1, maximum=500), _("How many people do you need?"), slot=NOT_SAID)
    last = talk.today + LONGEST
    until = talk.refine("until", ComingDay(earliest=talk.today, latest=last), _("Until which day?"), slot=NOT_SAID)
    return as_mission(talk, body, title, text, where, when, places, until, contact)


def words(longest: int, *, paragraphs: bool = False) -> Public:
    """Words that everybody will read."""
    return Public(longest=longest, why=ASKED_APART, paragraphs=paragraphs)


def begin(talk: Talk) -> None:
    """That it can be done, with what was said of it."""
    title, place = talk.slots.get("title"), talk.slots.get("at")
    talk.say(_("Yes, I can publish it here, free of charge: volunteers near you find it, once somebody has read it."))
    named = place.get("name") if isinstance(place, dict) else None
    if title and named:
        talk.say(_("I note: <b>{title}</b>, {place}.", title=title, place=named))
    elif title:
        talk.say(_("I note: <b>{title}</b>.", title=title))


def offer_more(talk: Talk) -> None:
    """What may be added or changed before it is sent."""
    labels = {
        "when": (_("Add the days"), _("The days")),
        "text": (_("Say more"), _("The text")),
        "places": (_("How many people"), _("How many people")),
        "until": (_("Until which day"), _("Until which day")),
    }
    buttons = [talk.change(labels[name][talk.told(name)], name) for name in labels]
    talk.offer(*buttons[:2])
    talk.offer(*buttons[2:])


def as_mission(
    talk: Talk,
    body: str,
    title: str,
    text: str,
    where: str,
    when: str,
    places: Decimal | None,
    until: date | None,
    contact: str,
) -> Mission:
    """The need as a mission of the catalogue. Its days are kept as they were said, and read for the search."""
    reading = When().read(Said(when, talk.language, talk.today)) if when else None
    times = reading.value if isinstance(reading, Answer) else ()
    starts, ends = days_of(times)
    known = talk.catalogue.organisations.named(body)
    found = talk.catalogue.synonyms.causes([title, text]) or (known.causes if known else ())
    return Mission(
        id="needs:new",
        source="needs",
        kind="need",
        title=clean_text(title, 90),
        organisation=known.short if known else clean_text(body, 120),
        organisation_id=known.id if known else "",
        url=address(contact),
        text=clean_text(text, 800),
        causes=tuple(found) or ("other",),
        sites=_sites(where),
        remote="full" if where == HOME else "no",
        when=tuple(token for token in times if ":" not in token),
        schedule=clean_line(when, 120) or text_of(_("Days to be agreed"), "fr"),
        places=int(places) if places is not None else None,
        starts=starts,
        ends=min(until, ends) if until and ends and ends >= (starts or until) else until or ends,
        seen=talk.today,
    )


def address(contact: str) -> str:
    """The contact as an address: a page, or "mailto:" or "tel:"."""
    text = contact if not contact.lower().startswith("www.") else f"https://{contact}"
    if link := clean_link(text):
        return link
    return f"mailto:{contact}" if "@" in contact else f"tel:{contact}"


def _sites(where: str) -> tuple[Site, ...]:
    place = gazetteer().by_code(where) if where and where != HOME else None
    if place is None:
        return ()
    if place.level in ("commune", "arrondissement"):
        postcode = place.postcodes[0] if len(place.postcodes) == 1 else ""
        name = place.label if place.level == "arrondissement" else place.name
        return (Site(name, postcode, place.departement, place.code, place.lat, place.lon),)
    return tuple(Site(departement=code) for code in place.covers)


def send_round(talk: Talk, effects: Any, key: str) -> None:
    """Have the need read by those who moderate, and look from time to time what became of it."""
    effects.schedule("need", key, by_day(talk.now + LOOK_AGAIN), {"key": key})
    for moderator in talk.moderators:
        effects.schedule("need_waiting", key, by_day(talk.now), {"key": key}, chat=moderator)


# What became of it


async def compose(talk: Talk, key: str) -> None:
    """What was decided, as soon as it was; then, some days before its end, whether it still stands."""
    need = await one_of(talk, key)
    if need is None:
        return
    if need.state == "pending":
        again = by_day(talk.now + LOOK_AGAIN)
        await talk.once("again", lambda effects: effects.schedule("need", key, again, {"key": key}))
        return
    title = need.mission.title
    if need.state == "refused":
        talk.say(_("“{title}” was not published: the moderator turned it down.", title=title))
        if need.reason:
            talk.say(refusal(need.reason))
        talk.say(_("You may write another one. It should say what people do, for whom, and be open to all."))
        talk.offer(talk.start(_("Publish a need"), "needs", "new", "1"))
    elif need.mission.ends is not None and need.mission.ends - talk.today <= RENEW_BEFORE:
        talk.say(_("“{title}” ends on {day:date}. Do you still need people?", title=title, day=need.mission.ends))
        offer_upkeep(talk, key)
    elif need.mission.ends is not None:
        ends = need.mission.ends
        talk.say(_("“{title}” is published, until {day:date}.", title=title, day=ends))
        if need.mission.text:
            talk.say(_("This is what volunteers read: {text}", text=need.mission.text))
        with_acts(talk, share(talk, need.mission), act(talk, _("See it"), "i", need.mission))
        offer_upkeep(talk, key)
        await talk.once("ends", lambda effects: remind_of_end(effects, key, ends, talk.now))
    await talk.once("told", lambda _effects: told(talk.catalogue, key))


async def told(catalogue: AwaitedCatalogue, key: str) -> bool:
    await catalogue.write(lambda writer: kept_needs.mark_told(writer, key))
    return True


def remind_of_end(effects: Any, key: str, ends: date, now: datetime) -> None:
    """Ask some days before the end whether it still stands."""
    day = max(ends - RENEW_BEFORE, now.date() + timedelta(days=1))
    effects.schedule("need_ends", key, datetime.combine(day, time(10), now.tzinfo), {"key": key})


def offer_upkeep(talk: Talk, key: str) -> None:
    talk.offer(
        talk.start(_("Renew for 60 days"), "needs", "renew", key),
        talk.start(_("Take it down"), "needs", "close", key),
    )


async def renew(talk: Talk, key: str) -> None:
    owner, now = owner_of(talk), talk.now

    async def effect(effects: Any) -> str:
        need = await talk.catalogue.write(lambda writer: kept_needs.renew(writer, key, owner=owner, now=now))
        if need is None or need.mission.ends is None:
            return ""
        remind_of_end(effects, key, need.mission.ends, now)
        return need.mission.ends.isoformat()

    ends = await talk.once("renew", effect)
    if not ends:
        talk.say(_("I do not find this need among yours."))
        return
    talk.say(_("It stays until {day:date}.", day=date.fromisoformat(ends)))


async def close(talk: Talk, key: str) -> None:
    need = await one_of(talk, key)
    if need is None:
        talk.say(_("I do not find this need among yours."))
        return
    over = replace(need.mission, ends=talk.today - timedelta(days=1))
    record = Record(over, owner=need.owner, state=need.state)

    async def effect(effects: Any) -> bool:
        effects.cancel("need", key)
        effects.cancel("need_ends", key)
        await talk.catalogue.write(lambda writer: writer.put([record], now=talk.now))
        return True

    await talk.once("close", effect)
    talk.say(_("“{title}” is taken down. Thank you for saying so: volunteers do not write in vain.", title=over.title))


def show_mine(talk: Talk, mine: list[kept_needs.Need]) -> None:
    """What this association published, and where each stands."""
    talk.say(_("Your needs:"))
    for need in mine[:SHOWN]:
        title, ends = need.mission.title, need.mission.ends
        if need.state == "pending":
            talk.say(_("• {title}: somebody is about to read it", title=title))
        elif need.state == "refused":
            talk.say(_("• {title}: not published", title=title))
        elif need.mission.is_over(talk.today) or ends is None:
            talk.say(_("• {title}: over", title=title))
        else:
            talk.say(_("• {title}: until {day:date}", title=title, day=ends))
        if need.state == "active":
            offer_upkeep(talk, need.mission.id)
    talk.offer(talk.start(_("New need"), "needs", "new", "1"))
