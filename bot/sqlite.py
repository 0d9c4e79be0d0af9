"""What the rooms that keep things in a SQLite file share: what its errors mean."""

from __future__ import annotations

import sqlite3
from types import TracebackType

from bot.errors import Busy, Damaged, StoreError

__all__ = ["Explained", "meaning"]

COME_AGAIN = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""What passes, or what somebody mends from outside: another program holds the file, the disk is full or away, the file
may only be read just now."""
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})


def meaning(error: sqlite3.Error, name: str) -> StoreError | None:
    """What an error of the driver means for whoever asked: `Busy`, come again; `Damaged`, the file called `name` has to
    be replaced (so does one without its tables, which are made as soon as it is opened); None, a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # the driver's own word
        return Busy(f"{name} is closed") if "closed database" in str(error) else None
    if code & 0xFF in COME_AGAIN:
        return Busy(f"{name} cannot be used just now: {error}")
    if code & 0xFF in DAMAGED or "no such table" in str(error):
        return Damaged(f"{name} is damaged ({error}): see `allie doctor`")
    return None


class Explained:
    """`with explained:` has errors of the driver come out as what they mean; a mistake of ours comes out as it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error) and (told := meaning(error, self._name)) is not None:
            raise told from error
