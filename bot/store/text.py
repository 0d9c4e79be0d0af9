"""JSON as it is kept and sent. Whatever a person's device sent can be kept: lone surrogates and NUL included."""

from __future__ import annotations

import json
from typing import Any

import orjson

__all__ = ["dumps", "keepable", "loads"]

ONLY_JSON = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
"""A day or an object that was not made JSON is a mistake, and fails its own turn."""


def dumps(value: Any) -> str:
    """`value` as compact JSON that any database takes."""
    try:
        return orjson.dumps(value, option=ONLY_JSON).decode()
    except TypeError:  # half a character, or a number beyond 64 bits
        return json.dumps(value, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """The value that `text` is. Raises `ValueError`, or `RecursionError`, if it is none."""
    try:
        return orjson.loads(text)
    except ValueError:  # half a character, perhaps
        return json.loads(text)


def keepable(text: str) -> str:
    """`text` with what no database takes written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
