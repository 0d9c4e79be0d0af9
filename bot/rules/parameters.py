"""Every rate, ceiling and date of the law, read once from `data/law/*.toml` and asked for at a day.

`parameter("donations.coluche.ceiling").on(day)` is the row in force that day, or None when no row covers it: a
regime that has ended is never applied after its end, and asking about it is not an error. Rows hold `Decimal`s,
the legal reference, the page it was read on and the day it was checked. The format of the files is in
`data/law/README.md`.

A file that breaks the format stops the start with `LawDataError`, which names the file, the parameter and the row.

What is asked here is the law of this installation, unless another one is applied: `with applied(bill): …` answers as if
it were that one, for a comparison or a test.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.resources import DATA
from bot.rules.result import Source

__all__ = [
    "Law",
    "LawDataError",
    "Parameter",
    "Row",
    "UnknownParameter",
    "applied",
    "known_from",
    "known_until",
    "later",
    "law",
    "parameter",
    "read_law",
]

LAW_FOLDER = DATA / "law"
CONFIDENCES = frozenset("ABCHML")
_YEAR = timedelta(days=365)
_ROW_KEYS = frozenset(
    {"from", "to", "value", "values", "text", "reference", "source", "url", "confidence", "checked", "note"}
)


class LawDataError(Exception):
    """A file of `data/law` is not written as `data/law/README.md` says."""


class UnknownParameter(LawDataError, KeyError):
    """No file of the law holds what is asked for: it was taken out, or is called otherwise."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Row:
    """A value of the law between two days, both included. `end` is None while it is in force with no known end."""

    start: date
    end: date | None
    values: Mapping[str, Decimal]
    """Named numbers; a row with one number holds it under "value"."""
    text: str
    """What is not a number: the box of a form, the name of a document. "" when there is none."""
    source: Source
    note: str = ""
    """What a jurist should know of this row (English, for docs/law.md)."""

    @property
    def value(self) -> Decimal:
        """The number of a row that has only one."""
        return self.values["value"]

    def __getitem__(self, name: str) -> Decimal:
        """One of the named numbers of a row that has several."""
        return self.values[name]

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def later(row: Row, other: Row) -> Row:
    """The one of two rows that began last: what it says is the latest news of both."""
    return max(row, other, key=lambda one: one.start)


class Parameter:
    """A figure of the law through time: its rows do not overlap and are in the order of time."""

    __slots__ = ("_starts", "label", "name", "rows", "unit")

    def __init__(self, name: str, label: str, unit: str, rows: tuple[Row, ...]) -> None:
        self.name = name
        self.label = label
        self.unit = unit
        self.rows = rows
        self._starts = [row.start for row in rows]

    def on(self, day: date) -> Row | None:
        """The row in force on `day`; None before the first, after an end, and in a gap of the law."""
        index = bisect_right(self._starts, day) - 1
        if index < 0:
            return None
        row = self.rows[index]
        return row if row.end is None or day <= row.end else None

    def latest(self, day: date) -> Row | None:
        """The row in force on `day` or, after an end, the last one before it: say so where it is used. None before
        the first row."""
        index = bisect_right(self._starts, day) - 1
        return self.rows[index] if index >= 0 else None

    def at(self, day: date) -> Row:
        """The row in force on `day`, or the nearest that is known: the last one after an end, the first one before all.

        For what a rule cannot do without. Where it matters that the law of that day has it, ask `on`; that a row has
        ended is told by `bot.rules.freshness`.
        """
        return self.latest(day) or self.rows[0]

    def during(self, year: int) -> tuple[Row, ...]:
        """The rows in force on at least one day of a calendar year, in the order of time."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return tuple(row for row in self.rows if row.start <= last and (row.end is None or row.end >= first))

    def __repr__(self) -> str:
        return f"Parameter({self.name!r}, {len(self.rows)} rows)"


@dataclass(frozen=True)
class Law:
    """All the parameters by name, and for each file the first and the last day for which its law was read."""

    parameters: Mapping[str, Parameter]
    known_from: Mapping[str, date]
    known_until: Mapping[str, date]

    def stale(self, today: date) -> Iterator[tuple[Parameter, Row]]:
        """The rows in force on `today` that nobody has checked for over a year."""
        for one in self.parameters.values():
            row = one.on(today)
            if row is not None and today - row.source.checked > _YEAR:
                yield one, row

    def behind(self, today: date) -> Iterator[tuple[str, date]]:
        """The files whose law is not known as far as `today`, with the last day that is known."""
        for file, last in self.known_until.items():
            if last < today:
                yield file, last


def parameter(name: str) -> Parameter:
    """The parameter `file.path.of.tables`. Raises `UnknownParameter` for a name that no file defines."""
    try:
        return law().parameters[name]
    except KeyError:
        raise UnknownParameter(f"{name} is in no file of the law") from None


def known_from(file: str) -> date:
    """The first day for which the law of `data/law/<file>.toml` was read: nothing is computed before it."""
    return law().known_from.get(file, date.min)


def known_until(file: str) -> date:
    """The last day for which the law of `data/law/<file>.toml` was read. After it, say that a figure may change."""
    try:
        return law().known_until[file]
    except KeyError:
        raise UnknownParameter(f"{file}.toml is missing") from None


_applied: ContextVar[Law | None] = ContextVar("applied law", default=None)


def law() -> Law:
    """The law that is applied: that of this installation, read at the first call and kept, or that of `applied`."""
    return _applied.get() or _of_this_installation()


@contextmanager
def applied(other: Law) -> Iterator[None]:
    """Inside the block, `other` is the law: for a bill, or a row that is about to be added."""
    token = _applied.set(other)
    try:
        yield
    finally:
        _applied.reset(token)


@cache
def _of_this_installation() -> Law:
    return read_law(LAW_FOLDER)


def read_law(folder: Path) -> Law:
    """Read every `*.toml` of a folder. Raises LawDataError at the first thing that is not as it should be."""
    parameters: dict[str, Parameter] = {}
    first_days: dict[str, date] = {}
    last_days: dict[str, date] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            with path.open("rb") as file:
                content = tomllib.load(file, parse_float=Decimal)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise LawDataError(f"{path.name}: {error}") from error
        except OSError as error:
            raise LawDataError(f"{path.name} cannot be read: {error.strerror}") from error
        read = _Read(
            checked=_day(content.pop("checked", None), f"{path.name}: checked"),
            until=_day(content.pop("known_until", None), f"{path.name}: known_until"),
        )
        last_days[path.stem] = read.until
        if "known_from" in content:
            first_days[path.stem] = _day(content.pop("known_from"), f"{path.name}: known_from")
        for one in _parameters(content, path.stem, read):
            parameters[one.name] = one
    if not parameters:
        raise LawDataError(f"no law in {folder}")
    return Law(MappingProxyType(parameters), MappingProxyType(first_days), MappingProxyType(last_days))


@dataclass(frozen=True, slots=True)
class _Read:
    """When a file was read: the day, and the last day of the law it holds."""

    checked: date
    until: date


def _parameters(table: dict[str, Any], name: str, read: _Read) -> Iterator[Parameter]:
    for key, value in table.items():
        full = f"{name}.{key}"
        if not isinstance(value, dict):
            raise LawDataError(f"{full} is neither a parameter nor a group of parameters")
        if "rows" in value:
            yield _parameter(value, full, read)
        else:
            yield from _parameters(value, full, read)


def _parameter(table: dict[str, Any], name: str, read: _Read) -> Parameter:
    if unknown := set(table) - {"label", "unit", "rows"}:
        raise LawDataError(f"{name}: unknown key {min(unknown)}")
    given = table["rows"]
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise LawDataError(f"{name}: rows are written as [[{name.partition('.')[2]}.rows]]")
    rows = tuple(_row(row, f"{name}, row {index}", read) for index, row in enumerate(given, 1))
    for earlier, later in pairwise(rows):
        if earlier.end is None or earlier.end >= later.start:
            raise LawDataError(f"{name}: the row of {later.start} begins before the one before it has ended")
    if not rows:
        raise LawDataError(f"{name} has no row")
    for index, row in enumerate(rows, 1):
        if row.values.keys() != rows[0].values.keys() or bool(row.text) != bool(rows[0].text):
            raise LawDataError(f"{name}, row {index}: it does not hold what the first row holds")
    return Parameter(name, _text(table, "label", name), _text(table, "unit", name), rows)


def _row(row: dict[str, Any], where: str, read: _Read) -> Row:
    if unknown := set(row) - _ROW_KEYS:
        raise LawDataError(f"{where}: unknown key {min(unknown)}")
    start = _day(row.get("from"), f"{where}: from")
    end = _day(row["to"], f"{where}: to") if "to" in row else None
    if end is not None and end < start:
        raise LawDataError(f"{where}: it ends before it begins")
    for key, kind in (("values", dict), ("text", str), ("url", str), ("note", str)):
        if not isinstance(row.get(key, kind()), kind):
            raise LawDataError(f"{where}: {key} is not what it should be")
    numbers = dict(row.get("values", {}))
    if "value" in row:
        numbers["value"] = row["value"]
    if not numbers and "text" not in row:
        raise LawDataError(f"{where}: no value, values or text")
    source = Source(
        reference=_text(row, "reference", where),
        title=_text(row, "source", where),
        url=row.get("url", ""),
        checked=_day(row.get("checked", read.checked), f"{where}: checked"),
        confidence=_text(row, "confidence", where),
        known_until=read.until,
    )
    if source.confidence not in CONFIDENCES:
        raise LawDataError(f"{where}: confidence is one of A, B, C or H, M, L")
    if source.url and not source.url.startswith("https://"):
        raise LawDataError(f"{where}: url does not begin with https://")
    values = {key: _number(value, f"{where}: {key}") for key, value in numbers.items()}
    return Row(start, end, MappingProxyType(values), row.get("text", ""), source, row.get("note", ""))


def _text(table: dict[str, Any], key: str, where: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        raise LawDataError(f"{where}: {key} is missing")
    return text


def _number(value: Any, where: str) -> Decimal:
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(value)
    raise LawDataError(f"{where} is not a number")


def _day(value: Any, where: str) -> date:
    if type(value) is not date:
        raise LawDataError(f"{where} is not a day written as 2026-11-21")
    return value
