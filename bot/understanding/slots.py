"""The values a message holds, under the names of `docs/understanding.md`: only what is said, never what is guessed.

Where the topic is known, only the values that mean something there are read: a cause in a search for missions, a role in
a firm's affairs. Reading takes well under a millisecond, leaves nothing behind and never raises.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bot.understanding.asked_language import read_language
from bot.understanding.causes import read_causes
from bot.understanding.dates import read_when
from bot.understanding.days import days_in
from bot.understanding.gift_dates import date_of_gift
from bot.understanding.gift_slots import read_gift_slots
from bot.understanding.gift_words import EACH
from bot.understanding.hearing import PAID, SEARCHES, Context, Hears
from bot.understanding.kinds_of_organisation import read_kind_of_organisation
from bot.understanding.limits import read_limits
from bot.understanding.numbers.figures import figures_in, read_amounts, read_period
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
from bot.word_lists import word_lists

__all__ = ["NOT_IN_TALK", "read_in_talk", "read_slots"]

_PROFIT_TAX_RATE: Final = re.compile(
    r"(?:\bis\b|imp[ôo]ts?(?: sur les)? (?:soci[ée]t[ée]s|b[ée]n[ée]fices)|taux|impos[ée]e?s?|corporation tax|rate|taxed)\D{0,20}?(?P<rate>\d{1,2}) ?%"
)
"""« on est à l'IS à 15 % »: the rate at which the firm's profit is taxed."""

NOT_IN_TALK: Final = frozenset({"limits"})
"""Slots that change nothing in a talk that runs: « et si j'ai pas de voiture ? » asks about what is on show."""


def read_slots(text: str | Sentence, language: str, today: date, hears: Hears | None = None) -> dict[str, Any]:
    """The slots of a message as JSON values, one value alone where there is one, a list where there are several.

    `language` is the one the message is written in. `hears` is what its topic declares, where that is known: it decides
    what a bare number or a bare name may be. Without it, all that means something whatever the topic is read.
    """
    sentence = Sentence.of(text)
    slots: dict[str, Any] = {}
    if not len(sentence):
        return slots
    context = None if hears is None else hears.context

    def reads(slot: str) -> bool:
        return hears is None or slot in hears.slots

    _money(sentence, language, today, hears, slots)
    if context in PAID:
        slots |= read_gift_slots(sentence, language, today, context)
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
            [
                place
                for place in read_places(sentence, language)
                if hears is None or hears.abroad or place["level"] != "country"
            ],
        )
    if reads("radius_km") and (radius := radius_in(sentence, language)):
        slots["radius_km"] = radius
    if reads("cause"):
        wanted, refused = read_causes(sentence)
        _put(slots, "cause", wanted)
        _put(slots, "not_cause", refused)
    if reads("when"):
        suits, does_not = _times(sentence, language, today, context)
        _put(slots, "when", suits)
        _put(slots, "not_when", does_not)
    if reads("remote") and is_remote(sentence):
        slots["remote"] = True
    if reads("minors") and is_minor(sentence, language):
        slots["minors"] = True
    if reads("limits"):
        _put(slots, "limits", read_limits(sentence, language))
    if reads("role") and (role := read_role(sentence, context)):
        slots["role"] = role
    if hears is not None:
        _own(sentence, language, today, hears, slots)
    if context is Context.REST:
        _rest_days(sentence, language, slots)
    if context is Context.STAFF_TIME:
        _staff_time(sentence, language, slots)
    if hears is not None and "paper" in hears.slots:
        if begins_with_paper(sentence):
            slots["paper"] = True
        told = read_fields(sentence.text, today, language)
        slots.update({name: value for name, value in told.items() if name != "body"})  # that one is in `named`
        if "named" not in slots and (body := recipient_as_typed(sentence.text)):
            slots["named"] = body
    if context is Context.PATRONAGE and (rate := _PROFIT_TAX_RATE.search(sentence.text.lower())):
        slots["reduced"] = rate["rate"]
    if reads("language") and (asked := read_language(sentence)):
        slots["language"] = asked
    return slots


def read_in_talk(sentence: Sentence, language: str, today: date, hears: Hears) -> dict[str, Any]:
    """The slots of a message as a running talk reads it: all of them where its topic has none of its own."""
    slots = read_slots(sentence, language, today, hears if hears.has_slots else None)
    return {slot: value for slot, value in slots.items() if slot not in NOT_IN_TALK}


def _own(sentence: Sentence, language: str, today: date, hears: Hears, slots: dict[str, Any]) -> None:
    """The slots that a topic reads itself, and what a number and nothing else is where nothing was read."""
    for slot, reader in hears.readers.items():
        if (value := reader(sentence, language, today)) is not None:
            slots[slot] = value
    if not slots and hears.bare is not None and (number := _number_alone(sentence, language, hears)) is not None:
        slots[hears.bare.slot] = number


def _number_alone(sentence: Sentence, language: str, hears: Hears) -> int | float | None:
    """A number and nothing else: "3", « deux », « et à 75 ? »."""
    figures = figures_in(sentence, language, context=hears.context)
    if hears.bare is None or len(figures) != 1 or figures[0].number.sign:
        return None
    if not (value := figures[0].number.value) <= hears.bare.most:
        return None
    others = (*sentence.words[: figures[0].start], *sentence.words[figures[0].number.end :])
    return as_number(value) if _AROUND_A_NUMBER.issuperset(others) else None


_AROUND_A_NUMBER: Final = word_lists("figures").words("around_a_number") | frozenset(",?!.")


_FEW_WORDS: Final = 6
_HOURLY_UNDER: Final = 300
"""A few words with a sum below this, where staff time is talked of, tell what an hour costs."""


def _small_sums(sentence: Sentence, language: str) -> list[Decimal]:
    figures = figures_in(sentence, language, context=Context.STAFF_TIME)
    return [one.number.value for one in figures if one.number.sign == "euro" and one.number.value < _HOURLY_UNDER]


_DAYS_IN_ALL: Final = 5
"""From so many on, days lent are days in all; fewer are nearly always days a week: nothing is read from them."""


def _rest_days(sentence: Sentence, language: str, slots: dict[str, Any]) -> None:
    """Which days, part time, days given already, the public service, why a colleague needs days."""
    if "salary" not in slots and (hourly := read_hours(sentence, language)[1]) is not None:
        slots["salary"] = {"value": as_number(hourly), "per": "hourly"}  # « 14,20 de l'heure »
    given = read_given(sentence, language)
    if given is not None:
        slots["given"] = as_number(given)
        said = [
            figure for figure in figures_in(sentence, language, context=Context.REST) if figure.number.value == given
        ]
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


def _money(sentence: Sentence, language: str, today: date, hears: Hears | None, slots: dict[str, Any]) -> None:
    """The figures: gifts and their period, pay, days, the firm's and the household's."""
    context = None if hears is None else hears.context

    def reads(slot: str) -> bool:
        return hears is None or slot in hears.slots

    if reads("amount"):
        sums = [
            as_number(-amount.value if amount.negative else amount.value)
            for amount in read_amounts(sentence, language, today, context)
        ]
        if len(sums) == 1:
            slots["amount"] = sums[0]
        elif sums:
            slots["amounts"] = sums
    if (
        reads("period")
        and (period := read_period(sentence, language, today))
        and (period == "once" or hears is not None or "amount" in slots)
    ):
        slots["period"] = period
    if reads("days") and (days := days_in(sentence, language, today, context)) is not None:
        slots["days"] = as_number(days)
    if reads("salary") and (pay := pay_in(sentence, language, today, context)):
        slots["salary"] = dict(pay)
    for slot in ("turnover", "income"):
        if reads(slot) and (value := read_figure(sentence, slot, language, today, context)) is not None:
            slots[slot] = as_number(value)
    if reads("employees") and (employees := read_employees(sentence, language, today, context)) is not None:
        slots["employees"] = employees


def _times(sentence: Sentence, language: str, today: date, context: Context | None) -> tuple[list[str], list[str]]:
    """The times of a search, or the date of a gift."""
    if context in PAID:
        return date_of_gift(sentence, language, today), []
    suits, does_not = read_when(sentence, today, language=language)
    if context is Context.NOTICES:
        # A pause « jusqu'au 15 » ends on a day; when it began is no matter.
        opening = f"range:{today.isoformat()}/"
        suits = [f"date:{when.removeprefix(opening)}" if when.startswith(opening) else when for when in suits]
    if context in SEARCHES:
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
