"""The times that suit a person, or do not: days, parts of the day, week-ends, holidays, hours.

`times_in` finds every expression with its values; `dates.read_when` tells the wanted ones from the refused ones. An
hour counts as the part of the day it falls in (« à partir de 18 h » is the evening); how long something lasts is no
time (« deux heures par semaine »).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.calendar import dated_in
from bot.understanding.calendar_words import WEEKDAY_NAMES, WEEKDAYS
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Time", "moments_in", "times_in"]

_LISTS: Final = word_lists("calendar")


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time: words from `start` to before `end`, with the values of the slot `when`."""

    start: int
    end: int
    values: tuple[str, ...]


_RECURRING: Final[Lexicon[tuple[str, ...]]] = Lexicon(
    _LISTS.groups(
        "times",
        {
            "weekend": ("weekend",),
            "weekday": ("weekday",),
            "morning": ("morning",),
            "afternoon": ("afternoon",),
            "evening": ("evening",),
            "night": ("night",),
            "lunch": ("lunch",),
            "summer": ("summer",),
            "summer_holidays": ("summer", "school_holidays"),
            "christmas": ("christmas",),
            "christmas_holidays": ("christmas", "school_holidays"),
            "school_holidays": ("school_holidays",),
            "now": ("now",),
            "nothing": (),
        },
    )
)

_SHORT_DAYS: Final = {
    "sat": 5, "sun": 6, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "lun": 0, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6,
}  # fmt: skip
_DAY_OPENERS: Final = WEEKDAY_NAMES.openers | frozenset(_SHORT_DAYS)
_PARTS: Final = _LISTS.words("parts_of_day")
_TO: Final = _LISTS.words("to_an_hour") | frozenset({"-", "–"})
_HOUR: Final = _LISTS.words("hours")
_LASTS: Final = _LISTS.words("how_often") | frozenset({"/"})
_BEFORE_HOUR: Final[Lexicon[str]] = Lexicon(_LISTS.groups("before_an_hour"))


def times_in(sentence: Sentence, today: date, *, past: bool, language: str) -> list[Time]:
    """The times said in a message, wanted or not, from left to right, without overlap."""
    found = [Time(d.start, d.end, d.values) for d in dated_in(sentence, today, past=past, language=language)]
    taken = [False] * len(sentence)
    for time in found:
        taken[time.start : time.end] = [True] * (time.end - time.start)
    for reader in (_hours, _recurring, _weekdays):
        for time in list(reader(sentence)):
            if not any(taken[time.start : time.end]):
                taken[time.start : time.end] = [True] * (time.end - time.start)
                found.append(time)
    return sorted((time for time in found if time.values), key=lambda time: time.start)


def moments_in(sentence: Sentence) -> list[tuple[int, int]]:
    """Where days and parts of days are said (words from, to), dates left out."""
    remembered = sentence.memory.get("moments")
    if not isinstance(remembered, list):
        found = [time for reader in (_recurring, _weekdays) for time in reader(sentence) if time.values]
        remembered = sentence.memory["moments"] = [(time.start, time.end) for time in found]
    return remembered


def _recurring(sentence: Sentence) -> Iterator[Time]:
    for found in _RECURRING.find(sentence):
        yield Time(found.start, found.end, found.value)


def _weekdays(sentence: Sentence) -> Iterator[Time]:
    """« le samedi », « du mardi au jeudi », "sat or sun", « sam. matin »."""
    free = 0
    for index, word in enumerate(sentence.stems):
        day = _weekday_at(sentence, index) if word in _DAY_OPENERS and index >= free else None
        if day is None:
            continue
        last = _weekday_at(sentence, index + 2)
        joint = sentence.word(index + 1)
        spans = joint in ("au", "a", "to", "-", "–", "through") or (
            joint == "et" and sentence.word(index - 1) == "entre"
        )
        if last is not None and spans and last > day:
            days = WEEKDAYS[day : last + 1]
            yield Time(index, index + 3, ("weekday",) if (day, last) == (0, 4) else days)
            free = index + 3
        else:
            yield Time(index, index + 1, (WEEKDAYS[day],))


def _weekday_at(sentence: Sentence, index: int) -> int | None:
    found = WEEKDAY_NAMES.at(sentence, index)
    if found is not None:
        return found.value
    day = _SHORT_DAYS.get(sentence.word(index))
    if day is None:
        return None
    # "sam" and "sun" are other words too: they count beside another day, a part of the day or "on".
    near = (sentence.word(index - 1), sentence.word(index + 1 + (sentence.word(index + 1) == ".")))
    beside = near[0] in ("on", "le", "les", "tous", "every", "this", "free") and sentence.word(index) not in (
        "mer",
        "jeu",
        "sun",
    )
    paired = any(
        word in _SHORT_DAYS
        for at in (index - 2, index - 1, index + 1, index + 2)
        if (word := sentence.word(at)) and at != index
    )
    return day if beside or paired or near[1] in _PARTS or near[1] in ("am", "pm") else None


def _hour_at(sentence: Sentence, index: int) -> tuple[float, int, bool] | None:
    """The hour at `index`, the word after it, and whether it can only be an hour ("18h30", "6pm")."""
    word = sentence.word(index)
    if word in ("midi", "noon"):
        return (12, index + 1, False)
    if word in ("minuit", "midnight"):
        return (24, index + 1, False)
    if not (word.isascii() and word.isdigit()) or len(word) > 2 or int(word) > 24:
        return None
    hour, end, sure = float(word), index + 1, False
    unit, minutes = sentence.word(end), sentence.word(end + 1)
    if unit in ("h", "heures", "heure", ":", "."):
        has_minutes = len(minutes) == 2 and minutes.isdigit() and minutes < "60" and sentence.glued(end + 1)
        if unit in (":", ".") and not (has_minutes and sentence.glued(end)):
            return (hour, end, False)
        sure = has_minutes and unit != "."
        end += 1 + has_minutes
    if sentence.word(end) in ("am", "pm"):
        hour = hour % 12 + (12 if sentence.word(end) == "pm" else 0)
        return (hour, end + 1, True)
    return (hour, end, sure)


def _part(hour: float) -> str:
    if hour < 6 or hour >= 23:
        return "night"
    if hour < 12:
        return "morning"
    if hour < 14:
        return "lunch"
    return "afternoon" if hour < 17.5 else "evening"


def _hours(sentence: Sentence) -> Iterator[Time]:
    """« à partir de 18h », "6-8pm", « de 14 h à 17 h », « vers 9h30 » as parts of the day."""
    free = 0
    for index, word in enumerate(sentence.words):
        may_begin = word.isdigit() or word in ("minuit", "midnight")
        first = _hour_at(sentence, index) if may_begin and index >= free else None
        if first is None:
            continue
        hour, end, sure = first
        opening = _BEFORE_HOUR.ending_at(sentence, index)
        how = opening.value if opening else ""
        unit = sentence.word(end - 1) in _HOUR or sure or (sentence.word(end - 1).isdigit() and end > index + 1)
        joint = sentence.word(end)
        if joint in _TO and (second := _hour_at(sentence, end + 1)) is not None:
            until, stop, sure_too = second
            hours_said = (
                unit or sure_too or sentence.word(stop - 1) in _HOUR or sentence.word(stop - 1) in ("midi", "noon")
            )
            if hours_said and (how or sure or sure_too or joint not in ("et", "and")) and _lasts_not(sentence, stop):
                if sure_too and until >= 12 and hour < 12 and hour + 12 < until and sentence.word(stop - 1) == "pm":
                    hour += 12
                part = _between(hour, until)
                yield Time(index, stop, (part,) if part else ())
                free = stop
                continue
        beside = sentence.stem(index - 1) in _DAY_OPENERS or sentence.word(index - 1) in _PARTS
        if unit and (sure or ((how or beside) and _lasts_not(sentence, end))):
            if how == "before":
                yield Time(index, end, ("morning",) if hour <= 12 else ())
            elif how == "from" and hour >= 16:
                yield Time(index, end, ("evening",))
            elif how != "between" or sure:
                yield Time(index, end, (_part(hour),))
        free = end


def _lasts_not(sentence: Sentence, end: int) -> bool:
    """Whether what stands before `end` is a time of the clock rather than how long something lasts."""
    return sentence.word(end) not in _LASTS or sentence.word(end) == "de"


def _between(hour: float, until: float) -> str:
    """The part of the day that holds most of the hours from `hour` to `until`, if there is one."""
    if until <= hour:
        return "night" if hour >= 20 else ""
    if until <= 13 and hour < 11.5:
        return "morning"
    if hour >= 11 and until <= 14.5:
        return "lunch"
    if hour >= 12 and until <= 18.5:
        return "afternoon"
    return "evening" if hour >= 16.5 else ""
