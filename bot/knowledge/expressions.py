"""What stands in a placeholder before its format: figures of the law, numbers, the year, and sums with them.

    donations.coluche.ceiling*donations.coluche.rate        100/(1-donations.general.rate)        year+1

`+ - * /` and brackets mean what they do in arithmetic. `year` is the calendar year of the day on which a text is read;
`year@from` and `year@to` are its first and last day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, DivisionByZero, InvalidOperation
from operator import add, mul, sub, truediv
from typing import Final

from bot.rules.parameters import Law, Parameter, Row

__all__ = ["Expression", "FigureError", "Operation", "Reference", "Year", "read_expression"]

NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
NAME: Final = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
TOKEN: Final = re.compile(r"\s*(?:([-+*/()])|([^\s*+/()@-]+(?:@(?:\d{4}-\d\d-\d\d|[^\s*+/()@-]*))*))")
EDGES: Final = ("from", "to")
YEAR: Final = "year"
ONE_DAY: Final = timedelta(days=1)
OPERATIONS: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {"+": add, "-": sub, "*": mul, "/": truediv}

Value = Decimal | date | str


class FigureError(ValueError):
    """A placeholder that cannot be filled in, with the reason."""


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
        row = known.at(date.fromisoformat(self.row_of) if DAY.fullmatch(self.row_of) else day)
        if self.row_of == "previous":
            return known.rows[max(known.rows.index(row) - 1, 0)]
        return row

    def value(self, law: Law, day: date) -> Value:
        """Its number, day or text. Raises FigureError where the row meant that day has none."""
        row = self.row(law, day)
        if self.edge == "from":
            return self._since(law, row)
        if self.edge == "to":
            return row.end or max(row.start, law.known_until[self.parameter.partition(".")[0]])
        if self.part:
            if self.part not in row.values:
                raise FigureError(f"{self.parameter} has no {self.part} on {day}: there are {names_of(row)}")
            return row.values[self.part]
        if "value" in row.values:
            return row.value
        if row.text:
            return row.text
        raise FigureError(f"{self.parameter} has several numbers, name one: {names_of(row)}")

    def text(self, law: Law, day: date) -> str:
        """The text of a row that may have one beside its number; "" where another thing is meant."""
        return "" if self.part or self.edge else self.row(law, day).text

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
class Year:
    """The calendar year of the day, or its first or last day."""

    edge: str = ""

    def value(self, law: Law, day: date) -> Value:
        match self.edge:
            case "from":
                return date(day.year, 1, 1)
            case "to":
                return date(day.year, 12, 31)
            case _:
                return Decimal(day.year)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two numbers put together."""

    sign: str
    left: Expression
    right: Expression

    def value(self, law: Law, day: date) -> Value:
        numbers = [one if isinstance(one, Decimal) else one.value(law, day) for one in (self.left, self.right)]
        left, right = numbers
        if not isinstance(left, Decimal) or not isinstance(right, Decimal):
            raise FigureError(f"{self.sign} stands beside what is not a number")
        try:
            return OPERATIONS[self.sign](left, right)
        except (DivisionByZero, InvalidOperation):
            raise FigureError(f"{left} {self.sign} {right} is no number") from None


Expression = Decimal | Reference | Year | Operation


def references_of(expression: Expression) -> Iterator[Reference]:
    """The rows it rests on, in the order in which they stand."""
    if isinstance(expression, Reference):
        yield expression
    elif isinstance(expression, Operation):
        yield from references_of(expression.left)
        yield from references_of(expression.right)


def read_expression(text: str, law: Law) -> Expression:
    """What `text` means. Raises FigureError with the reason where it means nothing."""
    tokens = list(_tokens(text))
    expression = _sum(tokens, law)
    if tokens:
        raise FigureError(f"{tokens[0]!r} stands where an expression has ended")
    return expression


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        token = TOKEN.match(text, at)
        if token is None:
            raise FigureError(f"{text[at:].strip()!r} means nothing")
        at = token.end()
        yield token[1] or token[2]


def _sum(tokens: list[str], law: Law) -> Expression:
    left = _product(tokens, law)
    while tokens and tokens[0] in ("+", "-"):
        left = Operation(tokens.pop(0), left, _product(tokens, law))
    return left


def _product(tokens: list[str], law: Law) -> Expression:
    left = _operand(tokens, law)
    while tokens and tokens[0] in ("*", "/"):
        left = Operation(tokens.pop(0), left, _operand(tokens, law))
    return left


def _operand(tokens: list[str], law: Law) -> Expression:
    if not tokens:
        raise FigureError("a number or a name is missing")
    word = tokens.pop(0)
    if word == "(":
        inner = _sum(tokens, law)
        if not tokens or tokens.pop(0) != ")":
            raise FigureError("a bracket is not closed")
        return inner
    if word in (")", *OPERATIONS):
        raise FigureError(f"{word!r} stands where a number or a name is expected")
    if NUMBER.fullmatch(word):
        return Decimal(word)
    return _reference(word, law)


def _reference(word: str, law: Law) -> Expression:
    name, *marks = word.split("@")
    if name == YEAR and (not marks or (len(marks) == 1 and marks[0] in EDGES)):
        return Year(*marks)
    row_of = marks.pop(0) if marks and marks[0] not in EDGES else ""
    edge = marks.pop(0) if marks and marks[0] in EDGES else ""
    if marks or "" in word.split("@") or (row_of and row_of != "previous" and not _is_day(row_of)):
        raise FigureError("after @ stand previous or a day, then from or to")
    if not NAME.fullmatch(name):
        raise FigureError(f"{name!r} is not the name of a figure")
    if name in law.parameters:
        return Reference(name, "", row_of, edge)
    whole, _dot, value = name.rpartition(".")
    if whole in law.parameters and _has(law.parameters[whole], value):
        return Reference(whole, value, row_of, edge)
    if whole in law.parameters:
        raise FigureError(f"{whole} has no {value}, it has {names_of(law.parameters[whole].rows[-1])}")
    raise FigureError(f"data/law has no {name}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(DAY.fullmatch(text))


def _has(parameter: Parameter, value: str) -> bool:
    return any(value in row.values for row in parameter.rows)


def names_of(row: Row) -> str:
    """The names of its numbers, to be told to who writes."""
    return ", ".join(row.values) or "only a text"
