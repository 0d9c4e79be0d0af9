"""Telegram's HTML: how long a text is to it, whether it would take it, and how to cut one that is too long.

Lengths are UTF-16 units of what a person sees, after the tags are gone and the entities are characters again.
"""

from __future__ import annotations

import re

__all__ = ["clean", "split", "unfit", "units"]

TAG_NAMES = "b|i|u|s|code|pre|a|blockquote"
TAG = re.compile(rf'<(/?)({TAG_NAMES})((?: href="[^"<>]*"| expandable)?)>')
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
ATOM = re.compile(rf"{TAG.pattern}|{ENTITY.pattern}|.", re.DOTALL)
NAME = r"\2"
BREAKS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…]) "), re.compile(r"[ \t]"))


def clean(text: str) -> str:
    """Without halves of characters, which no JSON that Telegram reads can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def units(html: str) -> int:
    """What Telegram counts. A text with no tag, no entity and no emoji is as long as it looks."""
    if "<" in html:
        html = TAG.sub("", html)
    if "&" in html:
        html = ENTITY.sub("x", html)
    return len(html) if html.isascii() else len(html.encode("utf-16-le", "surrogatepass")) // 2


def unfit(html: str) -> str | None:
    """Why Telegram would not read this HTML: a tag it does not know, or one that is not closed in order."""
    if "<" not in html:
        return None
    opened: list[str] = []
    rest = 0
    for tag in TAG.finditer(html):
        if "<" in html[rest : tag.start()]:
            break
        rest = tag.end()
        if not tag[1]:
            opened.append(tag[2])
        elif tag[3] or not opened or opened.pop() != tag[2]:
            return f"the tag </{tag[2]}> closes what was not opened"
    if "<" in html[rest:]:
        at = html.index("<", rest)
        return f"{html[at : at + 12]!r} is no tag that Telegram knows"
    return f"the tag <{opened[-1]}> is not closed" if opened else None


def split(html: str, limit: int) -> list[str]:
    """Pieces of at most `limit` units, cut between paragraphs where one can, else lines, sentences, words.

    What was open at a cut is closed there and opened again after it, so that each piece stands alone.
    """
    if units(html) <= limit:
        return [html]
    atoms = [(found[0], found[2] is not None) for found in ATOM.finditer(html)]
    pieces: list[str] = []
    opened: list[str] = []
    start = 0
    while start < len(atoms):
        end = _reach(atoms, start, limit)
        if end < len(atoms):
            end = _best_break(atoms, start, end)
        before = "".join(opened)
        for atom, is_tag in atoms[start:end]:
            if is_tag and atom.startswith("</"):
                opened.pop()
            elif is_tag:
                opened.append(atom)
        body = "".join(atom for atom, _ in atoms[start:end]).strip()
        after = "".join(f"</{TAG.sub(NAME, tag)}>" for tag in reversed(opened))
        if units(body):
            pieces.append(f"{before}{body}{after}")
        start = end
    return pieces


def _reach(atoms: list[tuple[str, bool]], start: int, limit: int) -> int:
    """How far the atoms from `start` fit."""
    width = 0
    for end in range(start, len(atoms)):
        atom, is_tag = atoms[end]
        if not is_tag:
            width += 2 if len(atom) == 1 and ord(atom) > 0xFFFF else 1
        if width > limit:
            return end
    return len(atoms)


def _best_break(atoms: list[tuple[str, bool]], start: int, end: int) -> int:
    """The last good place to cut, in the second half of what fits; otherwise where it stops fitting."""
    seen = "".join("\0" if is_tag or len(atom) > 1 else atom for atom, is_tag in atoms[start:end])
    for kind in BREAKS:
        places = [mark.end() for mark in kind.finditer(seen, len(seen) // 2)]
        if places:
            return start + places[-1]
    return end
