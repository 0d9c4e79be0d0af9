"""Words of courtesy and nothing else: « bonjour », « merci beaucoup », "ok". They name nobody and answer no question."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Courtesy", "read_courtesy"]

_LISTS: Final = word_lists("courtesy")

Courtesy = Literal["greeting", "thanks", "fine"]

_WORDS: Final[Lexicon[Courtesy | None]] = Lexicon(
    _LISTS.groups("courtesies", {"greeting": "greeting", "thanks": "thanks", "fine": "fine", "passed_over": None})
)
_RANK: Final[tuple[Courtesy, ...]] = ("greeting", "thanks", "fine")


def read_courtesy(text: str | Sentence) -> Courtesy | None:
    """What a message of courtesies alone is above all; None where it says anything else."""
    sentence = Sentence.of(text)
    said: set[Courtesy | None] = set()
    at = 0
    while at < len(sentence):
        found = _WORDS.at(sentence, at)
        if found is None and sentence.words[at].isalnum():
            return None
        said.add(found.value if found else None)
        at = found.end if found else at + 1
    return next((courtesy for courtesy in _RANK if courtesy in said), None)
