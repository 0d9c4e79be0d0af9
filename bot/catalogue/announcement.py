"""What an announcement says to a question about it: "il faut un tablier ?", "y a un bus ?".

The answer is a sentence of the announcement, as it stands: nothing is concluded from it. A question asks about the
words it holds ("tablier") or, where these only name a matter ("une formation ?"), about that matter. What no sentence
says is not answered. The words are in `data/lexicon/*/announcements.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

from bot.catalogue.folding import STOP_WORDS, fold, stem, words
from bot.catalogue.mission import Mission
from bot.word_lists import word_lists

__all__ = ["MATTERS", "Announcement", "Told", "speaks_of"]

SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=;)\s+")
ABBREVIATED = re.compile(r"\b(?:M|Mme|Mlle|Dr|St|Ste|tél|n°|av|bd|bld|min|env|ex|cf|p|etc|Mr|Mrs|Ms)\.$", re.IGNORECASE)
LONGEST = 240
"""Letters of a sentence that are shown."""
LONG_WORD = 6
"""From so many letters on, one wrong letter is forgiven."""
BY_IDEA = 0.7
"""What a word counts that is said in other words; one that is said as it was asked counts 1."""
OF_GENERAL = 0.6
"""What a word counts that many such questions hold: "apporter", "heure"."""
OF_MATTER = 0.25
"""What a word of the matter counts beside those that were asked about."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an announcement that answers. `special` is true where it holds the very thing asked about
    ("tablier"), and not only words of the matter; `direct`, where it holds any of the words of the question."""

    sentence: str
    special: bool = False
    direct: bool = False


class Vocabulary:
    """The words of the files, by stem."""

    def __init__(self) -> None:
        lists = word_lists("announcements")
        self.asking = lists.words("asking")
        self.matters = {name: _stemmed(" ".join(listed)) for name, listed in lists.by_name("about").items()}
        self.tells = {name: _stemmed(" ".join(listed)) for name, listed in lists.by_name("tells").items()}
        self.ideas: dict[str, set[int]] = {}
        for number, listed in enumerate(lists.by_name("ideas").values()):
            for word in _stemmed(" ".join(listed)):
                self.ideas.setdefault(word, set()).add(number)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary()


MATTERS = (
    "where",
    "when",
    "how_long",
    "distance",
    "paid",
    "cost",
    "age",
    "access",
    "training",
    "bring",
    "alone",
    "detail",
    "contact",
)
"""What the file has words for."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    stems: frozenset[str]
    ideas: frozenset[int]


class Announcement:
    """The sentences of one mission, as it reads in a language."""

    def __init__(self, mission: Mission, language: str) -> None:
        self._mission = mission
        self._language = language

    @cached_property
    def sentences(self) -> tuple[_Sentence, ...]:
        told = []
        for text in _sentences(self._mission.text_in(self._language)):
            stems = _stems(text)
            ideas = frozenset(number for word in stems for number in vocabulary().ideas.get(word, ()))
            told.append(_Sentence(text, stems, ideas))
        return tuple(told)

    @property
    def texts(self) -> list[str]:
        """The sentences, in order."""
        return [sentence.text for sentence in self.sentences]

    def answer(self, question: str, matter: str = "") -> Told | None:
        """The sentence that answers a question, which is perhaps about a matter of `MATTERS`; None where none does."""
        general, tells = _words_of(matter)
        asked = _asked(question)
        others = any(word not in general for word in asked)
        best: tuple[float, _Sentence] | None = None
        for sentence in self.sentences:
            said = [(OF_GENERAL if word in general else 1.0) * _said(word, sentence) for word in asked]
            of_matter = len(sentence.stems & tells)
            is_general = all(word in general for word, count in zip(asked, said, strict=True) if count)
            if (not any(said) or is_general) and not of_matter:
                continue
            if not any(said) and others:
                continue
            score = sum(said) + OF_MATTER * of_matter
            if best is None or score > best[0]:
                best = (score, sentence)
        if best is None:
            return None
        said_words = [word for word in asked if _said(word, best[1])]
        return Told(best[1].text, any(word not in general for word in said_words), bool(said_words))

    def all_on(self, matter: str, most: int = 2) -> list[str]:
        """The first few sentences with words of a matter, in order."""
        _general, tells = _words_of(matter)
        return [sentence.text for sentence in self.sentences if sentence.stems & tells][:most]


def _words_of(matter: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a matter in questions, and those by which a sentence is about it."""
    known = vocabulary()
    general = known.matters.get(matter, frozenset())
    return general, known.tells.get(matter, general)


def speaks_of(question: str, matter: str) -> bool:
    """Whether a question has no other words than those of all questions, or a word of this matter."""
    general = vocabulary().matters.get(matter, frozenset())
    asked = _asked(question)
    return not asked or any(word in general for word in asked)


def _said(word: str, sentence: _Sentence) -> float:
    if word in sentence.stems:
        return 1.0
    if vocabulary().ideas.get(word, set()) & sentence.ideas:
        return BY_IDEA
    if len(word) >= LONG_WORD and any(
        abs(len(word) - len(other)) <= 1 and OSA.distance(word, other, score_cutoff=1) <= 1 for other in sentence.stems
    ):
        return BY_IDEA
    return 0.0


def _asked(question: str) -> list[str]:
    """The stems of the words a question is about."""
    found = []
    asking = vocabulary().asking
    for typed in words(question):
        folded = fold(typed)
        if folded in asking or folded in STOP_WORDS or folded.isdigit() or len(folded) < 3:
            continue
        found += [each for each in _both(typed)[:1] if each]
    return list(dict.fromkeys(found))


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each cut to a length that can be shown."""
    found: list[str] = []
    for part in SENTENCE.split(text):
        part = part.strip()
        if found and ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return [part if len(part) <= LONGEST else f"{part[: LONGEST - 1].rsplit(' ', 1)[0]}…" for part in found]


def _stems(text: str) -> frozenset[str]:
    return frozenset(each for word in words(text) for each in _both(word) if each)


def _stemmed(listed: str) -> frozenset[str]:
    """The stems of listed words. A compound joined by hyphens stands for its last part too."""
    return frozenset(each for word in words(listed.replace("-", " ")) for each in _both(word) if each)


@lru_cache(maxsize=16_384)
def _both(word: str) -> tuple[str, str]:
    """The stem of a word taken for French, and for English: an announcement may be read in either."""
    folded = fold(word)
    if folded in STOP_WORDS or not folded:
        return ("", "")
    return (stem(word), _english().stemWord(folded.replace(" ", "")))


@cache
def _english() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
