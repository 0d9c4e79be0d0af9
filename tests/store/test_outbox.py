"""What waits to be sent; told of every engine."""

from __future__ import annotations

from datetime import timedelta

from bot.store.priority import Priority

ZOE, MAX, LOU = "telegram:4711", "telegram:4712", "telegram:4713"


def texts(messages):
    return [message.body["text"] for message in messages]


async def test_replies_come_out_in_the_order_they_were_written(people):
    await people.say(ZOE, "one", "two")
    await people.say(MAX, "three")
    await people.say(ZOE, "four")

    assert texts(await people.next()) == ["one", "two", "three", "four"]


async def test_what_is_in_hand_is_not_handed_out_again_until_it_is_given_back(people, store):
    await people.say(ZOE, "one", "two")
    taken = await people.next()

    assert await people.next() == []
    store.release(taken[1:])
    assert texts(await people.next()) == ["two"]


async def test_each_lane_is_asked_for_by_itself(people):
    await people.say(ZOE, "broadcast", priority=Priority.BROADCAST)
    await people.say(ZOE, "alert", priority=Priority.ALERT)
    await people.say(ZOE, "reply")

    assert texts(await people.next(priority=Priority.REPLY)) == ["reply"]
    assert texts(await people.next(priority=Priority.ALERT)) == ["alert"]
    assert texts(await people.next(priority=Priority.BROADCAST)) == ["broadcast"]


async def test_a_channel_gets_its_own_and_never_anothers(people, store):
    await people.say("web:abc", "for the page")
    await people.say("telegrams:1", "for somebody else")
    await people.say(ZOE, "for Zoé")

    assert texts(await store.take("telegram", 10)) == ["for Zoé"]
    assert texts(await store.take("web", 10)) == ["for the page"]


async def test_conversations_that_have_to_wait_are_passed_over(people):
    await people.say(ZOE, "one")
    await people.say(MAX, "two")

    assert texts(await people.next(without=(ZOE,))) == ["two"]
    assert texts(await people.next()) == ["one"]


async def test_no_more_than_asked_for(people):
    await people.say(ZOE, *(str(number) for number in range(10)))

    assert texts(await people.next(3)) == ["0", "1", "2"]
    assert texts(await people.next(3)) == ["3", "4", "5"]


async def test_what_was_delivered_leaves_the_outbox(people, store):
    await people.say(ZOE, "one", "two")
    one, two = await people.next()
    await store.delivered(one)
    store.release([two])

    assert texts(await store.waiting(ZOE)) == ["two"]
    assert texts(await people.next()) == ["two"]


async def test_tries_without_an_answer_are_counted(people, store):
    await people.say(ZOE, "one")
    (message,) = await people.next()
    await store.tried(message)
    await store.tried(message)
    store.release([message])

    (message,) = await people.next()
    assert message.attempts == 2


async def test_what_the_platform_refuses_is_set_aside_for_the_operator_to_see(people, store, place):
    await people.say(ZOE, "too <b>bold", "fine")
    bad, fine = await people.next()
    await store.refused(bad, "can't parse entities")
    store.release([fine])

    assert (await store.counts())["refused"] == 1
    assert texts(await people.next()) == ["fine"]
    assert any("can't parse entities" in map(str, row) for row in await place.rows())


async def test_nothing_is_sent_to_who_left_until_they_write_again(people, store, noon):
    await people.say(ZOE, "one", "two")
    one, two = await people.next()
    await store.gone(one, since=noon)
    store.release([two])
    await people.say(MAX, "for Max")

    assert texts(await people.next()) == ["for Max"]
    assert (await store.counts())["stopped"] == 2

    await people.say(ZOE, "three", at=noon + timedelta(minutes=1))
    assert texts(await people.next()) == ["one", "two", "three"]
    assert (await store.counts())["stopped"] == 0


async def test_a_broadcast_to_who_left_waits_with_the_rest(people, store, noon):
    await people.say(ZOE, "one")
    await store.gone((await people.next())[0], since=noon)

    async def announce(turn):
        turn.send({"text": "news"}, chat=ZOE, priority=Priority.BROADCAST)
        turn.send({"text": "news"}, chat=LOU, priority=Priority.BROADCAST)

    await store.turn("announce", MAX, announce, at=noon)

    assert [message.chat for message in await people.next(priority=Priority.BROADCAST)] == [LOU]


async def test_who_wrote_while_a_403_was_on_its_way_is_not_stopped(people, store, noon):
    await people.say(ZOE, "alert")
    (alert,) = await people.next()
    await people.say(ZOE, "reply", at=noon + timedelta(seconds=2))
    await store.gone(alert, since=noon + timedelta(seconds=1))
    store.release([alert])

    assert texts(await people.next()) == ["alert", "reply"]


async def test_the_platform_says_that_a_person_left_and_came_back(people, store, noon):
    await people.say(ZOE, "one")

    async def leaves(turn):
        turn.stop(True)

    async def returns(turn):
        turn.stop(False)

    await store.turn("left", ZOE, leaves, at=noon)
    assert await people.next() == []
    await store.turn("returned", ZOE, returns, at=noon)
    assert texts(await people.next()) == ["one"]


async def test_who_never_talked_leaves_no_row_by_leaving(store, noon, place):
    async def leaves(turn):
        turn.stop(True)

    await store.turn("left", "telegram:99999", leaves, at=noon)

    assert not await store.knows("telegram:99999")
    assert [row for row in await place.rows() if row[0] == "conversation"] == []


async def test_a_message_to_somebody_who_never_talked_waits_when_they_are_not_there(people, store, noon):
    async def tell(turn):
        turn.send({"text": "hello"}, chat=LOU)

    await store.turn("tell", ZOE, tell, at=noon)
    await store.gone((await people.next())[0], since=noon)
    assert await people.next() == []

    await people.say(LOU, "welcome")
    assert texts(await people.next()) == ["hello", "welcome"]


async def test_the_sender_is_woken_when_there_is_something_to_send(people, store):
    store.has_outbox.clear()
    await people.say(ZOE)
    assert not store.has_outbox.is_set()
    await people.say(ZOE, "one")
    assert store.has_outbox.is_set()


async def test_a_page_that_fetches_sees_what_waits_most_urgent_first(people, store):
    await people.say("web:abc", "alert", priority=Priority.ALERT)
    await people.say("web:abc", "reply")

    assert texts(await store.waiting("web:abc")) == ["reply", "alert"]
    assert await store.waiting("web:other") == []
