"""Missions from and to files: CSV, JSON, JSON lines; our own format or a page of API Engagement.

Files are read as they come, a record at a time, so that one of 200 MB takes no more memory than a small one. A record
that cannot serve is refused alone, with its reason.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.catalogue.api_engagement import ApiEngagement, origin_of
from bot.catalogue.cleaning import SiteReader
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.own_format import OwnFormat
from bot.catalogue.writer import Count, Record

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["BadFile", "export", "import_file", "records"]

BATCH = 1_000
CHUNK = 1 << 20
LARGEST = 4 << 20  # characters of one JSON record
LONGEST_LINE = 1_000_000  # characters of one line of a table
OPENING = re.compile(r'\s*(?:\{.*?"(?:data|hits|missions)"\s*:\s*)?\[', re.DOTALL)
SEPARATOR = re.compile(r"[\s,]*")

# Some at a time, so that a large catalogue is never in memory whole.
EXPORT = """
SELECT id, body FROM mission WHERE state = 'active' AND (? = 1 OR source <> 'evergreen') AND id > ? ORDER BY id LIMIT ?
"""


class BadFile(Exception):
    """The file is not one of missions: it is neither CSV nor JSON, or it breaks off. The message says where."""


def records(path: Path) -> Iterator[object]:
    """The records of a file, whichever of the three forms it has. Raises `BadFile` where it stops making sense."""
    with path.open("rb") as file:
        start = file.read(4_096)
    encoding = _encoding(path, start)
    with path.open("r", encoding=encoding, errors="replace", newline="") as text:
        if path.suffix.lower() in (".csv", ".tsv"):
            yield from _csv(text)
        elif start.lstrip(codecs.BOM_UTF8).lstrip()[:1] in (b"[", b"{"):
            yield from _json(text)
        else:
            raise BadFile(f"{path.name} is neither CSV (by its name) nor JSON (by its first character).")


def _encoding(path: Path, start: bytes) -> str:
    """UTF-8 unless it is not: spreadsheets still write Windows-1252."""
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


def _csv(text: IO[str]) -> Iterator[object]:
    csv.field_size_limit(LARGEST)
    head = text.read(8_192)
    text.seek(0)
    first = head.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    endless: list[str] = []
    rows = csv.DictReader(_bounded(text, endless), delimiter=delimiter)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield f"line {rows.line_num}: {error}"
            continue
        while endless:
            yield f"longer than {LONGEST_LINE:,} characters: {endless.pop(0)}"
        if row is None:
            return
        yield {name: value for name, value in row.items() if name is not None and isinstance(value, str)}


def _bounded(text: IO[str], endless: list[str]) -> Iterator[str]:
    """The lines of a table; of those that are too long to be held, only how they begin, in `endless`."""
    while line := text.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith("\n"):
            yield line
            continue
        endless.append(line[:80])
        while (rest := text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
            pass


def _json(text: IO[str]) -> Iterator[object]:
    """The objects of a list, of the list inside an answer of the API, or one object a line."""
    buffer = text.read(CHUNK)
    if buffer.lstrip()[:1] == "{":
        line, _newline, _rest = buffer.partition("\n")
        first = _whole(line) if len(line) < CHUNK else None
        if isinstance(first, dict):
            listed = _listed(first)
            if listed is None and first.get("ok") is False:
                raise BadFile("This is an answer that says « ok: false », not a list of missions.")
            text.seek(0)
            yield from listed if listed is not None else _lines(text)
            return
    opening = OPENING.match(buffer)
    if opening is None:
        whole = _whole(buffer) if len(buffer) < CHUNK else None
        if not isinstance(whole, dict):
            raise BadFile("The JSON holds no list of missions.")
        yield whole
        return
    yield from _list(text, buffer, opening.end())


def _listed(page: Mapping[str, object]) -> list[object] | None:
    lists = (page.get(name) for name in ("data", "hits", "missions"))
    return next((found for found in lists if isinstance(found, list)), None)


def _whole(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def _lines(text: IO[str]) -> Iterator[object]:
    while line := text.readline(LARGEST):
        if line.strip():
            found = _whole(line)
            yield line[:80] if found is None else found


def _list(text: IO[str], buffer: str, at: int) -> Iterator[object]:
    """The objects of a list that begins at `at`, read as they come."""
    decoder = json.JSONDecoder()
    while True:
        separator = SEPARATOR.match(buffer, at)
        at = separator.end() if separator else at
        if buffer[at : at + 1] == "]":
            return
        try:
            record, at = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError) as error:
            more = text.read(CHUNK) if len(buffer) - at < LARGEST else ""
            if more:
                buffer, at = buffer[at:] + more, 0
                continue
            if at >= len(buffer) or len(buffer) - at < LARGEST:
                raise BadFile("The file breaks off before the end of its list.") from error
            raise BadFile(f"The JSON makes no sense near « {buffer[at : at + 60]} ».") from error
        yield record


def import_file(
    catalogue: Catalogue,
    path: Path,
    *,
    now: datetime.datetime,
    source: str | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> Count:
    """Take the missions of a file in. Taking the same file again changes nothing.

    `source` names where they come from, by default the name of the file. Raises `BadFile` after having taken what came
    before the break. Killed: the batches before are in, and taking the file again completes it.
    """
    sites = SiteReader(catalogue.places)
    own = OwnFormat(_source_name(source or path.stem), sites, catalogue.organisations, catalogue.synonyms)
    api = ApiEngagement(sites, catalogue.organisations, catalogue.synonyms)
    count = Count()
    begun: set[str] = set()
    iterator = records(path)
    broken: BadFile | None = None
    with catalogue.writer() as writer:
        while True:
            kept: list[Record] = []
            refused: list[Refusal] = []
            try:
                for record in islice(iterator, BATCH):
                    is_api = isinstance(record, dict) and "applicationUrl" in record
                    reader = api if is_api else own
                    if reader.source not in begun:
                        begun.add(reader.source)
                        writer.forget_refused(reader.source)
                    read = reader.read(record)
                    if isinstance(read, Mission):
                        kept.append(Record(read, origin_of(record) if is_api and isinstance(record, dict) else ""))
                    else:
                        refused.append(read)
            except BadFile as error:
                broken = error
            if kept or refused:
                count += writer.put(kept, refused, now=now)
                progress(count.read)
            if broken is not None or not (kept or refused):
                break
        writer.tidy(now.date())
        if count.read > count.refused:
            writer.note("read_on", now.date().isoformat())
    if broken is not None:
        raise broken
    return count


def _source_name(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")[:60] or "file"


def export(catalogue: Catalogue, out: IO[str], *, with_evergreen: bool = False) -> int:
    """Write the active missions as JSON lines that `import_file` reads. Returns how many."""
    written = 0
    last = ""
    with catalogue.reading() as connection:
        while rows := connection.execute(EXPORT, (int(with_evergreen), last, BATCH)).fetchall():
            out.writelines(f"{body}\n" for _id, body in rows)
            written += len(rows)
            last = rows[-1][0]
    return written
