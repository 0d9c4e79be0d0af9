"""The store of one process: a SQLite file in the data folder, created and migrated at start.

Turns of different people run side by side and are committed in groups by one writer (`writer.py`); turns of one person
run one after the other. What a turn reads it reads after its conversation is its own. WAL with `synchronous=FULL`:
a committed turn survives a power cut. Deleted content is overwritten (`secure_delete`).
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.private_folder import private_folder
from bot.sqlite import Explained
from bot.store import (
    Attempt,
    Busy,
    DataFolderInUse,
    Done,
    DueEvent,
    Message,
    Otherwise,
    Retention,
    StoreError,
    Work,
    simply,
)
from bot.store import shared_statements as shared
from bot.store import statements as sql
from bot.store.broadcasts import broadcast_of
from bot.store.conversation_lock import ConversationLock
from bot.store.priority import Priority
from bot.store.schema import MIGRATIONS, migrations
from bot.store.sqlite_broadcasts import SqliteBroadcasts
from bot.store.sqlite_dead_letters import SqliteDeadLetters
from bot.store.sqlite_turn import SqliteTurn, forgetting
from bot.store.statements import Rows
from bot.store.text import keepable, opened, opened_list
from bot.store.unit_of_work import day
from bot.store.writer import DATABASE, Writer, connect

__all__ = ["Folder", "SqliteStore"]

T = TypeVar("T")

EXPLAINED = Explained(DATABASE)

CLEANED_AT_ONCE = 1_000
"""Rows in one cleaning transaction: turns get in between."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A data folder held for this process alone, and the connection that writes its database."""

    path: Path
    lock: int
    connection: sqlite3.Connection

    @classmethod
    def hold(cls, folder: Path) -> Folder:
        """Create or open it. Raises `DataFolderInUse` if another process has it, `StoreError` if it cannot be used."""
        path = folder / "allie.sqlite3"
        private_folder(folder)
        try:
            lock = _private(folder / "allie.lock")
        except OSError as error:
            raise StoreError(f"{folder} cannot be used: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise DataFolderInUse(
                f"Another Allié is running on {folder}. Stop it first, or set ALLIE_DATA_DIR to another folder."
            ) from None
        try:
            os.close(_private(path))  # the log beside it is made as private as the file
            connection = connect(path)
            _migrate(connection, path)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except (sqlite3.Error, OSError) as error:
            os.close(lock)
            raise StoreError(f"{path} cannot be used: {error}.") from error
        except BaseException:
            os.close(lock)
            raise
        return cls(path, lock, connection)

    def let_go(self) -> None:
        """Give the folder back, once every connection is closed."""
        os.close(self.lock)


class SqliteStore:
    """See the module. `open` takes the data folder for this process alone; `close` gives it back."""

    def __init__(self, folder: Folder) -> None:
        self.path = folder.path
        self._folder = folder
        self._reader = connect(self.path, read_only=True, patience=0.05)
        self._erased = {chat for (chat,) in folder.connection.execute(sql.ERASED_CHATS)}
        """Those of whom only the word that all was erased is left, in the outbox."""
        self._writer = Writer(self.path, folder.connection)
        self._chats = ConversationLock()
        self._counting = ConversationLock()
        self._lately_forgotten: deque[str] = deque(maxlen=100)
        """Whoever read a notice of theirs before, and has not committed yet, must read again."""
        self._in_hand: set[int] = set()
        self._roles: set[str] = set()
        self.dead_letters = SqliteDeadLetters(self.path, self._writer)
        self.has_outbox = asyncio.Event()
        """Set when a commit put something in the outbox: the sender waits for it."""
        self.broadcasts = SqliteBroadcasts(self._reader, self._writer, self.has_outbox)

    @classmethod
    def open(cls, folder: Path) -> SqliteStore:
        """Create or open the store of a data folder.

        Raises `DataFolderInUse` if another process has it, `StoreError` if the file cannot be used.
        """
        return cls(Folder.hold(folder))

    async def turn(
        self, event: str, chat: str, work: Work[T], *, at: datetime, otherwise: Otherwise[T] | None = None
    ) -> Done[T]:
        await self._chats.enter(chat)
        units: set[str] = set()
        try:
            with EXPLAINED:
                self._view()
                row = self._reader.execute(sql.BEGIN_TURN, {"event": event, "chat": chat})
                answer, forgotten, session, used_day, waiting = row.fetchone()
            if answer is not None:
                return Done(None, True, bool(forgotten), opened_list(answer))

            async def alone_with(unit: str) -> None:
                if unit not in units:
                    await self._counting.enter(unit)
                    units.add(unit)

            turn = SqliteTurn(self._reader, chat, session, used_day, outbox_empty=not waiting, alone_with=alone_with)
            while True:
                try:
                    value = await work(turn)
                    # JSON is made here and not in the writer, so that what cannot be written fails this turn alone.
                    rows = turn.rows(event, at.timestamp())
                    break
                except Busy:
                    raise
                except Exception as error:
                    if otherwise is None:
                        raise
                    work = await otherwise(error)
                    turn.begin()
            try:
                if turn.forgotten:
                    async with self._alone_in(turn.in_groups()):
                        self._lately_forgotten.append(chat)
                        job = forgetting(chat, rows, turn.changes.unquotes)
                        await self._writer.write(job, erases=True)
                elif not turn.changes.quotes.isdisjoint(self._lately_forgotten):
                    raise Busy("somebody whose words are in the reply was erased at this very moment")
                else:
                    await self._writer.write(rows)
            except sqlite3.IntegrityError:
                # Seen in the meantime, by another hand: its answer stands.
                seen = self._read(shared.SEEN, (event, chat))
                if not seen:
                    raise
                return Done(None, True, bool(seen[0][1]), opened_list(seen[0][0]))
            if turn.forgotten and rows.sends:
                self._erased.add(chat)
            elif self._erased:
                self._erased.discard(chat)
            if rows.sends or waiting:
                self.has_outbox.set()
            return Done(value)
        finally:
            for unit in units:
                self._counting.leave(unit)
            self._chats.leave(chat)

    @contextlib.asynccontextmanager
    async def _alone_in(self, chats: Collection[str]) -> AsyncIterator[None]:
        """Inside, no turn of these conversations is in work. Raises `Busy` when one of them stays busy."""
        async with contextlib.AsyncExitStack() as held:
            for chat in chats:
                await self._chats.enter(chat)
                held.callback(self._chats.leave, chat)
            yield

    async def failed(self, event: str) -> int:
        now = datetime.now(UTC).timestamp()
        count: int = await self._writer.write(lambda db: db.execute(shared.FAILED, (event, now)).fetchone()[0])
        return count

    async def take(
        self, channel: str, limit: int, *, priority: Priority = Priority.REPLY, without: Collection[str] = ()
    ) -> list[Message]:
        values = {
            "channel": channel,
            "lane": int(priority),
            "in_hand": json.dumps(list(self._in_hand)),
            "without": json.dumps(list(without)),
            "limit": limit,
        }
        taken = [_message(row) for row in self._read(sql.TAKE, values)]
        self._in_hand.update(message.id for message in taken)
        return taken

    def holds(self, message: Message) -> bool:
        return message.id in self._in_hand

    def release(self, messages: Iterable[Message], *, cooldown: float = 0.0) -> None:
        self._in_hand.difference_update(message.id for message in messages)

    async def knows(self, chat: str) -> bool:
        return bool(self._read(shared.KNOWS, (chat,)))

    async def waiting(self, chat: str) -> list[Message]:
        return [_message(row) for row in self._read(shared.WAITING, (chat,))]

    async def stands(self, message: Message) -> bool:
        if self._read(shared.STANDS, (message.id,)):
            return True
        await self._writer.write(Rows(others=[(shared.WITHDRAWN_ONE, (message.id,))]))
        self._in_hand.discard(message.id)
        return False

    async def delivered(self, message: Message, *, cooldown: float = 0.0) -> None:
        rows = Rows(sent=message.id)
        if (broadcast := broadcast_of(message.priority, message.body)) is not None:
            rows.others.append((shared.DELIVERED, (broadcast,)))
        await self._settled(message, rows)

    async def cool_down(self, chat: str, seconds: float) -> None:
        """Nothing to write down: one process keeps its own limits."""

    async def tried(self, message: Message) -> None:
        await self._writer.write(Rows(others=[(shared.TRIED, (message.id,))]))

    async def refused(self, message: Message, reason: str) -> None:
        now = datetime.now(UTC).timestamp()
        refuse = (shared.REFUSE, (keepable(reason), now, message.id))
        sent = (shared.DELIVERED_ONE, (message.id,))
        rows = Rows(others=[refuse, sent])
        if (broadcast := broadcast_of(message.priority, message.body)) is not None:
            rows.others.append((shared.NOT_TAKEN, (broadcast,)))
        await self._settled(message, rows)

    async def gone(self, message: Message, *, since: datetime) -> None:
        chat, broadcast = message.chat, broadcast_of(message.priority, message.body)
        if chat in self._erased:
            await self._settled(message, Rows(others=[("DELETE FROM outbox WHERE chat = ?", (chat,))]))
            return

        def job(db: sqlite3.Connection) -> None:
            db.execute(shared.GONE, (chat, since.timestamp()))
            db.execute(shared.GONE_OUTBOX, (chat, chat))
            if broadcast is not None:
                db.execute(shared.WITHDRAWN_ONE, (message.id,))
                db.execute(shared.BLOCKED, (broadcast,))

        await self._writer.write(job)
        self._in_hand.discard(message.id)

    async def _settled(self, message: Message, rows: Rows) -> None:
        """A message leaves the outbox. When it was the last word to a person erased, all trace of them leaves."""
        if message.chat in self._erased:
            rows.others += [(statement, (message.chat,)) for statement in shared.LAST_WORD]
            await self._writer.write(rows, erases=True)
            if not self._read(shared.WAITING, (message.chat,)):
                self._erased.discard(message.chat)
        else:
            await self._writer.write(rows)
        self._in_hand.discard(message.id)

    async def due(self, now: datetime, limit: int, *, without: Collection[str] = ()) -> list[DueEvent]:
        values = (now.timestamp(), json.dumps(list(without)), limit)
        return [
            DueEvent(
                id=event,
                chat=chat,
                name=name,
                data={**opened(body), "key": key},
                due_at=datetime.fromtimestamp(due_at, UTC),
            )
            for chat, name, key, event, due_at, body in self._read(sql.DUE, values)
        ]

    async def clean(self, now: datetime, retention: Retention, *, attempt: Attempt = simply) -> None:
        def before(days: int) -> float:
            return (now - timedelta(days=days)).timestamp()

        async def batch_by_batch(job: Callable[[sqlite3.Connection], int]) -> None:
            while await self._writer.write(job) == CLEANED_AT_ONCE:
                pass

        for name, kept, statement in shared.CLEAN:
            job = _deleting(statement, (before(getattr(retention, kept)), CLEANED_AT_ONCE))
            await attempt(name, partial(batch_by_batch, job))
        misunderstood = _deleting(shared.CLEAN_MISUNDERSTOOD, (day(before(retention.misunderstood)),))
        await attempt("misunderstood", partial(self._writer.write, misunderstood))
        today = (now - timedelta(days=1)).date().isoformat()  # wherever it is still that day
        for statement in shared.CLEAN_DAILY:
            await attempt("daily uses", partial(self._writer.write, _deleting(statement, (today,))))
        for name, statement, days in (
            ("idle", shared.IDLE, retention.idle_sessions),
            ("idle with reminders", shared.IDLE_WITH_REMINDERS, retention.idle_with_reminders),
        ):
            await attempt(name, partial(batch_by_batch, _forgetting_idle(statement, day(before(days)))))
        await attempt("erased", partial(self._writer.write, _deleting(shared.CLEAN_ERASED, ()), erases=True))

    async def secret(self, name: str) -> bytes:
        def job(db: sqlite3.Connection) -> bytes:
            db.execute(shared.NEW_SECRET, (name, secrets.token_bytes(32)))
            value: bytes = db.execute(shared.SECRET, (name,)).fetchone()[0]
            return value

        value: bytes = await self._writer.write(job)
        return value

    async def elected(self, name: str) -> bool:
        self._roles.add(name)  # there is no other process
        return True

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self._roles)

    async def quota(self) -> float:
        return 1.0

    async def check(self) -> None:
        self._read("SELECT 1 FROM secret")
        if self._writer.failing:
            await self._writer.write(_write_and_take_back)

    async def counts(self) -> dict[str, int]:
        return await asyncio.to_thread(_counts, self.path)

    async def close(self) -> None:
        self._reader.close()
        await self._writer.close()
        self._folder.let_go()

    def _view(self) -> None:
        """Let the turns that begin in this round of the loop read from one view of the file.

        It ends before anybody who waits for a commit goes on: what this process has committed is always seen.
        """
        if not self._reader.in_transaction:
            self._reader.execute("BEGIN")
            asyncio.get_running_loop().call_soon(self._end_view)

    def _end_view(self) -> None:
        with contextlib.suppress(sqlite3.Error):  # closed in the meantime, or never begun
            self._reader.execute("COMMIT")

    def _read(self, statement: str, values: Any = ()) -> list[Any]:
        with EXPLAINED:
            return self._reader.execute(statement, values).fetchall()


def _private(path: Path) -> int:
    """The file, made for its owner alone if it is new."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    database = Database(connection)
    if not {migration.name for migration in migrations.applied(database)} <= set(MIGRATIONS):
        raise StoreError(f"{path} was written by a newer Allié. Install that version again, or restore a backup.")
    migrations.apply(database)


def _write_and_take_back(db: sqlite3.Connection) -> None:
    """Something that only a database that can be written takes."""
    db.execute("INSERT OR REPLACE INTO attempt (event, count, at) VALUES ('check', 0, 0)")
    db.execute("DELETE FROM attempt WHERE event = 'check'")


def _deleting(statement: str, values: tuple[Any, ...]) -> Callable[[sqlite3.Connection], int]:
    return lambda db: db.execute(statement, values).rowcount


def _forgetting_idle(idle: str, before: int) -> Callable[[sqlite3.Connection], int]:
    def job(db: sqlite3.Connection) -> int:
        chats = [chat for (chat,) in db.execute(idle, (before, CLEANED_AT_ONCE))]
        for statement in sql.FORGET:
            db.executemany(statement, [(chat,) for chat in chats])
        return len(chats)

    return job


def _counts(path: Path) -> dict[str, int]:
    with EXPLAINED, contextlib.closing(connect(path, read_only=True)) as connection:
        return {name: connection.execute(statement).fetchone()[0] for name, statement in shared.COUNTS.items()}


def _message(row: tuple[int, str, str, int, int]) -> Message:
    id, chat, body, attempts, priority = row
    return Message(id, chat, opened(body), attempts, Priority(priority))
