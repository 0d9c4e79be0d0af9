"""A paper ready to be given to somebody: one content, drawn as a PDF, as a Word file and as a picture of page one.

A paper is written in French, for the French employer or association that receives it. What it says and what to check
before signing is for the person alone: it is told beside the paper (`Companion`) and never in the file that is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.documents.content import Block, Letterhead
from bot.documents.text import plain_text
from bot.phrase import Phrase

__all__ = ["PAPER_LANGUAGE", "Companion", "Paper"]

PAPER_LANGUAGE = "fr"
"""The language of the papers themselves: they go to French employers and associations."""


@dataclass(frozen=True, slots=True)
class Companion:
    """What is told to the person beside the paper: what it says, what to check, whom to ask, the texts it rests on."""

    says: tuple[Phrase, ...]
    check: tuple[Phrase, ...]
    texts: tuple[Phrase | str, ...] = ()
    ask: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: `name` is the stem of its files, `on` the day it bears, the only date that its files carry.

    `language` is French unless a reading copy is asked for. The same paper always gives the same bytes.
    """

    name: str
    title: Phrase
    on: date
    blocks: tuple[Block, ...]
    companion: Companion | None = None
    letter: Letterhead | None = None
    language: str = PAPER_LANGUAGE
    is_reading_copy: bool = False

    def reading_copy(self, language: str) -> Paper:
        """A translation to read, marked as such: the French paper is the one to sign."""
        name = f"{self.name}-{language}"
        return replace(self, language=language, name=name, is_reading_copy=True)

    def heading(self) -> str:
        """The title in the language of the paper."""
        return plain_text(self.title, self.language)

    def pdf(self) -> bytes:
        """The paper as a tagged PDF with its fonts."""
        from bot.documents.pdf import pdf

        return pdf(self)

    def preview(self, width: int = 1000) -> bytes:
        """The first page as a PNG, `width` pixels wide."""
        from bot.documents.pdf import preview

        return preview(self, width)

    def docx(self) -> bytes:
        """The paper as a Word file that can be edited."""
        from bot.documents.word import docx

        return docx(self)
