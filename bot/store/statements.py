"""The SQL of the SQLite store, and what an ordinary turn writes as rows, so that many turns are written as one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from bot.store.schema import PERSONAL_TABLES, in_group, member

__all__ = ["Rows", "write_rows"]

# At the start of every turn; served by the primary keys of seen and conversation and by outbox_chat.
BEGIN_TURN = """
SELECT (SELECT coalesce(answer, '[]') FROM seen WHERE event = :event AND chat IN (:chat, '') ORDER BY chat DESC),
       (SELECT chat = '' FROM seen WHERE event = :event AND chat IN (:chat, '') ORDER BY chat DESC),
       (SELECT session FROM conversation WHERE chat = :chat),
       (SELECT used_day FROM conversation WHERE chat = :chat),
       EXISTS (SELECT 1 FROM outbox WHERE chat = :chat)
"""
SEEN = "SELECT coalesce(answer, '[]'), chat = '' FROM seen WHERE event = ? AND chat IN (?, '') ORDER BY chat DESC"

# At the end of every turn: (head, one row, tail), so that the rows of many turns go in one statement.
SEE = ("INSERT INTO seen (event, chat, at, answer, quotes) VALUES", "(?, ?, ?, ?, ?)", "")
SAVE = (
    "INSERT INTO conversation (chat, session, used_at, used_day) VALUES",
    "(?, ?, ?, ?)",
    "ON CONFLICT (chat) DO UPDATE SET session = excluded.session, used_at = excluded.used_at, stopped = 0, erased = 0",
)
SEND = (
    "INSERT INTO outbox (chat, lane, body, at, quotes, stopped) VALUES",
    "(?, ?, ?, ?, ?, coalesce((SELECT stopped FROM conversation WHERE chat = ?), 0))",
    "",
)
SENT = ("DELETE FROM outbox WHERE id IN (", "?", ")")

USED = "UPDATE conversation SET used_day = ? WHERE chat = ?"
STOP = "UPDATE conversation SET stopped = ? WHERE chat = ?"
STOP_OUTBOX = "UPDATE outbox SET stopped = ? WHERE chat = ?"
PUT = "INSERT OR REPLACE INTO record (chat, kind, key, body, at) VALUES (?, ?, ?, ?, ?)"
DROP = "DELETE FROM record WHERE chat = ? AND kind = ? AND key = ?"
RECORDS = "SELECT key, body FROM record WHERE chat = ? AND kind = ? ORDER BY key"
SCHEDULE = "INSERT OR REPLACE INTO due (chat, name, key, event, due_at, body) VALUES (?, ?, ?, ?, ?, ?)"
CANCEL = "DELETE FROM due WHERE chat = ? AND name = ? AND key = ?"
POST = """
INSERT INTO notice (kind, key, chat, shelf, body, at, until) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET shelf = excluded.shelf, body = excluded.body, at = excluded.at,
                                      until = excluded.until
WHERE chat = excluded.chat
"""
TAKE_DOWN = "DELETE FROM notice WHERE kind = ? AND key = ? AND chat = ?"
REMOVE = "DELETE FROM notice WHERE kind = ? AND key = ?"
TELL = """
INSERT OR REPLACE INTO due (chat, name, key, event, due_at, body)
SELECT chat, ?, ?, ?, ?, ? FROM notice WHERE kind = ? AND key = ?
"""
NOTICE = "SELECT body, chat FROM notice WHERE kind = ? AND key = ? AND until > ?"
BOARD = """
SELECT key, body, chat FROM notice
WHERE kind = ? AND shelf IN (SELECT value FROM json_each(?)) AND until > ? ORDER BY at DESC, key LIMIT 500
"""
USED_TODAY = "SELECT count FROM daily_use WHERE unit = ? AND act = ? AND day = ?"
USE = """
INSERT INTO daily_use (unit, act, day, count) VALUES (?, ?, ?, 1)
ON CONFLICT (unit, act, day) DO UPDATE SET count = count + 1
"""
IS_DUE = "SELECT 1 FROM due WHERE chat = ? AND event = ?"

# Of what was not understood a bounded number is kept; what is there already is counted.
MISUNDERSTOOD = """
INSERT INTO misunderstood (text, language, topic, count, day)
SELECT ?, ?, ?, 1, ?
WHERE (SELECT count(*) FROM misunderstood) < 1000 OR EXISTS (SELECT 1 FROM misunderstood WHERE text = ?)
ON CONFLICT (text) DO UPDATE SET count = misunderstood.count + 1, day = excluded.day
"""
CLEAN_MISUNDERSTOOD = "DELETE FROM misunderstood WHERE day < ?"

# The consent to news ended, or the person left: what waits of broadcasts goes.
WITHDRAWN = "DELETE FROM outbox WHERE chat = ? AND lane >= 2"
# A person is erased who is the last that a broadcast came to: it stands at the one before instead.
LEFT = """
UPDATE broadcast SET after = coalesce(
    (SELECT max(chat) FROM record WHERE kind = 'news' AND key = 'on' AND chat < broadcast.after), ''
) WHERE after = ?
"""
# The replies that hold somebody's words. What was seen with them stays, without its answer.
UNQUOTE = (
    "DELETE FROM outbox WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
    "DELETE FROM refused WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
    "UPDATE seen SET answer = NULL, quotes = NULL WHERE quotes IS NOT NULL AND instr(quotes, json_quote(?)) > 0",
)
# Forgetting: the ids of what was handled stay, so that a repeated delivery is not taken for a new one.
FORGET = (
    LEFT,
    *(f"DELETE FROM {table} WHERE chat = ?" for table in PERSONAL_TABLES),  # noqa: S608 - constants
    "UPDATE OR REPLACE seen SET chat = '', answer = NULL, quotes = NULL WHERE chat = ?",
    *UNQUOTE,
)
# One person's conversations in groups: the first served by conversation_member, the others by tables that are small.
IN_GROUPS = " UNION ".join(
    f"SELECT chat FROM {table} WHERE {in_group('chat')} AND {member('chat')} = :chat"  # noqa: S608 - constants
    for table in ("conversation", "parked", "outbox")
)
ELSEWHERE = f"""
SELECT session FROM conversation WHERE {in_group("chat")} AND {member("chat")} = ? AND session IS NOT NULL
"""  # noqa: S608 - constants
ERASED = "INSERT INTO conversation (chat, erased, used_at, used_day) VALUES (?, 1, ?, ?)"
ERASED_CHATS = "SELECT chat FROM conversation WHERE erased = 1"
LAST_WORD = (
    "DELETE FROM refused WHERE chat IN (SELECT chat FROM conversation WHERE chat = ? AND erased = 1)",
    """
    DELETE FROM conversation WHERE chat = ? AND erased = 1
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
    """,
)

# When the sender looks for work; served by outbox_next.
TAKE = """
SELECT id, chat, body, attempts, lane FROM outbox
WHERE substr(chat, 1, instr(chat, ':') - 1) = :channel AND lane = :lane AND stopped = 0
  AND id NOT IN (SELECT value FROM json_each(:in_hand)) AND chat NOT IN (SELECT value FROM json_each(:without))
ORDER BY id LIMIT :limit
"""
KNOWS = "SELECT 1 FROM conversation WHERE chat = ? AND erased = 0"
WAITING = "SELECT id, chat, body, attempts, lane FROM outbox WHERE chat = ? AND lane < 3 ORDER BY lane, id LIMIT 100"
TRIED = "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?"
REFUSE = """
INSERT OR REPLACE INTO refused (id, chat, body, reason, at, quotes)
SELECT id, chat, body, ?, ?, quotes FROM outbox WHERE id = ?
"""
GONE = "UPDATE conversation SET stopped = 1 WHERE chat = ? AND used_at <= ?"
GONE_OUTBOX = """
UPDATE outbox SET stopped = 1
WHERE chat = :chat AND coalesce((SELECT stopped FROM conversation WHERE chat = :chat), 1) = 1
"""

# Served by due_due_at.
DUE = """
SELECT chat, name, key, event, due_at, body FROM due LEFT JOIN conversation USING (chat)
WHERE due_at <= ? AND coalesce(conversation.stopped, 0) = 0 AND event NOT IN (SELECT value FROM json_each(?))
ORDER BY due_at LIMIT ?
"""
FAILED = """
INSERT INTO attempt (event, count, at) VALUES (?, 1, ?)
ON CONFLICT (event) DO UPDATE SET count = count + 1, at = excluded.at
RETURNING count
"""
PARK = "INSERT OR REPLACE INTO parked (event, chat, raw, error, at) VALUES (?, ?, ?, ?, ?)"
PARK_DUE = "DELETE FROM due WHERE chat = ? AND event = ?"

# Periodic cleaning: its name, what says for how long it is kept, and the statement, run a batch at a time and served by
# the index of its column where the table is large.
# Served by record_at.
OLD_FAVOURITES = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind <> 'draft' AND at < ? LIMIT ?
)
"""
OLD_DRAFTS = """
DELETE FROM record WHERE (chat, kind, key) IN (
    SELECT chat, kind, key FROM record
    WHERE kind IN ('favourite', 'unwanted', 'draft') AND kind = 'draft' AND at < ? LIMIT ?
)
"""
CLEAN = (
    ("seen", "seen", "DELETE FROM seen WHERE (event, chat) IN (SELECT event, chat FROM seen WHERE at < ? LIMIT ?)"),
    (
        "attempts",
        "seen",
        """
        DELETE FROM attempt WHERE event IN (
            SELECT event FROM attempt WHERE at < ? AND event NOT IN (SELECT event FROM parked) LIMIT ?
        )
        """,
    ),
    ("outbox", "undelivered", "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE at < ? LIMIT ?)"),
    ("refused", "undelivered", "DELETE FROM refused WHERE id IN (SELECT id FROM refused WHERE at < ? LIMIT ?)"),
    ("favourites", "favourites", OLD_FAVOURITES),
    ("drafts", "drafts", OLD_DRAFTS),
    ("parked", "parked", "DELETE FROM parked WHERE event IN (SELECT event FROM parked WHERE at < ? LIMIT ?)"),
    ("notices", "notices", "DELETE FROM notice WHERE rowid IN (SELECT rowid FROM notice WHERE until < ? LIMIT ?)"),
)
# What was counted on a day before, and the keys by which it was.
CLEAN_DAILY = (
    "DELETE FROM daily_use WHERE day < ?",
    "DELETE FROM secret WHERE name LIKE 'day %' AND name < 'day ' || ?",
)
CLEAN_ERASED = """
DELETE FROM conversation WHERE erased = 1
AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = conversation.chat)
"""
# A conversation idle for long goes with all that hangs on it, unless a reminder is still to come.
IDLE = """
SELECT chat FROM conversation
WHERE used_day < ? AND NOT EXISTS (SELECT 1 FROM due WHERE due.chat = conversation.chat) LIMIT ?
"""
IDLE_WITH_REMINDERS = "SELECT chat FROM conversation WHERE used_day < ? LIMIT ?"
COUNTS = {
    "sessions": "SELECT count(*) FROM conversation",
    "outbox": "SELECT count(*) FROM outbox",
    "stopped": "SELECT count(*) FROM outbox WHERE stopped = 1",
    "refused": "SELECT count(*) FROM refused",
    "parked": "SELECT count(*) FROM parked",
    "due": "SELECT count(*) FROM due",
}
EXPORT = {
    "conversation": "SELECT session, stopped, used_at FROM conversation WHERE chat = ?",
    "waiting_replies": "SELECT body, at FROM outbox WHERE chat = ?",
    "refused_replies": "SELECT body, reason, at FROM refused WHERE chat = ?",
    "records": "SELECT kind, key, body, at FROM record WHERE chat = ?",
    "notices": "SELECT kind, key, shelf, body, at, until FROM notice WHERE chat = ?",
    "reminders": "SELECT name, key, due_at, body FROM due WHERE chat = ?",
    "failed_messages": "SELECT raw, error, at FROM parked WHERE chat = ?",
    "last_answers": "SELECT at, answer FROM seen WHERE chat = ? AND answer IS NOT NULL",
}

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
    _insert(connection, SEE, [rows.seen for rows in many if rows.seen is not None])
    _insert(connection, SAVE, [rows.saved for rows in many if rows.saved is not None])
    _insert(connection, SEND, [send for rows in many for send in rows.sends])
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
