"""Pay, turnover, staff and income: the figures of a payslip, a firm or a household."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypedDict

from bot.understanding.hearing import Context
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import Figure, Measure, figures_in
from bot.understanding.numbers.sums import GROSS, MOST_STAFF, PER, STAFF_BEFORE
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Pay", "as_number", "pay_in", "read_employees", "read_figure", "read_pay"]

_LISTS: Final = word_lists("work")

Per = Literal["monthly", "daily", "hourly", "annual"]


class _Always(TypedDict):
    value: int | float
    per: Per


class Pay(_Always, total=False):
    """A pay as the slot `salary` holds it. `kind` is there only when it was said."""

    kind: Literal["gross", "net", "cost"]


# Said without its period, a pay shows it by its size: nobody earns 9,000 € an hour.
_HOURLY_UNDER: Final = 80
_DAILY_UNDER: Final = 700
_ANNUAL_FROM: Final = 11_000
_AROUND: Final = 6
# Where a number after « on est » may be how many a firm employs.
_OF_FIRMS: Final = (Context.PATRONAGE, Context.STAFF_TIME, Context.PARTNERSHIP, None)
_BEHIND: Final = 2
_STAFF_LENT: Final = _LISTS.words("lending_staff")


def as_number(value: Decimal) -> int | float:
    """`value` as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _per(sentence: Sentence, figure: Figure, before: int, after: int) -> Per | None:
    """The period said nearest to a pay, between the figures around it."""
    best: tuple[int, str] | None = None
    for found in PER.find(sentence):
        if found.start >= figure.number.end and found.start < after:
            away = found.start - figure.number.end
        elif found.end <= figure.start and found.start >= before:
            away = figure.start - found.end
            if away > _BEHIND:
                continue
        else:
            continue
        if away <= _AROUND and (best is None or away < best[0]):
            best = (away, found.value)
    if best is None:
        return None
    match best[1]:
        case "monthly" | "annual" | "daily" | "hourly" as said:
            return said
    return None


def _by_size(value: Decimal) -> Per:
    if value < _HOURLY_UNDER:
        return "hourly"
    if value < _DAILY_UNDER:
        return "daily"
    return "annual" if value >= _ANNUAL_FROM else "monthly"


# What a pay costs the employer, charges and all.
_COST: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("cost_to_the_employer"))


def _kind(sentence: Sentence, figure: Figure, before: int, after: int) -> Literal["gross", "net", "cost"] | None:
    best: tuple[int, str] | None = None
    for found in GROSS.find(sentence):
        inside = before <= found.start < after
        away = found.start - figure.number.end if found.start >= figure.number.end else figure.start - found.end
        if inside and away <= _AROUND and (best is None or away < best[0]):
            best = (away, found.value)
    if best is not None:
        return "gross" if best[1] == "gross" else "net"
    costs = (found for found in _COST.find(sentence) if before <= found.start < after)
    near = any(-_AROUND <= found.start - figure.number.end <= _AROUND for found in costs)
    return "cost" if near else None


def pay_in(
    sentence: Sentence, language: str = "fr", today: date | None = None, context: Context | None = None
) -> Pay | None:
    """The first pay of a message, None when it says none."""
    figures = figures_in(sentence, language, today, context)
    for index, figure in enumerate(figures):
        if figure.measure == "pay" and figure.number.value > 0:
            return _pay(sentence, figures, index)
    return None


def _pay(sentence: Sentence, figures: list[Figure], index: int) -> Pay:
    figure = figures[index]
    before = figures[index - 1].end if index else 0
    after = figures[index + 1].start if index + 1 < len(figures) else len(sentence)
    value = figure.number.value
    pay: Pay = {"value": as_number(value), "per": _per(sentence, figure, before, after) or _by_size(value)}
    kind = _kind(sentence, figure, before, after)
    if kind is not None:
        pay["kind"] = kind
    return pay


def read_pay(text: str | Sentence, language: str = "fr") -> Pay | None:
    """The pay in an answer: "2 400 brut", "15,50 € de l'heure", "33k a year". A bare number is taken for one, and its
    period then told from its size."""
    sentence = Sentence.of(text)
    pay = pay_in(sentence, language, context=Context.REST)
    if pay is not None:
        return pay
    figures = figures_in(sentence, language, context=Context.REST)
    bare: tuple[Measure, ...] = ("gift", "unsaid", "income", "turnover")
    for index, figure in enumerate(figures):
        if (
            figure.measure in bare
            and figure.number.value > 0
            and not figure.number.negative
            and not figure.number.article
        ):
            return _pay(sentence, figures, index)
    return None


def read_figure(
    text: str | Sentence,
    measure: Measure,
    language: str = "fr",
    today: date | None = None,
    context: Context | None = None,
) -> Decimal | None:
    """The first number that measures `measure` ("turnover", "income")."""
    for figure in figures_in(Sentence.of(text), language, today, context):
        if figure.measure == measure:
            return figure.number.value
    return None


def read_employees(
    text: str | Sentence, language: str = "fr", today: date | None = None, context: Context | None = None
) -> int | None:
    """How many people the firm employs: « 3 employées », « on est 12 », "a team of 8". Staff lent does not count."""
    sentence = Sentence.of(text)
    for figure in figures_in(sentence, language, today, context):
        value = figure.number.value
        if value % 1 or figure.number.article:
            continue
        opened = STAFF_BEFORE.ending_at(sentence, figure.start) is not None
        if figure.measure == "people":
            nearby = sentence.words[max(0, figure.start - 3) : figure.start]
            if nearby[-2:] in (["moins", "de"], ["plus", "de"]) or nearby[-1:] in (["under"], ["over"]):
                continue
            if opened or not any(word in _STAFF_LENT for word in nearby):
                return int(value)
        elif opened and value <= MOST_STAFF and figure.measure in ("unsaid", "other") and context in _OF_FIRMS:
            return int(value)
    return None
