"""The values a message holds, under the names of `docs/understanding.md`: only what is said, never what is guessed.

With a topic, only the values that mean something there are read: a cause in a search for missions, a role in a firm's
affairs. Reading takes well under a millisecond, leaves nothing behind and never raises.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bot.understanding.amounts import read_amounts, read_period
from bot.understanding.asked_language import read_language
from bot.understanding.causes import read_causes
from bot.understanding.dates import read_when
from bot.understanding.days import days_in
from bot.understanding.figures import figures_in
from bot.understanding.gift_dates import date_of_gift
from bot.understanding.gift_slots import read_gift_slots
from bot.understanding.gift_words import EACH
from bot.understanding.kinds_of_organisation import read_kind_of_organisation
from bot.understanding.limits import read_limits
from bot.understanding.organisations import names_as_typed, organisations_in
from bot.understanding.paper_fields import read_fields, recipient_as_typed
from bot.understanding.papers_asked import begins_with_paper
from bot.understanding.pay import as_number, pay_in, read_employees, read_figure
from bot.understanding.people import is_minor, is_remote
from bot.understanding.places import radius_in, read_places
from bot.understanding.roles import read_role
from bot.understanding.sentence import Sentence
from bot.understanding.staff_time import read_hours, read_lent, read_months, read_shape, read_time
from bot.understanding.working_life import (
    is_part_time,
    is_public_agent,
    read_day_kind,
    read_days_a_week,
    read_given,
    read_situation,
)

__all__ = ["NOT_IN_TALK", "read_in_talk", "read_slots"]

_GIFTS: Final = frozenset({"donation", "company_donation"})
_PAID_FOR: Final = _GIFTS | {"expenses"}
_SEARCHES: Final = frozenset({"volunteer", "alerts"})
_WORK: Final = frozenset({"skills", "rest_days"})

# Where each slot means something. A slot that is not listed is read everywhere.
_TOPICS: Final[dict[str, frozenset[str]]] = {
    "amount": _GIFTS | {"expenses"},
    "period": _GIFTS,
    "org_kind": _GIFTS,
    "organisation": _GIFTS | _WORK | {"organisation", "expenses", "alliance", "volunteer", "alerts", "rights"},
    "place": _SEARCHES | {"organisation", "alliance", "rights", "skills"},
    "radius_km": _SEARCHES | {"organisation"},
    "cause": _SEARCHES | {"organisation"},
    "when": _SEARCHES | _PAID_FOR,
    "remote": _SEARCHES,
    "minors": _SEARCHES | {"rights"},
    "limits": _SEARCHES,
    "days": _WORK,
    "salary": _WORK | {"donation"},
    "turnover": _GIFTS | {"skills", "alliance"},
    "employees": frozenset({"company_donation", "skills", "alliance", "rest_days"}),
    "income": _GIFTS,
    "role": _WORK | {"company_donation", "alliance"},
    "language": frozenset({"language"}),
}


# Where what is told of oneself goes on a paper.
_WITH_PAPERS: Final = frozenset({"rest_days", "skills", "company_donation"})

_PROFIT_TAX_RATE: Final = re.compile(
    r"(?:\bis\b|imp[ôo]ts?(?: sur les)? (?:soci[ée]t[ée]s|b[ée]n[ée]fices)|taux|impos[ée]e?s?|corporation tax|rate|taxed)\D{0,20}?(?P<rate>\d{1,2}) ?%"
)
"""« on est à l'IS à 15 % »: the rate at which the firm's profit is taxed."""
NOT_IN_TALK: Final = frozenset({"limits"})
"""Slots that change nothing in a talk that runs: « et si j'ai pas de voiture ? » asks about what is on show."""
_WITH_SLOTS: Final = frozenset().union(*_TOPICS.values())


def read_slots(text: str | Sentence, language: str, today: date, topic_hint: str | None = None) -> dict[str, Any]:
    """The slots of a message as JSON values, one value alone where there is one, a list where there are several.

    `language` is the one the message is written in. `topic_hint` is its topic, where that is known: it decides what a
    bare number or a bare name may be.
    """
    sentence = Sentence.of(text)
    topic = topic_hint
    slots: dict[str, Any] = {}
    if not len(sentence):
        return slots

    def reads(slot: str) -> bool:
        return topic is None or topic in _TOPICS[slot]

    _money(sentence, language, today, topic, slots)
    if topic in _PAID_FOR:
        slots |= read_gift_slots(sentence, language, today, topic)
    if reads("organisation"):
        organisations = organisations_in(sentence)
        if "amount" in slots and len(organisations) > 1 and not EACH.isdisjoint(sentence.words):
            # « 50 € chacun à la SPA et à la LPO »
            slots["amounts"] = [slots.pop("amount")] * len(organisations)
        _put(slots, "organisation", list(dict.fromkeys(named.name for named in organisations_in(sentence))))
        _put(slots, "named", names_as_typed(sentence))
    if reads("org_kind") and (kind := read_kind_of_organisation(sentence)):
        slots["org_kind"] = kind
    if reads("place"):
        # « bénévole en France » tells a country apart from abroad, not a place to look in.
        _put(
            slots,
            "place",
            [place for place in read_places(sentence, language) if topic != "rights" or place["level"] != "country"],
        )
    if reads("radius_km") and (radius := radius_in(sentence, language)):
        slots["radius_km"] = radius
    if reads("cause"):
        wanted, refused = read_causes(sentence)
        _put(slots, "cause", wanted)
        _put(slots, "not_cause", refused)
    if reads("when"):
        suits, does_not = _times(sentence, language, today, topic)
        _put(slots, "when", suits)
        _put(slots, "not_when", does_not)
    if reads("remote") and is_remote(sentence):
        slots["remote"] = True
    if reads("minors") and is_minor(sentence, language):
        slots["minors"] = True
    if reads("limits"):
        _put(slots, "limits", read_limits(sentence, language))
    if reads("role") and (role := read_role(sentence, topic)):
        slots["role"] = role
    if topic == "rest_days":
        _rest_days(sentence, language, slots)
    if topic == "skills":
        _staff_time(sentence, language, slots)
    if topic in _WITH_PAPERS:
        if begins_with_paper(sentence):
            slots["paper"] = True
        told = read_fields(sentence.text, today, language)
        slots.update({name: value for name, value in told.items() if name != "body"})  # that one is in `named`
        if "named" not in slots and (body := recipient_as_typed(sentence.text)):
            slots["named"] = body
    if topic == "company_donation" and (rate := _PROFIT_TAX_RATE.search(sentence.text.lower())):
        slots["reduced"] = rate["rate"]
    if reads("language") and (asked := read_language(sentence)):
        slots["language"] = asked
    return slots


def read_in_talk(sentence: Sentence, language: str, today: date, running: str) -> dict[str, Any]:
    """The slots of a message as a talk about `running` reads it: all of them where that topic is none of those with slots
    of their own."""
    slots = read_slots(sentence, language, today, running if running in _WITH_SLOTS else None)
    return {slot: value for slot, value in slots.items() if slot not in NOT_IN_TALK}


_FEW_WORDS: Final = 6
_HOURLY_UNDER: Final = 300
"""A few words with a sum below this, where staff time is talked of, tell what an hour costs."""


def _small_sums(sentence: Sentence, language: str) -> list[Decimal]:
    figures = figures_in(sentence, language, topic="skills")
    return [one.number.value for one in figures if one.number.sign == "euro" and one.number.value < _HOURLY_UNDER]


_DAYS_IN_ALL: Final = 5
"""From so many on, days lent are days in all; fewer are nearly always days a week: nothing is read from them."""


def _days_alone(sentence: Sentence, language: str) -> int | float | None:
    """A small number and nothing else, where days are talked of: "3", « deux »."""
    figures = figures_in(sentence, language, topic="rest_days")
    if len(figures) != 1 or not (value := figures[0].number.value) <= _MOST_DAYS or figures[0].number.sign:
        return None
    return as_number(value) if figures[0].number.end - figures[0].start == len(sentence) else None


_MOST_DAYS: Final = 31


def _rest_days(sentence: Sentence, language: str, slots: dict[str, Any]) -> None:
    """Which days, part time, days given already, the public service, why a colleague needs days."""
    if not slots and (days := _days_alone(sentence, language)) is not None:
        slots["days"] = days
    if "salary" not in slots and (hourly := read_hours(sentence, language)[1]) is not None:
        slots["salary"] = {"value": as_number(hourly), "per": "hourly"}  # « 14,20 de l'heure »
    given = read_given(sentence, language)
    if given is not None:
        slots["given"] = as_number(given)
        said = [figure for figure in figures_in(sentence, language, topic="rest_days") if figure.number.value == given]
        if slots.get("days") == slots["given"] and len(said) == 1:
            del slots["days"]  # « si j'ai déjà donné un jour » gives none
    if (week := read_days_a_week(sentence, language)) is not None:
        slots["week"] = as_number(week)
        if slots.get("days") == slots["week"] and "rtt" not in sentence.stems:
            del slots["days"]  # « 4 jours par semaine »
    elif is_part_time(sentence):
        slots["part_time"] = True
    if (public := is_public_agent(sentence)) is not None:
        slots["sector"] = "public" if public else "private"
    _put(slots, "day_kind", [kind] if (kind := read_day_kind(sentence)) else [])
    _put(slots, "situation", [situation] if (situation := read_situation(sentence)) else [])


def _staff_time(sentence: Sentence, language: str, slots: dict[str, Any]) -> None:
    """How much of the time, for how many months, how many people, at how much an hour, lent or not."""
    hours, hourly = read_hours(sentence, language)
    time = read_time(sentence, language)
    if time is None and (days := slots.get("days", 0)) >= _DAYS_IN_ALL:
        time = {"days": str(days), "per": "all"}
    if (
        hourly is None
        and "organisation" not in slots
        and len(sentence) <= _FEW_WORDS
        and (sums := _small_sums(sentence, language))
    ):
        hourly = sums[0]  # « et à 50 € ? »
    told: dict[str, Any] = {
        "rhythm": time,
        "months": read_months(sentence, language),
        "lent": read_lent(sentence, language),
        "hours": None if hours is None else as_number(hours),
        "hourly": None if hourly is None else as_number(hourly),
        "shape": read_shape(sentence),
    }
    slots.update({name: value for name, value in told.items() if value is not None})


def _money(sentence: Sentence, language: str, today: date, topic: str | None, slots: dict[str, Any]) -> None:
    """The figures: gifts and their period, pay, days, the firm's and the household's."""

    def reads(slot: str) -> bool:
        return topic is None or topic in _TOPICS[slot]

    if reads("amount"):
        sums = [
            as_number(-amount.value if amount.negative else amount.value)
            for amount in read_amounts(sentence, language, today, topic)
        ]
        if len(sums) == 1:
            slots["amount"] = sums[0]
        elif sums:
            slots["amounts"] = sums
    if (
        reads("period")
        and (period := read_period(sentence, language, today))
        and (period == "once" or topic is not None or "amount" in slots)
    ):
        slots["period"] = period
    if reads("days") and (days := days_in(sentence, language, today, topic)) is not None:
        slots["days"] = as_number(days)
    if reads("salary") and (pay := pay_in(sentence, language, today, topic)):
        slots["salary"] = dict(pay)
    for slot in ("turnover", "income"):
        if reads(slot) and (value := read_figure(sentence, slot, language, today, topic)) is not None:
            slots[slot] = as_number(value)
    if reads("employees") and (employees := read_employees(sentence, language, today, topic)) is not None:
        slots["employees"] = employees


def _times(sentence: Sentence, language: str, today: date, topic: str | None) -> tuple[list[str], list[str]]:
    """The times of a search, or the date of a gift."""
    if topic in _PAID_FOR:
        return date_of_gift(sentence, language, today), []
    suits, does_not = read_when(sentence, today, language=language)
    if topic == "alerts":
        # A pause « jusqu'au 15 » ends on a day; when it began is no matter.
        opening = f"range:{today.isoformat()}/"
        suits = [f"date:{when.removeprefix(opening)}" if when.startswith(opening) else when for when in suits]
    if topic in _SEARCHES:
        suits = [when for when in suits if not _is_over(when, today)]
    return suits, does_not


def _is_over(when: str, today: date) -> bool:
    """Whether a dated value lies in the past: « ma femme est décédée l'an dernier » says nothing of free time."""
    kind, _, said = when.partition(":")
    if kind == "year":
        return True
    return bool(said) and said.rpartition("/")[2] < today.isoformat()[: len(said.rpartition("/")[2])]


def _put(slots: dict[str, Any], name: str, values: list[Any]) -> None:
    if values:
        slots[name] = values[0] if len(values) == 1 else values
