"""Days and times: what a mission says of them, what a person wishes, and whether the two meet.

A mission's `when` uses the names of `docs/catalogue.md` (monday … sunday, morning, lunch, afternoon, evening, night).
A mission that says nothing of its days may still fit: it is kept, and said to be agreed with the association.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.catalogue.folding import fold

__all__ = ["DAYS", "PARTS", "TIMES", "Fit", "Times", "fit", "is_time", "read_when", "when_mask", "wished_times"]

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = ("morning", "lunch", "afternoon", "evening", "night")
BITS = {name: 1 << position for position, name in enumerate((*DAYS, *PARTS))}
ALL_DAYS = (1 << 7) - 1
DAYS_AT_MOST = 2  # after the first, that a mission lasts whose every day is one of its days
ALL_PARTS = ((1 << 5) - 1) << 7
WEEKDAY = sum(BITS[day] for day in DAYS[:5])
WEEKEND = BITS["saturday"] | BITS["sunday"]

SAID = (
    *(
        (re.compile(rf"\b{word}s?\b"), (day,))
        for word, day in zip(
            ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), DAYS, strict=True
        )
    ),
    *((re.compile(rf"\b{day}s?\b"), (day,)) for day in DAYS),
    (re.compile(r"\bweek ?ends?\b|\bwe\b"), ("saturday", "sunday")),
    (re.compile(r"\ben semaine\b|\bla semaine en journee\b|\bjours? ouvr\w+|\bweekdays?\b"), DAYS[:5]),
    (re.compile(r"\bmatins?\b|\bmatinees?\b|\bmornings?\b"), ("morning",)),
    (re.compile(r"(?<!apres )\bmidis?\b|\bpause dejeuner\b|\blunch\b"), ("lunch",)),
    (re.compile(r"\bapres midis?\b|\bafternoons?\b"), ("afternoon",)),
    (re.compile(r"\bsoirs?\b|\bsoirees?\b|\bapres (?:1[7-9]|20) ?h|\bevenings?\b"), ("evening",)),
    (re.compile(r"\bnuits?\b|\bnights?\b"), ("night",)),
)
FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
A_DAY = "|".join((*FRENCH, *DAYS))
FROM_TO = re.compile(rf"\b(?:du |de |from )?({A_DAY})s? (?:au|a|to|through|until) ({A_DAY})s?\b")
HOURS = re.compile(
    r"\b(?:de |entre |from |between )?(?P<first>[01]?\d|2[0-3])(?: ?h ?[0-5]?\d?|(?: [0-5]\d)? ?(?P<half>[ap]m))?"
    r" ?(?:(?:a|et|to|and) ?|(?<=h ))(?:(?P<last>[01]?\d|2[0-4])(?: ?h ?[0-5]?\d?| [0-5]\d ?[ap]m| ?[ap]m)|midi|noon)"
)
"""« de 18 h 30 à 20 h 30 », "6:30 pm to 8:30 pm", as folded: signs are spaces."""
FLEXIBLE = re.compile(
    r"selon (?:vos|tes|les) disponibilites|horaires? (?:libres?|souples?|flexibles?|au choix)"
    r"|quand vous (?:voulez|pouvez)"
    r"|a (?:votre|son) rythme|flexible hours|whenever"
)

Fit = Literal["yes", "perhaps", "no"]


@dataclass(frozen=True, slots=True)
class Times:
    """When a person is free, or refuses to be: days and parts of the day as bits, and a period. `vague` is a period
    whose days are not known here."""

    mask: int = 0
    start: datetime.date | None = None
    end: datetime.date | None = None
    any_of: tuple[Times, ...] = ()
    vague: bool = False

    @property
    def periods(self) -> list[tuple[datetime.date, datetime.date]]:
        """The periods that were said, one of which is wanted."""
        if self.start is not None and self.end is not None:
            return [(self.start, self.end)]
        return [period for one in self.any_of for period in one.periods]


@lru_cache(maxsize=8_192)
def read_when(text: str) -> tuple[tuple[str, ...], bool]:
    """The days and times that a schedule in words names, and whether the person chooses them."""
    key = fold(text)
    found = {name for pattern, names in SAID if pattern.search(key) for name in names}
    for first, last in FROM_TO.findall(key):
        opens, closes = (position % 7 for position in map((*FRENCH, *DAYS).index, (first, last)))
        found |= {DAYS[day % 7] for day in range(opens, closes + 1 if closes >= opens else closes + 8)}
    if not found & set(PARTS):
        found |= {part for hours in HOURS.finditer(key) if (part := _part(hours))}
    return tuple(name for name in BITS if name in found), bool(FLEXIBLE.search(key))


def _part(hours: re.Match[str]) -> str:
    """The part of the day in which hours begin; none for a whole day."""
    first, last = int(hours["first"]), int(hours["last"] or NOON)
    if hours["half"]:
        first = first % 12 + (12 if hours["half"] == "pm" else 0)
    elif last - first >= WHOLE_DAY:
        return ""
    if first < 6 or first >= 22:
        return "night"
    if first < 12:
        return "morning"
    return "lunch" if first < 14 and last <= 14 else "afternoon" if first < 17 else "evening"


NOON = 12
WHOLE_DAY = 6
"""Hours from which on a mission takes the whole day."""


def when_mask(names: Iterable[str]) -> int:
    """The bits of days and times; "weekend" and "weekday" stand for their days, other names for nothing."""
    mask = 0
    for name in names:
        mask |= {"weekend": WEEKEND, "weekday": WEEKDAY}.get(name, BITS.get(name, 0))
    return mask


def wished_times(tokens: Collection[str], today: datetime.date) -> Times | None:
    """What the tokens of a wish ("saturday", "morning", "date:2026-12-05") come to; None when they say nothing.

    Days and times add up ("saturday", "morning" is Saturday morning); periods are alternatives.
    """
    mask = 0
    periods: list[Times] = []
    for token in tokens:
        period = _period(token, today)
        if period:
            periods.append(Times(0, *period))
        mask |= when_mask((token,))
    vague = "school_holidays" in tokens and not periods
    if not mask and not periods and not vague:
        return None
    if vague:
        return Times(mask, vague=True)
    if len(periods) == 1:
        return Times(mask, periods[0].start, periods[0].end)
    return Times(mask, any_of=tuple(periods))


SCHOOL_HOLIDAYS = "school_holidays"
PERIODS = ("date:2026-12-05", "month:2026-12", "year:2027", "range:2026-12-01/2026-12-20")
TIMES = (*DAYS, "weekend", "weekday", *PARTS, "now", "summer", "christmas", SCHOOL_HOLIDAYS, *PERIODS)
"""What a wish may say of its time, with an example of each that holds a day."""


def is_time(name: str) -> bool:
    """Whether a token of a wish says a time that is known."""
    is_period = _period(name, datetime.date(2026, 1, 1)) is not None
    return is_period or bool(when_mask((name,))) or name == SCHOOL_HOLIDAYS


def _period(token: str, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    kind, _, value = token.partition(":")
    try:
        match kind:
            case "date":
                day = datetime.date.fromisoformat(value)
                return day, day
            case "month":
                first = datetime.date.fromisoformat(f"{value}-01")
                return first, _next_month(first) - datetime.timedelta(days=1)
            case "year":
                return datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31)
            case "range":
                start, _, end = value.partition("/")
                first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
                return (first, last) if first <= last else (last, first)
            case "now":
                return today, today + datetime.timedelta(days=14)
            case "summer":
                return _coming(today, (7, 1), (8, 31))
            case "christmas":
                return _coming(today, (12, 19), (1, 3))
    except ValueError:
        return None
    return None


def _next_month(first: datetime.date) -> datetime.date:
    return datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _coming(today: datetime.date, start: tuple[int, int], end: tuple[int, int]) -> tuple[datetime.date, datetime.date]:
    """The next such period, or the one we are in."""
    for year in (today.year - 1, today.year, today.year + 1):
        first = datetime.date(year, *start)
        last = datetime.date(year + (end < start), *end)
        if last >= today:
            return first, last
    raise AssertionError("one of three years holds the next summer")


def fit(
    wish: Times, mask: int, starts: datetime.date | None, ends: datetime.date | None, *, flexible: bool = False
) -> Fit:
    """Whether a mission of these days and dates is possible for someone free at `wish`."""
    if wish.any_of:
        fits = [fit(Times(wish.mask, one.start, one.end), mask, starts, ends, flexible=flexible) for one in wish.any_of]
        return "yes" if "yes" in fits else "perhaps" if "perhaps" in fits else "no"
    sure = not wish.vague
    if wish.start is not None and wish.end is not None:
        first = max(wish.start, starts or wish.start)
        last = min(wish.end, ends or wish.end)
        if first > last:
            return "no"
        if (last - first).days < 6 and mask & ALL_DAYS:
            days = {(first + datetime.timedelta(days=ahead)).weekday() for ahead in range((last - first).days + 1)}
            if not flexible and not mask & sum(1 << day for day in days):
                return "no"
        elif not mask & ALL_DAYS and (starts is None or ends is None or (ends - starts).days > DAYS_AT_MOST):
            sure = False
    if flexible:
        return "yes"
    for group in (ALL_DAYS, ALL_PARTS):
        wanted, given = wish.mask & group, mask & group
        if wanted and given and not wanted & given:
            return "no"
        if wanted and not given:
            sure = False
    return "yes" if sure else "perhaps"


def is_refused(refused: int, mask: int) -> bool:
    """Whether all that a mission offers is what the person refuses ("pas le dimanche")."""
    for group in (ALL_DAYS, ALL_PARTS):
        offered = mask & group
        if offered and refused & group and not offered & ~refused:
            return True
    return False
