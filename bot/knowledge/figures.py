"""Figures of the law inside a written answer: `{donations.coluche.ceiling:money}`.

    {name}                 the text of the row in force        {name:money}        its number, in a format of `bot.i18n`
    {name.part:percent}    one of several named numbers         {name@previous:…}   the row before the one in force
    {name@from:date}       since when it is so                  {name@to:date}      its last day, or the last one known
    {name.part@from:date}  since when one of its numbers is
    {name@2023-06-30:…}    the row in force that day            {name*100:money}    a product of rows and numbers
    {name@previous@to:date}, {name@2023-06-30@from:date}         a day of another row

`name` is that of a parameter of `data/law`. A figure is checked when the answer is read and worked out for a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from babel.dates import format_skeleton

from bot.i18n import FORMATS
from bot.rules.parameters import Law, Parameter, Row

__all__ = ["Figure", "FigureError", "Used", "read_figure"]

NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
NAME: Final = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
OF_DATES: Final = frozenset({"date", "month"})
MONTH: Final = "month"
MONTHS: Final = range(1, 13)
"""A row may hold the number of a month, the same every year."""
YEAR: Final = 2000
EDGES: Final = ("from", "to")
ONE_DAY: Final = timedelta(days=1)
LIST: Final = "list"


class FigureError(ValueError):
    """A placeholder that cannot be filled in, with the reason."""


@dataclass(frozen=True, slots=True)
class Used:
    """A row that an answer quotes. `is_current`: as what holds today, and not as what held on a named day."""

    parameter: str
    row: Row
    is_current: bool

    @property
    def file(self) -> str:
        """The file of `data/law` the row is in, without its ending."""
        return self.parameter.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Reference:
    """One row of a parameter, or one of its days.

    `part` is the named number; `row_of` is "" (in force), "previous" or a day; `edge` is "", "from" or "to".
    """

    parameter: str
    part: str
    row_of: str
    edge: str

    def row(self, law: Law, day: date) -> Row:
        """The row meant on `day`; before the first one, the first."""
        known = law.parameters[self.parameter]
        row = known.latest(date.fromisoformat(self.row_of) if DAY.fullmatch(self.row_of) else day) or known.rows[0]
        if self.row_of == "previous":
            return known.rows[max(known.rows.index(row) - 1, 0)]
        return row

    def value(self, law: Law, day: date) -> Decimal | date | str:
        """Its number, day or text. Raises FigureError where the row meant that day has none."""
        row = self.row(law, day)
        if self.edge == "from":
            return self._since(law, row)
        if self.edge == "to":
            return row.end or max(row.start, law.known_until[self.parameter.partition(".")[0]])
        if self.part:
            if self.part not in row.values:
                raise FigureError(f"{self.parameter} has no {self.part} on {day}: there are {_names(row)}")
            return row.values[self.part]
        if "value" in row.values:
            return row.value
        if row.text:
            return row.text
        raise FigureError(f"{self.parameter} has several numbers, name one: {_names(row)}")

    def text(self, law: Law, day: date) -> str:
        return self.row(law, day).text

    def _since(self, law: Law, row: Row) -> date:
        """The first day on which it was what it is in `row`, through rows that follow without a gap."""
        rows = law.parameters[self.parameter].rows
        index = rows.index(row)
        while index and rows[index - 1].end == rows[index].start - ONE_DAY and self._is_same(rows[index - 1], row):
            index -= 1
        return rows[index].start

    def _is_same(self, one: Row, other: Row) -> bool:
        if self.part:
            return one.values.get(self.part) == other.values.get(self.part)
        return (one.values, one.text) == (other.values, other.text)


@dataclass(frozen=True, slots=True)
class Figure:
    """A placeholder as it was read: what is multiplied, and the format ("" for a text)."""

    source: str
    factors: tuple[Decimal | Reference, ...]
    format: str

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(factor for factor in self.factors if isinstance(factor, Reference))

    def used(self, law: Law, day: date) -> tuple[Used, ...]:
        """The rows it rests on that day."""
        return tuple(Used(one.parameter, one.row(law, day), one.row_of == "") for one in self.references)

    def value(self, law: Law, day: date) -> Decimal | date | str:
        """What it stands for on a day, before any format. Raises FigureError where there is nothing."""
        if len(self.factors) == 1:
            (factor,) = self.factors
            return factor if isinstance(factor, Decimal) else self._alone(factor, law, day)
        return self._product(law, day)

    def said(self, law: Law, day: date, language: str) -> str:
        """As people read it, not yet escaped. Raises FigureError where it cannot be said."""
        value = self.value(law, day)
        if not self.format:
            if isinstance(value, str):
                return value
            raise FigureError(f"{{{self.source}}} is a number or a day and has no format")
        if isinstance(value, str):
            raise FigureError(f"{{{self.source}}} is a text: it has no format")
        if self.format == MONTH and isinstance(value, Decimal) and value in MONTHS:
            return format_skeleton("MMMM", date(YEAR, int(value), 1), locale=language)
        if isinstance(value, date) != (self.format in OF_DATES):
            raise FigureError(f"{{{self.source}}} cannot be written as {self.format}")
        return str(FORMATS[self.format](value, language))

    def _alone(self, factor: Reference, law: Law, day: date) -> Decimal | date | str:
        """A row may have a text beside its number: without a format, the text is meant."""
        if not self.format and not factor.part and not factor.edge:
            text = factor.text(law, day)
            if text:
                return text
        return factor.value(law, day)

    def _product(self, law: Law, day: date) -> Decimal:
        product = Decimal(1)
        for factor in self.factors:
            value = factor if isinstance(factor, Decimal) else factor.value(law, day)
            if not isinstance(value, Decimal):
                raise FigureError(f"{{{self.source}}} multiplies what is not a number")
            product *= value
        return product


def read_figure(source: str, law: Law) -> Figure:
    """What stands between braces. Raises FigureError with the reason where it means nothing."""
    expression, _colon, format = source.partition(":")
    if format and (format not in FORMATS or format == LIST):
        raise FigureError(f"{{{source}}}: there is no format {format!r}")
    factors = tuple(_factor(part.strip(), source, law) for part in expression.split("*"))
    return Figure(source, factors, format)


def _factor(part: str, source: str, law: Law) -> Decimal | Reference:
    if NUMBER.fullmatch(part):
        return Decimal(part)
    name, *marks = part.split("@")
    row_of = marks.pop(0) if marks and marks[0] not in EDGES else ""
    edge = marks.pop(0) if marks and marks[0] in EDGES else ""
    if marks or (row_of and row_of != "previous" and not _is_day(row_of)):
        raise FigureError(f"{{{source}}}: after @ stand previous or a day, then from or to")
    if not NAME.fullmatch(name):
        raise FigureError(f"{{{source}}}: {name!r} is not the name of a figure")
    if name in law.parameters:
        return Reference(name, "", row_of, edge)
    whole, _dot, value = name.rpartition(".")
    if whole in law.parameters and _has(law.parameters[whole], value):
        return Reference(whole, value, row_of, edge)
    if whole in law.parameters:
        raise FigureError(f"{{{source}}}: {whole} has no {value}, it has {_names(law.parameters[whole].rows[-1])}")
    raise FigureError(f"{{{source}}}: data/law has no {name}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(DAY.fullmatch(text))


def _has(parameter: Parameter, value: str) -> bool:
    return any(value in row.values for row in parameter.rows)


def _names(row: Row) -> str:
    return ", ".join(row.values) or "only a text"
