"""What Allié keeps, and what a crash does to it.

One transaction a turn: the event's id, the person's session, the replies to send and the effects of the turn are
committed together, and only then is the event acknowledged. Killed before the commit, nothing happened and the platform
delivers the event again; killed after it, the repeated event is recognised by its id and gets the very same answer.

`Store` and `Turn` are the whole interface; `sqlite.py` implements it for one process, `postgres.py` for any number.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.errors import Busy, StoreError
from bot.store.broadcasts import Broadcasts
from bot.store.dead_letters import DeadLetters
from bot.store.priority import Priority

__all__ = [
    "Attempt",
    "Busy",
    "DataFolderInUse",
    "Done",
    "DueEvent",
    "Message",
    "Otherwise",
    "Retention",
    "Store",
    "StoreError",
    "Turn",
    "Work",
    "simply",
]

T = TypeVar("T")

# Errors
#
#   StoreError
#   ├── Busy              the turn was not run, the conversation is busy: deliver the event again
#   └── DataFolderInUse   another process serves from this folder


class DataFolderInUse(StoreError):
    """Another Allié is already running on this data folder. Stop it first, or give this one another ALLIE_DATA_DIR."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a turn came to. A duplicate was not run again: `replies` are those stored with its first run.

    `forgotten`: that first run erased the person.
    """

    value: T | None
    duplicate: bool = False
    forgotten: bool = False
    replies: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A reply waiting in the outbox."""

    id: int
    chat: str
    body: dict[str, Any]
    attempts: int = 0
    priority: Priority = Priority.REPLY
    cooldown: float = 0.0
    """Seconds until its conversation may get another, as it was when this was taken."""


@dataclass(frozen=True, slots=True)
class DueEvent:
    """A reminder whose time has come; the turn that handles it removes it."""

    id: str
    chat: str
    name: str
    data: dict[str, Any]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept is kept, in days. Enforced by `Store.clean`."""

    seen: int = 3
    idle_sessions: int = 180
    idle_with_reminders: int = 365
    """Of who has reminders or alerts to come, and never writes."""
    favourites: int = 365
    """Missions kept or put aside: after a year they are over, or found again."""
    drafts: int = 7
    """Searches that were not made an alert."""
    undelivered: int = 7
    parked: int = 30
    misunderstood: int = 90
    notices: int = 0
    """After the day that a notice ends."""


class Turn(Protocol):
    """One turn's view of the store. All that it writes is committed together with the turn, or not at all."""

    session: dict[str, Any] | None
    """The conversation as the last turn left it, None for a person never seen."""
    outbox_empty: bool
    """No earlier reply to this conversation is waiting to be sent."""
    cooldown: float
    """Seconds until the platform may be called again for this conversation, after what any process sent to it."""
    forgotten: bool
    """This turn erases the person."""

    @property
    def quotes_others(self) -> bool:
        """The replies of this turn hold words that somebody else wrote."""

    def save(self, session: dict[str, Any]) -> None:
        """Keep the conversation."""

    def send(self, body: dict[str, Any], *, chat: str | None = None, priority: Priority = Priority.REPLY) -> None:
        """Put a reply in the outbox."""

    def answer(self, replies: Sequence[dict[str, Any]], *, cooldown: float | None = None) -> None:
        """Keep the replies with the event's id: a repeated delivery gets the very same ones.

        They leave with this turn, and for `cooldown` seconds no process calls the platform for this conversation again.
        """

    def put(self, kind: str, key: str, body: dict[str, Any]) -> None:
        """Keep a record of this person (a favourite, an alert), replacing the one of the same kind and key."""

    def drop(self, kind: str, key: str) -> None:
        """Remove a record of this person, if it is there."""

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        """This person's records of one kind, by key, with what this turn has put and dropped."""

    def schedule(self, name: str, key: str, due_at: datetime, data: dict[str, Any], *, chat: str | None = None) -> None:
        """Have `Due(name, data)` come to this person, or to `chat`, at `due_at`, replacing the one of the same name and
        key."""

    def cancel(self, name: str, key: str) -> None:
        """Call a scheduled event off, if it is there."""

    def post(self, kind: str, key: str, body: dict[str, Any], *, category: str, until: datetime) -> None:
        """Put a notice of this person's where others read it until then, replacing the one of the same kind and key.

        `body` is all that others see: whose it is, the store alone knows.
        """

    def take_down(self, kind: str, key: str, *, of_anybody: bool = False) -> None:
        """Remove a notice of this person's, or with `of_anybody` somebody else's, if it is there."""

    def tell(self, kind: str, key: str, name: str, due_key: str, due_at: datetime, data: dict[str, Any]) -> None:
        """Have `Due(name, data)` come to whoever put up a notice, replacing the one of the same name and `due_key`.
        Nobody, if the notice is gone."""

    async def notice(self, kind: str, key: str, now: datetime) -> dict[str, Any] | None:
        """A notice of anybody's, as of before this turn, unless it is over."""

    async def board(self, kind: str, categories: Collection[str], now: datetime) -> dict[str, dict[str, Any]]:
        """The notices of one kind in these categories that are not over, by key, the newest first; 500 at most."""

    async def used(self, unit: str, act: str, day: date) -> int:
        """How often a unit has done something on a day. Nobody else counts for it until this turn ends.

        Raises `Busy` when somebody else still does after two seconds.
        """

    def use(self, unit: str, act: str, day: date) -> None:
        """Count that a unit (a digest, nobody's name) did something on a day. It is no part of a person: erasing does
        not begin the day anew."""

    def misunderstood(self, text: str, language: str, topic: str) -> None:
        """Keep a masked message that was not understood, as nobody's; 1,000 different ones at most."""

    def vote(self, answer: str, *, useful: bool) -> None:
        """Count that somebody found a written answer useful, or did not. Not who."""

    def park(self, raw: str, error: str) -> None:
        """Set this turn's event aside, as it came, so that it can be replayed; its reminder, if it is one, is over."""

    def is_due(self, event: str) -> bool:
        """The scheduled event with this id still stands: it was neither called off nor replaced since it was listed."""

    def stop(self, stopped: bool) -> None:
        """The person blocked us (True): send nothing until they write again (False)."""

    def quote(self, kind: str, key: str) -> None:
        """The replies of this turn hold words of a notice that it read, or of something that is kept elsewhere under
        this kind and key: what is kept of these replies goes with whoever wrote them."""

    async def elsewhere(self) -> list[dict[str, Any]]:
        """This person's conversations in groups, each as its last turn left it."""

    async def export(self) -> dict[str, Any]:
        """Everything kept about this person, in groups too, as of before this turn. Of a group each row says which."""

    def forget(self, also: Collection[str] = ()) -> None:
        """Erase everything kept about this person, in groups too, and the replies to others that hold their words.
        `also` names what else of theirs others may have been shown ("need:…"). The turn's own reply is still sent.

        Killed before the commit: nothing is erased and the event comes again. After: nothing of the person is left in
        the database files, neither in free pages nor in the write-ahead log.
        """


Work = Callable[[Turn], Awaitable[T]]
"""What a turn does; what it returns comes back in `Done`."""
Otherwise = Callable[[Exception], Awaitable[Work[T]]]
"""What to run in place of what raised."""


Attempt = Callable[[str, Callable[[], Awaitable[Any]]], Awaitable[None]]
"""Does one of several pieces of work, by its name. What goes wrong with it need not keep the others from being done."""


async def simply(name: str, work: Callable[[], Awaitable[Any]]) -> None:
    """The attempt that raises what goes wrong."""
    await work()


class Store(Protocol):
    """Where conversations are kept. Every method that writes returns after its commit."""

    has_outbox: asyncio.Event
    """Set when there may be something new to send."""

    @property
    def dead_letters(self) -> DeadLetters:
        """What an operator looks at."""

    @property
    def roles(self) -> frozenset[str]:
        """The periodic work that this process was elected for, when it last asked."""

    @property
    def broadcasts(self) -> Broadcasts:
        """Messages to the many who agreed to receive them."""

    async def turn(
        self, event: str, chat: str, work: Work[T], *, at: datetime, otherwise: Otherwise[T] | None = None
    ) -> Done[T]:
        """Run `work` alone on this conversation and commit what it wrote; an event seen before is not run again.

        When `work` raises, or leaves what cannot be written, all that it wrote is forgotten, and `otherwise` says what
        to run instead, in the same turn: no other event of the conversation comes in between.

        Raises `Busy` when the conversation is still busy after two seconds or the database does not answer, and
        whatever `work` or `otherwise` raises, after rolling back.
        """

    async def failed(self, event: str) -> int:
        """Count one more failed attempt at an event, outside the turn that was rolled back. Returns the count."""

    async def take(
        self, channel: str, limit: int, *, priority: Priority = Priority.REPLY, without: Collection[str] = ()
    ) -> list[Message]:
        """A channel's next messages of one priority, in the order they were written; they are in hand until settled.

        Passed over: conversations in `without`, those stopped, and those in the hands of another process.
        """

    def holds(self, message: Message) -> bool:
        """Whether a message that was taken is still in hand: not if this process was cut off for long."""

    def release(self, messages: Iterable[Message], *, cooldown: float = 0.0) -> None:
        """Give back messages that were taken; whoever takes them again waits `cooldown` seconds before trying."""

    async def knows(self, chat: str) -> bool:
        """Whether anything is kept of this person: not before their first turn, nor once they were forgotten."""

    async def waiting(self, chat: str) -> list[Message]:
        """What waits for one person, oldest first: for a channel that comes and fetches."""

    async def stands(self, message: Message) -> bool:
        """Whether a message of a broadcast should still go: it was not stopped, and the person still agrees.

        One that should not leaves the outbox.
        """

    async def delivered(self, message: Message, *, cooldown: float = 0.0) -> None:
        """The platform has it: it leaves the outbox. Its conversation gets nothing else for `cooldown` seconds."""

    async def cool_down(self, chat: str, seconds: float) -> None:
        """This conversation gets nothing else for so long, whichever process asks: a reply to it leaves another way."""

    async def tried(self, message: Message) -> None:
        """It may have arrived, or not: one more attempt is counted, and the message stays in hand."""

    async def refused(self, message: Message, reason: str) -> None:
        """The platform will never take it: set aside, visible to the operator, and the next one may go."""

    async def gone(self, message: Message, *, since: datetime) -> None:
        """The person was not there at `since`: their messages wait until they write again, unless they have since.

        Of a person who was erased nothing waits: what was left for them goes.
        """

    async def due(self, now: datetime, limit: int, *, without: Collection[str] = ()) -> list[DueEvent]:
        """Scheduled events whose time has come, the earliest first, but those whose ids are in `without`."""

    async def clean(self, now: datetime, retention: Retention, *, attempt: Attempt = simply) -> None:
        """Drop what has been kept long enough. Each kind of thing is dropped by `attempt`, which has its name."""

    async def secret(self, name: str) -> bytes:
        """32 random bytes made at first use and kept: keys for signing."""

    async def elected(self, name: str) -> bool:
        """Whether this process is the one that does the periodic work `name`. Ask again each time: it may change."""

    async def quota(self) -> float:
        """This process's quota of what a platform allows: 1 for one process, a third for one of three."""

    async def check(self) -> None:
        """Return if turns can be taken, raise `Busy` if not."""

    async def counts(self) -> dict[str, int]:
        """How much there is of each thing: sessions, outbox, stopped (in the outbox), refused, parked, due."""

    async def close(self) -> None:
        """Finish what is being written and close."""
