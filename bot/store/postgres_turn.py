"""One turn of the PostgreSQL store: what was read when it began, and what it gathers to be written in one commit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import psycopg

from bot.conversation_id import place_of
from bot.store.broadcasts import CONSENT
from bot.store.text import dumps, keepable, opened
from bot.store.unit_of_work import UnitOfWork, day, readable

__all__ = ["EXPORT", "FORGET", "PostgresTurn", "Statement"]

Statement = tuple[str, Sequence[Any]]

SEE = "INSERT INTO seen (event, chat, at, answer, quotes) VALUES (%s, %s, %s, %s, %s)"
# What most turns write, in one statement; `used_day` is left alone on the same day, and with it its index.
SAVE = """
WITH handled AS (INSERT INTO seen (event, chat, at, answer, quotes) VALUES (%s, %s, %s, %s, %s))
UPDATE conversation
SET session = %s, used_at = %s, free_at = coalesce(clock_timestamp() + make_interval(secs => %s), free_at),
    stopped = 0, erased = 0, used_day = %s
WHERE chat = %s
"""
SAVE_SAME_DAY = """
WITH handled AS (INSERT INTO seen (event, chat, at, answer, quotes) VALUES (%s, %s, %s, %s, %s))
UPDATE conversation
SET session = %s, used_at = %s, free_at = coalesce(clock_timestamp() + make_interval(secs => %s), free_at),
    stopped = 0, erased = 0
WHERE chat = %s
"""
SEND = """
INSERT INTO outbox (chat, lane, body, at, quotes, stopped)
VALUES (%s, %s, %s, %s, %s, coalesce((SELECT stopped FROM conversation WHERE chat = %s), 0))
"""
STOP = "UPDATE conversation SET stopped = %s WHERE chat = %s"
STOP_OUTBOX = "UPDATE outbox SET stopped = %s WHERE chat = %s"
PUT = """
INSERT INTO record (chat, kind, key, body, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (chat, kind, key) DO UPDATE SET body = excluded.body, at = excluded.at
"""
DROP = "DELETE FROM record WHERE chat = %s AND kind = %s AND key = %s"
SCHEDULE = """
INSERT INTO due (chat, name, key, event, due_at, body) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (chat, name, key) DO UPDATE SET event = excluded.event, due_at = excluded.due_at, body = excluded.body
"""
CANCEL = "DELETE FROM due WHERE chat = %s AND name = %s AND key = %s"
POST = """
INSERT INTO notice (kind, key, chat, shelf, body, at, until) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, key) DO UPDATE SET shelf = excluded.shelf, body = excluded.body, at = excluded.at,
                                      until = excluded.until
WHERE notice.chat = excluded.chat
"""
TAKE_DOWN = "DELETE FROM notice WHERE kind = %s AND key = %s AND chat = %s"
REMOVE = "DELETE FROM notice WHERE kind = %s AND key = %s"
# Of what was not understood a bounded number is kept; what is there already is counted.
MISUNDERSTOOD = """
INSERT INTO misunderstood (text, language, topic, count, day)
SELECT %s, %s, %s, 1, %s
WHERE (SELECT count(*) FROM misunderstood) < 1000 OR EXISTS (SELECT 1 FROM misunderstood WHERE text = %s)
ON CONFLICT (text) DO UPDATE SET count = misunderstood.count + 1, day = excluded.day
"""
# The notice is held until the commit: its owner, erased at this very moment, is either told before or not at all.
TELL = """
WITH told AS (SELECT chat FROM notice WHERE kind = %s AND key = %s FOR KEY SHARE)
INSERT INTO due (chat, name, key, event, due_at, body) SELECT chat, %s, %s, %s, %s, %s FROM told
ON CONFLICT (chat, name, key) DO UPDATE SET event = excluded.event, due_at = excluded.due_at, body = excluded.body
"""
PARK = """
INSERT INTO parked (event, chat, raw, error, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (event) DO UPDATE SET raw = excluded.raw, error = excluded.error, at = excluded.at
"""
PARK_DUE = "DELETE FROM due WHERE chat = %s AND event = %s"
# Nobody else counts for this unit until the turn ends.
COUNT_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allie:use:' || %s, 0))"
USED_TODAY = "SELECT count FROM daily_use WHERE unit = %s AND act = %s AND day = %s"
USE = """
INSERT INTO daily_use (unit, act, day, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (unit, act, day) DO UPDATE SET count = daily_use.count + 1
"""
NOTICE = "SELECT body, chat FROM notice WHERE kind = %s AND key = %s AND until > %s"
BOARD = """
SELECT key, body, chat FROM notice
WHERE kind = %s AND shelf = ANY(%s) AND until > %s ORDER BY at DESC, key LIMIT 500
"""
# The consent to news ended, or the person left: what waits of broadcasts goes.
WITHDRAWN = "DELETE FROM outbox WHERE chat = %s AND lane >= 2"
UNUSED = "DELETE FROM conversation WHERE chat = %s"
# The replies that hold somebody's words. What was seen with them stays, without its answer.
UNQUOTE = tuple(
    f"{act} WHERE quotes IS NOT NULL AND position(to_json(%s::text)::text IN quotes) > 0"
    for act in ("DELETE FROM outbox", "DELETE FROM refused", "UPDATE seen SET answer = NULL, quotes = NULL")
)
# One person's conversations in groups: the first served by conversation_member, the others by tables that are small.
IN_GROUPS = " UNION ".join(
    f"SELECT chat FROM {table} WHERE split_part(chat, ':', 3) <> ''"  # noqa: S608 - constants
    " AND split_part(chat, ':', 1) || ':' || split_part(chat, ':', 3) = %(chat)s"
    for table in ("conversation", "parked", "outbox")
)
ELSEWHERE = """
SELECT session FROM conversation
WHERE split_part(chat, ':', 3) <> '' AND split_part(chat, ':', 1) || ':' || split_part(chat, ':', 3) = %s
  AND session IS NOT NULL
"""
LOCK_ALL = "SELECT 1 FROM conversation WHERE chat = ANY(%s) ORDER BY chat FOR UPDATE"
FORGET = (
    # the last that a broadcast came to: it stands at the one before instead
    """
    UPDATE broadcast SET after = coalesce(
        (SELECT max(chat) FROM record WHERE kind = 'news' AND key = 'on' AND chat < broadcast.after), ''
    ) WHERE after = %s
    """,
    "DELETE FROM conversation WHERE chat = %s",
    "DELETE FROM outbox WHERE chat = %s",
    "DELETE FROM refused WHERE chat = %s",
    "DELETE FROM record WHERE chat = %s",
    "DELETE FROM notice WHERE chat = %s",
    "DELETE FROM due WHERE chat = %s",
    "DELETE FROM parked WHERE chat = %s",
    """
    DELETE FROM seen WHERE chat = %s AND EXISTS (
        SELECT 1 FROM seen AS other WHERE other.event = seen.event AND other.chat = ''
    )
    """,
    "UPDATE seen SET chat = '', answer = NULL, quotes = NULL WHERE chat = %s",
    *UNQUOTE,
)
ERASED = "INSERT INTO conversation (chat, erased, used_at, used_day) VALUES (%s, 1, %s, %s)"
EXPORT = {
    "conversation": "SELECT session, stopped, used_at FROM conversation WHERE chat = %s",
    "waiting_replies": "SELECT body, at FROM outbox WHERE chat = %s ORDER BY id",
    "refused_replies": "SELECT body, reason, at FROM refused WHERE chat = %s ORDER BY id",
    "records": "SELECT kind, key, body, at FROM record WHERE chat = %s ORDER BY kind, key",
    "notices": "SELECT kind, key, shelf, body, at, until FROM notice WHERE chat = %s ORDER BY kind, key",
    "reminders": "SELECT name, key, due_at, body FROM due WHERE chat = %s ORDER BY due_at",
    "failed_messages": "SELECT raw, error, at FROM parked WHERE chat = %s ORDER BY at",
    "last_answers": "SELECT at, answer FROM seen WHERE chat = %s AND answer IS NOT NULL ORDER BY at",
}


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
        cursor = await self._connection.execute(NOTICE.encode(), (kind, key, now.timestamp()))
        row = await cursor.fetchone()
        return self._read_notice(kind, key, *row) if row else None

    async def board(self, kind: str, categories: Collection[str], now: datetime) -> dict[str, dict[str, Any]]:
        cursor = await self._connection.execute(BOARD.encode(), (kind, list(categories), now.timestamp()))
        return {key: self._read_notice(kind, key, *rest) for key, *rest in await cursor.fetchall()}

    async def used(self, unit: str, act: str, day: date) -> int:
        await self._connection.execute(COUNT_ALONE, (unit,))
        cursor = await self._connection.execute(USED_TODAY, (unit, act, day.isoformat()))
        row = await cursor.fetchone()
        return self.changes.used_with(unit, act, day, int(row[0]) if row else 0)

    def is_due(self, event: str) -> bool:
        return event in self._due

    async def in_groups(self, *, locked: bool = False) -> list[str]:
        """This person's conversations in groups; with `locked`, no turn of them is in work any more."""
        cursor = await self._connection.execute(IN_GROUPS.encode(), {"chat": self._chat})
        chats = [chat for (chat,) in await cursor.fetchall()]
        if locked and chats:
            await self._connection.execute(LOCK_ALL, (chats,))
        return chats

    async def elsewhere(self) -> list[dict[str, Any]]:
        cursor = await self._connection.execute(ELSEWHERE, (self._chat,))
        return [opened(session) for (session,) in await cursor.fetchall()]

    async def export(self) -> dict[str, Any]:
        out: dict[str, Any] = {name: [] for name in EXPORT}
        for chat in (self._chat, *await self.in_groups()):
            group = {} if chat == self._chat else {"group": place_of(chat)}
            for name, statement in EXPORT.items():
                if name == "conversation" and self._used_day is None and not group:
                    continue  # its row was made by this turn, to be locked
                cursor = await self._connection.execute(statement.encode(), (chat,))
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
        sends = [(SEND, (to, int(priority), dumps(body), now, quotes, to)) for to, body, priority in changes.outbox]
        if self.forgotten:
            last_word = [(ERASED, (chat, now, day(now)))] if any(to == chat for to, _, _ in changes.outbox) else []
            return [
                *((statement, (one,)) for one in (chat, *groups) for statement in FORGET),
                *((statement, (name,)) for name in changes.unquotes for statement in UNQUOTE),
                *last_word,
                (SEE, (event, "", now, answer, None)),
                *sends,
            ]
        seen = (event, chat, now, answer, quotes if answer else None)
        out: list[Statement] = []
        if changes.session is None:
            out.append((SEE, seen))
        elif self._used_day == day(now):
            out.append((SAVE_SAME_DAY, (*seen, dumps(changes.session), now, changes.cooldown, chat)))
        else:
            out.append((SAVE, (*seen, dumps(changes.session), now, changes.cooldown, day(now), chat)))
        if changes.session is None and self._used_day is None:
            out.append((UNUSED, (chat,)))  # the row was made only to be locked
        if changes.stopped is not None:
            out.append((STOP, (int(changes.stopped), chat)))
        if changes.stopped or any(kind == CONSENT and body is None for (kind, _), body in changes.records.items()):
            out.append((WITHDRAWN, (chat,)))
        if not self.outbox_empty and (changes.stopped is not None or changes.session is not None):
            out.append((STOP_OUTBOX, (int(bool(changes.stopped)), chat)))
        for (kind, key), body in changes.records.items():
            out.append((DROP, (chat, kind, key)) if body is None else (PUT, (chat, kind, key, dumps(body), now)))
        for (to, name, key), entry in changes.due.items():
            if entry is None:
                out.append((CANCEL, (to, name, key)))
            else:
                due = (to, name, key, f"due:{secrets.token_hex(12)}", entry[0].timestamp(), dumps(entry[1]))
                out.append((SCHEDULE, due))
        for (kind, key), notice in changes.notices.items():
            if notice is None:
                out.append((TAKE_DOWN, (kind, key, chat)))
            else:
                until = notice.until.timestamp()
                out.append((POST, (kind, key, chat, notice.category, dumps(notice.body), now, until)))
        for kind, key, name, due_key, due_at, data in changes.told:
            told = (name, due_key, f"due:{secrets.token_hex(12)}", due_at.timestamp(), dumps(data))
            out.append((TELL, (kind, key, *told)))
        out += [(REMOVE, named) for named in changes.removed]
        out += [(USE, (unit, act, day.isoformat())) for unit, act, day in changes.uses]
        if changes.parked is not None:
            raw, error = map(keepable, changes.parked)
            out += [(PARK, (event, chat, raw, error, now)), (PARK_DUE, (chat, event))]
        out += [(MISUNDERSTOOD, (*said, day(now), said[0])) for said in changes.misunderstood]
        return [*out, *sends]
