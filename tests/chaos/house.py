"""Replicas under fire: what happens to them, and one run from its beginning to its report."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psycopg
from crowd import Crowd, Weather
from served import Balancer, Served
from telegram_simulator import Message, Simulator

from bot.store.opening import open_store
from bot.store.text import loads

__all__ = ["Database", "Plan", "play"]

Start = Callable[..., Awaitable[Served]]

FROZEN = 12.0
"""Seconds: longer than the others wait for a process that says nothing."""


class Database(Protocol):
    """A PostgreSQL that may be restarted."""

    address: str

    async def control(self, *words: str) -> None: ...


def _seed() -> int:
    return int(os.environ.get("CHAOS_SEED") or random.SystemRandom().randrange(1_000_000))


@dataclass(frozen=True)
class Plan:
    """How many people say how many numbers in how long, and what happens meanwhile.

    The seed (CHAOS_SEED, or one at random) decides who dies when, and everything else that is left to chance; what the
    machine does meanwhile it cannot decide.
    """

    people: int
    events: int
    seconds: float
    kill_every: float
    replicas: int = 3
    restarts: int = 1
    freezes: bool = False
    polling: bool = False
    duplicates: float = 0.2
    leavers: float = 0.03
    seed: int = field(default_factory=_seed)


class House:
    """Replicas behind a balancer, and what happens to them."""

    def __init__(
        self, plan: Plan, start: Start, folder: Path, database: Database | None, telegram: Simulator, address: str
    ) -> None:
        self.plan, self.folder, self.database, self.telegram = plan, folder, database, telegram
        self._start = start
        self._dice = random.Random(plan.seed)
        self._settings = {"ALLIE_TELEGRAM_TOKEN": telegram.token, "ALLIE_TELEGRAM_API_URL": telegram.url}
        if not plan.polling:
            self._settings["ALLIE_PUBLIC_URL"] = address
        if database:
            self._settings["ALLIE_DATABASE_URL"] = database.address
        self._number = 0
        self.replicas: list[Served] = []
        self.happened: Counter[str] = Counter()
        self.on_the_wire: set[tuple[int, int]] = set()
        """Messages that had arrived when their sender was ended or cut off, and were not written down as sent."""
        self.diary: list[tuple[float, str]] = []
        """What happened when, on the platform's clock."""

    async def begin(self) -> None:
        self.replicas += await asyncio.gather(*(self._new() for _ in range(self.plan.replicas)))

    async def _new(self) -> Served:
        self._number += 1
        return await self._start(f"replica-{self._number}" if self.database else "replica", **self._settings)

    def _note(self, what: str, whom: Served | None = None) -> None:
        self.diary.append((self.telegram.now(), f"{whom.log.stem} {what}" if whom else what))

    async def suffer(self, over: asyncio.Event) -> None:
        """A replica dies and another takes its place, again and again; the database restarts."""
        restarts = self.plan.restarts if self.database else 0
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), self.plan.kill_every * (0.5 + self._dice.random()))
            if over.is_set():
                return
            if restarts and self.happened["killed"]:
                restarts -= 1
                await self._restart_database()
            else:
                await self._end(self._dice.choice(self.replicas))

    async def _restart_database(self) -> None:
        assert self.database is not None
        how = self._dice.choice(["fast", "immediate"])
        self.happened[f"database restarted ({how})"] += 1
        self._note(f"database restarted ({how})")
        await self.database.control("restart", "-m", how)
        self._note("database is back")
        await self._see_what_was_on_the_wire()

    async def _end(self, dying: Served) -> None:
        fate = self._dice.choices(["killed", "stopped", "frozen"], [6, 1, 1 if self.plan.freezes else 0])[0]
        self.happened[fate] += 1
        self._note(fate, dying)
        if fate == "frozen":
            dying.freeze()
            await self._see_what_was_on_the_wire()
            await asyncio.sleep(FROZEN)
            dying.thaw()
            self._note("thawed", dying)
            return
        if fate == "killed":
            await dying.kill()
            await self._see_what_was_on_the_wire()
        else:
            assert await dying.stop() == 0
        self.replicas[self.replicas.index(dying)] = await self._new()

    async def _see_what_was_on_the_wire(self) -> None:
        """The first reply that waits for each person, if it is the last that they read."""
        await asyncio.sleep(0.6)  # what the network had from the dead has arrived, be it slow
        for chat, body in await self._waiting():
            person = self.telegram.people[int(chat.split(":")[1])]
            if person.replies and person.last.html == loads(body)["text"]:
                self.on_the_wire.add((person.id, person.last.id))

    async def _waiting(self) -> list[tuple[str, str]]:
        if self.database is None:
            with contextlib.closing(sqlite3.connect(self.folder / "replica" / "allie.sqlite3")) as file:
                rows = file.execute("SELECT chat, body FROM outbox ORDER BY id DESC").fetchall()
            return list(dict(rows).items())
        async with await psycopg.AsyncConnection.connect(self.database.address) as connection:
            found = await connection.execute("SELECT DISTINCT ON (chat) chat, body FROM outbox ORDER BY chat, lane, id")
            return await found.fetchall()

    def explains(self, first: Message, second: Message) -> bool:
        """Whether a message may be there again: nobody could know that the first had arrived."""
        thaws = [moment for moment, what in self.diary if what.endswith("thawed")]
        return (first.chat, first.id) in self.on_the_wire | self.telegram.unanswered or any(
            0 <= second.date + 1 - moment <= 3
            for moment in thaws  # it was about to send when it stood still
        )

    def story_of(self, message: Message) -> str:
        """When a message was sent, and what happened in the seconds before."""
        calls = [
            call for call in self.telegram.called("sendMessage", message.chat) if call.given["text"] == message.html
        ]
        moments = [f"{call.at:.2f}{' in a webhook reply' if call.in_webhook_reply else ''}" for call in calls]
        around = [
            f"{at:.2f} {what}" for at, what in self.diary if any(call.at - 15 < at < call.at + 2 for call in calls)
        ]
        return f"{message.chat} reads {message.text!r} at {moments}; {around}"


def _early(telegram: Simulator) -> str:
    early = [seconds for _, seconds in telegram.limits.too_early]
    return f"{len(early)}, by {max(early):.2f} s at most" if early else "none"


async def play(plan: Plan, start: Start, folder: Path, database: Database | None = None) -> str:
    """One run; its report. Fails, with the report, if anything was lost, done twice or out of order."""
    began, dice = time.monotonic(), random.Random(plan.seed + 1)
    async with (
        Simulator(first_delay=0.2, timeout=20.0) as telegram,
        Balancer(dice, twice=plan.duplicates / 2) as balancer,
    ):
        telegram.updates.lose = lambda update: dice.random() < plan.duplicates / 2
        house = House(plan, start, folder, database, telegram, balancer.address)
        balancer.replicas = house.replicas
        crowd = Crowd(telegram, dice, plan.people, plan.events, plan.seconds, leavers=plan.leavers)
        weather = Weather(telegram, dice)
        await house.begin()
        over = asyncio.Event()
        bad_days = [asyncio.create_task(house.suffer(over)), asyncio.create_task(weather.last(over))]
        await crowd.talk()
        over.set()
        await asyncio.gather(*bad_days)
        try:
            await crowd.are_answered(60 + plan.people * plan.events / 10)
            await telegram.quiet(60)
        finally:
            wrong, repeated = crowd.screens()
            doubled = [house.story_of(first) for first, second in repeated if not house.explains(first, second)]
            on_the_wire = house.on_the_wire - telegram.unanswered
            report = "\n".join(
                [
                    f"seed {plan.seed}: {plan.people} people, {plan.people * (plan.events + 1)} messages, "
                    f"{len(telegram.updates.deliveries)} deliveries ({balancer.doubled} to two at once), "
                    f"{len(telegram.called('sendMessage'))} replies, {time.monotonic() - began:.0f} s",
                    f"happened: {dict(house.happened)}; people who left for a moment: {crowd.left}, "
                    f"and were not there for a webhook reply: {len(telegram.refused_in_silence)}",
                    f"weather: {dict(weather.met)}; calls too early: {_early(telegram)}",
                    f"repeated: {len(repeated)}; {len(on_the_wire)} were on the wire when their sender was ended and "
                    f"{len(telegram.unanswered)} had no answer; without a reason: {doubled or 'none'}",
                    f"wrong on the screens: {wrong or 'nothing'}",
                ]
            )
            print(report)
        ends = await asyncio.gather(*(replica.stop() for replica in house.replicas))
        store = await open_store(folder / "replica", database.address if database else None)
        try:
            wrong += await crowd.states(store)
        finally:
            await store.close()
        assert not wrong, f"{report}\n{wrong}"
        assert ends == [0] * plan.replicas, report
        assert not doubled, report
        assert house.happened["killed"], report
        return report
