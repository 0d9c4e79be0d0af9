"""People who count, each message at its moment; and what became of it, told by their screens and by the store."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from telegram_simulator import Dropped, LostAnswer, Message, NotJson, Person, Refused, Simulator, Slow, TooMany

from bot.dialogue.session import Session
from bot.store import Store, Turn

__all__ = ["Crowd", "Weather"]

ANSWER = re.compile(r"(\d+) is (\d+), (\d+) time")


@dataclass
class Weather:
    """Bad days of the platform, one after the other, until it clears."""

    telegram: Simulator
    dice: random.Random
    every: float = 0.2
    met: Counter[str] = field(default_factory=Counter)

    async def last(self, over: asyncio.Event) -> None:
        """Until it is over; what was ordered and not met by then does not happen."""
        while not over.is_set():
            fault = self.dice.choice(
                [TooMany(1), Refused(500, "Internal Server Error"), NotJson(502), LostAnswer(), Dropped(), Slow(0.3)]
            )
            self.telegram.goes_wrong(fault, "sendMessage")
            await asyncio.sleep(self.every * 2 * self.dice.random())
        for order in self.telegram.orders:
            self.met[type(order.fault).__name__] += not order.times
            order.times = 0


@dataclass
class Crowd:
    """`people` talk for about `seconds`, `events` numbers each, without waiting for an answer."""

    telegram: Simulator
    dice: random.Random
    people: int
    events: int
    seconds: float
    leavers: float = 0.0
    """How likely a person is to block the bot for a moment, at each number."""
    left: int = 0

    def __post_init__(self) -> None:
        self.persons = [self.telegram.person(number) for number in range(1, self.people + 1)]

    async def talk(self) -> None:
        await asyncio.gather(*map(self._talk, self.persons))

    async def _talk(self, person: Person) -> None:
        person.says("/count")
        for number in range(1, self.events + 1):
            await asyncio.sleep(self.dice.expovariate(self.events / self.seconds))
            if self.dice.random() < self.leavers:
                self.left += 1
                person.blocks()
                await asyncio.sleep(self.dice.random())
                person.returns()
            person.says(str(number))

    async def are_answered(self, within: float) -> None:
        """Wait until everybody has the answer to their last number."""
        wanted = f"{self.events} is "

        def all_have_it() -> bool:
            return all(any(wanted in reply.text for reply in person.replies) for person in self.persons)

        await self.telegram.until(all_have_it, within, "everybody to be answered")

    def screens(self) -> tuple[list[str], list[tuple[Message, Message]]]:
        """What is wrong on the screens, and what is there again: each message with the one that repeats it."""
        wrong, repeated = [], []
        for person in self.persons:
            repeated += [(one, next_) for one, next_ in itertools.pairwise(person.replies) if one.text == next_.text]
            missed = {number for text in self._missed(person) for number, _, _ in _answers(text)}
            got = [text for text, _ in itertools.groupby(reply.text for reply in person.replies)]
            answers = [answer for text in got for answer in _answers(text)]
            if answers != [(number, number, 1) for number in range(1, self.events + 1) if number not in missed]:
                wrong.append(f"{person.id} reads {answers}")
        return wrong, repeated

    def _missed(self, person: Person) -> list[str]:
        """A webhook reply to somebody who had left at that very moment: nobody is told that it was refused."""
        return [
            call.given["text"]
            for call in self.telegram.refused_in_silence
            if call.chat == person.id and "blocked" in call.refusal
        ]

    async def states(self, store: Store) -> list[str]:
        """What is wrong in the store: a session, an effect, or something that was left."""
        wrong = []
        expected = {str(number): {"times": 1} for number in range(1, self.events + 1)}
        for person in self.persons:

            async def look(turn: Turn) -> tuple[Any, Any]:
                return turn.session, turn.records("heard")

            chat = f"telegram:{person.id}"
            session, heard = (await store.turn(f"look:{person.id}", chat, look, at=datetime.now(UTC))).value or ({}, {})
            if heard != expected:
                wrong.append(f"{chat}: the effects are {heard}")
            talk = Session.from_json(session).current
            answers = {name: int(value) for name, value in talk.answers.items()} if talk else {}
            if answers != {f"number{number}": number for number in range(1, self.events + 1)}:
                wrong.append(f"{chat}: the answers are {answers}")
        counts = await store.counts()
        wrong += [f"{counts[name]} {name}" for name in ("outbox", "stopped", "parked") if counts[name]]
        # Six tries without an answer set a reply aside: it had arrived, or it is missing from a screen.
        for reply in await store.dead_letters.refused():
            person = self.telegram.people[int(reply.chat.split(":")[1])]
            if reply.body["text"] not in [shown.html for shown in person.replies]:
                wrong.append(f"{reply.chat} never read what was set aside: {reply.reason}")
        return wrong


def _answers(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, found)) for found in ANSWER.findall(text)]
