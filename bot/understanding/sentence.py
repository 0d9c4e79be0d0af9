"""A message cut into words once, so that every reader walks over the same words.

Folding takes away case, accents, typographic variants and invisible characters; `words` are the folded words,
numbers and signs in order, `stems` the same without plural marks and with common abbreviations spelled out.
Apostrophes and the hyphens inside words are dropped, so « week-end », "week end" and "l'été" compare as people
mean them. Any string is accepted, and the work is linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, TypeVar, cast

from bot.word_lists import word_lists

__all__ = ["Sentence", "fold", "stem", "word_set"]

T = TypeVar("T")

_LISTS: Final = word_lists("writing")

# What a person types is at most a few lines; a novel is read as far as this, so that time stays bounded.
LONGEST: Final = 2_000

TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s']|\n")


def word_set(words: str) -> frozenset[str]:
    """The words of `words`, separated by spaces or lines."""
    return frozenset(words.split())


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (
        *range(0x41, 0x530),
        *range(0x660, 0x66A),
        *range(0x6F0, 0x6FA),
        *range(0x1E00, 0x1F00),
        *range(0xFF01, 0xFF5F),
    ):
        char = chr(code)
        if unicodedata.category(char) == "No":
            continue
        plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
        if plain and plain != char and not plain.isspace():
            table[code] = plain
    table.update({ord(c): "" for c in "\u00ad\u061c\ufeff\u2060\u180e\ufe0e\ufe0f"})
    table.update(dict.fromkeys((*range(0x300, 0x370), *range(0x200B, 0x2010), *range(0x202A, 0x202F)), ""))
    table.update(dict.fromkeys(range(0x2066, 0x206A), ""))
    table.update({ord(c): "'" for c in "’‘ʼ`´′‛＇"})
    table.update({ord(c): '"' for c in "«»“”„‟″＂"})
    table.update({ord(c): "-" for c in "‐‑−－"})
    table.update({ord(c): "–" for c in "—―⁓"})
    table.update(
        {ord("œ"): "oe", ord("Œ"): "oe", ord("æ"): "ae", ord("Æ"): "ae", ord("ß"): "ss", ord("ẞ"): "ss"}
        | {ord("…"): ".", ord("×"): "x", ord("ı"): "i", ord("İ"): "i", ord("ø"): "o", ord("Ø"): "o"}
        | {ord("đ"): "d", ord("ł"): "l", ord("Ł"): "l", ord("½"): " 0,5", ord("\r"): "\n", ord("\x0b"): "\n"}
    )
    return table


_FOLD: Final = _fold_table()

# Words whose last letter is no plural mark.
_WHOLE: Final = _LISTS.words("no_plurals")

# Abbreviations of text messages, said in full.
_ABBREVIATIONS: Final = _LISTS.standing_for("abbreviations")


def stem(word: str) -> str:
    """`word` without its plural mark, abbreviations spelled out: what lexicons compare."""
    full = _ABBREVIATIONS.get(word)
    if full is not None:
        return full
    if len(word) > 3 and word[-1] in "sx" and word not in _WHOLE:
        return word[:-1]
    return word


def fold(text: str) -> str:
    """`text` in lower case without accents, typographic variants and invisible characters."""
    return text.translate(_FOLD)


class Sentence:
    """A message as words, each with its place in the text as it was typed. Never raises on any string."""

    __slots__ = ("_offsets", "ends", "folded", "memory", "starts", "stems", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST]
        self.folded = folded = fold(self.text)
        self._offsets: list[int] | None = None
        # What a grammar has read already, so that it runs once however many readers need it.
        self.memory: dict[str, object] = {}
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = len(folded) - 1
        for match in TOKEN.finditer(folded):
            word = match[0]
            start, end = match.span()
            if word == "-" and 0 < start < last and folded[start - 1].isalpha() and folded[start + 1].isalpha():
                continue
            words.append(word)
            starts.append(start)
            ends.append(end)
        self.words = words
        self.starts = starts
        self.ends = ends
        self.stems = [stem(word) for word in words]

    @classmethod
    def of(cls, text: str | Sentence) -> Sentence:
        """`text` itself when it is cut already."""
        return text if isinstance(text, cls) else cls(str(text))

    def once(self, key: str, read: Callable[[], T]) -> T:
        """What `read` makes of this sentence, worked out at the first call for `key`: whoever asks again gets the same
        value, and changes nothing in it."""
        if key not in self.memory:
            self.memory[key] = read()
        return cast("T", self.memory[key])

    def __len__(self) -> int:
        return len(self.words)

    def glued(self, index: int) -> bool:
        """Whether nothing stands between the word at `index` and the one before it ("30k")."""
        return 0 < index < len(self.words) and self.starts[index] == self.ends[index - 1]

    def gap(self, index: int) -> str:
        """What stands between the word at `index` and the one before it."""
        return self.folded[self.ends[index - 1] : self.starts[index]] if 0 < index < len(self.words) else ""

    def word(self, index: int) -> str:
        """The word at `index`, or an empty one outside the message."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def stem(self, index: int) -> str:
        """The stem at `index`, or an empty one outside the message."""
        return self.stems[index] if 0 <= index < len(self.stems) else ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words from `start` to before `end` stand in the text as typed."""
        if start >= end or not self.words:
            return (0, 0)
        first, last = self.starts[start], self.ends[end - 1]
        if len(self.folded) == len(self.text):
            return (first, last)
        if self._offsets is None:
            self._offsets = [i for i, char in enumerate(self.text) for _ in char.translate(_FOLD)]
        return (self._offsets[first], self._offsets[last - 1] + 1)

    def typed(self, start: int, end: int) -> str:
        """The words from `start` to before `end` as the person typed them."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def is_capital(self, index: int) -> bool:
        """Whether the word at `index` was typed with a capital first letter."""
        return self.typed(index, index + 1)[:1].isupper()
