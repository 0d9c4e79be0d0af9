"""The store of any number of processes: PostgreSQL, brought up to date by `allie migrate`.

A turn locks the row of its conversation, so turns of one person run one after the other whichever process they reach;
what a turn reads it reads after that lock. The outbox is shared: a message in the hands of one process is out of sight
of the others, and so are the other messages of that conversation, until it is settled or that process is not heard of.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from bot.conversation_id import place_of
from bot.postgres import CONNECTING, marked, meaning
from bot.store import Attempt, Busy, Done, DueEvent, Message, Otherwise, Retention, StoreError, Work, simply
from bot.store import postgres_statements as sql
from bot.store import shared_statements as shared
from bot.store.broadcasts import broadcast_of
from bot.store.conversation_lock import BUSY_AFTER, ConversationLock
from bot.store.postgres_broadcasts import PostgresBroadcasts
from bot.store.postgres_dead_letters import PostgresDeadLetters
from bot.store.postgres_replica import LEASE, Replica, uptime
from bot.store.postgres_schema import check
from bot.store.postgres_timeouts import ANSWERED_WITHIN, hurried, session
from bot.store.postgres_turn import PostgresTurn, Statement
from bot.store.priority import Priority
from bot.store.text import keepable, opened, opened_list
from bot.store.unit_of_work import day

__all__ = ["PostgresStore"]

T = TypeVar("T")

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

CONNECTIONS = 16
"""Turns in work at once in this process at most; the others wait their turn."""
CLEANED_AT_ONCE = 5_000
"""Rows in one cleaning transaction."""
DATABASE = "the database of ALLIE_DATABASE_URL"
IN_WORK = "an earlier message of this conversation is still in work"
CONNECTIONS_LOST = ("08", "57")
"""Classes of errors after which other connections may be lost too."""
LONGEST_COOLDOWN = 120.0
"""Seconds. Who is told to wait for longer by the platform waits so long at a time: it says so again."""
MOST_STUCK = 10
"""Conversations that cleaning passes over because they are in use."""
GOODBYE = 1.0
"""Seconds for each of the last words to a database, which may not hear them."""


class PostgresStore:
    """See the module. `open` joins the processes that serve from a database; `close` leaves them."""

    def __init__(self, url: str, server_version: int) -> None:
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            min_size=2,
            max_size=CONNECTIONS,
            timeout=BUSY_AFTER,
            reconnect_timeout=10.0,
            open=False,
            kwargs={"autocommit": True, "row_factory": tuple_row, "options": session(server_version), **CONNECTING},
        )
        self._replica = Replica(url)
        self._chats = ConversationLock()
        self._given_back: set[int] = set()
        self._cooldowns: dict[str, float] = {}
        """Messages given back, and conversations that get nothing until so late on our own clock.

        The database is told before the next are taken.
        """
        self._looking_after: asyncio.Task[None] | None = None
        self.dead_letters = PostgresDeadLetters(self._connected)
        self.has_outbox = asyncio.Event()
        """Set when a commit of this process put something in the outbox."""
        self.broadcasts = PostgresBroadcasts(self._connected, self.has_outbox)

    @classmethod
    async def open(cls, url: str) -> PostgresStore:
        """Raises `StoreError` if the database needs `allie migrate`, `Busy` if it does not answer."""
        store = cls(url, await asyncio.to_thread(check, url))
        try:
            await store._pool.open(wait=True, timeout=10.0)
            await store._replica.begin()
        except psycopg.Error as error:
            await store._pool.close()
            raise meaning(error, DATABASE) or error from None
        return store

    # Turns

    async def turn(
        self, event: str, chat: str, work: Work[T], *, at: datetime, otherwise: Otherwise[T] | None = None
    ) -> Done[T]:
        await self._chats.enter(chat)
        try:
            async with self._connected() as connection:
                return await self._turn(connection, event, chat, work, otherwise, at.timestamp())
        finally:
            self._chats.leave(chat)

    async def _turn(
        self,
        connection: Connection,
        event: str,
        chat: str,
        work: Work[T],
        otherwise: Otherwise[T] | None,
        now: float,
    ) -> Done[T]:
        began = await self._begin(connection, event, chat, now)
        if isinstance(began, Done):
            await connection.execute("ROLLBACK")
            return began
        while True:
            try:
                value = await work(began)
                groups = await began.in_groups(locked=True) if began.forgotten else ()
                statements = began.statements(event, now, groups)
                break
            except BaseException as error:
                if otherwise is None or not isinstance(error, Exception) or not _goes_on(connection, error):
                    await connection.rollback()
                    raise
                work = await otherwise(error)
                began.begin()
        try:
            await _run(connection, [*statements, ("COMMIT", ())])
        except errors.UniqueViolation:
            # Seen in the meantime, by another hand: its answer stands.
            await connection.rollback()
            row = await (await connection.execute(marked(shared.SEEN), (event, chat))).fetchone()
            if row is None:
                raise
            return Done(None, True, bool(row[1]), opened_list(row[0]))
        if began.changes.outbox or not began.outbox_empty:
            self.has_outbox.set()
        return Done(value)

    async def _begin(self, connection: Connection, event: str, chat: str, now: float) -> PostgresTurn | Done[Any]:
        """Lock the conversation, then read: a statement sees what was committed when it began, and not before."""
        row, read = await self._lock_and_read(connection, ("BEGIN", ()), event, chat)
        is_new = row is None
        if row is None:
            # Made to be locked; a turn that keeps no session takes it away again.
            row, read = await self._lock_and_read(connection, (sql.INSERT_IF_NEW, (chat, now, day(now))), event, chat)
        answer, forgotten, waits, due, records = read
        if answer is not None:
            return Done(None, True, bool(forgotten), opened_list(answer))
        session, used_day, cooldown = row or (None, None, None)
        if is_new and session is None:
            used_day = None
        turn = PostgresTurn(connection, chat, session, used_day, outbox_empty=not waits, due=due, records=records)
        turn.cooldown = _seconds(cooldown)
        return turn

    @staticmethod
    async def _lock_and_read(connection: Connection, before: Statement, event: str, chat: str) -> Any:
        """One round trip: the locked row if there is one, and what goes with it."""
        with hurried(connection):
            async with connection.pipeline():
                await connection.execute(marked(before[0]), before[1] or None)
                lock = await connection.execute(marked(sql.LOCK), (chat,))
                read = await connection.execute(marked(sql.READ), {"event": event, "chat": chat})
                return await lock.fetchone(), await read.fetchone()

    async def failed(self, event: str) -> int:
        row = await self._one(shared.FAILED, (event, _now()))
        return int(row[0])

    # The outbox

    async def take(
        self, channel: str, limit: int, *, priority: Priority = Priority.REPLY, without: Collection[str] = ()
    ) -> list[Message]:
        at = uptime()
        given_back, self._given_back = list(self._given_back), set()
        cooldowns, self._cooldowns = {chat: until for chat, until in self._cooldowns.items() if until > at}, {}
        values = {
            "channel": channel,
            "lane": int(priority),
            "limit": limit,
            "without": list(without),
            "in_hand": self._replica.in_hand,
            "me": self._replica.id,
            "lease": LEASE,
        }
        statements: list[Statement] = [("BEGIN", ()), (sql.TAKE_ALONE, (channel,))]
        if given_back:
            statements += [_cool_down(chat, until - at, waits=False) for chat, until in cooldowns.items()]
            statements.append((sql.GIVE_BACK, (given_back, self._replica.id)))
        try:
            async with self._connected() as connection:
                await _run(connection, statements)
                with hurried(connection):
                    rows = await (await connection.execute(marked(sql.TAKE), values)).fetchall()
                    await connection.execute("COMMIT")
        except BaseException:
            self._given_back.update(given_back)
            self._cooldowns = cooldowns | self._cooldowns
            raise
        taken = [_message(row) for row in sorted(rows)]
        self._replica.took((message.id for message in taken), at)
        return taken

    def holds(self, message: Message) -> bool:
        return self._replica.holds(message.id)

    def release(self, messages: Iterable[Message], *, cooldown: float = 0.0) -> None:
        messages = list(messages)
        ids = [message.id for message in messages]
        self._replica.gave(ids)
        self._given_back.update(ids)
        if cooldown:
            self._cooldowns.update((message.chat, uptime() + cooldown) for message in messages)

    async def knows(self, chat: str) -> bool:
        return bool(await self._all(shared.KNOWS, (chat,)))

    async def waiting(self, chat: str) -> list[Message]:
        return [_message(row) for row in await self._all(shared.WAITING, (chat,))]

    async def stands(self, message: Message) -> bool:
        if await self._all(shared.STANDS, (message.id,)):
            return True
        await self._commit([(shared.WITHDRAWN_ONE, (message.id,))])
        self._replica.gave([message.id])
        return False

    async def delivered(self, message: Message, *, cooldown: float = 0.0) -> None:
        # The conversation's row comes first here too, as in a turn: no two wait for each other.
        counted = _counted(shared.DELIVERED, message)
        cool_down = [_cool_down(message.chat, cooldown)] if cooldown else []
        await self._commit([*cool_down, (shared.DELIVERED_ONE, (message.id,)), *_last_word(message.chat), *counted])
        self._replica.gave([message.id])

    async def cool_down(self, chat: str, seconds: float) -> None:
        await self._commit([_cool_down(chat, seconds)])

    async def tried(self, message: Message) -> None:
        await self._commit([(shared.TRIED, (message.id,))])

    async def refused(self, message: Message, reason: str) -> None:
        refuse = (shared.REFUSE, (keepable(reason), _now(), message.id))
        counted = _counted(shared.NOT_TAKEN, message)
        await self._commit([refuse, (shared.DELIVERED_ONE, (message.id,)), *_last_word(message.chat), *counted])
        self._replica.gave([message.id])

    async def gone(self, message: Message, *, since: datetime) -> None:
        chat = message.chat
        counted = _counted(shared.BLOCKED, message)
        if counted:
            counted.insert(0, (shared.WITHDRAWN_ONE, (message.id,)))
        await self._commit(
            [
                (sql.GONE_ERASED, (chat, chat)),
                *_last_word(chat),
                (shared.GONE, (chat, since.timestamp())),
                (shared.GONE_OUTBOX, (chat, chat)),
                *counted,
            ]
        )
        self._replica.gave([message.id])
        self._given_back.add(message.id)

    # What is kept

    async def due(self, now: datetime, limit: int, *, without: Collection[str] = ()) -> list[DueEvent]:
        rows = await self._all(sql.DUE, (now.timestamp(), list(without), limit))
        return [
            DueEvent(event, chat, name, {**opened(body), "key": key}, datetime.fromtimestamp(due_at, UTC))
            for chat, name, key, event, due_at, body in rows
        ]

    async def clean(self, now: datetime, retention: Retention, *, attempt: Attempt = simply) -> None:
        def before(days: int) -> float:
            return (now - timedelta(days=days)).timestamp()

        async def batch_by_batch(statement: str, moment: float) -> None:
            while await self._count(statement, (moment, CLEANED_AT_ONCE)) == CLEANED_AT_ONCE:
                pass

        for name, kept, statement in shared.CLEAN:
            await attempt(name, partial(batch_by_batch, statement, before(getattr(retention, kept))))
        misunderstood = (day(before(retention.misunderstood)),)
        await attempt("misunderstood", partial(self._count, shared.CLEAN_MISUNDERSTOOD, misunderstood))
        today = (now - timedelta(days=1)).date().isoformat()  # wherever it is still that day
        for statement in shared.CLEAN_DAILY:
            await attempt("daily uses", partial(self._count, statement, (today,)))
        for name, statement, days in (
            ("idle", shared.IDLE, retention.idle_sessions),
            ("idle with reminders", shared.IDLE_WITH_REMINDERS, retention.idle_with_reminders),
        ):
            await attempt(name, partial(self._forget_all_idle, statement, day(before(days))))
        await attempt("erased", partial(self._count, shared.CLEAN_ERASED, ()))
        await attempt("cooldowns", partial(self._count, sql.CLEAN_COOLDOWNS, ()))

    async def _forget_all_idle(self, statement: str, before: int) -> None:
        """Raises `StoreError` when some could not be forgotten just now; these keep no others, unless they are many."""
        stuck: dict[str, StoreError] = {}
        while True:
            chats = [chat for (chat,) in await self._all(statement, (before, CLEANED_AT_ONCE)) if chat not in stuck]
            for chat in chats:
                try:
                    await self._forget_idle(chat, before)
                except StoreError as error:
                    stuck[chat] = error
                    if len(stuck) >= MOST_STUCK:
                        raise
            if not chats:
                break
        if stuck:
            raise next(iter(stuck.values()))

    async def _forget_idle(self, chat: str, before: int) -> None:
        """Unless they write at this very moment: their row is locked, then looked at."""
        async with self._connected() as connection, connection.transaction():
            if await (await connection.execute(marked(sql.STILL_IDLE), (chat, before))).fetchone():
                for statement in sql.FORGET:
                    await connection.execute(marked(statement), (chat,))

    async def secret(self, name: str) -> bytes:
        await self._commit([(shared.NEW_SECRET, (name, secrets.token_bytes(32)))])
        return bytes((await self._one(shared.SECRET, (name,)))[0])

    async def elected(self, name: str) -> bool:
        return await self._replica.elected(name)

    @property
    def roles(self) -> frozenset[str]:
        return self._replica.roles

    async def quota(self) -> float:
        return self._replica.quota

    async def check(self) -> None:
        if (await self._one("SELECT current_setting('transaction_read_only')"))[0] == "on":
            raise Busy(f"{DATABASE} only reads just now")

    async def counts(self) -> dict[str, int]:
        return {name: int((await self._one(statement))[0]) for name, statement in shared.COUNTS.items()}

    async def close(self) -> None:
        """Give back what is in hand and say goodbye, if the database hears it; if not, the others notice."""
        with contextlib.suppress(StoreError):
            in_hand = [*self._replica.in_hand, *self._given_back]
            await self._commit([(sql.GIVE_BACK, (in_hand, self._replica.id))], within=GOODBYE)
        await self._replica.end(GOODBYE)
        if self._looking_after is not None:
            self._looking_after.cancel()
            await asyncio.wait({self._looking_after}, timeout=GOODBYE)
        await self._pool.close(timeout=GOODBYE)

    # The database

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        """A connection of the pool. What goes wrong with the database comes out as what it means (`bot/errors.py`)."""
        try:
            async with self._pool.connection() as connection:
                yield connection
        except PoolTimeout:
            raise Busy("every connection to the database is in use", 1.0) from None
        except psycopg.Error as error:
            if (told := meaning(error, DATABASE, IN_WORK)) is None:
                raise
            if error.sqlstate is None or error.sqlstate[:2] in CONNECTIONS_LOST:
                self._look_after()
            raise told from error

    def _look_after(self) -> None:
        """Have every idle connection tried, and replaced if the database has forgotten it."""
        if self._looking_after is None or self._looking_after.done():
            self._looking_after = asyncio.create_task(self._pool.check())

    async def _commit(self, statements: list[Statement], *, within: float = ANSWERED_WITHIN) -> None:
        async with self._connected() as connection:
            try:
                await _run(connection, [("BEGIN", ()), *statements, ("COMMIT", ())], within)
            except psycopg.Error:
                if not connection.closed:
                    await connection.rollback()
                raise

    async def _all(self, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
        async with self._connected() as connection:
            with hurried(connection):
                return await (await connection.execute(marked(statement), values)).fetchall()

    async def _one(self, statement: str, values: Any = None) -> tuple[Any, ...]:
        return (await self._all(statement, values))[0]

    async def _count(self, statement: str, values: Any) -> int:
        async with self._connected() as connection:
            with hurried(connection):
                return (await connection.execute(marked(statement), values)).rowcount


def _goes_on(connection: Connection, error: Exception) -> bool:
    """Whether the turn in whose work this was raised still has its conversation."""
    return not isinstance(error, Busy) and connection.info.transaction_status is TransactionStatus.INTRANS


async def _run(connection: Connection, statements: Sequence[Statement], within: float = ANSWERED_WITHIN) -> None:
    """Run statements in one round trip."""
    with hurried(connection, within):
        async with connection.pipeline():
            for statement, values in statements:
                await connection.execute(marked(statement), values or None)


def _cool_down(chat: str, seconds: float, *, waits: bool = True) -> Statement:
    """Nobody calls the platform for this conversation, or for its group, for so long."""
    if (place := place_of(chat)) != chat:
        return sql.COOL_DOWN_GROUP, (seconds, place)
    return sql.COOL_DOWN if waits else sql.COOL_DOWN_UNLESS_LOCKED, (seconds, chat)


def _seconds(cooldown: Any) -> float:
    """What is left of a cooldown. None is longer than this, unless the database's clock was set back meanwhile."""
    return min(LONGEST_COOLDOWN, max(0.0, float(cooldown or 0.0)))


def _last_word(chat: str) -> list[Statement]:
    """When what left the outbox was the last word to a person erased, all trace of them leaves."""
    return [(statement, (chat,)) for statement in shared.LAST_WORD]


def _counted(statement: str, message: Message) -> list[Statement]:
    """What became of a message of a broadcast is counted there."""
    broadcast = broadcast_of(message.priority, message.body)
    return [] if broadcast is None else [(statement, (broadcast,))]


def _message(row: tuple[Any, ...]) -> Message:
    id, chat, body, attempts, priority, *cooldowns = row
    return Message(id, chat, opened(body), attempts, Priority(priority), _seconds(cooldowns[0] if cooldowns else None))


def _now() -> float:
    return datetime.now(UTC).timestamp()
