"""The country of the body that is given to, where the words say it: « une association belge », "a charity in Canada".

Whom a body helps says nothing of where it is: « une association qui aide le Mali » may be French.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Final

from bot.understanding.examples import PHRASES
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.organisations import organisations_in
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["ABROAD", "read_country"]

_LISTS: Final = word_lists("countries")

ABROAD: Final = "abroad"
"""Not in France, and nothing more was said."""

_BODIES: Final = _LISTS.words("bodies")
_INSIDE: Final = _LISTS.words("inside")
_REACH: Final = 4
_FROM: Final = _LISTS.words("before_a_country")
_HELPED: Final = _LISTS.words("helped")
_ELSEWHERE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("elsewhere"))


@lru_cache(maxsize=1)
def _names() -> Lexicon[str]:
    tables = tomllib.loads((PHRASES / "countries.toml").read_text(encoding="utf-8"))
    return Lexicon(
        [(name, code) for code, languages in tables.items() for names in languages.values() for name in names]
    )


def read_country(sentence: Sentence) -> str | None:
    """The ISO code of the country of the body spoken of, "fr" where it is said to be French, `ABROAD` where only that is
    said; None where nothing is."""
    named = organisations_in(sentence)
    for found in _names().find(sentence):
        if _is_of_a_body(sentence, found, [(body.start, body.end) for body in named]):
            return found.value
    if _ELSEWHERE.first(sentence) is not None and not _BODIES.isdisjoint(sentence.stems):
        return ABROAD
    french = [at for at, word in enumerate(sentence.stems) if word in ("francaise", "francais", "french")]
    return "fr" if any(_head_before(sentence, at) or _head_after(sentence, at) for at in french) else None


def _is_of_a_body(sentence: Sentence, found: Found[str], named: list[tuple[int, int]]) -> bool:
    """Whether the country is said of a body, and not of whom it helps or of who speaks."""
    words = sentence.words
    if words[found.start] == "us" and sentence.typed(found.start, found.end) != "US":
        return False  # "they helped us"
    if any(word in _HELPED for word in words[max(0, found.start - 3) : found.start]):
        return False
    beside = any(end <= found.start <= end + 3 or found.end in (start, start - 1) for start, end in named)
    within = any(start <= found.start < end for start, end in named)
    short = len(words) <= 7 and any(word in _FROM for word in words[max(0, found.start - 1) : found.start])
    lives = any(word in _LIVES for word in words[max(0, found.start - 4) : found.start])
    heads = _head_before(sentence, found.start) or _head_after(sentence, found.end - 1)
    return not lives and (beside or within or heads or (short and words[0] in _OPENS))


_LIVES: Final = _LISTS.words("lives")
_OPENS: Final = _LISTS.words("opens")


def _head_before(sentence: Sentence, at: int) -> bool:
    """« une association basée en Belgique »: a word for a body, and little words up to here."""
    for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
        if sentence.stems[before] in _BODIES:
            return True
        if sentence.words[before] not in _INSIDE:
            return False
    return False


def _head_after(sentence: Sentence, at: int) -> bool:
    """ "a German charity", "the UK branch"."""
    return sentence.stem(at + 1) in _BODIES or sentence.stem(at + 2) in _BODIES
