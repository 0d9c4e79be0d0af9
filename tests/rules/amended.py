"""The law of this installation with a row more, written in a copy of its file as `data/law/README.md` says.

Changes in the same folder add up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from bot.rules.parameters import LAW_FOLDER, Law, law, read_law

__all__ = ["amended", "ended"]

Values = Decimal | int | str | Mapping[str, Decimal]


def amended(folder: Path, name: str, since: date, value: Values, *, known_until: date | None = None) -> Law:
    """The last row of the parameter is closed the day before `since`, if it has not ended yet, and another one begins.

    `value` is a number, several, or a text. `known_until` moves the last day that is known of the file.
    """
    row = ["", f"from = {since}", _written(value)]
    row += ['reference = "Loi à venir, art. 1"', 'source = "Journal officiel"', 'confidence = "A"', ""]
    return _changed(folder, name, since - timedelta(days=1), row, known_until)


def ended(folder: Path, name: str, last: date, *, known_until: date | None = None) -> Law:
    """The last row of the parameter ends on `last`, and nothing follows."""
    return _changed(folder, name, last, [], known_until)


def _changed(folder: Path, name: str, last: date, row: list[str], known_until: date | None) -> Law:
    file, _dot, path = name.partition(".")
    copy = folder / f"{file}.toml"
    source = copy if copy.exists() else LAW_FOLDER / copy.name
    lines = source.read_text(encoding="utf-8").splitlines()
    heading = f"[[{path}.rows]]"
    start = max(index for index, line in enumerate(lines) if line.strip() == heading)
    end = next((index for index, line in enumerate(lines[start + 1 :], start + 1) if line.startswith("[")), len(lines))
    ends = [line for line in lines[start:end] if re.match(r"to\s*=", line)]
    block = [line for line in lines[start:end] if line not in ends]
    after = next(index for index, line in enumerate(block) if re.match(r"from\s*=", line)) + 1
    block[after:after] = [min([f"to = {last}", *ends])]
    text = "\n".join([*lines[:start], *block, *([heading] if row else []), *row, *lines[end:], ""])
    if known_until is not None:
        text = re.sub(r"^known_until = .*$", f"known_until = {known_until}", text, count=1, flags=re.MULTILINE)
    copy.write_text(text, encoding="utf-8")
    changed = read_law(folder)
    known = law()
    return Law(
        MappingProxyType({**known.parameters, **changed.parameters}),
        MappingProxyType({**known.known_from, **changed.known_from}),
        MappingProxyType({**known.known_until, **changed.known_until}),
    )


def _written(value: Values) -> str:
    match value:
        case str():
            return f'text = "{value}"'
        case Mapping():
            return "values = { " + ", ".join(f"{key} = {number}" for key, number in value.items()) + " }"
        case _:
            return f"value = {value}"
