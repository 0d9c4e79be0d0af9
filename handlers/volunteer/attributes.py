"""What is known of a mission, one question at a time: where, when, until when, how far, from what age …

Each answer comes from the mission's fields and from the sentences of its announcement, as they stand. What neither says
is None: whoever asks is then told so, and how to reach the association.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from bot.catalogue.announcement import MATTERS, Announcement, speaks_of
from bot.catalogue.folding import fold
from bot.catalogue.mission import Mission
from bot.catalogue.seasons import coming
from bot.catalogue.wish import distance_phrase
from bot.phrase import Phrase, _, n_
from bot.questions.when import when_phrases

__all__ = ["ATTRIBUTES", "Asked", "attribute", "day_lines", "reached_at"]

Told = list[Phrase | str]
HOURS = re.compile(
    r"(?:de|entre|from|between)?\s*(?P<first>\d{1,2}(?:\s?[h:]\s?\d{2}|\s?h\b|:\d{2})?\s?(?:[ap]\.?m\.?)?|midi|noon)"
    r"\s*(?:à|a|et|to|and|-|–)\s*(?P<last>\d{1,2}\s?(?:h\s?\d{2}|h\b|:\d{2}|[ap]\.?m\.?)\s?(?:[ap]\.?m\.?)?|midi|minuit|noon|midnight)",
    re.IGNORECASE,
)
"""« de 18 h 30 à 20 h 30 », "6:30 pm to 8:30 pm", as an announcement writes it."""
CLOCK = re.compile(r"(\d{1,2})\s?(?:[h:]\s?(\d{2})?)?\s?([ap])?\.?m?", re.IGNORECASE)
NAMED_HOURS = {"midi": time(12), "noon": time(12), "minuit": time(23, 59), "midnight": time(23, 59)}
SHORT = 160


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a mission: its words, their language, the day, and where the person measures from, if
    anywhere."""

    mission: Mission
    words: str
    language: str
    today: date
    centre: tuple[float, float] | None = None

    @property
    def announcement(self) -> Announcement:
        return Announcement(self.mission, self.language)


def attribute(act: str, asked: Asked) -> Told | None:
    """What is known of what was asked, shortest first; None where nothing is. The sentence that holds the very thing
    asked about answers whatever the question was taken for."""
    told = asked.announcement.answer(asked.words, act if act in MATTERS else "")
    if told is not None and told.special:
        return [told.sentence]
    if act not in ATTRIBUTES or (act in OF_ITS_WORDS and not speaks_of(asked.words, act)):
        return None
    return ATTRIBUTES[act](asked)


OF_ITS_WORDS = frozenset({"age", "access", "training", "bring", "alone", "detail"})
"""What a question is about only where it has words of it: "je peux venir avec mon chien ?" asks about no age."""


def _sentence(asked: Asked, matter: str) -> Told:
    told = asked.announcement.answer(asked.words, matter)
    return [told.sentence] if told is not None else []


def where(asked: Asked) -> Told | None:
    mission = asked.mission
    if mission.remote == "full":
        return [_("From home: nothing to travel to.")]
    lines: Told = [*asked.announcement.all_on("where", 1)]
    places = places_of(mission)
    if places:
        lines.append(_("In {places:list}.", places=places))
    elif mission.remote == "near_home":
        lines = [_("Wherever you live: near your home.")]
    elif mission.everywhere:
        lines = [_("It is a national network: its page says where it has teams. I do not know its addresses.")]
    return lines or None


def places_of(mission: Mission) -> list[str]:
    named = [
        f"{site.city} ({site.departement})" if site.departement else site.city for site in mission.sites if site.city
    ]
    return list(dict.fromkeys(named))[:3]


def when(asked: Asked) -> Told | None:
    lines: Told = [*day_lines(asked.mission, asked.today, asked.language)]
    lines += [text for text in asked.announcement.all_on("when", 1) if text not in lines]
    return lines or None


def day_lines(mission: Mission, today: date, language: str) -> Told:
    """The dates, then the days and hours as they were said."""
    lines: Told = []
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
    elif season := coming(mission.season, today):
        lines.append(_("From {first:date} to {last:date}", first=season[0], last=season[1]))
    if mission.schedule:
        lines.append(mission.schedule_in(language)[:SHORT])
    elif mission.when:
        lines.append(when_phrases(mission.when))
    return lines


def hours_of(mission: Mission, language: str) -> tuple[time, time] | None:
    """From when to when it lasts, from its fields or its schedule in words."""
    if mission.opens and mission.closes:
        return mission.opens, mission.closes
    found = HOURS.search(mission.schedule_in(language)) or HOURS.search(mission.schedule)
    if found is None:
        return None
    last = _clock(found["last"])
    first = _clock(found["first"], like=found["last"])
    return (first, last) if first is not None and last is not None else None


def _clock(said: str, like: str = "") -> time | None:
    """A time as it is written; one without its half of the day is in that of another."""
    said = said.strip().lower()
    if said in NAMED_HOURS:
        return NAMED_HOURS[said]
    found = CLOCK.match(said)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = found[3] or (other[3] if like and (other := CLOCK.match(like.strip())) is not None else None)
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def until(asked: Asked) -> Told | None:
    hours = hours_of(asked.mission, asked.language)
    if hours is None:
        return None
    ends = _("It ends at {hour:time}.", hour=hours[1])
    return [ends, asked.mission.schedule_in(asked.language)[:SHORT]] if asked.mission.schedule else [ends]


def how_long(asked: Asked) -> Told | None:
    lines: Told = []
    hours = hours_of(asked.mission, asked.language)
    if hours is not None:
        minutes = _minutes(hours)
        if minutes % 60 == 0:
            lines.append(n_("{count} hour each time.", "{count} hours each time.", minutes // 60))
        elif minutes > 60:
            lines.append(_("{hours:number} h {minutes:number} each time.", hours=minutes // 60, minutes=minutes % 60))
        else:
            lines.append(_("{minutes:number} minutes each time.", minutes=minutes))
    lines += [
        text for text in (*_sentence(asked, "how_long"), *asked.announcement.all_on("how_long", 2)) if text not in lines
    ][:2]
    if asked.mission.schedule and len(lines) < 2:
        lines.append(asked.mission.schedule_in(asked.language)[:SHORT])
    return lines or None


def _minutes(hours: tuple[time, time]) -> int:
    begins, ends = (hour.hour * 60 + hour.minute for hour in hours)
    return (ends - begins) % (24 * 60)


def distance(asked: Asked) -> Told | None:
    mission = asked.mission
    if mission.remote == "full":
        return [_("From home: nothing to travel to.")]
    lines: Told = _sentence(asked, "distance")
    if asked.centre is not None and (near := mission.nearest_site(*asked.centre)):
        lines.append(distance_phrase(near[0], near[1]))
    if not lines and (mission.everywhere or mission.remote == "near_home"):
        return where(asked)
    if lines and not _sentence(asked, "distance"):
        lines += [*asked.announcement.all_on("where", 1), _("Their announcement does not say how to get there.")]
    return lines or None


def paid(asked: Asked) -> Told | None:
    lines: Told = _sentence(asked, "paid")
    return [*lines, _("It is volunteering: nobody is paid. Ask them what expenses they pay back.")][:2]


def cost(asked: Asked) -> Told | None:
    return _sentence(asked, "cost") or None


def age(asked: Asked) -> Told | None:
    mission = asked.mission
    lines: Told = _sentence(asked, "age")
    if not lines:
        lines += [text for text in asked.announcement.texts if FROM_AGE.search(fold(text))][:1]
    if mission.minors is False:
        return [*lines, _("Adults only.")][:1]
    if mission.minors:
        return [*lines, _("Minors are welcome.")][:2]
    return lines or None


FROM_AGE = re.compile(
    r"\b(?:des|a partir de|plus de|moins de|from|over|under|aged|above) (?:1\d|[2-9]\d|[5-9])\b"
    r"(?! ?(?:h|heures?|km|euros?|am|pm)\b)"
)


def access(asked: Asked) -> Told | None:
    mission = asked.mission
    lines: Told = _sentence(asked, "access")
    if mission.step_free is not None and not lines and STEPS.search(fold(asked.words)):
        lines = [_("Step-free: there is no step.") if mission.step_free else _("It is not step-free.")]
    return lines or None


STEPS = re.compile(
    r"fauteuil|roulant|pmr|access|marche|escalier|etage|ascenseur|plain|rampe|handicap|mobilite|canne|wheelchair|step|stair"
    r"|lift|ramp|elevator|mobility"
)


def training(asked: Asked) -> Told | None:
    return _sentence(asked, "training") or None


def bring(asked: Asked) -> Told | None:
    return _sentence(asked, "bring") or None


def alone(asked: Asked) -> Told | None:
    lines: Told = _sentence(asked, "alone")
    if asked.mission.places is not None and asked.mission.places > 0:
        lines.append(n_("{count} place left.", "{count} places left.", asked.mission.places))
    return lines or None


def contact(asked: Asked) -> Told | None:
    return [*_sentence(asked, "contact"), _("They are reached at {contact}.", contact=reached_at(asked.mission))]


def reached_at(mission: Mission) -> str:
    """Whom to reach, as one reads it: a page, an e-mail address, a number."""
    return mission.url.removeprefix("mailto:").removeprefix("tel:")


def real(asked: Asked) -> Told | None:
    mission = asked.mission
    if mission.is_evergreen:
        return [
            _(
                "{organisation} is a national organisation. I wrote this from its public pages: what its own page "
                "says counts.",
                organisation=mission.organisation,
            )
        ]
    lines: Told = [_("{organisation} announced it.", organisation=mission.organisation)]
    if mission.seen:
        lines.append(
            _("I saw it on {day:date}, and did not check it: look at their page before you go.", day=mission.seen)
        )
    return lines


def detail(asked: Asked) -> Told | None:
    text = asked.mission.text_in(asked.language)
    return [text] if text else None


ATTRIBUTES: dict[str, Callable[[Asked], Told | None]] = {
    "where": where,
    "when": when,
    "until": until,
    "how_long": how_long,
    "distance": distance,
    "paid": paid,
    "cost": cost,
    "age": age,
    "access": access,
    "training": training,
    "bring": bring,
    "alone": alone,
    "contact": contact,
    "real": real,
    "detail": detail,
}
"""What can be asked about a mission, by the act that asks it."""
