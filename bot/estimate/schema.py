"""What a question may hold, said once: it reads the JSON, refuses it with a reason, and describes itself for OpenAPI.

Reading never raises anything but `BadQuestion`, which names the field ("gifts.0.amount") and says what is expected in
words that a person understands. Unknown fields are refused: a misspelt field would be a wrong figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import Any, Protocol

from bot.phrase import Phrase, _, n_
from bot.rules.parameters import known_from, known_until

__all__ = [
    "BadQuestion",
    "ByYear",
    "Day",
    "Field",
    "Flag",
    "Kind",
    "LawYear",
    "ListOf",
    "Month",
    "Number",
    "OneOf",
    "Record",
    "Text",
    "Whole",
    "path_of",
]

MOST = Decimal(10**12)
"""No amount of a question is above this: a mistake of the keyboard, not a gift."""

JSON = dict[str, Any]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")


class BadQuestion(Exception):
    """A question that cannot be answered as it is. `field` is the path to what is wrong, "" for the whole of it."""

    def __init__(self, field: str, message: Phrase) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class Kind(Protocol):
    """What a field may hold."""

    def read(self, value: object, field: str) -> Any:
        """The value as the rules want it. Raises BadQuestion."""

    def schema(self) -> JSON:
        """The same as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record. `text` says what it means (English, for the pages); an optional one may be null as well."""

    name: str
    kind: Kind
    text: str
    required: bool = True
    default: Any = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in euros, kilometres …, rounded half up to `places` decimals (None: kept as written)."""

    least: Decimal = Decimal(0)
    most: Decimal = MOST
    places: int | None = 2

    def read(self, value: object, field: str) -> Decimal:
        number = _decimal(value, field)
        if number < self.least:
            raise BadQuestion(field, _("It must be at least {least:number}.", least=self.least))
        if number > self.most:
            raise BadQuestion(field, _("It must be at most {most:number}.", most=self.most))
        if self.places is None:
            return number
        return number.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)

    def schema(self) -> JSON:
        return {"type": "number", "minimum": _plain(self.least), "maximum": _plain(self.most)}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int = int(MOST)

    def read(self, value: object, field: str) -> int:
        number = Number(Decimal(self.least), Decimal(self.most), None).read(value, field)
        if number != number.to_integral_value():
            raise BadQuestion(field, _("A whole number is expected."))
        return int(number)

    def schema(self) -> JSON:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class LawYear:
    """A year from the first whose law `data/law/<file>.toml` holds to the one after the last, which is computed with a
    warning: on 1 January people ask before the new law is in."""

    file: str

    def read(self, value: object, field: str) -> int:
        year = Whole().read(value, field)
        first, last = self._bounds()
        if year < first:
            raise BadQuestion(field, _("I know these rules from {year} on.", year=first))
        if year > last:
            raise BadQuestion(field, _("Nobody knows the rules of {year} yet.", year=year))
        return year

    def schema(self) -> JSON:
        first, last = self._bounds()
        return {"type": "integer", "minimum": first, "maximum": last}

    def _bounds(self) -> tuple[int, int]:
        return known_from(self.file).year, known_until(self.file).year + 1


@dataclass(frozen=True, slots=True)
class Day:
    """A day, written 2026-05-31."""

    def read(self, value: object, field: str) -> date:
        expected = _("A day written like 2026-05-31 is expected.")
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise BadQuestion(field, expected)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadQuestion(field, expected) from None

    def schema(self) -> JSON:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Month:
    """A month, written 2026-05; read as its first day."""

    def read(self, value: object, field: str) -> date:
        if isinstance(value, str) and _MONTH.fullmatch(value) and "01" <= value[5:] <= "12" and value[:4] != "0000":
            return date(int(value[:4]), int(value[5:]), 1)
        raise BadQuestion(field, _("A month written like 2026-05 is expected."))

    def schema(self) -> JSON:
        return {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few names."""

    names: tuple[str, ...]

    def read(self, value: object, field: str) -> str:
        if isinstance(value, str) and value in self.names:
            return value
        raise BadQuestion(field, _("It must be one of these: {names:list}.", names=self.names))

    def schema(self) -> JSON:
        return {"type": "string", "enum": list(self.names)}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, value: object, field: str) -> bool:
        if isinstance(value, bool):
            return value
        raise BadQuestion(field, _("true or false is expected."))

    def schema(self) -> JSON:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text."""

    most: int = 200

    def read(self, value: object, field: str) -> str:
        if isinstance(value, str) and len(value) <= self.most:
            return value
        raise BadQuestion(field, _("A text of at most {most:number} characters is expected.", most=self.most))

    def schema(self) -> JSON:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known fields, read as a mapping that has them all (None where an optional one is not given)."""

    fields: tuple[Field, ...]

    def read(self, value: object, field: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise BadQuestion(field, _("An object with named fields is expected."))
        known = {one.name for one in self.fields}
        for name in value:
            if name not in known:
                raise BadQuestion(path_of(field, name), _unknown(name, known))
        found: dict[str, Any] = {}
        for one in self.fields:
            given = value.get(one.name)
            if given is not None:
                found[one.name] = one.kind.read(given, path_of(field, one.name))
            elif one.required:
                raise BadQuestion(path_of(field, one.name), _("This field is missing."))
            else:
                found[one.name] = one.default
        return found

    def schema(self) -> JSON:
        properties: JSON = {}
        for field in self.fields:
            schema = field.kind.schema()
            if not field.required:
                schema = {"oneOf": [schema, {"type": "null"}]}
            properties[field.name] = {**schema, "description": field.text}
        required = [field.name for field in self.fields if field.required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of things of one kind."""

    kind: Kind
    most: int = 500

    def read(self, value: object, field: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadQuestion(field, _("A list is expected."))
        if len(value) > self.most:
            raise BadQuestion(field, n_("At most one is accepted.", "At most {count} are accepted.", self.most))
        return tuple(self.kind.read(one, path_of(field, str(index))) for index, one in enumerate(value))

    def schema(self) -> JSON:
        return {"type": "array", "items": self.kind.schema(), "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class ByYear:
    """An object whose names are years: {"2024": 150}."""

    kind: Kind
    most: int = 30

    def read(self, value: object, field: str) -> Mapping[int, Any]:
        if not isinstance(value, dict):
            raise BadQuestion(
                field, _("An object with years as names is expected, such as {example}.", example=EXAMPLE)
            )
        if len(value) > self.most:
            raise BadQuestion(field, n_("At most one is accepted.", "At most {count} are accepted.", self.most))
        found: dict[int, Any] = {}
        for year, one in value.items():
            if not isinstance(year, str) or not _YEAR.fullmatch(year):
                raise BadQuestion(path_of(field, str(year)), _("A year such as 2024 is expected."))
            found[int(year)] = self.kind.read(one, path_of(field, year))
        return found

    def schema(self) -> JSON:
        return {
            "type": "object",
            "additionalProperties": self.kind.schema(),
            "propertyNames": {"pattern": "^[0-9]{4}$"},
        }


EXAMPLE = '{"2024": 150}'


def _decimal(value: object, field: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise BadQuestion(field, _("A number is expected."))
    number = (
        value if isinstance(value, Decimal) else Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    )
    if not number.is_finite():
        raise BadQuestion(field, _("A number is expected."))
    return number


def _unknown(name: str, known: set[str]) -> Phrase:
    close = get_close_matches(name, known, 1)
    if close:
        return _("I do not know this field. Did you mean “{name}”?", name=close[0])
    return _("I do not know this field. Here I know: {names:list}.", names=sorted(known))


def path_of(field: str, name: str) -> str:
    """The path of a name inside a field: cut where it is unreasonably long, with what cannot be printed replaced."""
    name = name[:60].encode("utf-8", "replace").decode()
    return f"{field}.{name}" if field else name


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
