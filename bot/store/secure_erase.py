"""Erasing for good: overwrites what SQLite leaves behind in its files.

`secure_delete` overwrites a row where it is deleted. But a row that moved before, when its page was split or merged,
has left a copy in the gap of the page that it came from, and older versions of a page are in the write-ahead log. So
the log is emptied, and then every gap of every page is overwritten in the file itself. A gap holds nothing: killed at
any byte of this, the database is as good as before. In a file that shrinks by itself (`auto_vacuum`) some pages are a
map of the others, and look like anything: they hold only numbers, and are left alone.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from enum import Enum
from pathlib import Path

__all__ = ["Progress", "SecureEraser"]

AT_ONCE = 2_048
"""Pages in one step; turns get in between two steps."""
PAGE_KINDS = {2: 12, 5: 12, 10: 8, 13: 8}
"""The first byte of a page of a table or an index, and the length of its header. No other page begins with one of these
as long as there are fewer than 16 million pages: what the others begin with is the number of a page."""
MOST_PAGES = 1 << 24
HEADER = struct.Struct(">BHHH")
FREE_BLOCK = struct.Struct(">HH")


PENDING_BYTE = 1 << 30
"""Where SQLite puts its locks: the page around it holds nothing."""


class Progress(Enum):
    """What came of a step: there is more to do, all is done, or another program reads the file just now."""

    MORE = "more"
    DONE = "done"
    BUSY = "busy"


class SecureEraser:
    """Goes through the file of one database, a step at a time, from `begin` until a step is `DONE`.

    Its file stays open until `close`: a process that closes a file loses the locks that SQLite has on it.
    """

    def __init__(self, path: Path) -> None:
        self._log = path.with_name(path.name + "-wal")
        self._file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        self._next: int | None = None

    @property
    def in_work(self) -> bool:
        return self._next is not None

    def begin(self) -> None:
        """From the first page again."""
        self._next = 0

    def step(self, connection: sqlite3.Connection) -> Progress:
        """Overwrite some more gaps. Afterwards `connection` must be replaced: it may remember them as they were."""
        if self._next is None:
            return Progress.DONE
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return Progress.BUSY
        connection.execute("BEGIN IMMEDIATE")
        try:
            # With the log empty and the right to write ours, nobody writes to the file.
            if self._log.exists() and self._log.stat().st_size:
                return Progress.BUSY
            more = self._overwrite(self._next)
        finally:
            connection.execute("ROLLBACK")
        self._next = self._next + AT_ONCE if more else None
        return Progress.MORE if more else Progress.DONE

    def _overwrite(self, first: int) -> bool:
        """Overwrite the gaps of the pages from `first` on. True if there are pages after these."""
        head = os.pread(self._file, 100, 0)
        (size,) = struct.unpack_from(">H", head, 16)
        size = 65_536 if size == 1 else size
        shrinks = any(head[52:56])
        pages = os.fstat(self._file).st_size // size
        if pages >= MOST_PAGES:
            raise sqlite3.OperationalError("the file is too large to be searched for what was erased")
        content = os.pread(self._file, AT_ONCE * size, first * size)
        nothing = bytes(size)
        for start in range(0, len(content) - size + 1, size):
            number = first + start // size + 1
            if number == PENDING_BYTE // size + 1 or (shrinks and _is_map(number, size, size - head[20])):
                continue
            header = start + 100 if number == 1 else start
            for begin, end in _gaps(content, start, header, size):
                if content[begin:end] != nothing[: end - begin]:
                    os.pwrite(self._file, nothing[: end - begin], first * size + begin)
        os.fsync(self._file)
        return first + AT_ONCE < pages

    def close(self) -> None:
        """Only after every connection of this process is closed."""
        os.close(self._file)


def _is_map(number: int, size: int, usable: int) -> bool:
    """Whether the page of this number maps those that follow it, five bytes for each. The first is the second page."""
    if number < 2:
        return False
    together = usable // 5 + 1
    place = (number - 2) // together * together + 2
    return number == (place + 1 if place == PENDING_BYTE // size + 1 else place)


def _gaps(content: bytes, start: int, header: int, size: int) -> list[tuple[int, int]]:
    """Where nothing is, in the page that begins at `start` and whose header is at `header`."""
    kind, free, cells, first_cell = HEADER.unpack_from(content, header)
    if kind not in PAGE_KINDS:
        return []
    gaps = [(header + PAGE_KINDS[kind] + 2 * cells, start + (first_cell or 65_536))]
    while free:
        following, length = FREE_BLOCK.unpack_from(content, start + free)
        gaps.append((start + free + FREE_BLOCK.size, start + free + length))
        if following <= free:
            break
        free = following
    return [(begin, end) for begin, end in gaps if header < begin < end <= start + size]
