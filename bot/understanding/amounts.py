"""Sums of money given or spent: one as an answer, all those of a message, and which body each is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.understanding.figure_words import PER
from bot.understanding.figures import Figure, figures_in
from bot.understanding.hearing import Context
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["NOT_GIVEN", "Amount", "is_taken_back", "read_amount", "read_amounts", "read_gifts", "read_period"]

_LISTS: Final = word_lists("figures")


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


def read_gifts(
    text: str | Sentence, language: str = "fr", today: date | None = None
) -> list[tuple[Decimal, str | None]]:
    """Each sum with the body it goes to: « 50 à la SPA et 100 aux Restos » gives two pairs, in order.

    A body is paired with the sum before it (« 50 à la SPA »), or after it when it comes first (« SPA 50, LPO 30 »). A
    single body named for several sums receives them all.
    """
    from bot.understanding.organisations import organisations_in

    sentence = Sentence.of(text)
    sums = [figure for figure in figures_in(sentence, language, today, Context.GIFT) if figure.measure == "gift"]
    named = organisations_in(sentence)
    if len(named) == 1:
        return [(figure.number.value, named[0].name) for figure in sums]
    names_first = bool(sums and named) and named[0].start < sums[0].start
    pairs: list[tuple[Decimal, str | None]] = []
    for index, figure in enumerate(sums):
        if names_first:
            since = sums[index - 1].end if index else 0
            near = [found for found in named if since <= found.start < figure.start]
            chosen = near[-1].name if near else None
        else:
            until = sums[index + 1].start if index + 1 < len(sums) else len(sentence)
            near = [found for found in named if figure.end <= found.start < until]
            chosen = near[0].name if near else None
        pairs.append((figure.number.value, chosen))
    return pairs


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
