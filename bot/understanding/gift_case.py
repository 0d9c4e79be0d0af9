"""What settles whether, and how much, a gift brings: is it a gift at all, what comes back for it, what tax is paid.

« la licence de foot », « un dîner à 80 € », « je reçois un panier à 20 € », « je ne paie pas d'impôt », « combien donner
pour que ça me coûte 50 € ». Only what was said; what follows from it in law is not told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from bot.understanding.gift_words import JOINT, NATURES, NO_TAX, NOTHING_BACK, RETURNED, Nature
from bot.understanding.lexicon import Lexicon
from bot.understanding.numbers.figures import Figure
from bot.understanding.organisations import organisations_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Budget", "read_budget", "read_joint", "read_nature", "read_returned", "read_tax", "tells_nothing_back"]

_LISTS: Final = word_lists("gifts")


@dataclass(frozen=True, slots=True)
class Budget:
    """What the person would have it cost, get back, or take off their whole tax (`value` is then None). `at` is the word at
    which the sum begins, which is then no gift."""

    kind: Literal["cost", "back", "all"]
    value: Decimal | None
    at: int = -1


_GIVES: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("says_gift"))
# Natures that hold even where the word gift is said: « mon don à la tombola », « un don avec dîner ».
_EVEN_SO: Final = frozenset(
    {"raffle", "meal", "ticket", "share", "tip", "union", "person", "pot", "licence", "school", "mistake"}
)
_OF_FIRMS: Final = frozenset({"advert"})
# What is bought says less than what it is: « j'ai acheté des billets de tombola ».
_VAGUE: Final = frozenset({"purchase", "counterpart"})


def read_nature(sentence: Sentence, *, of_a_firm: bool = False) -> Nature | None:
    """What is paid for, where the words show that it is no gift, or may not be. None for a gift.

    Of a firm only its own natures count: `_OF_FIRMS`.
    """
    if tells_nothing_back(sentence):
        return None
    bodies = {index for body in organisations_in(sentence) for index in range(body.start, body.end)}
    gives = _GIVES.first(sentence) is not None
    found = [
        entry.value
        for entry in NATURES.find(sentence)
        if not _is_denied(sentence, entry.start)
        and bodies.isdisjoint(range(entry.start, entry.end))
        and (not gives or entry.value in _EVEN_SO or of_a_firm)
        and (entry.value in _OF_FIRMS) is of_a_firm
        and not (entry.value == "pot" and bodies)  # a collection for a body is a gift to it
    ]
    if not found and not of_a_firm and _is_a_slip(sentence):
        return "mistake"
    return min(found, key=lambda nature: nature in _VAGUE, default=None)


def _is_a_slip(sentence: Sentence) -> bool:
    """« j'ai mis 500 au lieu de 50 », "I typed 500 instead of 50": told of a gift that was made."""
    words = sentence.words
    for at, word in enumerate(words):
        stands = word in ("lieu", "instead") and words[at + 1 : at + 2] in (["de"], ["of"])
        if stands and any(w.isdigit() for w in words[:at]) and any(w.isdigit() for w in words[at + 2 : at + 4]):
            return not _TYPED.isdisjoint(words[:at])
    return False


_TYPED: Final = _LISTS.words("typed")


def _is_denied(sentence: Sentence, start: int) -> bool:
    """« ce n'est pas une tombola », "not a ticket"."""
    return any(word in _DENIES for word in sentence.words[max(0, start - 2) : start])


_DENIES: Final = _LISTS.words("denies")


def tells_nothing_back(sentence: Sentence) -> bool:
    """« sans rien en échange », "nothing in return": a gift, whatever was spoken of before."""
    return NOTHING_BACK.first(sentence) is not None


_WITHIN: Final = 8


def read_returned(sentence: Sentence, figures: list[Figure]) -> Figure | None:
    """The value of what is received for a gift, where another sum is given: « 100 €, je reçois un livre à 20 € »."""
    if tells_nothing_back(sentence):
        return None
    for found in RETURNED.find(sentence):
        for figure in figures:
            if figure.measure == "gift" and found.end <= figure.start <= found.end + _WITHIN:
                return figure
    return None


_HOW_MUCH: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("how_much_to_give"))
# What a gift is to cost: `True` says so by itself, `False` only where one asks how much to give.
_COSTS: Final[Lexicon[bool]] = Lexicon(_LISTS.groups("costs", {"sure": True, "when_asked_how_much": False}))
_WHOLE_TAX: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("whole_tax"))


_NEAR: Final = 4


def read_budget(sentence: Sentence, figures: list[Figure]) -> Budget | None:
    """How much to give, asked from what it may cost or should bring back."""
    asks = _HOW_MUCH.first(sentence) is not None
    costs = _COSTS.find(sentence)
    for figure in figures:
        value = figure.number.value
        if figure.measure not in ("gift", "unsaid", "saving") or figure.number.article:
            continue
        near = [
            found for found in costs if 0 <= figure.start - found.end <= _NEAR or 0 <= found.start - figure.end < _NEAR
        ]
        if near and (asks or any(found.value for found in near)):
            return Budget("cost", value, figure.start)
        if figure.measure == "saving":
            return Budget("back", value, figure.start)
    if asks and _WHOLE_TAX.first(sentence) is not None:
        return Budget("all", None)
    return None


def read_tax(sentence: Sentence, figures: list[Figure]) -> Decimal | None:
    """The income tax the person says they pay: 0 where they say that they pay none."""
    said = next((figure.number.value for figure in figures if figure.measure == "tax"), None)
    if said is not None:
        return said
    return Decimal(0) if NO_TAX.first(sentence) is not None else None


def read_joint(sentence: Sentence) -> bool | None:
    """Whether those who give file one return together; None where it is not said."""
    found = JOINT.first(sentence)
    return None if found is None else found.value
