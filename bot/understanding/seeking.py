"""What an association or a firm looks for: hands and heads, or things; and that it wants it published.

    « on cherche un comptable bénévole »              people, "Comptable bénévole"
    « notre club a besoin d'un minibus »              things
    « tu peux le publier ? »                          to be published

Who looks for a mission for themselves is no such seeker, nor is who asks how to find volunteers.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.sentence import Sentence, word_set
from bot.word_lists import each, word_lists

__all__ = ["Seeking", "read_seeking"]

_LISTS: Final = word_lists("seeking")

Sought = Literal["people", "things", "published"]


class Seeking(NamedTuple):
    """What is looked for, and in which words, where they tell more than that somebody is. `for_others`: said in the
    name of a body, by its words alone."""

    sought: Sought
    what: str = ""
    for_others: bool = False


_VERBS: Final[Lexicon[Literal["we", "i"]]] = Lexicon(_LISTS.groups("verbs", each(Literal["we", "i"])))
_PUBLISH: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("publish"))
_FOR_A_BODY: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("for_a_body"))
_VOLUNTEERS: Final = _LISTS.words("volunteers")
_THINGS: Final = _LISTS.words("things")
_ELSE: Final = _LISTS.words("something_else")
"""Looked for, and neither hands nor things."""
_OF_A_FIRM: Final = _LISTS.words("of_a_firm")
"""Somebody whom a firm lends: skills sponsorship, and no volunteer."""
_LITTLE: Final = _LISTS.words("little_words")
_HOW: Final = _LISTS.words("question_words")
_ENDS: Final = word_set(". ; ! ? , :") | {"\n"}
_AND_AFTER: Final = (
    ["pour", "notre"],
    ["pour", "mon"],
    ["dans", "notre"],
    ["dans", "mon"],
    ["for", "our"],
    ["for", "my"],
)
_LONGEST: Final = 14
_BARE: Final = _VOLUNTEERS | _LISTS.words("hands")


def read_seeking(text: str | Sentence) -> Seeking | None:
    """What somebody looks for in the name of others, as far as it is said."""
    sentence = Sentence.of(text)
    words = sentence.words
    if words and words[0] in _HOW:
        return None
    verb = _VERBS.first(sentence)
    if verb is None:
        return Seeking("published", for_others=True) if _PUBLISH.first(sentence) is not None else None
    end = _end_of(sentence, verb)
    sought = words[verb.end : end]
    first = next((word for word in sought if word.isalnum() and word not in _LITTLE), "")
    if not first or first in _ELSE:
        return None
    if not _OF_A_FIRM.isdisjoint(sought):
        return None
    names_volunteers = not _VOLUNTEERS.isdisjoint(sought)
    for_a_body = _FOR_A_BODY.first(sentence) is not None
    if first in _THINGS:
        return Seeking("things", "", for_others=verb.value == "we" or for_a_body)
    what = _phrase(sentence, verb.end, end)
    return Seeking("people", what, for_others=for_a_body or (verb.value == "we" and names_volunteers))


def _end_of(sentence: Sentence, verb: Found[Literal["we", "i"]]) -> int:
    """Where the words of what is looked for end."""
    for at in range(verb.end, min(len(sentence), verb.end + _LONGEST)):
        if sentence.words[at] in _ENDS or sentence.words[at : at + 2] in _AND_AFTER:
            return at
    return min(len(sentence), verb.end + _LONGEST)


def _phrase(sentence: Sentence, start: int, end: int) -> str:
    """The words as they were typed, without their article; none where they say only that somebody is looked for."""
    while start < end and sentence.words[start] in _LITTLE:
        start += 1
    if all(word in _BARE or word in _LITTLE for word in sentence.words[start:end]):
        return ""
    said = sentence.typed(start, end).strip()
    return said[:1].upper() + said[1:]
