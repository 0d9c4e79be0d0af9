"""What an operator sees of a store: what was set aside, and what waits. The same on both engines.

Set aside are events whose turn failed again and again (parked) and replies that a platform would not take (refused).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.store.priority import Priority

__all__ = ["AnswerVotes", "DeadLetters", "Misunderstood", "ParkedEvent", "RefusedReply", "Waiting"]


@dataclass(frozen=True, slots=True)
class ParkedEvent:
    """An event set aside: whose it is, as it came, the kind of its error, and how often it was tried in all."""

    event: str
    chat: str
    raw: str
    error: str
    at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class RefusedReply:
    """A reply set aside, and what the platform said."""

    id: int
    chat: str
    body: dict[str, Any]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the outbox for one channel of one priority, without what is kept for people who left."""

    channel: str
    priority: Priority
    messages: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A masked message that was not understood: in which language, to which topic's question, how often, when last."""

    text: str
    language: str
    topic: str
    count: int
    last: date


@dataclass(frozen=True, slots=True)
class AnswerVotes:
    """How many people found a written answer useful, and how many did not."""

    answer: str
    useful: int
    useless: int


class DeadLetters(Protocol):
    """Every method raises `Busy` when the database does not answer; those that drop return after their commit."""

    async def parked(self) -> list[ParkedEvent]:
        """The events set aside, oldest first."""

    async def drop_parked(self, event: str) -> bool:
        """Let go of an event set aside, if it is there. Delivered again by the platform, it is still known."""

    async def refused(self) -> list[RefusedReply]:
        """The replies set aside, oldest first."""

    async def drop_refused(self, id: int) -> bool:
        """Let go of a reply set aside, if it is there."""

    async def waiting(self) -> list[Waiting]:
        """What waits to be sent, by channel and priority."""

    async def misunderstood(self) -> list[Misunderstood]:
        """What was not understood, the most frequent first."""

    async def answer_votes(self) -> list[AnswerVotes]:
        """What people thought of the written answers, those that helped least first."""

    async def drop_misunderstood(self) -> int:
        """Let go of all of it. Returns how many there were."""
