"""Notices: put up by one person, read by others, who never see whose they are; told of every engine."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store import Retention

ZOE, MAX = "telegram:4711", "telegram:4712"
ROOM = {"words": "a room on Mondays"}


async def do(store, noon, person, act, *, event=None):
    """One turn of `person`."""
    do.number += 1

    async def work(turn):
        turn.save({})
        done = act(turn)
        return await done if asyncio.iscoroutine(done) else done

    return (await store.turn(event or f"telegram:{do.number}", person, work, at=noon)).value


do.number = 0


async def put_up(store, noon, person=ZOE, key="room", body=ROOM, category="13", days=60):
    until = noon + timedelta(days=days)
    await do(store, noon, person, lambda turn: turn.post("offer", key, body, category=category, until=until))


async def test_others_read_what_was_put_up_and_not_by_whom(store, noon):
    await put_up(store, noon)
    assert await do(store, noon, MAX, lambda turn: turn.board("offer", ["13"], noon)) == {"room": ROOM}
    assert await do(store, noon, MAX, lambda turn: turn.notice("offer", "room", noon)) == ROOM


async def test_only_the_categories_that_are_looked_at_newest_first(store, noon):
    for number, category in enumerate(("13", "84", "", "13")):
        await put_up(store, noon + timedelta(hours=number), key=str(number), category=category)
    await do(store, noon, ZOE, lambda turn: turn.post("wanted", "x", {}, category="13", until=noon + timedelta(days=1)))
    found = await do(store, noon, MAX, lambda turn: turn.board("offer", ["13", ""], noon))
    assert list(found) == ["3", "2", "0"]


async def test_what_is_over_is_not_read_and_is_cleaned_away(store, noon, place):
    await put_up(store, noon, days=2)
    later = noon + timedelta(days=2, seconds=1)
    assert await do(store, later, MAX, lambda turn: turn.board("offer", ["13"], later)) == {}
    assert await do(store, later, MAX, lambda turn: turn.notice("offer", "room", later)) is None
    await store.clean(later, Retention())
    assert [row for row in await place.rows() if row[0] == "notice"] == []


async def test_a_notice_put_up_again_replaces_the_first_but_nobody_elses(store, noon):
    await put_up(store, noon)
    await put_up(store, noon, body={"words": "two rooms"})
    await put_up(store, noon, person=MAX, body={"words": "mine now"})
    assert await do(store, noon, MAX, lambda turn: turn.notice("offer", "room", noon)) == {"words": "two rooms"}


async def test_only_its_owner_takes_it_down_unless_it_is_said_to_be_of_anybody(store, noon):
    await put_up(store, noon)
    await do(store, noon, MAX, lambda turn: turn.take_down("offer", "room"))
    assert await do(store, noon, MAX, lambda turn: turn.notice("offer", "room", noon)) == ROOM
    await do(store, noon, ZOE, lambda turn: turn.take_down("offer", "room"))
    assert await do(store, noon, MAX, lambda turn: turn.notice("offer", "room", noon)) is None
    await put_up(store, noon)
    await do(store, noon, MAX, lambda turn: turn.take_down("offer", "room", of_anybody=True))
    assert await do(store, noon, ZOE, lambda turn: turn.notice("offer", "room", noon)) is None


async def test_who_put_it_up_is_told_without_being_known(store, noon):
    await put_up(store, noon)
    await do(store, noon, MAX, lambda turn: turn.tell("offer", "room", "asked", "of Max", noon, {"by": "Max"}))
    await do(store, noon, MAX, lambda turn: turn.tell("offer", "gone", "asked", "of Max", noon, {"by": "Max"}))
    (due,) = await store.due(noon, 10)
    assert (due.chat, due.name, due.data) == (ZOE, "asked", {"by": "Max", "key": "of Max"})
    assert (await do(store, noon, MAX, lambda turn: turn.export()))["notices"] == []


async def test_two_who_ask_for_the_same_are_both_told_of(store, noon):
    await put_up(store, noon)
    for name in ("Max", "Ana"):
        await do(store, noon, MAX, lambda turn, name=name: turn.tell("offer", "room", "asked", name, noon, {}))
    assert {due.data["key"] for due in await store.due(noon, 10)} == {"Max", "Ana"}


async def test_a_turn_that_fails_puts_up_nothing_and_tells_nobody(store, noon):
    await put_up(store, noon)

    async def fails(turn):
        turn.post("offer", "other", {}, category="13", until=noon + timedelta(days=1))
        turn.tell("offer", "room", "asked", "of Max", noon, {})
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        await store.turn("fails", MAX, fails, at=noon)
    assert list(await do(store, noon, ZOE, lambda turn: turn.board("offer", ["13"], noon))) == ["room"]
    assert await store.due(noon, 10) == []


async def test_another_is_reminded_where_their_conversation_is_known(store, noon):
    await do(store, noon, ZOE, lambda turn: turn.schedule("reported", "room", noon, {"why": "rude"}, chat=MAX))
    (due,) = await store.due(noon, 10)
    assert (due.chat, due.data) == (MAX, {"why": "rude", "key": "room"})


async def test_who_is_erased_takes_their_notices_along_and_is_told_nothing_more(store, noon, people):
    await put_up(store, noon)
    await put_up(store, noon, person=MAX, key="van")
    await people.erase(ZOE)
    await do(store, noon, MAX, lambda turn: turn.tell("offer", "room", "asked", "of Max", noon, {"by": "Max"}))
    assert await store.due(noon, 10) == []
    assert list(await do(store, noon, MAX, lambda turn: turn.board("offer", ["13"], noon))) == ["van"]


async def test_told_and_erased_at_once_nothing_is_left_of_who_is_erased(store, noon, people, place):
    for number in range(5):
        await put_up(store, noon, key=f"room {number}")

        def tell(turn, key=f"room {number}"):
            turn.tell("offer", key, "asked", "of Max", noon, {"by": "Max"})

        await asyncio.gather(do(store, noon, MAX, tell), people.erase(ZOE))
        assert [row for row in await place.rows() if ZOE in row] == []
