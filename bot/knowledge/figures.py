"""Figures of the law inside a written answer: `{donations.coluche.ceiling:money}`.

    {name}                 the text of the row in force        {name:money}        its number, in a format of `bot.i18n`
    {name.part:percent}    one of several named numbers         {name@previous:…}   the row before the one in force
    {name@from:date}       since when it is so                  {name@to:date}      its last day, or the last one known
    {name.part@from:date}  since when one of its numbers is     {name@from:year}    the year of a day
    {name@2023-06-30:…}    the row in force that day            {name@2023-06-30@from:date}   a day of another row
    {name*100:money}       a sum of rows and numbers            {name*100:euros}    the same in whole euros
    {year+1:year}          the year after the current one       {name:month}        the month of a number or of a day

`name` is that of a parameter of `data/law`; sums are those of `bot.knowledge.expressions`. A figure is checked when the
answer is read and worked out for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.i18n import FORMATS
from bot.knowledge.expressions import Expression, FigureError, Reference, read_expression, references_of
from bot.rules.parameters import Law, Row

__all__ = ["Figure", "FigureError", "Used", "read_figure"]

OF_DATES: Final = frozenset({"date", "month", "year"})
OF_NUMBERS: Final = frozenset(FORMATS) - {"date", "time", "list"}
MONTHS: Final = range(1, 13)


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
class Figure:
    """A placeholder as it was read: what it stands for, and the format ("" for a text)."""

    source: str
    expression: Expression
    format: str

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(references_of(self.expression))

    def used(self, law: Law, day: date) -> tuple[Used, ...]:
        """The rows it rests on that day."""
        return tuple(Used(one.parameter, one.row(law, day), one.row_of == "") for one in self.references)

    def value(self, law: Law, day: date) -> Decimal | date | str:
        """What it stands for on a day, before any format. Raises FigureError where there is nothing."""
        expression = self.expression
        if isinstance(expression, Decimal):
            return expression
        if not self.format and isinstance(expression, Reference) and (text := expression.text(law, day)):
            return text
        try:
            return expression.value(law, day)
        except FigureError as error:
            raise FigureError(f"{{{self.source}}}: {error}") from error

    def said(self, law: Law, day: date, language: str) -> str:
        """As people read it, not yet escaped. Raises FigureError where it cannot be said."""
        value = self.value(law, day)
        if not self.format:
            if isinstance(value, str):
                return value
            raise FigureError(f"{{{self.source}}} is a number or a day and has no format")
        if isinstance(value, str):
            raise FigureError(f"{{{self.source}}} is a text: it has no format")
        is_month = isinstance(value, Decimal) and value in MONTHS
        if self.format not in (OF_DATES if isinstance(value, date) else OF_NUMBERS) or (
            self.format == "month" and not (is_month or isinstance(value, date))
        ):
            raise FigureError(f"{{{self.source}}} cannot be written as {self.format}")
        return str(FORMATS[self.format](value, language))


def read_figure(source: str, law: Law) -> Figure:
    """What stands between braces. Raises FigureError with the reason where it means nothing."""
    expression, _colon, format = source.partition(":")
    if format and format not in OF_DATES | OF_NUMBERS:
        raise FigureError(f"{{{source}}}: there is no format {format!r}")
    try:
        return Figure(source, read_expression(expression, law), format)
    except FigureError as error:
        raise FigureError(f"{{{source}}}: {error}") from error
