"""The SQL that only SQLite runs, and what an ordinary turn writes as rows, so that many turns are written as one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from bot.store import shared_statements as shared
from bot.store.schema import in_group, member

__all__ = ["Rows", "write_rows"]

# At the start of every turn; served by the primary keys of seen and conversation and by outbox_chat.
BEGIN_TURN = """
SELECT (SELECT coalesce(answer, '[]') FROM seen WHERE event = :event AND chat IN (:chat, '') ORDER BY chat DESC),
       (SELECT chat = '' FROM seen WHERE event = :event AND chat IN (:chat, '') ORDER BY chat DESC),
       (SELECT session FROM conversation WHERE chat = :chat),
       (SELECT used_day FROM conversation WHERE chat = :chat),
       EXISTS (SELECT 1 FROM outbox WHERE chat = :chat)
"""

# At the end of a turn: (head, one row, tail), so that the rows of many turns go in one statement.
SAVE = (
    "INSERT INTO conversation (chat, session, used_at, used_day) VALUES",
    "(?, ?, ?, ?)",
    "ON CONFLICT (chat) DO UPDATE SET session = excluded.session, used_at = excluded.used_at, stopped = 0, erased = 0",
)
SENT = ("DELETE FROM outbox WHERE id IN (", "?", ")")

USED = "UPDATE conversation SET used_day = ? WHERE chat = ?"
RECORDS = "SELECT key, body FROM record WHERE chat = ? AND kind = ? ORDER BY key"
TELL = """
INSERT OR REPLACE INTO due (chat, name, key, event, due_at, body)
SELECT chat, ?, ?, ?, ?, ? FROM notice WHERE kind = ? AND key = ?
"""
BOARD = """
SELECT key, body, chat FROM notice
WHERE kind = ? AND shelf IN (SELECT value FROM json_each(?)) AND until > ? ORDER BY at DESC, key LIMIT 500
"""
IS_DUE = "SELECT 1 FROM due WHERE chat = ? AND event = ?"

# The replies that hold somebody's words. What was seen with them stays, without its answer.
UNQUOTE = (
    "DELETE FROM outbox WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
    "DELETE FROM refused WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
    "UPDATE seen SET answer = NULL, quotes = NULL WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
)
FORGET = (*shared.FORGET, *UNQUOTE)
# One person's conversations in groups: the first served by conversation_member, the others by tables that are small.
IN_GROUPS = " UNION ".join(
    f"SELECT chat FROM {table} WHERE {in_group('chat')} AND {member('chat')} = :chat"  # noqa: S608 - constants
    for table in ("conversation", "parked", "outbox")
)
ELSEWHERE = f"""
SELECT session FROM conversation WHERE {in_group("chat")} AND {member("chat")} = ? AND session IS NOT NULL
"""  # noqa: S608 - constants
ERASED_CHATS = "SELECT chat FROM conversation WHERE erased = 1"

# When the sender looks for work; served by outbox_next.
TAKE = """
SELECT id, chat, body, attempts, lane FROM outbox
WHERE substr(chat, 1, instr(chat, ':') - 1) = :channel AND lane = :lane AND stopped = 0
  AND id NOT IN (SELECT value FROM json_each(:in_hand)) AND chat NOT IN (SELECT value FROM json_each(:without))
ORDER BY id LIMIT :limit
"""

# Served by due_due_at.
DUE = """
SELECT chat, name, key, event, due_at, body FROM due LEFT JOIN conversation USING (chat)
WHERE due_at <= ? AND coalesce(conversation.stopped, 0) = 0 AND event NOT IN (SELECT value FROM json_each(?))
ORDER BY due_at LIMIT ?
"""

SIZES = (64, 16, 4, 1)
"""Rows in a statement: a few sizes only, so that each is prepared once."""


@dataclass(slots=True)
class Rows:
    """What an ordinary turn or delivery writes. The rows of many are written together (`write_rows`)."""

    seen: tuple[Any, ...] | None = None
    saved: tuple[Any, ...] | None = None
    sends: Sequence[tuple[Any, ...]] = ()
    sent: int | None = None
    others: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


def write_rows(connection: sqlite3.Connection, many: Sequence[Rows]) -> None:
    """Write the rows of many turns of different people: as few statements as there are kinds of them."""
    _insert(connection, shared.SEE, [rows.seen for rows in many if rows.seen is not None])
    _insert(connection, SAVE, [rows.saved for rows in many if rows.saved is not None])
    _insert(connection, shared.SEND, [send for rows in many for send in rows.sends])
    _insert(connection, SENT, [(rows.sent,) for rows in many if rows.sent is not None])
    for rows in many:
        for statement, values in rows.others:
            connection.execute(statement, values)


def _insert(connection: sqlite3.Connection, template: tuple[str, str, str], rows: list[tuple[Any, ...]]) -> None:
    start = 0
    for size in SIZES:
        while len(rows) - start >= size:
            chunk = rows[start : start + size]
            connection.execute(_statement(template, size), chunk[0] if size == 1 else tuple(chain(*chunk)))
            start += size


@cache
def _statement(template: tuple[str, str, str], size: int) -> str:
    head, row, tail = template
    return " ".join((head, ", ".join([row] * size), tail))
