"""What a turn costs over a webhook, durable and answered: `python -m bench turns`.

Allié runs in a process of its own, on SQLite with `synchronous=FULL`; a Telegram as cheap as can be runs here. CPU is
that of Allié's process. "At saturation": a hundred connections, each posting as soon as it is answered. "At a steady
rate": updates come at random moments, and the time is from posting to the answer.
"""

from __future__ import annotations

import statistics
from typing import Any

import uvloop

from bench.serving import (
    Conversation,
    allie,
    of_buttons,
    of_buttons_sent,
    of_texts,
    percentiles,
    saturated,
    shown,
    steady,
)

ROUNDS = 3


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
    shown(label, percentiles(times), bar)


async def measure() -> None:
    print("  CPU of an update, and updates a second at saturation")
    bar = "at most 0.4 ms, over 1,500/s"
    await costs("buttons, the reply in the response", of_buttons, people=1_000, bar=bar)
    await costs("  and a Bot API that takes 50 ms", of_buttons, people=1_000, bar=bar, api_takes=0.05)
    await costs(
        "buttons, the reply through the outbox, 50 ms", of_buttons_sent, people=500, webhook_reply=False, api_takes=0.05
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
