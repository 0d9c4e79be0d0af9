"""Real processes of `allie serve` on one PostgreSQL: who receives, who takes over, and a database that is away."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
import psycopg
import pytest
from house import Database, Start
from served import Served
from telegram_simulator import Person, Simulator

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from cut import Wire

pytestmark = pytest.mark.xdist_group("chaos")

RECEIVES = """
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('allie:telegram', 0)
"""
"""Who is elected to receive from Telegram; a process names itself to the server by its number."""


async def until(condition: Callable[[], Any], what: str, within: float = 60.0) -> Any:
    async with asyncio.timeout(within):
        while True:
            value = await condition() if asyncio.iscoroutinefunction(condition) else condition()
            if value:
                return value
            await asyncio.sleep(0.1)
    raise AssertionError(what)


async def receiver(database: Database, replicas: list[Served]) -> Served:
    async def elected() -> Served | None:
        async with await psycopg.AsyncConnection.connect(database.address) as connection:
            row = await (await connection.execute(RECEIVES)).fetchone()
        return next((one for one in replicas if row and row[0].endswith(f" {one.process.pid}")), None)

    found: Served = await until(elected, "somebody to be elected")
    return found


async def answers(person: Person, *numbers: int) -> None:
    """Say each number, and be answered with the place that it takes, before the next."""
    for number in numbers:
        person.says(str(number))
        await person.sees(f"{number} is {number}, 1 time", 60)


def settings(telegram: Simulator, database: Database, **others: str) -> dict[str, str]:
    return {
        "ALLIE_TELEGRAM_TOKEN": telegram.token,
        "ALLIE_TELEGRAM_API_URL": telegram.url,
        "ALLIE_DATABASE_URL": database.address,
        **others,
    }


def said_once(person: Person, last: int) -> bool:
    texts = [reply.text for reply in person.replies if " time." in reply.text]
    return [text.split(".")[0] for text in texts] == [f"{n} is {n}, 1 time" for n in range(1, last + 1)]


async def test_one_of_three_polls_and_another_takes_over_when_it_vanishes(start: Start, database: Database) -> None:
    async with Simulator() as telegram:
        replicas = list(await asyncio.gather(*(start(f"r{n}", **settings(telegram, database)) for n in range(3))))
        zoe = telegram.person(4711)
        zoe.says("/count")
        await zoe.sees("Number 1?", 60)
        await answers(zoe, 1)

        killed = await receiver(database, replicas)
        await killed.kill()
        replicas.remove(killed)
        await answers(zoe, 2)

        frozen = await receiver(database, replicas)
        frozen.freeze()
        await answers(zoe, 3)
        assert await receiver(database, replicas) is not frozen
        frozen.thaw()
        await answers(zoe, 4, 5)

        assert said_once(zoe, 5)
        assert [await replica.stop() for replica in replicas] == [0, 0]


@pytest.mark.long
async def test_who_polls_and_loses_the_database_gives_way_to_another(
    start: Start, database: Database, tmp_path: Path
) -> None:
    async with Simulator() as telegram, Wire(database.address, tmp_path) as wire:
        cut_off = await start("cut-off", **settings(telegram, database, ALLIE_DATABASE_URL=wire.address))
        other = await start("other", **settings(telegram, database))
        zoe = telegram.person(4711)
        zoe.says("/count")
        await zoe.sees("Number 1?", 60)
        assert await receiver(database, [cut_off, other]) is cut_off
        wire.freeze()
        await answers(zoe, 1, 2)
        wire.thaw()
        await answers(zoe, 3, 4)
        assert said_once(zoe, 4)
        assert [await cut_off.stop(), await other.stop()] == [0, 0]


async def test_the_webhook_is_set_by_one_of_them(start: Start, database: Database) -> None:
    async with Simulator() as telegram:
        given = settings(telegram, database, ALLIE_PUBLIC_URL="http://127.0.0.1:9")
        replicas = await asyncio.gather(*(start(f"r{n}", **given) for n in range(2)))
        await until(lambda: telegram.called("setWebhook"), "the webhook to be set")
        assert [await replica.stop() for replica in replicas] == [0, 0]
        assert len(telegram.called("setWebhook")) <= 2  # once more by whoever was elected when the first one stopped
        assert telegram.updates.webhook is not None


async def test_a_database_that_is_away_is_waited_for_and_said(start: Start, database: Database) -> None:
    async def ready() -> int:
        async with aiohttp.ClientSession() as session, session.get(allie.address + "/readyz") as answer:
            return answer.status

    async def is_not_ready() -> bool:
        return await ready() == 503

    async def is_ready() -> bool:
        return await ready() == 200

    await database.control("stop", "-m", "fast")
    try:
        allie = await start("a", wait=False, ALLIE_DATABASE_URL=database.address)
        await until(lambda: "ALLIE_DATABASE_URL" in allie.log.read_text(), "a word in the log")
        leaving = await start("b", wait=False, ALLIE_DATABASE_URL=database.address)
        await until(lambda: "ALLIE_DATABASE_URL" in leaving.log.read_text(), "a word in the log")
        assert await leaving.stop() == 0
    finally:
        await database.control("start")
    await allie.is_up()
    await until(is_ready, "readyz to say yes")
    await database.control("stop", "-m", "fast")
    try:
        await until(is_not_ready, "readyz to say no")
    finally:
        await database.control("start")
    await until(is_ready, "readyz to say yes again")
    assert await allie.stop() == 0


async def run(*words: str, **given: str) -> tuple[int, str]:
    """`allie …` to its end: its exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        env={"PATH": "/usr/bin:/bin", **given},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def test_serve_says_when_the_database_is_not_of_its_version(database: Database, tmp_path: Path) -> None:
    given = {"ALLIE_DATABASE_URL": database.address, "ALLIE_DATA_DIR": str(tmp_path / "data"), "ALLIE_PORT": "0"}
    with psycopg.connect(database.address, autocommit=True) as connection:
        connection.execute("INSERT INTO allie_migration (name) VALUES ('m999_wings')")
        code, said = await run("serve", **given)
        assert code == 1
        assert "newer Allié" in said
        connection.execute("DELETE FROM allie_migration WHERE name IN ('m999_wings', 'm004_pace')")
    code, said = await run("serve", **given)
    assert code == 1
    assert "lacks m004_pace: run `allie migrate`" in said


async def test_three_who_migrate_at_once_do_it_once(database: Database, tmp_path: Path) -> None:
    parts = urlsplit(database.address)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {parts.path[1:]} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {parts.path[1:]}".encode())
    given = {"ALLIE_DATABASE_URL": database.address, "ALLIE_DATA_DIR": str(tmp_path)}
    done = await asyncio.gather(*(run("migrate", **given) for _ in range(3)))

    assert [code for code, _ in done] == [0, 0, 0], done
    named = sorted(line for _, said in done for line in said.splitlines())
    with psycopg.connect(database.address) as connection:
        applied = connection.execute(
            "SELECT name FROM allie_migration UNION ALL SELECT name FROM catalogue.migration ORDER BY name"
        ).fetchall()
    assert named == [name for (name,) in applied]
