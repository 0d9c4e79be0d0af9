"""A process whose network is gone, with everything in its hands: others go on within seconds, and so does it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Busy
from bot.store.postgres import PostgresStore

sys.path.insert(0, str(Path(__file__).parent))

from cut import Wire

pytestmark = pytest.mark.long
ZOE, MAX = "telegram:4711", "telegram:4712"


async def count(store, event, person, going_on=None):
    async def work(turn):
        if going_on:
            await going_on()
        before = (turn.session or {"count": 0})["count"]
        turn.save({"count": before + 1})
        turn.send({"text": str(before + 1)})
        return before + 1

    return (await store.turn(event, person, work, at=datetime.now(UTC))).value


async def insisting(act):
    """As a platform does, until it gets through."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await act()
            except Busy:
                await asyncio.sleep(0.2)


async def is_elected(store):
    if not await store.elected("telegram"):
        raise Busy("another is")


async def test_its_turn_its_messages_and_its_elections_go_to_others(empty_postgresql, tmp_path):
    async with Wire(empty_postgresql, tmp_path) as wire:
        cut_off, other = await PostgresStore.open(wire.address), await PostgresStore.open(empty_postgresql)
        await count(cut_off, "event:1", MAX)
        (message,) = await cut_off.take("telegram", 10)
        assert await cut_off.elected("telegram")
        in_work = asyncio.Event()

        async def freezes():
            wire.freeze()
            in_work.set()

        lost = asyncio.create_task(count(cut_off, "event:2", ZOE, freezes))
        await in_work.wait()

        assert await insisting(lambda: count(other, "event:2", ZOE)) == 1
        await insisting(lambda: is_elected(other))
        taken = []
        async with asyncio.timeout(60):
            while {one.chat for one in taken} != {ZOE, MAX}:
                taken += await insisting(lambda: other.take("telegram", 10))
        assert [one.body["text"] for one in taken if one.chat == MAX] == ["1"]
        assert not cut_off.holds(message)
        with pytest.raises(Busy):
            await lost

        wire.thaw()
        wire.cut()
        assert await insisting(lambda: count(cut_off, "event:3", ZOE)) == 2
        assert not await cut_off.elected("telegram")
        for store in (cut_off, other):
            await store.close()
