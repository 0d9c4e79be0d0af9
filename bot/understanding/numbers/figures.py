"""What each number of a message measures, decided once for all readers; and the sums of money that it says.

A number that nothing calls a sum is none: postcodes, ages, years, phone numbers, articles of law, ceilings and rates
stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal, cast

from bot.understanding.calendar import dated_in
from bot.understanding.hearing import Context
from bot.understanding.numbers.sums import PER, RATES, UNITS, Sum, Sums, Unit
from bot.understanding.numbers.written import Number, numbers_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = [
    "NOT_GIVEN",
    "Amount",
    "Figure",
    "Measure",
    "figures_in",
    "is_taken_back",
    "read_amount",
    "read_amounts",
    "read_period",
]

_LISTS: Final = word_lists("figures")

Measure = Sum | Unit | Literal["date", "foreign", "range"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it measures. `end` takes in the unit after it. "unsaid" means that nothing tells."""

    number: Number
    measure: Measure
    end: int

    @property
    def start(self) -> int:
        """The first word of the number."""
        return self.number.start


_GO_ON_AS: Final = frozenset({"ceiling", "saving", "tax", "credit"})
_BETWEENRATES: Final = _LISTS.words("between_rates") | frozenset({"/", "%"})
_BEFORE_UNIT: Final = _LISTS.words("before_a_unit")
_IDENTIFIER_DIGITS: Final = 8
# Nobody says the epoch of a clock: any day does where a reader has none, since only the place of dates counts here.
_ANY_DAY: Final = date(2026, 1, 1)


def figures_in(
    text: str | Sentence, language: str = "fr", today: date | None = None, context: Context | None = None
) -> list[Figure]:
    """Every number of a message with what it measures, from left to right."""
    sentence = Sentence.of(text)
    key = f"figures:{language}:{context}"
    if key not in sentence.memory:
        sentence.memory[key] = _read(sentence, language, today or _ANY_DAY, context)
    return cast("list[Figure]", sentence.memory[key])


def _read(sentence: Sentence, language: str, today: date, context: Context | None) -> list[Figure]:
    numbers = numbers_in(sentence, language)
    if not numbers:
        return []
    dated = {index for found in dated_in(sentence, today, language=language) for index in range(found.start, found.end)}
    identifiers = _identifiers(sentence, numbers)
    sums = Sums(sentence, numbers, context)
    figures: list[Figure] = []
    last_gift_end = -1
    for position, number in enumerate(numbers):
        if number.sign == "euro":
            figure = Figure(number, sums.name(position, last_gift_end), number.end)
        elif number.start in dated:
            figure = Figure(number, "date", number.end)
        else:
            figure = (
                _by_sign(number)
                or _beside_rates(sentence, numbers, position)
                or (Figure(number, "name", number.end) if number.start in identifiers else None)
                or _by_unit(sentence, number)
                or (Figure(number, "unsaid", number.end) if number.article else None)
                or Figure(number, sums.name(position, last_gift_end), number.end)
            )
        previous = figures[-1] if figures else None
        if previous is not None and figure.measure == "gift" and previous.measure in _GO_ON_AS:
            # « plafond 1 000 € ou 2 000 € »
            between = sentence.words[previous.end : figure.start]
            if between in (["ou"], ["or"], ["puis"]):
                figure = Figure(number, previous.measure, figure.end)
        figures.append(figure)
        last_gift_end = figure.end if figure.measure == "gift" else -1
    return _without_ranges(sentence, figures)


def _identifiers(sentence: Sentence, numbers: list[Number]) -> set[int]:
    """Where phone numbers, SIREN numbers and the like begin: runs of digits that are no thousands."""
    found: set[int] = set()
    run: list[Number] = []
    for number in [*numbers, None]:
        if number is not None and number.digits and run and run[-1].end == number.start and not run[-1].sign:
            run.append(number)
            continue
        if len(run) >= 3 or any(_is_code(one) for one in run):
            found.update(one.start for one in run)
        run = [number] if number is not None else []
    for number in numbers:
        before, after = number.start - 1, number.end
        # W751227336, FR76…, L214
        lettered = sentence.glued(number.start) and sentence.word(before).isalpha() and sentence.stem(before) != "euro"
        # SIREN 775 688 799
        grouped = number.end - number.start == 3 and number.value >= 100_000_000 and not number.sign
        # 2069-RCI
        named = sentence.word(after) == "-" and sentence.glued(after) and sentence.glued(after + 1)
        if (
            lettered
            or (grouped and sentence.word(number.start + 1) != "^")
            or (named and not number.sign and sentence.word(after + 1).isalpha() and not UNITS.at(sentence, after + 1))
        ):
            found.add(number.start)
    return found


def _is_code(number: Number) -> bool:
    leading_zero = number.digits[:1] == "0" and len(number.digits) > 1
    return not number.sign and (leading_zero or len(number.digits) >= _IDENTIFIER_DIGITS)


def _by_sign(number: Number) -> Figure | None:
    match number.sign:
        case "foreign":
            return Figure(number, "foreign", number.end)
        case "percent":
            return Figure(number, "rate", number.end)
        case "ordinal":
            return Figure(number, "rank", number.end)
    return None


def _beside_rates(sentence: Sentence, numbers: list[Number], position: int) -> Figure | None:
    """« 66 ou 75 ? », "66 or 75%": the rates of the law, said side by side."""
    number = numbers[position]
    if number.value not in RATES:
        return None
    for other in numbers[max(0, position - 1) : position + 2]:
        between = sentence.words[min(number.end, other.end) : max(number.start, other.start)]
        if other.value in RATES and other.value != number.value and between:
            return Figure(number, "rate", number.end) if all(word in _BETWEENRATES for word in between) else None
    return None


def _by_unit(sentence: Sentence, number: Number) -> Figure | None:
    """What follows the number, when it says what is counted."""
    end = number.end
    if number.digits == "1" and sentence.words[end : end + 2] == ["/", "2"]:
        end += 2
    found = UNITS.at(sentence, end)
    # "15-year-old", "2 bons jours"
    if found is None and (sentence.word(end) in _BEFORE_UNIT or (sentence.word(end) == "-" and sentence.glued(end))):
        found = UNITS.at(sentence, end + 1)
    if found is None:
        fraction = sentence.word(end) in ("/", "x") and sentence.word(end + 1).isdigit()
        return Figure(number, "rate", end + 1) if fraction else None
    unit = sentence.words[found.start]
    # "3 j" are days, but "3 j'ai" and "3 l'autre" begin the next word.
    letter = len(unit) == 1 and found.end == found.start + 1 and not sentence.glued(found.start)
    if unit == "ca" or (letter and (unit == "l" or sentence.gap(found.end) == "'")):
        return None
    return Figure(number, found.value, found.end)


def _without_ranges(sentence: Sentence, figures: list[Figure]) -> list[Figure]:
    """« entre 40 et 50 € » is no sum yet: neither end is taken."""
    ends: set[int] = set()
    for left, right in pairwise(figures):
        loose = left.measure in ("gift", "unsaid") and right.measure in ("gift", "unsaid")
        if loose and _is_range(sentence, left, right):
            ends |= {left.start, right.start}
    return [Figure(one.number, "range", one.end) if one.start in ends else one for one in figures]


def _is_range(sentence: Sentence, left: Figure, right: Figure) -> bool:
    between = sentence.words[left.end : right.start]
    if len(between) != 1:
        return False
    joint, opening, euros = between[0], sentence.word(left.start - 1), right.number.sign == "euro"
    if opening in ("entre", "between"):
        return joint in ("et", "and")
    if joint in ("ou", "or") and left.measure != "gift":
        return True
    if not euros:
        return False
    if opening in ("de", "from") and joint in ("a", "to"):
        return True
    return joint in ("-", "–") or (joint in ("ou", "or", "a") and left.measure == "unsaid")


# Sums of money


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euros, never negative: `negative` says that a minus stood before it. `span` is where it was typed."""

    value: Decimal
    negative: bool
    span: tuple[int, int]


NOT_GIVEN: Final = frozenset({"pay", "income", "turnover", "tax"})
_PERIOD_REACH: Final = 4
# Measures that a bare answer to "how much?" may be taken for, as nothing else was asked.
_ANSWERS: Final = ("gift", "unsaid", "saving", "ceiling", "pay", "income", "turnover", "tax", "rank")


def _amount(sentence: Sentence, figure: Figure) -> Amount:
    number = figure.number
    start = number.start
    if number.negative and start and sentence.word(start - 1) in ("-", "–", "moins", "minus"):
        start -= 1
    return Amount(number.value, number.negative, sentence.span(start, number.end))


def read_amount(text: str | Sentence, language: str = "fr") -> Amount | None:
    """The sum in an answer to "how much?": "300", "2k", « mille deux cents », "-50 €", "20 par mois".

    A sum that is said to be one wins; else any number that counts nothing else. None when there is no number, or only
    numbers of other things (« dans 3 jours », "14 ans").
    """
    sentence = Sentence.of(text)
    said = figures_in(sentence, language, context=Context.GIFT)
    figures = [figure for position, figure in enumerate(said) if not is_taken_back(sentence, said, position)]
    sure = [figure for figure in figures if figure.measure == "gift"]
    signed = [figure for figure in sure if figure.number.sign == "euro"]
    if signed or sure:
        return _amount(sentence, (signed or sure)[0])
    possible = [figure for figure in figures if figure.measure in _ANSWERS and not figure.number.article]
    if not possible and len(sentence) <= 2:
        possible = [
            figure
            for figure in figures
            if figure.measure in ("other", "name", "date") and len(figure.number.digits) < 9
        ]
    return _amount(sentence, possible[0]) if possible else None


def read_amounts(
    text: str | Sentence, language: str = "fr", today: date | None = None, context: Context | None = None
) -> list[Amount]:
    """The sums given or spent that a message says, in order. Ranges, ceilings, pay and the like are not among them."""
    sentence = Sentence.of(text)
    figures = figures_in(sentence, language, today, context)
    return [
        _amount(sentence, figure)
        for position, figure in enumerate(figures)
        if figure.measure == "gift" and not is_taken_back(sentence, figures, position)
    ]


def is_taken_back(sentence: Sentence, figures: list[Figure], position: int) -> bool:
    """« pas 200 mais 2 000 », « 300, enfin non, 400 »: another sum takes its place in the same breath."""
    figure = figures[position]
    before = sentence.words[max(0, figure.start - 3) : figure.start]
    if before == ["au", "lieu", "de"] or before[-2:] in (["instead", "of"], ["rather", "than"], ["plutot", "que"]):
        return True
    following = figures[position + 1] if position + 1 < len(figures) else None
    if following is None or following.measure not in ("gift", "unsaid"):
        return False
    between = sentence.words[figure.end : following.start]
    if len(between) > _BREATH:
        return False
    refused = any(word in _NOT for word in before[-2:]) and (between == [","] or any(word in _BUT for word in between))
    slips = [word for word in between if word.isalpha()]
    return refused or (bool(slips) and all(word in _SLIPS for word in slips))


_BREATH: Final = 6
_NOT: Final = _LISTS.words("not_this")
_BUT: Final = _LISTS.words("but_that")
_SLIPS: Final = _LISTS.words("slips")


def read_period(text: str | Sentence, language: str = "fr", today: date | None = None) -> str | None:
    """How often a gift comes back, "monthly" or "once", when the message says it. The month of a pay is not meant."""
    sentence = Sentence.of(text)
    figures = figures_in(sentence, language, today, Context.GIFT)
    for found in PER.find(sentence):
        if found.value in ("monthly", "once"):
            near = next((one for one in reversed(figures) if one.end <= found.start), None)
            if near is None or near.measure not in NOT_GIVEN or found.start - near.end > _PERIOD_REACH:
                return found.value
    return None
