"""The longer texts of `locale/<language>/pages/*.md`, as a conversation shows them.

A small, safe Markdown: `#` headings, `-` and `1.` lists, `>` quotations, paragraphs, `**bold**`, `*italic*`,
`[links](https://…)`. A line stays a line. Everything else is text and is escaped. `---` begins a new leaf: one idea,
one screen.
Figures are placeholders with a format; a brace is written `{{`. Those of the law are named as in an answer,
`{donations.coluche.rate:percent}`, and follow its rows; others, `{amount:money}`, are filled in like those of a phrase.
`{checked:date}` is the day on which the law of a leaf was checked. `<!-- rests_on: donations.general.rate -->` names
what a leaf rests on and does not quote. After the last day that is known, a leaf says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from bot.i18n import page, render
from bot.knowledge.quoting import quote
from bot.phrase import Phrase

__all__ = ["leaves", "marked"]

BREAK = re.compile(r"^---+\s*$", re.MULTILINE)
HEADING = re.compile(r"#{1,6}\s+(.*)")
ITEM = re.compile(r"[-*]\s+(.*)")
NUMBERED = re.compile(r"(\d+[.)])\s+(.*)")
QUOTE = re.compile(r">\s?(.*)")
RESTS_ON = re.compile(r"^<!--\s*rests_on:\s*(.*?)\s*-->[ \t]*\n?", re.MULTILINE)
LINK = re.compile(r"\[([^\[\]]+)\]\((https://[^\s()\"]+)\)")
FIRST_LINK = 0xE000
"""Links stand aside as private characters while the rest of a line is escaped and styled."""
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*<]+)(?<=\S)\*(?![\w*])")


def leaves(name: str, language: str, today: date, /, **values: Any) -> tuple[Markup, ...]:
    """The page `name`, leaf by leaf, with its figures of a day.

    Raises `KeyError` for a page or a value that is not there, FigureError for a figure of the law that is not.
    """
    return tuple(_leaf(leaf, language, today, values) for leaf in _leaves(name, language))


def _leaf(leaf: Leaf, language: str, today: date, values: Mapping[str, Any]) -> Markup:
    quoted = quote(leaf.figures, leaf.rests_on, today)
    text = render(Phrase(leaf.text, {**values, **quoted.values, "checked": quoted.checked}), language)
    if quoted.warning is None:
        return text
    return Markup("{}\n\n⚠️ {}").format(text, render(quoted.warning, language))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf as it is written: its text with placeholders, those of the law, and what else it rests on."""

    text: str
    figures: tuple[str, ...]
    rests_on: tuple[str, ...]


@lru_cache(maxsize=256)
def _leaves(name: str, language: str) -> tuple[Leaf, ...]:
    return tuple(_read(leaf) for leaf in BREAK.split(page(name, language)) if leaf.strip())


def _read(leaf: str) -> Leaf:
    rests_on = tuple(found for named in RESTS_ON.findall(leaf) for found in named.split())
    text = marked(RESTS_ON.sub("", leaf))
    names = (name for _literal, name, _format, _conversion in Formatter().parse(text) if name)
    return Leaf(text, tuple(dict.fromkeys(name for name in names if "." in name)), rests_on)


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
