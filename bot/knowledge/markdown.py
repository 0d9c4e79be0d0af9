"""The small Markdown of an answer: paragraphs, `- ` lists, `**bold**`, `[links](https://…)`. All else is text.

A text is read once into blocks of pieces; figures of the law stay open until a day and a language are given. It is then
written for a conversation (the tags every channel knows) or for a web page. French is typeset: no-break spaces before
`: ; ? ! % € »` and after `«`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

__all__ = ["Block", "Hole", "Text", "read_text", "typeset"]

ITEM: Final = re.compile(r"[-*]\s+(.*)")
HOLE: Final = re.compile(r"\{([^{}]*)\}")
STYLED: Final = re.compile(
    r"\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*|\[(?P<words>[^\[\]]+)\]\((?P<address>https://[^\s(){}\"<>]+)\)"
)
BEFORE: Final = re.compile(r"[ \u202f](?=[:;?!%€»])")
AFTER: Final = re.compile(r"(?<=«)[ \u202f]")
NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Hole:
    """A placeholder, by what stands between its braces."""

    source: str


Piece = Markup | Hole
"""Safe markup (text escaped, tags ours), or what is filled in later."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (its lines), or a list (its items)."""

    lines: tuple[tuple[Piece, ...], ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of a text, in order."""

    blocks: tuple[Block, ...]

    def __bool__(self) -> bool:
        return bool(self.blocks)

    @property
    def holes(self) -> tuple[str, ...]:
        """The sources of the placeholders, in order."""
        return tuple(
            piece.source for block in self.blocks for line in block.lines for piece in line if isinstance(piece, Hole)
        )

    def for_talk(self, fill: Callable[[str], str]) -> Markup:
        """As a conversation shows it. `fill` gives the words of a placeholder; they are escaped here."""
        return Markup("\n\n").join(
            Markup("\n").join((Markup("• ") if block.is_list else Markup()) + _line(line, fill) for line in block.lines)
            for block in self.blocks
        )

    def for_page(self, fill: Callable[[str], str]) -> Markup:
        """As a web page shows it: `<p>`, `<ul>`."""
        return Markup("\n").join(self._page_blocks(fill))

    def _page_blocks(self, fill: Callable[[str], str]) -> Iterator[Markup]:
        for block in self.blocks:
            lines = [_line(line, fill) for line in block.lines]
            if block.is_list:
                yield Markup("<ul>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(line) for line in lines))
            else:
                yield Markup("<p>{}</p>").format(Markup("<br>").join(lines))


def read_text(text: str, language: str) -> Text:
    """The blocks of `text`. Nothing is refused: what is no mark is text."""
    blocks: list[Block] = []
    for lines in _together(text):
        is_list = bool(ITEM.match(lines[0]))
        blocks.append(Block(tuple(tuple(_pieces(line, language)) for line in _joined(lines, is_list)), is_list))
    return Text(tuple(blocks))


def typeset(text: str, language: str) -> str:
    """`text` with the no-break spaces of its language."""
    if language != "fr":
        return text
    return AFTER.sub(NO_BREAK, BEFORE.sub(NO_BREAK, text))


def _together(text: str) -> Iterator[list[str]]:
    """Lines that stand together: a blank line parts them, and so does the border of a list."""
    block: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        begins_list = bool(ITEM.match(line)) and block and not ITEM.match(block[0])
        if block and (not line or begins_list):
            yield block
            block = []
        if line:
            block.append(line)
    if block:
        yield block


def _joined(lines: list[str], is_list: bool) -> list[str]:
    """A paragraph is one line however it was wrapped; in a list, a line that is no item goes on the one before."""
    if not is_list:
        return [" ".join(lines)]
    items: list[str] = []
    for line in lines:
        if item := ITEM.match(line):
            items.append(item[1])
        else:
            items[-1] += f" {line}"
    return items


def _pieces(text: str, language: str) -> Iterator[Piece]:
    at = 0
    for styled in STYLED.finditer(text):
        yield from _plain(text[at : styled.start()], language)
        if bold := styled["bold"]:
            yield Markup("<b>")
            yield from _plain(bold, language)
            yield Markup("</b>")
        else:
            yield Markup('<a href="{}">').format(styled["address"])
            yield from _plain(styled["words"], language)
            yield Markup("</a>")
        at = styled.end()
    yield from _plain(text[at:], language)


def _plain(text: str, language: str) -> Iterator[Piece]:
    """Text and placeholders. A space is no-break by what follows it, so the two are typeset together."""
    at = 0
    set_text = typeset(text, language)
    for hole in HOLE.finditer(set_text):
        if hole.start() > at:
            yield escape(set_text[at : hole.start()])
        yield Hole(hole[1].strip())
        at = hole.end()
    if at < len(set_text):
        yield escape(set_text[at:])


def _line(pieces: tuple[Piece, ...], fill: Callable[[str], str]) -> Markup:
    return Markup().join(piece if isinstance(piece, Markup) else escape(fill(piece.source)) for piece in pieces)
