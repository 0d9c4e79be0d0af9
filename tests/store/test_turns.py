"""One message, one transaction; told of every engine."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Busy

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ZOE, MAX = "telegram:4711", "telegram:4712"


async def test_a_turn_keeps_the_session_the_event_and_the_replies_together(people, store):
    await people.say(ZOE, "Bonjour", language="fr")

    assert await people.session(ZOE) == {"count": 1, "language": "fr"}
    assert [message.body for message in await store.waiting(ZOE)] == [{"text": "Bonjour"}]
    assert await store.knows(ZOE)
    assert not await store.knows(MAX)


async def test_a_turn_that_raises_leaves_nothing_and_may_come_again(people, store):
    async def fails(turn):
        turn.save({"half": "done"})
        turn.send({"text": "half"})
        turn.put("favourite", "1", {})
        turn.schedule("nudge", "1", AT, {})
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await store.turn("telegram:1", ZOE, fails, at=AT)

    assert await people.session(ZOE) is None
    assert await store.waiting(ZOE) == []
    assert await store.due(AT, 10) == []
    done = await people.say(ZOE, "Bonjour", event="telegram:1")
    assert not done.duplicate


async def test_what_failed_is_tried_again_before_anything_else_of_the_person(people, store):
    """The one behind it waits; what the failed try had written is forgotten."""
    ran = []

    async def fails(turn):
        ran.append("first fails")
        turn.save({"half": "done"})
        turn.put("favourite", "half", {})
        turn.send({"text": "half"})
        if len(ran) == 1:
            later.append(asyncio.create_task(people.say(ZOE, "second")))
        raise ValueError("a bug")

    async def leaves_what_cannot_be_written(turn):
        ran.append("first again")
        turn.save({"day": AT})

    async def works(turn):
        ran.append("first")
        turn.save({"count": 10})
        turn.send({"text": "first"})

    async def otherwise(error):
        await asyncio.sleep(0.1)
        return leaves_what_cannot_be_written if isinstance(error, ValueError) else works

    later: list[asyncio.Task] = []
    await store.turn("telegram:first", ZOE, fails, at=AT, otherwise=otherwise)
    await later[0]

    assert ran == ["first fails", "first again", "first"]
    assert await people.session(ZOE) == {"count": 11}
    assert [message.body["text"] for message in await store.waiting(ZOE)] == ["first", "second"]


async def test_a_turn_that_is_busy_is_not_tried_otherwise(store):
    async def busy(turn):
        raise Busy("the catalogue does not answer")

    async def otherwise(error):
        raise AssertionError("asked what to do instead")

    with pytest.raises(Busy):
        await store.turn("telegram:1", ZOE, busy, at=AT, otherwise=otherwise)


async def test_a_repeated_event_is_not_run_again_and_gets_the_same_answer(people, store):
    runs = []

    async def work(turn):
        runs.append(turn.session)
        turn.save({"count": len(runs)})
        turn.answer([{"text": f"answer {len(runs)}"}])
        return "first"

    first = await store.turn("telegram:1", ZOE, work, at=AT)
    again = await store.turn("telegram:1", ZOE, work, at=AT)

    assert (first.value, first.duplicate) == ("first", False)
    assert (again.value, again.duplicate, list(again.replies)) == (None, True, [{"text": "answer 1"}])
    assert runs == [None]


async def test_the_same_event_delivered_twice_at_once_runs_once(store):
    runs = 0

    async def work(turn):
        nonlocal runs
        runs += 1
        await asyncio.sleep(0.01)
        turn.answer([{"text": "once"}])

    done = await asyncio.gather(*(store.turn("telegram:1", ZOE, work, at=AT) for _ in range(5)))

    assert runs == 1
    assert sorted(one.duplicate for one in done) == [False, True, True, True, True]
    assert all(list(one.replies) == [{"text": "once"}] for one in done if one.duplicate)


async def test_turns_of_one_person_run_one_after_the_other_and_each_sees_the_last(people):
    counts = await asyncio.gather(*(people.say(ZOE) for _ in range(20)))

    assert [done.value for done in counts] == list(range(1, 21))
    assert (await people.session(ZOE))["count"] == 20


async def test_one_slow_person_holds_up_nobody_else(people, store):
    inside, finish = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        inside.set()
        await finish.wait()

    slow_turn = asyncio.create_task(store.turn("slow", ZOE, slow, at=AT))
    await inside.wait()
    await asyncio.wait_for(people.say(MAX), 5)

    assert not slow_turn.done()
    finish.set()
    await slow_turn


async def test_a_person_still_busy_after_two_seconds_is_told_to_come_back(people, store):
    inside, finish = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        inside.set()
        await finish.wait()
        turn.save({"count": 7})

    slow_turn = asyncio.create_task(store.turn("slow", ZOE, slow, at=AT))
    await inside.wait()
    started = asyncio.get_running_loop().time()
    with pytest.raises(Busy) as busy:
        await people.say(ZOE, event="telegram:1")
    waited = asyncio.get_running_loop().time() - started
    finish.set()
    await slow_turn

    assert busy.value.seconds > 0
    assert waited >= 1.9
    assert (await people.say(ZOE, event="telegram:1")).value == 8  # it was not taken for done


async def test_whoever_gives_up_waiting_does_not_hold_up_those_behind(people, store):
    inside, finish = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        inside.set()
        await finish.wait()

    slow_turn = asyncio.create_task(store.turn("slow", ZOE, slow, at=AT))
    await inside.wait()
    impatient = asyncio.create_task(people.say(ZOE))
    patient = asyncio.create_task(people.say(ZOE))
    await asyncio.sleep(0)
    impatient.cancel()
    finish.set()
    await slow_turn

    assert (await patient).value == 1
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_a_turn_cancelled_while_it_is_committed_is_seen_by_the_next_one(people, store):
    """The connection of a webhook drops in mid-commit: the turn may stand, so nobody may start from before it."""
    for number in range(30):
        dropped = asyncio.create_task(people.say(ZOE, event=f"dropped:{number}"))
        for _ in range(number % 6):
            await asyncio.sleep(0)
        dropped.cancel()
        following = await people.say(ZOE, event=f"following:{number}")
        again = await people.say(ZOE, event=f"dropped:{number}")  # delivered again, as nobody acknowledged it
        expected = following.value + (0 if again.duplicate else 1)
        assert (await people.session(ZOE))["count"] == expected


async def test_what_cannot_be_written_fails_its_own_turn_alone(people, store):
    async def unwritable(turn):
        turn.save({"when": AT})

    results = await asyncio.gather(
        people.say(ZOE, "Bonjour"), store.turn("bad", "telegram:13", unwritable, at=AT), people.say(MAX, "Salut"),
        return_exceptions=True,
    )  # fmt: skip

    assert isinstance(results[1], TypeError)
    assert (await people.session(ZOE), await people.session(MAX)) == ({"count": 1}, {"count": 1})
    assert await people.session("telegram:13") is None


@pytest.mark.parametrize("text", ["\ud800 half a character", "nul \0 inside", "é " * 4000, "🙂\u202e\u0007"])
async def test_whatever_a_device_sends_can_be_kept(people, store, text):
    await people.say(ZOE, text, said=text)

    assert (await people.session(ZOE))["said"] == text
    assert [message.body["text"] for message in await store.waiting(ZOE)] == [text]


async def test_failed_tries_are_counted_although_their_turns_were_rolled_back(store):
    assert [await store.failed("telegram:1") for _ in range(3)] == [1, 2, 3]
    assert await store.failed("telegram:2") == 1


async def test_an_event_set_aside_is_kept_as_it_came_and_answered_the_same_again(people, store):
    raw = '{"text": "\ud800"}\0'
    await set_aside(store, "telegram:1", ZOE, raw, at=AT, replies=[{"text": "Sorry"}], outbox=False)

    again = await people.say(ZOE, event="telegram:1")
    (parked,) = await store.dead_letters.parked()

    assert (again.duplicate, list(again.replies)) == (True, [{"text": "Sorry"}])
    assert (parked.event, parked.chat, parked.error, parked.at) == ("telegram:1", ZOE, "ValueError", AT)
    assert parked.raw.startswith('{"text": "')
    assert await store.waiting(ZOE) == []


async def test_the_apology_goes_through_the_outbox_where_the_channel_does_not_show_it(store):
    await set_aside(store, "telegram:1", ZOE, "{}", at=AT, replies=[{"text": "Sorry"}])

    assert [message.body for message in await store.take("telegram", 10)] == [{"text": "Sorry"}]


async def test_an_event_that_got_through_in_another_hand_is_not_set_aside(people, store):
    await people.say(ZOE, event="telegram:1")
    await set_aside(store, "telegram:1", ZOE, "{}", at=AT, replies=[{"text": "Sorry"}])

    assert await store.dead_letters.parked() == []
    assert await store.waiting(ZOE) == []


async def test_a_turn_knows_whether_something_waits_to_be_sent_before_its_reply(people, store):
    async def look(turn):
        return turn.outbox_empty

    before = await store.turn("look:1", ZOE, look, at=AT)
    await people.say(ZOE, "Bonjour")
    during = await store.turn("look:2", ZOE, look, at=AT)
    (message,) = await store.take("telegram", 10)
    await store.delivered(message)
    after = await store.turn("look:3", ZOE, look, at=AT)

    assert (before.value, during.value, after.value) == (True, False, True)


async def test_what_was_committed_is_there_after_a_restart(place, talker):
    store = await place.open()
    people = talker(store)
    await people.say(ZOE, "Bonjour", event="telegram:1")
    secret = await store.secret("web")
    await store.close()

    store = await place.open()
    people = talker(store)
    assert (await people.say(ZOE, event="telegram:1")).duplicate
    assert await people.session(ZOE) == {"count": 1}
    assert [message.body["text"] for message in await store.take("telegram", 10)] == ["Bonjour"]
    assert await store.secret("web") == secret
    assert len(secret) == 32
    assert await store.secret("other") != secret
    await store.close()
