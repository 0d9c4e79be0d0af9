"""Words about the missions on show: "la suivante", "c'est où ?", "celle du vestiaire", "plus près", "inscris-moi".

What is asked about one is answered from its fields and its announcement; what neither says is said not to be known,
with the way to reach them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from bot.catalogue.announcement import Announcement
from bot.catalogue.folding import fold, stems
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Match
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import knows, points
from bot.i18n import render
from bot.phrase import Phrase, _
from bot.questions.activity import Causes, refused_in
from bot.questions.kind import Answer, Said
from bot.questions.limits import Limits, limits_in
from bot.questions.place import Radius
from bot.questions.text import Text
from bot.questions.when import ComingDay
from handlers.volunteer import mission as acts
from handlers.volunteer.attributes import ATTRIBUTES, Asked, attribute, reached_at
from handlers.volunteer.mission_card import KEPT, MISSIONS, act, numbered, page_of, quote_need, share, with_acts
from handlers.volunteer.search_criteria import (
    Search,
    look_for,
    note_limits,
    overhear,
    search_criteria,
    told_limits,
    wanted_words,
)
from handlers.volunteer.talk import offer_alert, place_in

SEARCHED = "volunteer"
"""The topic whose table comes from a search that can be refined."""
NAMEABLE = 10
"""Missions on show that can be called by their words."""
FARTHER = 2.5
LONGEST = 1_900
SURE = 0.5
LIKELY = 0.25
"""An act that the message is less likely of is not acted upon."""
INSTEAD = re.compile(
    r"^(?:(?:ok|bon|bah|ben|d accord|merci|et|alors|euh|hum|right|well|and)\b ?)*"
    r"(?:sinon|plutot|ou bien|ou alors|y a (?:quoi|t il)|il y a (?:quoi|des)|vous avez|t as|tu as|autre chose|qqch"
    r"|quelque chose|un truc|je prefere|je prefererais|finalement|en fait|rather|instead|otherwise|something|anything"
    r"|what about|how about|do you have|is there anything|i d prefer|actually)\b"
)
"""How a message begins that looks for something else than what is on show, as folded."""
CALL = 4
"""Words of a message that only calls one by its name: « celle de la couture »."""
NAMES_ONE = re.compile(r"\b(?:celle|celui|celles|l annonce|la mission|l asso|the one|that one|the mission)\b")
REMINDER = re.compile(r"rappel|remind")
CLOSE_BY = re.compile(
    r"\b(?:dans le (?:meme )?coin|pres d ici|par ici|aux? alentours?|autour|a cote|a proximite|dans le quartier"
    r"|pas loin|nearby|near here|close by|around here|in the area)\b"
)
ANOTHER = re.compile(r"\b(?:autre|autres|sinon|else|other|others|another)\b")
TWO_DAYS = re.compile(r"avant veille|(?:deux|2) jours (?:avant|plus tot)|(?:two|2) days before")


class Shown:
    """The missions on show, and the one that is meant."""

    def __init__(self, talk: Talk, items: Sequence[str], at: int) -> None:
        self.talk = talk
        self.items = list(items)
        self.at = at

    @property
    def is_searched(self) -> bool:
        table = self.talk.table
        return table is not None and table.topic == SEARCHED and table.shows == MISSIONS

    async def mission(self, at: int | None = None) -> Mission | None:
        one = await self.talk.catalogue.mission(self.items[self.at if at is None else at])
        if one is not None:
            quote_need(self.talk, one)
        return one

    async def named(self, words: str) -> int | None:
        """The place of the one that is called by its words ("celle du vestiaire"), if one is and no other."""
        synonyms = self.talk.catalogue.synonyms
        said = {idea.word for idea in synonyms.ideas(words)}
        if not said:
            return None
        calls = NAMES_ONE.search(fold(words)) is not None
        found: dict[int, int] = {}
        for at in range(min(len(self.items), NAMEABLE)):
            one = await self.mission(at)
            if one is None:
                continue
            heading = set(synonyms.indexed(f"{one.title} {one.organisation} {one.title_en}").split())
            cities = " ".join(site.city for site in one.sites)
            whole = heading | set(synonyms.indexed(f"{one.words} {one.text} {one.text_en} {cities}").split())
            if at == self.at and not calls and said & whole:
                return None  # it is about the one on show
            if count := 2 * len(said & heading) + (len(said & whole) if calls else 0):
                found[at] = count
        best = max(found.values(), default=0)
        ones = [at for at, count in found.items() if count == best]
        return ones[0] if len(ones) == 1 else None

    async def search(self) -> Search:
        return await search_criteria(self.talk, listens=False)

    def lay(self) -> None:
        table = self.talk.table
        self.talk.lay(table.shows if table is not None else MISSIONS, self.items, self.at)

    async def go(self, at: int) -> bool:
        """Show the one at this place."""
        self.at = at
        if self.is_searched:
            search = await self.search()
            self.talk.put("at", Text(), place_in(search.wish, at, "m"))
            return await self.again()
        one = await self.mission()
        if one is None:
            return False
        await acts.show(self.talk, one)
        self.lay()
        return True

    async def again(self) -> bool:
        """Have the search shown as it is now."""
        await overhear(self.talk)
        return self.talk.rerun()


@points("volunteer")
@points("mission")
@points("favourites")
@points("alerts")
async def point_at_missions(talk: Talk, about: Pointed) -> bool:
    """Answer words about the missions on show; False where they are about none."""
    table = talk.table
    if table is None or table.shows not in (MISSIONS, KEPT) or not table.items:
        return False
    shown = Shown(talk, table.items, min(table.at, len(table.items) - 1))
    likely = about.act if about.chance >= LIKELY or about.act in ("item", "ask") else "ask"
    if about.item is not None:
        at = about.item if about.item >= 0 else len(shown.items) + about.item
        if not 0 <= at < len(shown.items):
            talk.say(_("There are {count:number} of them.", count=len(shown.items)))
            shown.lay()
            return True
        shown.at = at
        if likely not in ATTRIBUTES and likely not in ON_ONE:
            return await shown.go(at)
    elif (named := await shown.named(about.words)) is not None:
        shown.at = named
        only_calls = NAMES_ONE.match(fold(about.words)) is not None and len(about.words.split()) <= CALL
        if only_calls or (likely not in ATTRIBUTES and likely not in ON_ONE):
            return await shown.go(named)
    elif shown.is_searched and await refined(shown, about):
        return True
    if (moves := MOVES.get(likely)) is not None:
        return await moves(shown, about)
    one = await shown.mission()
    if one is None:
        return False
    note_limits(talk, Said(about.words, talk.language, talk.today))
    if (acts_on := ON_ONE.get(likely)) is not None:
        return await acts_on(shown, one, about)
    return await answered(shown, one, about, likely)


@knows("volunteer")
@knows("mission")
@knows("favourites")
@knows("alerts")
async def announcement_knows(talk: Talk, about: Pointed) -> bool:
    """Whether the announcement of the mission on show has a sentence on the very thing that is asked about."""
    table = talk.table
    if table is None or table.shows not in (MISSIONS, KEPT) or not table.items or about.act in MOVES:
        return False
    said = Said(about.words, talk.language, talk.today)
    if not about.question and table.topic == SEARCHED and (limits_in(said) or refused_by(talk, said)):
        return True
    if about.faint:
        return False
    one = await talk.catalogue.mission(table.items[min(table.at, len(table.items) - 1)])
    if one is not None:
        quote_need(talk, one)
    matter = ALIKE.get(about.act, about.act)
    told = Announcement(one, talk.language).answer(about.words, matter) if one is not None else None
    return told is not None and (told.special or told.direct or about.chance >= SURE)


# Another search


async def refined(shown: Shown, about: Pointed) -> bool:
    """Look for something else, where the words say what: "sinon dehors ?", "celle de la couture"; False where they do
    not."""
    talk, said = shown.talk, fold(about.words)
    if not about.question and await restricted(shown, about):
        return True
    if not (INSTEAD.match(said) or NAMES_ONE.search(said)):
        return False
    words = wanted_words(talk, Said(about.words, talk.language, talk.today), first=False)
    if not words:
        return False
    look_for(talk, words)
    return await shown.again()


async def restricted(shown: Shown, about: Pointed) -> bool:
    """Look again without what is refused ("pas avec des enfants"), or with what one cannot do ("j'ai mal au dos")."""
    talk = shown.talk
    said = Said(about.words, talk.language, talk.today)
    limits = note_limits(talk, said)
    if refused := refused_by(talk, said):
        talk.put("not_cause", Causes("not_cause"), refused)
    elif not limits:
        return False
    return await shown.again()


def refused_by(talk: Talk, said: Said) -> tuple[str, ...]:
    """The causes that a few words refuse, or those of the people or things they refuse: « pas avec des enfants »."""
    if refused := refused_in(said):
        return refused
    found = REFUSES.match(fold(said.text))
    ideas = talk.catalogue.synonyms.ideas(found[1]) if found is not None else []
    return tuple(dict.fromkeys(idea.cause for idea in ideas if idea.cause))


REFUSES = re.compile(r"(?:(?:non|mais|no|but|surtout|rather) )*(?:pas|sans|not|without|no) ((?:\S+ ?){1,5})$")


async def next_one(shown: Shown, about: Pointed) -> bool:
    """The next one; "autre chose dans le coin" is whatever else there is close by, whatever was looked for."""
    if shown.is_searched and CLOSE_BY.search(fold(about.words)):
        talk = shown.talk
        for name in ("what", "said", "body", "when"):
            talk.unsay(name)
        talk.put("passed_over", Text(longest=LONGEST), " ".join(shown.items[: shown.at + 1]))
        return await shown.again()
    if shown.at + 1 < len(shown.items):
        return await shown.go(shown.at + 1)
    if not shown.is_searched and len(shown.talk.tables) > 1:
        return False  # the search that it came from goes on
    shown.talk.say(_("That was the last one I found. I can look farther, or alert you when there are more."))
    shown.lay()
    if shown.is_searched:
        search = await shown.search()
        shown.talk.offer(
            shown.talk.set(_("The list"), "at", place_in(search.wish, 0)),
            shown.talk.set(_("Alert me"), "at", place_in(search.wish, 0, "a")),
        )
    return True


async def previous_one(shown: Shown, about: Pointed) -> bool:
    if shown.at > 0:
        return await shown.go(shown.at - 1)
    if not shown.is_searched and len(shown.talk.tables) > 1:
        return False
    return await shown.go(0)


async def all_at_once(shown: Shown, about: Pointed) -> bool:
    if shown.is_searched:
        search = await shown.search()
        shown.talk.put("at", Text(), place_in(search.wish, 0))
        return await shown.again()
    missions = [one for at in range(min(len(shown.items), NAMEABLE)) if (one := await shown.mission(at)) is not None]
    numbered(shown.talk, [Match(one) for one in missions])
    shown.lay()
    return bool(missions)


async def nearer(shown: Shown, about: Pointed) -> bool:
    """Only what is nearer than the one on show, or within the distance that is said."""
    talk, said = shown.talk, fold(about.words)
    if CLOSE_BY.search(said) and ANOTHER.search(said):
        return await next_one(shown, about)
    if not shown.is_searched:
        return False
    search, one = await shown.search(), await shown.mission()
    centre = search.wish.centre
    near = one.nearest_site(*centre) if one is not None and centre is not None else None
    if centre is None:
        talk.say(_("Nearer to where? Write your town or postcode."))
        shown.lay()
        return True
    within = talk.meaning.here.get("radius_km") if talk.meaning is not None else None
    nearer_yet = near[0] - 0.5 if near is not None else search.wish.reach_km / 2
    reach = nearer_yet if within is None else float(within)
    closer = await talk.catalogue.search(replace(search.wish, radius_km=max(1.0, reach)), today=talk.today, limit=3)
    if reach < 1 or closer.widened or not any(match.distance_km is not None for match in closer.found):
        if within is not None:
            talk.say(_("I know nothing within {km:number} km.", km=round(reach)))
        else:
            talk.say(_("I know nothing nearer than that."))
        shown.lay()
        return True
    talk.put("radius_km", Radius(), float(max(1, round(reach))))
    return await shown.again()


async def farther(shown: Shown, about: Pointed) -> bool:
    if not shown.is_searched:
        return False
    search = await shown.search()
    shown.talk.put("radius_km", Radius(), float(round(search.wish.reach_km * FARTHER)))
    return await shown.again()


async def other_cause(shown: Shown, about: Pointed) -> bool:
    """What else there is at the same place."""
    if not shown.is_searched:
        return False
    for name in ("what", "said", "body"):
        shown.talk.unsay(name)
    return await shown.again()


async def lighter(shown: Shown, about: Pointed) -> bool:
    """What is less of an effort comes first."""
    talk = shown.talk
    limits = tuple(dict.fromkeys((*told_limits(talk), "seated")))
    talk.learn("limits", list(limits))
    talk.put("limits", Limits(), limits)
    return await shown.again() if shown.is_searched else False


Move = Callable[[Shown, Pointed], Awaitable[bool]]
MOVES: dict[str, Move] = {
    "next": next_one,
    "previous": previous_one,
    "all": all_at_once,
    "nearer": nearer,
    "farther": farther,
    "other_cause": other_cause,
    "lighter": lighter,
}


# What is done with one


async def join(shown: Shown, one: Mission, about: Pointed) -> bool:
    """The way to them; before it, the sentence that answers a question about it ("avant quand ?")."""
    if about.question and (told := Announcement(one, shown.talk.language).answer(about.words, "join")) is not None:
        shown.talk.say(render(told.sentence, shown.talk.language))
    await acts.join(shown.talk, one)
    shown.lay()
    return True


async def keep(shown: Shown, one: Mission, about: Pointed) -> bool:
    await acts.keep(shown.talk, one)
    shown.lay()
    return True


async def hand_on(shown: Shown, one: Mission, about: Pointed) -> bool:
    talk = shown.talk
    talk.say(_("Send it with this button: whoever opens it sees “{title}”.", title=one.title_in(talk.language)))
    with_acts(talk, share(talk, one), talk.link(_("Open their page"), one.url) if page_of(one) else None)
    shown.lay()
    return True


async def remind(shown: Shown, one: Mission, about: Pointed) -> bool:
    """A word the day before, or on the day that is said."""
    talk = shown.talk
    said = ComingDay(earliest=talk.today).read(Said(about.words, talk.language, talk.today))
    before = 2 if TWO_DAYS.search(fold(about.words)) else 1
    if isinstance(said, Answer):
        await acts.remind_on(talk, one, said.value, None)
    elif (day := acts.next_day(one, talk.today)) is not None:
        await acts.remind_on(talk, one, day - timedelta(days=before), day)
    else:
        talk.say(_("Which day do you go? Say “remind me on Saturday”, or choose it:"))
        with_acts(talk, act(talk, _("Choose the day"), "d", one))
    shown.lay()
    return True


async def alert(shown: Shown, one: Mission, about: Pointed) -> bool:
    """To be told of others: of the search on show, or of what is like the mission."""
    if shown.is_searched:
        await overhear(shown.talk)
        await offer_alert(shown.talk, await shown.search())
    else:
        await acts.offer_alert_like(shown.talk, one)
    shown.lay()
    return True


async def unanswered(shown: Shown, one: Mission, about: Pointed) -> bool:
    await acts.not_answered(shown.talk, one)
    shown.lay()
    return True


async def take_off(shown: Shown, one: Mission, about: Pointed) -> bool:
    """Take it out of what is kept, or its reminder away; there is nothing else of it to take away."""
    talk = shown.talk
    if REMINDER.search(fold(about.words)):
        await acts.no_reminder(talk, one)
    elif one.id in talk.records("favourite"):
        await acts.let_go(talk, one)
    elif about.last_resort:
        talk.say(_("There is nothing of it to take away: you have neither kept it nor asked for a reminder."))
    else:
        return False
    shown.lay()
    return True


async def why(shown: Shown, one: Mission, about: Pointed) -> bool:
    """Why it is among what was found."""
    talk = shown.talk
    if not shown.is_searched:
        return False
    search = await shown.search()
    found = await talk.catalogue.search(search.wish, today=talk.today, limit=len(shown.items))
    match = next((match for match in found.found if match.mission.id == one.id), None)
    if match is None or not match.reasons:
        return False
    criteria: list[Phrase | str] = [criterion.shown for criterion in search.criteria]
    reasons = list(match.reasons)
    if criteria:
        talk.say(_("You look for: {criteria:list}. It has: {reasons:list}.", criteria=criteria, reasons=reasons))
    else:
        talk.say(_("It has: {reasons:list}.", reasons=reasons))
    shown.lay()
    return True


async def repeat(shown: Shown, one: Mission, about: Pointed) -> bool:
    return await shown.go(shown.at)


async def kept(shown: Shown, one: Mission, about: Pointed) -> bool:
    await acts.favourites(shown.talk)
    return True


On = Callable[[Shown, Mission, Pointed], Awaitable[bool]]
ON_ONE: dict[str, On] = {
    "join": join,
    "keep": keep,
    "share": hand_on,
    "remind": remind,
    "alert": alert,
    "unanswered": unanswered,
    "stop_it": take_off,
    "why": why,
    "repeat": repeat,
    "kept": kept,
}


# What is asked about one


async def answered(shown: Shown, one: Mission, about: Pointed, likely: str) -> bool:
    """Answer from the fields and the announcement of a mission; what they do not say is said at the last resort
    only."""
    talk = shown.talk
    search = await shown.search() if shown.is_searched else None
    asked = Asked(one, about.words, talk.language, talk.today, search.wish.centre if search is not None else None)
    likely = ALIKE.get(likely, likely)
    if ABOUT_WHOM.search(fold(about.words)) and set(stems(about.words)) & set(stems(one.organisation)):
        likely = "real"
    lines = attribute(likely, asked)
    if lines is None:
        if not about.last_resort or likely not in (*ATTRIBUTES, "ask") or not (about.question or about.chance >= SURE):
            return False
        lines = [_("Their announcement does not say: ask them.")]
        tell(shown, one, lines)
        talk.offer(*([talk.link(_("Open their page"), one.url)] if page_of(one) else []))
        if not page_of(one):
            talk.say(_("They are reached at {contact}.", contact=reached_at(one)))
        return True
    tell(shown, one, lines)
    onward(shown, one)
    return True


ALIKE = {"sure": "real", "source": "real", "deadline": "until", "money_back": "paid", "real_cost": "cost"}
"""What other acts come to where a mission is on show."""
ABOUT_WHOM = re.compile(r"\b(?:qui|quoi|who|what)\b")


def tell(shown: Shown, one: Mission, lines: Sequence[Phrase | str]) -> None:
    """The answer; whose it is, where several are on show."""
    talk = shown.talk
    said = Markup("\n").join(render(line, talk.language) for line in lines)
    if len(shown.items) > 1:
        title = one.title_in(talk.language)
        said = Markup("<b>{}</b>\n{}").format(title, said)
    talk.say(said)
    shown.lay()


def onward(shown: Shown, one: Mission) -> None:
    """What one may do next."""
    with_acts(shown.talk, act(shown.talk, _("I want to go"), "j", one), act(shown.talk, _("Keep it"), "k", one))
