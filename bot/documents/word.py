"""Papers as Word files, to be edited: the same content as the PDF, in plain styles that any word processor changes.

Values are written as text of the document, never as fields or markup. The only date in the file is that of the paper,
and its parts are stored in the order and with the time of the paper: the same paper gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bot.documents.companion import notice
from bot.documents.content import (
    Block,
    Boxes,
    Bullets,
    Fields,
    Heading,
    Letterhead,
    Lines,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    Text,
)
from bot.documents.paper import Paper
from bot.documents.text import announces, runs

__all__ = ["docx"]

FONT = "Arial"
"""Everyone has it, or one of the same widths; the fonts of the PDF are not on an employer's computer."""
INK = RGBColor(0x1D, 0x27, 0x33)
SOFT = RGBColor(0x5B, 0x67, 0x75)
ACCENT = RGBColor(0x0F, 0x5F, 0x66)
TINT = "EEF5F4"
LINE = "AAB4BE"
TEXT_WIDTH = 162
"""Millimetres between the margins."""
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
LABEL_WIDTH = 54
"""Millimetres of it for the label of a field."""


def docx(paper: Paper) -> bytes:
    """`paper` as a Word file."""
    return _Writer(paper).written()


class _Writer:
    """Writes one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.language = paper.language
        self.document = Document()
        self.starts_page = False
        self._set_up()

    def written(self) -> bytes:
        told = notice(self.paper)
        if told is not None:
            self._shaded(told)
        if self.paper.letter is not None:
            self._letterhead(self.paper.letter)
        else:
            self._heading(self.paper.title, 1)
        for block in self.paper.blocks:
            self._block(block)
        return _fixed(self.document, datetime.combine(self.paper.on, time(12)))

    def _set_up(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(24)
        section.top_margin = section.bottom_margin = Mm(22)
        for name, size, colour, bold in (
            ("Normal", 10, INK, False),
            ("Heading 1", 16, ACCENT, True),
            ("Heading 2", 11.5, ACCENT, True),
            ("List Bullet", 10, INK, False),
        ):
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
            style.font.color.rgb = colour
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:cs"), FONT)
        for name, before in (("Heading 1", 0), ("Heading 2", 12)):
            spacing = self.document.styles[name].paragraph_format
            spacing.space_before, spacing.space_after = Pt(before), Pt(5)
        self.document.styles["List Bullet"].paragraph_format.space_after = Pt(3)
        normal = self.document.styles["Normal"]
        normal.paragraph_format.space_after = Pt(7)
        normal.paragraph_format.line_spacing = 1.12
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}.get(self.language, self.language))
        normal.element.get_or_add_rPr().append(language)
        self._footer(section)
        properties = self.document.core_properties
        properties.title, properties.author = self.paper.heading(), "Allié"
        properties.language, properties.comments = self.language, ""
        properties.created = properties.modified = datetime.combine(self.paper.on, time(12))

    def _footer(self, section: Any) -> None:
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = footer.add_run()
            run.font.size, run.font.color.rgb = Pt(8), SOFT
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = instruction
            run._element.append(mark)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._heading(text, level)
            case Paragraph(text, small):
                paragraph = self._paragraph()
                paragraph.paragraph_format.keep_with_next = small or announces(text, self.language)
                self._write(paragraph, text, small=small)
            case Bullets(items):
                for item in items:
                    self._write(self._paragraph("List Bullet"), item)
            case Boxes(items, ticked):
                for at, item in enumerate(items):
                    self._box(item, at in ticked)
            case Fields(fields):
                table = self._grid(len(fields), (LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH))
                for at, (row, one) in enumerate(zip(table.rows, fields, strict=True)):
                    self._write(_first(row.cells[0]), one.label, soft=True)
                    for cell in row.cells:
                        _first(cell).paragraph_format.keep_with_next = at < len(fields) - 1 < 8
                    if one.value:
                        self._write(_first(row.cells[1]), one.value)
                    else:
                        row.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
                        row.cells[1]._tc.get_or_add_tcPr().append(_borders("tcBorders", ("bottom",), "dotted"))
                self._gap()
            case Table():
                self._table(block)
            case Signatures():
                self._signatures(block)
            case Lines(count):
                for at in range(count):
                    paragraph = self._paragraph()
                    paragraph.paragraph_format.keep_with_next = at < count - 1
                    self._writing_line(paragraph)
            case PageBreak():
                self.starts_page = True

    def _paragraph(self, style: str | None = None) -> Any:
        """A new paragraph, at the top of a page where one begins."""
        paragraph = self.document.add_paragraph(style=style)
        if self.starts_page:
            paragraph.paragraph_format.page_break_before = True
            self.starts_page = False
        return paragraph

    def _writing_line(self, paragraph: Any) -> None:
        """A dotted line to write on."""
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run("\t").font.color.rgb = SOFT

    def _heading(self, text: Text, level: int) -> None:
        self._write(self._paragraph(f"Heading {level}"), text)

    def _box(self, item: Text, ticked: bool) -> None:
        paragraph = self._paragraph()
        paragraph.paragraph_format.left_indent = Mm(7)
        paragraph.paragraph_format.first_line_indent = Mm(-7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))
        paragraph.add_run("\u2612\t" if ticked else "\u2610\t")
        self._write(paragraph, item)

    def _letterhead(self, letter: Letterhead) -> None:
        self._lines(letter.sender, indent=0)
        self._lines(letter.recipient, indent=88)
        place = self._paragraph()
        place.paragraph_format.left_indent = Mm(88)
        place.paragraph_format.space_after = Pt(18)
        self._write(place, letter.place_and_date)
        subject = self._paragraph()
        subject.paragraph_format.space_after = Pt(14)
        self._write(subject, letter.subject, bold=True)

    def _lines(self, lines: tuple[Text, ...], indent: int) -> None:
        paragraph = self._paragraph()
        paragraph.paragraph_format.left_indent = Mm(indent)
        paragraph.paragraph_format.space_after = Pt(14)
        for at, line in enumerate(lines):
            if at:
                paragraph.add_run().add_break()
            self._write(paragraph, line, bold=not at)

    def _table(self, table: Table) -> None:
        shares = table.widths or (1.0,) * len(table.header)
        widths = tuple(TEXT_WIDTH * share / sum(shares) for share in shares)
        rows = [table.header, *table.rows, *[("",) * len(table.header)] * table.blank_rows]
        if table.total:
            rows.append(table.total)
        grid = self._grid(len(rows), widths)
        grid._tbl.tblPr.append(_borders("tblBorders", SIDES, "single"))
        for at, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
            is_strong = at == 0 or (table.total and at == len(rows) - 1)
            for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                paragraph = _first(cell)
                if column in table.numeric:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._write(paragraph, text, bold=bool(is_strong))
                if at == 0:
                    cell._tc.get_or_add_tcPr().append(_shading())
        header = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(header)
        self._gap()

    def _signatures(self, block: Signatures) -> None:
        columns = min(block.columns, len(block.signatures))
        rows = -(-len(block.signatures) // columns)
        if self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True  # the place and the day
        table = self._grid(rows, (TEXT_WIDTH / columns,) * columns)
        cells = [cell for row in table.rows for cell in row.cells]
        for at, (cell, one) in enumerate(zip(cells, block.signatures, strict=False)):
            self._write(_first(cell), one.role, bold=True)
            if one.name:
                self._write(cell.add_paragraph(), one.name)
            if one.words:
                self._write(cell.add_paragraph(), one.words, small=True)
            cell.add_paragraph().paragraph_format.space_after = Pt(42)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = at // columns < rows - 1
        self._gap()

    def _grid(self, rows: int, widths: tuple[float, ...]) -> Any:
        table = self.document.add_table(rows, len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        for row in table.rows:
            unbroken = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(unbroken)
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _shaded(self, text: Text, small: bool = False) -> None:
        paragraph = self._paragraph()
        paragraph._p.get_or_add_pPr().append(_shading())
        self._write(paragraph, text, small=small)

    def _gap(self) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 0.6

    def _write(
        self, paragraph: Any, text: Text, *, bold: bool = False, small: bool = False, soft: bool = False
    ) -> None:
        for run in runs(text, self.language):
            for at, part in enumerate(run.text.split("\n")):
                written = paragraph.add_run()
                if at:
                    written.add_break()
                written.add_text(part)
                written.bold = True if bold or run.bold else None
                written.italic = run.italic or None
                if small:
                    written.font.size = Pt(9)
                if small or soft:
                    written.font.color.rgb = SOFT


def _first(cell: Any) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _shading() -> Any:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), TINT)
    return shading


def _borders(tag: str, sides: tuple[str, ...], kind: str) -> Any:
    """Thin lines on some sides of a table or of a cell."""
    borders = OxmlElement(f"w:{tag}")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    return borders


def _fixed(document: Any, moment: datetime) -> bytes:
    """The file with every part stored at the same moment: saving twice gives the same bytes."""
    saved = io.BytesIO()
    document.save(saved)
    target = io.BytesIO()
    stamp = (max(moment.year, 1980), moment.month, moment.day, moment.hour, 0, 0)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.infolist():
            out.writestr(zipfile.ZipInfo(part.filename, stamp), source.read(part.filename), zipfile.ZIP_DEFLATED)
    return target.getvalue()
