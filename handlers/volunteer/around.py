"""What is there, where nobody announced anything: local teams that public sources name, people to call, and public
searches opened at the place and for what was asked.

Nothing is claimed of a place that is not known of it: a national network is said to be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.catalogue.known import known_networks
from bot.catalogue.live_searches import LiveSearch, live_searches
from bot.catalogue.networks import Branch
from bot.catalogue.place import Place
from bot.catalogue.schedule import wished_times
from bot.catalogue.search import SCREEN
from bot.catalogue.wish import Match, Results, Wish
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from handlers.volunteer.search_criteria import Search

__all__ = ["is_undated", "offer_searches", "say_who_is_there", "searches_for", "undated_phrase"]

LAST = 99
LONGEST_PERIOD = 62
"""Days of a period from which a search by dates shows what is on all year."""


def undated_phrase(place: Place) -> Phrase:
    """That nothing dated is known of a place."""
    name = named(place)
    if place.level in ("commune", "arrondissement") and not name.startswith(("Le ", "Les ")):
        return _("I know no dated offer in {place}. These networks may have a team there, to be checked:", place=name)
    return _("I know no dated offer for {place}. These networks may have a team there, to be checked:", place=name)


def named(place: Place) -> str:
    """A place as one says it in a sentence: "Mende", "Paris 18e"."""
    return place.label if place.level == "arrondissement" else place.name


def is_undated(results: Results) -> bool:
    """Whether a place was asked for and nothing that was announced there was found."""
    wish = results.wish
    if wish.place is None or wish.place.level == "country" or wish.remote:
        return False
    return all(match.mission.is_evergreen for match in results.found)


async def say_who_is_there(talk: Talk, search: Search, results: Results, shown: Sequence[Match]) -> None:
    """What public sources say of the place, or that nothing is known of it; and somebody to call there."""
    place = search.wish.place
    if place is None or not is_undated(results):
        return
    branches = known_networks().branches_at(place)
    networks = [match.mission.network for match in (*shown, *results.found[: 3 * SCREEN]) if match.mission.network]
    causes = wanted_causes(talk, search)
    teams = [branch for branch in branches if not branch.call]
    if search.what:
        teams = [team for team in teams if team.network in networks or not causes.isdisjoint(of_causes(team))]
    for team in sorted(teams, key=lambda one: networks.index(one.network) if one.network in networks else LAST)[:1]:
        talk.say(
            _(
                "{seen}: <b>{name}</b>, {text}.",
                seen=seen_phrase(team),
                name=team.name,
                text=team.text_in(talk.language),
            )
        )
    if not teams:
        talk.say(_("I know no local team there that I have checked."))
    points = await talk.catalogue.support_near(place, 1)
    callers = [branch for branch in branches if branch.call and is_for(branch, place, causes)]
    if points:
        point = points[0][0]
        talk.say(_("To call: {who}.", who=" ".join(part for part in (point.name, point.phone) if part)))
    elif callers:
        talk.say(_("To call: {who}, {about}.", who=callers[0].name, about=callers[0].text_in(talk.language)))
    elif place.level in ("commune", "arrondissement"):
        talk.say(_("To call: the town hall ({city}), which knows its associations.", city=named(place)))
    else:
        talk.say(_("To call: your town hall, which knows its associations."))


def is_for(branch: Branch, place: Place, causes: set[str]) -> bool:
    """Whether somebody to call is for this place and for what is asked."""
    here = not branch.cities or place.name in branch.cities
    return here and (not branch.causes or not causes.isdisjoint(branch.causes))


def wanted_causes(talk: Talk, search: Search) -> set[str]:
    """The causes that were named, or that the words speak of."""
    ideas = talk.catalogue.synonyms.ideas(search.wish.text)
    return {*search.wish.causes, *search.causes, *(idea.cause for idea in ideas if idea.cause)}


def of_causes(branch: Branch) -> tuple[str, ...]:
    """What a local team is for: its own causes, or those of its network."""
    network = known_networks().by_id(branch.network)
    return branch.causes or (network.causes if network is not None else ())


def seen_phrase(branch: Branch) -> Phrase:
    """Where and when that was read."""
    if branch.source and branch.year:
        return _("Seen there ({source}, {year})", source=branch.source, year=str(branch.year))
    if branch.source or branch.year:
        return _("Seen there ({source})", source=branch.source or str(branch.year))
    return _("Seen there, to be checked")


def offer_searches(talk: Talk, search: Search, results: Results) -> None:
    """Two public searches, opened at the place and for what was asked."""
    wish = search.wish
    if not is_undated(results) and not wish.remote and not results.unmatched:
        return
    talk.offer(*(talk.link(found.name, found.url) for found in searches_for(talk, search, results)))


def searches_for(talk: Talk, search: Search, results: Results) -> list[LiveSearch]:
    """The public searches for a wish. They are in French, so words that are known are said in French."""
    wish, synonyms = search.wish, talk.catalogue.synonyms
    ideas = synonyms.ideas(wish.text)
    known = [synonyms.french(idea) for idea in ideas if idea.is_known]
    named = ", ".join(results.unmatched) or " ".join(known[:1] or [idea.said for idea in ideas[:2]])
    return live_searches(
        wish.place,
        (*wish.causes, *search.causes, *(idea.cause for idea in ideas if idea.cause)),
        " ".join((wish.text, *known)),
        named=named,
        remote=wish.remote,
        once=wish.once,
        minors=wish.minors,
        age=wish.age,
        days=days_of(wish, talk.today),
    )


def days_of(wish: Wish, today: date) -> tuple[str, str] | None:
    """The first and the last day of the period that was asked for, where there is one."""
    times = wished_times(wish.when, today)
    periods = times.periods if times is not None else []
    if len(periods) != 1 or (periods[0][1] - periods[0][0]).days > LONGEST_PERIOD:
        return None
    return periods[0][0].isoformat(), periods[0][1].isoformat()
