"""A mission on one screen of a phone: what, with whom, where and when; the rest is folded. And several on one
screen."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.catalogue.known import gazetteer
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Match
from bot.dialogue.buttons import LIMIT
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.i18n import render
from bot.phrase import Phrase, _, n_
from handlers.volunteer.attributes import day_lines, reached_at

__all__ = [
    "KEPT",
    "MISSIONS",
    "NEED",
    "act",
    "dots",
    "link_to",
    "linked_id",
    "listed",
    "numbered",
    "page_of",
    "places_of",
    "quote_need",
    "reached_at",
    "share",
    "shortened",
    "show_mission",
    "with_acts",
]

MISSIONS, KEPT = "missions", "kept"
"""What a table of missions shows, those found or those that the person kept; its items are their ids."""
NEED = "need"
LONGEST = 280
PLACES = 3
LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram takes in a link that begins a conversation."""
LAST_WORD = re.compile(r"[\s,;:]*[^ ]*$")


def show_mission(talk: Talk, mission: Mission, match: Match | None = None) -> None:
    """The mission: what, with whom, where, when, and why it is there. What one does there and how fresh this is are
    folded."""
    quote_need(talk, mission)
    title = mission.title_in(talk.language)
    talk.say(_("<b>{title}</b>\n{organisation}", title=title, organisation=mission.organisation))
    reasons: list[Phrase | str] = list(match.reasons) if match else list(places_of(mission))
    lines = [dots(talk, reasons)] if reasons else []
    lines += [render(line, talk.language) for line in day_lines(mission, talk.today, talk.language)]
    if lines:
        talk.say(Markup("\n").join(lines))
    if text := mission.text_in(talk.language):
        talk.fold(render(shortened(text), talk.language))
    rest = []
    if mission.places is not None and mission.places > 0:
        left = n_("{count} place left.", "{count} places left.", mission.places)
        rest.append(render(left, talk.language))
    if mission.is_evergreen and mission.everywhere:
        rest.append(
            render(_("I know no announcement of theirs with a date: their page says where to ask."), talk.language)
        )
    elif mission.seen and not mission.is_evergreen:
        rest.append(render(_("Seen on {day:date}.", day=mission.seen), talk.language))
    if rest:
        talk.fold(Markup("<i>{}</i>").format(Markup("\n").join(rest)))


def numbered(talk: Talk, matches: Sequence[Match], first: int = 0) -> None:
    """Some missions, two lines each: the first words that one needs to choose."""
    for number, match in enumerate(matches, first + 1):
        mission = match.mission
        quote_need(talk, mission)
        facts: list[Phrase | str] = [mission.organisation]
        if match.where is not None:
            facts.append(match.where)
        if days := day_lines(mission, talk.today, talk.language):
            facts.append(days[0] if isinstance(days[0], Phrase) else shortened(days[0], 70))
        if match.days == "perhaps" and not days:
            facts.append(_("days to be agreed"))
        title = mission.title_in(talk.language)
        talk.say(_("<b>{number:number}. {title}</b>\n{facts}", number=number, title=title, facts=dots(talk, facts)))


def quote_need(talk: Talk, mission: Mission) -> None:
    """A need is an association's own words: what is kept of this screen goes with them."""
    if mission.kind == NEED:
        talk.quote(NEED, mission.id)


def places_of(mission: Mission) -> list[Phrase | str]:
    """Where it is done, the first few places by name; nothing for what is done from home or everywhere."""
    named = []
    for site in mission.sites:
        territory = gazetteer().by_code(site.departement, "departement") if site.departement else None
        if site.city and site.postcode:
            named.append(f"{site.postcode} {site.city}")
        elif site.city:
            named.append(f"{site.city} ({site.departement})" if site.departement else site.city)
        elif territory is not None:
            named.append(territory.name)
    named = list(dict.fromkeys(named))
    if len(named) <= PLACES:
        return [*named]
    more = len(named) - PLACES
    return [*named[:PLACES], n_("{count} other place", "{count} other places", more)]


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text up to the end of a sentence or word."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > longest // 2 else LAST_WORD.sub("", cut) + "…"


def dots(talk: Talk, phrases: Iterable[Phrase | str]) -> Markup:
    """Short phrases on one line, a dot between."""
    return Markup(" · ").join(render(phrase, talk.language) for phrase in phrases)


def listed(talk: Talk, missions: Iterable[Mission]) -> None:
    """Some missions in a few words each, with a button that opens each."""
    for mission in missions:
        title = mission.title_in(talk.language)
        talk.say(_("<b>{title}</b>\n{organisation}", title=title, organisation=mission.organisation))
        button = act(talk, Phrase("{title}", {"title": shortened(title, 40)}), "i", mission)
        if button:
            talk.offer(button)


def page_of(mission: Mission) -> str:
    """The address of its page, empty where it is reached otherwise."""
    return mission.url if mission.url.startswith(("https://", "http://")) else ""


def act(talk: Talk, label: Phrase, what: str, mission: Mission) -> Button | None:
    """A button that does something with a mission; None where its id is too long for a button."""
    quote_need(talk, mission)
    if len(f">mission.{what}={mission.id}".encode()) > LIMIT:
        return None
    return talk.start(label, "mission", what, mission.id)


def share(talk: Talk, mission: Mission) -> Button | None:
    """A button that hands the mission to a friend, as a link that opens this very mission for them. None where its id
    is too long for a link."""
    link = link_to(mission.id)
    return talk.share(_("Share"), link, mission.title_in(talk.language)) if link else None


def link_to(mission_id: str) -> str:
    """What begins a conversation at this mission: its id as it is, or in base64 where it has signs that no link of
    Telegram's may hold. Empty where it is too long."""
    source, _colon, own = mission_id.partition(":")
    plain = f"mission-i-{source}--{own}"
    if LINK.fullmatch(plain) and "--" not in f"{source}-":
        return plain
    coded = f"mission-s-{base64.urlsafe_b64encode(mission_id.encode()).decode().rstrip('=')}"
    return coded if LINK.fullmatch(coded) else ""


def linked_id(act: str, value: str) -> str:
    """The id that a button or a link carries."""
    if act == "s":
        try:
            return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
        except ValueError:
            return ""
    return value if ":" in value else value.replace("--", ":", 1)


def with_acts(talk: Talk, *buttons: Button | None) -> None:
    """A row of the buttons there are."""
    talk.offer(*(button for button in buttons if button is not None))
