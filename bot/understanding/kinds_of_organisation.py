"""Whether a body that is described, not named, helps people in difficulty (gifts at the raised rate) or not.

"75" is for free meals, housing or care for people in difficulty and for victims of domestic violence (CGI, article
200, 1 ter); "66" for any other description of a body, and for either rate when the person says it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from bot.catalogue.causes import IN_NEED, cause_words
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.numbers.written import Number, numbers_in
from bot.understanding.organisations import organisations_in
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Rate", "kinds_in", "read_kind_of_organisation"]

_LISTS: Final = word_lists("kinds_of_organisation")

Rate = Literal["75", "66"]

# The lists of causes that are free meals, housing or care, and the causes that never are.
_IN_DIFFICULTY: Final = frozenset({"homeless", "street_outreach", "meals", "housing", IN_NEED})
_ORDINARY: Final = frozenset({"animals", "environment", "culture", "sport", "health", "education", "disability"})


def _of_causes() -> Iterator[tuple[str, Rate]]:
    """What the words of causes say of a body."""
    for word in cause_words():
        if word.names_cause and word.idea in _IN_DIFFICULTY:
            yield word.text, "75"
        elif word.names_cause and word.cause in _ORDINARY:
            yield word.text, "66"


_ORGANISATIONS: Final[Lexicon[Rate]] = Lexicon((*_LISTS.groups("kinds", each(Rate)), *_of_causes()))


def read_kind_of_organisation(text: str | Sentence) -> Rate | None:
    """The rate that the description of a body or a rate said calls for, None when there is neither, or both."""
    sentence = Sentence.of(text)
    return sentence.once("kind of organisation", lambda: _kind(sentence))


def _kind(sentence: Sentence) -> Rate | None:
    said = {
        rate
        for number in numbers_in(sentence)
        for rate in ("75", "66")
        if number.value == int(rate) and (number.sign == "percent" or _beside_a_rate(sentence, number))
    }
    if said:
        return _only(said)
    described = {found.value for found in kinds_in(sentence)}
    # Help to people in difficulty decides, whatever the setting (« une épicerie solidaire dans une paroisse »).
    return "75" if "75" in described else _only(described)


def kinds_in(sentence: Sentence) -> list[Found[Rate]]:
    """What tells the kind of a body, from left to right; not inside the name of one."""
    organisations = {index for body in organisations_in(sentence) for index in range(body.start, body.end)}
    return [found for found in _ORGANISATIONS.find(sentence) if organisations.isdisjoint(range(found.start, found.end))]


def _beside_a_rate(sentence: Sentence, number: Number) -> bool:
    """The 66 of « 66 ou 75 % »."""
    return sentence.word(number.end) in ("ou", "or", "et", "and", "/") and any(
        sentence.word(at) in ("66", "75") for at in (number.end + 1, number.end + 2)
    )


def _only(rates: set[Rate] | set[str]) -> Rate | None:
    if len(rates) != 1:
        return None
    return "75" if "75" in rates else "66"
