"""One message to the many who agreed to receive it: what a store keeps of it.

A broadcast goes through the consents in the order of their conversations. Messages are put in the outbox a few at a
time, in the same commit as how far it has come: killed at any instant, nobody is left out and nobody gets it twice but
for one that was on the wire. What waits in the outbox is set aside when the broadcast is stopped, and goes when the
consent ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from bot.store.priority import Priority

__all__ = ["CONSENT", "CONSENT_KEY", "Agreed", "Broadcast", "Broadcasts", "State", "broadcast_of"]

CONSENT, CONSENT_KEY = "news", "on"
"""The record that says that a person agreed; its body says to what."""

State = Literal["sending", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast and how far it has come.

    `body`     the texts and to whom it goes, as whoever began it wrote them
    `after`    the last conversation it came to
    `handed`   messages put in the outbox; `waiting` those still there, and `to_fetch` those of them that people on the
               web have yet to come for
    `people`   how many it was for when it began
    """

    id: str
    body: dict[str, Any]
    state: State
    after: str
    begun: datetime
    people: int
    handed: int
    delivered: int
    blocked: int
    failed: int
    waiting: int
    to_fetch: int

    @property
    def withdrawn(self) -> int:
        """Those who said stop, left or were erased before it reached them, or whose message grew too old."""
        return self.handed - self.delivered - self.blocked - self.failed - self.waiting


@dataclass(frozen=True, slots=True)
class Agreed:
    """A person who agreed: to what, and the conversation as it is kept."""

    chat: str
    consent: dict[str, Any]
    session: dict[str, Any]


class Broadcasts(Protocol):
    """The broadcasts of a store. Every method that writes returns after its commit."""

    async def begin(self, id: str, body: dict[str, Any], people: int, at: datetime) -> Broadcast:
        """Begin it, or have one that was stopped go on from there; one that is under way or done stays as it is."""

    async def stop(self, id: str) -> Broadcast | None:
        """Nothing more goes out but what is on the wire. None if there is no such broadcast."""

    async def get(self, id: str) -> Broadcast | None:
        """How far it has come."""

    async def all(self) -> list[Broadcast]:
        """All there are, the latest last."""

    async def under_way(self) -> list[Broadcast]:
        """Those being sent, the earliest first."""

    async def agreed(self, after: str, before: datetime, limit: int) -> list[Agreed]:
        """Those who agreed before a moment and have not left, in the order of their conversations."""

    async def hand_over(
        self,
        broadcast: Broadcast,
        messages: Sequence[tuple[str, dict[str, Any]]],
        *,
        after: str,
        done: bool,
        at: datetime,
    ) -> None:
        """Put messages in the outbox, for those who still agree, and write down how far the broadcast has come.

        Nothing happens if it was stopped, or went on by another hand, since it was read.
        """

    async def waiting(self, channel: str) -> int:
        """How many messages of broadcasts wait to be sent on a channel."""


def broadcast_of(priority: Priority, body: dict[str, Any]) -> str | None:
    """The broadcast that a message of the outbox is part of."""
    return str(body["broadcast"]) if priority == Priority.BROADCAST and "broadcast" in body else None
