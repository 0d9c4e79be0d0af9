"""The record of needs as a picture: départements down, causes across, how many needs in each and how many are open.

What local partners ask for: where help is wanted, and for what. Every cell says its number, so nothing rests on colour
alone; `alt` says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.documents.drawing import Canvas, png, text_width, wrapped
from bot.documents.text import plain_text
from bot.phrase import Phrase, _, n_

__all__ = ["NeedsChart", "Row"]

WIDTH, PADDING = 1080, 44
NAMES = 212
"""The column of the départements."""
TOTALS = 88
GAP = 8
CELL = 62
GROUND, INK, SOFT, EMPTY = "#FBFAF6", "#1D2733", "#55606D", "#F1EFE8"
SHADES = ("#D8ECF7", "#A9D5EE", "#5FAEDB", "#1F7DB8", "#0B5A8F")
"""From few to many; the two darkest carry white figures."""
DARK = 3
MOST_ROWS, MOST_COLUMNS = 10, 6
AFAR = _("At a distance")
SLACK = 1.12
SAID = 6
"""Cells told in words."""


class Row(NamedTuple):
    """Needs of one territory for one cause; `territory` is empty for what is done from home."""

    territory: str
    cause: Phrase
    needs: int
    open_now: int


class Cell(NamedTuple):
    """What one square says."""

    needs: int = 0
    open_now: int = 0


@dataclass(frozen=True, slots=True)
class NeedsChart:
    """The picture of `rows`, as it was on a day, in a language. What does not fit is gathered under « others »."""

    rows: Sequence[Row]
    on: date
    language: str

    @property
    def alt(self) -> str:
        """The picture in words: the whole, then the most frequent."""
        told = [self._say(self._summary())]
        most = sorted(self.rows, key=lambda row: (-row.needs, -row.open_now))[:SAID]
        told += [self._say(self._told(row)) for row in most]
        return " ".join(told)

    def _told(self, row: Row) -> Phrase:
        where = row.territory or self._say(AFAR)
        needs = n_("{count} need", "{count} needs", row.needs)
        open_now = n_("{count} open", "{count} open", row.open_now)
        return _("{where}, {cause}: {needs}, {open}.", where=where, cause=row.cause, needs=needs, open=open_now)

    def svg(self) -> str:
        """The picture as an SVG."""
        canvas = Canvas(WIDTH, GROUND, PADDING, name="needs")
        title = self._say(_("What associations ask for"))
        canvas.lines(PADDING, [title], size=34, fill=INK, bold=True)
        canvas.y += 6
        canvas.lines(PADDING, wrapped(self._say(self._summary()), 20, WIDTH - 2 * PADDING), size=20, fill=SOFT)
        canvas.y += 22
        self._draw_table(canvas)
        canvas.y += 18
        legend = _("In each square: the needs told since the beginning, and below those that are open today.")
        canvas.lines(PADDING, wrapped(self._say(legend), 17, WIDTH - 2 * PADDING), size=17, fill=SOFT)
        return canvas.svg(title, self.alt)

    def png(self, width: int = 1620) -> bytes:
        """The picture as a PNG."""
        return png(self.svg(), width=width, background=GROUND)

    def _say(self, phrase: Phrase) -> str:
        return plain_text(phrase, self.language)

    def _summary(self) -> Phrase:
        needs = n_("{count} need", "{count} needs", sum(row.needs for row in self.rows))
        open_now = n_("{count} open", "{count} open", sum(row.open_now for row in self.rows))
        return _("{needs}, {open} on {day:date}.", needs=needs, open=open_now, day=self.on)

    def _table(self) -> tuple[list[str], list[str], dict[tuple[str, str], Cell]]:
        """The names of the lines, those of the columns, and what stands where; the largest first, others gathered."""
        lines: dict[str, int] = {}
        columns: dict[str, int] = {}
        named = [(row.territory or self._say(AFAR), self._say(row.cause), row) for row in self.rows]
        for line, column, row in named:
            lines[line] = lines.get(line, 0) + row.needs
            columns[column] = columns.get(column, 0) + row.needs
        shown_lines, line_of = _gathered(lines, MOST_ROWS, self._say(_("Other départements")))
        shown_columns, column_of = _gathered(columns, MOST_COLUMNS, self._say(_("Other causes")))
        cells: dict[tuple[str, str], Cell] = {}
        for line, column, row in named:
            at = line_of[line], column_of[column]
            so_far = cells.get(at, Cell())
            cells[at] = Cell(so_far.needs + row.needs, so_far.open_now + row.open_now)
        return shown_lines, shown_columns, cells

    def _draw_table(self, canvas: Canvas) -> None:
        lines, columns, cells = self._table()
        width = min(190.0, (WIDTH - 2 * PADDING - NAMES - TOTALS) / max(len(columns), 1))
        most = max((cell.needs for cell in cells.values()), default=1)
        self._draw_heads(canvas, columns, width)
        for line in lines:
            top = canvas.y
            name = _two_lines(line, 20, NAMES - 12)
            for number, part in enumerate(name):
                middle = top + CELL / 2 + 7 - 12 * (len(name) - 1)
                canvas.text(PADDING, middle + 24 * number, part, size=20, fill=INK)
            for number, column in enumerate(columns):
                cell = cells.get((line, column), Cell())
                self._draw_cell(canvas, PADDING + NAMES + number * width, top, width - GAP, cell, most)
            total = sum(cells[line, column].needs for column in columns if (line, column) in cells)
            x = PADDING + NAMES + len(columns) * width + TOTALS / 2
            canvas.text(x, top + CELL / 2 + 9, str(total), size=24, fill=INK, bold=True, anchor="middle")
            canvas.y = top + CELL + GAP

    def _draw_heads(self, canvas: Canvas, columns: Sequence[str], width: float) -> None:
        heads = [*columns, self._say(_("In all"))]
        told = [_two_lines(_capital(head), 16, width) for head in heads]
        bottom = canvas.y + 20 * max(len(lines) for lines in told)
        for number, lines in enumerate(told):
            x = PADDING + NAMES + number * width + (width - GAP) / 2
            if number == len(columns):
                x = PADDING + NAMES + number * width + TOTALS / 2
            for at, part in enumerate(lines):
                y = bottom - 20 * (len(lines) - 1 - at) - 6
                canvas.text(x, y, part, size=16, fill=SOFT, anchor="middle")
        canvas.y = bottom + 6

    def _draw_cell(self, canvas: Canvas, x: float, y: float, width: float, cell: Cell, most: int) -> None:
        if not cell.needs:
            canvas.box(x, y, width, CELL, EMPTY, 10)
            return
        shade = min(len(SHADES) - 1, (cell.needs * len(SHADES) - 1) // max(most, 1)) if most > 1 else 1
        canvas.box(x, y, width, CELL, SHADES[shade], 10)
        figure, small = ("#FFFFFF", "#FFFFFF") if shade >= DARK else (INK, INK)
        canvas.text(x + width / 2, y + 30, str(cell.needs), size=24, fill=figure, bold=True, anchor="middle")
        told = self._say(n_("{count} open", "{count} open", cell.open_now))
        size = 15 if text_width(told, 15) <= width - 8 else 13
        canvas.text(x + width / 2, y + 51, told, size=size, fill=small, anchor="middle")


def _gathered(counts: dict[str, int], most: int, others: str) -> tuple[list[str], dict[str, str]]:
    """The most frequent names, and under which name each is shown."""
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    if len(ranked) <= most:
        return ranked, {name: name for name in ranked}
    kept = ranked[: most - 1]
    return [*kept, others], {name: name if name in kept else others for name in ranked}


def _two_lines(text: str, size: float, width: float) -> list[str]:
    """A name on one line, or cut at a space or after a hyphen where the halves are the most alike."""
    if text_width(text, size) <= width:
        return [text]
    cuts = [at + 1 for at, letter in enumerate(text[:-1]) if letter in " -\u00a0"]
    if not cuts:
        return wrapped(text, size, width, most=1)
    best = min(cuts, key=lambda at: max(text_width(text[:at], size), text_width(text[at:], size)))
    halves = [half.strip() for half in (text[:best], text[best:])]
    # widths are estimated a little wide: a name that is over by as little fits
    return [
        half if text_width(half, size) <= width * SLACK else wrapped(half, size, width, most=1)[0] for half in halves
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
