"""A day of the calendar, and the times that suit or are refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Option, Reading, Refusal, Said
from bot.understanding.dates import read_date, read_when

__all__ = ["ComingDay", "Day", "NotWhen", "When", "days_of", "is_past", "when_phrase"]

WHEN: dict[str, Phrase] = {
    "weekend": _("at the weekend"),
    "weekday": _("on weekdays"),
    "morning": _("in the morning"),
    "lunch": _("at lunchtime"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
    "night": _("at night"),
    "monday": _("on Mondays"),
    "tuesday": _("on Tuesdays"),
    "wednesday": _("on Wednesdays"),
    "thursday": _("on Thursdays"),
    "friday": _("on Fridays"),
    "saturday": _("on Saturdays"),
    "sunday": _("on Sundays"),
    "summer": _("in summer"),
    "christmas": _("around Christmas"),
    "school_holidays": _("in the school holidays"),
    "now": _("soon"),
}


HOLIDAYS = {"christmas": _("in the Christmas holidays"), "summer": _("in the summer holidays")}


HOURS = frozenset({"morning", "lunch", "afternoon", "evening", "night"})


def when_phrase(token: str) -> Phrase:
    """A value of the slot `when`, as one says it."""
    if token in WHEN:
        return WHEN[token]
    kind, _colon, said = token.partition(":")
    match kind:
        case "date":
            return _("on {day:date}", day=date.fromisoformat(said))
        case "month":
            return _("in {month:month}", month=date.fromisoformat(f"{said}-01"))
        case "year":
            return _("in {year}", year=said)
        case "range":
            first, _slash, last = said.partition("/")
            return _("from {first:date} to {last:date}", first=date.fromisoformat(first), last=date.fromisoformat(last))
    raise ValueError("no time")


def when_phrases(tokens: Sequence[str]) -> Phrase:
    """Some times as one says them: the days, then the hours."""
    hours = [when_phrase(token) for token in tokens if token in HOURS]
    days = [when_phrase(token) for token in tokens if token not in HOURS]
    if "school_holidays" in tokens and (season := next((name for name in HOLIDAYS if name in tokens), None)):
        rest = [token for token in tokens if token not in HOURS and token not in (season, "school_holidays")]
        days = [HOLIDAYS[season], *(when_phrase(token) for token in rest)]
    if hours and days:
        return _("{days:list}, {hours:list}", days=days, hours=hours)
    return _("{times:list}", times=days or hours)


def is_past(token: str, today: date) -> bool:
    """Whether a value of the slot `when` names only days that are over."""
    kind, _colon, said = token.partition(":")
    match kind:
        case "date" | "range":
            return date.fromisoformat(said.split("/")[-1]) < today
        case "month":
            return said < f"{today:%Y-%m}"
        case "year":
            return said < str(today.year)
    return False


def days_of(tokens: Sequence[str]) -> tuple[date | None, date | None]:
    """The first and the last day that dates among some times name ("date:2026-12-05", "range:…"); None without any."""
    days: list[date] = []
    for token in tokens:
        kind, _colon, said = token.partition(":")
        if kind in ("date", "range"):
            days += [date.fromisoformat(part) for part in said.split("/")]
    return (min(days), max(days)) if days else (None, None)


class Day(Kind[date]):
    """One day of the calendar."""

    expects = _("A date, please: for example 3 March, yesterday, or 13/10/2026.")

    def __init__(self, *, slot: str | None = None, earliest: date | None = None, latest: date | None = None) -> None:
        self.slot = slot
        self.earliest, self.latest = earliest, latest

    def read(self, said: Said) -> Reading[date]:
        found = read_date(said.sentence, said.today)
        return None if found is None else self._bounded(found)

    def from_slot(self, value: Any) -> Reading[date]:
        one = value[0] if isinstance(value, list) and value else value
        if not isinstance(one, str) or not one.startswith("date:"):
            return None
        reading = super().from_slot(one.removeprefix("date:"))
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: date) -> Reading[date]:
        if self.earliest and value < self.earliest:
            return Refusal(_("It has to be on {day:date} or later. Which day is it?", day=self.earliest))
        if self.latest and value > self.latest:
            return Refusal(_("It has to be on {day:date} or earlier. Which day is it?", day=self.latest))
        return Answer(value)

    def load(self, stored: Any) -> date:
        return date.fromisoformat(stored)

    def dump(self, value: date) -> str:
        return value.isoformat()

    def shown(self, value: date) -> Phrase:
        return _("{day:date}", day=value)


class ComingDay(Day):
    """A day from today on: "samedi" is the next one."""

    def read(self, said: Said) -> Reading[date]:
        found = read_date(said.sentence, said.today, past=False, language=said.language)
        return None if found is None else self._bounded(found)


class When(Kind[tuple[str, ...]]):
    """The times that suit, as values of the slot `when`; none for any time."""

    slot = "when"
    expects = _("A day or a time, please: for example Saturday morning, in the evening, or the Christmas holidays.")

    def read(self, said: Said) -> Reading[tuple[str, ...]]:
        wanted, refused = read_when(said.sentence, said.today, language=said.language)
        coming = tuple(token for token in wanted if not is_past(token, said.today))
        if wanted and not coming:
            return Refusal(_("That is over already. When would you be free from now on?"))
        return Answer(coming) if coming or refused else None

    def from_slot(self, value: Any) -> Reading[tuple[str, ...]]:
        return super().from_slot(value if isinstance(value, list) else [value])

    def from_press(self, value: str) -> tuple[str, ...]:
        return self.load(value.split(",") if value else [])

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list):
            raise ValueError("no times")
        for token in stored:
            when_phrase(token)  # raises for one we do not know
        return tuple(stored)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def options(self) -> Sequence[Sequence[Option]]:
        return [
            [Option(_("On weekdays"), "weekday"), Option(_("In the evening"), "evening")],
            [Option(_("At the weekend"), "weekend"), Option(_("Soon"), "now")],
        ]

    def shown(self, value: tuple[str, ...]) -> Phrase:
        return when_phrases(value) if value else _("any time")


class NotWhen(When):
    """The times that are refused."""

    slot = "not_when"
