"""JSON as the stores keep it. Whatever a person's device sent can be kept: lone surrogates and NUL included."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["dumps", "keepable", "loads"]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
loads = json.loads


def dumps(value: Any) -> str:
    """`value` as compact JSON that any database takes."""
    text = _encode(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:  # half a character
            return json.dumps(value, separators=(",", ":"))
    return text


def keepable(text: str) -> str:
    """`text` with what no database takes written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
