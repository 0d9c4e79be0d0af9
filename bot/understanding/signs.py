"""A message of signs alone, such as 👍, 🙏 or 👎👎: what it says."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["Sign", "read_sign"]

Sign = Literal["yes", "no", "thanks", "greeting"]

_SIGNS: Final[Lexicon[Sign]] = Lexicon(word_lists("signs").groups("signs", each(Sign)))
_SHADES: Final = dict.fromkeys((*range(0x1F3FB, 0x1F400), 0x200D, 0xFE0E, 0xFE0F))
"""Colours of skin and joiners, which change nothing of what a sign says."""


def read_sign(text: str) -> Sign | None:
    """What the first sign that says something says; None where two contradict each other, or none says anything."""
    sentence = Sentence(text.translate(_SHADES))
    said = [found.value for at in range(len(sentence)) if (found := _SIGNS.at(sentence, at)) is not None]
    return None if not said or {"yes", "no"} <= set(said) else said[0]
