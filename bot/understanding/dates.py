"""Reading when: the one day of an answer (`read_date`), and the times that suit or do not (`read_when`)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.understanding.availability import times_in
from bot.understanding.calendar import dated_in, nearest
from bot.understanding.calendar_days import Day, day_at
from bot.understanding.calendar_words import WEEKDAY_NAMES
from bot.understanding.numbers.written import numbers_in
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence

__all__ = ["read_date", "read_when"]


def read_date(text: str | Sentence, today: date, *, past: bool = True, language: str = "fr") -> date | None:
    """The one day that an answer names: « hier », « le 3 mars », "13/10/2025", « samedi », « le 15 ».

    None when it names none, a longer time (« l'an dernier », « fin mai ») or an impossible day. `past` says on which
    side of today a day without a year is looked for; it is for gifts, made already, that one asks a day.
    """
    sentence = Sentence.of(text)
    dated = dated_in(sentence, today, past=past, language=language)
    for found in dated:
        if found.values[0].startswith("date:"):
            return found.first
    if dated:
        return None
    weekday = WEEKDAY_NAMES.first(sentence)
    if weekday is not None:
        ahead = (weekday.value - today.weekday()) % 7
        return today + timedelta(days=ahead - 7 if past and ahead else ahead)
    numbers = {number.start: number for number in numbers_in(sentence, language)}
    for index, word in enumerate(sentence.words):
        if index in numbers or word in ("premier", "first"):
            day = day_at(sentence, index, numbers.get(index))
            if (
                day is not None
                and day.end == len(sentence)
                and (len(sentence) == 1 or sentence.word(index - 1) in ("le", "the"))
            ):
                return nearest(Day(day.end, day.day), today, past=past)
            return None
    return None


def read_when(
    text: str | Sentence, today: date, *, past: bool = False, language: str = "fr"
) -> tuple[list[str], list[str]]:
    """The times that suit and those that are refused, as values of the slots `when` and `not_when`, each said once."""
    sentence = Sentence.of(text)
    key = f"when:{today}:{past}:{language}"
    wanted, unwanted = sentence.once(key, lambda: _when(sentence, today, past, language))
    return list(wanted), list(unwanted)


def _when(sentence: Sentence, today: date, past: bool, language: str) -> tuple[list[str], list[str]]:
    times = [
        time
        for time in times_in(sentence, today, past=past, language=language)
        if sentence.word(time.start - 1) not in ("depuis", "since")
    ]
    refused = refusals(sentence, [(time.start, time.end) for time in times], busy=True)
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for time, no in zip(times, refused, strict=True):
        (unwanted if no else wanted).update(dict.fromkeys(time.values))
    # What is both (« le samedi, sauf le samedi soir ») stays wanted: it is the narrower refusal that is lost.
    return list(wanted), [value for value in unwanted if value not in wanted]
