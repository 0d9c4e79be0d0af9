"""Find where to help: at most three questions, then missions one screen each, with why each is there.

Promises nothing: it shows what is known, says what was widened and how fresh it is, and ends with people to call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.catalogue.contacts import contacts
from bot.catalogue.shared import catalogue
from bot.catalogue.wish import Match, Results, Wish, widened_phrase
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.text import Text
from handlers.orientation.talk import orientation
from handlers.volunteer.mission import favourites
from handlers.volunteer.mission_card import act, dots, page_of, share, show_mission, with_acts
from handlers.volunteer.search_criteria import Search, mark, search_criteria

SHOWN = 20
AT = re.compile(r"(\d{1,3})([nlhca]?)([0-9a-f]{4})?\.([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class At:
    """Where the person is in the results: which one, and what they asked to see there.

    `what` is "" for the list, "n" for "not this one", "l" for "more like this one", "h" for people to call, "c" for the
    criteria, "a" for an alert; `which` marks the mission that "n" and "l" are about.
    """

    page: int = 0
    what: str = ""
    which: str = ""


@topic(
    "volunteer",
    title=_("Find a mission"),
    command="benevolat",
    hint=_("Find where to help, near you or from home"),
    menu=10,
    located=True,
    links=("about", "cause", "place", "when", "minors"),
    answers="volunteers",
)
async def volunteer(talk: Talk) -> None:
    """Criteria, then the missions that fit, one at a time."""
    if talk.slots.get("about") == "favourites":
        await favourites(talk)
        return
    if talk.slots.get("about") == "need":
        talk.say(_("Your association needs people? Tell me what for: a moderator reads it, then volunteers find it."))
        talk.offer(talk.start(_("Publish a need"), "needs", "new", "1"))
        return
    if talk.slots.get("about") == "unsure" and not {"place", "cause", "when"} & talk.slots.keys():
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
        case _:
            await show_results(talk, search, at)


async def show_results(talk: Talk, search: Search, at: At) -> None:
    """One mission of those found, or what to do when there is none."""
    wish = replace(search.wish, excluded=tuple(talk.records("unwanted")))
    results = await look(replace(search, wish=wish), talk)
    chosen = next((one.mission for one in results.found if mark(one.mission.id) == at.which), None)
    if at.what == "n" and chosen is not None:
        unwanted = chosen.id
        await talk.once(f"unwanted {unwanted}", lambda effects: effects.put("unwanted", unwanted, {}))
        results = replace(results, found=tuple(one for one in results.found if one.mission.id != unwanted))
    like = chosen if at.what == "l" else None
    if like is not None:
        results = await catalogue().like(like, wish, today=talk.today, limit=SHOWN)
    if not results.found:
        nothing_found(talk, search, Phrase("") if like is None else like.title_in(talk.language))
        return
    page = min(at.page, len(results.found) - 1)
    if like is not None:
        talk.say(_("Like “{title}”:", title=like.title_in(talk.language)))
    elif page == 0:
        if search.criteria:
            talk.say(dots(talk, [one.shown for one in search.criteria]))
        said = widened_phrase(results)
        if said:
            talk.say(said)
    show_mission(talk, results.found[page].mission, results.found[page])
    talk.say(footer(results, page))
    offer_ways(talk, search, results, page, at.which if like is not None else "")


async def look(search: Search, talk: Talk) -> Results:
    """The missions for the words; where these find less than their cause does, those for the cause."""
    results = await catalogue().search(search.wish, today=talk.today, limit=SHOWN)
    if results.widened and search.wish.text and search.causes:
        wish = replace(search.wish, text="", causes=search.causes)
        wider = await catalogue().search(wish, today=talk.today, limit=SHOWN)
        if wider.found and len(wider.widened) < len(results.widened):
            return replace(wider, widened=(*wider.widened, "words"))
    return results


def footer(results: Results, page: int) -> Phrase:
    """Which one of how many, and how fresh the catalogue is."""
    count = f"{len(results.found)}+" if results.more else str(len(results.found))
    if results.fresh is None:
        return _("{number:number} of {count}", number=page + 1, count=count)
    return _(
        "{number:number} of {count} · catalogue read on {day:date}", number=page + 1, count=count, day=results.fresh
    )


def offer_ways(talk: Talk, search: Search, results: Results, page: int, like: str) -> None:
    """What one can do with this mission, then how to see others."""
    wish, last = search.wish, len(results.found) - 1
    found: Match = results.found[page]
    mission = found.mission
    how = "l" if like else ""
    join = act(talk, _("I want to go"), "j", mission)
    if join is None and page_of(mission):
        join = talk.link(_("I want to go"), mission.url)
    with_acts(talk, join, act(talk, _("Keep it"), "k", mission))
    turn = [button(talk, _("‹ Previous"), wish, page - 1, how, like)] if page else []
    if page < last:
        turn.append(button(talk, _("Next ›"), wish, page + 1, how, like))
    else:
        turn.append(button(talk, _("None suits me"), wish, 0, "h"))
    talk.offer(*turn)
    if like:
        talk.offer(button(talk, _("‹ Back to the missions"), wish))
        return
    which = mark(mission.id)
    talk.offer(
        button(talk, _("More like it"), wish, 0, "l", which), button(talk, _("Not this one"), wish, page, "n", which)
    )
    is_placed = found.site is not None and found.site.lat is not None
    with_acts(talk, share(talk, mission), act(talk, _("On the map"), "m", mission) if is_placed else None)
    talk.offer(button(talk, _("My criteria"), wish, 0, "c"), button(talk, _("Alert me"), wish, 0, "a"))


def nothing_found(talk: Talk, search: Search, like: Phrase | str) -> None:
    """Said plainly; then what can give way, and who knows more than we do."""
    if isinstance(like, str):
        talk.say(_("I know nothing else like “{title}”.", title=like))
        talk.offer(button(talk, _("‹ Back to the missions"), search.wish))
        return
    if search.criteria:
        talk.say(dots(talk, [one.shown for one in search.criteria]))
    talk.say(_("I found nothing for this, even when looking wider."))
    people_to_call(talk, search.wish)
    talk.offer(button(talk, _("My criteria"), search.wish, 0, "c"), button(talk, _("Alert me"), search.wish, 0, "a"))


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
    """How often to be told of what is new for this search; the topic `alerts` takes it from there."""
    kept = {"wish": search.wish.as_json(), "causes": list(search.causes)}
    await talk.once(f"draft {mark(kept)}", lambda effects: effects.put("draft", "search", kept))
    if search.criteria:
        talk.say(dots(talk, [one.shown for one in search.criteria]))
    talk.say(_("I tell you when something new fits, between 9 am and 8 pm. How often at most?"))
    talk.offer(
        talk.start(_("Once a day"), "alerts", "often", "daily"),
        talk.start(_("Once a week"), "alerts", "often", "weekly"),
    )
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
    return talk.set(label, "at", f"{page}{what}{which}.{mark(wish.as_json())}")
