"""What people tell of their work when they give rest days: which days, part time, days given already, the public
service, why a colleague needs days.

Each reader gives a value only where it is said; none guesses.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from bot.understanding.hearing import Context
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.numbers.figures import figures_in
from bot.understanding.numbers.written import figures_written
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence
from bot.understanding.speakers import read_speaker
from bot.word_lists import each, word_lists

__all__ = [
    "DayKind",
    "Situation",
    "is_part_time",
    "is_public_agent",
    "read_day_kind",
    "read_days_a_week",
    "read_given",
    "read_situation",
]

_LISTS: Final = word_lists("work")

DayKind = Literal["rtt", "annual_leave", "conventional_leave", "recovery", "cet", "forfait_rest"]
Situation = Literal[
    "child_ill", "child_died", "carer", "reservist", "firefighter", "civil_protection", "volunteer", "other"
]

FULL_WEEK: Final = Decimal(5)

# Which days

_DAY_KINDS: Final[Lexicon[DayKind]] = Lexicon(_LISTS.groups("kinds_of_day", each(DayKind)))
# Leave that is another right, not days to give.
_OTHER_LEAVE: Final = _LISTS.words("other_leave")


def read_day_kind(text: str | Sentence) -> DayKind | None:
    """The kind of days that is named; None where none is, or where several are weighed ("RTT ou congés ?")."""
    sentence = Sentence.of(text)
    found = [
        entry
        for entry in _DAY_KINDS.find(sentence)
        if not (entry.value == "annual_leave" and _is_another_leave(sentence, entry))
    ]
    if "CET" in sentence.text:
        found.extend(Found(at, at + 1, "cet") for at, word in enumerate(sentence.words) if word == "cet")
    kinds = {entry.value for entry in found}
    if kinds == {"rtt", "annual_leave"} and len(refused := _refused(sentence, found)) == 1:
        kinds -= refused  # « des RTT, pas des congés »
    if "forfait_rest" in kinds:
        kinds -= {"rtt"}  # « des RTT, je suis au forfait jours »
    return kinds.pop() if len(kinds) == 1 else None


def _is_another_leave(sentence: Sentence, entry: Found[DayKind]) -> bool:
    """« congé d'engagement associatif », "maternity leave"."""
    after = [word for word in sentence.words[entry.end : entry.end + 3] if word not in ("de", "d")]
    return (after[:1] != [] and after[0] in _OTHER_LEAVE) or sentence.word(entry.start - 1) in _OTHER_LEAVE


def _refused(sentence: Sentence, found: list[Found[DayKind]]) -> set[DayKind]:
    no = refusals(sentence, [(entry.start, entry.end) for entry in found])
    return {entry.value for entry, is_refused in zip(found, no, strict=True) if is_refused}


# Part time

_AT_WORK: Final = _LISTS.words("at_work")
_GIVES: Final = _LISTS.words("gives")
_OF_TAX: Final = _LISTS.words("of_tax")
_HALF_TIME: Final[Lexicon[Decimal]] = Lexicon(
    _LISTS.groups(
        "part_time_days",
        {"half_time": Decimal("2.5"), "four_fifths": Decimal(4), "three_fifths": Decimal(3), "full_time": FULL_WEEK},
    )
)
_PART_TIME: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("part_time"))
_A_WEEK: Final = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:jours?|j|journees?|days?) ?(?:/|par|per|a|1|each|every|sur|out of|in) ?(?:la )?(?:semaine|sem|week|5)\b"
)


def read_days_a_week(text: str | Sentence, language: str = "fr") -> Decimal | None:
    """How many days a week somebody works: "à 80 %" is 4, « mi-temps » 2.5, "3 days a week" 3."""
    sentence = Sentence.of(text)
    for figure in figures_in(sentence, language, context=Context.REST):
        share = figure.number.value
        before = sentence.words[max(0, figure.start - 3) : figure.start]
        of_tax = any(word in _OF_TAX for word in sentence.words[figure.end : figure.end + 3])
        if figure.measure == "rate" and 10 <= share <= 100 and any(word in _AT_WORK for word in before) and not of_tax:
            return (FULL_WEEK * share / 100).normalize()
    if (part := _HALF_TIME.first(sentence)) is not None:
        return part.value
    said = figures_written(sentence, language)
    if (weekly := _A_WEEK.search(said)) is not None and _GIVES.isdisjoint(said[: weekly.start()].split()[-3:]):
        days = Decimal(weekly[1].replace(",", "."))
        return days if 0 < days <= 7 else None
    return None


def is_part_time(text: str | Sentence) -> bool:
    """Whether part time is said, with or without its number of days."""
    return _PART_TIME.first(Sentence.of(text)) is not None


# Days given already

_ALREADY: Final = re.compile(
    r"(?:(?:deja|already) (?:donne|donnes|cede|given|gave|offert|verse|utilise|used)|(?:donne|given|gave|cede) (?:deja|already)"
    r"|en ai donne|j ai donne|i have given|i ve given|i gave)(?: [a-z]+){0,2}? (\d+(?:[.,]\d+)?)\b(?! ?[€%])"
)
_ALREADY_AFTER: Final = re.compile(
    r"(\d+(?:[.,]\d+)?) (?:(?:jours?|rtt|days?) )?(?:deja|already) (?:donnes?|given|cedes?|offerts?)"
)
_MOST_GIVEN: Final = 60


def read_given(text: str | Sentence, language: str = "fr") -> Decimal | None:
    """The days given already this year: « j'ai déjà donné un jour », "2 days already given"."""
    said = figures_written(Sentence.of(text), language)
    found = _ALREADY.search(said) or _ALREADY_AFTER.search(said)
    if found is None:
        return None
    days = Decimal(found[1].replace(",", "."))
    return days if days <= _MOST_GIVEN else None


# Where one works

_SECTORS: Final[Lexicon[bool]] = Lexicon(_LISTS.groups("sectors", {"public": True, "private": False}))


def is_public_agent(text: str | Sentence) -> bool | None:
    """True for somebody of the public service, False for the private sector, None where neither is said."""
    sentence = Sentence.of(text)
    found = {entry.value for entry in _SECTORS.find(sentence)}
    if False in found:
        return False if found == {False} else None
    return True if found or "public_agent" in read_speaker(sentence).speakers else None


# Why a colleague needs days

_SITUATIONS: Final[Lexicon[Situation]] = Lexicon(_LISTS.groups("situations", each(Situation)))
_AGE: Final = re.compile(r",? (?:de |aged? )?\d+[ -](?:ans|mois|years?|months?)(?:[ -]old)?")
# Some of these words say less than others in the same sentence.
_MORE_PRECISE: Final = (
    "firefighter",
    "reservist",
    "civil_protection",
    "child_died",
    "child_ill",
    "carer",
    "volunteer",
    "other",
)


def read_situation(text: str | Sentence) -> Situation | None:
    """Why a colleague needs days. « Pompier volontaire » is a firefighter before a volunteer."""
    without_ages = Sentence(_AGE.sub(" ", Sentence.of(text).folded))
    found = {entry.value for entry in _SITUATIONS.find(without_ages)}
    return next((situation for situation in _MORE_PRECISE if situation in found), None)
