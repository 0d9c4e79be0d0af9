"""Gifts as people tell them: each sum with its body, its day, how often it is paid and by whom.

« 50 à la SPA et 100 aux Restos », « 800 le 10 mars et 900 le 20 novembre », « 20 € par semaine », « moitié Restos,
moitié SPA », « ma femme a donné 1 400 € ». What is said once for several sums counts for all of them. Only what was said
is told: no rate, no total and no law here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, Protocol, TypeVar

import msgspec

from bot.understanding.calendar_days import month_end
from bot.understanding.donors import Donor, Who, donors_in
from bot.understanding.gift_dates import times_of_gifts
from bot.understanding.gift_words import COUNTED, COUPLE, EACH, HALF, PURPOSES, SHARED_OUT, WITHOUT
from bot.understanding.hearing import Context
from bot.understanding.kinds_of_organisation import kinds_in
from bot.understanding.numbers.figures import NOT_GIVEN, Figure, figures_in, is_taken_back
from bot.understanding.numbers.sums import PER
from bot.understanding.organisations import organisations_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Every", "GiftTold", "GiftsTold", "gifts_in", "in_its_rhythm"]

_LISTS: Final = word_lists("gifts")

Every = Literal["", "once", "daily", "weekly", "monthly", "quarterly"]


class GiftTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A gift, or what is said of one: what was not said is empty.

    `amount`   euros paid at once, 0 where no sum was said
    `every`    how often it is paid
    `to`       the body, as it is commonly called or as it was typed
    `rate`     "75" or "66", where the words describe a body of that rate or say the rate
    `purpose`  one that the law has had rules of its own for: see `gift_words.Purpose`
    `since`, `until`  the first and the last day on which it was or will be paid
    `count`    how many payments there are, of one that comes back
    `by`       who gives, and `called` how they were called (« ma sœur »)
    """

    amount: Decimal = Decimal(0)
    every: Every = ""
    to: str = ""
    rate: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None
    count: int = 0
    by: Who = "self"
    called: str = ""


class GiftsTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one message tells of gifts.

    `gifts`    the sums, in order, each with all that is said of it
    `about`    what is said without a sum, of gifts told before
    `half`     what half of a gift told before is for: « la moitié en janvier »
    `people`   how many give that much each, who may file apart
    `without`  bodies that are taken away
    """

    gifts: list[GiftTold] = []
    about: GiftTold = GiftTold()
    half: GiftTold | None = None
    people: int = 0
    without: list[str] = []


def gifts_in(
    sentence: Sentence, language: str, today: date, context: Context | None, but: Sequence[int] = ()
) -> GiftsTold | None:
    """What the message tells of gifts; None where it tells nothing. `but`: words at which a sum that is none begins."""
    figures = figures_in(sentence, language, today, context)
    sums = [
        figure
        for position, figure in enumerate(figures)
        if figure.measure == "gift" and figure.start not in but and not is_taken_back(sentence, figures, position)
    ]
    removed = [mark for mark in _bodies(sentence) if _is_taken_away(sentence, mark)]
    marks = _Marks(
        bodies=[mark for mark in _bodies(sentence) if mark not in removed],
        times=_times(sentence, language, today),
        periods=_periods(sentence, figures),
        donors=donors_in(sentence),
    )
    told = _with_sums(sentence, figures, sums, marks) if sums else GiftsTold(about=_gift(marks.all))
    halves = sum(word in HALF for word in sentence.words)
    told = msgspec.structs.replace(
        told,
        without=[mark.gift.to for mark in removed if mark.gift.to],
        half=_gift(marks.all) if halves == 1 and not sums and (marks.times or marks.bodies) else None,
    )
    return None if told == GiftsTold() else told


def _is_taken_away(sentence: Sentence, mark: _Mark) -> bool:
    """« sans la SPA », "without the RSPCA": the article may be part of the name."""
    return any(WITHOUT.ending_at(sentence, at) is not None for at in (mark.start, mark.start + 1))


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words from `start` to before `end`, and what they tell of a gift."""

    start: int
    end: int
    gift: GiftTold


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


P = TypeVar("P", bound=_Placed)


@dataclass(frozen=True, slots=True)
class _Marks:
    bodies: list[_Mark]
    times: list[_Mark]
    periods: list[_Mark]
    donors: list[Donor]

    @property
    def all(self) -> list[_Mark]:
        return [*self.bodies, *self.times, *self.periods, *map(_of_donor, self.donors)]


def _with_sums(sentence: Sentence, figures: list[Figure], sums: list[Figure], marks: _Marks) -> GiftsTold:
    """The sums with what belongs to each."""
    bodies, times, periods = (_paired(kind, sums) for kind in (marks.bodies, marks.times, marks.periods))
    donors = _paired(list(map(_of_donor, marks.donors)), sums, one_each=True)
    gifts = [
        msgspec.structs.replace(
            _gift([*bodies[at], *times[at], *periods[at], *donors[at]]), amount=_amount(sentence, figures, figure)
        )
        for at, figure in enumerate(sums)
    ]
    people = next((int(figure.number.value) for figure in figures if figure.measure == "people"), 0)
    if len(gifts) == 1:
        gifts = _shared_out(sentence, gifts[0], marks)
    is_each = not EACH.isdisjoint(sentence.words)
    return GiftsTold(gifts, people=people if is_each and len(gifts) == 1 else 0)


def _shared_out(sentence: Sentence, gift: GiftTold, marks: _Marks) -> list[GiftTold]:
    """One sum for several bodies or givers: « 50 € chacun », « moitié X, moitié Y », « ma femme et moi, 50 € chacun »."""
    named = [mark.gift for mark in marks.bodies if mark.gift.to]
    if not EACH.isdisjoint(sentence.words):
        if len(named) > 1:
            return [msgspec.structs.replace(gift, to=body.to) for body in named]
        if COUPLE.first(sentence) is not None:
            return [msgspec.structs.replace(gift, by=who, called="") for who in ("self", "spouse")]
    halved = not HALF.isdisjoint(sentence.words) or SHARED_OUT.first(sentence) is not None
    if len(named) == 2 and halved:
        return [msgspec.structs.replace(gift, to=body.to, amount=gift.amount / 2) for body in named]
    return [gift]


def _amount(sentence: Sentence, figures: list[Figure], figure: Figure) -> Decimal:
    """What is paid: « 3 dons de 50 € », « 12 tickets à 5 € » are all of them."""
    value = -figure.number.value if figure.number.negative else figure.number.value
    words = sentence.words
    if words[figure.start - 1 : figure.start] not in (["de"], ["d"], ["a"], ["of"], ["at"], ["for"]):
        return value
    for other in figures:
        counted = words[other.number.end : figure.start - 1]
        if other.end <= figure.start and 1 <= len(counted) <= 4 and counted[0] in COUNTED and not other.number.article:
            return value * other.number.value
    return value


def _paired(marks: list[_Mark], sums: list[Figure], *, one_each: bool = False) -> list[list[_Mark]]:
    """For each sum the marks that are its own, or else those that count for all. `one_each`: a mark after the last sum
    is its own, and not of all of them."""
    if len(sums) == 1 or not marks:
        return [list(marks) for _ in sums]
    befores = [sums[at - 1].end if at else 0 for at in range(len(sums))]
    before = [
        [mark for mark in marks if begins <= mark.start < figure.start]
        for begins, figure in zip(befores, sums, strict=True)
    ]
    if len(marks) >= len(sums) and all(before):
        before[-1] += [mark for mark in marks if mark.start >= sums[-1].end]
        return before
    ends = [*(figure.start for figure in sums[1:]), 1 << 30]
    after = [[mark for mark in marks if figure.end <= mark.start < end] for figure, end in zip(sums, ends, strict=True)]
    shared = [mark for mark in marks if mark.start < sums[0].start]
    if not any(after[:-1]) and not one_each:
        shared, after = [*shared, *after[-1]], [[] for _ in sums]
    return [own or shared for own in after]


def _gift(marks: Sequence[_Mark]) -> GiftTold:
    """What all these marks tell together; of two that tell the same, the first counts."""
    fields: dict[str, object] = {}
    for mark in marks:
        for name in mark.gift.__struct_fields__:
            value = getattr(mark.gift, name)
            if value and not (name == "by" and value == "self") and name not in fields:
                fields[name] = value
    return in_its_rhythm(GiftTold(**fields))  # type: ignore[arg-type]


_LONGER_THAN: Final[Mapping[str, int]] = {"monthly": 31, "quarterly": 92}
"""Days that hold one payment of a rhythm."""


def in_its_rhythm(gift: GiftTold) -> GiftTold:
    """The gift, without days too few for how often it is paid: they were said of something else that happened then."""
    if gift.since is None or gift.until is None or gift.count:
        return gift
    too_few = (gift.until - gift.since).days < _LONGER_THAN.get(gift.every, 0)
    return msgspec.structs.replace(gift, since=None, until=None) if too_few else gift


def _bodies(sentence: Sentence) -> list[_Mark]:
    """The bodies named, and the words that tell what sort of body it is."""
    named = [_Mark(body.start, body.end, GiftTold(to=body.name)) for body in organisations_in(sentence)]
    kinds = [_Mark(found.start, found.end, GiftTold(rate=found.value)) for found in kinds_in(sentence)]
    purposes = [_Mark(found.start, found.end, GiftTold(purpose=found.value)) for found in PURPOSES.find(sentence)]
    # Help to people in difficulty decides, whatever the setting.
    kinds.sort(key=lambda mark: (mark.gift.rate != "75", mark.start))
    return sorted([*named, *kinds, *purposes], key=lambda mark: mark.start)


def _of_donor(donor: Donor) -> _Mark:
    gift = GiftTold() if donor.who == "self" else GiftTold(by=donor.who, called=donor.called)
    return _Mark(donor.start, donor.end, gift)


_SINCE: Final = _LISTS.words("since")
_UNTIL: Final = _LISTS.words("until")
_DAYS_OF_WEEK: Final = _LISTS.words("days_of_week")
_EVERY: Final[dict[str, Every]] = {
    "once": "once",
    "daily": "daily",
    "weekly": "weekly",
    "monthly": "monthly",
    "quarterly": "quarterly",
}
_DURING: Final = _LISTS.words("during")


def _times(sentence: Sentence, language: str, today: date) -> list[_Mark]:
    """The days, months and years said of gifts. A month said without its year is of the year said beside it."""
    found = [
        (time, days)
        for time in times_of_gifts(sentence, language, today)
        if (days := next((days for value in time.values if (days := _days(value)) is not None), None)) is not None
    ]
    years = [days[0].year for time, days in found if time.values[0].startswith("year:")]
    marks = []
    for time, days in found:
        first, last = days
        has_year = any(len(word) == 4 and word.isdigit() for word in sentence.words[time.start : time.end])
        is_year = time.values[0].startswith("year:")
        if is_year and len(found) > 1:
            continue
        if len(set(years)) == 1 and not has_year:
            first, last = _in_year(first, years[0]), _in_year(last, years[0])
        before = sentence.words[max(0, time.start - 3) : time.start]
        spans = first != last and time.values[0].startswith("range:")
        if not spans and not _UNTIL.isdisjoint([*before, sentence.word(time.start)]):
            gift = GiftTold(until=last)
        elif not spans and (
            before[-1:] == ["partir"] or not _SINCE.isdisjoint(before[-1:]) or before[-2:] == ["partir", "de"]
        ):
            gift = GiftTold(since=first)
        else:
            gift = GiftTold(since=first, until=last)
        marks.append(_Mark(time.start, time.end, gift))
    return _joined(marks)


def _joined(marks: list[_Mark]) -> list[_Mark]:
    """« depuis mars jusqu'en septembre » is one time."""
    joined: list[_Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        if last is not None and last.gift.until is None and mark.gift.since is None:
            joined[-1] = _Mark(last.start, mark.end, GiftTold(since=last.gift.since, until=mark.gift.until))
        else:
            joined.append(mark)
    return joined


def _days(value: str) -> tuple[date, date] | None:
    """The first and the last day of a value of the slot `when`."""
    kind, _colon, said = value.partition(":")
    try:
        match kind:
            case "date":
                return date.fromisoformat(said), date.fromisoformat(said)
            case "month":
                year, month = map(int, said.split("-"))
                return date(year, month, 1), month_end(year, month)
            case "year":
                return date(int(said), 1, 1), date(int(said), 12, 31)
            case "range":
                first, last = said.split("/")
                return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # a year that no calendar has
        return None
    return None


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is then the 28th."""
    return day.replace(year=year, day=min(day.day, month_end(year, day.month).day))


def _periods(sentence: Sentence, figures: list[Figure]) -> list[_Mark]:
    """How often a gift comes back, and how many times. « 1 400 net par mois » says it of a pay."""
    marks = [
        _Mark(found.start, found.end, GiftTold(every=every, count=_count(sentence)))
        for found in PER.find(sentence)
        if (every := _EVERY.get(found.value)) is not None and not _is_of_no_gift(figures, found.start)
    ]
    for at, word in enumerate(sentence.stems):
        before = sentence.words[max(0, at - 2) : at]
        if word in _DAYS_OF_WEEK and (before[-2:] == ["tous", "les"] or before[-1:] in (["chaque"], ["every"])):
            marks.append(_Mark(at, at + 1, GiftTold(every="weekly")))
        elif word == "jour" and (before[-2:] == ["tous", "les"] or before[-1:] in (["chaque"], ["every"])):
            marks.append(_Mark(at, at + 1, GiftTold(every="daily")))
    return sorted(marks, key=lambda mark: mark.start)


def _is_of_no_gift(figures: list[Figure], start: int) -> bool:
    """Whether the sum just before is a pay, an income or the like."""
    before = next((figure for figure in reversed(figures) if figure.end <= start), None)
    return before is not None and before.measure in NOT_GIVEN and start - before.end <= _PERIOD_REACH


_PERIOD_REACH: Final = 4


def _count(sentence: Sentence) -> int:
    """« pendant 6 mois », "for six months": how many payments there are."""
    for figure in figures_in(sentence, "fr"):
        after = sentence.stem(figure.number.end)
        if sentence.word(figure.start - 1) in _DURING and after in ("mois", "month") and figure.number.value <= 60:
            return int(figure.number.value)
    return 0
