"""Who speaks: employee, employer, association, or someone who gives rest days to a colleague."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.hearing import Context
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Role", "read_role"]

_LISTS: Final = word_lists("roles")

Role = Literal["employee", "employer", "association", "colleague"]

_SPEAKERS: Final[Lexicon[Role]] = Lexicon(_LISTS.groups("roles", each(Role)))

# « ma boîte » is the firm of the one who owns it or of the one who works there: what is talked of tells.
_FIRM: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("own_firm"))
_OWNERS_SPEAK: Final = frozenset({Context.PATRONAGE, Context.PARTNERSHIP})
# « les commerçants », « entre artisans »: others, not the one who speaks.
_OTHERS: Final = _LISTS.words("other_people")

_FOR_A_COLLEAGUE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("for_a_colleague"))


def read_role(text: str | Sentence, context: Context | None = None) -> Role | None:
    """Who speaks, None when it does not show. Days meant for a colleague win, where rest days are talked of."""
    sentence = Sentence.of(text)
    if context in (None, Context.REST) and _FOR_A_COLLEAGUE.first(sentence) is not None:
        return "colleague" if context or _gives_days(sentence) else None
    found = [
        entry
        for entry in _SPEAKERS.find(sentence)
        if entry.end - entry.start > 1 or sentence.word(entry.start - 1) not in _OTHERS
    ]
    count: dict[Role, int] = {}
    if _FIRM.first(sentence) is not None and context is not None:
        count["employer" if context in _OWNERS_SPEAK else "employee"] = 2
    if not found and not count:
        return _by_habit(sentence, context)
    for entry in found:
        count[entry.value] = count.get(entry.value, 0) + entry.end - entry.start + _HABIT.get((context, entry.value), 0)
    return max(count, key=lambda role: count[role])


# Who mostly speaks of it: decides between two signs of the same weight.
_HABIT: Final[dict[tuple[Context | None, str], int]] = {
    (Context.PATRONAGE, "employer"): 2,
    (Context.REST, "employee"): 1,
    (Context.PARTNERSHIP, "association"): 1,
}


_DAYS: Final = _LISTS.words("days")


def _gives_days(sentence: Sentence) -> bool:
    return any(stem in _DAYS for stem in sentence.stems)


# Where only one kind of person speaks of « nous » or « je », that person.
_FIRST_PERSON: Final[dict[Context | None, tuple[frozenset[str], Role]]] = {
    Context.PATRONAGE: (_LISTS.words("we"), "employer"),
    Context.REST: (_LISTS.words("i"), "employee"),
}


def _by_habit(sentence: Sentence, context: Context | None) -> Role | None:
    """Someone who gives in the name of a firm, or their own days."""
    if context not in _FIRST_PERSON:
        return None
    words, role = _FIRST_PERSON[context]
    return role if any(word in words for word in sentence.words) else None
