"""The few strokes that cards are drawn with: text that is measured and wrapped, boxes, patterns, escaped to the letter.

Widths are estimated from the shapes of the shipped font, a little wide, so that no word leaves the card in another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from xml.sax.saxutils import escape

from bot.documents.pdf import FONT_FOLDER
from bot.documents.text import line

__all__ = ["DOTS", "Canvas", "png", "text_width", "wrapped"]

FONT = "Inter, 'DejaVu Sans', system-ui, sans-serif"
NARROW = frozenset("iljtfrI.,;:!|'’()[]·1")
WIDE = frozenset("mwMWŒœ@%€")

DOTS = 14
"""The side of a tile of the dotted fill: a bar of that height, drawn on a multiple of it, shows whole dots."""

PATTERNS = (
    '<pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="12" height="12" fill="#E69F00"/><rect width="5" height="12" fill="#F6D58A"/></pattern>'
    f'<pattern id="dots" width="{DOTS}" height="{DOTS}" patternUnits="userSpaceOnUse">'
    f'<rect width="{DOTS}" height="{DOTS}" fill="#BFE0F2"/><circle cx="7" cy="7" r="3" fill="#0072B2"/></pattern>'
)
"""Fills that differ by their drawing as well as by their colour (Okabe and Ito's palette)."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is in the shipped font at `size`, about."""
    units = 0.0
    for letter in text:
        if letter in " \u00a0\u202f":
            units += 0.29
        elif letter in NARROW:
            units += 0.36
        elif letter in WIDE:
            units += 0.88
        elif letter.isupper():
            units += 0.72
        else:
            units += 0.61
    return units * size * (1.05 if bold else 1.0)


def wrapped(text: str, size: float, width: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """`text` cut into at most `most` lines no wider than `width`; what does not fit ends with an ellipsis."""
    lines: list[str] = []
    current = ""
    for word in line(text, 400).split(" "):
        longer = f"{current} {word}" if current else word
        if text_width(longer, size, bold=bold) <= width:
            current = longer
            continue
        if current:
            lines.append(current)
        current = _shortened(word, size, width, bold)
    lines.append(current)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), size, width, bold)]
    return lines


def _shortened(text: str, size: float, width: float, bold: bool) -> str:
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "\u2026", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "\u2026"


def png(svg: str, *, width: int, background: str) -> bytes:
    """A drawing as a picture, `width` pixels wide, in the shipped font."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            background=background,
            width=width,
            skip_system_fonts=True,
            font_files=_font_files(),
            font_family="Inter",
        )
    )


@cache
def _font_files() -> list[str]:
    return [str(path) for path in sorted(FONT_FOLDER.glob("*.?tf"))]


class Canvas:
    """An SVG being drawn from top to bottom; `y` is where the next thing goes.

    `name` begins the names of its parts, so that two drawings can stand in one page.
    """

    def __init__(self, width: int, background: str, padding: int, name: str) -> None:
        self.name = name
        self.width = width
        self.background = background
        self.y = float(padding)
        self.padding = padding
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        fill: str,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of text, its baseline at `y`."""
        weight = ' font-weight="600"' if bold else ""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{weight}{where}>{escape(text)}</text>'
        )

    def lines(self, x: float, lines: Sequence[str], *, size: float, fill: str, bold: bool = False) -> None:
        """Lines one under the other from `y`, which moves below them."""
        for one in lines:
            self.y += size * 1.28
            self.text(x, self.y - size * 0.28, one, size=size, fill=fill, bold=bold)

    def box(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="{radius:g}" '
            f'fill="{fill}"/>'
        )

    def bar(self, x: float, y: float, width: float, height: float, parts: Sequence[tuple[float, str]]) -> None:
        """A rounded bar cut into `parts`, each a share of the whole (they add up to 1) and its fill."""
        name = f"{self.name}-{len(self._parts)}"
        self._parts.append(
            f'<clipPath id="{name}"><rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'rx="{height / 4:.1f}"/></clipPath><g clip-path="url(#{name})">'
        )
        at = x
        for share, fill in parts:
            self.box(at, y, width * share + 0.5, height, fill)
            at += width * share
            if at < x + width - 1:
                self.box(at - 1.5, y, 3, height, self.background)
        self._parts.append("</g>")

    def svg(self, title: str, description: str) -> str:
        """The drawing, with its alternative text."""
        height = self.y + self.padding
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height:.0f}" width="{self.width}" '
            f'height="{height:.0f}" role="img" font-family="{FONT}"><title>{escape(title)}</title>'
            f"<desc>{escape(description)}</desc><defs>{PATTERNS}</defs>"
            f'<rect width="{self.width}" height="{height:.0f}" rx="20" fill="{self.background}"/>'
            f"{''.join(self._parts)}</svg>"
        )
