"""What one does with a mission: join it, keep it, see it on the map, be reminded, say whether they answered.

Each button says which mission it is about, so that it works a month later. A few days after somebody joined, Allié asks
whether the association answered, and offers two others if it did not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bot.catalogue.mission import Mission
from bot.catalogue.shared import catalogue
from bot.catalogue.wish import Match, Wish
from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.documents.calendar_file import MEDIA_TYPE, Appointment, calendar_file
from bot.documents.locator import locator_png
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.when import ComingDay
from handlers.volunteer.mission_card import (
    act,
    linked_id,
    listed,
    page_of,
    reached_at,
    share,
    shortened,
    show_mission,
    with_acts,
)

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
    found = await catalogue().mission(linked_id(asked, str(talk.slots[asked]))) if asked else None
    if asked is None or found is None:
        talk.say(_("I no longer know this mission. Shall we look for others?"))
        talk.offer(talk.start(_("Find a mission"), "volunteer"))
        return
    await ACTS[asked](talk, found)


async def show(talk: Talk, found: Mission) -> None:
    """The whole card, and what can be done."""
    show_mission(talk, found)
    if not await catalogue().is_listed(found.id, talk.today):
        talk.say(_("This mission is over, full, or no longer announced."))
        with_acts(talk, act(talk, _("Others like it"), "n", found))
        return
    with_acts(talk, act(talk, _("I want to go"), "j", found), act(talk, _("Keep it"), "k", found))
    is_placed = any(site.lat is not None for site in found.sites)
    with_acts(talk, share(talk, found), act(talk, _("On the map"), "m", found) if is_placed else None)
    talk.offer(talk.start(_("Find a mission"), "volunteer"))


async def join(talk: Talk, found: Mission) -> None:
    """The link, what to write there, and the promise to ask whether they answered."""
    if not await catalogue().is_listed(found.id, talk.today):
        await show(talk, found)
        return
    await talk.once("ask", lambda effects: ask_later(effects, found, talk.now))
    await talk.once("keep", lambda effects: effects.put("favourite", found.id, {"on": talk.today.isoformat()}))
    talk.say(_("<b>{title}</b>\n{organisation}", title=found.title_in(talk.language), organisation=found.organisation))
    if page_of(found):
        talk.say(_("Open their page and write to them. You can copy this, and add your first name and a number:"))
    else:
        talk.say(_("Contact: {contact}", contact=reached_at(found)))
        talk.say(_("Write to them. You can copy this, and add your first name and a number:"))
    # In French whatever the language of the talk: an association in France reads it.
    letter = text_of(Phrase(LETTER.message, {"title": found.title}), "fr")
    talk.say(_("<code>{letter}</code>", letter=letter))
    talk.say(
        _("In {days:number} days I will ask you whether they answered. It stays in your favourites.", days=ANSWER_DAYS)
    )
    if page_of(found):
        talk.offer(talk.link(_("Open their page"), found.url))
    with_acts(talk, act(talk, _("Remind me the day before"), "d", found))
    with_acts(talk, act(talk, _("Do not ask me"), "q", found))


LETTER = _(
    "Hello, I would like to help with “{title}”. Could you tell me how to begin, and when I could meet you? Thank you."
)


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
    chosen = day
    eve = datetime.combine(chosen - timedelta(days=1), EVE_AT, talk.now.tzinfo)
    appointment = Appointment(
        key=f"{found.id}/{chosen.isoformat()}",
        title=found.title_in(talk.language),
        day=chosen,
        opens=found.opens,
        closes=found.closes,
        where=", ".join(part for part in (found.sites[0].postcode, found.sites[0].city) if part) if found.sites else "",
        notes=found.organisation,
        url=found.url,
    )
    talk.attach(File("allie-mission.ics", MEDIA_TYPE, calendar_file(appointment, made=talk.now)))
    if eve <= talk.now:
        talk.say(_("It is too soon for a word the day before, but here it is for your calendar."))
        return
    data = {"key": found.id, "day": chosen.isoformat()}
    await talk.once("keep", lambda effects: effects.put("favourite", found.id, {"on": talk.today.isoformat()}))
    await talk.once(f"eve {chosen}", lambda effects: effects.schedule("mission_eve", found.id, eve, data))
    talk.say(
        _(
            "I will write to you on {day:date} at {hour:time}. The file puts it into your calendar too.",
            day=eve.date(),
            hour=eve,
        )
    )
    with_acts(talk, act(talk, _("No reminder after all"), "x", found))


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
    """Two others, since silence happens: most associations have few hands to answer."""
    talk.say(
        _(
            "Silence is common, and it is not about you: those who answer are volunteers too. A call often works "
            "better. Meanwhile, here are two others:"
        )
    )
    others = [match.mission for match in await alternatives(talk, found)]
    listed(talk, others)
    if not others:
        talk.offer(talk.start(_("Find a mission"), "volunteer"))


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
    return list((await catalogue().like(found, wish, today=talk.today, limit=2)).found)


async def remind(talk: Talk, due: dict[str, Any]) -> None:
    """Composed when due, so that what has changed since is said."""
    found = await catalogue().mission(str(due["key"]))
    if found is None:
        return
    title = found.title_in(talk.language)
    day = due.get("day")
    if day is None:
        talk.say(_("Did {organisation} answer you about “{title}”?", organisation=found.organisation, title=title))
        with_acts(talk, act(talk, _("Yes"), "y", found), act(talk, _("No"), "n", found))
        with_acts(talk, act(talk, _("Ask me later"), "w", found), act(talk, _("Do not ask me"), "q", found))
        return
    talk.say(_("Tomorrow, {day:date}: <b>{title}</b>", day=date.fromisoformat(day), title=title))
    lines: list[str] = [found.organisation]
    if found.sites:
        lines.append(" ".join(part for part in (found.sites[0].postcode, found.sites[0].city) if part))
    talk.say(_("{lines}", lines="\n".join(line for line in lines if line)))
    if not await catalogue().is_listed(found.id, talk.today):
        talk.say(_("It is no longer announced: check with them before you go."))
    if page_of(found):
        talk.offer(talk.link(_("Open their page"), found.url))


@topic(
    "favourites",
    title=_("My favourites"),
    command="favoris",
    hint=_("The missions I kept"),
    passing=True,
)
async def favourites_topic(talk: Talk) -> None:
    """The list of kept missions."""
    await favourites(talk)


async def favourites(talk: Talk) -> None:
    """What the person kept, the latest first."""
    kept = sorted(talk.records("favourite").items(), key=lambda item: str(item[1].get("on", "")), reverse=True)
    found = [one for mission_id, _kept in kept[:SHOWN] if (one := await catalogue().mission(mission_id)) is not None]
    if not found:
        talk.say(_("You have kept no mission yet. “Keep it” under a mission puts it here."))
        talk.offer(talk.start(_("Find a mission"), "volunteer"))
        return
    talk.say(_("The missions you kept:"))
    for one in found:
        title = one.title_in(talk.language)
        over = not await catalogue().is_listed(one.id, talk.today)
        line = (
            _("• {title}, {organisation} (over)", title=title, organisation=one.organisation)
            if over
            else _("• {title}, {organisation}", title=title, organisation=one.organisation)
        )
        talk.say(line)
        label = Phrase("{title}", {"title": shortened(title, 40)})
        with_acts(talk, act(talk, label, "i", one), act(talk, _("Let go"), "u", one))
