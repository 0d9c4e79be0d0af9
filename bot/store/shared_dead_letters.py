"""What an operator sees of a store, whichever engine keeps it: the statements' rows as what they mean."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.store import shared_statements as shared
from bot.store.dead_letters import AnswerVotes, Misunderstood, ParkedEvent, RefusedReply, Waiting
from bot.store.priority import Priority
from bot.store.text import opened
from bot.store.unit_of_work import date_of

__all__ = ["SharedDeadLetters"]


class SharedDeadLetters(ABC):
    """See `DeadLetters`. An engine says how its rows are read and counted, and how an event that was set aside goes."""

    waiting_statement: str

    @abstractmethod
    async def _rows(self, statement: str) -> Sequence[tuple[Any, ...]]:
        """What the statement finds."""

    @abstractmethod
    async def _count(self, statement: str, values: tuple[Any, ...]) -> int:
        """Change what the statement says; how many rows that were."""

    @abstractmethod
    async def drop_parked(self, event: str) -> bool: ...

    async def parked(self) -> list[ParkedEvent]:
        return [
            ParkedEvent(event, chat, raw, error, _moment(at), tries)
            for event, chat, raw, error, at, tries in await self._rows(shared.PARKED)
        ]

    async def refused(self) -> list[RefusedReply]:
        return [
            RefusedReply(id, chat, opened(body), reason, _moment(at))
            for id, chat, body, reason, at in await self._rows(shared.REFUSED)
        ]

    async def drop_refused(self, id: int) -> bool:
        return await self._count(shared.DROP_REFUSED, (id,)) > 0

    async def waiting(self) -> list[Waiting]:
        return [
            Waiting(channel, Priority(priority), messages, _moment(at))
            for channel, priority, messages, at in await self._rows(self.waiting_statement)
        ]

    async def misunderstood(self) -> list[Misunderstood]:
        return [
            Misunderstood(text, language, topic, count, date_of(last))
            for text, language, topic, count, last in await self._rows(shared.UNDERSTOOD_BY_NOBODY)
        ]

    async def answer_votes(self) -> list[AnswerVotes]:
        return [AnswerVotes(*row) for row in await self._rows(shared.VOTES)]

    async def drop_misunderstood(self) -> int:
        return await self._count(shared.DROP_MISUNDERSTOOD, ())


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
