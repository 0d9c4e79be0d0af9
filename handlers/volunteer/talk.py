"""Find where to help: missions as soon as anything was said, three at once, with one question under them at most.

Promises nothing: it shows what is known, says which words nothing matched, what was widened and what could not be used,
and ends with people to call. What is on show can be pointed at (`pointing.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.catalogue.contacts import contacts
from bot.catalogue.search import SCREEN
from bot.catalogue.wish import Match, Results, Wish, widened_phrase
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Alone, Context, Hears, topic
from bot.phrase import Phrase, _
from bot.questions.limits import limit_phrase
from bot.questions.text import Text
from handlers.orientation.talk import orientation
from handlers.volunteer.around import is_undated, offer_searches, say_who_is_there, searches_for, undated_phrase
from handlers.volunteer.mission import favourites
from handlers.volunteer.mission_card import (
    MISSIONS,
    act,
    dots,
    numbered,
    page_of,
    quote_need,
    share,
    show_mission,
    with_acts,
)
from handlers.volunteer.search_criteria import Search, mark, propose_alert, search_criteria

SHOWN = 20
AT = re.compile(r"(\d{1,3})([a-z]?)([0-9a-f]{4})?\.([0-9a-f]{4})")
EASY = (
    "ponctuel",
    "quelques heures",
    "sans engagement",
    "quand vous voulez",
    "quelques minutes",
    "deux ou trois heures",
)
"""What suits who only wants to begin, as missions say it."""


@dataclass(frozen=True, slots=True)
class At:
    """Where the person is in the results: which one, and what they asked to see there.

    `what` is "" for several at once, "m" for one mission, "p" for it with all that can be done, "n" for "not this one",
    "l" for "more like this one", "h" for people to call, "c" for the criteria, "a" for an alert; `which` marks the
    mission that "n" and "l" are about.
    """

    page: int = 0
    what: str = ""
    which: str = ""


@topic(
    "volunteer",
    title=_("Find a mission"),
    command="benevolat",
    commands={"en": "volunteer"},
    hint=_("Find where to help, near you or from home"),
    menu=10,
    located=True,
    links=("about", "cause", "place", "when", "minors"),
    answers="volunteers",
    facts=("place",),
    hears=Hears(
        slots={"organisation", "place", "radius_km", "cause", "when", "remote", "minors", "limits"},
        context=Context.SEARCH,
        begins={Alone.PLACE},
    ),
)
async def volunteer(talk: Talk) -> None:
    """What was said, then the missions that fit it; easy ones where nothing was said."""
    if talk.slots.get("about") == "favourites":
        await favourites(talk)
        return
    if talk.slots.get("about") == "need":
        talk.say(_("Your association needs people? Tell me what for: a moderator reads it, then volunteers find it."))
        talk.offer(talk.start(_("Publish a need"), "needs", "new", "1"))
        return
    if talk.slots.get("about") == "unsure" and not {"place", "cause", "when", "remote"} & talk.slots.keys():
        await orientation(talk)
        return
    search = await search_criteria(talk)
    at = where_at(talk, search.wish)
    match at.what:
        case "h":
            people_to_call(talk, search.wish)
            talk.offer(button(talk, _("‹ Back to the missions"), search.wish))
        case "c":
            show_criteria(talk, search)
        case "a":
            await offer_alert(talk, search)
        case _ if not search.criteria:
            await show_easy_ones(talk, search, at)
        case _:
            await show_results(talk, search, at)


async def show_results(talk: Talk, search: Search, at: At) -> None:
    """The missions found, some at once or one alone; or what to do when there is none."""
    passed_over = talk.setting("passed_over", Text(), "").split()
    wish = replace(search.wish, excluded=(*talk.records("unwanted"), *passed_over))
    results = await talk.catalogue.search(wish, today=talk.today, limit=SHOWN)
    chosen = next((one.mission for one in results.found if mark(one.mission.id) == at.which), None)
    if at.what == "n" and chosen is not None:
        unwanted = chosen.id
        await talk.once(f"unwanted {unwanted}", lambda effects: effects.put("unwanted", unwanted, {}))
        results = replace(results, found=tuple(one for one in results.found if one.mission.id != unwanted))
    like = chosen if at.what == "l" else None
    if like is not None:
        quote_need(talk, like)
        results = await talk.catalogue.like(like, wish, today=talk.today, limit=SHOWN)
    if not results.found:
        nothing_found(talk, search, results, Phrase("") if like is None else like.title_in(talk.language))
        if like is None and results.unmatched:
            await show_others(talk, search, wish)
        return
    page = min(at.page, len(results.found) - 1)
    if like is not None:
        talk.say(_("Like “{title}”:", title=like.title_in(talk.language)))
    elif page == 0:
        say_first(talk, search, results if at.what == "" else None)
    talk.lay(MISSIONS, [match.mission.id for match in results.found], page)
    if at.what == "" and len(results.found) > 1:
        await show_several(talk, search, results, page)
        return
    show_one(talk, search, results, page, at)
    if at.what == "" and page == 0:
        await say_who_is_there(talk, search, results, results.found[:1])
        offer_searches(talk, search, results)


def say_first(talk: Talk, search: Search, results: Results | None) -> None:
    """What was looked for; with `results`, seen for the first time, what of it was not found, gave way or could not be
    used."""
    if search.criteria:
        talk.say(dots(talk, [one.shown for one in search.criteria]))
    if results is None:
        return
    remarks = []
    if results.unmatched:
        remarks.append(unmatched_phrase(results.unmatched))
    if said := widened_phrase(results):
        remarks.append(said)
    remarks += limit_remarks(search)
    if results.wish.place is not None and is_undated(results):
        remarks.append(undated_phrase(results.wish.place))
    for remark in remarks:
        talk.say(remark)


def limit_remarks(search: Search) -> list[Phrase]:
    """What was made of what the person cannot do, and what nothing here answers."""
    remarks = []
    if search.ranked:
        ranked = [limit_phrase(limit) for limit in search.ranked]
        remarks.append(_("First, what seems to suit ({limits:list}): ask them whether it does.", limits=ranked))
    if search.unused:
        unused = [limit_phrase(limit) for limit in search.unused]
        remarks.append(_("I cannot filter {limits:list} yet: say it in your message to them.", limits=unused))
    if "no_car" in search.limits:
        remarks.append(_("I do not know the way on foot or by public transport."))
    if "wheelchair" in search.limits:
        remarks.append(_("Few say whether they are step-free: your message asks them."))
    if search.age is not None:
        remarks.append(
            _("For a minor a parent signs, and the age to begin depends on the association: your message asks them.")
        )
    return remarks


def unmatched_phrase(words: tuple[str, ...]) -> Phrase:
    quoted = [_("“{words}”", words=said) for said in words[:3]]
    return _("I found nothing on {words:list}; this comes close:", words=quoted)


async def show_several(talk: Talk, search: Search, results: Results, page: int) -> None:
    """A screen of missions, each with its number; one question under them, where something was not said."""
    wish = search.wish
    matches = results.found[page : page + SCREEN]
    numbered(talk, matches, page)
    if page == 0:
        await say_who_is_there(talk, search, results, matches)
    question = question_of(search)
    if question is not None:
        talk.say(question)
    talk.offer(
        *(
            button(talk, Phrase("{number:number}", {"number": page + at + 1}), wish, page + at, "m")
            for at in range(len(matches))
        )
    )
    turn = [button(talk, _("Others ›"), wish, page + SCREEN)] if page + SCREEN < len(results.found) else []
    if not turn:
        turn.append(button(talk, _("None suits me"), wish, 0, "h"))
    talk.offer(*turn, button(talk, _("Alert me"), wish, 0, "a"))
    if page == 0:
        offer_searches(talk, search, results)
    talk.offer(*further_ways(talk, search))


def question_of(search: Search) -> Phrase | None:
    """The one question that would help most."""
    if search.homonyms:
        return None
    if not search.where:
        return _("In which town? Write it, or a postcode.")
    if not search.what:
        return _("Would you rather be with people, animals, outdoors, at a desk? Tell me in your own words.")
    return None


def further_ways(talk: Talk, search: Search) -> list[Button]:
    """What else can be said with one press: another town of the same name, what to do, what is looked for."""
    if search.homonyms:
        return [
            talk.set(Phrase("{place}", {"place": option.label}), "where", option.value)
            for option in search.homonyms[:3]
        ]
    ways = []
    if not search.where:
        ways.append(talk.set(_("From home"), "remote", "1"))
    elif not search.what:
        ways.append(talk.change(_("Choose a cause"), "what"))
    return [*ways, button(talk, _("My criteria"), search.wish, 0, "c")]


async def show_easy_ones(talk: Talk, search: Search, at: At) -> None:
    """Nothing was said: easy ways to begin, one of them from home, and where it would be."""
    around = await talk.catalogue.search(Wish(likes=EASY[:1]), today=talk.today, limit=SHOWN)
    at_home = await talk.catalogue.search(Wish(remote=True), today=talk.today, limit=SHOWN)
    first = sorted((match for match in around.found if match.mission.remote != "full"), key=how_easy, reverse=True)
    found = (*first[:2], *sorted(at_home.found, key=how_easy, reverse=True)[:1], *first[2:])
    results = Results(search.wish, tuple(found), fresh=around.fresh)
    page = min(at.page, len(found) - 1)
    talk.lay(MISSIONS, [match.mission.id for match in found], page)
    if at.what:
        show_one(talk, search, results, page, at)
        return
    if page == 0:
        talk.say(_("Three easy ways to begin, for a few hours:"))
    await show_several(talk, search, results, page)


def how_easy(match: Match) -> int:
    """How much a mission says of being easy to begin with."""
    mission = match.mission
    said = f"{mission.title} {mission.words} {mission.schedule}".lower()
    return sum(easy in said for easy in EASY)


def show_one(talk: Talk, search: Search, results: Results, page: int, at: At) -> None:
    """One mission, and what can be done with it."""
    match = results.found[page]
    show_mission(talk, match.mission, match)
    if results.fresh is not None:
        talk.fold(_("<i>Catalogue read on {day:date}.</i>", day=results.fresh))
    if len(results.found) > 1:
        talk.say(counted(results, page))
    offer_ways(talk, search, results, page, at)


def counted(results: Results, page: int) -> Phrase:
    """Which one of how many."""
    count = f"{len(results.found)}+" if results.more else str(len(results.found))
    return _("{number:number} of {count}", number=page + 1, count=count)


def offer_ways(talk: Talk, search: Search, results: Results, page: int, at: At) -> None:
    """What one can do with this mission; how to see others; the rest where it is asked for."""
    wish, last = search.wish, len(results.found) - 1
    found: Match = results.found[page]
    mission = found.mission
    how, like = ("l", at.which) if at.what == "l" else ("m", "")
    join = act(talk, _("I want to go"), "j", mission)
    if join is None and page_of(mission):
        join = talk.link(_("I want to go"), mission.url)
    turn = (
        button(talk, _("Next ›"), wish, page + 1, how, like)
        if page < last
        else button(talk, _("None suits me"), wish, 0, "h")
    )
    if at.what == "l":
        with_acts(talk, join, turn)
        talk.offer(button(talk, _("‹ Back to the missions"), wish))
        return
    if at.what != "p":
        with_acts(talk, join, turn)
        back = [button(talk, _("‹ Previous"), wish, page - 1, how)] if page else []
        talk.offer(*back, button(talk, _("More…"), wish, page, "p"))
        return
    which = mark(mission.id)
    with_acts(talk, join, act(talk, _("Keep it"), "k", mission))
    is_placed = found.site is not None and found.site.lat is not None
    with_acts(talk, share(talk, mission), act(talk, _("On the map"), "m", mission) if is_placed else None)
    talk.offer(
        button(talk, _("More like it"), wish, 0, "l", which), button(talk, _("Not this one"), wish, page, "n", which)
    )
    talk.offer(button(talk, _("My criteria"), wish, 0, "c"), button(talk, _("Alert me"), wish, 0, "a"))
    talk.offer(button(talk, _("‹ Back to the missions"), wish), turn)


def nothing_found(talk: Talk, search: Search, results: Results, like: Phrase | str) -> None:
    """Said plainly; then what can give way, and who knows more than we do."""
    if isinstance(like, str):
        talk.say(_("I know nothing else like “{title}”.", title=like))
        talk.offer(button(talk, _("‹ Back to the missions"), search.wish))
        return
    wish = search.wish
    if results.unmatched:
        quoted = [_("“{words}”", words=said) for said in results.unmatched[:3]]
        talk.say(
            _("I found nothing on {words:list} in {place}.", words=quoted, place=wish.place.label)
            if wish.place
            else _("I found nothing on {words:list}.", words=quoted)
        )
    else:
        if search.criteria:
            talk.say(dots(talk, [one.shown for one in search.criteria]))
        talk.say(_("I found nothing for this, even when looking wider."))
    opened = _("These public searches may have more, already opened at your place:")
    talk.say(opened if wish.place else _("These public searches may have more:"))
    for found in searches_for(talk, search, results):
        talk.offer(talk.link(found.name, found.url))
    dropped = next((one for one in search.criteria if one.name in ("no_said", "no_what", "body")), None)
    if results.unmatched and dropped is not None and search.where:
        talk.offer(talk.set(_("What else there is there"), dropped.name, dropped.value))
    talk.offer(button(talk, _("People to call"), wish, 0, "h"), button(talk, _("Alert me"), wish, 0, "a"))


async def show_others(talk: Talk, search: Search, wish: Wish) -> None:
    """Nothing says the words: what is there all the same, close by or from home. What may be anywhere is not shown."""
    others = await talk.catalogue.search(replace(wish, text="", causes=()), today=talk.today, limit=SHOWN)
    there = tuple(match for match in others.found if wish.remote or match.distance_km is not None)
    if not there:
        return
    talk.say(_("From home, there is this:") if wish.remote else _("Close by, there is this:"))
    numbered(talk, there[:SCREEN])
    talk.lay(MISSIONS, [match.mission.id for match in there])


def people_to_call(talk: Talk, wish: Wish) -> None:
    """People who know the associations of a place."""
    talk.say(_("People near you know more than I do, and their help is free:"))
    found = contacts(wish.place)
    for one in found:
        talk.say(_("• <b>{name}</b>: {about}", name=one.name, about=one.about))
    links = [talk.link(one.name, one.url) for one in found if one.url]
    for first in range(0, len(links), 2):
        talk.offer(*links[first : first + 2])


def show_criteria(talk: Talk, search: Search) -> None:
    """What the search is made of: each criterion can be dropped or changed, and some added."""
    wish = search.wish
    talk.say(_("What I look for. Press to take one away, or just write: “rather on Sundays”, “no animals”, “in Lyon”."))
    for one in search.criteria:
        talk.offer(talk.set(_("✕ {criterion}", criterion=one.shown), one.name, one.value))
    talk.offer(
        talk.change(_("Where"), "where"),
        talk.change(_("What"), "what"),
        talk.change(_("When"), "when"),
    )
    added = [
        talk.set(label, name, "1")
        for label, name, is_on in (
            (_("+ from home"), "remote", wish.remote),
            (_("+ open to minors"), "minors", wish.minors),
            (_("+ step-free"), "step_free", wish.step_free),
        )
        if not is_on
    ]
    talk.offer(*added)
    talk.offer(button(talk, _("See the missions"), wish))


async def offer_alert(talk: Talk, search: Search) -> None:
    """To be told of what is new for this search; the topic `alerts` takes it from there."""
    kept = {"wish": search.wish.as_json(), "causes": list(search.causes)}
    await talk.once(f"draft {mark(kept)}", lambda effects: effects.put("draft", "search", kept))
    propose_alert(talk, search.wish)
    talk.offer(button(talk, _("‹ Back to the missions"), search.wish))


def where_at(talk: Talk, wish: Wish) -> At:
    """Where the person is in the results of this wish; at their beginning when the wish has changed since."""
    found = AT.fullmatch(talk.setting("at", Text(), ""))
    if found is None:
        return At()
    pressed_away = found[2] == "c" and not talk.words  # a criterion just went: there may be more to change
    if found[4] != mark(wish.as_json()) and not pressed_away:
        return At()
    return At(int(found[1]), found[2], found[3] or "")


def button(talk: Talk, label: Phrase, wish: Wish, page: int = 0, what: str = "", which: str = "") -> Button:
    """A button that shows this very screen at another place."""
    return talk.set(label, "at", place_in(wish, page, what, which))


def place_in(wish: Wish, page: int, what: str = "", which: str = "") -> str:
    """A place in the results of a wish, as the setting `at` keeps it."""
    return f"{page}{what}{which}.{mark(wish.as_json())}"
