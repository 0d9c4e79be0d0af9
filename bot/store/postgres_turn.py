"""One turn of the PostgreSQL store: what was read when it began, and what it gathers to be written in one commit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import psycopg

from bot.conversation_id import place_of
from bot.postgres import marked
from bot.store import postgres_statements as sql
from bot.store import shared_statements as shared
from bot.store.broadcasts import CONSENT
from bot.store.text import dumps, keepable, opened
from bot.store.unit_of_work import UnitOfWork, day, readable

__all__ = ["PostgresTurn", "Statement"]

Statement = tuple[str, Sequence[Any]]


class PostgresTurn(UnitOfWork):
    """A turn in work. The row of its conversation is locked in the transaction of `connection` until it ends."""

    __slots__ = ("_connection", "_due", "_records")

    def __init__(
        self,
        connection: psycopg.AsyncConnection[tuple[Any, ...]],
        chat: str,
        session: str | None,
        used_day: int | None,
        *,
        outbox_empty: bool,
        due: Iterable[str],
        records: Iterable[tuple[str, str, str]],
    ) -> None:
        super().__init__(chat, session, used_day, outbox_empty=outbox_empty)
        self._connection = connection
        self._due = frozenset(due)
        self._records = list(records)

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        kept = {key: opened(body) for record_kind, key, body in self._records if record_kind == kind}
        return self.changes.records_with(kind, kept)

    async def notice(self, kind: str, key: str, now: datetime) -> dict[str, Any] | None:
        cursor = await self._connection.execute(marked(shared.NOTICE), (kind, key, now.timestamp()))
        row = await cursor.fetchone()
        return self._read_notice(kind, key, *row) if row else None

    async def board(self, kind: str, categories: Collection[str], now: datetime) -> dict[str, dict[str, Any]]:
        cursor = await self._connection.execute(marked(sql.BOARD), (kind, list(categories), now.timestamp()))
        return {key: self._read_notice(kind, key, *rest) for key, *rest in await cursor.fetchall()}

    async def used(self, unit: str, act: str, day: date) -> int:
        await self._connection.execute(marked(sql.COUNT_ALONE), (unit,))
        cursor = await self._connection.execute(marked(shared.USED_TODAY), (unit, act, day.isoformat()))
        row = await cursor.fetchone()
        return self.changes.used_with(unit, act, day, int(row[0]) if row else 0)

    def is_due(self, event: str) -> bool:
        return event in self._due

    async def in_groups(self, *, locked: bool = False) -> list[str]:
        """This person's conversations in groups; with `locked`, no turn of them is in work any more."""
        cursor = await self._connection.execute(marked(sql.IN_GROUPS), {"chat": self._chat})
        chats = [chat for (chat,) in await cursor.fetchall()]
        if locked and chats:
            await self._connection.execute(marked(sql.LOCK_ALL), (chats,))
        return chats

    async def elsewhere(self) -> list[dict[str, Any]]:
        cursor = await self._connection.execute(marked(sql.ELSEWHERE), (self._chat,))
        return [opened(session) for (session,) in await cursor.fetchall()]

    async def export(self) -> dict[str, Any]:
        out: dict[str, Any] = {name: [] for name in shared.EXPORT}
        for chat in (self._chat, *await self.in_groups()):
            group = {} if chat == self._chat else {"group": place_of(chat)}
            for name, statement in shared.EXPORT.items():
                if name == "conversation" and self._used_day is None and not group:
                    continue  # its row was made by this turn, to be locked
                cursor = await self._connection.execute(marked(statement), (chat,))
                columns = [column.name for column in cursor.description or ()]
                out[name] += [
                    {c: readable(c, value) for c, value in zip(columns, row, strict=True)} | group
                    for row in await cursor.fetchall()
                ]
        return out

    def statements(self, event: str, now: float, groups: Sequence[str] = ()) -> list[Statement]:
        """What the commit of this turn writes, its values already made. `groups`: the conversations of this person in
        groups, erased with theirs."""
        chat, changes = self._chat, self.changes
        answer = None if changes.answer is None else dumps(changes.answer)
        quotes = None if self.forgotten else self._quotes
        sends = [(sql.SEND, (to, int(priority), dumps(body), now, quotes, to)) for to, body, priority in changes.outbox]
        if self.forgotten:
            last_word = (
                [(shared.ERASED, (chat, now, day(now)))] if any(to == chat for to, _, _ in changes.outbox) else []
            )
            return [
                *((statement, (one,)) for one in (chat, *groups) for statement in sql.FORGET),
                *((statement, (name,)) for name in changes.unquotes for statement in sql.UNQUOTE),
                *last_word,
                (sql.SEE, (event, "", now, answer, None)),
                *sends,
            ]
        seen = (event, chat, now, answer, quotes if answer else None)
        out: list[Statement] = []
        if changes.session is None:
            out.append((sql.SEE, seen))
        elif self._used_day == day(now):
            out.append((sql.SAVE_SAME_DAY, (*seen, dumps(changes.session), now, changes.cooldown, chat)))
        else:
            out.append((sql.SAVE, (*seen, dumps(changes.session), now, changes.cooldown, day(now), chat)))
        if changes.session is None and self._used_day is None:
            out.append((sql.UNUSED, (chat,)))  # the row was made only to be locked
        if changes.stopped is not None:
            out.append((shared.STOP, (int(changes.stopped), chat)))
        if changes.stopped or any(kind == CONSENT and body is None for (kind, _), body in changes.records.items()):
            out.append((shared.WITHDRAWN, (chat,)))
        if not self.outbox_empty and (changes.stopped is not None or changes.session is not None):
            out.append((shared.STOP_OUTBOX, (int(bool(changes.stopped)), chat)))
        for (kind, key), body in changes.records.items():
            out.append(
                (shared.DROP, (chat, kind, key)) if body is None else (shared.PUT, (chat, kind, key, dumps(body), now))
            )
        for (to, name, key), entry in changes.due.items():
            if entry is None:
                out.append((shared.CANCEL, (to, name, key)))
            else:
                due = (to, name, key, f"due:{secrets.token_hex(12)}", entry[0].timestamp(), dumps(entry[1]))
                out.append((shared.SCHEDULE, due))
        for (kind, key), notice in changes.notices.items():
            if notice is None:
                out.append((shared.TAKE_DOWN, (kind, key, chat)))
            else:
                until = notice.until.timestamp()
                out.append((shared.POST, (kind, key, chat, notice.category, dumps(notice.body), now, until)))
        for kind, key, name, due_key, due_at, data in changes.told:
            told = (name, due_key, f"due:{secrets.token_hex(12)}", due_at.timestamp(), dumps(data))
            out.append((sql.TELL, (kind, key, *told)))
        out += [(shared.REMOVE, named) for named in changes.removed]
        out += [(shared.USE, (unit, act, day.isoformat())) for unit, act, day in changes.uses]
        if changes.parked is not None:
            raw, error = map(keepable, changes.parked)
            out += [(shared.PARK, (event, chat, raw, error, now)), (shared.PARK_DUE, (chat, event))]
        out += [(shared.MISUNDERSTOOD, (*said, day(now), said[0])) for said in changes.misunderstood]
        out += [(shared.VOTE, (answer, int(useful), int(not useful))) for answer, useful in changes.votes]
        return [*out, *sends]
