"""What a turn costs on each engine, in one process and in three: `python -m bench replicas`.

Updates go to the processes in turn. PostgreSQL is one of our own on this machine, so all of them share its cores with
it and with what drives them: three processes show that the work is shared, not how far it grows.
"""

from __future__ import annotations

import asyncio
import statistics

import uvloop

from bench.serving import allie, cpu_of_postgresql, of_buttons_sent, percentiles, postgresql, saturated, shown, steady

PEOPLE = 500
ROUNDS = 3
SETTLED = 8.0
"""Seconds until processes that have just joined share what the platform allows evenly."""


async def costs(label: str, place: str | None, processes: int) -> None:
    async with allie(place, processes=processes) as served:
        await asyncio.sleep(SETTLED)
        await saturated(served, of_buttons_sent, 1, 200)
        before = cpu_of_postgresql()
        loads = [await saturated(served, of_buttons_sent, 1_000 + n * PEOPLE, PEOPLE) for n in range(ROUNDS)]
        database = (cpu_of_postgresql() - before) / (ROUNDS * PEOPLE * 4) * 1_000
        times = await steady(served, of_buttons_sent, 1_000_000, rate=50, seconds=15)
    cpu = statistics.median(load.cpu for load in loads)
    per_second = statistics.median(load.per_second for load in loads)
    also = f" and {database:.2f} in PostgreSQL" if place else ""
    shown(label, f"{cpu:.2f} ms{also}, {per_second:,.0f}/s; {percentiles(times)}")


async def measure(address: str) -> None:
    print("  CPU of a button turn, and turns a second at saturation; p50 / p95 / p99 at 50 a second")
    await costs("SQLite, one process", None, 1)
    await costs("PostgreSQL, one process", address, 1)
    await costs("PostgreSQL, three processes", address, 3)


def main() -> None:
    with postgresql() as address:
        uvloop.run(measure(address))


if __name__ == "__main__":
    main()
