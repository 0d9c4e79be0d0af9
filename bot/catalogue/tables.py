"""Tables as people keep them: CSV and TSV in whatever letters, Excel's and LibreOffice's workbooks.

Lines come one at a time, cells as text; formulas are never worked out: what a workbook last showed is what is read.
Everything is bounded: a line, the columns, the lines of a sheet, and what a packed file unpacks to.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

__all__ = ["BadFile", "Line", "Table", "encoding_of", "is_workbook", "tables", "with_headings"]

CHUNK = 1 << 20
LONGEST_LINE = 1_000_000  # characters of one line of a text
LONGEST_CELL = 200_000  # characters of one cell that are read
MOST_COLUMNS = 200
MOST_ROWS = 200_000  # of one sheet
MOST_SHEETS = 50
UNPACKED = 100 << 20  # bytes that a workbook may unpack to
MOST_PARTS = 2_000  # files in one
HEADINGS_WITHIN = 30  # lines from the top, a title and empty lines among them
SEPARATORS = ";,\t|"
SEPARATOR_SAID = re.compile(r'\s*"?sep=(.)"?\s*\Z', re.IGNORECASE)
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

Line = tuple[int, "list[str] | str"]
"""Its number in its file or sheet, and its cells; or a text, for what is no line of a table, that says why."""
Known = Callable[[Sequence[str]], int]
"""How many of these cells are headings that are understood."""


class BadFile(Exception):
    """The file is not one of missions: it has no form that is read, or it breaks off. The message says where."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a file that is one. `name` is empty where there is but one."""

    name: str
    lines: Iterator[Line]


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a workbook. Raises `BadFile` for one of the old Excel."""
    if start.startswith(OLD_EXCEL):
        raise BadFile("This is a workbook of the old Excel (.xls): save it as .xlsx or as CSV.")
    return start.startswith(ZIP)


def tables(path: Path, known: Known) -> Iterator[Table]:
    """The sheets of a file, whichever of the forms it has. Raises `BadFile`, also while their lines are read."""
    with path.open("rb") as file:
        start = file.read(8)
    if not is_workbook(start):
        with path.open("r", encoding=encoding_of(path, start), errors="replace", newline="") as text:
            yield Table("", _separated(text, known))
        return
    try:
        with zipfile.ZipFile(path) as packed:
            _check(packed)
            names = set(packed.namelist())
            if "xl/workbook.xml" in names:
                yield from _excel(path)
            elif "content.xml" in names:
                yield from _open_document(packed)
            else:
                raise BadFile(f"{path.name} is packed, and neither an Excel nor a LibreOffice workbook.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BadFile(f"{path.name} is damaged: {error}.") from error


def encoding_of(path: Path, start: bytes) -> str:
    """UTF-8 unless it is not: spreadsheets still write Windows-1252, and UTF-16."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def with_headings(lines: Iterator[Line], known: Known) -> tuple[Line | None, list[Line], Iterator[Line]]:
    """The line of headings, the lines above it, and those below: the line near the top in which most is understood,
    the first that holds anything where that is in none."""
    top = list(islice(lines, HEADINGS_WITHIN))
    counts = [known(cells) if isinstance(cells, list) else 0 for _number, cells in top]
    most = max(counts, default=0)
    at = counts.index(most) if most else _first_filled(top)
    if at is None:
        return None, top, lines
    return top[at], top[:at], chain(top[at + 1 :], lines)


def _first_filled(lines: Sequence[Line]) -> int | None:
    return next((at for at, (_number, cells) in enumerate(lines) if isinstance(cells, list) and any(cells)), None)


def _separated(text: IO[str], known: Known) -> Iterator[Line]:
    head = text.read(16_384)
    text.seek(0)
    first, _newline, _rest = head.partition("\n")
    said = SEPARATOR_SAID.match(first)
    separator = said[1] if said else _separator(head, known)
    skipped = 0
    if said:
        text.readline(LONGEST_LINE)
        skipped = 1
    csv.field_size_limit(4 * LONGEST_LINE)
    endless: list[str] = []
    rows = csv.reader(_bounded(text, endless), delimiter=separator)
    before = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield rows.line_num + skipped, f"{error}"
            before = rows.line_num
            continue
        while endless:
            yield rows.line_num + skipped, f"longer than {LONGEST_LINE:,} characters: {endless.pop(0)}"
        if row is None:
            return
        yield before + 1 + skipped, row[:MOST_COLUMNS]
        before = rows.line_num


def _separator(head: str, known: Known) -> str:
    """The sign between the cells: the one by which most headings are understood, else the one there is most of."""
    lines = head.splitlines()[:HEADINGS_WITHIN]

    def understood(sign: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(lines, delimiter=sign))
        except csv.Error:
            return 0, 0
        return max((known(row) for row in rows), default=0), sum(len(row) - 1 for row in rows[:5])

    return max(SEPARATORS, key=understood)


def _bounded(text: IO[str], endless: list[str]) -> Iterator[str]:
    """The lines of a table; of those that are too long to be held, only how they begin, in `endless`."""
    while line := text.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith("\n"):
            yield line
            continue
        endless.append(line[:80])
        while (rest := text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
            pass


def _check(packed: zipfile.ZipFile) -> None:
    """Nothing that unpacks to more than is held, and no XML that declares entities."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise BadFile(f"The workbook unpacks to more than {UNPACKED >> 20} MB, or more than {MOST_PARTS:,} files.")
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        tail = b""
        with packed.open(part) as stream:
            while chunk := stream.read(CHUNK):
                if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not tail:
                    raise BadFile("The workbook is not written as workbooks are (its XML is in UTF-16).")
                if any(sign in tail + chunk for sign in DECLARATIONS):
                    raise BadFile("The workbook declares entities: it is not read.")
                tail = chunk[-16:]


def _excel(path: Path) -> Iterator[Table]:
    from openpyxl import load_workbook  # heavier than all the rest, and for this alone

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever a damaged workbook makes it raise
        raise BadFile(f"{path.name} cannot be read as an Excel workbook ({type(error).__name__}).") from error
    with closing(book):
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        for sheet in sheets:
            yield Table(str(sheet.title) if len(sheets) > 1 else "", _excel_lines(sheet))


def _excel_lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # what the file says of its size may be anything
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    number = 0
    while number < MOST_ROWS:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # whatever a damaged sheet makes it raise
            raise BadFile(f"The sheet breaks off after its line {number - 1} ({type(error).__name__}).") from error
        if row is None:
            return
        if any(value is not None for value in row):
            yield number, [_as_text(value) for value in row]
    yield number, f"more than {MOST_ROWS:,} lines: the rest was not read"


def _as_text(value: object) -> str:
    """A cell as its reader sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)[:LONGEST_CELL]


def _open_document(packed: zipfile.ZipFile) -> Iterator[Table]:
    """The sheets of a LibreOffice workbook. They are read together: what they hold is bounded already."""
    sheets: list[tuple[str, list[Line]]] = []
    reader = _Sheets(sheets)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        with packed.open("content.xml") as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BadFile(f"The workbook breaks off ({expat.errors.messages[error.code]}).") from error
    for name, lines in sheets[:MOST_SHEETS]:
        yield Table(name if len(sheets) > 1 else "", iter(lines))


class _Sheets:
    """Hears the elements of `content.xml` and makes lines of them."""

    def __init__(self, sheets: list[tuple[str, list[Line]]]) -> None:
        self._sheets = sheets
        self._number = 0
        self._rows_alike = self._cells_alike = 1
        self._row: list[str] = []
        self._cell: list[str] = []
        self._value = ""
        self._in_text = self._in_note = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "table:table":
            self._sheets.append((given.get("table:name", ""), []))
            self._number = 0
        elif name == "table:table-row":
            self._row, self._rows_alike = [], _times(given.get("table:number-rows-repeated"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._cells_alike = [], _times(given.get("table:number-columns-repeated"))
            self._value = given.get("office:date-value", "").replace("T", " ")
            if given.get("office:value-type") == "float":
                self._value = given.get("office:value", "").removesuffix(".0")
        elif name == "office:annotation":
            self._in_note += 1
        elif name == "text:p":
            self._in_text += 1
            if self._cell:
                self._cell.append("\n")
        elif name == "text:s" and self._in_text:
            self._cell.append(" ")

    def text(self, data: str) -> None:
        if self._in_text and not self._in_note:
            self._cell.append(data)

    def end(self, name: str) -> None:
        if name == "office:annotation":
            self._in_note -= 1
        elif name == "text:p":
            self._in_text -= 1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            text = (self._value or "".join(self._cell))[:LONGEST_CELL]
            room = MOST_COLUMNS - len(self._row)
            self._row += [text] * min(self._cells_alike, room)
        elif name == "table:table-row" and self._sheets:
            lines = self._sheets[-1][1]
            if any(self._row) and len(lines) < MOST_ROWS:
                lines.append((self._number + 1, self._row))
            self._number += self._rows_alike


def _times(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 8 else 1
