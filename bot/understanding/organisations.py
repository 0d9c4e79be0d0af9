"""The bodies named in a message: those of the catalogue, and others that the writing gives away.

« les restos », "MSF", « société protectrice des animaux » become the name people commonly use. A body that Allié
does not know is taken where the text says that it is a name: between quotation marks, or capitalised after
« l'association ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.catalogue.folding import fold as fold_name
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.local_bodies import local_bodies
from bot.catalogue.organisations import OrganisationMatch
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Named", "names_as_typed", "organisations_in", "read_organisations"]

_LISTS: Final = word_lists("organisations")


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in a sentence: words from `start` to before `end`. `known` when the catalogue holds it."""

    name: str
    start: int
    end: int
    known: bool = True


TYPED: Final = re.compile(r"\S+")
_HEADS: Final = _LISTS.words("heads")
_INSIDE: Final = _LISTS.words("inside_a_name")
_OF: Final = _LISTS.words("of")
_ARTICLES: Final = _LISTS.words("articles")
_BEFORE_A_NAME: Final = _LISTS.words("before_a_name")
# Words after « de » that go on with the sentence and not with the name.
_ENDS_A_NAME: Final = _LISTS.words("ends_a_name")
# Names of things that are no bodies, though written with a capital after one of the heads.
_NOT_NAMES: Final = _LISTS.words("no_names")
_HEADS_OF_MANY: Final = _LISTS.words("no_acronyms")
_CLOSE_ENOUGH: Final = 88
_NEAR_ENOUGH: Final = 85
_LONG_WORD: Final = 9
_LONG_NEAR_ENOUGH: Final = 80
_SHORT_ANSWER: Final = 6


def typed_words(sentence: Sentence) -> tuple[list[str], list[int]]:
    """The text cut at spaces, and for each piece the first word of the sentence that it holds."""
    spelled: list[str] = []
    first: list[int] = []
    at, size = 0, len(sentence)
    for match in TYPED.finditer(sentence.folded):
        while at < size and sentence.starts[at] < match.start():
            at += 1
        spelled.append(match[0])
        first.append(at)
    if len(sentence.folded) == len(sentence.text):
        spelled = [sentence.text[m.start() : m.end()] for m in TYPED.finditer(sentence.folded)]
    else:
        original = sentence.text.split()
        spelled = original if len(original) == len(spelled) else spelled
    return spelled, first


def name_end(sentence: Sentence, start: int, end: int) -> int:
    """`end` drawn back over the signs after a name ("Lyon," is two words)."""
    while end > start + 1 and not sentence.words[end - 1].isalnum():
        end -= 1
    return max(end, start + 1)


def organisations_in(sentence: Sentence) -> list[Named]:
    """The bodies named, from left to right."""
    remembered = sentence.memory.get("organisations")
    if isinstance(remembered, list):
        return remembered
    spelled, first = typed_words(sentence)
    first.append(len(sentence))
    found = [
        _whole_name(sentence, match, first[match.start], name_end(sentence, first[match.start], first[match.end]))
        for match in known_organisations().scan(spelled)
        if match.sure and _is_meant(match)
    ]
    found = [_another_body(sentence, named) or named for named in found]
    taken = {index for named in found for index in range(named.start, named.end)}
    nicknames = [Named(entry.value, entry.start, entry.end) for entry in _NICKNAMES.find(sentence)]
    names = [Named(entry.value, entry.start, entry.end, known=False) for entry in _BY_NAME.find(sentence)]
    local = [Named(name, start, end, known=False) for start, end, name in local_bodies().scan(sentence.words)]
    for named in (*local, *nicknames, *names, *_written_as_names(sentence)):
        words = range(named.start, named.end)
        if taken.isdisjoint(words):
            taken.update(words)
            found.append(named)
    found.sort(key=lambda named: named.start)
    sentence.memory["organisations"] = found
    return found


# What people call bodies in passing, beyond the catalogue.
_NICKNAMES: Final[Lexicon[str]] = Lexicon(_LISTS.named("nicknames"))
# Well-known bodies that the catalogue does not hold: their names, and nothing else, are known.
_BY_NAME: Final[Lexicon[str]] = Lexicon(_LISTS.named("known_by_name"))
# Names of illnesses and trades that stand for a body only when they are said as one.
_OTHER_THINGS: Final = frozenset(_LISTS.typed("other_things"))


def _is_meant(match: OrganisationMatch) -> bool:
    """Whether a guessed spelling is near enough: « associations aident » is not AIDES."""
    if fold_name(match.text) in _OTHER_THINGS:
        return False
    near_enough = _NEAR_ENOUGH if len(fold_name(match.text)) < _LONG_WORD else _LONG_NEAR_ENOUGH
    return match.exact or (match.score >= near_enough and fold_name(match.text).split()[0] not in _HEADS_OF_MANY)


def _whole_name(sentence: Sentence, match: OrganisationMatch, start: int, end: int) -> Named:
    """The match with the rest of its name: « les petits frères » goes on « des pauvres »."""
    name = fold_name(match.organisation.name).split()
    while (
        end < min(len(sentence), start + len(name) + 1)
        and sentence.words[end] in name
        and sentence.words[end - 1] in name
    ):
        end += 1
    return Named(match.organisation.short, start, end)


def _whole_span(sentence: Sentence, start: int, end: int) -> int:
    """Where the name from `start` to `end` really ends as it was typed: « Restos du Cœur » goes on « de Lyon »."""
    is_introduced = not _HEADS.isdisjoint(sentence.words[max(0, start - 2) : start]) and sentence.is_capital(start)
    if sentence.text.isupper():
        return end
    end = _capitals_end(sentence, end)
    while end < len(sentence) and sentence.words[end] in _OF:
        at = end + 1
        while at < len(sentence) and sentence.words[at] in _ARTICLES:
            at += 1
        word = sentence.word(at)
        if not word.isalpha() or word in _ENDS_A_NAME or not (sentence.is_capital(at) or is_introduced):
            break
        end = _capitals_end(sentence, at + 1)
    return end


def _capitals_end(sentence: Sentence, end: int) -> int:
    """After the capitalised words that follow with nothing but a space between."""
    while (
        end < len(sentence)
        and sentence.is_capital(end)
        and sentence.words[end].isalpha()
        and sentence.words[end] not in _NOT_NAMES
        and sentence.gap(end) in (" ", "-", "'")
    ):
        end += 1
    return end


def _another_body(sentence: Sentence, named: Named) -> Named | None:
    """« Les Restos de la vallée » are not the Restos; « les Restos de Lyon », a part of them, are."""
    end = _whole_span(sentence, named.start, named.end)
    if end == named.end:
        return None
    body = known_organisations().named(named.name)
    said = set(fold_name(body.name).split()) if body is not None else set()
    added = sentence.typed(named.end, end)
    place = " ".join(word for word in added.split() if word[:1].isupper())
    if gazetteer().lookup(fold_name(place)) or set(fold_name(added).split()) - _INSIDE <= said:
        return None
    return Named(_as_written(sentence, named.start, end), named.start, end, known=False)


def _as_written(sentence: Sentence, start: int, end: int) -> str:
    """The name as typed, without the small article before it: « la croix rouge » is "croix rouge"."""
    while start + 1 < end and sentence.words[start] in _BEFORE_A_NAME and not sentence.is_capital(start):
        start += 1
    return sentence.typed(start, end)


def names_as_typed(text: str | Sentence) -> list[str]:
    """The bodies named, as they were typed and to the end of their names, for a paper: never the name of another.

    Where only case, accents or hyphens differ from the name of a body we know, it is written as that body writes it.
    """
    sentence = Sentence.of(text)
    names = []
    for named in organisations_in(sentence):
        typed = _as_written(sentence, named.start, _whole_span(sentence, named.start, named.end))
        body = known_organisations().named(typed) if named.known else None
        same = (
            next((name for name in (body.short, body.name) if fold_name(name) == fold_name(typed)), None)
            if body
            else None
        )
        names.append(same or typed)
    return list(dict.fromkeys(names))


def _written_as_names(sentence: Sentence) -> list[Named]:
    """Unknown bodies: "« Aide aux Enfants »", « l'association Les Petits Débrouillards »."""
    found: list[Named] = []
    words = sentence.words
    quotes = [index for index, word in enumerate(words) if word == '"']
    for opening, closing in zip(quotes[::2], quotes[1::2], strict=False):
        if 0 < closing - opening - 1 <= 7 and sentence.is_capital(opening + 1):
            found.append(Named(sentence.typed(opening + 1, closing), opening + 1, closing, known=False))
    for index, word in enumerate(words):
        if word in _HEADS:
            name = _capitalised(sentence, index + 1)
            if name is not None:
                found.append(name)
    return found


def _capitalised(sentence: Sentence, start: int) -> Named | None:
    """The run of capitalised words from `start`, little words allowed inside it."""
    if start >= len(sentence) or not sentence.is_capital(start) or sentence.words[start] in _NOT_NAMES:
        return None
    end = last = start
    while end < len(sentence) and end - start < 8:
        if sentence.is_capital(end) or (sentence.words[end].isdigit() and end > start):
            last = end = end + 1
        elif sentence.words[end] in _INSIDE or _is_inside(sentence, end):
            end += 1
        else:
            break
    # A sentence typed all in capitals names nothing.
    if sentence.text.isupper() or _is_town(sentence, start, last):
        return None
    return Named(sentence.typed(start, last), start, last, known=False)


def _is_inside(sentence: Sentence, at: int) -> bool:
    """Whether a word in small letters belongs to the name: « Épicerie solidaire du Val »."""
    word = sentence.words[at]
    if not word.isalpha() or word in _ENDS_A_NAME or word in _NOT_NAMES or not sentence.words[at + 1 :]:
        return False
    following = at + 2 if sentence.word(at + 2) not in _ARTICLES else at + 3
    return sentence.word(at + 1) in _OF and following < len(sentence) and sentence.is_capital(following)


def _is_town(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the capitalised words are only where the body is: « l'asso Mulhouse »."""
    places = gazetteer().lookup(fold_name(sentence.typed(start, end)))
    return end - start <= 3 and bool(places)


def read_organisations(text: str | Sentence) -> list[str]:
    """The names of the bodies in a text, as commonly called, each once. A short answer may be misspelt."""
    sentence = Sentence.of(text)
    names = list(dict.fromkeys(named.name for named in organisations_in(sentence)))
    if not names and 0 < len(sentence) <= _SHORT_ANSWER:
        guesses = known_organisations().find(sentence.text)
        names = [guess.organisation.short for guess in guesses if guess.score >= _CLOSE_ENOUGH][:3]
    return names
