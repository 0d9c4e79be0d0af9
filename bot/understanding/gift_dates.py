"""When gifts were or will be made: the times of a message that are theirs."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.understanding.availability import Time, times_in
from bot.understanding.donors import GIVES
from bot.understanding.numbers.sums import PER
from bot.understanding.people import speaks_of_oneself
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["date_of_gift", "times_of_gifts"]

_LISTS: Final = word_lists("gifts")


def times_of_gifts(sentence: Sentence, language: str, today: date) -> list[Time]:
    """Every time said of gifts, in order. A month or a day without its year lies behind where a gift was made, or where
    gifts are listed and nobody says that they will give: « 800 le 10 mars et 900 le 20 novembre »."""
    words = sentence.words
    past = any(
        word in _MADE or _is_made(sentence, at) or (_is_have(sentence, at) and _is_participle(words, at + 1))
        for at, word in enumerate(words)
    )
    comes_back = any(found.value != "once" for found in PER.find(sentence))
    past = past or (GIVES.isdisjoint(words) and not speaks_of_oneself(sentence) and not comes_back)
    return times_in(sentence, today, past=past, language=language)


def date_of_gift(sentence: Sentence, language: str, today: date) -> list[str]:
    """When a gift was or will be made. Deadlines, the hours of the day and this very year say nothing of it."""
    words = sentence.words
    return list(
        dict.fromkeys(
            value
            for time in times_of_gifts(sentence, language, today)
            for value in time.values
            if ":" in value
            and value != f"year:{today.year}"
            and not any(word in _DEADLINES for word in words[max(0, time.start - 3) : time.start])
        )
    )


_HAVE: Final = _LISTS.words("have")
_ENGLISH_PARTICIPLES: Final = _LISTS.words("participles")
_PASSED_OVER: Final = _LISTS.words("before_a_participle")
_NO_PARTICIPLES: Final = _LISTS.words("no_participles")
_MADE: Final = _LISTS.words("made")
_DEADLINES: Final = _LISTS.words("deadlines")


def _is_have(sentence: Sentence, at: int) -> bool:
    """« ai », "has", « a » where it is no « à », and « j » for « j'ai » where no verb is elided to it."""
    elides = sentence.words[at] == "j" and sentence.typed(at, min(at + 2, len(sentence)))[1:2] in ("'", "’")
    return sentence.words[at] in _HAVE and sentence.typed(at, at + 1) not in ("à", "À") and not elides


def _is_made(sentence: Sentence, at: int) -> bool:
    """« un don fait le 3 mars », « un chèque envoyé »: what was done, without its auxiliary."""
    word = sentence.words[at]
    if word in ("fait", "faite"):
        return sentence.word(at - 1) not in _DOES
    return word in _SPENT and sentence.typed(at, at + 1).lower().endswith(("é", "ée", "és", "ées"))


_DOES: Final = _LISTS.words("before_fait")
_SPENT: Final = _LISTS.words("spent")


def _is_participle(words: list[str], at: int) -> bool:
    """Whether what was done is said from `at`: « j'ai déjà versé », "have donated"."""
    while at < len(words) and words[at] in _PASSED_OVER:
        at += 1
    word = words[at] if at < len(words) else ""
    french = len(word) > 2 and word.endswith(("e", "i", "u", "is", "it", "ert")) and word not in _NO_PARTICIPLES
    return french or word in _ENGLISH_PARTICIPLES
