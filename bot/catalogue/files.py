"""Missions from and to files: tables (CSV, TSV, Excel, LibreOffice), JSON and JSON lines, our own format or a page of
API Engagement, JSON-LD, GeoJSON, calendars, the XML of API Engagement's partners.

Files are read as they come, a record at a time, so that one of 200 MB takes no more memory than a small one. A record
that cannot serve is refused alone, with its line and its reason.
"""

from __future__ import annotations

import codecs
import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.catalogue.api_engagement import SOURCE, ApiEngagement, origin_of
from bot.catalogue.appeals import APPEALS
from bot.catalogue.backend import Connection
from bot.catalogue.cleaning import SiteReader
from bot.catalogue.folding import fold
from bot.catalogue.headings import Headings, field_of, understand
from bot.catalogue.identity import Identities
from bot.catalogue.mission import APPEAL, EVERGREEN, Mission, Refusal
from bot.catalogue.own_format import OwnFormat, has_identifier
from bot.catalogue.shapes import (
    NoMission,
    from_calendar,
    from_geojson,
    from_json_ld,
    from_xml,
    is_geojson,
    is_json_ld,
)
from bot.catalogue.tables import BadFile, Known, encoding_of, is_workbook, tables, with_headings
from bot.catalogue.writer import Count, Record, digest_of, updated_of

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["BadFile", "Read", "Reading", "active_of", "export", "import_file", "preview", "records"]

BATCH = 1_000
CHUNK = 1 << 20
LARGEST = 4 << 20  # characters of one JSON record
SAMPLE = 20  # lines of a table by which a meaning of its headings is proposed
MOST_NAMES = 100  # names of fields that were not understood, of one file
LISTS = ("data", "hits", "missions", "features", "@graph", "itemListElement")
OPENING = re.compile(rf'\s*(?:\{{.*?"(?:{"|".join(LISTS)})"\s*:\s*)?\[', re.DOTALL)
SEPARATOR = re.compile(r"[\s,]*")
TABLES = (".csv", ".tsv", ".tab", ".txt")
CALENDAR = b"BEGIN:VCALENDAR"
BODIES_OF = "SELECT body FROM mission WHERE source = ? AND state = 'active' ORDER BY number"
DIGESTS = "SELECT id, digest FROM mission WHERE state = 'active' AND id"

# Some at a time, so that a large catalogue is never in memory whole.
EXPORT = """
SELECT id, body FROM mission WHERE state = 'active' AND (? = 1 OR source <> 'evergreen') AND id > ? ORDER BY id LIMIT ?
"""


Placed = tuple[str, object]
"""Where in its file a record stands ("line 3", "item 2"), and the record; a text where it is none, that says why."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record of a file: where it stands, and the mission that it is, or why it is none."""

    where: str
    found: Mission | Refusal
    origin: str = ""
    named: bool = True
    """Whether it has an id of its own."""
    external: str = ""
    """The id of a record that was refused."""


def records(path: Path, known: Known = len) -> Iterator[object]:
    """The records of a table or of JSON, by the headings as they stand there. `known` counts the headings that are
    understood in a line. Raises `BadFile` where it stops making sense."""
    if not _is_table(path, _start(path)):
        yield from (record for _where, record in _json_of(path))
        return
    for table in tables(path, known):
        headings, _above, lines = with_headings(table.lines, known)
        if headings is None or isinstance(headings[1], str):
            continue
        for _number, cells in lines:
            if isinstance(cells, str):
                yield cells
            elif any(cells):
                yield {name: cell for name, cell in zip(headings[1], cells, strict=False) if name.strip()}


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4_096)


def _is_table(path: Path, start: bytes) -> bool:
    return is_workbook(start) or path.suffix.lower() in TABLES[:3]


def _first(start: bytes) -> bytes:
    """How a file begins, without its mark and its spaces, in ASCII."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[: len(start) // 2 * 2].decode("utf-16", "ignore").encode("ascii", "ignore")
    return start.removeprefix(codecs.BOM_UTF8).lstrip()


class Reading:
    """Reads the records of a file. `mapping` says what headings mean, by meaning or field; `fill` gives values to
    records that say nothing there ({"organisation": "…"}); `appeals` reads appeals for gifts, not missions. Raises
    `UnknownHeading` when a mapping fits no table."""

    def __init__(
        self,
        catalogue: Catalogue,
        path: Path,
        *,
        source: str | None = None,
        mapping: Mapping[str, str] | None = None,
        fill: Mapping[str, str] | None = None,
        appeals: bool = False,
    ) -> None:
        sites = SiteReader(catalogue.places)
        self.path = path
        named = _source_name(source or path.stem)
        self.source = f"{APPEALS}-{named}"[:60] if appeals else named
        self.headings: list[tuple[str, Headings]] = []
        """Of each table that was met, its name and what its headings mean."""
        self.unknown: dict[str, None] = {}
        """Names of fields, of records that are no lines of a table, that were not understood."""
        self._mapping = dict(mapping or {})
        self._fill = {field_of(name) or name: value for name, value in (fill or {}).items()}
        kind = APPEAL if appeals else "feed"
        self._own = OwnFormat(self.source, sites, catalogue.organisations, catalogue.synonyms, kind=kind)
        self._api = ApiEngagement(sites, catalogue.organisations, catalogue.synonyms)

    def __iter__(self) -> Iterator[Read]:
        """The records in order. Raises `BadFile` where the file stops making sense."""
        listed: set[tuple[str, str]] = set()
        for where, record in self._placed():
            read = self._read(where, record)
            if isinstance(read.found, Refusal):
                read = _placed_refusal(read, read.found, listed)
            yield read

    def _read(self, where: str, record: object) -> Read:
        if isinstance(record, NoMission):
            return Read(where, Refusal(self.source, "", record.reason, record.excerpt))
        if isinstance(record, Mapping) and self._is_served(record):
            return Read(where, self._api.read(record), origin_of(record))
        if isinstance(record, Mapping):
            shaped = _shaped(record)
            if isinstance(shaped, NoMission):
                return Read(where, Refusal(self.source, "", shaped.reason, shaped.excerpt))
            given = {field_of(name) for name, value in shaped.items() if isinstance(name, str) and value}
            record = {**shaped, **{name: value for name, value in self._fill.items() if name not in given}}
            return Read(where, self._own.read(record), named=has_identifier(record))
        return Read(where, self._own.read(record))

    @staticmethod
    def _is_served(record: Mapping[Any, Any]) -> bool:
        return "applicationUrl" in record and ("id" in record or "_id" in record)

    def _placed(self) -> Iterator[Placed]:
        start = _start(self.path)
        first = _first(start)
        if _is_table(self.path, start):
            yield from self._lines_of_tables()
        elif first[:1] in (b"[", b"{"):
            for where, record in _json_of(self.path):
                if isinstance(record, Mapping):
                    record = self._mapped(record)
                yield where, record
        elif first.upper().startswith(CALENDAR):
            with self.path.open("r", encoding=encoding_of(self.path, start[:8]), errors="replace", newline="") as text:
                yield from ((f"line {number}", event) for number, event in from_calendar(text))
        elif first.startswith(b"<"):
            with self.path.open("rb") as file:
                yield from ((f"line {number}", mission) for number, mission in from_xml(file))
        elif self.path.suffix.lower() in TABLES:
            yield from self._lines_of_tables()
        else:
            raise BadFile(f"{self.path.name} is neither a table (CSV, Excel, LibreOffice), JSON, a calendar nor XML.")

    def _mapped(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """A JSON record, with the names that were mapped put right; those that are not understood are remembered."""
        if self._is_served(record) or is_json_ld(record) or is_geojson(record):
            return record
        for wanted, name in self._mapping.items():
            if name in record:
                record = {field_of(wanted) or wanted: record[name], **record}
        for name in record:
            is_told = not isinstance(name, str) or field_of(name) or name in self._mapping.values()
            if not is_told and len(self.unknown) < MOST_NAMES:
                self.unknown[name[:60]] = None
        return record

    def _lines_of_tables(self) -> Iterator[Placed]:
        mapped = {fold(name) for name in self._mapping.values()}

        def known(cells: Sequence[str]) -> int:
            return sum(bool(field_of(cell)) or fold(cell) in mapped for cell in cells if 0 < len(cell) < 80)

        passed: list[tuple[str, Headings]] = []
        for table in tables(self.path, known):
            found, _above, lines = with_headings(table.lines, known)
            if found is None:
                continue
            sample = list(islice(lines, SAMPLE))
            cells = found[1] if isinstance(found[1], list) else []
            rows = [row for _number, row in sample if isinstance(row, list)]
            headings = understand(cells, self._mapping, rows)
            self._check(headings)
            if not headings.is_of_missions:
                passed.append((table.name, headings))
                continue
            self.headings.append((table.name, headings))
            prefix = f"sheet {table.name}, " if table.name else ""
            for number, row in chain(sample, lines):
                if isinstance(row, str):
                    yield f"{prefix}line {number}", row
                elif record := headings.record(row):
                    yield f"{prefix}line {number}", record
        if passed and not self.headings:
            self.headings = passed
            raise BadFile(_not_understood(passed))

    def _check(self, headings: Headings) -> None:
        if headings.is_of_people:
            raise BadFile("This is a list of people: Allié takes none in, and kept nothing of it.")
        if headings.is_of_bodies:
            raise BadFile(
                "This is a list of associations, not of missions. Local points of support are taken in with --support, "
                "from a list that has their source and the day it was checked."
            )


def _placed_refusal(read: Read, refusal: Refusal, listed: set[tuple[str, str]]) -> Read:
    """The refusal with where it stands: what is kept of it by its id and reason shall hide no other."""
    external = refusal.external_id
    name = external or read.where
    if external and ("line" in read.where or (external, refusal.reason) in listed):
        name = f"{external} ({read.where})"
    listed.add((name, refusal.reason))
    return replace(read, found=replace(refusal, external_id=name, where=read.where), external=external)


def _not_understood(passed: Sequence[tuple[str, Headings]]) -> str:
    """What to say of tables in which no heading of a mission is."""
    _name, headings = passed[0]
    shown = ", ".join(f"« {name} »" for name in headings.names if name.strip())
    proposed = {meaning: name for name, meaning in headings.proposals.items()}
    title, body = (proposed.get(meaning, "…") for meaning in ("title", "organisation"))
    return (
        f"No heading of a mission was understood among {shown or 'none'}. "
        f'Say what they mean: --map titre="{title}" --map association="{body}".'
    )


def _shaped(record: Mapping[str, Any]) -> Mapping[str, Any] | NoMission:
    if is_geojson(record):
        return from_geojson(record)
    return from_json_ld(record) if is_json_ld(record) else record


def _json_of(path: Path) -> Iterator[Placed]:
    start = _start(path)
    if _first(start)[:1] not in (b"[", b"{"):
        raise BadFile(f"{path.name} is neither a table (CSV, Excel, LibreOffice) nor JSON.")
    with path.open("r", encoding=encoding_of(path, start), errors="replace", newline="") as text:
        yield from _json(text)


def _json(text: IO[str]) -> Iterator[Placed]:
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
            yield from _numbered(listed) if listed is not None else _lines(text)
            return
    opening = OPENING.match(buffer)
    if opening is None:
        whole = _whole(buffer) if len(buffer) < CHUNK else None
        if not isinstance(whole, dict):
            raise BadFile("The JSON holds no list of missions.")
        yield "item 1", whole
        return
    yield from _numbered(_list(text, buffer, opening.end()))


def _numbered(listed: Iterable[object]) -> Iterator[Placed]:
    return ((f"item {number}", record) for number, record in enumerate(listed, 1))


def _listed(page: Mapping[str, object]) -> list[object] | None:
    lists = (page.get(name) for name in LISTS)
    return next((found for found in lists if isinstance(found, list)), None)


def _whole(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def _lines(text: IO[str]) -> Iterator[Placed]:
    number = 0
    while line := text.readline(LARGEST):
        number += 1
        if line.strip():
            found = _whole(line)
            yield f"line {number}", line[:80] if found is None else found


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
    mapping: Mapping[str, str] | None = None,
    fill: Mapping[str, str] | None = None,
    replaces: bool = False,
    appeals: bool = False,
    progress: Callable[[int], None] = lambda count: None,
    told: Callable[[Reading, Sequence[Read]], None] = lambda reading, batch: None,
) -> Count:
    """Take the missions of a file in. Taking the same file again changes nothing.

    `source` names where they come from, by default the name of the file; `mapping` and `fill` are those of `Reading`.
    With `replaces`, what came of this source before and is no longer in the file goes; nothing goes when nothing of the
    file can be taken. `told` hears of each batch. Raises `BadFile` after having taken what came before the break.
    Killed: the batches before are in, and taking the file again completes it.
    """
    reading = Reading(catalogue, path, source=source, mapping=mapping, fill=fill, appeals=appeals)
    count = Count()
    begun: set[str] = set()
    there: set[str] = set()
    latest: dict[str, str] = {}
    reads = iter(reading)
    broken: BadFile | None = None
    with catalogue.writer() as writer:
        identities = Identities(writer.connection, reading.source)
        while True:
            batch, broken = _batch(reads)
            for name in {read.found.source for read in batch} - begun:
                begun.add(name)
                writer.forget_refused(name)
            batch = identities.given(batch)
            missions = [(read.found, read.origin) for read in batch if isinstance(read.found, Mission)]
            kept = [Record(mission, origin) for mission, origin in missions if _is_latest(mission, latest)]
            refused = [read.found for read in batch if isinstance(read.found, Refusal)]
            there |= {record.mission.id for record in kept}
            there |= {f"{read.found.source}:{read.external}" for read in batch if read.external}
            if batch:
                count += writer.put(kept, refused, now=now)
                told(reading, batch)
                progress(count.read)
            if broken is not None or not batch:
                break
        if replaces and broken is None and count.read > count.refused:
            count += writer.replace(reading.source, there)
        writer.tidy(now.date())
    if broken is not None:
        raise broken
    return count


def _is_latest(mission: Mission, latest: dict[str, str]) -> bool:
    """Whether no later version of it was met in the same file."""
    updated = updated_of(mission)
    if updated and latest.get(mission.id, "") > updated:
        return False
    if updated:
        latest[mission.id] = updated
    return True


def preview(
    catalogue: Catalogue,
    reading: Reading,
    connection: Connection | None,
    told: Callable[[Read, str], None],
) -> Count:
    """What taking a file in would do, without doing it: `told` hears of each record, and whether it would be "new",
    "changed", "the same" or "refused". Without a connection there is no catalogue yet. Raises `BadFile`."""
    count = Count()
    identities = Identities(connection, reading.source)
    reads = iter(reading)
    while True:
        batch, broken = _batch(reads)
        batch = identities.given(batch)
        missions = [read.found for read in batch if isinstance(read.found, Mission)]
        known = dict(connection.among(DIGESTS, [mission.id for mission in missions])) if connection and missions else {}
        for read in batch:
            if isinstance(read.found, Refusal):
                count += Count(refused=1)
                told(read, "refused")
            elif read.found.id not in known:
                count += Count(new=1)
                told(read, "new")
            elif known[read.found.id] == digest_of(read.found):
                count += Count(same=1)
                told(read, "the same")
            else:
                count += Count(changed=1)
                told(read, "changed")
        if broken is not None:
            raise broken
        if not batch:
            return count


def active_of(connection: Connection, source: str) -> list[Mission]:
    """The missions of a source that are shown, or could be."""
    rows = connection.execute(BODIES_OF, (source,)).fetchall()
    return [mission for (body,) in rows if (mission := Mission.readable(body)) is not None]


def _batch(reads: Iterator[Read]) -> tuple[list[Read], BadFile | None]:
    """The next records, and what broke the file off after them."""
    batch: list[Read] = []
    try:
        batch.extend(islice(reads, BATCH))
    except BadFile as error:
        return batch, error
    return batch, None


def _source_name(name: str) -> str:
    """What a file is counted under; never a name by which something else is."""
    found = re.sub(r"[^a-z0-9-]+", "-", fold(name).replace(" ", "-")).strip("-")[:60] or "file"
    return f"file-{found}"[:60] if found in (EVERGREEN, "needs", SOURCE) or found.startswith(APPEALS) else found


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
