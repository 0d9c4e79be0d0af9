"""An organisation: what it does, what is known of the rate for gifts to it, where to help, where to give.

Rests on `data/organisations.csv`, where each fact has its source and day. A rate is never asserted from a name alone:
the law decides by what the body does with the gift (CGI, article 200), and the receipt says it. What is not in the
table is looked up in the national directory where a setting allows it: that says who exists, and nothing of receipts.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from bot.catalogue.causes import cause_name
from bot.catalogue.directory import Registered
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import Organisations, may_say
from bot.catalogue.shared import catalogue
from bot.catalogue.wish import Wish
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Reading, Said
from bot.questions.organisation import Organisation
from handlers.volunteer.mission_card import act, shortened, with_acts

BODIES = Organisations()
SHOWN = 6
MISSIONS = 2
"""Missions of a body that are offered with it."""
FOUND = 3
"""Bodies of the directory that are shown."""
LONGEST_LABEL = 24
DIRECTORY = "https://annuaire-entreprises.data.gouv.fr"
NUMBER = re.compile(r"[Ww]?\d[\d ]{7,12}")


class Named(Organisation):
    """A body by its name, or by its SIREN or RNA number."""

    def read(self, said: Said) -> Reading[str]:
        return Answer(said.text.strip()) if NUMBER.fullmatch(said.text.strip()) else super().read(said)


@topic(
    "organisation",
    title=_("Know an association"),
    command="association",
    hint=_("Know an association, or find one for a cause"),
    menu=65,
    links=("organisation", "cause", "place"),
    answers="donors",
)
async def organisation(talk: Talk) -> None:
    """Which body, or which cause, unless it was said; then what is known of it."""
    cause = talk.slots.get("cause")
    if cause and "organisation" not in talk.slots and not talk.wants("organisation"):
        for_cause(talk, str(cause[0] if isinstance(cause, list) else cause))
        return
    name = await talk.ask("organisation", Named(), _("Which association or foundation?"))
    body = known(name)
    if body is None:
        await unknown(talk, name)
        return
    talk.say(_("<b>{name}</b>. {about}", name=body.name, about=body.about(talk.language)))
    talk.say(may_say(body))
    if body.identifier:
        talk.say(
            _(
                "Registered as {kind} {identifier}. You can check it in the national directory of companies and "
                "associations.",
                kind=body.identifier_type,
                identifier=body.identifier,
            )
        )
    await offer_ways(talk, body)


def known(name: str) -> Body | None:
    """The body that this name or number means, by its name or surely enough by its likeness."""
    if NUMBER.fullmatch(name.strip()):
        return BODIES.numbered(name)
    exact = BODIES.named(name)
    if exact is not None:
        return exact
    found = BODIES.find(name)
    return found[0].organisation if found and found[0].sure else None


async def offer_ways(talk: Talk, body: Body) -> None:
    """To give, to help, to compare: what one can do next."""
    where = town(talk)
    missions = await missions_of(talk, body)
    if missions:
        talk.say(_("Where to help with {name}:", name=body.short))
        for mission in missions:
            title = mission.title_in(talk.language)
            talk.say(_("• {title}", title=title))
            with_acts(talk, act(talk, Phrase("{title}", {"title": shortened(title, 40)}), "i", mission))
    if body.standing != "not_a_gift" and body.site:
        talk.say(_("To give: on its own site, never by a link that somebody sends you."))
    if body.standing != "not_a_gift" and len(body.short) <= LONGEST_LABEL:
        talk.offer(talk.start(_("Estimate a gift"), "donation", "organisation", body.short))
    if body.volunteer_url or body.site:
        talk.offer(talk.link(_("Help there"), body.volunteer_url or body.site))
    if body.site:
        talk.offer(talk.link(_("Its site"), body.site))
    others = [one for one in BODIES.like(body, near=where) if len(one.short) <= LONGEST_LABEL][:2]
    if others:
        talk.say(_("Close to it: {names:list}.", names=[one.short for one in others]))
        offer_organisations(talk, others)


async def missions_of(talk: Talk, body: Body) -> list[Mission]:
    """What this body is looking for now, near the place that was said if one was."""
    place = talk.slots.get("place")
    code = f"{place.get('level')}:{place.get('code')}" if isinstance(place, dict) else ""
    wish = Wish(text=body.short, place=catalogue().places.by_code(code) if code else None)
    results = await catalogue().search(wish, today=talk.today, limit=20)
    theirs = [match.mission for match in results.found if match.mission.organisation_id == body.id]
    return theirs[:MISSIONS]


def town(talk: Talk) -> str:
    """The name of the place that was said in passing."""
    place = talk.slots.get("place")
    return str(place.get("name", "")) if isinstance(place, dict) else ""


def for_cause(talk: Talk, cause: str) -> None:
    """A few bodies for a cause, those of the town that was said first, then the best documented."""
    found = BODIES.for_cause(cause, SHOWN, near=town(talk))
    if not found:
        talk.say(
            _("I know no association for this cause yet. Your town's “maison des associations” knows those near you.")
        )
        return
    talk.say(_("For this cause ({cause}), among those I know:", cause=cause_name(cause)))
    for body in found:
        talk.say(_("<b>{name}</b>: {about}", name=body.short, about=body.about(talk.language)))
    offer_organisations(talk, [one for one in found if len(one.short) <= LONGEST_LABEL])
    talk.offer(talk.start(_("Find a mission"), "volunteer", "cause", cause))


def offer_organisations(talk: Talk, organisations: list[Body]) -> None:
    """A button for each, two in a row."""
    for first in range(0, len(organisations), 2):
        pair = organisations[first : first + 2]
        talk.offer(
            *(talk.start(_("{name}", name=one.short), "organisation", "organisation", one.short) for one in pair)
        )


async def unknown(talk: Talk, name: str) -> None:
    """Not in the table: what the directory says of it, where it may be asked; then how to find out by oneself."""
    listed = await talk.once(f"registered {name[:80]}", lambda _effects: looked_up(name))
    found = [Registered(**one) for one in listed or ()][:FOUND]
    if found:
        talk.say(
            _("I have nothing of my own on “{name}”. I asked the national directory for this name alone:", name=name)
        )
        for one in found:
            talk.say(entry(one))
        talk.say(_("Being registered says nothing of tax receipts. Here is how to know:"))
    else:
        talk.say(_("I do not know “{name}” yet, so I will not guess. Here is how to know:", name=name))
    if listed == []:
        talk.say(_("The national directory has no association of this name; many small ones are not in it."))
    talk.say(
        _(
            "• Ask it whether it issues tax receipts, and for which rate: the receipt decides.\n"
            "• Free meals, care or housing for people in difficulty open the higher rate; other causes of general "
            "interest the ordinary one.\n"
            "• Look it up in the national directory of companies and associations: it should be there with its number."
        )
    )
    pages = [
        talk.link(_("{name}", name=shortened(one.name, 40)), f"{DIRECTORY}/entreprise/{one.siren}") for one in found
    ]
    for page in pages or [talk.link(_("National directory"), DIRECTORY)]:
        talk.offer(page)
    talk.offer(talk.change(_("Another association"), "organisation"))


async def looked_up(name: str) -> list[dict[str, Any]] | None:
    """What the directory answered, as it is kept with the talk. None: it is not asked, or did not answer in time."""
    found = await catalogue().registered(name)
    return None if found is None else [asdict(one) for one in found]


def entry(one: Registered) -> Phrase:
    """A body of the directory in a line."""
    numbers = [f"SIREN {one.siren}", *([f"RNA {one.rna}"] if one.rna else [])]
    if not one.is_active:
        return _("• <b>{name}</b> ({numbers:list}): it has ceased its activity.", name=one.name, numbers=numbers)
    if one.city:
        return _("• <b>{name}</b>, {city} ({numbers:list})", name=one.name, city=one.city, numbers=numbers)
    return _("• <b>{name}</b> ({numbers:list})", name=one.name, numbers=numbers)
