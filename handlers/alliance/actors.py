"""Who already acts on a need, near a place: associations, the help they ask for, and people who know more.

Read from the catalogue of missions and published needs, and from the table of organisations. It names, with the day of
the catalogue; it vouches for nobody, and the first call is the person's own.
"""

from __future__ import annotations

from bot.catalogue.known import known_organisations
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Results, Wish, widened_phrase
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from bot.questions.activity import What
from bot.questions.place import HOME, Where
from handlers.alliance.pages import offer_ways
from handlers.volunteer.mission_card import listed
from handlers.volunteer.search_criteria import ACTIVITY

BODIES = known_organisations()
NEAR, MORE, NATIONAL = 3, 6, 3
"""How many are shown in full, how many more are named, how many national bodies."""


@topic("alliance_actors", title=_("Who already acts"))
async def alliance_actors(talk: Talk) -> None:
    """A place and a cause, each of which may be passed; then who is known there."""
    where = await talk.ask("where", Where(), _("Near which place? A town, a postcode, a département."), skip=True)
    what = await talk.ask("what", ACTIVITY, _("On which subject? Choose, or tell me in your own words."), skip=True)
    what = what or What()
    places = talk.catalogue.places
    wish = Wish(
        text=what.text,
        place=places.by_code(where) if where and where != HOME else None,
        causes=() if what.text else what.causes,
    )
    results = await talk.catalogue.search(wish, today=talk.today, limit=20)
    named = near(talk, results)
    national(talk, what.causes[0] if what.causes else "", named)
    talk.say(
        _("<b>Your next step:</b> call one of them. Say the need in one sentence, and ask what they cannot do alone.")
    )
    offer_ways(talk, "steps", "support")
    talk.offer(talk.change(_("Another place"), "where"), talk.change(_("Another subject"), "what"))


def near(talk: Talk, results: Results) -> set[str]:
    """The bodies behind what was found, the first ones with what they ask for; their names."""
    first: dict[str, Mission] = {}
    for match in results.found:
        first.setdefault(match.mission.organisation, match.mission)
    if not first:
        talk.say(_("I know nobody there for this yet. The town hall and a Guid’Asso point know those near you."))
        return set()
    said = widened_phrase(results)
    if said:
        talk.say(said)
    talk.say(_("They look for help there; they know the need:"))
    listed(talk, list(first.values())[:NEAR])
    others = list(first)[NEAR : NEAR + MORE]
    if others:
        talk.say(_("And also: {names:list}.", names=others))
    if results.fresh is not None:
        talk.say(_("<i>Catalogue read on {day:date}.</i>", day=results.fresh))
    return set(first)


def national(talk: Talk, cause: str, named: set[str]) -> None:
    """A few bodies with branches in the country, for the cause."""
    found = (
        [body for body in BODIES.for_cause(cause, NATIONAL + len(named)) if not named & {body.name, body.short}]
        if cause
        else []
    )
    if found:
        talk.say(_("In the whole country: {names:list}.", names=[body.short for body in found[:NATIONAL]]))
