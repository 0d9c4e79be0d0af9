"""What a platform allows holds for several processes on one PostgreSQL as it does for one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise

from bot.delivery.outcomes import Delivered
from bot.delivery.sender import Sender
from bot.send_limits import SendLimits
from bot.store.postgres import PostgresStore

Deliver = Callable[..., Awaitable[Delivered]]


class Process:
    """A store and a sender, as in each process that serves."""

    def __init__(self, store: PostgresStore, deliver: Deliver, limits: SendLimits) -> None:
        self.store = store
        self._sender = Sender(store, "telegram", deliver, limits=limits)
        self._sending = asyncio.create_task(self._sender.run())

    @classmethod
    async def join(cls, address: str, deliver: Deliver, limits: SendLimits) -> Process:
        return cls(await PostgresStore.open(address), deliver, limits)

    async def write(self, person: str, number: int = 0) -> None:
        async def work(turn):
            turn.save({"count": number})
            turn.send({"text": str(number)})

        await self.store.turn(f"{person}:{number}", person, work, at=datetime.now(UTC))

    async def leave(self) -> None:
        self._sender.stop()
        await self._sending
        await self.store.close()


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(1_200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not everybody got everything")


async def test_so_many_calls_a_second_in_all_whoever_comes_and_goes(empty_postgresql):
    limits = SendLimits(60, 1.0, 1.0)
    calls: list[tuple[float, str]] = []

    async def deliver(chat, reply):
        calls.append((asyncio.get_running_loop().time(), chat))
        await asyncio.sleep(0.02)
        return Delivered()

    people = [f"telegram:{number}" for number in range(600)]
    processes = [await Process.join(empty_postgresql, deliver, limits) for _ in range(2)]
    for start in range(0, len(people), 10):
        await asyncio.gather(*(processes[0].write(person) for person in people[start : start + 10]))
    processes.append(await Process.join(empty_postgresql, deliver, limits))
    await until(lambda: len(calls) > 400)
    await processes.pop(1).leave()
    await until(lambda: len(calls) == len(people))
    for process in processes:
        await process.leave()

    assert Counter(chat for _, chat in calls) == dict.fromkeys(people, 1)
    moments = sorted(at for at, _ in calls)
    assert all(later - earlier >= 1.0 for earlier, later in zip(moments, moments[60:], strict=False))


async def test_one_call_at_a_time_to_each_person_whoever_makes_it(empty_postgresql):
    """Each message is written by the other process, as soon as the one before has gone."""
    calls: dict[str, list[float]] = {f"telegram:{number}": [] for number in range(6)}
    processes: list[Process] = []
    writing: set[asyncio.Task[None]] = set()

    async def deliver(chat, reply):
        calls[chat].append(asyncio.get_running_loop().time())
        number = len(calls[chat])
        if number < 5:
            other = asyncio.get_running_loop().call_later
            other(0.1, lambda: writing.add(asyncio.create_task(processes[number % 2].write(chat, number))))
        return Delivered()

    processes += [await Process.join(empty_postgresql, deliver, SendLimits()) for _ in range(2)]
    await until(lambda: all(process.store._replica.quota for process in processes))  # the newcomer waits
    await asyncio.gather(*(processes[0].write(person) for person in calls))
    await until(lambda: all(len(moments) == 5 for moments in calls.values()))
    for process in processes:
        await process.leave()

    for moments in calls.values():
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(moments))
