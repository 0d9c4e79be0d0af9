"""What somebody looks for: where, what, when and what they cannot do, taken from what they said; and how it is shown.

Nothing is asked before something is shown. What was not said is left open, and stays open to typed words and buttons.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from bot.catalogue.causes import cause_name
from bot.catalogue.folding import fold
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Wish
from bot.dialogue.talk import Talk
from bot.i18n import render
from bot.phrase import Phrase, _
from bot.questions.activity import Activity, Causes, What, activity_in
from bot.questions.choice import Flag
from bot.questions.kind import Option, Refusal, Said
from bot.questions.limits import Limits, limit_phrase, limits_in
from bot.questions.place import ANYWHERE, HOME, Radius, Where
from bot.questions.text import Text
from bot.questions.when import NotWhen, When, when_phrases

__all__ = [
    "ACTIVITY",
    "SLOTS",
    "Criterion",
    "Search",
    "look_for",
    "mark",
    "note_limits",
    "overhear",
    "propose_alert",
    "search_criteria",
    "told_limits",
    "wanted_words",
    "wish_phrases",
]

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
LIKES: dict[str, tuple[str, ...]] = {
    "no_car": ("gare", "bus", "covoiturage", "transports en commun"),
    "wheelchair": ("plain-pied", "assis", "fauteuil roulant"),
    "seated": ("assis", "téléphone", "lettres", "lecture", "secrétariat"),
    "quiet": ("tri", "logistique", "travail manuel", "saisie", "couture", "jardin", "coudre"),
    "beginner_french": ("anglais", "aucune expérience", "cuisine", "jardin", "tri"),
    "rarely": ("ponctuel", "mois"),
    "once": ("ponctuel", "quelques heures"),
    "group": ("collègues", "équipe", "entreprise"),
    "with_child": ("famille", "enfants"),
}
"""Words that fit who has a limit, where a mission says them: what cannot be filtered can still come first."""
DISLIKES: dict[str, tuple[str, ...]] = {
    "no_car": ("conduire", "chauffeur"),
    "seated": (
        "camion",
        "entrepôt",
        "chantier",
        "ramassage",
        "jardin",
        "nettoyage",
        "bricolage",
        "randonnée",
        "maraude",
    ),
    "quiet": ("accueil", "écoute", "visites", "stand", "animer", "téléphone", "interventions"),
    "beginner_french": ("écoute", "français", "soutien scolaire", "téléphone", "juridique", "lecture"),
    "deaf": ("écoute", "téléphone"),
    "with_child": ("prison", "fin de vie", "maraude", "nuit"),
    "age": ("prison", "fin de vie", "nuit"),
    "wheelchair": ("chantier", "camion", "ramassage", "randonnée", "maraude"),
    "rarely": ("semaine",),
}
"""Words that do not fit, in the same way."""
ASIDE: dict[str, tuple[str, ...]] = {
    "education": ("enfants", "école", "scolaire", "devoirs", "jeunes"),
    "animals": ("animaux", "chiens", "chats"),
    "elderly": ("personnes âgées", "EHPAD"),
    "health": ("hôpital", "malades"),
}
"""What is not wanted either where a cause is refused: a mission of another cause may be about it all the same."""
FILTERED = frozenset({"wheelchair", "with_child", "age", "once", "group"})
"""Limits that the data of missions answers."""
RANKED = frozenset({"seated", "quiet", "beginner_french", "rarely"})
"""Limits by which missions are put in order: what they say is a sign, and no promise."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as it is shown; setting `name` to `value` drops it."""

    shown: Phrase | str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Search:
    """A wish and what it is made of.

    `where` and `what` say whether these were told; `causes` are those that the words speak of. `homonyms` are other
    places that the one named may have been. `unused` are limits that the data cannot answer.
    """

    wish: Wish
    criteria: tuple[Criterion, ...] = ()
    causes: tuple[str, ...] = ()
    where: bool = False
    what: bool = False
    homonyms: tuple[Option, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """Limits that nothing here answers."""
        return tuple(limit for limit in self.limits if limit.partition(":")[0] not in FILTERED | RANKED)

    @property
    def ranked(self) -> tuple[str, ...]:
        """Limits by which what is shown was put in order."""
        return tuple(limit for limit in self.limits if limit in RANKED)

    @property
    def age(self) -> int | None:
        """How old who comes is, or the youngest of those who do; None where nothing was said."""
        return age_of(self.limits)


async def search_criteria(talk: Talk, *, listens: bool = True) -> Search:
    """The wish that what was said makes. With `listens` false the message of this turn is not read for words to look
    for: it is about what is on show."""
    heard = await hear(talk) if listens and talk.words else ""
    if "place" in talk.slots:
        talk.put("homonyms", Text(), " ".join(option.value for option in Where().others(talk.slots["place"], "")))
    away = await talk.once("away", lambda _effects: minutes_away(talk.words))
    about = talk.slots.get("about")
    remote = talk.setting("remote", Flag("remote"), False)
    minors = talk.setting("minors", Flag("minors"), False)
    step_free = talk.setting("step_free", Flag(), about == "step_free")
    limits = talk.setting("limits", Limits(), told_limits(talk))
    radius = talk.setting("radius_km", Radius(), 0.0 if "radius_km" in talk.slots else float(away))
    not_causes = talk.setting("not_cause", Causes("not_cause"), ())
    not_when = talk.setting("not_when", NotWhen(), ())
    body = talk.setting("body", Text(longest=120, slot="organisation"), "")
    where = talk.refine("where", Where(guesses=True), WHERE, default=ANYWHERE)
    what = talk.refine("what", ACTIVITY, WHAT, default=What())
    when = talk.refine("when", When(), WHEN, default=())
    if kept_fact(talk, "place", where):
        talk.learn("place", where)
    if kept_fact(talk, "when", list(when)):
        talk.learn("when", list(when))
    if heard:
        talk.put("said", Text(), heard)
        talk.put("said_with", Text(), mark(ACTIVITY.dump(what)))
    said = talk.setting("said", Text(), "")
    if talk.setting("said_with", Text(), "") != mark(ACTIVITY.dump(what)):
        said = ""  # another activity was chosen since
    homonyms = talk.setting("homonyms", Text(), "").split()

    kept_where = where if where and _kept(talk, "where", where) else ""
    at_home = kept_where == HOME
    kept_what = what if _kept(talk, "what", ACTIVITY.dump(what)) else What()
    kept_said = said if said and _kept(talk, "said", said) else ""
    kept_when = tuple(time for time in when if time not in not_when) if when and _kept(talk, "when", list(when)) else ()
    kept_limits = tuple(limit for limit in limits if _kept(talk, f"limit_{limit.partition(':')[0]}", limit))
    text = kept_what.text or kept_said
    wish = Wish(
        text=" ".join(part for part in (body, text) if part),
        likes=_fitting(LIKES, kept_limits),
        dislikes=(*_fitting(DISLIKES, kept_limits), *(word for cause in not_causes for word in ASIDE.get(cause, ()))),
        age=age_of(kept_limits),
        once="once" in kept_limits,
        place=talk.catalogue.places.by_code(kept_where) if kept_where and not at_home else None,
        radius_km=radius or None,
        when=kept_when,
        not_when=not_when,
        causes=kept_what.causes,
        not_causes=not_causes,
        remote=remote or at_home,
        minors=minors or age_of(kept_limits) is not None,
        step_free=step_free or "wheelchair" in kept_limits,
    )
    criteria: list[Criterion] = []
    if kept_where:
        criteria.append(_dropped(Where().shown(kept_where), "where", kept_where))
    if kept_where and radius and not at_home:
        criteria.append(Criterion(_("within {km:number} km", km=wish.reach_km), "radius_km", "0"))
    if body:
        criteria.append(Criterion(body, "body", ""))
    if text:
        dropped = ("what", ACTIVITY.dump(what)) if kept_what.text else ("said", said)
        criteria.append(_dropped(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}…", *dropped))
    elif kept_what.causes:
        named: list[Phrase | str] = [cause_name(cause) for cause in kept_what.causes]
        criteria.append(_dropped(_("{causes:list}", causes=named), "what", ACTIVITY.dump(what)))
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
    criteria += [_dropped(limit_phrase(limit), f"limit_{limit.partition(':')[0]}", limit) for limit in kept_limits]
    return Search(
        wish,
        tuple(criteria),
        kept_what.causes,
        where=bool(kept_where) or remote,
        what=bool(text or body or kept_what.causes),
        homonyms=tuple(Option(Where().shown(key), key) for key in homonyms if key != where and where in homonyms),
        limits=kept_limits,
    )


def age_of(limits: Iterable[str]) -> int | None:
    """The age that limits name, the youngest where there are several."""
    ages = [int(number) for limit in limits for kind, _, number in (limit.partition(":"),) if kind in OF_AGE]
    return min(ages, default=None)


OF_AGE = ("with_child", "age")


def _fitting(words: Mapping[str, tuple[str, ...]], limits: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for limit in limits for word in words.get(limit.partition(":")[0], ())))


WHERE = _("Where would you like to help? A town, a postcode, a département; or send me your position.")
WHAT = _("And to do what? Choose, or tell me in your own words.")
WHEN = _("When would you be free?")
LONGEST = 60


REMARKS = {
    "abroad": _(
        "I only know missions in France, overseas included. To leave for another country, "
        '<a href="https://france-volontaires.org">France Volontaires</a> informs and guides people for free.'
    ),
    "past": _("The day you speak of is over, so I look at what is to come."),
}


async def hear(talk: Talk) -> str:
    """What the message of this turn says to do, "" where it says nothing of it. What it says the person can or cannot
    do is noted, and what of it cannot be looked for is said."""
    said = talk.said
    first = not any(key.startswith("heard ") for key in talk.done)
    heard = await talk.once(
        _heard(talk), lambda _effects: {"said": wanted_words(talk, said, first=first), "remarks": remarks(talk)}
    )
    note_limits(talk, said)
    for remark in heard["remarks"]:
        talk.say(REMARKS[remark])
    return str(heard["said"])


async def overhear(talk: Talk) -> None:
    """Take the message of this turn for words about what is on show: no search is made of it."""
    await talk.once(_heard(talk), lambda _effects: {"said": "", "remarks": []})


def _heard(talk: Talk) -> str:
    return f"heard {mark(talk.words)}"


def wanted_words(talk: Talk, said: Said, *, first: bool = True) -> str:
    """What a message says to do, in the words the catalogue looks for; empty where it says nothing of it. In a message
    that goes on from a search, words that stand by themselves count only where the catalogue knows them."""
    wished, plain = activity_in(said)
    synonyms = talk.catalogue.synonyms
    ideas = [idea for part in wished for idea in synonyms.ideas(part)]
    ideas += [idea for part in plain for idea in synonyms.ideas(part) if first or idea.is_known]
    if first and not ideas:
        ideas = [idea for idea in synonyms.ideas(said.text) if idea.word in skills(synonyms)]
    if age_of(limits_in(said)) is not None:
        ideas = [idea for idea in ideas if not fold(idea.said).startswith(MINORS)]
    return ", ".join(dict.fromkeys(idea.said for idea in ideas))


SKILLS = (
    "secrétariat", "comptabilité", "site internet", "communication", "traduction", "juridique", "couture", "cuisine",
    "informatique", "bricolage",
)  # fmt: skip
"""What one can do and could give, where nothing else is said: « je suis comptable »."""
MINORS = ("lyceen", "collegien", "ado", "mineur", "teenager")


@lru_cache(maxsize=1)
def skills(synonyms: Synonyms) -> frozenset[str]:
    """The ideas of skills, as the index knows them."""
    return frozenset(idea.word for skill in SKILLS for idea in synonyms.ideas(skill))


def note_limits(talk: Talk, said: Said) -> tuple[str, ...]:
    """What a message says the person can or cannot do, noted beside what they said before; what is new of it."""
    before = told_limits(talk)
    new = tuple(limit for limit in limits_in(said) if limit not in before)
    if new:
        limits = (*before, *new)
        talk.learn("limits", list(limits))
        talk.put("limits", Limits(), limits)
    return new


def kept_fact(talk: Talk, name: str, value: object) -> bool:
    """Whether something was told here that the sheet of the conversation does not hold yet."""
    told = talk.told("where" if name == "place" else name)
    return told and bool(value) and bool(talk.words) and talk.facts.value(name) != value


def told_limits(talk: Talk) -> tuple[str, ...]:
    """What the person said in this conversation that they can or cannot do."""
    kept = talk.facts.value("limits")
    try:
        return Limits().load(kept)
    except ValueError:  # nothing, or kept by another version
        return ()


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
    """What of the message cannot be looked for, and would be passed over in silence: a place abroad, a day that is
    over."""
    found = []
    named = talk.catalogue.places.scan(talk.words.split()) if "place" not in talk.slots else []
    if any(match.finding.abroad and match.cue for match in named):
        found.append("abroad")
    past = "when" not in talk.slots and not TOLD.search(fold(talk.words))
    if past and isinstance(When().read(talk.said), Refusal):
        found.append("past")
    return found


TOLD = re.compile(
    r"\b(?:j ai|on a|nous avons|j etais|c etait|etait|depuis|il y a|ans? (?:dernier|derniere|passe)|annee derniere"
    r"|dernierement|i (?:was|did|had|have|used)|i ve|ago|since|last (?:year|month|week|summer|winter|christmas))\b"
)
"""What tells of the past: its times are nobody's free time."""


def propose_alert(talk: Talk, wish: Wish) -> None:
    """Offer to tell of what is new for a wish that was kept as a draft: one press, or a yes."""
    talk.say(
        _(
            "Alert: {criteria}. I write between 9 am and 8 pm, and only when something new fits. Once a week, is that "
            "all right?",
            criteria=Markup(" · ").join(render(phrase, talk.language) for phrase in wish_phrases(wish)),
        )
    )
    talk.suggest(
        talk.start(_("Yes, once a week"), "alerts", "often", "weekly"),
        talk.start(_("Once a day"), "alerts", "often", "daily"),
    )


def look_for(talk: Talk, words: str) -> None:
    """Look for these words, in the place of what was to be done."""
    talk.unsay("what")
    talk.put("said", Text(), words)
    talk.put("said_with", Text(), mark(ACTIVITY.dump(What())))


def wish_phrases(wish: Wish) -> list[Phrase | str]:
    """A saved wish as it is shown: "Lyon, animals, on Saturdays"."""
    shown: list[Phrase | str] = []
    if wish.place:
        shown.append(wish.place.label)
    if wish.text:
        shown.append(wish.text)
    else:
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
