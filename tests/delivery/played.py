"""A store, a platform and a sender on a played clock: nothing sleeps, and each call has its moment on that clock."""

from __future__ import annotations

import asyncio
import inspect
import selectors
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.delivery.outcomes import Delivered, Outcome
from bot.delivery.sender import Sender
from bot.dialogue.replies import Reply
from bot.send_limits import SendLimits
from bot.store.priority import Priority
from bot.store.sqlite import SqliteStore

__all__ = ["LOU", "MAX", "TELEGRAM", "ZOE", "Platform", "Scene", "play"]

TELEGRAM = SendLimits(per_second=30, chat_seconds=1.0, group_seconds=3.0)
ZOE, MAX, LOU = "telegram:1", "telegram:2", "telegram:3"


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time jumps to the next thing to do, as soon as nobody works elsewhere."""

    def __init__(self) -> None:
        super().__init__(selectors.DefaultSelector())
        self.played = 1_000.0
        self.elsewhere = 0
        self._really = self._selector.select
        self._selector.select = self._select

    def time(self) -> float:
        return self.played

    def _select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= 0 or self.elsewhere:
            return self._really(timeout if timeout is None or timeout <= 0 else None)
        found = self._really(0)
        if not found:
            self.played += timeout
        return found


class Watched:
    """The store, and word to the clock of every call that is in work in the writer's thread."""

    def __init__(self, store: SqliteStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def counted(*given: Any, **named: Any) -> Any:
            self._clock.elsewhere += 1
            try:
                return await found(*given, **named)
            finally:
                self._clock.elsewhere -= 1

        return counted


class Platform:
    """What was called, when, for whom; and what it answers, by chat or in turn."""

    def __init__(self, clock: Clock, takes: float = 0.05) -> None:
        self.clock, self.takes = clock, takes
        self.calls: list[tuple[float, str, str]] = []
        self.answers: dict[str, list[Outcome]] = defaultdict(list)
        self.answer: Callable[[str, Reply], Outcome] = lambda chat, reply: Delivered()
        self.on_the_wire: Counter[str] = Counter()

    async def deliver(self, chat: str, reply: Reply) -> Outcome:
        self.calls.append((self.clock.time(), chat, str(reply.text)))
        self.on_the_wire[chat] += 1
        assert self.on_the_wire[chat] == 1, "two messages of one chat on the wire at once"
        await asyncio.sleep(self.takes)
        self.on_the_wire[chat] -= 1
        return self.answers[chat].pop(0) if self.answers[chat] else self.answer(chat, reply)

    def texts(self, chat: str | None = None) -> list[str]:
        return [text for _, to, text in self.calls if chat in (None, to)]

    def at(self, text: str) -> float:
        return next(at for at, _, said in self.calls if said == text)

    def too_early(self, limits: SendLimits = TELEGRAM) -> list[tuple[float, str]]:
        """The calls that Telegram would have refused with 429."""
        early = []
        for number, (at, chat, _) in enumerate(self.calls):
            before = self.calls[:number]
            gap = limits.group_seconds if chat.startswith("telegram:-") else limits.chat_seconds
            if sum(at - 1.0 < then for then, _, _ in before) >= limits.per_second:
                early.append((at, "all"))
            if any(at - gap < then for then, to, _ in before if to == chat):
                early.append((at, chat))
        return early


class Scene:
    """A store, a platform and a sender between them, on a played clock that begins at 0 for whoever tells the story."""

    def __init__(self, clock: Clock, store: SqliteStore) -> None:
        self.clock = clock
        self.store: Any = Watched(store, clock)
        self.platform = Platform(clock)
        self.started = clock.time()
        self._number = 0
        self.sender = self.new_sender()

    def new_sender(self, **given: Any) -> Sender:
        given = {"limits": TELEGRAM, "clock": self.clock.time, **given}

        async def deliver(chat: str, reply: Reply) -> Outcome:
            return await self.platform.deliver(chat, reply)

        return Sender(self.store, "telegram", deliver, is_group=lambda chat: chat.startswith("telegram:-"), **given)

    @property
    def now(self) -> float:
        return self.clock.time() - self.started

    async def write(
        self, chat: str, *texts: str | Reply, priority: Priority = Priority.REPLY, by: str | None = None
    ) -> None:
        self._number += 1

        async def work(turn: Any) -> None:
            if by is None:
                turn.save({})
            for text in texts:
                body = text.as_json() if isinstance(text, Reply) else {"text": text}
                turn.send(body, chat=chat, priority=priority)

        await self.store.turn(f"event:{self._number}", by or chat, work, at=datetime.now(UTC))

    async def until_empty(self, within: float = 10_000.0) -> None:
        begun = self.clock.time()
        while (await self.store.counts())["outbox"]:
            assert self.clock.time() < begun + within, f"the outbox did not empty in {within} s"
            await asyncio.sleep(0.5)

    async def run(self, story: Awaitable[Any]) -> None:
        sending = asyncio.create_task(self.sender.run())
        try:
            await story
        finally:
            self.sender.stop()
            await sending


def play(folder: Path, story: Callable[[Scene], Awaitable[Any]], *, sending: bool = True) -> Scene:
    """Plays a story from beginning to end, on a clock of its own, with a store in `folder`."""
    clock = Clock()

    async def whole() -> Scene:
        store = SqliteStore.open(folder)
        scene = Scene(clock, store)
        try:
            await (scene.run(story(scene)) if sending else story(scene))
        finally:
            clock.elsewhere += 1
            await store.close()
        return scene

    try:
        return clock.run_until_complete(whole())
    finally:
        clock.run_until_complete(clock.shutdown_default_executor())
        clock.close()
