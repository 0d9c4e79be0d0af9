"""A process to be killed: people talk, replies are sent, and every acknowledgement is written down as it is given.

    python under_load.py FOLDER PLAN.json PLATFORM.log

The plan holds the events of each person, in order. An acknowledged event is a line on standard output; what the
platform got is a line of the log. Both are written at once and whole, as a network would have them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.delivery.outcomes import Delivered, Later, Outcome, Unknown
from bot.delivery.sender import Sender
from bot.dialogue.replies import Reply
from bot.send_limits import SendLimits
from bot.store import Busy, Store, Turn
from bot.store.sqlite import SqliteStore


async def open_store(place: str) -> Store:
    if "://" in place:
        from bot.store.postgres import PostgresStore

        return await PostgresStore.open(place)
    return SqliteStore.open(Path(place))


def told(descriptor: int, *words: object) -> None:
    os.write(descriptor, (" ".join(map(str, words)) + "\n").encode())


async def talk(store: Store, person: str, events: list[int], dice: random.Random) -> None:
    """Hand in one person's events, each until it is acknowledged, some of them twice or after one another's back."""
    for number in events:
        event = f"{person}:event:{number}"

        async def work(turn: Turn, number: int = number) -> None:
            said = (turn.session or {"said": []})["said"]
            turn.save({"said": [*said, number]})
            turn.put(
                "effect", str(number), {"times": turn.records("effect").get(str(number), {"times": 0})["times"] + 1}
            )
            turn.send({"text": f"{number}"})

        while True:
            try:
                deliveries = 2 if dice.random() < 0.2 else 1
                await asyncio.gather(
                    *(store.turn(event, person, work, at=datetime.now(UTC)) for _ in range(deliveries))
                )
            except Busy:
                await asyncio.sleep(0.01)
            else:
                break
        told(1, "ack", person, number)


def platform(log: int, dice: random.Random) -> Callable[[str, Reply], Any]:
    async def deliver(chat: str, reply: Reply) -> Outcome:
        await asyncio.sleep(dice.random() * 0.003)
        luck = dice.random()
        if luck < 0.05:
            return Later(0.02)
        told(log, chat, reply.text)
        await asyncio.sleep(dice.random() * 0.003)
        return Unknown("the answer got lost") if luck > 0.99 else Delivered()

    return deliver


async def main(place: str, people: dict[str, list[int]], log: Path) -> None:
    dice = random.Random()
    store = await open_store(place)
    wire = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sender = Sender(store, "telegram", platform(wire, dice), limits=SendLimits(100_000, 0.0, 0.0))
    sending = asyncio.create_task(sender.run())
    told(1, "ready")
    await asyncio.gather(*(talk(store, person, events, dice) for person, events in people.items()))
    for _ in range(2_000):
        if not (await store.counts())["outbox"]:
            break
        await asyncio.sleep(0.01)
    sender.stop()
    await sending
    await store.close()
    told(1, "done")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3])))
