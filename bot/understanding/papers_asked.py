"""A paper that is asked for in a few words: « écris la lettre », « fais-moi le reçu », "write the agreement"."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["begins_with_paper", "read_paper_asked"]

_LISTS: Final = word_lists("papers")

_PAPERS: Final = _LISTS.words("papers")
_ASKING: Final = _LISTS.words("asking")
_MOST_WORDS: Final = 9
# Who asks whether somebody has to make one asks for none: « on lui fait un reçu ? ».
_WHETHER: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("whether"))


def read_paper_asked(text: str | Sentence) -> str | None:
    """The kind of paper to be made, as a word without accents. None when none is asked for, or it is refused."""
    sentence = Sentence.of(text)
    words = sentence.words
    if len(words) > _MOST_WORDS or not {"pas", "not", "don", "plus", "?"}.isdisjoint(words[:-1]):
        return None
    if "?" in words and _WHETHER.first(sentence) is not None:
        return None
    asked = next((at for at, word in enumerate(words) if word in _ASKING), None)
    return None if asked is None else next((word for word in words[asked + 1 :] if word in _PAPERS), None)


_BEFORE_PAPER: Final = _LISTS.words("before_a_paper")
_FIRST: Final = 6


def begins_with_paper(text: str | Sentence) -> bool:
    """Whether a message, however long, asks first for a paper: « lettre à mon employeur : 2 jours … », "write a letter
    to …". A question about papers does not."""
    sentence = Sentence.of(text)
    words = sentence.words
    if "?" in words:
        return False
    for at, word in enumerate(words[:_FIRST]):
        if word in _PAPERS:
            return all(before in _BEFORE_PAPER or before in _ASKING for before in words[:at] if before.isalpha())
    return False
