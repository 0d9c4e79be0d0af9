"""What one does with a mission: join it, keep it, see it on the map, be reminded, say whether they answered.

Each button says which mission it is about, so that it works a month later. A few days after somebody joined, Allié asks
whether the association answered, and offers two others if it did not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bot.catalogue.announcement import Announcement
from bot.catalogue.contacts import contacts
from bot.catalogue.live_searches import named_search
from bot.catalogue.mission import Mission
from bot.catalogue.schedule import DAYS
from bot.catalogue.wish import Match, Wish
from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.documents.calendar_file import MEDIA_TYPE, Appointment, calendar_file
from bot.documents.locator import locator_png
from bot.i18n import text_of
from bot.phrase import Phrase, _, n_
from bot.questions.kind import Answer
from bot.questions.place import ANYWHERE, HOME, Where
from bot.questions.when import ComingDay, When
from handlers.volunteer.mission_card import (
    KEPT,
    MISSIONS,
    act,
    linked_id,
    listed,
    page_of,
    quote_need,
    reached_at,
    share,
    shortened,
    show_mission,
    with_acts,
)
from handlers.volunteer.search_criteria import propose_alert, told_limits

ANSWER_DAYS = 5
"""Days after which Allié asks whether the association answered, and between two such questions."""
ANSWER_AT = time(11, 0)
EVE_AT = time(18, 0)
FARTHEST = timedelta(days=400)
SHOWN = 10


@topic(
    "mission",
    title=_("A mission"),
    passing=True,
    due=("mission_eve", "mission_answer"),
    links=("i", "s"),
)
async def mission(talk: Talk) -> None:
    """Do what the button says, if the mission is still there."""
    if talk.due is not None:
        await remind(talk, talk.due)
        return
    asked = next((name for name in ACTS if name in talk.slots), None)
    found = await talk.catalogue.mission(linked_id(asked, str(talk.slots[asked]))) if asked else None
    if asked is None or found is None:
        talk.say(_("I no longer know this mission. Shall we look for others?"))
        talk.offer(talk.start(_("Find a mission"), "volunteer"))
        return
    quote_need(talk, found)
    await ACTS[asked](talk, found)


async def show(talk: Talk, found: Mission) -> None:
    """The whole card, and what can be done."""
    show_mission(talk, found)
    talk.lay(MISSIONS, [found.id])
    if not await talk.catalogue.is_listed(found.id, talk.today):
        talk.say(_("This mission is over, full, or no longer announced."))
        with_acts(talk, act(talk, _("Others like it"), "n", found))
        return
    with_acts(talk, act(talk, _("I want to go"), "j", found), act(talk, _("Keep it"), "k", found))
    is_placed = any(site.lat is not None for site in found.sites)
    with_acts(talk, share(talk, found), act(talk, _("On the map"), "m", found) if is_placed else None)
    talk.offer(talk.start(_("Find a mission"), "volunteer"))


async def join(talk: Talk, found: Mission) -> None:
    """The way to them, what to write there, what happens next, and the promise to ask whether they answered."""
    if not await talk.catalogue.is_listed(found.id, talk.today):
        await show(talk, found)
        return
    talk.lay(MISSIONS, [found.id])
    await talk.once("ask", lambda effects: ask_later(effects, found, talk.now))
    joined = {"on": talk.today.isoformat(), "joined": talk.today.isoformat()}
    await talk.once("keep", lambda effects: effects.put("favourite", found.id, joined))
    talk.say(_("<b>{title}</b>\n{organisation}", title=found.title_in(talk.language), organisation=found.organisation))
    if page_of(found):
        talk.say(_("Open their page and write to them. You can copy this, and add your first name and a number:"))
    else:
        talk.say(_("Contact: {contact}", contact=reached_at(found)))
        talk.say(_("Write to them. You can copy this, and add your first name and a number:"))
    talk.say(_("<code>{letter}</code>", letter=letter(talk, found)))
    talk.say(
        _("In {days:number} days I will ask you whether they answered. It stays in your favourites.", days=ANSWER_DAYS)
    )
    talk.fold(
        _(
            "What usually happens: they answer within some days and propose a first talk or a first time. You may try, "
            "say no, and stop whenever you like: a volunteer is bound by nothing but a given word."
        )
    )
    if page_of(found):
        talk.offer(talk.link(page_label(found), found.url))
    if found.finder and found.finder != found.url:
        talk.offer(talk.link(_("Their local teams"), found.finder))
    with_acts(talk, act(talk, _("Remind me the day before"), "d", found))
    with_acts(talk, act(talk, _("Do not ask me"), "q", found))


def page_label(found: Mission) -> Phrase:
    """What the link of a mission opens: their own page, or a search of their name where no page of theirs is known."""
    if found.is_evergreen and found.url == named_search(found.organisation):
        return _("Look for them on JeVeuxAider.gouv.fr")
    return _("Open their page")


def letter(talk: Talk, found: Mission) -> str:
    """What to write to them, with the place, the times and the limits that were said; no name. In French whatever the
    language of the talk: an association in France reads it."""
    lines = [Phrase(GREETING.message, {"title": found.title})]
    where = Where(guesses=True).from_slot(talk.facts.value("place")) if "place" in talk.facts else None
    if isinstance(where, Answer) and where.value not in (ANYWHERE, HOME):
        lines.append(_("I am in {place}.", place=Where().shown(where.value)))
    when = When().from_slot(talk.facts.value("when")) if "when" in talk.facts else None
    if isinstance(when, Answer) and when.value:
        lines.append(_("I am free {times}.", times=When().shown(when.value)))
    lines += [SAID_OF[limit.partition(":")[0]](limit.partition(":")[2]) for limit in told_limits(talk)]
    return " ".join(text_of(line, "fr") for line in (*lines, ENDING))


GREETING = _("Hello, I would like to help with “{title}”.")
ENDING = _("Could you tell me how to begin, and when I could meet you? Thank you.")
SAID_OF: dict[str, Callable[[str], Phrase]] = {
    "no_car": lambda _number: _("I come without a car: can one get there otherwise?"),
    "wheelchair": lambda _number: _("I use a wheelchair: is the place accessible?"),
    "seated": lambda _number: _("I cannot stand or carry for long: would that be all right?"),
    "deaf": lambda _number: _("I hear badly: writing is easier for me."),
    "blind": lambda _number: _("I see badly: would that be all right?"),
    "quiet": lambda _number: _("I would rather do something without contact with the public."),
    "beginner_french": lambda _number: _("I still speak little French."),
    "rarely": lambda _number: _("I have little time: an hour or two a month."),
    "once": lambda _number: _("I would like to try once first."),
    "alone": lambda _number: _("I would come alone: would somebody welcome me?"),
    "age": lambda number: _(
        "I am {count:number}: from what age may one join, and what do my parents sign?", count=int(number)
    ),
    "with_child": lambda number: n_(
        "I would come with a child of {count}: is that possible?",
        "I would come with a child of {count}: is that possible?",
        int(number),
    ),
    "group": lambda number: _("There would be {count:number} of us.", count=int(number)),
}
"""How each limit is said to an association."""


def ask_later(effects: Any, found: Mission, now: datetime) -> None:
    """Schedule the question, at a decent hour."""
    due = datetime.combine(now.date() + timedelta(days=ANSWER_DAYS), ANSWER_AT, now.tzinfo)
    effects.schedule("mission_answer", found.id, due, {"key": found.id})


async def do_not_ask(talk: Talk, found: Mission) -> None:
    await talk.once("ask", lambda effects: effects.cancel("mission_answer", found.id))
    talk.say(_("All right, I will not ask."))


async def keep(talk: Talk, found: Mission) -> None:
    await talk.once("keep", lambda effects: effects.put("favourite", found.id, {"on": talk.today.isoformat()}))
    talk.say(_("Kept: “{title}”. Say “my favourites” to find it again.", title=found.title_in(talk.language)))
    talk.offer(talk.start(_("My favourites"), "favourites"))


async def let_go(talk: Talk, found: Mission) -> None:
    await talk.once("keep", lambda effects: effects.drop("favourite", found.id))
    talk.say(_("“{title}” is no longer among your favourites.", title=found.title_in(talk.language)))


async def on_map(talk: Talk, found: Mission) -> None:
    site = next((site for site in found.sites if site.lat is not None and site.lon is not None), None)
    talk.say(_("<b>{title}</b>\n{organisation}", title=found.title_in(talk.language), organisation=found.organisation))
    if site is None or site.lat is None or site.lon is None:
        talk.say(_("I do not know where exactly: the association will tell you."))
        return
    drawn = await talk.draw(partial(locator_png, site.lat, site.lon, site.departement, site.city))
    if drawn is not None:
        alt = text_of(_("Map: {city}", city=site.city or site.departement), talk.language)
        talk.picture(File("allie-carte.png", "image/png", drawn, alt))
    talk.on_map(site.lat, site.lon)
    with_acts(talk, act(talk, _("I want to go"), "j", found), act(talk, _("Keep it"), "k", found))


async def day_before(talk: Talk, found: Mission) -> None:
    """A word the day before, and the day in one's own calendar. The day is asked where the mission has several."""
    day = found.starts if found.starts and found.starts == found.ends and found.starts >= talk.today else None
    if day is None:
        day = await talk.ask(
            "day",
            ComingDay(earliest=talk.today, latest=talk.today + FARTHEST),
            _("Which day do you go? For example Saturday, or 12 December."),
        )
    await remind_on(talk, found, day - timedelta(days=1), day)


def next_day(found: Mission, today: date) -> date | None:
    """The next day on which the mission takes place, where it is known: its date, or the next of its weekdays."""
    if found.starts and found.starts == found.ends:
        return found.starts if found.starts >= today else None
    days = [DAYS.index(name) for name in found.when if name in DAYS]
    if not days:
        return None
    first = max(today + timedelta(days=1), found.starts or today)
    coming = min(first + timedelta(days=(day - first.weekday()) % 7) for day in days)
    return None if found.ends and coming > found.ends else coming


async def remind_on(talk: Talk, found: Mission, eve: date, day: date | None) -> None:
    """A word on the evening of `eve`; with the day of the mission, where it is known, in a file for one's calendar."""
    at = datetime.combine(eve, EVE_AT, talk.now.tzinfo)
    if day is not None:
        talk.attach(File("allie-mission.ics", MEDIA_TYPE, calendar_file(appointment(talk, found, day), made=talk.now)))
    if at <= talk.now:
        talk.say(_("It is too soon for a word the day before, but here it is for your calendar."))
        return
    data = {"key": found.id, "day": day.isoformat() if day is not None else "", "told": "yes"}
    await talk.once("keep", lambda effects: effects.put("favourite", found.id, {"on": talk.today.isoformat()}))
    await talk.once(f"eve {eve}", lambda effects: effects.schedule("mission_eve", found.id, at, data))
    if day is None:
        talk.say(
            _(
                "I will remind you of “{title}” on {day:date} at {hour:time}.",
                title=found.title_in(talk.language),
                day=eve,
                hour=at,
            )
        )
    else:
        talk.say(
            _(
                "It is on {day:date}: I will write to you on {eve:date} at {hour:time}. The file puts it into your "
                "calendar too.",
                day=day,
                eve=eve,
                hour=at,
            )
        )
    with_acts(talk, act(talk, _("No reminder after all"), "x", found), act(talk, _("Another day"), "d", found))


def appointment(talk: Talk, found: Mission, day: date) -> Appointment:
    """The mission in one's own calendar."""
    return Appointment(
        key=f"{found.id}/{day.isoformat()}",
        title=found.title_in(talk.language),
        day=day,
        opens=found.opens,
        closes=found.closes,
        where=", ".join(part for part in (found.sites[0].postcode, found.sites[0].city) if part) if found.sites else "",
        notes=found.organisation,
        url=found.url,
    )


async def no_reminder(talk: Talk, found: Mission) -> None:
    await talk.once("eve", lambda effects: effects.cancel("mission_eve", found.id))
    talk.say(_("All right, no reminder. If they expect you, tell them: a word by their page is enough."))
    if page_of(found):
        talk.offer(talk.link(_("Open their page"), found.url))


async def answered(talk: Talk, found: Mission) -> None:
    await talk.once("ask", lambda effects: effects.cancel("mission_answer", found.id))
    talk.say(_("Good. Have a fine time with {organisation}.", organisation=found.organisation))
    with_acts(talk, act(talk, _("Remind me the day before"), "d", found))


async def not_answered(talk: Talk, found: Mission) -> None:
    """Another way to reach them, two others, and people to call: silence is common, most have few hands to answer."""
    silent = {
        **talk.records("favourite").get(found.id, {"on": talk.today.isoformat()}),
        "silent": talk.today.isoformat(),
    }
    await talk.once("silent", lambda effects: effects.put("favourite", found.id, silent))
    talk.say(
        _(
            "Silence is common, and it is not about you: those who answer are volunteers too. Another way to reach "
            "{organisation}:",
            organisation=found.organisation,
        )
    )
    announcement = Announcement(found, talk.language)
    for sentence in announcement.all_on("contact", 1):
        talk.say(_("• {sentence}", sentence=sentence))
    if not page_of(found):
        talk.say(_("• {contact}", contact=reached_at(found)))
    talk.say(_("• their number is usually on their page, and a call or a visit often works better than a message;"))
    town = next((site.city for site in found.sites if site.city), "")
    talk.say(
        _("• the town hall of {city} knows who answers for them.", city=town)
        if town
        else _("• your town hall or France Bénévolat knows their local team.")
    )
    others = [match.mission for match in await alternatives(talk, found)]
    if others:
        talk.say(_("Meanwhile, here are two others:") if len(others) > 1 else _("Meanwhile, here is another:"))
        listed(talk, others)
        talk.lay(MISSIONS, [found.id, *(one.id for one in others)])
    if page_of(found):
        talk.offer(talk.link(page_label(found), found.url))
    if found.finder and found.finder != found.url:
        talk.offer(talk.link(_("Their local teams"), found.finder))
    person = next((one for one in contacts() if one.url), None)
    if person is not None:
        talk.offer(talk.link(person.name, person.url))
    if not others:
        talk.offer(talk.start(_("Find a mission"), "volunteer"))


async def offer_alert_like(talk: Talk, found: Mission) -> None:
    """To be told of what is new and like a mission: one press, or a yes; the topic `alerts` takes it from there."""
    site = next((site for site in found.sites if site.code), None)
    place = talk.catalogue.places.by_code(site.code) if site is not None else None
    wish = Wish(place=place, causes=found.causes[:1])
    kept = {"wish": wish.as_json(), "causes": list(wish.causes)}
    await talk.once(f"draft {found.id}", lambda effects: effects.put("draft", "search", kept))
    propose_alert(talk, wish)


async def ask_again(talk: Talk, found: Mission) -> None:
    await talk.once("ask", lambda effects: ask_later(effects, found, talk.now))
    talk.say(_("I will ask again in {days:number} days.", days=ANSWER_DAYS))


Act = Callable[[Talk, Mission], Awaitable[None]]
ACTS: dict[str, Act] = {
    "i": show,
    "s": show,
    "j": join,
    "q": do_not_ask,
    "k": keep,
    "u": let_go,
    "m": on_map,
    "d": day_before,
    "y": answered,
    "n": not_answered,
    "w": ask_again,
    "x": no_reminder,
}
"""What the buttons of a mission do, by the letter they carry."""


async def alternatives(talk: Talk, found: Mission) -> list[Match]:
    """Two like it, around the same place."""
    site = next((site for site in found.sites if site.lat is not None and site.lon is not None), None)
    point = (site.lat, site.lon) if site is not None and site.lat is not None and site.lon is not None else None
    wish = Wish(point=point, excluded=tuple(talk.records("unwanted")))
    return list((await talk.catalogue.like(found, wish, today=talk.today, limit=2)).found)


async def remind(talk: Talk, due: dict[str, Any]) -> None:
    """Composed when due, so that what has changed since is said."""
    found = await talk.catalogue.mission(str(due["key"]))
    if found is None:
        return
    quote_need(talk, found)
    title = found.title_in(talk.language)
    day = due.get("day")
    if day is None and "told" not in due:
        talk.say(_("Did {organisation} answer you about “{title}”?", organisation=found.organisation, title=title))
        with_acts(talk, act(talk, _("Yes"), "y", found), act(talk, _("No"), "n", found))
        with_acts(talk, act(talk, _("Ask me later"), "w", found), act(talk, _("Do not ask me"), "q", found))
        return
    ahead = (date.fromisoformat(day) - talk.today).days if day else 0
    if not day:
        talk.say(_("You asked me to remind you: <b>{title}</b>", title=title))
    elif ahead == 1:
        talk.say(_("Tomorrow, {day:date}: <b>{title}</b>", day=date.fromisoformat(day), title=title))
    else:
        talk.say(_("On {day:date}: <b>{title}</b>", day=date.fromisoformat(day), title=title))
    lines: list[str] = [found.organisation]
    if found.sites:
        lines.append(" ".join(part for part in (found.sites[0].postcode, found.sites[0].city) if part))
    talk.say(_("{lines}", lines="\n".join(line for line in lines if line)))
    if not await talk.catalogue.is_listed(found.id, talk.today):
        talk.say(_("It is no longer announced: check with them before you go."))
    if page_of(found):
        talk.offer(talk.link(_("Open their page"), found.url))


@topic(
    "favourites",
    title=_("My favourites"),
    command="favoris",
    commands={"en": "favourites"},
    hint=_("The missions I kept"),
    passing=True,
)
async def favourites_topic(talk: Talk) -> None:
    """The list of kept missions."""
    await favourites(talk)


async def favourites(talk: Talk) -> None:
    """What the person kept, the latest first."""
    kept = sorted(talk.records("favourite").items(), key=lambda item: str(item[1].get("on", "")), reverse=True)
    found = [one for mission_id, _kept in kept[:SHOWN] if (one := await talk.catalogue.mission(mission_id)) is not None]
    if not found:
        talk.say(_("You have kept no mission yet. “Keep it” under a mission puts it here."))
        talk.offer(talk.start(_("Find a mission"), "volunteer"))
        return
    talk.say(_("The missions you kept:"))
    talk.lay(KEPT, [one.id for one in found])
    for one in found:
        title = one.title_in(talk.language)
        over = not await talk.catalogue.is_listed(one.id, talk.today)
        line = (
            _("• {title}, {organisation} (over)", title=title, organisation=one.organisation)
            if over
            else _("• {title}, {organisation}", title=title, organisation=one.organisation)
        )
        talk.say(line)
        label = Phrase("{title}", {"title": shortened(title, 40)})
        with_acts(talk, act(talk, label, "i", one), act(talk, _("Let go"), "u", one))
