"""The language a message is written in, even when it is two words long or spelled like a text message.

Scripts speak for themselves. Between languages in Latin letters, words and groups of letters decide, weighed by what
the examples of `data/phrases/` taught; a few common words tell languages that have no examples. What is too short to tell
follows the conversation.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.learning import Matrix, learn
from bot.understanding.writing import typed
from bot.word_lists import word_lists

__all__ = ["Languages"]

BUCKETS: Final = 4096
ROUNDS: Final = 8
# As many texts of a language are learnt from; more teach nothing new about it.
ENOUGH: Final = 1500
WORD: Final = re.compile(r"[^\W\d_]+")
READ: Final = 300
# How much more is believed of the language of the conversation, and of French when there is none yet; a word or two
# hardly change the language of a conversation.
CUSTOM: Final = 1.5
CUSTOM_IN_BRIEF: Final = 4.0
BRIEF: Final = 3
HOME: Final = 0.5
HOME_LANGUAGE: Final = "fr"

SCRIPTS: Final = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[ыэъёЫЭЪЁ]")),
    ("uk", re.compile(r"[а-яА-Я]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0621-\u064a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("th", re.compile(r"[\u0e01-\u0e3a]")),
    ("hy", re.compile(r"[\u0531-\u0587]")),
    ("ka", re.compile(r"[\u10d0-\u10fa]")),
    ("hi", re.compile(r"[\u0905-\u0939]")),
    ("bn", re.compile(r"[\u0985-\u09b9]")),
    ("ta", re.compile(r"[\u0b85-\u0bb9]")),
)
LATIN: Final = re.compile(r"[a-zA-ZÀ-ɏ]")
_LISTS: Final = word_lists("languages")
# Common words of languages without examples; those that the others have too are left out.
FURTHER: Final = dict(_LISTS.named("common_words"))
# Small words that stand in no sentence of the other language.
SMALL: Final = _LISTS.words_by_language("small_words")


class Languages:
    """Tells languages apart with learnt weights: a row for each bucket, a column for each of `codes`."""

    def __init__(self, codes: Sequence[str], weights: Matrix) -> None:
        self.codes = tuple(codes)
        self.weights = weights

    @classmethod
    def learnt(cls, examples: Iterable[tuple[str, str]]) -> Languages:
        """From texts and their languages."""
        by_language: dict[str, list[str]] = {}
        for text, language in examples:
            by_language.setdefault(language, []).append(text)
        codes = sorted(by_language)
        pairs = [
            (text, language)
            for language in codes
            for text in by_language[language][:: max(1, len(by_language[language]) // ENOUGH)]
        ]
        rows = np.zeros((len(pairs), BUCKETS), np.float32)
        for row, (text, _) in zip(rows, pairs, strict=True):
            row[:] = _row(WORD.findall(typed(text[:READ])))
        labels = np.array([codes.index(language) for _, language in pairs])
        # As much is made of every language, however many examples it has; French and English are met more often.
        count = np.bincount(labels, minlength=len(codes))
        importance = ((float(count.max()) / count[labels]) ** 0.5).astype(np.float32)
        return cls(codes, learn(rows, labels, len(codes), rounds=ROUNDS, importance=importance))

    def told(self, text: str, custom: str | None = None) -> str:
        """The ISO code of the language of `text`; `custom` is the language of the conversation."""
        head = typed(text[:READ])
        script = _script(head)
        if script is not None:
            return script
        words = WORD.findall(head)
        usual = custom if custom in self.codes else HOME_LANGUAGE
        if not words:
            return usual
        further = [FURTHER[word] for word in words if word in FURTHER]
        if len(further) >= 2 and len(further) * 3 >= len(words):
            return max(set(further), key=further.count)
        scores = _row(words) @ self.weights[:-1] + self.weights[-1]
        trust = CUSTOM_IN_BRIEF if len(set(words)) <= BRIEF else CUSTOM
        scores[self.codes.index(usual)] += trust if custom in self.codes else HOME
        for code in ("ar", "uk"):
            if code in self.codes:
                scores[self.codes.index(code)] = -np.inf
        best = self.codes[int(np.argmax(scores))]
        if custom in SMALL and best in SMALL and best != custom:
            ours, theirs = (sum(word in SMALL[code] for word in words) for code in (custom, best))
            return custom if ours >= theirs and (ours or len(words) > BRIEF) else best
        return best


def _script(text: str) -> str | None:
    """The language of a text mostly in a script of its own."""
    latin = len(LATIN.findall(text))
    for language, letters in SCRIPTS:
        if (found := len(letters.findall(text))) and (
            found > latin or (language in ("uk", "ru") and 4 * found > latin)
        ):
            return language
    return None


def _row(words: Sequence[str]) -> NDArray[np.float32]:
    pieces = 2 * [zlib.crc32(f"={word}".encode()) for word in words]
    for word in words:
        padded = f" {word} "
        pieces += [zlib.crc32(padded[at : at + 3].encode()) for at in range(len(padded) - 2)]
        pieces += [zlib.crc32(padded[at : at + 4].encode()) for at in range(len(padded) - 3)]
    if not pieces:
        return np.zeros(BUCKETS, np.float32)
    hashes = np.array(pieces, np.int64)
    row = np.bincount(hashes % BUCKETS, np.where(hashes >> 31, 1.0, -1.0), BUCKETS).astype(np.float32)
    # Longer texts say more, within reason.
    return row * np.float32(min(len(words), 6) ** 0.5 / max(float(np.sqrt(row @ row)), 1e-6))
