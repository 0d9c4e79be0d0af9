"""What may be done so often a day is counted for a unit, turn after turn, on every engine; and not kept for long."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store import Retention

ZOE, MAX = "web:zoe", "web:max"
numbers = iter(range(1, 10_000))


async def turn(store, noon, chat, work):
    return (await store.turn(f"web:{next(numbers)}", chat, work, at=noon)).value


async def do(store, noon, chat, unit="an address", act="needs", most=3):
    """Do it, unless it was done so often today. Whether it was done."""

    async def work(turn):
        turn.save({})
        if await turn.used(unit, act, noon.date()) >= most:
            return False
        await asyncio.sleep(0.01)
        turn.use(unit, act, noon.date())
        return True

    return await turn(store, noon, chat, work)


async def used(store, noon, unit="an address", act="needs", day=None):
    return await turn(store, noon, "web:look", lambda turn: turn.used(unit, act, day or noon.date()))


async def test_it_is_counted_for_a_unit_an_act_and_a_day(store, noon):
    assert [await do(store, noon, ZOE) for _time in range(5)] == [True, True, True, False, False]
    assert await do(store, noon, MAX, unit="another address")
    assert await do(store, noon, ZOE, act="reports")
    assert await do(store, noon + timedelta(days=1), ZOE)
    assert await used(store, noon) == 3


async def test_many_at_once_do_it_no_more_often(store, noon):
    done = await asyncio.gather(*(do(store, noon, f"web:{number}") for number in range(8)))
    assert done.count(True) == 3
    assert await used(store, noon) == 3


async def test_within_a_turn_it_counts_at_once(store, noon):
    async def work(turn):
        turn.use("an address", "needs", noon.date())
        turn.use("an address", "needs", noon.date())
        return await turn.used("an address", "needs", noon.date())

    assert await turn(store, noon, ZOE, work) == 2


async def test_a_turn_that_fails_counts_for_nothing_and_holds_nobody_up(store, noon):
    async def fails(turn):
        await turn.used("an address", "needs", noon.date())
        turn.use("an address", "needs", noon.date())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await turn(store, noon, ZOE, fails)
    assert await used(store, noon) == 0


async def test_erasing_does_not_begin_the_day_anew(store, people, noon):
    await do(store, noon, ZOE)
    await people.erase(ZOE)
    assert await used(store, noon) == 1


async def test_neither_the_count_nor_the_key_of_a_day_is_kept_for_long(store, place, noon):
    await do(store, noon, ZOE)
    name = f"day {noon.date().isoformat()}"
    key = await store.secret(name)
    signing = await store.secret("web")
    await store.clean(noon, Retention())
    assert await used(store, noon) == 1
    assert await store.secret(name) == key
    await store.clean(noon + timedelta(days=2), Retention())
    assert [row for row in await place.rows() if row[0] == "daily_use"] == []
    assert await store.secret(name) != key
    assert await store.secret("web") == signing
