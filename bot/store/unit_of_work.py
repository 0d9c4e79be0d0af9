"""What a turn wants written, gathered while it runs: the part of a `Turn` that all stores share."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.store.priority import Priority
from bot.store.text import dumps, loads, opened

__all__ = ["Changes", "Notice", "UnitOfWork", "date_of", "day", "readable"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What others may read, in which category and until when."""

    body: dict[str, Any]
    category: str
    until: datetime


@dataclass(slots=True)
class Changes:
    """By kind of thing; what is replaced and dropped again within the turn leaves no trace."""

    session: dict[str, Any] | None = None
    outbox: list[tuple[str, dict[str, Any], Priority]] = field(default_factory=list)
    answer: Sequence[dict[str, Any]] | None = None
    cooldown: float | None = None
    records: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    due: dict[tuple[str, str, str], tuple[datetime, dict[str, Any]] | None] = field(default_factory=dict)
    """By conversation, name and key."""
    notices: dict[tuple[str, str], Notice | None] = field(default_factory=dict)
    told: list[tuple[str, str, str, str, datetime, dict[str, Any]]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    """Notices of anybody's."""
    uses: list[tuple[str, str, date]] = field(default_factory=list)
    """What was done that may be done so often a day: who, what and when."""
    stopped: bool | None = None
    misunderstood: list[tuple[str, str, str]] = field(default_factory=list)
    votes: list[tuple[str, bool]] = field(default_factory=list)
    """Masked text, language and topic."""
    quotes: set[str] = field(default_factory=set)
    """Whose words the replies hold besides the person's own: conversations, and names of what is kept elsewhere."""
    unquotes: set[str] = field(default_factory=set)
    """Names of what goes with the person, wherever it is quoted."""
    parked: tuple[str, str] | None = None
    """The event as it came, and why it is set aside."""

    def records_with(self, kind: str, kept: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """The records kept of one kind, with what this turn has put and dropped."""
        for (changed_kind, key), body in self.records.items():
            if changed_kind == kind and body is None:
                kept.pop(key, None)
            elif changed_kind == kind and body is not None:
                kept[key] = body
        return kept

    def used_with(self, unit: str, act: str, day: date, before: int) -> int:
        """How often a unit has done something on a day, with what this turn adds."""
        return before + self.uses.count((unit, act, day))


class UnitOfWork:
    """A turn in work. `used_day` is the day of the turn before, None for a person never seen."""

    __slots__ = (
        "_authors",
        "_chat",
        "_kept",
        "_used_day",
        "changes",
        "cooldown",
        "forgotten",
        "outbox_empty",
        "session",
    )

    def __init__(self, chat: str, session: str | None, used_day: int | None, *, outbox_empty: bool) -> None:
        self._chat = chat
        self._kept = session
        self._used_day = used_day
        self._authors: dict[tuple[str, str], str] = {}
        """Of the notices that were read, who put them up."""
        self.outbox_empty = outbox_empty
        self.cooldown = 0.0
        self.begin()

    def begin(self) -> None:
        """Forget all that was written so far in this turn."""
        self.session: dict[str, Any] | None = opened(self._kept) if self._kept else None
        self.changes = Changes()
        self.forgotten = False

    def save(self, session: dict[str, Any]) -> None:
        self.changes.session = session

    def send(self, body: dict[str, Any], *, chat: str | None = None, priority: Priority = Priority.REPLY) -> None:
        self.changes.outbox.append((chat or self._chat, body, priority))

    def answer(self, replies: Sequence[dict[str, Any]], *, cooldown: float | None = None) -> None:
        self.changes.answer, self.changes.cooldown = replies, cooldown

    def put(self, kind: str, key: str, body: dict[str, Any]) -> None:
        self.changes.records[kind, key] = body

    def drop(self, kind: str, key: str) -> None:
        self.changes.records[kind, key] = None

    def schedule(self, name: str, key: str, due_at: datetime, data: dict[str, Any], *, chat: str | None = None) -> None:
        self.changes.due[chat or self._chat, name, key] = (due_at, data)

    def cancel(self, name: str, key: str) -> None:
        self.changes.due[self._chat, name, key] = None

    def post(self, kind: str, key: str, body: dict[str, Any], *, category: str, until: datetime) -> None:
        self.changes.notices[kind, key] = Notice(body, category, until)

    def take_down(self, kind: str, key: str, *, of_anybody: bool = False) -> None:
        if of_anybody:
            self.changes.removed.append((kind, key))
        else:
            self.changes.notices[kind, key] = None

    def tell(self, kind: str, key: str, name: str, due_key: str, due_at: datetime, data: dict[str, Any]) -> None:
        self.changes.told.append((kind, key, name, due_key, due_at, data))

    def use(self, unit: str, act: str, day: date) -> None:
        self.changes.uses.append((unit, act, day))

    def misunderstood(self, text: str, language: str, topic: str) -> None:
        self.changes.misunderstood.append((text, language, topic))

    def vote(self, answer: str, *, useful: bool) -> None:
        self.changes.votes.append((answer, useful))

    def park(self, raw: str, error: str) -> None:
        self.changes.parked = (raw, error)

    def stop(self, stopped: bool) -> None:
        self.changes.stopped = stopped

    def quote(self, kind: str, key: str) -> None:
        author = self._authors.get((kind, key), f"{kind}:{key}")
        if author != self._chat:
            self.changes.quotes.add(author)

    @property
    def quotes_others(self) -> bool:
        return bool(self.changes.quotes)

    def forget(self, also: Collection[str] = ()) -> None:
        self.forgotten = True
        self.changes.unquotes.update(also)

    def _read_notice(self, kind: str, key: str, body: str, author: str) -> dict[str, Any]:
        self._authors[kind, key] = author
        return opened(body)

    @property
    def _quotes(self) -> str | None:
        return dumps(sorted(self.changes.quotes)) if self.changes.quotes else None


def day(instant: float) -> int:
    """The day of an instant, in days since 1970."""
    return int(instant // 86_400)


def date_of(number: int) -> date:
    """The date of a day counted since 1970."""
    return date(1970, 1, 1) + timedelta(days=number)


def readable(column: str, value: Any) -> Any:
    """An exported value as a person would read it: JSON opened, instants as ISO dates."""
    if column in ("session", "body", "answer") and value is not None:
        with contextlib.suppress(ValueError, RecursionError):
            return loads(value)
        return value  # as it is: it is theirs all the same
    if column in ("at", "due_at", "used_at", "until") and value is not None:
        return datetime.fromtimestamp(value, UTC).isoformat(timespec="seconds")
    return value
