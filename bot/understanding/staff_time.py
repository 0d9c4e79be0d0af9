"""What is told of staff time given to an association: how much of the time, for how many months, how many people, how many
hours at what cost, lent or at work for their own firm.

Each reader gives a value only where it is said; none guesses.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from bot.understanding.hearing import Context
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import figures_in
from bot.understanding.numbers.written import figures_written
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Shape", "Time", "read_hours", "read_lent", "read_months", "read_shape", "read_time"]

_LISTS: Final = word_lists("work")

Shape = Literal["loan", "service"]
Time = dict[str, str]
"""Part of the working time: {"share": "0.5"}, or days a week, a month or in all: {"days": "1", "per": "week"}."""

_NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
_DAYS: Final = r"(?:jours?|j|journees?|days?)"
_EACH: Final = r"(?:/|\b(?:par|per|a|each|every|chaque|la|1)\b)"
_OUT_OF: Final = re.compile(_NUMBER + " " + _DAYS + r" (?:sur|in|out of) " + _NUMBER)
_HALF_DAY: Final = re.compile(
    r"(?:demi (?:journees?|jours?)|half (?:1 |a )?days?) ?" + _EACH + " ?(semaine|week|mois|month)"
)
_DAYS_EACH: Final = re.compile(_NUMBER + " ?" + _DAYS + "(?: et (demi))? ?" + _EACH + " ?(semaine|sem|week|mois|month)")
_SHARE: Final = re.compile(
    r"\b(?:a|at|sur|for|de|of)? ?"
    + _NUMBER
    + r" ?(?:%|pour ?cent|per ?cent)(?! ?(?:de (?:reduction|impot)|d impot|off|back))"
)
_HALF: Final = re.compile(r"\bmi temps|moitie (?:de|du|son|leur|temps)|half time|half (?:the|their|his|her) time")
_THIRD: Final = re.compile(r"\btiers temps|third of (?:the|their|his|her) time")
_FULL: Final = re.compile(r"temps plein|plein temps|temps complet|full time")
_IN_ALL: Final = re.compile(
    _NUMBER
    + " ?"
    + _DAYS
    + r"(?: [a-z]+){0,2} (?:en tout|au total|dans l annee|sur l annee|par an|in all|in total|a year|per year)"
)
_MONTHS: Final = re.compile(r"(\d+) (?:mois|months?)\b")
_YEARS: Final = re.compile(r"(\d+) (?:ans?|annees?|years?)\b(?! (?:d|de|et plus|d anciennete|old|in)\b)")
_WEEKS: Final = re.compile(r"(?:pendant|durant|sur|for|over) (\d+) (?:semaines?|weeks?)\b")
_LONGEST_MONTHS: Final = 120


def read_time(text: str | Sentence, language: str = "fr") -> Time | None:
    """How much of the working time: "1 jour par semaine", « mi-temps », "20 %", "5 jours en tout"."""
    said = figures_written(Sentence.of(text), language)
    if (part := _OUT_OF.search(said)) and (whole := _decimal(part[2])):
        return {"share": str(_decimal(part[1]) / whole)}
    if half := _HALF_DAY.search(said):
        return {"days": "0.5", "per": _period(half[1])}
    if each := _DAYS_EACH.search(said):
        days = _decimal(each[1]) + (Decimal("0.5") if each[2] else 0)
        return {"days": str(days), "per": _period(each[3])}
    if whole_days := _IN_ALL.search(said):
        return {"days": str(_decimal(whole_days[1])), "per": "all"}
    if _HALF.search(said):
        return {"share": "0.5"}
    if _THIRD.search(said):
        return {"share": str(Decimal(1) / 3)}
    if _FULL.search(said):
        return {"share": "1"}
    if (percent := _SHARE.search(said)) and _decimal(percent[1]) <= 100:
        return {"share": str(_decimal(percent[1]) / 100)}
    return None


def _period(word: str) -> str:
    return "month" if word.startswith("mo") else "week"


def _decimal(said: str) -> Decimal:
    return Decimal(said.replace(",", "."))


def read_months(text: str | Sentence, language: str = "fr") -> int | None:
    """For how many months somebody is lent: "6 mois", « un an », "2 years"."""
    said = figures_written(Sentence.of(text), language)
    if (found := _MONTHS.search(said)) and not said[: found.start()].endswith(("depuis ", "dans ", "il y a ", "in ")):
        months = int(found[1])
    elif (found := _YEARS.search(said)) and not said[: found.start()].endswith(("depuis ", "dans ", "il y a ", "par ")):
        months = 12 * int(found[1])
    else:
        return None
    return months if 0 < months <= _LONGEST_MONTHS else None


_LENDING: Final = _LISTS.words("lending_time")
_MOST_LENT: Final = 500


def read_lent(text: str | Sentence, language: str = "fr") -> int | None:
    """How many people are lent: « on prête deux salariés », "and for 3 employees?". The staff of the firm is not."""
    sentence = Sentence.of(text)
    for figure in figures_in(sentence, language, context=Context.STAFF_TIME):
        value = figure.number.value
        if figure.measure != "people" or value % 1 or not 1 <= value <= _MOST_LENT:
            continue
        if any(word in _LENDING for word in sentence.words[max(0, figure.start - 3) : figure.start]):
            return int(value)
    return None


_HOURS: Final = re.compile(
    r"(?<![\d,.] )(\d+(?:[.,]\d+)?) ?(?:h|heures?|hours?|hrs?)\b(?! ?/ ?semaine| par semaine| a week)"
)
_HOURLY: Final = re.compile(
    _NUMBER + r" ?€? ?(?:/ ?(?:h|heure|hour)\b|(?:de|par|per|an|a|1|l) ?(?:l )?(?:heure|hour)\b)"
)
_HOURS_AT: Final = re.compile(_NUMBER + r" ?(?:h|heures?|hours?) (?:a|at|x) " + _NUMBER + " ?€")


def read_hours(text: str | Sentence, language: str = "fr") -> tuple[Decimal | None, Decimal | None]:
    """Hours of work in all, and what one costs: "40 heures à 38 €", "35 € an hour"; None for what is not said."""
    said = figures_written(Sentence.of(text), language)
    if both := _HOURS_AT.search(said):
        return _decimal(both[1]), _decimal(both[2])
    hourly = _HOURLY.search(said)
    rest = said[: hourly.start()] + said[hourly.end() :] if hourly else said
    hours = _HOURS.search(rest)
    return (_decimal(hours[1]) if hours else None), (_decimal(hourly[1]) if hourly else None)


_SHAPES: Final[Lexicon[Shape]] = Lexicon(_LISTS.groups("shapes", each(Shape)))


def read_shape(text: str | Sentence) -> Shape | None:
    """A loan of staff, or a job that the company does itself: « livrer l'affiche sans la prêter » is the second."""
    found = [entry.value for entry in _SHAPES.find(Sentence.of(text))]
    if "service" in found:
        return "service"
    return "loan" if found else None
