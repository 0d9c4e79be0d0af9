"""How long each thing is kept, on a played clock; told of every engine."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import Retention

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

ZOE, MAX = "telegram:4711", "telegram:4712"
KEPT = Retention()


@pytest.fixture
def after(store, noon):
    async def cleaning(days: float) -> None:
        await store.clean(noon + timedelta(days=days), KEPT)

    return cleaning


async def kept(place, table: str) -> int:
    return sum(row[0] == table for row in await place.rows())


@pytest.mark.parametrize(("days", "is_there"), [(179, True), (182, False)])
async def test_a_conversation_goes_six_months_after_the_last_word(store, place, people, after, days, is_there):
    await people.say(ZOE, "hello")
    await after(days)
    assert (await people.session(ZOE) is not None) is is_there


@pytest.mark.parametrize(("days", "is_there"), [(364, True), (367, False)])
async def test_one_with_a_reminder_to_come_goes_after_a_year(store, people, noon, after, days, is_there):
    async def remember(turn):
        turn.save({"count": 1})
        turn.put("alert", "a", {"wish": {}})
        turn.schedule("alert", "a", noon + timedelta(days=400), {})

    await store.turn("remember", ZOE, remember, at=noon)
    await after(days)
    assert bool(await store.due(noon + timedelta(days=401), 9)) is is_there


@pytest.mark.parametrize(
    ("kind", "days", "is_there"),
    [
        ("favourite", 364, True),
        ("favourite", 366, False),
        ("unwanted", 366, False),
        ("draft", 6, True),
        ("draft", 8, False),
        ("alert", 366, True),
        ("association", 366, True),
    ],
)
async def test_what_was_kept_goes_in_its_time_though_one_writes(store, people, noon, after, kind, days, is_there):
    async def keep(turn):
        turn.save({"count": 1})
        turn.put(kind, "1", {"on": "2026-11-22"})

    async def look(turn):
        return turn.records(kind)

    await store.turn("keep", ZOE, keep, at=noon)
    await people.say(ZOE, at=noon + timedelta(days=days))
    await after(days)
    found = await store.turn("look", ZOE, look, at=noon)
    assert bool(found.value) is is_there


@pytest.mark.parametrize(
    ("table", "days"),
    [("seen", KEPT.seen), ("outbox", KEPT.undelivered), ("attempt", KEPT.seen), ("parked", KEPT.parked)],
)
async def test_the_rest_goes_in_its_time(store, place, people, noon, after, table, days):
    await people.say(ZOE, "hello")
    await store.failed("telegram:9")
    await set_aside(store, "telegram:8", MAX, "{}", at=noon)
    await after(days - 1)
    assert await kept(place, table) > 0
    await after(days + 1)
    assert await kept(place, table) == 0


async def test_a_reply_leaves_no_body_once_it_is_delivered(store, place, people):
    await people.say(ZOE, "the words of a reply")
    (message,) = await people.next()
    await store.delivered(message)
    assert not any("the words of a reply" in str(row) for row in await place.rows())
