"""SIGTERM in the middle of everything: the process ends, soon, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from crowd import Crowd
from house import Start
from telegram_simulator import LostAnswer, Simulator

from bot.store.opening import open_store

pytestmark = pytest.mark.xdist_group("chaos")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "sqlite":
        return {}
    return {"ALLIE_DATABASE_URL": request.getfixturevalue("database").address}


async def test_asked_to_stop_under_load_it_ends_and_loses_nothing(
    engine: dict[str, str], start: Start, tmp_path: Path
) -> None:
    """Some of its calls get no answer for twelve seconds: it does not wait for them."""
    async with Simulator() as telegram:
        given = {"ALLIE_TELEGRAM_TOKEN": telegram.token, "ALLIE_TELEGRAM_API_URL": telegram.url, **engine}
        allie = await start("data", **given)
        crowd = Crowd(telegram, random.Random(7), people=12, events=4, seconds=4.0)
        talking = asyncio.create_task(crowd.talk())
        await telegram.until(lambda: len(telegram.called("sendMessage")) > 6, 60)
        telegram.goes_wrong(LostAnswer(12.0), "sendMessage", times=3)
        await telegram.until(lambda: not any(order.times for order in telegram.orders), 60)
        async with asyncio.timeout(10):
            assert await allie.stop() == 0
        assert "Nothing is lost." in allie.said[-1]

        allie = await start("data", **given)
        await talking
        await crowd.are_answered(120)
        await telegram.quiet(60)
        wrong, repeated = crowd.screens()
        assert wrong == []
        assert {(first.chat, first.id) for first, _ in repeated} <= telegram.unanswered
        assert await allie.stop() == 0
        store = await open_store(tmp_path / "data", engine.get("ALLIE_DATABASE_URL"))
        assert await crowd.states(store) == []
        await store.close()
