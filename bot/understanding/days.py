"""Days of rest given or lent: « 6 RTT », « deux jours et demi », "half a day", « une semaine » (five working days)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from bot.understanding.figures import Figure, figures_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers import numbers_in
from bot.understanding.sentence import Sentence, word_set

__all__ = ["days_in", "read_days"]

_WORKING_DAYS_A_WEEK: Final = 5
_HALF: Final[Lexicon[Decimal]] = Lexicon.of({
    Decimal("0.5"): """
        {une|la|1|} demi journee, {une|} demie journee, un demi jour, half a day, a half day, 1/2 journee, 1/2 jour,
        half day, demi rtt, un demi rtt, media jornada, mezza giornata, meio dia, halber tag
        """,
    Decimal("1.5"): "{un|1} jour et demi, one and a half days, a day and a half, 1 jour 1/2, une journee et demie",
})  # fmt: skip
# Words before a number of days that make it a delay, an age or a limit.
_NOT_DAYS: Final = word_set(
    """
    dans il depuis sous tous les toutes chaque every within dernier derniers pendant apres avant
    """
)

_LIMITS: Final = frozenset({"maximum", "max", "limite", "plafond", "jusqu", "limit", "cap", "most", "minimum", "seuil"})
# « combien vaut un jour ? » gives none.
_WORTH: Final = frozenset({"vaut", "valeur", "valent", "represente", "worth", "value", "journaliere"})


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
    sentence: Sentence, language: str = "fr", today: date | None = None, topic: str | None = None
) -> Decimal | None:
    """The days said in a message, None when none are, or when several numbers of days compete."""
    half = _HALF.first(sentence)
    if half is not None:
        before = next((n for n in numbers_in(sentence, language) if n.end == half.start), None)
        return before.value * half.value if before is not None and not before.article else half.value
    found: list[Decimal] = []
    figures = figures_in(sentence, language, today, topic)
    for index, figure in enumerate(figures):
        if figure.measure not in ("days", "half_days", "weeks"):
            continue
        before_word = sentence.word(figure.start - 1)
        if before_word in _NOT_DAYS and not (before_word == "les" and sentence.word(figure.start - 2) != "tous"):
            continue
        if sentence.word(figure.end) in ("avant", "ago", "apres", "plus") or (
            sentence.word(figure.end) == "par" and sentence.stem(figure.end + 1) == "semaine"
        ):
            continue
        if any(word in _LIMITS for word in sentence.words[max(0, figure.start - 3) : figure.start]):
            continue
        if figure.number.article and any(word in _WORTH for word in sentence.words):
            continue
        if figure.measure == "weeks" and topic not in ("rest_days", "skills"):
            continue
        last = figures[index - 1] if index else None
        beside = last is not None and last.measure in ("unsaid", "other") and last.end == figure.start - 1
        if beside and sentence.word(figure.start - 1) in ("ou", "or", "a", "to"):
            return None
        found.append(_with_half(sentence, figure))
    return found[0] if found else None


def read_days(text: str | Sentence, language: str = "fr") -> Decimal | None:
    """The days in an answer to "how many days?": "2", « deux jours et demi », « une demi-journée », « une semaine »."""
    sentence = Sentence.of(text)
    days = days_in(sentence, language, topic="rest_days")
    if days is not None:
        return days
    numbers = numbers_in(sentence, language)
    if not numbers or numbers[0].sign in ("euro", "percent", "foreign", "ordinal"):
        return None
    if len(numbers) > 1 and sentence.word(numbers[1].start - 1) in ("ou", "or", "to"):
        return None
    value = numbers[0].value
    if sentence.words[numbers[0].end : numbers[0].end + 2] in (["et", "demi"], ["et", "demie"]):
        value += Decimal("0.5")
    if len(numbers) > 1 and [n.digits for n in numbers[:3]] == ["1", "2"] and sentence.word(1) == "/":
        return Decimal("0.5")
    return -value if numbers[0].negative else value
