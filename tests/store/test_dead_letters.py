"""What was set aside is seen and let go; what waits is counted with its age."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from bot.store import Retention
from bot.store.priority import Priority

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

ZOE, MAX = "telegram:11", "telegram:12"


async def test_an_event_set_aside_is_seen_with_how_often_it_was_tried(store, noon):
    for _ in range(3):
        await store.failed("telegram:1")
    await set_aside(store, "telegram:1", ZOE, '{"text": "/rtt"}', at=noon)

    (parked,) = await store.dead_letters.parked()

    assert (parked.event, parked.chat, parked.error, parked.tries) == ("telegram:1", ZOE, "ValueError", 3)
    assert (parked.raw, parked.at) == ('{"text": "/rtt"}', noon)


async def test_how_often_it_was_tried_is_kept_as_long_as_the_event(store, noon):
    await store.failed("telegram:1")
    await store.failed("telegram:2")
    await set_aside(store, "telegram:1", ZOE, "{}", at=noon)

    await store.clean(noon + timedelta(days=10), Retention())

    assert [parked.tries for parked in await store.dead_letters.parked()] == [1]
    assert await store.failed("telegram:2") == 1


async def test_an_event_let_go_is_gone_once_and_still_known_to_the_platform(people, store, noon):
    await set_aside(store, "telegram:1", ZOE, "{}", at=noon)

    assert await store.dead_letters.drop_parked("telegram:1")
    assert not await store.dead_letters.drop_parked("telegram:1")
    assert await store.dead_letters.parked() == []
    assert (await people.say(ZOE, event="telegram:1")).duplicate


async def test_a_refused_reply_is_seen_with_what_the_platform_said_and_let_go(people, store):
    await people.say(ZOE, "Bonjour")
    (message,) = await people.next()
    await store.refused(message, "Bad Request: can't parse entities")

    (refused,) = await store.dead_letters.refused()

    assert (refused.chat, refused.body, refused.reason) == (
        ZOE,
        {"text": "Bonjour"},
        "Bad Request: can't parse entities",
    )
    assert await store.dead_letters.drop_refused(refused.id)
    assert not await store.dead_letters.drop_refused(refused.id)
    assert await store.dead_letters.refused() == []


async def test_what_waits_is_counted_by_channel_and_lane_with_the_oldest_of_each(people, store, noon):
    await people.say(ZOE, "Bonjour", "Me voici", at=noon)
    await people.say(MAX, "Bonjour", at=noon - timedelta(hours=1))
    await people.say(MAX, "Une alerte", at=noon, priority=Priority.ALERT)
    await people.say("web:abc", "Bonjour", at=noon)

    found = [(one.channel, one.priority, one.messages, one.oldest) for one in await store.dead_letters.waiting()]

    assert found == [
        ("telegram", 0, 3, noon - timedelta(hours=1)),
        ("telegram", 1, 1, noon),
        ("web", 0, 1, noon),
    ]


async def test_what_is_kept_for_somebody_who_left_does_not_count_as_waiting(people, store, noon):
    await people.say(ZOE, "Bonjour", at=noon)
    (message,) = await people.next()
    await store.gone(message, since=noon)

    assert await store.dead_letters.waiting() == []


async def test_what_this_process_is_elected_for_is_known(store):
    assert store.roles == frozenset()
    assert await store.elected("reminders")
    assert store.roles == {"reminders"}
