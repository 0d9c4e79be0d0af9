"""The longer texts of `locale/<language>/pages/*.md`, as a conversation shows them.

A small, safe Markdown: `#` headings, `-` and `1.` lists, `>` quotations, paragraphs, `**bold**`, `*italic*`,
`[links](https://…)`. A line stays a line. Everything else is text and is escaped. `---` begins a new leaf: one idea,
one screen.
Figures are placeholders with a format, `{rate:percent}`, filled in like those of a phrase; a brace is written `{{`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from bot.i18n import page, render
from bot.phrase import Phrase

__all__ = ["leaves", "marked"]

BREAK = re.compile(r"^---+\s*$", re.MULTILINE)
HEADING = re.compile(r"#{1,6}\s+(.*)")
ITEM = re.compile(r"[-*]\s+(.*)")
NUMBERED = re.compile(r"(\d+[.)])\s+(.*)")
QUOTE = re.compile(r">\s?(.*)")
LINK = re.compile(r"\[([^\[\]]+)\]\((https://[^\s()\"]+)\)")
FIRST_LINK = 0xE000
"""Links stand aside as private characters while the rest of a line is escaped and styled."""
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*<]+)(?<=\S)\*(?![\w*])")


def leaves(name: str, language: str, /, **values: Any) -> tuple[Markup, ...]:
    """The page `name`, leaf by leaf, with its figures. Raises `KeyError` for a page or a figure that is not there."""
    return tuple(render(Phrase(leaf, values), language) for leaf in _leaves(name, language))


@lru_cache(maxsize=256)
def _leaves(name: str, language: str) -> tuple[str, ...]:
    return tuple(marked(leaf) for leaf in BREAK.split(page(name, language)) if leaf.strip())


def marked(text: str) -> str:
    """One leaf, or a text of its own, in the subset of HTML that every channel shows; placeholders are left as such."""
    return "\n\n".join(_block(lines) for lines in _blocks(text))


def _blocks(text: str) -> list[list[str]]:
    """Lines that stand together: a blank line or a heading parts them."""
    blocks: list[list[str]] = [[]]
    for line in (line.strip() for line in text.splitlines()):
        heading = HEADING.match(line)
        if heading or not line:
            blocks.append([line] if heading else [])
            if heading:
                blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _block(lines: list[str]) -> str:
    if heading := HEADING.match(lines[0]):
        return f"<b>{_inline(heading[1])}</b>"
    if all(QUOTE.match(line) for line in lines):
        quoted = " ".join(QUOTE.sub(r"\1", line) for line in lines)
        return f"<blockquote>{_inline(quoted)}</blockquote>"
    shown: list[str] = []
    for line in lines:
        if item := ITEM.match(line):
            shown.append(f"• {_inline(item[1])}")
        elif item := NUMBERED.match(line):
            shown.append(f"{item[1]} {_inline(item[2])}")
        else:
            shown.append(_inline(line))
    return "\n".join(shown)


def _inline(text: str) -> str:
    """Bold, italic and links; all the rest is escaped."""
    links: list[str] = []

    def put_aside(link: re.Match[str]) -> str:
        links.append(f'<a href="{escape(link[2])}">{escape(link[1])}</a>')
        return chr(FIRST_LINK + len(links) - 1)

    styled = BOLD.sub(r"<b>\1</b>", str(escape(LINK.sub(put_aside, text))))
    styled = ITALIC.sub(r"<i>\1</i>", styled)
    for number, link in enumerate(links):
        styled = styled.replace(chr(FIRST_LINK + number), link)
    return styled
