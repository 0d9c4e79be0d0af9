"""Days of rest given or lent: « 6 RTT », « deux jours et demi », "half a day", « une semaine » (five working days)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from bot.understanding.hearing import WORK, Context
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import Figure, figures_in
from bot.understanding.numbers.written import numbers_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["days_in", "read_days"]

_LISTS: Final = word_lists("work")

_WORKING_DAYS_A_WEEK: Final = 5
_HALF: Final[Lexicon[Decimal]] = Lexicon(
    _LISTS.groups("halves", {"half": Decimal("0.5"), "one_and_a_half": Decimal("1.5")})
)
# Words before a number of days that make it a delay, an age or a limit.
_NOT_DAYS: Final = _LISTS.words("no_days_after")

_LIMITS: Final = _LISTS.words("limits")
# « combien vaut un jour ? » gives none.
_WORTH: Final = _LISTS.words("worth")
_GIVING: Final = _LISTS.words("giving_days")
_MOST_GIVEN: Final = 60


def _with_half(sentence: Sentence, figure: Figure) -> Decimal:
    """The days of one figure, the half after it included."""
    value = figure.number.value
    if figure.measure == "half_days":
        return value / 2
    if figure.measure == "weeks":
        value *= _WORKING_DAYS_A_WEEK
    after = sentence.words[figure.end : figure.end + 3]
    if after[:2] in (["et", "demi"], ["et", "demie"]) or after == ["and", "a", "half"] or after == ["1", "/", "2"]:
        value += Decimal("0.5")
    between = sentence.words[figure.number.end : figure.end]
    if between[:2] == ["et", "demi"] or after[:1] == ["½"]:
        value += Decimal("0.5")
    return value


def days_in(
    sentence: Sentence, language: str = "fr", today: date | None = None, context: Context | None = None
) -> Decimal | None:
    """The days said in a message, None when none are, or when several numbers of days compete.

    Where the days one has and those one gives are both said, the second count: « j'ai 12 RTT, j'en donne 4 » is 4.
    """
    half = _HALF.first(sentence)
    if half is not None:
        # "2 and a half days"
        added = sentence.words[max(0, half.start - 1) : half.start] == ["and"] or sentence.word(half.start) == "and"
        if added and half.value < 1:
            whole = next((n for n in numbers_in(sentence, language) if n.end in (half.start - 1, half.start)), None)
            if whole is not None:
                return whole.value + half.value
        before = next((n for n in numbers_in(sentence, language) if n.end == half.start), None)
        return before.value * half.value if before is not None and not before.article else half.value
    figures = figures_in(sentence, language, today, context)
    found = [figure for figure in figures if _are_days(sentence, figure, context)]
    if not found:
        return None
    if len(figures) > 1:
        given = [figure for figure in figures if _are_given(sentence, figure, found)]
        found = given or found
        if any(_is_undecided(sentence, figure, figures) for figure in found):
            return None
    return _with_half(sentence, found[0])


def _are_days(sentence: Sentence, figure: Figure, context: Context | None) -> bool:
    """Whether the figure counts days, rather than a delay, a limit, or the worth of one day."""
    if figure.measure not in ("days", "half_days", "weeks"):
        return False
    if figure.measure == "weeks" and context not in WORK:
        return False
    if figure.number.sign == "ordinal" or figure.number.shouted_e:
        return False  # « ma 5e semaine »
    before = sentence.words[max(0, figure.start - 3) : figure.start]
    if before[-1:] == ["les"] and before[-2:-1] != ["tous"]:
        before = before[:-1]
    lent = context is Context.STAFF_TIME and before[-1:] in (["pendant"], ["for"])
    if (before and before[-1] in _NOT_DAYS and not lent) or any(word in _LIMITS for word in before):
        return False
    if figure.number.article and any(word in _WORTH for word in sentence.words):
        return False
    after = sentence.word(figure.end)
    weekly = after == "par" and sentence.stem(figure.end + 1) == "semaine"
    return after not in ("avant", "ago", "apres", "plus") and not weekly


def _are_given(sentence: Sentence, figure: Figure, days: list[Figure]) -> bool:
    """« j'en donne 4 », « céder deux jours »: the number right after a verb of giving."""
    before = sentence.words[max(0, figure.start - 2) : figure.start]
    bare = figure.measure in ("gift", "unsaid", "other") and not (figure.number.sign or figure.number.article)
    small = bare and figure.number.value <= _MOST_GIVEN
    return (figure in days or small) and any(word in _GIVING for word in before)


def _is_undecided(sentence: Sentence, figure: Figure, figures: list[Figure]) -> bool:
    """« deux ou trois jours »"""
    joint = sentence.word(figure.start - 1)
    return joint in ("ou", "or", "a", "to") and any(other.end == figure.start - 1 for other in figures)


def read_days(text: str | Sentence, language: str = "fr") -> Decimal | None:
    """The days in an answer to "how many days?": "2", « deux jours et demi », « une demi-journée », « une semaine »."""
    sentence = Sentence.of(text)
    days = days_in(sentence, language, context=Context.REST)
    if days is not None:
        return days
    # « un » alone is a number of days; « donner à une asso » says none.
    numbers = [n for n in numbers_in(sentence, language) if not n.sign and (not n.article or len(sentence) <= 2)]
    if not numbers or (len(numbers) > 1 and sentence.word(numbers[1].start - 1) in ("ou", "or", "to")):
        return None
    if [number.digits for number in numbers[:2]] == ["1", "2"] and sentence.word(1) == "/":
        return Decimal("0.5")
    given = (n for n in numbers if any(word in _GIVING for word in sentence.words[max(0, n.start - 2) : n.start]))
    chosen = next(given, numbers[0])
    half = sentence.words[chosen.end : chosen.end + 2] in (["et", "demi"], ["et", "demie"])
    value = chosen.value + (Decimal("0.5") if half else 0)
    return -value if chosen.negative else value
