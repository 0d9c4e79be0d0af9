"""What lies of somebody outside their own conversation: in groups, and where others were shown their words. It is
handed over and erased with the rest, on every engine. And an id that was seen is one conversation's alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store import Busy
from bot.store.priority import Priority

ZOE, MAX, ADA = "telegram:4711", "telegram:4712", "telegram:4713"
IN_GROUP, MAX_IN_GROUP = "telegram:-100777:4711", "telegram:-100777:4712"
SAID = "four thousand for the cats"
numbers = iter(range(1, 10_000))


async def turn(store, noon, chat, work, event=None):
    return await store.turn(event or f"telegram:{next(numbers)}", chat, work, at=noon)


async def say(store, noon, chat, text):
    async def work(turn):
        turn.save({"said": text})
        turn.put("favourite", "one", {"said": text})
        turn.send({"text": text})
        turn.schedule("later", "one", noon + timedelta(days=1), {"said": text})

    await turn(store, noon, chat, work)


async def forget(store, noon, chat, also=()):
    async def work(turn):
        turn.forget(also)
        turn.send({"text": "done"})

    await turn(store, noon, chat, work)


async def held(place, *words) -> set[str]:
    """The tables that hold one of these."""
    return {row[0] for row in await place.rows() if any(word in str(row) for word in words)}


async def test_what_is_said_in_a_group_is_handed_over_with_the_group_it_was_said_in(store, noon):
    await say(store, noon, ZOE, "good morning")
    await say(store, noon, IN_GROUP, SAID)
    await say(store, noon, MAX_IN_GROUP, "not hers")

    async def look(turn):
        return await turn.export(), await turn.elsewhere()

    exported, elsewhere = (await turn(store, noon, ZOE, look)).value
    in_group = [row for row in exported["records"] if row.get("group")]
    assert [(row["body"]["said"], row["group"]) for row in in_group] == [(SAID, "telegram:-100777")]
    assert {"said": SAID} in [row["session"] for row in exported["conversation"]]
    assert elsewhere == [{"said": SAID}]
    assert "not hers" not in str(exported)
    exported, elsewhere = (await turn(store, noon, IN_GROUP, look)).value
    assert "good morning" not in str(exported), "what is private is not handed over in a group"
    assert elsewhere == []


async def test_erasing_in_private_erases_what_was_said_in_groups(store, place, noon):
    await say(store, noon, ZOE, "good morning")
    await say(store, noon, IN_GROUP, SAID)
    await say(store, noon, MAX_IN_GROUP, "not hers")
    await forget(store, noon, ZOE)
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID, "4711") == set()
    assert await held(place, "not hers") == {"conversation", "record", "outbox", "due"}


async def test_who_only_ever_spoke_in_a_group_is_erased_too(store, place, noon):
    await say(store, noon, IN_GROUP, SAID)
    await forget(store, noon, ZOE)
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID, "4711") == set()


async def test_a_message_in_a_group_that_failed_is_erased_too(store, place, noon):
    async def fails(turn):
        turn.park(SAID, "ValueError")

    await turn(store, noon, IN_GROUP, fails)
    await forget(store, noon, ZOE)
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID, "4711") == set()


async def test_a_talk_in_a_group_that_is_in_work_meanwhile_does_not_come_back(store, place, noon):
    await say(store, noon, IN_GROUP, SAID)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        begun.set()
        await go_on.wait()
        turn.save({"said": SAID, "more": True})

    talking = asyncio.create_task(turn(store, noon, IN_GROUP, slow))
    await begun.wait()
    erasing = asyncio.create_task(forget(store, noon, ZOE))
    await asyncio.sleep(0.1)
    go_on.set()
    await asyncio.gather(talking, erasing)
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID, "4711") == set()


# Words of one person that others were shown


async def put_up(store, noon, chat, key="room"):
    async def work(turn):
        turn.save({})
        turn.post("offer", key, {"words": SAID}, category="13", until=noon + timedelta(days=9))

    await turn(store, noon, chat, work)


async def read(store, noon, chat, key="room", *, quotes=True, direct=False, board=False):
    async def work(turn):
        turn.save({})
        found = await turn.board("offer", ["13"], noon) if board else {key: await turn.notice("offer", key, noon)}
        if quotes:
            turn.quote("offer", key)
        assert turn.quotes_others is quotes
        body = {"text": found[key]["words"]}
        turn.answer([body]) if direct else turn.send(body, priority=Priority.REPLY)

    await turn(store, noon, chat, work)


@pytest.mark.parametrize("board", [False, True])
async def test_replies_that_quote_somebody_go_when_they_are_erased(store, place, noon, board):
    await put_up(store, noon, ZOE)
    await read(store, noon, MAX, board=board)
    await read(store, noon, ADA, board=board, direct=True)
    assert await held(place, SAID) == {"notice", "outbox", "seen"}
    await forget(store, noon, ZOE)
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID, "4711") == set()


async def test_they_go_though_the_notice_was_taken_down_before(store, place, noon):
    await put_up(store, noon, ZOE)
    await read(store, noon, MAX, direct=True)

    async def down(turn):
        turn.take_down("offer", "room")

    await turn(store, noon, ZOE, down)
    assert await held(place, SAID) == {"seen"}
    await forget(store, noon, ZOE)
    assert await held(place, SAID) == set()


async def test_a_reply_that_a_platform_refused_goes_too(store, place, noon):
    await put_up(store, noon, ZOE)
    await read(store, noon, MAX)
    (message,) = await store.take("telegram", 5)
    await store.refused(message, "no such chat")
    assert await held(place, SAID) == {"notice", "refused"}
    await forget(store, noon, ZOE)
    assert await held(place, SAID) == set()


async def test_nobody_else_s_replies_go(store, place, noon):
    await put_up(store, noon, ZOE)
    await put_up(store, noon, MAX, "other")
    await read(store, noon, ADA, "other", direct=True)
    await say(store, noon, ADA, "mine")
    await forget(store, noon, ZOE)
    assert "seen" in await held(place, SAID)
    assert "outbox" in await held(place, "mine")


async def test_a_repeated_delivery_of_such_a_reply_is_still_not_a_new_one(store, noon):
    await put_up(store, noon, ZOE)

    async def work(turn):
        turn.save({})
        turn.answer([await turn.notice("offer", "room", noon)])
        turn.quote("offer", "room")

    await turn(store, noon, MAX, work, "telegram:again")
    await forget(store, noon, ZOE)
    done = await turn(store, noon, MAX, work, "telegram:again")
    assert done.duplicate
    assert not done.forgotten
    assert list(done.replies) == []


async def test_what_is_kept_elsewhere_is_named_by_who_erases_it(store, place, noon):
    async def work(turn):
        turn.save({})
        turn.quote("need", "needs:1")
        turn.answer([{"text": SAID}])

    await turn(store, noon, MAX, work)
    await forget(store, noon, ZOE, ["need:needs:2"])
    assert await held(place, SAID) == {"seen"}
    await forget(store, noon, ADA, ["need:needs:1"])
    assert await held(place, SAID) == set()


async def test_nobody_quotes_whoever_was_erased_while_they_read(place, noon):
    if place.engine != "sqlite":
        pytest.skip("between two processes the moment of a commit remains")
    store = await place.open()
    await put_up(store, noon, ZOE)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        found = await turn.notice("offer", "room", noon)
        turn.quote("offer", "room")
        begun.set()
        await go_on.wait()
        turn.answer([found])

    reading = asyncio.create_task(turn(store, noon, MAX, slow))
    await begun.wait()
    await forget(store, noon, ZOE)
    go_on.set()
    with pytest.raises(Busy):
        await reading
    for message in await store.waiting(ZOE):
        await store.delivered(message)
    assert await held(place, SAID) == set()
    await store.close()


# Ids that were seen


async def test_an_id_that_was_seen_is_one_conversations_alone(store, noon):
    def saying(text):
        async def work(turn):
            turn.save({})
            turn.answer([{"text": text}])

        return work

    await turn(store, noon, ZOE, saying("for Zoe"), "telegram:8812")
    done = await turn(store, noon, MAX, saying("for Max"), "telegram:8812")
    assert not done.duplicate, "another bot on the same folder counts from one again"
    for chat, text in ((ZOE, "for Zoe"), (MAX, "for Max")):
        again = await turn(store, noon, chat, saying("anew"), "telegram:8812")
        assert again.duplicate
        assert list(again.replies) == [{"text": text}]


async def test_two_who_were_erased_may_have_had_the_same_id(store, noon):
    async def work(turn):
        turn.save({})

    for chat in (ZOE, MAX):
        await turn(store, noon, chat, work, "telegram:8813")
    for chat in (ZOE, MAX):
        await forget(store, noon, chat)
    done = await turn(store, noon, ZOE, work, "telegram:8813")
    assert done.duplicate
    assert done.forgotten
