"""The store of one process: a SQLite file in the data folder, created and migrated at start.

Turns of different people run side by side and are committed in groups by one writer (`writer.py`); turns of one person
run one after the other. What a turn reads it reads after its conversation is its own. WAL with `synchronous=FULL`:
a committed turn survives a power cut. Deleted content is overwritten (`secure_delete`).
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import secrets
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, TypeVar

from sqlite_utils import Database

from bot.store import Busy, Changes, DataFolderInUse, Done, DueEvent, Message, Parked, Retention
from bot.store.schema import PERSONAL_TABLES, migrations
from bot.store.writer import Writer, connect

__all__ = ["SqliteStore", "SqliteTurn"]

T = TypeVar("T")

BUSY_AFTER = 2.0
"""Seconds a turn waits for its conversation before the platform is asked to come back."""

# At the start of every turn; served by the primary keys of seen and conversation and by outbox_chat.
BEGIN_TURN = """
SELECT (SELECT coalesce(answer, '[]') FROM seen WHERE event = :event),
       (SELECT chat = '' FROM seen WHERE event = :event),
       (SELECT session FROM conversation WHERE chat = :chat),
       EXISTS (SELECT 1 FROM outbox WHERE chat = :chat)
"""
# At the end of every turn.
SEE = "INSERT INTO seen (event, chat, at, answer) VALUES (?, ?, ?, ?)"
SAVE = """
INSERT INTO conversation (chat, session, used_at) VALUES (:chat, :session, :at)
ON CONFLICT (chat) DO UPDATE SET session = excluded.session, used_at = excluded.used_at, stopped = 0
"""
STOP = """
INSERT INTO conversation (chat, stopped, used_at) VALUES (:chat, :stopped, :at)
ON CONFLICT (chat) DO UPDATE SET stopped = excluded.stopped, used_at = excluded.used_at
"""
SEND = "INSERT INTO outbox (chat, lane, body, at) VALUES (?, ?, ?, ?)"
PUT = "INSERT OR REPLACE INTO record (chat, kind, key, body, at) VALUES (?, ?, ?, ?, ?)"
DROP = "DELETE FROM record WHERE chat = ? AND kind = ? AND key = ?"
RECORDS = "SELECT key, body FROM record WHERE chat = ? AND kind = ? ORDER BY key"
SCHEDULE = "INSERT OR REPLACE INTO due (chat, name, key, due_at, body) VALUES (?, ?, ?, ?, ?)"
CANCEL = "DELETE FROM due WHERE chat = ? AND name = ? AND key = ?"
# When the sender looks for work; served by outbox_lane. A conversation on hold or left is passed over whole.
TAKE = """
SELECT outbox.id, outbox.chat, outbox.body, outbox.attempts, outbox.lane
FROM outbox LEFT JOIN conversation USING (chat)
WHERE outbox.chat > :from AND outbox.chat < :to
  AND coalesce(conversation.stopped, 0) = 0 AND coalesce(conversation.hold_until, 0) <= :now
ORDER BY outbox.lane, outbox.id LIMIT :limit
"""
KNOWS = "SELECT 1 FROM conversation WHERE chat = ?"
WAITING = "SELECT id, chat, body, attempts, lane FROM outbox WHERE chat = ? ORDER BY lane, id LIMIT 100"
HOLD = """
INSERT INTO conversation (chat, hold_until, used_at) VALUES (:chat, :until, :at)
ON CONFLICT (chat) DO UPDATE SET hold_until = excluded.hold_until
"""
TRIED = "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?"
SENT = "DELETE FROM outbox WHERE id = ?"
SET_ASIDE = """
INSERT OR REPLACE INTO refused (id, chat, body, reason, at)
SELECT id, chat, body, ?, ? FROM outbox WHERE id = ?
"""
# Served by due_due_at.
DUE = """
SELECT chat, name, key, due_at, body FROM due
LEFT JOIN conversation USING (chat)
WHERE due_at <= ? AND coalesce(conversation.stopped, 0) = 0 ORDER BY due_at LIMIT ?
"""
FAILED = """
INSERT INTO attempt (event, count, at) VALUES (?, 1, ?)
ON CONFLICT (event) DO UPDATE SET count = count + 1, at = excluded.at
RETURNING count
"""
PARK = "INSERT OR REPLACE INTO parked (event, chat, raw, error, at) VALUES (?, ?, ?, ?, ?)"
# Periodic cleaning, each served by the index of its column.
CLEAN = (
    ("seen", "DELETE FROM seen WHERE at < ?"),
    ("seen", "DELETE FROM attempt WHERE at < ?"),
    ("undelivered", "DELETE FROM outbox WHERE at < ?"),
    ("undelivered", "DELETE FROM refused WHERE at < ?"),
    ("parked", "DELETE FROM parked WHERE at < ?"),
)
# A conversation idle for long goes with all that hangs on it, unless a reminder is still to come.
IDLE = """
SELECT chat FROM conversation
WHERE used_at < ? AND NOT EXISTS (SELECT 1 FROM due WHERE due.chat = conversation.chat) LIMIT 500
"""
COUNTS = {
    "sessions": "SELECT count(*) FROM conversation WHERE session IS NOT NULL",
    "outbox": "SELECT count(*) FROM outbox",
    "refused": "SELECT count(*) FROM refused",
    "parked": "SELECT count(*) FROM parked",
    "due": "SELECT count(*) FROM due",
}
EXPORT = {
    "conversation": "SELECT session, stopped, used_at FROM conversation WHERE chat = ?",
    "waiting_replies": "SELECT body, at FROM outbox WHERE chat = ?",
    "refused_replies": "SELECT body, reason, at FROM refused WHERE chat = ?",
    "records": "SELECT kind, key, body, at FROM record WHERE chat = ?",
    "reminders": "SELECT name, key, due_at, body FROM due WHERE chat = ?",
    "failed_messages": "SELECT raw, error, at FROM parked WHERE chat = ?",
    "last_answers": "SELECT at, answer FROM seen WHERE chat = ? AND answer IS NOT NULL",
}
FORGET = tuple(f"DELETE FROM {table} WHERE chat = ?" for table in PERSONAL_TABLES)  # noqa: S608 - constants


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class SqliteTurn:
    """A turn in work: reads the file, gathers what is to be written."""

    __slots__ = ("_chat", "_reader", "changes", "forgotten", "outbox_empty", "session")

    def __init__(
        self, reader: sqlite3.Connection, chat: str, session: dict[str, Any] | None, outbox_empty: bool
    ) -> None:
        self._reader = reader
        self._chat = chat
        self.session = session
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
        found = {key: json.loads(body) for key, body in self._reader.execute(RECORDS, (self._chat, kind))}
        for (changed_kind, key), body in self.changes.records.items():
            if changed_kind != kind:
                continue
            if body is None:
                found.pop(key, None)
            else:
                found[key] = body
        return found

    def schedule(self, name: str, key: str, due_at: datetime, data: dict[str, Any]) -> None:
        self.changes.due[name, key] = (due_at, data)

    def cancel(self, name: str, key: str) -> None:
        self.changes.due[name, key] = None

    def stop(self, stopped: bool) -> None:
        self.changes.stopped = stopped

    def export(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for name, statement in EXPORT.items():
            cursor = self._reader.execute(statement, (self._chat,))
            columns = [column[0] for column in cursor.description]
            out[name] = [
                {column: _readable(column, value) for column, value in zip(columns, row, strict=True)} for row in cursor
            ]
        return out

    def forget(self) -> None:
        self.forgotten = True


class SqliteStore:
    """See the module. `open` takes the data folder for this process alone; `close` gives it back."""

    def __init__(self, path: Path, lock: IO[str], connection: sqlite3.Connection) -> None:
        self.path = path
        self._lock = lock
        self._reader = connect(path, read_only=True)
        self._writer = Writer(connection)
        self._chats: dict[str, tuple[asyncio.Lock, int]] = {}
        self._in_hand: set[int] = set()
        self._erasing: set[str] = set()
        self.has_outbox = asyncio.Event()
        """Set when a commit put something in the outbox: the sender waits for it."""

    @classmethod
    def open(cls, folder: Path) -> SqliteStore:
        """Create or open the store of a data folder. Raises `DataFolderInUse` if another process has it."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "allie.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise DataFolderInUse(
                f"Another Allié is running on {folder}. Stop it first, or set ALLIE_DATA_DIR to another folder."
            ) from None
        path = folder / "allie.sqlite3"
        connection = connect(path)
        path.chmod(0o600)
        migrations.apply(Database(connection))
        return cls(path, lock, connection)

    async def turn(self, event: str, chat: str, work: Callable[[SqliteTurn], Awaitable[T]], *, at: datetime) -> Done[T]:
        async with self._alone(chat):
            try:
                answer, forgotten, session, waiting = self._reader.execute(
                    BEGIN_TURN, {"event": event, "chat": chat}
                ).fetchone()
            except sqlite3.Error as error:
                raise Busy(f"the database cannot be read: {error}") from error
            if answer is not None:
                return Done(None, True, bool(forgotten), json.loads(answer))
            turn = SqliteTurn(self._reader, chat, json.loads(session) if session else None, not waiting)
            value = await work(turn)
            changes, now = turn.changes, at.timestamp()
            # json is made here and not in the writer, so that what cannot be written fails this turn alone
            job = _turn_job(event, chat, now, changes, forget=turn.forgotten)
            try:
                await self._writer.write(job, truncate=turn.forgotten)
            except sqlite3.IntegrityError:
                # Seen in the meantime, by another hand: its answer stands.
                row = self._reader.execute(BEGIN_TURN, {"event": event, "chat": chat}).fetchone()
                return Done(None, True, bool(row[1]), json.loads(row[0] or "[]"))
            if turn.forgotten and any(to == chat for to, _, _ in changes.outbox):
                self._erasing.add(chat)
            if changes.outbox or changes.stopped is False or changes.session is not None:
                self.has_outbox.set()
            return Done(value)

    @asynccontextmanager
    async def _alone(self, chat: str) -> AsyncIterator[None]:
        lock, users = self._chats.get(chat) or (asyncio.Lock(), 0)
        self._chats[chat] = (lock, users + 1)
        try:
            if lock.locked():
                try:
                    await asyncio.wait_for(lock.acquire(), BUSY_AFTER)
                except TimeoutError:
                    raise Busy("an earlier message of this conversation is still in work") from None
            else:
                await lock.acquire()
            try:
                yield
            finally:
                lock.release()
        finally:
            users = self._chats[chat][1] - 1
            if users:
                self._chats[chat] = (lock, users)
            else:
                del self._chats[chat]

    async def failed(self, event: str) -> int:
        now = datetime.now(UTC).timestamp()
        count: int = await self._writer.write(lambda db: db.execute(FAILED, (event, now)).fetchone()[0])
        return count

    async def park(self, parked: Parked, replies: Sequence[dict[str, Any]], *, outbox: bool) -> None:
        at = parked.at.timestamp()

        def job(db: sqlite3.Connection) -> None:
            db.execute(PARK, (parked.event, parked.chat, parked.raw, parked.error, at))
            db.execute(SEE, (parked.event, parked.chat, at, None if outbox else dumps(replies)))
            if outbox:
                db.executemany(SEND, [(parked.chat, 0, dumps(body), at) for body in replies])

        await self._writer.write(job)
        self.has_outbox.set()

    async def take(self, channel: str, now: datetime, limit: int) -> list[Message]:
        values = {
            "from": f"{channel}:",
            "to": f"{channel};",
            "now": now.timestamp(),
            "limit": limit + len(self._in_hand),
        }
        rows = self._reader.execute(TAKE, values).fetchall()
        taken = [_message(row) for row in rows if row[0] not in self._in_hand][:limit]
        self._in_hand.update(message.id for message in taken)
        return taken

    def release(self, messages: Iterable[Message]) -> None:
        self._in_hand.difference_update(message.id for message in messages)

    async def knows(self, chat: str) -> bool:
        return self._reader.execute(KNOWS, (chat,)).fetchone() is not None

    async def waiting(self, chat: str) -> list[Message]:
        return [_message(row) for row in self._reader.execute(WAITING, (chat,))]

    async def delivered(self, message: Message) -> None:
        erased = message.chat in self._erasing
        await self._writer.write(lambda db: db.execute(SENT, (message.id,)), truncate=erased)
        self._in_hand.discard(message.id)
        if erased:
            self._erasing.discard(message.chat)

    async def delayed(self, message: Message, until: datetime) -> None:
        def job(db: sqlite3.Connection) -> None:
            db.execute(TRIED, (message.id,))
            values = {"chat": message.chat, "until": until.timestamp(), "at": datetime.now(UTC).timestamp()}
            db.execute(HOLD, values)

        await self._writer.write(job)
        self._in_hand.discard(message.id)

    async def refused(self, message: Message, reason: str) -> None:
        now = datetime.now(UTC).timestamp()

        def job(db: sqlite3.Connection) -> None:
            db.execute(SET_ASIDE, (reason, now, message.id))
            db.execute(SENT, (message.id,))

        await self._writer.write(job)
        self._in_hand.discard(message.id)

    async def gone(self, message: Message) -> None:
        values = {"chat": message.chat, "stopped": 1, "at": datetime.now(UTC).timestamp()}
        await self._writer.write(lambda db: db.execute(STOP, values))
        self._in_hand.discard(message.id)

    async def due(self, now: datetime, limit: int) -> list[DueEvent]:
        return [
            DueEvent(
                id=f"due:{chat}:{name}:{key}:{due_at:.0f}",
                chat=chat,
                name=name,
                data={**json.loads(body), "key": key},
                due_at=datetime.fromtimestamp(due_at, UTC),
            )
            for chat, name, key, due_at, body in self._reader.execute(DUE, (now.timestamp(), limit))
        ]

    async def clean(self, now: datetime, retention: Retention) -> None:
        def before(days: int) -> float:
            return (now - timedelta(days=days)).timestamp()

        def job(db: sqlite3.Connection) -> None:
            for kept, statement in CLEAN:
                db.execute(statement, (before(getattr(retention, kept)),))
            for (chat,) in db.execute(IDLE, (before(retention.idle_sessions),)).fetchall():
                for statement in FORGET:
                    db.execute(statement, (chat,))

        await self._writer.write(job, truncate=True)

    async def parked(self) -> list[Parked]:
        rows = self._reader.execute("SELECT event, chat, raw, error, at FROM parked ORDER BY at")
        return [
            Parked(event, chat, raw, error, datetime.fromtimestamp(at, UTC)) for event, chat, raw, error, at in rows
        ]

    async def unpark(self, event: str) -> None:
        def job(db: sqlite3.Connection) -> None:
            for statement in (
                "DELETE FROM parked WHERE event = ?",
                "DELETE FROM seen WHERE event = ?",
                "DELETE FROM attempt WHERE event = ?",
            ):
                db.execute(statement, (event,))

        await self._writer.write(job)

    async def secret(self, name: str) -> bytes:
        def job(db: sqlite3.Connection) -> bytes:
            db.execute("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", (name, secrets.token_bytes(32)))
            value: bytes = db.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()[0]
            return value

        value: bytes = await self._writer.write(job)
        return value

    async def counts(self) -> dict[str, int]:
        return {name: self._reader.execute(statement).fetchone()[0] for name, statement in COUNTS.items()}

    async def close(self) -> None:
        self._reader.close()
        await self._writer.close()
        self._lock.close()


def _turn_job(
    event: str, chat: str, now: float, changes: Changes, *, forget: bool
) -> Callable[[sqlite3.Connection], None]:
    """The statements of a turn's commit, their values already made."""
    answer = None if changes.answer is None else dumps(changes.answer)
    session = None if changes.session is None else dumps(changes.session)
    outbox = [(to, lane, dumps(body), now) for to, body, lane in changes.outbox]
    records = [(kind, key, None if body is None else dumps(body)) for (kind, key), body in changes.records.items()]
    due = [
        (name, key, None if entry is None else (entry[0].timestamp(), dumps(entry[1])))
        for (name, key), entry in changes.due.items()
    ]

    def job(db: sqlite3.Connection) -> None:
        if forget:
            for statement in FORGET:
                db.execute(statement, (chat,))
        db.execute(SEE, (event, "" if forget else chat, now, answer))
        if session is not None and not forget:
            db.execute(SAVE, {"chat": chat, "session": session, "at": now})
        if changes.stopped is not None:
            db.execute(STOP, {"chat": chat, "stopped": int(changes.stopped), "at": now})
        for kind, key, body in records:
            if body is None:
                db.execute(DROP, (chat, kind, key))
            else:
                db.execute(PUT, (chat, kind, key, body, now))
        for name, key, entry in due:
            if entry is None:
                db.execute(CANCEL, (chat, name, key))
            else:
                db.execute(SCHEDULE, (chat, name, key, *entry))
        if outbox:
            db.executemany(SEND, outbox)

    return job


def _message(row: tuple[int, str, str, int, int]) -> Message:
    id, chat, body, attempts, lane = row
    return Message(id, chat, json.loads(body), attempts, lane)


def _readable(column: str, value: Any) -> Any:
    """An exported value as a person would read it: JSON opened, instants as ISO dates."""
    if column in ("session", "body", "answer") and value is not None:
        return json.loads(value)
    if column in ("at", "due_at", "used_at") and value is not None:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    return value
