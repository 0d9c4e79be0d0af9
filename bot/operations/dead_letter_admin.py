"""What was set aside, for an operator: look at it, hand it in again, let it go.

An event is named by its reference, as the log names it; what a person wrote is told only to who asks for it. The same
acts serve a server at work (`bot.control`) and, but for handing in again, a store that nobody serves from.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from bot.conversation_id import channel_of
from bot.dialogue.engine import Engine
from bot.dialogue.events import Event
from bot.logs import reference
from bot.store import Store, StoreError, Turn
from bot.store.dead_letters import ParkedEvent

__all__ = ["CannotReplay", "DeadLetterAdmin", "Reread", "reminder_as_raw"]

log = logging.getLogger(__name__)

MOST = 500
"""Things listed at once."""
SHOWN = 4_000
"""Characters of a message that are shown."""

Reread = Callable[[ParkedEvent], Event | None]
"""How a channel reads again an event that it once handed in; None if it cannot."""


class CannotReplay(Exception):
    """An event cannot be handed in again; the message says why."""


class DeadLetterAdmin:
    """See the module. Without an engine nothing can be handed in again."""

    def __init__(
        self, store: Store, engine: Engine | None = None, channels: Mapping[str, Reread] | None = None
    ) -> None:
        self._store = store
        self._engine = engine
        self._channels = channels or {}

    @property
    def acts(self) -> dict[str, Callable[..., Awaitable[Any]]]:
        """What can be asked, by name; values and results are JSON."""
        return {
            "parked list": self.parked,
            "parked replay": self.replay,
            "parked drop": self.drop_parked,
            "refused list": self.refused,
            "refused drop": self.drop_refused,
            "misunderstood list": self.misunderstood,
            "misunderstood drop": self.drop_misunderstood,
            "answer votes": self.answer_votes,
        }

    async def parked(self, show: bool = False) -> list[dict[str, Any]]:
        """The events set aside, oldest first. `show`: with whose they are and what they hold."""
        return [
            {
                "reference": reference(event.event),
                "at": event.at.isoformat(timespec="seconds"),
                "channel": channel_of(event.chat),
                "error": event.error,
                "tries": event.tries,
            }
            | ({"event": event.event, "chat": event.chat, "raw": event.raw[:SHOWN]} if show else {})
            for event in (await self._store.dead_letters.parked())[:MOST]
        ]

    async def replay(self, references: list[str]) -> list[dict[str, Any]]:
        """Hand events in again, oldest first; each is let go once it is answered.

        The event bears another id each time it was tried, so that it is run. Killed between its commit and its going,
        it is there still; handed in again, it is recognised, and goes without being run twice.
        """
        return [await self._replay(event) for event in await self._called(references)]

    async def _replay(self, parked: ParkedEvent) -> dict[str, Any]:
        named = {"reference": reference(parked.event)}
        try:
            outcome = await self._hand_in(parked)
        except StoreError as error:
            return named | {"outcome": "busy", "why": str(error)}
        except CannotReplay as no:
            return named | {"outcome": "cannot", "why": str(no)}
        except Exception as error:
            log.exception("an event handed in again failed again")
            await self._store.failed(parked.event)
            return named | {"outcome": "failed", "why": type(error).__name__}
        await self._store.dead_letters.drop_parked(parked.event)
        return named | {"outcome": outcome}

    async def _hand_in(self, parked: ParkedEvent) -> str:
        again = f"{parked.event}~{parked.tries}"
        if parked.event.startswith("due:"):
            await self._store.turn(again, parked.chat, _as_reminder(parked), at=datetime.now(UTC))
            return "scheduled"
        if self._engine is None:
            raise CannotReplay("no Allié serves here to answer it")
        reread = self._channels.get(channel_of(parked.chat))
        event = reread(parked) if reread else None
        if event is None:
            raise CannotReplay("it cannot be read again")
        handled = await self._engine.replay(replace(event, id=again, chat=parked.chat, message=None, raw=""))
        return "done already" if handled.duplicate else "answered"

    async def drop_parked(self, references: list[str]) -> list[dict[str, Any]]:
        """Let events go without an answer. Their people were told, when they were set aside, that something failed."""
        called = await self._called(references)
        return [
            {"reference": reference(event.event), "dropped": await self._store.dead_letters.drop_parked(event.event)}
            for event in called
        ]

    async def _called(self, references: list[str]) -> list[ParkedEvent]:
        """Those whose references these are, or begin with; all of them for none."""
        there = await self._store.dead_letters.parked()
        return [
            event
            for event in there
            if not references or any(reference(event.event).startswith(name) for name in references)
        ]

    async def refused(self, show: bool = False) -> list[dict[str, Any]]:
        """The replies set aside, oldest first. `show`: with whose they are and what they say."""
        return [
            {
                "id": reply.id,
                "at": reply.at.isoformat(timespec="seconds"),
                "channel": channel_of(reply.chat),
                "reason": reply.reason,
            }
            | ({"chat": reply.chat, "text": str(reply.body.get("text", ""))[:SHOWN]} if show else {})
            for reply in (await self._store.dead_letters.refused())[:MOST]
        ]

    async def drop_refused(self, ids: list[int]) -> list[dict[str, Any]]:
        """Let replies go; all of them for none."""
        wanted = ids or [reply.id for reply in await self._store.dead_letters.refused()]
        return [{"id": id, "dropped": await self._store.dead_letters.drop_refused(id)} for id in wanted]

    async def misunderstood(self) -> list[dict[str, Any]]:
        """What was not understood, masked, the most frequent first and of these the latest."""
        return [
            {
                "text": message.text,
                "language": message.language,
                "topic": message.topic,
                "count": message.count,
                "last": message.last.isoformat(),
            }
            for message in await self._store.dead_letters.misunderstood()
        ]

    async def drop_misunderstood(self) -> int:
        """Let go of all that was not understood."""
        return await self._store.dead_letters.drop_misunderstood()

    async def answer_votes(self) -> list[dict[str, Any]]:
        """What people thought of the written answers, those that helped least first."""
        return [asdict(votes) for votes in await self._store.dead_letters.answer_votes()]


def reminder_as_raw(name: str, data: Mapping[str, Any]) -> str:
    """What is kept of a reminder whose turn fails, so that it can be put back."""
    return json.dumps({"name": name, "data": dict(data)}, ensure_ascii=False)


def _as_reminder(parked: ParkedEvent) -> Callable[[Turn], Awaitable[None]]:
    """The turn that puts a reminder back, due at once: it then comes as all reminders do."""
    try:
        given = json.loads(parked.raw)
        name, data = str(given["name"]), dict(given["data"])
    except (ValueError, KeyError, TypeError):
        raise CannotReplay("it cannot be read again") from None

    async def put_back(turn: Turn) -> None:
        key = str(data.pop("key", ""))
        turn.schedule(name, key, datetime.now(UTC), data)

    return put_back
