"""Who can help near a place: points of support from the lists of this installation, then those of the whole country.

Each local point comes with its list and the day it was checked; where no list has anything, the town hall knows.
"""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from bot.catalogue.contacts import contacts
from bot.catalogue.place import Place
from bot.catalogue.support import KINDS, SupportPoint
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.i18n import render
from bot.phrase import Phrase, _
from bot.questions.place import HOME, Where
from handlers.alliance.pages import offer_ways
from handlers.shared.live import NAMES, line, live_near, missing
from handlers.volunteer.mission_card import shortened

SHOWN = 4


@topic("alliance_support", title=_("Who can help me"))
async def alliance_support(talk: Talk) -> None:
    """A place, which may be passed; then whom to see or call there."""
    where = await talk.ask("where", Where(), _("Near which place? A town, a postcode, a département."), skip=True)
    place = talk.catalogue.places.by_code(where) if where and where != HOME else None
    points = await talk.catalogue.support_near(place, SHOWN) if place is not None else []
    for point, km in points:
        show(talk, point, km, place)
    if points:
        talk.say(_("And everywhere:"))
    elif place is not None:
        talk.say(_("I have no list for {place} yet. These know who is near you:", place=place.label))
    if place is not None:
        await show_town_hall(talk, place)
    people = contacts(place)
    lines = [_("• <b>{name}</b>: {about}", name=one.name, about=one.about) for one in people]
    talk.say(Markup("\n").join(render(line, talk.language) for line in lines))
    talk.say(_("<b>Your next step:</b> call one of them this week, and say the need in one sentence."))
    talk.offer(*(talk.link(one.name, one.url) for one in people if one.url))
    talk.offer(talk.change(_("Another place"), "where"))
    offer_ways(talk, "actors", "steps")


async def show_town_hall(talk: Talk, place: Place) -> None:
    """The telephone of the town hall and of its social services, where they may be looked up."""
    found = await live_near(talk, "town_hall", place)
    if found:
        for one in found:
            talk.say(line(one))
        talk.fold(_("<i>Read today from {service}.</i>", service=NAMES["town_hall"]))
    elif found is None and (said := missing(talk, "town_hall")):
        talk.say(said)


def show(talk: Talk, point: SupportPoint, km: float, place: Place | None) -> None:
    """A point as one notes it: what it is, where, how to reach it, and where this was read."""
    lines: list[Phrase | str] = [_("<b>{name}</b>", name=point.name), _("{kind}", kind=KINDS[point.kind])]
    where = ", ".join(part for part in (point.address, point.city) if part)
    if place is not None and km >= 1:
        lines.append(_("{where} · {km:number} km away", where=where, km=Decimal(round(km))))
    elif where:
        lines.append(where)
    lines += [part for part in (point.phone, point.mail) if part]
    lines.append(_("<i>Source: {source}, checked on {day:date}.</i>", source=point.source, day=point.day))
    talk.say(Markup("\n").join(render(line, talk.language) for line in lines))
    if point.url:
        talk.offer(talk.link(Phrase("{name}", {"name": shortened(point.name, 40)}), point.url))
