"""JSON as it is kept and sent. Whatever a person's device sent can be kept: lone surrogates and NUL included."""

from __future__ import annotations

import json
import logging
from typing import Any

import orjson

__all__ = ["dumps", "keepable", "loads", "opened", "opened_list"]

log = logging.getLogger(__name__)

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


def opened(text: str | bytes) -> dict[str, Any]:
    """The object that was kept as `text`. One that cannot be read any more counts as empty, and is said in the log: a
    bad row holds up no other."""
    value: dict[str, Any] = _opened(text, {})
    return value


def opened_list(text: str | bytes) -> list[dict[str, Any]]:
    """The list that was kept as `text`, with the same care."""
    value: list[dict[str, Any]] = _opened(text, [])
    return value


def _opened(text: str | bytes, empty: Any) -> Any:
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, type(empty)):
        return value
    log.error("a row cannot be read any more: %d characters that are no %s", len(text), type(empty).__name__)
    return empty


def keepable(text: str) -> str:
    """`text` with what no database takes written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
