"""An organisation: what it does, what is known of the rate for gifts to it, where to help, where to give.

Rests on `data/organisations.csv`, where each fact has its source and day. A rate is never asserted from a name alone:
the law decides by what the body does with the gift (CGI, article 200), and the receipt says it. What is not in the
table is looked up in the national directory where a setting allows it: that says who exists, and nothing of receipts.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.causes import cause_name
from bot.catalogue.directory import Registered
from bot.catalogue.folding import fold, stems
from bot.catalogue.known import known_organisations
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import may_say
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Wish
from bot.dialogue.replies import Button
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Alone, Hears, points, topic
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Reading, Said
from bot.questions.organisation import Organisation
from bot.questions.place import Where
from handlers.organisation.giving import (
    ANY_BODY,
    bodies_of,
    place_meant,
    says_giving,
    show_appeals,
    show_teams,
    wants_near,
)
from handlers.volunteer.mission_card import act, shortened

BODIES = known_organisations()
SHOWN = 4
LOOKED_AT = 30
"""Bodies of a cause among which those nearest to the words are chosen."""
FOUND = 3
"""Bodies of the directory that are shown."""
NEAR = "near"
"""Near a place that is not told yet."""
LONGEST_LABEL = 24
SHORTEST_WORD = 5
CAUSES = ("solidarity", "elderly", "education", "environment", "animals", "health")
"""The causes offered when nothing was said."""
DIRECTORY = "https://annuaire-entreprises.data.gouv.fr"
NUMBER = re.compile(r"[Ww]?\d[\d ]{7,16}")
SURE = "sure"
"""The question whether a body can be trusted."""


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
    links=("organisation", "cause", "place", "about"),
    names=("organisation", "cause"),
    hears=Hears(slots={"organisation", "place", "radius_km", "cause", "amount"}, begins={Alone.REGISTRY_NUMBER}),
)
async def organisation(talk: Talk) -> None:
    """Which body, or which cause, unless it was said; then what is known of it."""
    cause = talk.slots.get("cause")
    near = await talk.once("near", lambda _effects: meant_near(talk))
    if near:
        causes = tuple(cause) if isinstance(cause, list) else (str(cause),) if cause else ()
        await give_near(talk, near, causes)
        return
    if cause and "organisation" not in talk.slots and not talk.wants("organisation"):
        for_cause(talk, str(cause[0] if isinstance(cause, list) else cause))
        return
    if not talk.wants("organisation"):
        what_is_known(talk)
    name = await talk.ask("organisation", Named(), _("Which association or foundation?"))
    body = known(name)
    if body is None:
        await unknown(talk, name)
    elif talk.slots.get("about") == SURE:
        trusted(talk, body)
    else:
        await describe(talk, body)


def meant_near(talk: Talk) -> str:
    """The key of the place near which any body is asked for; `NEAR` where it is not said yet, empty for none."""
    place = place_meant(talk)
    if wants_near(talk) and (place is not None or "organisation" not in talk.slots):
        return place.key if place is not None else NEAR
    is_named = "organisation" in talk.slots or talk.wants("organisation")
    return place.key if place is not None and not is_named and says_giving(talk) else ""


async def give_near(talk: Talk, key: str, causes: tuple[str, ...]) -> None:
    """What is collected for near a place; where nothing is known to be, the bodies that act there."""
    if key == NEAR:
        talk.say(_("I can tell what is collected for near you, and who acts there."))
        key = await talk.ask("town", Where(), _("In which town? Write it, or a postcode."), slot="place")
    place = talk.catalogue.places.by_code(key)
    if place is None:
        what_is_known(talk)
        return
    there_are = await show_appeals(talk, place, causes)
    has_teams = not there_are and show_teams(talk, place, causes)
    if causes:
        if there_are:
            talk.offer(talk.start(_("Bodies for this cause"), "organisation", "cause", causes[0]))
        else:
            for_cause(talk, causes[0], here=place.name)
        return
    bodies = bodies_of(place, foundations=bool(ANY_BODY.search(fold(talk.words))))
    if bodies:
        talk.say(_("Bodies of {place} that I know:", place=place.name))
        for body in bodies:
            talk.say(_("<b>{name}</b>: {about}", name=body.short, about=body.about(talk.language)))
        in_pairs(talk, [to_body(talk, one) for one in bodies if len(one.short) <= LONGEST_LABEL])
        talk.lay("organisations", [body.short for body in bodies])
    if not bodies and not has_teams:
        talk.say(_("Choose a cause, and I name those that act there; the town hall knows the others."))
    if not bodies:
        in_pairs(talk, [talk.start(cause_name(cause), "organisation", "cause", cause) for cause in CAUSES[:4]])


def what_is_known(talk: Talk) -> None:
    """What one can ask here, with a few causes to begin with."""
    talk.say(
        _(
            "Tell me its name or its number (SIREN, RNA): I say what it does, what is known of its gifts, and where to "
            "help. Or choose a cause, and I name those I know."
        )
    )
    in_pairs(talk, [talk.start(cause_name(cause), "organisation", "cause", cause) for cause in CAUSES])


def known(name: str) -> Body | None:
    """The body that this name or number means, by its name or surely enough by its likeness."""
    if NUMBER.fullmatch(name.strip()):
        return BODIES.numbered(name)
    exact = BODIES.named(name)
    if exact is not None:
        return exact
    found = BODIES.find(name)
    return found[0].organisation if found and found[0].sure else None


async def describe(talk: Talk, body: Body) -> None:
    """What it does, what may be said of gifts to it, and the ways to help, give or compare."""
    talk.say(_("<b>{name}</b>. {about}", name=body.name, about=body.about(talk.language)))
    talk.say(may_say(body))
    talk.fold(registration(body))
    if body.standing != "not_a_gift" and body.site:
        talk.fold(_("To give: on its own site, never by a link that somebody sends you."))
    missions = await missions_of(talk, body)
    if missions:
        label = Phrase("{title}", {"title": shortened(missions[0].title_in(talk.language), 40)})
        title = missions[0].title_in(talk.language)
        talk.say(_("Where to help with {name}: {title}.", name=body.short, title=title))
        button = act(talk, label, "i", missions[0])
        if button is not None:
            talk.suggest(button)
    row = []
    if body.standing != "not_a_gift" and len(body.short) <= LONGEST_LABEL:
        row.append(talk.start(_("Estimate a gift"), "donation", "organisation", body.short))
    if body.volunteer_url or body.site:
        row.append(talk.link(_("Help there"), body.volunteer_url or body.site))
    talk.offer(*row)
    others = [one for one in BODIES.like(body, near=town(talk)) if len(one.short) <= LONGEST_LABEL][:2]
    if others:
        talk.say(_("Close to it: {names:list}.", names=[one.short for one in others]))
        in_pairs(talk, [to_body(talk, one) for one in others])
    talk.lay("organisation", [body.short])


def registration(body: Body) -> Phrase:
    """Its number in a register, where one is known, and where to check it."""
    if not body.identifier:
        return _("I have not its number in the registers: ask for it, and check it in the national directory.")
    return _(
        "Registered as {kind} {identifier}. You can check it in the national directory of companies and associations.",
        kind=body.identifier_type,
        identifier=body.identifier,
    )


def trusted(talk: Talk, body: Body) -> None:
    """Whether it can be trusted: what can be checked, and no mark of ours."""
    talk.say(
        _(
            "I give no marks, but this is what can be checked of <b>{name}</b>. {about}",
            name=body.name,
            about=body.about(talk.language),
        )
    )
    talk.say(registration(body))
    talk.say(_("Look at its yearly report, and ask which receipt it gives: a clear answer is a good sign."))
    talk.fold(may_say(body))
    talk.fold(_("To give: on its own site, never by a link that somebody sends you."))
    row = [talk.start(_("How to check an association"), "answers", "answer", "donors/verifier-association")]
    if body.identifier_type == "SIREN":
        row.append(talk.link(_("National directory"), f"{DIRECTORY}/entreprise/{body.identifier}"))
    if body.site:
        row.append(talk.link(_("Its site"), body.site))
    talk.offer(*row)
    talk.offer(talk.start(_("What it does"), "organisation", "organisation", body.short))
    talk.lay("organisation", [body.short])


async def missions_of(talk: Talk, body: Body) -> list[Mission]:
    """What this body is looking for now, near the place that was said if one was."""
    place = talk.slots.get("place")
    code = f"{place.get('level')}:{place.get('code')}" if isinstance(place, dict) else ""
    wish = Wish(text=body.short, place=talk.catalogue.places.by_code(code) if code else None)
    results = await talk.catalogue.search(wish, today=talk.today, limit=20)
    return [match.mission for match in results.found if match.mission.organisation_id == body.id]


def town(talk: Talk) -> str:
    """The name of the place that was said in passing."""
    place = talk.slots.get("place")
    return str(place.get("name", "")) if isinstance(place, dict) else ""


def for_cause(talk: Talk, cause: str, here: str = "") -> None:
    """A few bodies for a cause: those of the town that was said, then those that do what the words say."""
    here = here or town(talk)
    found = nearest(BODIES.for_cause(cause, LOOKED_AT, near=here), talk)
    if not found:
        talk.say(
            _("I know no association for this cause yet. Your town’s “maison des associations” knows those near you.")
        )
        return
    name = cause_name(cause)
    if here and is_of(found[0], here):
        talk.say(_("For this cause ({cause}), those I know in {town} first:", cause=name, town=here))
    elif here:
        talk.say(
            _("For this cause ({cause}) I know none of {town} itself. In the whole country:", cause=name, town=here)
        )
    else:
        talk.say(_("For this cause ({cause}), among those I know:", cause=name))
    for body in found:
        talk.say(_("<b>{name}</b>: {about}", name=body.short, about=body.about(talk.language)))
    if here:
        talk.fold(
            _("Those of the whole country may have a branch there: see on their site. The town hall knows the others.")
        )
    in_pairs(talk, [to_body(talk, one) for one in found if len(one.short) <= LONGEST_LABEL])
    talk.offer(talk.start(_("Find a mission"), "volunteer", "cause", cause))
    talk.lay("organisations", [body.short for body in found])


def nearest(bodies: list[Body], talk: Talk) -> list[Body]:
    """The few that do what was said, in their order; those of the town stay before the others."""
    synonyms = talk.catalogue.synonyms
    here, wanted = town(talk), ideas_of(talk.words, synonyms)

    def distance(body: Body) -> tuple[bool, int]:
        shared = wanted & ideas_of(f"{body.name} {body.about_fr} {body.about_en}", synonyms)
        return not (here and is_of(body, here) and shared), -len(shared)

    return sorted(bodies, key=distance)[:SHOWN]


def ideas_of(text: str, synonyms: Synonyms) -> set[str]:
    """The words of a text as they are compared, and the ideas they make."""
    return {idea.word for idea in synonyms.ideas(text)} | {word for word in stems(text) if len(word) >= SHORTEST_WORD}


def is_of(body: Body, town: str) -> bool:
    """Whether it is a body of that town."""
    return body.scope != "national" and body.city.startswith(town)


def to_body(talk: Talk, body: Body) -> Button:
    """A button that opens a body."""
    return talk.start(_("{name}", name=body.short), "organisation", "organisation", body.short)


def in_pairs(talk: Talk, buttons: list[Button]) -> None:
    """Two buttons in a row."""
    for first in range(0, len(buttons), 2):
        talk.offer(*buttons[first : first + 2])


@points("organisation")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked of the body on show: is it real, where is that from, how to join, what else there is like it."""
    if talk.table is None or not talk.table.items:
        return False
    items = talk.table.items
    is_one = talk.table.shows == "organisation"
    rank = about.item if about.item is not None else 0 if is_one else None
    if rank is None or not -len(items) <= rank < len(items):
        return False
    body = BODIES.named(items[rank])
    if body is None:
        return False
    if not is_one:
        await describe(talk, body)
        return True
    match about.act:
        case "real" | "sure":
            trusted(talk, body)
        case "source":
            talk.say(may_say(body))
            talk.say(registration(body))
        case "join" | "contact" | "where" if body.volunteer_url or body.site:
            talk.say(_("On its own site, {name} says how to join and where its branches are.", name=body.short))
            talk.offer(talk.link(_("Help there"), body.volunteer_url or body.site))
        case "repeat" | "detail" | "shorter":
            talk.say(_("<b>{name}</b>. {about}", name=body.name, about=body.about(talk.language)))
        case _:
            return False
    return True


async def unknown(talk: Talk, name: str) -> None:
    """Not in the table: what the directory says of it, where it may be asked; then how to find out by oneself."""
    if await told_by_missions(talk, name):
        return
    listed = await talk.once(f"registered {name[:80]}", lambda _effects: looked_up(talk.catalogue, name))
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
            "• Look it up in the national directory of companies and associations, with its number.\n"
            "• Ask it whether it issues tax receipts, and for which rate: the receipt decides.\n"
            "• See its site and its yearly report; give only there."
        )
    )
    talk.fold(
        _(
            "Free meals, care or housing for people in difficulty open the higher rate; other causes of general "
            "interest the ordinary one."
        )
    )
    pages = [
        talk.link(_("{name}", name=shortened(one.name, 40)), f"{DIRECTORY}/entreprise/{one.siren}") for one in found
    ]
    for page in pages or [talk.link(_("National directory"), DIRECTORY)]:
        talk.offer(page)
    talk.offer(
        talk.start(_("How to check an association"), "answers", "answer", "donors/verifier-association"),
        talk.change(_("Another association"), "organisation"),
    )


async def told_by_missions(talk: Talk, name: str) -> bool:
    """A body that only its missions name: what it is looking for. Whether there was one."""
    results = await talk.catalogue.search(Wish(text=name), today=talk.today, limit=20)
    wanted = fold(name)
    missions = [match.mission for match in results.found if fold(match.mission.organisation) == wanted]
    if not missions:
        return False
    body = missions[0].organisation
    talk.say(_("<b>{name}</b> looks for volunteers: that is what I know of it.", name=body))
    for mission in missions[:FOUND]:
        talk.say(_("• {title}", title=mission.title_in(talk.language)))
        label = Phrase("{title}", {"title": shortened(mission.title_in(talk.language), 40)})
        button = act(talk, label, "i", mission)
        if button is not None:
            talk.offer(button)
    talk.fold(_("Ask it whether it issues tax receipts, and for which rate: the receipt decides."))
    return True


async def looked_up(catalogue: AwaitedCatalogue, name: str) -> list[dict[str, Any]] | None:
    """What the directory answered, as it is kept with the talk. None: it is not asked, or did not answer in time."""
    found = await catalogue.registered(name)
    return None if found is None else [asdict(one) for one in found]


def entry(one: Registered) -> Phrase:
    """A body of the directory in a line."""
    numbers = [f"SIREN {one.siren}", *([f"RNA {one.rna}"] if one.rna else [])]
    if not one.is_active:
        return _("• <b>{name}</b> ({numbers:list}): it has ceased its activity.", name=one.name, numbers=numbers)
    if one.city:
        return _("• <b>{name}</b>, {city} ({numbers:list})", name=one.name, city=one.city, numbers=numbers)
    return _("• <b>{name}</b> ({numbers:list})", name=one.name, numbers=numbers)
