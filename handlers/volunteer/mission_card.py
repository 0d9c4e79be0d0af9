"""A mission on one screen of a phone: what, with whom, why it is shown, when, and how fresh this is."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from bot.catalogue.mission import Mission
from bot.catalogue.shared import catalogue
from bot.catalogue.wish import Match
from bot.dialogue.buttons import LIMIT
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.i18n import render
from bot.phrase import Phrase, _, n_
from bot.questions.when import when_phrases

__all__ = [
    "act",
    "dots",
    "link_to",
    "linked_id",
    "listed",
    "page_of",
    "places_of",
    "reached_at",
    "share",
    "show_mission",
    "with_acts",
]

LONGEST = 280
PLACES = 3
LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram takes in a link that begins a conversation."""
LAST_WORD = re.compile(r"[\s,;:]*[^ ]*$")


def show_mission(talk: Talk, mission: Mission, match: Match | None = None) -> None:
    """The mission, and why it is there when it answers a search."""
    title = mission.title_in(talk.language)
    talk.say(_("<b>{title}</b>\n{organisation}", title=title, organisation=mission.organisation))
    reasons: list[Phrase | str] = list(match.reasons) if match else []
    if mission.is_evergreen and mission.remote != "full":
        # The whole of France is said once, with the rest of what an evergreen mission is.
        reasons = [
            reason for reason in reasons if not (isinstance(reason, Phrase) and reason.message == "all over France")
        ]
    if match is None:
        reasons = list(places_of(mission))
    if reasons:
        talk.say(dots(talk, reasons))
    text = mission.text_in(talk.language)
    if text:
        talk.say(render(shortened(text), talk.language))
    lines = [render(line, talk.language) for line in day_lines(mission, talk.today, talk.language)]
    if mission.places is not None and mission.places > 0:
        left = n_("{count} place left.", "{count} places left.", mission.places)
        lines.append(render(left, talk.language))
    if mission.is_evergreen:
        everywhere = mission.everywhere and mission.remote != "full"
        line = _("All year round, all over France.") if everywhere else _("All year round.")
        lines.append(render(line, talk.language))
    elif mission.seen:
        lines.append(render(_("Seen on {day:date}.", day=mission.seen), talk.language))
    talk.say(Markup("<i>{}</i>").format(Markup("\n").join(lines)))


def places_of(mission: Mission) -> list[Phrase | str]:
    """Where it is done, the first few places by name; nothing for what is done from home or everywhere."""
    named = []
    for site in mission.sites:
        territory = catalogue().places.by_code(site.departement, "departement") if site.departement else None
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


def day_lines(mission: Mission, today: date, language: str) -> list[Phrase | str]:
    """The dates, then the days and hours as they were said."""
    lines: list[Phrase | str] = []
    starts, ends = mission.starts, mission.ends
    if starts and ends == starts and mission.opens and mission.closes:
        opens, closes = mission.opens, mission.closes
        lines.append(_("On {day:date}, {opens:time} to {closes:time}", day=starts, opens=opens, closes=closes))
    elif starts and ends == starts:
        lines.append(_("On {day:date}", day=starts))
    elif starts and ends and starts > today:
        lines.append(_("From {first:date} to {last:date}", first=starts, last=ends))
    elif starts and starts > today:
        lines.append(_("From {first:date} on", first=starts))
    elif ends:
        lines.append(_("Until {last:date}", last=ends))
    if mission.schedule:
        lines.append(shortened(mission.schedule_in(language), 120))
    elif mission.when:
        lines.append(when_phrases(mission.when))
    return lines


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


def reached_at(mission: Mission) -> str:
    """Whom to reach, as one reads it: a page, an e-mail address, a number."""
    return mission.url.removeprefix("mailto:").removeprefix("tel:")


def page_of(mission: Mission) -> str:
    """The address of its page, empty where it is reached otherwise."""
    return mission.url if mission.url.startswith(("https://", "http://")) else ""


def act(talk: Talk, label: Phrase, what: str, mission: Mission) -> Button | None:
    """A button that does something with a mission; None where its id is too long for a button."""
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
