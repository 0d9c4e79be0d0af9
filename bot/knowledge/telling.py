"""What a written answer tells of a thing that is asked about it: « ça prend combien de temps ? » → « 6 mois »."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from bot.knowledge.rendering import Rendered
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["first_sentence", "sentences_that_tell"]

_TELLS: Final[Lexicon[str]] = Lexicon(word_lists("asked_of_answers").groups("tells"))
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«“])")
MOST: Final = 2


def first_sentence(shown: Rendered) -> Markup:
    """What an answer says first, alone, in the tags it is written with."""
    return Markup(_SENTENCE.split(str(shown.head).split("\n")[0])[0])


def sentences_that_tell(shown: Rendered, what: str) -> list[str]:
    """The first sentences of an answer that tell its `what`: "time", "cost", "where", "form" or "age"."""
    lines = [Markup(line).striptags() for part in (shown.head, shown.more) for line in str(part).splitlines()]
    said = [one for line in lines for one in _SENTENCE.split(line.lstrip("• ")) if one]
    return [one for one in said if any(found.value == what for found in _TELLS.find(Sentence(one)))][:MOST]
