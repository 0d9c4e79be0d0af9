"""A message put into plain words before its topic is judged: « jveu doné a lasso » reads "je veux donner à l'asso".

Text-message spellings are written out, drawn-out letters shortened, and accents put back where a word leaves no
doubt (which words those are is learnt from the examples). Only the topic and the language are judged on this text;
values are read from what the person typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.word_lists import word_lists

__all__ = ["accents_of", "fold", "in_full", "typed", "without_courtesy", "words_of"]

# An elided word ("t'as") and a letter after a number ("500 g") are no abbreviations.
WORD: Final = re.compile(r"(?<!\d )(?<!\d)[^\W\d_](?![^\W_]|')|[^\W\d_]{2,}(?!')|€")
SPACES: Final = re.compile(r"\s+")
DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f\u061c]")

_LISTS: Final = word_lists("writing")
# How text messages spell words. Words that are also plain English or French are left out.
SHORT_FRENCH: Final[Mapping[str, str]] = _LISTS.named_in("in_full", "fr")
SHORT_ENGLISH: Final[Mapping[str, str]] = _LISTS.named_in("in_full", "en")
FIRST_MARK: Final = "\u0300"
"""No character before it is a mark that combines with another."""


def _any_of(name: str) -> str:
    """A pattern of the words and phrases of a list as they are written there, the longest first."""
    return "|".join(re.escape(said) for said in sorted(_LISTS.typed(name), key=len, reverse=True))


# How messages begin and end, whatever they are about.
GREETING: Final = re.compile(
    rf"^(?:(?:{_any_of('greetings')}|(?:{'|'.join(f'{said}+' for said in _LISTS.typed('hesitations'))}))\b"
    rf"[\s,.!:;…-]*(?:(?:{_any_of('joined')})\s)?)+"
)
_THANKED: Final = rf"(?: (?:{_any_of('after_thanks')}|(?:{_any_of('thanks_for')}) \w+))*"
THANKS: Final = re.compile(
    rf"(?:[\s,.!;…-]+(?:(?:{_any_of('before_thanks')}) )?(?:(?:{_any_of('thanks')}){_THANKED})+)+[\s.!…]*$"
)


def fold(text: str) -> str:
    """`text` in lower case without accents or typographic variants."""
    lowered = INVISIBLE.sub("", text.lower()).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    bare = unicodedata.normalize("NFKD", lowered.replace("’", "'").replace("ʼ", "'").replace("`", "'"))
    if bare.isascii():
        return bare
    return "".join([char for char in bare if char < FIRST_MARK or not unicodedata.combining(char)])


def typed(text: str) -> str:
    """`text` as it was typed, in lower case, with plain apostrophes and drawn-out letters shortened."""
    lowered = INVISIBLE.sub("", unicodedata.normalize("NFC", text).lower())
    return DRAWN_OUT.sub(r"\1", lowered.replace("’", "'").replace("ʼ", "'").replace("`", "'"))


def words_of(text: str) -> list[str]:
    """The words, numbers and signs of `text` in lower case, as they stand. An elided article keeps its apostrophe."""
    return WORD.findall(typed(text))


def in_full(text: str, accents: Mapping[str, str], *, english: bool = False) -> str:
    """`text` in lower case with its words written out; `accents` gives the accented form of words typed without."""
    short = SHORT_ENGLISH if english else SHORT_FRENCH

    def written(match: re.Match[str]) -> str:
        word = match[0]
        full = short.get(word)
        if full is not None:
            return full
        return accents.get(word, word) if not english else word

    return SPACES.sub(" ", WORD.sub(written, typed(text))).strip()


def without_courtesy(plain: str) -> str:
    """`plain` (in lower case) without the greeting it begins with and the thanks it ends with, if anything is left."""
    start = GREETING.match(plain)
    rest = plain[start.end() :] if start else plain
    rest = THANKS.sub("", rest)
    return rest if len(rest.split()) >= 2 else plain


def accents_of(french: Iterable[str], others: Iterable[str]) -> dict[str, str]:
    """From words without accents to the one way these texts accent them; words that `others` use too are left out."""
    forms: dict[str, Counter[str]] = {}
    for text in french:
        for word in words_of(text):
            if len(word) > 3:
                forms.setdefault(fold(word), Counter())[word] += 1
    foreign = {word for text in others for word in words_of(text)}
    found = {}
    for bare, seen in sorted(forms.items()):
        accented = [(count, word) for word, count in seen.items() if word != bare]
        if accented and bare not in foreign and len(accented) == 1:
            count, word = accented[0]
            # Examples are typed without accents too: the accented form has to be the usual one.
            if count >= seen[bare]:
                found[bare] = word
    return found
