"""What is kept of a person, for how long, and what is left when it is erased; told of every engine."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from bot.store import Retention
from bot.store.priority import Priority

sys.path.insert(0, str(Path(__file__).parent))

from acts import set_aside

ZOE, MAX = "telegram:4711", "telegram:4712"
SAID = "three hundred euros to the swallows"


async def keep(store, noon, chat=ZOE, event="keep"):
    """Something in every table."""

    async def work(turn):
        turn.save({"said": SAID})
        turn.send({"text": SAID})
        turn.answer([{"text": SAID}])
        turn.put("favourite", "1", {"name": SAID})
        turn.post("offer", event, {"name": SAID}, category="here", until=noon + timedelta(days=9))
        turn.schedule("nudge", "one", noon + timedelta(days=1), {"about": SAID})

    await store.turn(f"{event}:1", chat, work, at=noon)
    await set_aside(store, f"{event}:2", chat, SAID, at=noon)
    taken = await store.take("telegram", 10)
    for message in taken:
        if message.chat == chat:
            await store.refused(message, "bad")
    store.release(taken)
    await store.turn(f"{event}:3", chat, send_more, at=noon)


async def send_more(turn):
    turn.send({"text": SAID})


# Records


async def test_records_are_read_back_with_what_the_turn_has_changed(store, noon):
    async def first(turn):
        turn.put("favourite", "b", {"n": 1})
        turn.put("favourite", "a", {"n": 2})
        turn.put("alert", "a", {"n": 3})
        return turn.records("favourite")

    async def second(turn):
        turn.put("favourite", "c", {"n": 4})
        turn.drop("favourite", "a")
        turn.drop("favourite", "never there")
        return turn.records("favourite")

    async def third(turn):
        return turn.records("favourite"), turn.records("alert"), turn.records("nothing")

    assert (await store.turn("1", ZOE, first, at=noon)).value == {"a": {"n": 2}, "b": {"n": 1}}
    assert (await store.turn("2", ZOE, second, at=noon)).value == {"b": {"n": 1}, "c": {"n": 4}}
    assert (await store.turn("3", ZOE, third, at=noon)).value == (
        {"b": {"n": 1}, "c": {"n": 4}}, {"a": {"n": 3}}, {},
    )  # fmt: skip
    assert (await store.turn("4", MAX, third, at=noon)).value == ({}, {}, {})


# Reminders


async def test_a_reminder_comes_when_it_is_due_and_not_before(store, noon):
    async def work(turn):
        turn.schedule("nudge", "box", noon + timedelta(days=1), {"what": "the box"})

    await store.turn("1", ZOE, work, at=noon)
    assert await store.due(noon, 10) == []
    (due,) = await store.due(noon + timedelta(days=1), 10)

    assert (due.chat, due.name, due.data) == (ZOE, "nudge", {"what": "the box", "key": "box"})
    assert due.due_at == noon + timedelta(days=1)
    assert ZOE not in due.id  # the ids of what was handled are kept longer than the person


async def test_a_reminder_handled_is_gone_and_one_put_off_is_another(store, noon):
    async def schedule(turn):
        turn.schedule("nudge", "box", noon, {})

    async def handle(turn):
        still = turn.is_due(due.id)
        turn.cancel("nudge", "box")
        turn.schedule("nudge", "box", noon + timedelta(days=30), {})
        return still

    await store.turn("1", ZOE, schedule, at=noon)
    (due,) = await store.due(noon, 10)
    assert (await store.turn(due.id, ZOE, handle, at=noon)).value is True
    assert (await store.turn(due.id, ZOE, handle, at=noon)).duplicate
    assert await store.due(noon, 10) == []

    (following,) = await store.due(noon + timedelta(days=30), 10)
    assert following.id != due.id


async def test_a_reminder_replaced_after_it_was_listed_does_not_stand(store, noon):
    async def schedule(turn):
        turn.schedule("nudge", "box", noon, {})

    async def put_off(turn):
        turn.schedule("nudge", "box", noon + timedelta(days=1), {})

    async def stands(turn):
        return turn.is_due(due.id)

    await store.turn("1", ZOE, schedule, at=noon)
    (due,) = await store.due(noon, 10)
    await store.turn("2", ZOE, put_off, at=noon)

    assert (await store.turn(due.id, ZOE, stands, at=noon)).value is False


async def test_somebody_else_may_be_asked_for_something(store, noon):
    async def ask(turn):
        turn.schedule("please", "box", noon, {"what": "look at it"}, chat=MAX)
        turn.schedule("nudge", "box", noon, {})
        turn.cancel("please", "box")  # this one's own, of which there is none

    await store.turn("1", ZOE, ask, at=noon)
    assert {(due.chat, due.name) for due in await store.due(noon, 10)} == {(MAX, "please"), (ZOE, "nudge")}


async def test_a_reminder_that_was_called_off_does_not_come(store, noon):
    async def work(turn):
        turn.schedule("nudge", "box", noon, {})
        turn.cancel("nudge", "box")

    await store.turn("1", ZOE, work, at=noon)
    assert await store.due(noon, 10) == []


async def test_a_reminder_set_aside_does_not_come_again_and_again(store, noon):
    async def schedule(turn):
        turn.schedule("nudge", "box", noon, {})

    await store.turn("1", ZOE, schedule, at=noon)
    (due,) = await store.due(noon, 10)
    await set_aside(store, due.id, ZOE, "", at=noon)

    assert await store.due(noon, 10) == []


async def test_who_left_is_not_reminded_until_they_are_back(people, store, noon):
    async def schedule(turn):
        turn.save({"count": 1})
        turn.schedule("nudge", "box", noon, {})

    async def leaves(turn):
        turn.stop(True)

    await store.turn("1", ZOE, schedule, at=noon)
    await store.turn("2", ZOE, leaves, at=noon)
    assert await store.due(noon, 10) == []
    await people.say(MAX)
    await people.say(ZOE)
    assert len(await store.due(noon, 10)) == 1


async def test_the_most_overdue_reminders_come_first(store, noon):
    async def schedule(turn):
        for days in (3, 1, 2):
            turn.schedule("nudge", str(days), noon - timedelta(days=days), {})

    await store.turn("1", ZOE, schedule, at=noon)
    assert [due.data["key"] for due in await store.due(noon, 2)] == ["3", "2"]


# Export and erase


async def test_a_person_gets_everything_that_is_kept_of_them_and_nothing_of_others(store, noon):
    await keep(store, noon)
    await keep(store, noon, MAX, "max")

    async def export(turn):
        return await turn.export()

    data = (await store.turn("export", ZOE, export, at=noon)).value

    assert data["conversation"][0]["session"] == {"said": SAID}
    assert data["waiting_replies"][0]["body"] == {"text": SAID}
    assert data["refused_replies"][0]["reason"] == "bad"
    assert data["records"][0]["body"] == {"name": SAID}
    assert data["reminders"][0]["due_at"] == (noon + timedelta(days=1)).isoformat()
    assert data["failed_messages"][0]["raw"] == SAID
    assert data["last_answers"][0]["answer"] == [{"text": SAID}]
    assert {name: len(rows) for name, rows in data.items() if name != "last_answers"} == {
        "conversation": 1, "waiting_replies": 1, "refused_replies": 1, "records": 1, "reminders": 1,
        "failed_messages": 1, "notices": 1,
    }  # fmt: skip
    assert json.loads(json.dumps(data)) == data


async def traces(place, *of: str) -> list[tuple[object, ...]]:
    return [row for row in await place.rows() if any(one in str(value) for one in of for value in row)]


async def test_nothing_is_left_of_a_person_who_has_everything_erased(people, store, noon, place):
    await keep(store, noon)
    await keep(store, noon, MAX, "max")
    assert len(await traces(place, ZOE)) == 10
    done = await people.erase(ZOE)

    assert done.duplicate is False
    assert await traces(place, ZOE) == []
    assert not await store.knows(ZOE)
    assert await people.session(ZOE) is None
    assert len(await traces(place, MAX)) == 10


async def test_the_word_that_all_is_erased_is_delivered_and_then_nothing_is_left(people, store, noon, place):
    await keep(store, noon)
    await people.erase(ZOE, "It is done.")

    assert not await store.knows(ZOE)
    assert await traces(place, SAID) == []
    (message,) = await people.next()
    assert (message.chat, message.body) == (ZOE, {"text": "It is done."})
    await store.tried(message)
    await store.delivered(message)
    assert await traces(place, ZOE) == []


async def test_the_last_word_leaves_no_trace_after_a_restart_either(place, talker, noon):
    store = await place.open()
    await keep(store, noon)
    await talker(store).erase(ZOE, "It is done.")
    await store.close()

    store = await place.open()
    (message,) = await store.take("telegram", 10)
    await store.delivered(message)
    assert await traces(place, ZOE) == []
    await store.close()


async def test_a_last_word_that_nobody_takes_is_not_kept(people, store, noon, place):
    await keep(store, noon)
    await people.erase(ZOE, "It is done.", "Really.")
    done, really = await people.next()
    await store.refused(done, "bad")
    assert await traces(place, "It is done.") == []
    await store.gone(really, since=noon)

    assert await traces(place, ZOE) == []


async def test_a_person_who_comes_back_after_the_erasure_begins_anew_and_stays(people, store, noon, place):
    await keep(store, noon)
    await people.erase(ZOE, "It is done.")
    assert (await people.say(ZOE, "Welcome")).value == 1
    for message in await people.next():
        await store.delivered(message)

    assert await store.knows(ZOE)
    assert await people.session(ZOE) == {"count": 1}


async def test_a_message_from_before_the_erasure_delivered_again_does_not_bring_the_person_back(people, store, noon):
    await people.say(ZOE, "Bonjour", event="telegram:before")
    await people.erase(ZOE)
    again = await people.say(ZOE, event="telegram:before")

    assert (again.duplicate, again.forgotten, list(again.replies)) == (True, True, [])
    assert not await store.knows(ZOE)


async def test_the_message_that_erased_delivered_again_gets_its_answer(store, people, noon):
    async def erase(turn):
        turn.forget()
        turn.answer([{"text": "It is done."}])

    await people.say(ZOE)
    first = await store.turn("erase", ZOE, erase, at=noon)
    again = await store.turn("erase", ZOE, erase, at=noon)

    assert (first.duplicate, again.duplicate, again.forgotten) == (False, True, True)
    assert list(again.replies) == [{"text": "It is done."}]


# Retention


async def test_what_has_been_kept_long_enough_goes(people, store, noon, place):
    await keep(store, noon)
    await store.failed("telegram:again")
    await store.clean(noon + timedelta(days=2), Retention())
    assert len(await traces(place, ZOE)) == 10

    await store.clean(noon + timedelta(days=4), Retention())
    assert (await people.say(MAX, event="keep:1")).duplicate is False
    assert (await store.counts())["outbox"] == 1

    await store.clean(noon + timedelta(days=8), Retention())
    counts = await store.counts()
    assert (counts["outbox"], counts["refused"], counts["parked"]) == (0, 0, 1)

    await store.clean(noon + timedelta(days=31), Retention())
    assert (await store.counts())["parked"] == 0
    assert (await store.counts())["sessions"] == 2


async def test_an_idle_conversation_goes_unless_a_reminder_is_to_come(people, store, noon, place):
    await people.say(ZOE)
    await keep(store, noon, MAX)
    await store.clean(noon + timedelta(days=179), Retention())
    assert (await store.knows(ZOE), await store.knows(MAX)) == (True, True)
    await store.clean(noon + timedelta(days=181), Retention())

    assert (await store.knows(ZOE), await store.knows(MAX)) == (False, True)
    assert await traces(place, ZOE) == []


async def test_a_conversation_taken_up_again_is_not_idle(people, store, noon):
    await people.say(ZOE)
    await people.say(ZOE, at=noon + timedelta(days=100))
    await store.clean(noon + timedelta(days=181), Retention())
    assert await store.knows(ZOE)

    await store.clean(noon + timedelta(days=282), Retention())
    assert not await store.knows(ZOE)


async def test_cleaning_takes_more_than_one_batch_where_there_is_much(people, store, noon):
    async def work(turn):
        for number in range(2_500):
            turn.send({"text": str(number)}, priority=Priority.BROADCAST)

    await store.turn("many", ZOE, work, at=noon)
    await store.clean(noon + timedelta(days=8), Retention())

    assert (await store.counts())["outbox"] == 0


async def test_a_clock_set_back_stops_nothing(people, store, noon):
    """What was written an hour ahead of now is read, sent and answered like the rest."""
    ahead = noon + timedelta(hours=1)
    await people.say(ZOE, "one", at=ahead)
    await people.say(ZOE, "two", at=noon)
    one, two = await people.next()
    await store.gone(one, since=noon - timedelta(minutes=1))
    await store.clean(noon, Retention())

    assert (one.body["text"], two.body["text"]) == ("one", "two")
    assert (await people.session(ZOE))["count"] == 2
    assert (await people.say(ZOE, event="telegram:1")).duplicate


# Periodic work


async def test_somebody_is_elected_and_shares_what_a_platform_allows(store):
    assert await store.elected("reminders") is True
    assert await store.elected("reminders") is True
    assert await store.quota() == 1.0


async def test_a_store_that_answers_says_so(store):
    await store.check()


async def test_counts_are_of_what_is_there(people, store, noon):
    await keep(store, noon)
    await people.say(MAX)

    assert await store.counts() == {
        "sessions": 2, "outbox": 1, "stopped": 0, "refused": 1, "parked": 1, "due": 1,
    }  # fmt: skip
