"""One turn of the SQLite store: what it reads, and what it gathers to be written in one commit."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.store import Changes
from bot.store import statements as sql
from bot.store.statements import Rows, write_rows
from bot.store.text import dumps, loads

__all__ = ["SqliteTurn", "day", "forgetting"]


class SqliteTurn:
    """A turn in work: reads the file, gathers what is to be written."""

    __slots__ = ("_chat", "_reader", "_used_day", "changes", "forgotten", "outbox_empty", "session")

    def __init__(
        self, reader: sqlite3.Connection, chat: str, session: str | None, used_day: int | None, outbox_empty: bool
    ) -> None:
        self._reader = reader
        self._chat = chat
        self._used_day = used_day
        self.session: dict[str, Any] | None = loads(session) if session else None
        self.outbox_empty = outbox_empty
        self.changes = Changes()
        self.forgotten = False

    def save(self, session: dict[str, Any]) -> None:
        self.changes.session = session

    def send(self, body: dict[str, Any], *, chat: str | None = None, lane: int = 0) -> None:
        self.changes.outbox.append((chat or self._chat, body, lane))

    def answer(self, replies: Sequence[dict[str, Any]]) -> None:
        self.changes.answer = replies

    def put(self, kind: str, key: str, body: dict[str, Any]) -> None:
        self.changes.records[kind, key] = body

    def drop(self, kind: str, key: str) -> None:
        self.changes.records[kind, key] = None

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        kept = {key: loads(body) for key, body in self._reader.execute(sql.RECORDS, (self._chat, kind))}
        return self.changes.records_with(kind, kept)

    def schedule(self, name: str, key: str, due_at: datetime, data: dict[str, Any]) -> None:
        self.changes.due[name, key] = (due_at, data)

    def cancel(self, name: str, key: str) -> None:
        self.changes.due[name, key] = None

    def is_due(self, event: str) -> bool:
        return self._reader.execute(sql.IS_DUE, (self._chat, event)).fetchone() is not None

    def stop(self, stopped: bool) -> None:
        self.changes.stopped = stopped

    async def export(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for name, statement in sql.EXPORT.items():
            cursor = self._reader.execute(statement, (self._chat,))
            columns = [column[0] for column in cursor.description]
            out[name] = [
                {column: _readable(column, value) for column, value in zip(columns, row, strict=True)} for row in cursor
            ]
        return out

    def forget(self) -> None:
        self.forgotten = True

    def rows(self, event: str, now: float) -> Rows:
        """What the commit of this turn writes, its values already made."""
        chat, changes = self._chat, self.changes
        rows = Rows(seen=(event, "" if self.forgotten else chat, now, _json(changes.answer)))
        if changes.outbox:
            rows.sends = [(to, lane, dumps(body), now, to) for to, body, lane in changes.outbox]
        if self.forgotten:
            return rows  # its reply is all that is left to write
        if changes.session is not None:
            rows.saved = (chat, dumps(changes.session), now, day(now))
            if self._used_day is not None and self._used_day != day(now):
                rows.others.append((sql.USED, (day(now), chat)))
        if changes.stopped is not None:
            rows.others.append((sql.STOP, (int(changes.stopped), chat)))
        if not self.outbox_empty and (changes.stopped is not None or changes.session is not None):
            rows.others.append((sql.STOP_OUTBOX, (int(bool(changes.stopped)), chat)))
        for (kind, key), body in changes.records.items():
            drop, put = (sql.DROP, (chat, kind, key)), (sql.PUT, (chat, kind, key, _json(body), now))
            rows.others.append(drop if body is None else put)
        for (name, key), entry in changes.due.items():
            if entry is None:
                rows.others.append((sql.CANCEL, (chat, name, key)))
            else:
                due = (chat, name, key, f"due:{secrets.token_hex(12)}", entry[0].timestamp(), dumps(entry[1]))
                rows.others.append((sql.SCHEDULE, due))
        return rows


def forgetting(chat: str, rows: Rows) -> Callable[[sqlite3.Connection], None]:
    """The commit of a turn that erases a person. What it sends is the last word."""
    now = rows.seen[2] if rows.seen else 0.0

    def job(db: sqlite3.Connection) -> None:
        for statement in sql.FORGET:
            db.execute(statement, (chat,))
        if any(send[0] == chat for send in rows.sends):
            db.execute(sql.ERASED, (chat, now, day(now)))
        write_rows(db, [rows])

    return job


def day(instant: float) -> int:
    """The day of an instant, in days since 1970."""
    return int(instant // 86_400)


def _json(value: Any) -> str | None:
    return None if value is None else dumps(value)


def _readable(column: str, value: Any) -> Any:
    """An exported value as a person would read it: JSON opened, instants as ISO dates."""
    if column in ("session", "body", "answer") and value is not None:
        return loads(value)
    if column in ("at", "due_at", "used_at") and value is not None:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    return value
