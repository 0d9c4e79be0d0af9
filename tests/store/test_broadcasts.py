"""One message to the many who agreed; told of every engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import Retention
from bot.store.broadcasts import CONSENT, CONSENT_KEY
from bot.store.priority import Priority

BODY = {"texts": {"fr": "Bonjour"}}


def message(name: str = "spring") -> dict[str, object]:
    return {"text": "Bonjour", "broadcast": name}


@pytest.fixture
def agree(store, noon):
    async def agreeing(*people: str, at=noon, off: bool = False) -> None:
        for person in people:

            async def work(turn):
                turn.save({"language": "fr", "count": 0})
                if off:
                    turn.drop(CONSENT, CONSENT_KEY)
                else:
                    turn.put(CONSENT, CONSENT_KEY, {"subject": "all"})

            await store.turn(f"agree:{person}:{at}:{off}", person, work, at=at)

    return agreeing


@pytest.fixture
async def spring(store, agree, noon):
    """Four people agreed, and the broadcast has come to the third."""
    await agree("telegram:1", "telegram:2", "telegram:3", "telegram:4")
    begun = await store.broadcasts.begin("spring", BODY, 4, noon)
    sends = [(f"telegram:{number}", message()) for number in (1, 2, 3)]
    await store.broadcasts.hand_over(begun, sends, after="telegram:3", done=False, at=noon)
    return await store.broadcasts.get("spring")


async def taken(store):
    return await store.take("telegram", 10, priority=Priority.BROADCAST)


async def test_those_who_agreed_come_in_order_and_page_by_page(store, people, agree, noon):
    await people.say("telegram:0", "I never agreed")
    await agree("telegram:3", "telegram:1", "web:a", "telegram:2")
    await agree("telegram:5", at=noon + timedelta(days=1))
    first = await store.broadcasts.agreed("", noon, 2)
    rest = await store.broadcasts.agreed(first[-1].chat, noon, 9)
    assert [one.chat for one in first + rest] == ["telegram:1", "telegram:2", "telegram:3", "web:a"]
    assert first[0].consent == {"subject": "all"}
    assert first[0].session == {"language": "fr", "count": 0}


async def test_how_far_it_has_come_is_in_the_commit_of_its_messages(store, spring):
    assert (spring.after, spring.handed, spring.waiting, spring.state) == ("telegram:3", 3, 3, "sending")
    assert [one.chat for one in await taken(store)] == ["telegram:1", "telegram:2", "telegram:3"]


async def test_a_page_is_handed_over_once_however_often_it_is_tried(store, spring, noon):
    again = [("telegram:4", message())]
    await store.broadcasts.hand_over(spring, again, after="telegram:4", done=True, at=noon)
    await store.broadcasts.hand_over(spring, again, after="telegram:4", done=True, at=noon)
    came_to = await store.broadcasts.get("spring")
    assert (came_to.handed, came_to.state, came_to.after) == (4, "done", "")


async def test_what_became_of_each_is_counted(store, spring, noon):
    one, two, three = await taken(store)
    await store.delivered(one)
    await store.gone(two, since=noon + timedelta(minutes=1))
    await store.refused(three, "Bad Request")
    now = await store.broadcasts.get("spring")
    assert (now.delivered, now.blocked, now.failed, now.waiting, now.withdrawn) == (1, 1, 1, 0, 0)


async def test_who_blocked_is_not_written_to_when_they_come_back(store, people, spring, noon):
    messages = await taken(store)
    await store.gone(messages[1], since=noon + timedelta(minutes=1))
    for one in messages:
        store.release([one])
    await people.say("telegram:2", "Here I am", at=noon + timedelta(hours=1))
    assert [one.chat for one in await taken(store)] == ["telegram:1", "telegram:3"]


async def test_stop_takes_back_what_waits_and_going_on_loses_nobody(store, spring, noon):
    in_hand = await taken(store)
    await store.delivered(in_hand[0])
    stopped = await store.broadcasts.stop("spring")
    assert (stopped.state, stopped.waiting) == ("stopped", 2)
    assert not await store.stands(in_hand[1])
    store.release(in_hand)
    assert await taken(store) == []
    assert [one.chat for one in await store.waiting("telegram:2")] == []
    await store.broadcasts.hand_over(spring, [("telegram:4", message())], after="telegram:4", done=True, at=noon)
    assert (await store.broadcasts.get("spring")).handed == 3, "a stopped one goes no further"

    again = await store.broadcasts.begin("spring", BODY, 4, noon + timedelta(hours=1))
    assert (again.state, again.after) == ("sending", "telegram:3")
    assert [one.chat for one in await taken(store)] == ["telegram:2", "telegram:3"]


async def test_stop_said_by_a_person_takes_their_message_back(store, spring, agree):
    in_hand = await taken(store)
    await agree("telegram:2", off=True)
    assert [await store.stands(one) for one in in_hand] == [True, False, True]
    now = await store.broadcasts.get("spring")
    assert (now.waiting, now.withdrawn) == (2, 1)


async def test_a_person_who_left_is_not_written_to(store, people, spring, noon):
    async def leave(turn):
        turn.stop(True)

    await store.turn("left", "telegram:2", leave, at=noon)
    assert [one.chat for one in await taken(store)] == ["telegram:1", "telegram:3"]
    assert [one.chat for one in await store.broadcasts.agreed("", noon, 9)] == [
        "telegram:1",
        "telegram:3",
        "telegram:4",
    ]


async def test_erasing_the_last_it_came_to_loses_its_place_for_nobody(store, place, spring, people, noon):
    await people.erase("telegram:3")
    came_to = await store.broadcasts.get("spring")
    assert came_to.after == "telegram:2"
    assert [one.chat for one in await store.broadcasts.agreed(came_to.after, noon, 9)] == ["telegram:4"]
    assert not any("telegram:3" in map(str, row) for row in await place.rows() if row[0] == "broadcast")


async def test_who_never_agreed_gets_nothing_even_if_asked(store, people, noon):
    await people.say("telegram:7", "hello")
    begun = await store.broadcasts.begin("spring", BODY, 1, noon)
    await store.broadcasts.hand_over(begun, [("telegram:7", message())], after="telegram:7", done=True, at=noon)
    assert (await store.broadcasts.get("spring")).handed == 0
    assert await taken(store) == []


async def test_what_waits_too_long_is_let_go(store, spring, noon):
    await store.clean(noon + timedelta(days=Retention().undelivered, hours=1), Retention())
    now = await store.broadcasts.get("spring")
    assert (now.waiting, now.withdrawn) == (0, 3)


async def test_beginning_one_that_is_there_changes_nothing(store, spring, noon):
    again = await store.broadcasts.begin("spring", {"texts": {"fr": "Other"}}, 9, noon + timedelta(days=1))
    assert again == spring
    assert [one.id for one in await store.broadcasts.all()] == ["spring"]
    assert await store.broadcasts.get("autumn") is None
    assert await store.broadcasts.stop("autumn") is None
