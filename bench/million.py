"""Does a turn notice how many people there are? `python -m bench million [PEOPLE…]`.

A store is filled with so many people, each with a conversation, a delivery seen and its answer, as a turn leaves them
(copied from a real one). Then some of these people talk again. By default a thousand people and a million, on SQLite
and on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import uvloop

from bench.replicas import SETTLED
from bench.serving import Load, Served, allie, of_buttons_sent, percentiles, postgresql, saturated, shown, steady

SIZES = (1_000, 1_000_000)
TALKING = 1_500
"""People in each round, chosen at random among all."""
ROUNDS = 3
BATCH = 50_000
FIRST = 10_000_000
"""Where the numbers of the people begin."""


async def one_talks(folder: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows that a real conversation leaves: of `conversation`, and of `seen`."""
    async with allie(folder) as served:
        await of_buttons_sent(1, served.post)
    with sqlite3.connect(Path(folder) / "allie.sqlite3") as connection:
        connection.row_factory = sqlite3.Row
        conversation = dict(connection.execute("SELECT * FROM conversation").fetchone())
        seen = dict(connection.execute("SELECT * FROM seen ORDER BY length(answer) DESC").fetchone())
    connection.close()
    return conversation, seen


def people(row: dict[str, Any], count: int, key: str) -> Iterator[tuple[Any, ...]]:
    """`count` rows like `row`, each of another person, in no order: as they would have come."""
    numbers = random.Random(7).sample(range(FIRST, FIRST + count), count)
    for number in numbers:
        made = {**row, key: f"telegram:{number}"}
        if "chat" in row:
            made["chat"] = f"telegram:{number}"
        yield tuple(made.values())


def fill_folder(folder: str, count: int, rows: dict[str, dict[str, Any]]) -> None:
    connection = sqlite3.connect(Path(folder) / "allie.sqlite3", isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1000000")
    for table, row in rows.items():
        columns, places = ", ".join(row), ", ".join("?" * len(row))
        connection.execute("BEGIN")
        connection.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - the tables' own names
            people(row, count, "event" if table == "seen" else "chat"),
        )
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def fill_database(address: str, count: int, rows: dict[str, dict[str, Any]]) -> None:
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        for table, row in rows.items():
            connection.execute(f"TRUNCATE {table}".encode())
            with cursor.copy(f"COPY {table} ({', '.join(row)}) FROM STDIN".encode()) as copy:
                for values in people(row, count, "event" if table == "seen" else "chat"):
                    copy.write_row(values)
        connection.execute("VACUUM ANALYZE")


def chosen(count: int) -> list[int]:
    return [FIRST + random.randrange(count) for _ in range(TALKING)]


async def figures(place: str, count: int, size: float) -> None:
    async with allie(place) as served:
        await asyncio.sleep(SETTLED)
        began, memory = served.started_in, (await served.cost()).memory
        loads = [await among(served, chosen(count)) for _ in range(ROUNDS)]
        after = (await served.cost()).memory
        times = await steady(served, of_somebody(count), 1, rate=50, seconds=15)
    best = sorted(loads, key=lambda load: load.cpu)[ROUNDS // 2]
    shown(f"{count:,} people, {size:,.0f} bytes each", f"{best.cpu:.2f} ms, {best.per_second:,.0f}/s")
    shown("  p50 / p95 / p99 at 50 a second", percentiles(times))
    shown("  start; memory then, and after", f"{began:.2f} s; {memory:.0f}, {after:.0f} MB")


async def among(served: Served, numbers: list[int]) -> Load:
    """These people talk, as fast as they are answered."""

    async def talk(index: int, answered: Any) -> None:
        await of_buttons_sent(numbers[index % len(numbers)], answered)

    return await saturated(served, talk, 0, len(numbers))


def of_somebody(count: int) -> Any:
    async def talk(index: int, answered: Any) -> None:
        await of_buttons_sent(FIRST + random.randrange(count), answered)

    return talk


def main() -> None:
    sizes = [int(size) for size in sys.argv if size.isdigit()] or SIZES
    with tempfile.TemporaryDirectory(prefix="allie-bench-") as folder:
        conversation, seen = uvloop.run(one_talks(folder))
    # Not among the newest: what is new in the store stays easy to tell from what was there.
    conversation["used_day"] -= 1
    conversation["used_at"] -= 86_400.0
    seen["at"] = time.time() - 86_400.0
    rows = {"conversation": conversation, "seen": seen}
    print("  SQLite")
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="allie-bench-") as folder:
            uvloop.run(one_talks(folder))
            fill_folder(folder, count, rows)
            file = Path(folder) / "allie.sqlite3"
            uvloop.run(figures(folder, count, file.stat().st_size / count))
    print("  PostgreSQL")
    with postgresql() as address:
        for count in sizes:
            fill_database(address, count, rows)
            with psycopg.connect(address) as connection:
                size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            assert size is not None
            uvloop.run(figures(address, count, size[0] / count))


if __name__ == "__main__":
    main()
