"""What a message says of the person themselves: that they are under 18, or would help from home."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.numbers.figures import Figure, figures_in
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["is_minor", "is_remote", "remote_in", "speaks_of_oneself", "wants_something"]

_LISTS: Final = word_lists("people")

_MINOR: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("minors"))
_HELPED: Final = _LISTS.words("helped")
_THE_YOUNG: Final = _LISTS.words("the_young")
_YOUNG: Final = _LISTS.words("before_an_age")
_MINOR_FROM: Final = 6
_EIGHTEEN: Final = 18
_OF_ONESELF: Final = _LISTS.words("of_oneself")
_OF_OTHERS: Final = _LISTS.words("of_others")
_WANTING: Final = _LISTS.words("wanting")
_HELPING: Final = _LISTS.words("helping")

_REMOTE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("from_home"))

# « près de chez moi », « démarches en ligne »: not where one would help from.
_NEAR_HOME: Final = _LISTS.words("near_home")


def is_minor(text: str | Sentence, language: str = "fr") -> bool:
    """Whether the volunteer is under 18. The age of those one would help says nothing."""
    sentence = Sentence.of(text)
    said = _MINOR.first(sentence)
    if said is not None and not _is_of_the_helped(sentence, said):
        return True
    return any(
        _MINOR_FROM <= figure.number.value < _EIGHTEEN and _is_age_of_volunteer(sentence, figure)
        for figure in figures_in(sentence, language)
        if figure.number.value % 1 == 0 and not figure.number.article
    )


def _is_age_of_volunteer(sentence: Sentence, figure: Figure) -> bool:
    """« j'ai 15 ans », "my son (14)", "I'm 16": not « des enfants de 10 ans » nor « depuis 12 ans »."""
    before, after = sentence.words[max(0, figure.start - 5) : figure.start], sentence.word(figure.number.end)
    close = any(word in _YOUNG for word in before)
    if figure.measure == "age":
        if before[-1:] == ["a"] and sentence.word(figure.end) in ("", "?", ".", "!", ",", "on", "c"):
            return not any(word in _THE_YOUNG for word in before)
        bare = sentence.word(figure.end - 1) not in ("annee", "annees", "anos", "anni", "jahre")
        return close or (bare and not any(word in _HELPED for word in before[-4:]))
    if not close or figure.measure not in ("unsaid", "other", "name", "people"):
        return False
    if before[-1] == "(" and after == ")":
        return True
    return before[-1] in ("m", "im", "am", "aged", "is") and after in ("", ",", ".", "and", "!", "?")


def _is_of_the_helped(sentence: Sentence, said: Found[bool]) -> bool:
    """« aider des collégiens », "mentor teenagers", « mineurs isolés »: they are those who are helped."""
    near = sentence.words[max(0, said.start - 2) : said.start + 1]
    if any(word in _OF_ONESELF for word in near):
        return False
    before = sentence.words[max(0, said.start - 4) : said.start]
    return sentence.word(said.end) in _OF_OTHERS or any(word in _HELPING for word in before)


_ONESELF: Final = _LISTS.words("oneself")


def speaks_of_oneself(text: str | Sentence) -> bool:
    """Whether the words are somebody's own sentence rather than a name or a title."""
    sentence = Sentence.of(text)
    return any(
        word in _ONESELF and not (word == "on" and sentence.word(at + 1).isdigit())  # "on 3 March"
        for at, word in enumerate(sentence.words)
    )


def wants_something(sentence: Sentence) -> bool:
    """Whether the message says a wish, whatever it tells besides."""
    return not _WANTING.isdisjoint(sentence.words)


def is_remote(text: str | Sentence) -> bool:
    """Whether the person wants to help from home, by phone or online."""
    return bool(remote_in(Sentence.of(text)))


def remote_in(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a message says so: words from, to."""
    found = _REMOTE.find(sentence)
    refused = refusals(sentence, [(entry.start, entry.end) for entry in found])
    return [
        (entry.start, entry.end)
        for entry, no in zip(found, refused, strict=True)
        if not no
        and sentence.word(entry.start - 1) not in _NEAR_HOME
        and sentence.words[entry.start : entry.end] not in _ELSEWHERE
    ]


# Said of many things: « aider à la maison de retraite », "the telephone".
_ELSEWHERE: Final = (["a", "la", "maison"], ["de", "la", "maison"], ["telephone"])
