"""What somebody looks for: the three questions of a search, what was said besides, and how it is all shown back.

At most three questions are asked, each may be passed over, and none whose answer was said already.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

from bot.catalogue.causes import CAUSES, cause_name
from bot.catalogue.folding import fold, stems
from bot.catalogue.shared import catalogue
from bot.catalogue.wish import Wish
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.activity import Activity, Causes, What
from bot.questions.choice import Flag
from bot.questions.kind import Answer, Refusal, Said
from bot.questions.place import HOME, Radius, Where
from bot.questions.text import Text
from bot.questions.when import NotWhen, When, when_phrases

__all__ = ["SLOTS", "Criterion", "Search", "mark", "search_criteria", "wish_phrases"]

ACTIVITY = Activity(
    {
        "solidarity": _("Poverty, the street"),
        "elderly": _("Older people"),
        "education": _("Children, school"),
        "environment": _("Nature"),
        "animals": _("Animals"),
        "health": _("Hospital, illness"),
    }
)
SLOTS = ("place", "cause", "when", "remote", "organisation")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as it is shown; setting `name` to `value` drops it."""

    shown: Phrase | str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Search:
    """A wish, what it is made of, and the causes to fall back on when its words find nothing."""

    wish: Wish
    criteria: tuple[Criterion, ...] = ()
    causes: tuple[str, ...] = ()


async def search_criteria(talk: Talk, *, asks_when: bool = True) -> Search:
    """Where, what and when, unless they were said; then the wish they make with what was said in passing.

    With `asks_when` false only the times that were said count.
    """
    for remark in await talk.once("remarks", lambda _effects: remarks(talk)):
        talk.say(REMARKS[remark])
    first = await talk.once("said", lambda _effects: [name for name in SLOTS if name in talk.slots])
    words = await talk.once("words", lambda _effects: _expressions(talk))
    away = await talk.once("away", lambda _effects: minutes_away(talk.words))
    about = talk.slots.get("about")
    remote = talk.setting("remote", Flag("remote"), False)
    minors = talk.setting("minors", Flag("minors"), False)
    step_free = talk.setting("step_free", Flag(), about == "step_free")
    radius = talk.setting("radius_km", Radius(), 0.0 if "radius_km" in talk.slots else float(away))
    not_causes = talk.setting("not_cause", Causes("not_cause"), ())
    not_when = talk.setting("not_when", NotWhen(), ())
    if remote and not talk.wants("where") and "place" not in talk.slots:
        where: str | None = talk.setting("where", Where(), "")
    else:
        place = await talk.ask(
            "where",
            Where(),
            _("Where would you like to help? A town, a postcode, a département; or send me your position."),
            skip=True,
        )
        where = place
    body = talk.setting("body", Text(longest=120, slot="organisation"), "")
    said = "" if words["causes"] else " ".join(words["said"])
    if (body or said) and not talk.wants("what") and "cause" not in talk.slots:
        what = talk.setting("what", ACTIVITY, What(said))
    else:
        asked = _("And to do what? Choose, or tell me in your own words.")
        what = await talk.ask("what", ACTIVITY, asked, skip=True) or What()
    if "place" in talk.slots:  # said beside what to do: a change of mind
        where = talk.setting("where", Where(), where or "")
    if (_said_enough(first, said) or not asks_when) and not talk.wants("when"):
        when: tuple[str, ...] | None = talk.setting("when", When(), ())
    else:
        times = await talk.ask("when", When(), _("When would you be free?"), skip=True)
        when = times

    kept_where = where if where and _kept(talk, "where", where) else ""
    at_home = kept_where == HOME
    kept_what = what if _kept(talk, "what", ACTIVITY.dump(what)) else What()
    kept_when = tuple(time for time in when if time not in not_when) if when and _kept(talk, "when", list(when)) else ()
    text = kept_what.text
    if not text and kept_what.causes and list(kept_what.causes) == words["causes"]:
        text = " ".join(words["said"])
    wish = Wish(
        text=" ".join(part for part in (body, text) if part),
        place=catalogue().places.by_code(kept_where) if kept_where and not at_home else None,
        radius_km=radius or None,
        when=kept_when,
        not_when=not_when,
        causes=() if text else kept_what.causes,
        not_causes=not_causes,
        remote=remote or at_home,
        minors=minors,
        step_free=step_free,
    )
    criteria: list[Criterion] = []
    if kept_where:
        criteria.append(_dropped(Where().shown(kept_where), "where", kept_where))
    if kept_where and radius and not at_home:
        criteria.append(Criterion(_("within {km:number} km", km=wish.reach_km), "radius_km", "0"))
    if body:
        criteria.append(Criterion(body, "body", ""))
    if kept_what != What():
        criteria.append(_dropped(_activity(kept_what, text), "what", ACTIVITY.dump(kept_what)))
    if kept_when:
        criteria.append(_dropped(When().shown(kept_when), "when", list(kept_when)))
    if not_causes:
        named = [cause_name(cause) for cause in not_causes]
        criteria.append(Criterion(_("without: {causes:list}", causes=named), "not_cause", ""))
    if not_when:
        criteria.append(Criterion(_("not {times}", times=when_phrases(not_when)), "not_when", ""))
    if remote:
        criteria.append(Criterion(_("from home"), "remote", ""))
    if minors:
        criteria.append(Criterion(_("open to minors"), "minors", ""))
    if step_free:
        criteria.append(Criterion(_("step-free"), "step_free", ""))
    return Search(wish, tuple(criteria), kept_what.causes)


REMARKS = {
    "abroad": _(
        "I only know missions in France, overseas included. To leave for another country, "
        '<a href="https://france-volontaires.org">France Volontaires</a> informs and guides people for free.'
    ),
    "past": _("The day you speak of is over, so I look at what is to come."),
}


def minutes_away(words: str) -> float:
    """The distance that "à 30 minutes de Tours" comes to, in kilometres, 0 where nothing of the kind was said."""
    found = MINUTES.search(fold(words))
    if found is None:
        return 0.0
    said = found[1] or found[2]
    pace = next((km for way, km in PACES if re.search(way, fold(words))), BY_CAR)
    return float(max(1, round(int(said) * pace)))


BY_CAR = 0.5
"""Kilometres a minute, door to door; less on a bicycle or on foot."""
PACES = ((r"\ba pied\b|\bwalk|\bon foot\b", 0.08), (r"\bvelo\b|\bbike\b|\bcycl|\bbicycle\b", 0.25))
MINUTES = re.compile(
    r"\b(?:a|within|under)(?: moins de| environ| about)? ([1-9]\d{0,2}) ?(?:min|mn|minutes?)\b"
    r"(?! par\b| chaque\b| a (?:day|week)\b)|\b([1-9]\d{0,2}) (?:min|minutes?) (?:away|from)\b"
)


def remarks(talk: Talk) -> list[str]:
    """What of the first message cannot be looked for, and would be passed over in silence: a place abroad, a day that
    is over."""
    found = []
    named = catalogue().places.scan(talk.words.split()) if "place" not in talk.slots else []
    if any(match.finding.abroad and match.cue for match in named):
        found.append("abroad")
    if "when" not in talk.slots and isinstance(When().read(Said(talk.words, talk.language, talk.today)), Refusal):
        found.append("past")
    return found


def wish_phrases(wish: Wish) -> list[Phrase | str]:
    """A saved wish as it is shown: "Lyon, animals, on Saturdays"."""
    shown: list[Phrase | str] = []
    if wish.place:
        shown.append(wish.place.label)
    if wish.text:
        shown.append(wish.text)
    shown += [cause_name(cause) for cause in wish.causes]
    if wish.when:
        shown.append(when_phrases(wish.when))
    if wish.remote:
        shown.append(_("from home"))
    if wish.minors:
        shown.append(_("open to minors"))
    if wish.step_free:
        shown.append(_("step-free"))
    if wish.not_causes:
        shown.append(_("without: {causes:list}", causes=[cause_name(cause) for cause in wish.not_causes]))
    return shown or [_("anywhere in France")]


def mark(value: Any) -> str:
    """Four signs that stand for a value within one conversation."""
    return f"{zlib.crc32(repr(value).encode()) & 0xFFFF:04x}"


def _kept(talk: Talk, name: str, value: Any) -> bool:
    """Whether the person has not dropped this very value."""
    return talk.setting(f"no_{name}", Text(), "") != mark(value)


def _dropped(shown: Phrase | str, name: str, value: Any) -> Criterion:
    return Criterion(shown, f"no_{name}", mark(value))


def _activity(what: What, text: str) -> Phrase | str:
    if text:
        return text if len(text) <= 60 else f"{text[:57]}…"
    return _("{causes:list}", causes=[cause_name(cause) for cause in what.causes])


def _said_enough(first: list[str], words: str) -> bool:
    """Where and what were said in one breath: the results come at once, and when can be added."""
    what = bool(words) or bool({"cause", "organisation"} & set(first))
    return what and bool({"place", "remote"} & set(first))


async def _expressions(talk: Talk) -> dict[str, list[str]]:
    """What the first message says more precisely than its causes ("maraude"), or where it names none ("emballer des
    cadeaux"): expressions the catalogue knows, and only those, so that nothing else of the message is kept."""
    said = talk.slots.get("cause")
    causes = [cause for cause in (said if isinstance(said, list) else [said]) if cause in CAUSES]
    if not causes:
        return {"causes": [], "said": await _named_missions(talk)}
    wished = REFUSED.sub(" ", talk.words)
    precise = [idea for idea in catalogue().synonyms.ideas(wished) if idea.cause in causes and not idea.whole]
    return {"causes": causes, "said": [idea.said for idea in precise][:4]}


async def _named_missions(talk: Talk) -> list[str]:
    """The words of the first message that are in the titles of missions there are; none where they are not."""
    if not talk.words or "organisation" in talk.slots:
        return []
    where = Where().from_slot(talk.slots["place"]) if "place" in talk.slots else None
    place = catalogue().places.by_code(where.value) if isinstance(where, Answer) and where.value else None
    synonyms = catalogue().synonyms
    own = set(stems(place.label)) if place else set()
    if OWN_CHILDREN.search(fold(talk.words)):
        own |= {idea.word for idea in synonyms.ideas("enfants children kids")}
    ideas = [idea for idea in synonyms.ideas(talk.words) if idea.word not in own and not _is_time(talk, idea.said)]
    if not 0 < len(ideas) <= MOST_WORDS:
        return []
    said = [idea.said for idea in ideas]
    results = await catalogue().search(Wish(" ".join(said), place), today=talk.today, limit=3)
    titles = " ".join(f" {synonyms.indexed(match.mission.title)} " for match in results.found)
    is_named = any(f" {idea.word} " in titles for idea in ideas)
    if not is_named or {"words", "cause"} & set(results.widened):
        return []
    return [_as_said(talk.words, said)]


def _as_said(message: str, words: list[str]) -> str:
    """The words with what stands between them ("emballer des cadeaux"), unless that is much else."""
    first = message.find(words[0])
    last = message.find(words[-1], first)
    between = message[first : last + len(words[-1])] if 0 <= first <= last else ""
    joined = " ".join(words)
    return between if 0 < len(between.split()) <= len(joined.split()) + 2 else joined


MOST_WORDS = 4
REFUSED = re.compile(
    r"\b(?:(?:mais |surtout )?pas (?:de |d['’])?|sauf|hormis|excepté|but not|except|(?:but )?no)\b[^,.;!?\n]*",
    re.IGNORECASE,
)
"""What is refused, up to the end of its clause: « toutous mais pas de chats » looks for no cats."""
OWN_CHILDREN = re.compile(r"\b(?:mes|nos|my|our) (?:enfants|kids|children)\b")
"""Who comes along, not whom one helps."""


def _is_time(talk: Talk, word: str) -> bool:
    return isinstance(When().read(Said(word, talk.language, talk.today)), Answer)
