"""One turn of the SQLite store: what it reads, and what it gathers to be written in one commit."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Collection
from datetime import date, datetime
from typing import Any

from bot.conversation_id import place_of
from bot.sqlite import Explained
from bot.store import shared_statements as shared
from bot.store import statements as sql
from bot.store.broadcasts import CONSENT
from bot.store.statements import Rows, write_rows
from bot.store.text import dumps, keepable, opened
from bot.store.unit_of_work import UnitOfWork, day, readable
from bot.store.writer import DATABASE

__all__ = ["SqliteTurn", "forgetting"]

EXPLAINED = Explained(DATABASE)


class SqliteTurn(UnitOfWork):
    """A turn in work. Its conversation is this process's, and nobody else's, until it ends."""

    __slots__ = ("_alone_with", "_reader")

    def __init__(
        self,
        reader: sqlite3.Connection,
        chat: str,
        session: str | None,
        used_day: int | None,
        *,
        outbox_empty: bool,
        alone_with: Callable[[str], Awaitable[None]],
    ) -> None:
        """`alone_with` returns when nobody else counts for a unit, until this turn ends."""
        super().__init__(chat, session, used_day, outbox_empty=outbox_empty)
        self._reader = reader
        self._alone_with = alone_with

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        kept = {key: opened(body) for key, body in self._read(sql.RECORDS, (self._chat, kind))}
        return self.changes.records_with(kind, kept)

    async def notice(self, kind: str, key: str, now: datetime) -> dict[str, Any] | None:
        found = self._read(shared.NOTICE, (kind, key, now.timestamp()))
        return self._read_notice(kind, key, *found[0]) if found else None

    async def board(self, kind: str, categories: Collection[str], now: datetime) -> dict[str, dict[str, Any]]:
        values = (kind, dumps(list(categories)), now.timestamp())
        return {key: self._read_notice(kind, key, *rest) for key, *rest in self._read(sql.BOARD, values)}

    async def used(self, unit: str, act: str, day: date) -> int:
        await self._alone_with(unit)
        found = self._read(shared.USED_TODAY, (unit, act, day.isoformat()))
        return self.changes.used_with(unit, act, day, found[0][0] if found else 0)

    def is_due(self, event: str) -> bool:
        return bool(self._read(sql.IS_DUE, (self._chat, event)))

    def in_groups(self) -> list[str]:
        """This person's conversations in groups."""
        return [chat for (chat,) in self._read(sql.IN_GROUPS, {"chat": self._chat})]

    async def elsewhere(self) -> list[dict[str, Any]]:
        return [opened(session) for (session,) in self._read(sql.ELSEWHERE, (self._chat,))]

    async def export(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for name, statement in shared.EXPORT.items():
            out[name] = []
            for chat in (self._chat, *self.in_groups()):
                cursor = self._reader.execute(statement, (chat,))
                columns = [column[0] for column in cursor.description]
                group = {} if chat == self._chat else {"group": place_of(chat)}
                out[name] += [
                    {c: readable(c, value) for c, value in zip(columns, row, strict=True)} | group for row in cursor
                ]
        return out

    def _read(self, statement: str, values: Any) -> list[Any]:
        with EXPLAINED:
            return self._reader.execute(statement, values).fetchall()

    def rows(self, event: str, now: float) -> Rows:
        """What the commit of this turn writes, its values already made."""
        chat, changes = self._chat, self.changes
        quotes = None if self.forgotten else self._quotes
        answer = _json(changes.answer)
        rows = Rows(seen=(event, "" if self.forgotten else chat, now, answer, quotes if answer else None))
        if changes.outbox:
            rows.sends = [(to, int(priority), dumps(body), now, quotes, to) for to, body, priority in changes.outbox]
        if self.forgotten:
            return rows  # its reply is all that is left to write
        if changes.session is not None:
            rows.saved = (chat, dumps(changes.session), now, day(now))
            if self._used_day is not None and self._used_day != day(now):
                rows.others.append((sql.USED, (day(now), chat)))
        if changes.stopped is not None:
            rows.others.append((shared.STOP, (int(changes.stopped), chat)))
        if changes.stopped or any(kind == CONSENT and body is None for (kind, _), body in changes.records.items()):
            rows.others.append((shared.WITHDRAWN, (chat,)))
        if not self.outbox_empty and (changes.stopped is not None or changes.session is not None):
            rows.others.append((shared.STOP_OUTBOX, (int(bool(changes.stopped)), chat)))
        for (kind, key), body in changes.records.items():
            drop, put = (shared.DROP, (chat, kind, key)), (shared.PUT, (chat, kind, key, _json(body), now))
            rows.others.append(drop if body is None else put)
        for (to, name, key), entry in changes.due.items():
            if entry is None:
                rows.others.append((shared.CANCEL, (to, name, key)))
            else:
                due = (to, name, key, f"due:{secrets.token_hex(12)}", entry[0].timestamp(), dumps(entry[1]))
                rows.others.append((shared.SCHEDULE, due))
        for (kind, key), notice in changes.notices.items():
            if notice is None:
                rows.others.append((shared.TAKE_DOWN, (kind, key, chat)))
            else:
                until = notice.until.timestamp()
                rows.others.append((shared.POST, (kind, key, chat, notice.category, dumps(notice.body), now, until)))
        for kind, key, name, due_key, due_at, data in changes.told:
            told = (name, due_key, f"due:{secrets.token_hex(12)}", due_at.timestamp(), dumps(data))
            rows.others.append((sql.TELL, (*told, kind, key)))
        rows.others += [(shared.REMOVE, named) for named in changes.removed]
        rows.others += [(shared.USE, (unit, act, day.isoformat())) for unit, act, day in changes.uses]
        if changes.parked is not None:
            raw, error = map(keepable, changes.parked)
            rows.others += [(shared.PARK, (event, chat, raw, error, now)), (shared.PARK_DUE, (chat, event))]
        rows.others += [(shared.MISUNDERSTOOD, (*said, day(now), said[0])) for said in changes.misunderstood]
        rows.others += [(shared.VOTE, (answer, int(useful), int(not useful))) for answer, useful in changes.votes]
        return rows


def forgetting(chat: str, rows: Rows, unquotes: Collection[str] = ()) -> Callable[[sqlite3.Connection], None]:
    """The commit of a turn that erases a person, in groups too. What it sends is the last word."""
    now = rows.seen[2] if rows.seen else 0.0

    def job(db: sqlite3.Connection) -> None:
        chats = [chat, *(found for (found,) in db.execute(sql.IN_GROUPS, {"chat": chat}))]
        for statement in sql.FORGET:
            db.executemany(statement, [(one,) for one in chats])
        for statement in sql.UNQUOTE:
            db.executemany(statement, [(name,) for name in unquotes])
        if any(send[0] == chat for send in rows.sends):
            db.execute(shared.ERASED, (chat, now, day(now)))
        write_rows(db, [rows])

    return job


def _json(value: Any) -> str | None:
    return None if value is None else dumps(value)
