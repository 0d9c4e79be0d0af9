"""What a paper is made of, before any format: blocks that the PDF and the Word file both draw.

A block holds phrases (ours, translated) and strings (typed by somebody, cleaned by `bot.documents.text`). Nothing here
knows about pages, fonts or XML.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrase import Phrase

__all__ = [
    "Block",
    "Boxes",
    "Bullets",
    "Field",
    "Fields",
    "Heading",
    "Letterhead",
    "Lines",
    "PageBreak",
    "Paragraph",
    "Signature",
    "Signatures",
    "Table",
    "Text",
]

Text = Phrase | str
"""A phrase of ours, or a cleaned value."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; `level` 1 opens an annex or a part, 2 an article."""

    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to tick; the positions in `ticked` are ticked already."""

    items: tuple[Text, ...]
    ticked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value; without a value, a line to write on."""

    label: Text
    value: Text = ""


@dataclass(frozen=True, slots=True)
class Fields:
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header. `numeric` columns are set to the right; `blank_rows` are left to be filled in by hand."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...] = ()
    numeric: frozenset[int] = frozenset()
    blank_rows: int = 0
    total: tuple[Text, ...] = ()
    widths: tuple[float, ...] = ()
    """The share of the page of each column; equal without it."""


@dataclass(frozen=True, slots=True)
class Signature:
    role: Text
    name: str = ""
    words: Text = ""
    """What is written by hand above the signature, if anything."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures side by side, `columns` in a row; a single one stands to the right, as under a letter."""

    signatures: tuple[Signature, ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to write on."""

    count: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom, from where and when, about what."""

    sender: tuple[Text, ...]
    recipient: tuple[Text, ...]
    place_and_date: Text
    subject: Text


Block = Heading | Paragraph | Bullets | Boxes | Fields | Lines | Table | Signatures | PageBreak
