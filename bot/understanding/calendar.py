"""Dates said in a message: « le 3 mars », "next Saturday", « entre le 3 et le 10 décembre », « fin mai », "13/10/2025".

Every expression becomes one or more values in the words of `docs/understanding.md`: `date:2026-12-05`, `month:2027-05`,
`year:2025`, `range:2026-12-03/2026-12-10`, and `evening`, `weekend` where they are said with it (« ce soir »). A day
without a year is the next one to come, or the last one gone by when `past` is asked for (a gift made « le 3 mars »).
Impossible days (31 April) are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from bot.understanding import calendar_words as words
from bot.understanding.calendar_days import LAST, NEXT, UNITS, Day, day_at, digits, month_end, safe_date, shift, year_at
from bot.understanding.numbers.written import numbers_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Dated", "dated_in", "nearest"]

_LISTS: Final = word_lists("calendar")

_RANGES: Final = _LISTS.words("range_begins")
_TO: Final = _LISTS.words("range_goes_on") | frozenset({"-", "–"})
_AND: Final = _LISTS.words("and") | frozenset({"&", ","})
_YEAR_BEFORE: Final = _LISTS.words("before_a_year")
_NOT_A_YEAR: Final = _LISTS.words("numbered_by_year")


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated expression: words from `start` to before `end`, what they say, and the days they cover."""

    start: int
    end: int
    values: tuple[str, ...]
    first: date
    last: date


class _Calendar:
    """Reads the dated expressions of one sentence, from left to right."""

    def __init__(self, sentence: Sentence, today: date, past: bool, language: str) -> None:
        self.sentence = sentence
        self.today = today
        self.past = past
        self.numbers = {number.start: number for number in numbers_in(sentence, language)}

    def read(self) -> list[Dated]:
        """Each expression once. Where several readings begin together, the first reader that has one wins."""
        found: list[Dated] = []
        free = 0
        for index, opener in enumerate(self.sentence.stems):
            if index < free:
                continue
            readers = _READERS.get(opener, ())
            if index in self.numbers:
                readers = (*readers, *_OF_NUMBERS)
            dated = next((d for reader in readers if (d := reader(self, index)) is not None), None)
            if dated is not None:
                free = max(dated.end, index + 1)
                if dated.values:
                    found.append(dated)
        return found

    def _day(self, index: int) -> Day | None:
        """The day said from `index`, after its article and its weekday."""
        index += self.sentence.word(index) in ("le", "the", "el", "il")
        if words.WEEKDAY_NAMES.at(self.sentence, index):
            index += 1
            index += self.sentence.word(index) in ("le", "the", ",")
        return day_at(self.sentence, index, self.numbers.get(index))

    def resolve(self, day: Day, *, month: int = 0) -> date | None:
        """The date that `day` means today: the nearest one to come, or gone by."""
        month = day.month or month
        if day.year:
            return safe_date(day.year, month, day.day)
        if not month:
            return self._this_month(day.day)
        step = -1 if self.past else 1
        # Eight years at most lie between two 29 February.
        for away in range(9):
            found = safe_date(self.today.year + step * away, month, day.day)
            if found is not None and (found <= self.today if self.past else found >= self.today):
                return found
        return None

    def _this_month(self, day: int) -> date | None:
        year, month = self.today.year, self.today.month
        for _ in range(3):
            found = safe_date(year, month, day)
            if found is not None and (found <= self.today if self.past else found >= self.today):
                return found
            month += -1 if self.past else 1
            year, month = year + (month > 12) - (month < 1), (month - 1) % 12 + 1
        return None

    def _between(self, start: int, end: int, first: Day, last: Day) -> Dated | None:
        """The days from `first` to `last`, each completed by the other."""
        until = self.resolve(last)
        if until is None:
            return None
        month = first.month or until.month
        since = None
        if first.year:
            since = safe_date(first.year, month, first.day)
        else:
            for year, its_month in ((until.year, month), (until.year, month - 1), (until.year - 1, month)):
                guess = safe_date(year, its_month, first.day) if first.month in (0, its_month) else None
                if guess is not None and guess <= until:
                    since = guess
                    break
            if since is None and not first.month and until.month == 1:
                since = safe_date(until.year - 1, 12, first.day)
        if since is None or since > until:
            return None
        return Dated(start, end, (f"range:{since.isoformat()}/{until.isoformat()}",), since, until)

    def _one(self, start: int, end: int, day: date, *more: str) -> Dated:
        return Dated(start, end, (f"date:{day.isoformat()}", *more), day, day)

    def _span(self, start: int, end: int, first: date, last: date, *more: str) -> Dated:
        return Dated(start, end, (f"range:{first.isoformat()}/{last.isoformat()}", *more), first, last)

    def _whole_month(self, start: int, end: int, year: int, month: int) -> Dated:
        return Dated(start, end, (f"month:{year:04}-{month:02}",), date(year, month, 1), month_end(year, month))

    def _whole_year(self, start: int, end: int, year: int) -> Dated:
        return Dated(start, end, (f"year:{year}",), date(year, 1, 1), date(year, 12, 31))

    def _range(self, index: int) -> Dated | None:
        """« du 3 au 10 décembre », "between March 3 and March 8", « de mars à juin »."""
        sentence = self.sentence
        opening = sentence.word(index)
        first = self._day(index + 1)
        if first is None:
            return self._months(index)
        if sentence.word(first.end) not in _TO:
            return None
        at = first.end + 1
        at += sentence.word(at) in ("au", "a")
        last = self._day(at)
        if last is None:
            return None
        if not last.month:
            article = opening == "du" or sentence.word(index + 1) == "le"
            if first.month or not article or sentence.stem(last.end) in UNITS or sentence.stem(first.end) in UNITS:
                return None
        return self._between(index, last.end, first, last)

    def _months(self, index: int) -> Dated | None:
        sentence = self.sentence
        first = words.MONTHS.at(sentence, index + 1)
        if first is None or sentence.word(first.end) not in _TO:
            return None
        last = words.MONTHS.at(sentence, first.end + 1)
        if last is None:
            return None
        year, end = year_at(sentence, last.end)
        closing = self._month_of(last.value, year)
        since = date(closing.year - (first.value > last.value), first.value, 1)
        return self._span(index, end, since, month_end(closing.year, closing.month))

    def _until(self, index: int) -> Dated | None:
        """« jusqu'au 15 décembre »: from today on. For what is past only the day counts, of a month its name."""
        found = words.UNTIL.at(self.sentence, index)
        if found is None:
            return None
        day = self._day(found.end)
        if day is None:
            return None
        if not day.month and (self.sentence.stem(day.end) in UNITS or self.sentence.word(found.end - 1) != "au"):
            return None
        last_day = self.resolve(day)
        if last_day is None:
            return None
        if self.past or last_day < self.today:
            return self._one(index, day.end, last_day)
        return self._span(index, day.end, self.today, last_day)

    def _days(self, index: int) -> Dated | None:
        """One day with its month, or several that share it: « les 3, 4 et 5 décembre », "3-10 December"."""
        sentence = self.sentence
        days: list[Day | None] = [None if words.WEEKDAY_NAMES.at(sentence, index) else self._day(index)]
        while (latest := days[-1]) is not None and not latest.month:
            joint = sentence.word(latest.end)
            if joint in ("-", "–", "au", "to") and len(days) == 1 and sentence.stem(latest.end) not in UNITS:
                last = self._day(latest.end + 1)
                return self._between(index, last.end, latest, last) if last is not None and last.month else None
            if joint not in _AND or len(days) > 9:
                return None
            days.append(self._day(latest.end + 1))
        if latest is None:
            return None
        found = [d for day in days if day is not None and (d := self.resolve(day, month=latest.month)) is not None]
        if not found:
            # An impossible day, such as 31 April: nothing is said of it, not even its month.
            return Dated(index, latest.end, (), self.today, self.today)
        values = tuple(f"date:{day.isoformat()}" for day in found)
        return Dated(index, latest.end, values, min(found), max(found))

    def _weekday(self, index: int) -> Dated | None:
        """A weekday that names one day: « samedi prochain », "this Friday", « samedi 5 décembre », « samedi 5 »."""
        sentence = self.sentence
        which = sentence.word(index) if sentence.word(index) in ("ce", "this", "next", "last") else ""
        name = words.WEEKDAY_NAMES.at(sentence, index + bool(which))
        if name is None:
            return None
        end = name.end
        day = self._day(index + bool(which))
        if day is not None and day.month:
            found = self.resolve(day)
            return self._one(index, day.end, found) if found else None
        if (
            day is not None
            and sentence.stem(day.end) not in UNITS
            and sentence.word(day.end) not in ("-", ":", "a", "/")
        ):
            found = self._with_name(name.value, day.day)
            return self._one(index, day.end, found) if found else None
        after = sentence.word(end)
        if after in NEXT or (after == "qui" and sentence.word(end + 1) in ("vient", "arrive")):
            which, end = "next", end + (1 if after in NEXT else 2)
        elif after in LAST:
            which, end = "last", end + 1
        elif after == "en" and sentence.word(end + 1) in ("huit", "8"):
            found = shift(self.today, (name.value - self.today.weekday() - 1) % 7 + 8)
            return self._one(index, end + 2, found)
        if not which:
            return None
        ahead = (name.value - self.today.weekday()) % 7
        if which == "last" or (self.past and which in ("ce", "this")):
            return self._one(index, end, shift(self.today, ahead - 7 if ahead or which == "last" else 0))
        return self._one(index, end, shift(self.today, ahead or (7 if which == "next" else 0)))

    def _with_name(self, weekday: int, day: int) -> date | None:
        """The nearest month in which `day` falls on that weekday."""
        year, month = self.today.year, self.today.month
        for _ in range(14):
            found = safe_date(year, month, day)
            if found and found.weekday() == weekday and (found <= self.today if self.past else found >= self.today):
                return found
            month += -1 if self.past else 1
            year, month = year + (month > 12) - (month < 1), (month - 1) % 12 + 1
        return None

    def _relative(self, index: int) -> Dated | None:
        found = words.RELATIVE.at(self.sentence, index)
        if found is None:
            # « entre Noël et le jour de l'an » is a season, not that day.
            season = not {"noel", "christmas"}.isdisjoint(self.sentence.words[max(0, index - 3) : index])
            feast = None if season else words.FEAST_DAYS.at(self.sentence, index)
            day = self.resolve(Day(feast.end, feast.value[1], feast.value[0])) if feast else None
            return self._one(index, feast.end, day) if feast and day else None
        days, part = found.value
        return self._one(index, found.end, shift(self.today, days), *([part] if part else []))

    def _around(self, index: int) -> Dated | None:
        found = words.AROUND.at(self.sentence, index)
        if found is None:
            return None
        (unit, far), today, end = found.value, self.today, found.end
        if unit == "year":
            return self._whole_year(index, end, today.year + far)
        if unit == "month":
            months = today.year * 12 + today.month - 1 + far
            return self._whole_month(index, end, months // 12, months % 12 + 1)
        monday = shift(today, 7 * far - today.weekday())
        if unit == "week":
            return self._span(index, end, monday, shift(monday, 6))
        # Said from Monday to Wednesday, « le week-end prochain » is the one ahead.
        if far == 1 and today.weekday() < 3:
            monday = shift(monday, -7)
        return self._span(index, end, shift(monday, 5), shift(monday, 6), "weekend")

    def _week_of(self, index: int) -> Dated | None:
        """« la semaine du 14 décembre », "the week of 3 March": Monday to Sunday."""
        sentence = self.sentence
        if sentence.word(index + 1) not in ("du", "of"):
            return None
        day = self._day(index + 2)
        if day is None or not day.month or sentence.word(day.end) in _TO:
            return None
        found = self.resolve(day)
        if found is None:
            return None
        monday = shift(found, -found.weekday())
        return self._span(index, day.end, monday, shift(monday, 6))

    def _in_days(self, index: int) -> Dated | None:
        """« dans trois jours », « il y a deux mois », "3 days ago"."""
        sentence, at, sign = self.sentence, index, 0
        if sentence.word(at) in ("dans", "in"):
            at, sign = at + 1, 1
        elif sentence.word(at) == "il" and sentence.words[at + 1 : at + 3] == ["y", "a"]:
            at, sign = at + 3, -1
        elif sentence.word(at) == "y" and sentence.word(at + 1) == "a":
            at, sign = at + 2, -1
        number = self.numbers.get(at)
        if number is None or number.sign or not 0 < number.value < 1000 or number.value % 1:
            return None
        unit, end = sentence.stem(number.end), number.end + 1
        if sentence.word(end) == "ago":
            sign, end = -1, end + 1
        if not sign:
            return None
        many = sign * int(number.value)
        if unit in ("jour", "day", "days"):
            return self._one(index, end, shift(self.today, many))
        if unit in ("semaine", "week", "weeks"):
            return self._one(index, end, shift(self.today, 7 * many))
        if unit in ("mois", "month", "months"):
            months = self.today.year * 12 + self.today.month - 1 + many
            return self._whole_month(index, end, months // 12, months % 12 + 1) if 12 <= months < 119_988 else None
        if unit in ("an", "ans", "annee", "year", "years") and 1 <= self.today.year + many <= 9999:
            return self._whole_year(index, end, self.today.year + many)
        return None

    def _month_of(self, month: int, year: int, *, past: bool | None = None) -> date:
        """The first day of that month, in the year said or the nearest one."""
        if not year:
            today = self.today
            gone_by = self.past if past is None else past
            year = today.year - (month > today.month) if gone_by else today.year + (month < today.month)
        return date(year, month, 1)

    def _month(self, index: int) -> Dated | None:
        sentence = self.sentence
        found = words.MONTHS.at(sentence, index)
        if found is None:
            return None
        year, end = year_at(sentence, found.end)
        before = sentence.word(index - 1)
        if sentence.word(index - 2) in ("avance", "acompte", "solde"):
            return None
        if not year and sentence.words[index] in words.SHY_MONTHS and before not in words.BEFORE_A_MONTH:
            return None
        first = self._month_of(found.value, year)
        if not year and (sentence.word(end) in NEXT or sentence.word(end) in LAST):
            first = self._month_of(found.value, 0, past=sentence.word(end) in LAST)
            end += 1
        return self._whole_month(index, end, first.year, first.month)

    def _year(self, index: int) -> Dated | None:
        sentence = self.sentence
        year = digits(sentence, index, 4)
        if not self.today.year - 10 <= year <= self.today.year + 5 or sentence.stem(index - 1) not in _YEAR_BEFORE:
            return None
        if any(sentence.stem(at) in _NOT_A_YEAR for at in range(index - 3, index)):
            return None
        if sentence.stem(index + 1) in UNITS or (
            sentence.word(index + 1) in (",", ".", "/", "-") and sentence.glued(index + 2)
        ):
            return None
        return self._whole_year(index, index + 1, year)


_Reader = Callable[[_Calendar, int], Dated | None]
_OF_NUMBERS: Final[tuple[_Reader, ...]] = (_Calendar._days, _Calendar._in_days, _Calendar._year)
_OPENERS: Final[tuple[tuple[_Reader, frozenset[str]], ...]] = (
    (_Calendar._range, frozenset(_RANGES)),
    (_Calendar._until, words.UNTIL.openers),
    (_Calendar._days, words.MONTHS.openers | {"premier", "first"}),
    (_Calendar._weekday, words.WEEKDAY_NAMES.openers | {"ce", "this", "next", "last"}),
    (_Calendar._relative, words.RELATIVE.openers | words.FEAST_DAYS.openers),
    (_Calendar._around, words.AROUND.openers),
    (_Calendar._week_of, frozenset({"semaine", "week"})),
    (_Calendar._in_days, frozenset({"dans", "in", "il", "y"})),
    (_Calendar._month, words.MONTHS.openers),
)


def _by_opener() -> dict[str, tuple[_Reader, ...]]:
    readers: dict[str, tuple[_Reader, ...]] = {}
    for reader, openers in _OPENERS:
        for opener in openers:
            readers[opener] = (*readers.get(opener, ()), reader)
    return readers


# Which readers may find something that begins with a word: most words begin nothing.
_READERS: Final = _by_opener()


def dated_in(text: str | Sentence, today: date, *, past: bool = False, language: str = "fr") -> list[Dated]:
    """The dated expressions of a message, from left to right."""
    sentence = Sentence.of(text)
    key = f"dated:{today}:{past}:{language}"
    if key not in sentence.memory:
        sentence.memory[key] = _Calendar(sentence, today, past, language).read()
    return cast("list[Dated]", sentence.memory[key])


def nearest(day: Day, today: date, *, past: bool = False) -> date | None:
    """The date that `day` means on `today`: the next one to come, or the last one gone by. None if there is none."""
    return _Calendar(Sentence(""), today, past, "fr").resolve(day)
