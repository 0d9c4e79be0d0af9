"""Yes, no, and "I'd rather not say", in the many ways people answer."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["asks_for_it", "is_filler", "read_skip", "read_yes_no", "unsure_in"]

_LISTS: Final = word_lists("answers")

_YES_NO: Final[Lexicon[bool | None]] = Lexicon(_LISTS.groups("yes_no", {"yes": True, "no": False, "perhaps": None}))

_SKIP: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("skip"))

# That something is not known, wherever it stands in a message, and what that is: « jsp où », "idk where yet".
_UNSURE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("not_known"))
_ASKED: Final = _LISTS.words("asked")
_GOES_ON: Final = _LISTS.words("goes_on") | frozenset({"", ",", ".", ";", ":", "!", "?"})

_FILLERS: Final = _LISTS.words("fillers") | frozenset({"!", ".", ",", ";", ":", "-", "(", ")"})
_MOST_WORDS: Final = 12


def read_yes_no(text: str | Sentence) -> bool | None:
    """True for yes, False for no, None when the text says neither, or both, or is about something else."""
    sentence = Sentence.of(text)
    size = len(sentence)
    if not 0 < size <= 60:
        return None
    index = 0
    while index < size and sentence.words[index] in _FILLERS and _YES_NO.at(sentence, index) is None:
        index += 1
    found = _YES_NO.at(sentence, index)
    if found is None:
        return None
    # « oui mais non », « non si »: the last word of a chain of yeses and noes is what is meant.
    said, index = found.value, found.end
    while index < size:
        following = _YES_NO.at(sentence, index)
        if following is not None:
            if following.value is None:
                return None
            # After a yes or a no, polite words add nothing.
            if following.value != said and sentence.words[index] not in (
                "ok",
                "super",
                "svp",
                "stp",
                "please",
                "s",
                "top",
                "parfait",
                "great",
                "fine",
                "k",
            ):
                said = following.value
            index = following.end
        elif sentence.words[index] in _FILLERS:
            index += 1
        else:
            break
    rest = size - index
    short_word = found.end - found.start == 1 and sentence.words[found.start] in _OPENERS
    return said if rest <= (_MOST_WORDS if not short_word else 3) else None


# Words that begin many sentences which are neither yes nor no (« si je donne… », "please tell me…").
_OPENERS: Final = _LISTS.words("openers")


def read_skip(text: str | Sentence) -> bool:
    """Whether the person would rather pass on a question: « je ne sais pas », « peu importe », "skip"."""
    sentence = Sentence.of(text)
    size = len(sentence)
    if not 0 < size <= _MOST_WORDS:
        return False
    index = 0
    while index < size:
        found = _SKIP.at(sentence, index)
        if found is not None:
            rest = [word for word in sentence.words[found.end :] if word not in _FILLERS]
            return len(rest) <= 4 and "," not in rest
        if sentence.words[index] not in _FILLERS:
            return False
        index += 1
    return False


def is_filler(text: str | Sentence) -> bool:
    """« euh », « bah », "hmm": words that say nothing."""
    return all(word in _FILLERS for word in Sentence.of(text).words)


_DO_IT: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("do_it"))
_BESIDE_IT: Final = 3


def asks_for_it(sentence: Sentence) -> bool:
    """Whether what was just offered is asked for with a pronoun: « tu peux la préparer ? », "write it for me"."""
    found = _DO_IT.first(sentence)
    said = sum(word.isalnum() for word in sentence.words)
    return found is not None and said - (found.end - found.start) <= _BESIDE_IT


def unsure_in(text: str | Sentence) -> list[tuple[int, int]]:
    """The words, from and to, that say that something is not known: « mais jsp où », not « je sais pas cuisiner »."""
    sentence = Sentence.of(text)
    return [
        (found.start, found.end)
        for found in _UNSURE.find(sentence)
        if sentence.words[found.end - 1] in _ASKED or sentence.word(found.end) in _GOES_ON
    ]
