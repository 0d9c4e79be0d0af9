"""What a turn costs over a webhook, durable and answered: `python -m bench turns`.

Allié runs in a process of its own, on SQLite with `synchronous=FULL`; a Telegram as cheap as can be runs here. CPU is
that of Allié's process. "At saturation": a hundred connections, each posting as soon as it is answered. "At a steady
rate": updates come at random moments, and the time is from posting to the answer.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from bench.telegram import Api, Chat, Webhook, first_button

ROOT = Path(__file__).parents[1]
CONNECTIONS = 100
STEPS = 4
"""Updates in the conversation of buttons: the command, and three presses."""
ROUNDS = 3
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
    cpu: float
    memory: float
    outbox: int


class Served:
    """Allié in its own process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, webhook: Webhook) -> None:
        self.process, self.port, self.webhook = process, port, webhook

    async def cost(self) -> Cost:
        def ask() -> Cost:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/cost") as answer:
                return Cost(**json.loads(answer.read()))

        return await asyncio.to_thread(ask)


@asynccontextmanager
async def allie(*, api_takes: float = 0.0, encoder: bool = False, rides: bool = True) -> AsyncIterator[Served]:
    """A fresh Allié with an empty data folder."""
    with tempfile.TemporaryDirectory(prefix="allie-bench-") as folder:
        async with Api(api_takes) as url:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bench.served", folder, url, "yes" if encoder else "no", "rides" if rides else "outbox"),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            assert process.stdin is not None
            assert process.stdout is not None
            webhook = Webhook(int(await process.stdout.readline()), CONNECTIONS)
            await webhook.open()
            try:
                yield Served(process, webhook._port, webhook)
            finally:
                webhook.close()
                process.stdin.close()
                await process.wait()


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
    """The same where the replies come later, through the outbox."""
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
            await conversation(number, served.webhook.post)

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
        came = await served.webhook.post(update)
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


def shown(label: str, value: str, bar: str = "") -> None:
    print(f"  {label:<58} {value:>22}   {bar}", flush=True)


async def costs(label: str, conversation: Conversation, *, people: int, bar: str = "", **how: Any) -> None:
    async with allie(**how) as served:
        await saturated(served, conversation, 1, 100)
        loads = [await saturated(served, conversation, 1_000 + n * people, people) for n in range(ROUNDS)]
    cpu = statistics.median(load.cpu for load in loads)
    per_second = statistics.median(load.per_second for load in loads)
    shown(label, f"{cpu:.2f} ms, {per_second:,.0f}/s", bar)


async def waits(label: str, conversation: Conversation, *, rate: float = 50, bar: str = "", **how: Any) -> None:
    async with allie(**how) as served:
        await steady(served, conversation, 1, rate=rate, seconds=2)
        times = await steady(served, conversation, 1_000_000, rate=rate, seconds=20)
    p50, p95, p99 = (times[int(len(times) * part)] for part in (0.50, 0.95, 0.99))
    shown(label, f"{p50:.1f} / {p95:.1f} / {p99:.1f} ms", bar)


async def measure() -> None:
    print("  CPU of an update, and updates a second at saturation")
    bar = "at most 0.4 ms, over 1,500/s"
    await costs("buttons, the reply in the response", of_buttons, people=1_000, bar=bar)
    await costs("  and a Bot API that takes 50 ms", of_buttons, people=1_000, bar=bar, api_takes=0.05)
    await costs(
        "buttons, the reply through the outbox, 50 ms", of_buttons_sent, people=500, rides=False, api_takes=0.05
    )
    bar = "at most 3 ms"
    await costs("texts", of_texts, people=150, bar=bar)
    await costs("texts, with the sentence encoder", of_texts, people=150, bar=bar, encoder=True)
    print("  Time to the answer at 50 updates a second: p50 / p95 / p99")
    await waits("buttons", of_buttons)
    await waits("texts", of_texts, bar="p99 under 15 ms")
    await waits("texts, with the sentence encoder", of_texts, bar="p99 under 15 ms", encoder=True)


def main() -> None:
    uvloop.run(measure())


if __name__ == "__main__":
    main()
