"""Text for a paper: phrases put into a language as runs, and what people typed made harmless.

A value typed by somebody is data from end to end: it is cleaned here of what would break a page or deceive its reader
(control characters, direction overrides, half characters), and no renderer ever reads it as markup.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import render
from bot.phrase import Phrase

__all__ = ["BLANK", "LINE_LIMIT", "TEXT_LIMIT", "Run", "announces", "line", "or_blank", "plain_text", "runs", "text"]

BREAKABLE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
BLANK = "\u2026" * 12
"""Dots to be filled in by hand, where a value is not known yet."""

LINE_LIMIT = 160
"""The longest name, post or address kept on a paper; what is cut off ends with an ellipsis."""

TEXT_LIMIT = 3_000
"""The longest description kept on a paper."""

RUN_LIMIT, LINES_LIMIT = 6_000, 60
"""The most characters and lines of one text drawn, values and all: nothing makes a paper of hundreds of pages."""

DECEIVING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
"""Invisible marks that reorder text: they can make a paper show another amount or name than the one it holds."""

TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


def _spaced(value: str) -> str:
    """Each run of spaces as one; those that must not break ("2 500 €") stay as they are."""
    return BREAKABLE.sub(" ", value).strip()


def line(value: str, limit: int = LINE_LIMIT) -> str:
    """`value` as one clean line of at most `limit` characters."""
    return _cut(_spaced(_clean(value)), limit)


def text(value: str, limit: int = TEXT_LIMIT) -> str:
    """`value` cleaned, its line breaks kept, of at most `limit` characters."""
    lines = (_spaced(part) for part in _clean(value).splitlines())
    return _cut("\n".join(lines).strip("\n"), limit)


def or_blank(value: str | None, limit: int = LINE_LIMIT) -> str:
    """One clean line, or dots to be filled in by hand."""
    return (line(value, limit) if value else "") or BLANK


def runs(phrase: Phrase | Markup | str, language: str) -> tuple[Run, ...]:
    """`phrase` in `language`, clean, cut where bold or italic begins and ends, of a size that a page bears."""
    rendered = _few_lines(_clean(_cut(str(render(phrase, language)), RUN_LIMIT)))
    out: list[Run] = []
    bold = italic = False
    at = 0
    for tag in TAG.finditer(rendered):
        if tag.start() > at:
            out.append(Run(html.unescape(rendered[at : tag.start()]), bold, italic))
        opens = not tag[1]
        if tag[2] == "b":
            bold = opens
        elif tag[2] == "i":
            italic = opens
        at = tag.end()
    if at < len(rendered):
        out.append(Run(html.unescape(rendered[at:]), bold, italic))
    return tuple(out)


def plain_text(phrase: Phrase | Markup | str, language: str) -> str:
    """`phrase` in `language` without any style, its no-break spaces kept."""
    return "".join(run.text for run in runs(phrase, language))


def announces(phrase: Phrase | Markup | str, language: str) -> bool:
    """Whether a text announces what follows it, and so stays on its page."""
    return plain_text(phrase, language).rstrip().endswith(":")


def _clean(value: str) -> str:
    value = value.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\t", " ")
    kept = (c for c in value if c == "\n" or (c not in DECEIVING and unicodedata.category(c) not in ("Cc", "Cs")))
    return unicodedata.normalize("NFC", "".join(kept))


def _few_lines(value: str) -> str:
    lines = value.split("\n")
    return (
        "\n".join([*lines[: LINES_LIMIT - 1], " ".join(lines[LINES_LIMIT - 1 :])])
        if len(lines) > LINES_LIMIT
        else value
    )


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "\u2026"
