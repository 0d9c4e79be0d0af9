"""Several processes on one PostgreSQL: turns in order, each message in one hand, and what happens when one vanishes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest

import bot.store.postgres_replica as replica
from bot.store import Busy, StoreError
from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import MIGRATIONS, migrate

ZOE, MAX = "telegram:4711", "telegram:4712"


@pytest.fixture
async def two(empty_postgresql: str) -> AsyncIterator[tuple[PostgresStore, PostgresStore]]:
    stores = [await PostgresStore.open(empty_postgresql) for _ in range(2)]
    yield stores[0], stores[1]
    for store in stores:
        await store.close()


def texts(messages):
    return [message.body["text"] for message in messages]


def now() -> datetime:
    return datetime.now(UTC)


async def count(store, event):
    async def work(turn):
        before = (turn.session or {"count": 0})["count"]
        turn.save({"count": before + 1})
        turn.send({"text": str(before + 1)})
        return before + 1

    return await store.turn(event, ZOE, work, at=now())


# Turns


async def test_turns_of_one_person_on_two_processes_run_one_after_the_other(two):
    """What is read after the lock is what the other process has just committed: none runs on old news."""
    done = await asyncio.gather(*(count(two[number % 2], f"event:{number}") for number in range(40)))

    assert sorted(one.value for one in done) == list(range(1, 41))
    assert texts(await two[0].waiting(ZOE)) == [str(number) for number in range(1, 41)]


async def test_what_failed_on_one_process_is_not_overtaken_on_another(two):
    async def fails(turn):
        raise ValueError("a bug")

    async def works(turn):
        turn.save({"count": 10})
        turn.send({"text": "first"})

    async def otherwise(error):
        later.append(asyncio.create_task(count(two[1], "event:second")))
        await asyncio.sleep(0.3)
        return works

    later: list[asyncio.Task] = []
    await two[0].turn("event:first", ZOE, fails, at=now(), otherwise=otherwise)
    assert (await later[0]).value == 11
    assert texts(await two[0].waiting(ZOE)) == ["first", "11"]


async def test_the_first_two_messages_of_somebody_new_reach_two_processes_at_once(two):
    for number in range(20):
        person = f"telegram:new{number}"

        async def work(turn):
            before = (turn.session or {"count": 0})["count"]
            turn.save({"count": before + 1})
            return before + 1

        done = await asyncio.gather(
            *(store.turn(f"{person}:{at}", person, work, at=now()) for at, store in enumerate(two))
        )
        assert sorted(one.value for one in done) == [1, 2]


async def test_one_event_delivered_to_two_processes_runs_once(two):
    for number in range(20):
        done = await asyncio.gather(*(count(store, f"event:{number}") for store in two))
        assert sorted(one.duplicate for one in done) == [False, True]
    assert (await count(two[0], "last")).value == 21


async def test_a_person_busy_on_another_process_is_told_to_come_back_after_two_seconds(two):
    inside, finish = asyncio.Event(), asyncio.Event()

    async def slow(turn):
        inside.set()
        await finish.wait()

    slow_turn = asyncio.create_task(two[0].turn("slow", ZOE, slow, at=now()))
    await inside.wait()
    with pytest.raises(Busy):
        await count(two[1], "event:1")
    finish.set()
    await slow_turn
    assert (await count(two[1], "event:1")).value == 1


# The outbox


async def test_a_conversation_is_in_one_hand_at_a_time(two):
    for number in range(6):
        await count(two[0], f"event:{number}")
    mine = await two[0].take("telegram", 2)

    assert texts(mine) == ["1", "2"]
    assert await two[1].take("telegram", 10) == []
    for message in mine:
        await two[0].delivered(message)
    assert texts(await two[1].take("telegram", 10)) == ["3", "4", "5", "6"]
    assert await two[0].take("telegram", 10) == []


async def test_two_senders_at_once_share_the_outbox_and_keep_each_persons_order(two):
    people = [f"telegram:{number}" for number in range(30)]

    async def talk(person):
        for number in range(6):

            async def work(turn, number=number):
                turn.send({"text": str(number)})

            await two[number % 2].turn(f"{person}:{number}", person, work, at=now())

    got: dict[str, list[tuple[int, str]]] = {person: [] for person in people}

    async def send(hand, store):
        for _ in range(400):
            for message in await store.take("telegram", 7):
                got[message.chat].append((hand, message.body["text"]))
                await store.delivered(message)
            if all(len(texts) == 6 for texts in got.values()):
                return
            await asyncio.sleep(0.01)

    await asyncio.gather(*(talk(person) for person in people), *(send(hand, store) for hand, store in enumerate(two)))

    assert all([text for _, text in texts] == ["0", "1", "2", "3", "4", "5"] for texts in got.values())
    assert {hand for texts in got.values() for hand, _ in texts} == {0, 1}


async def test_what_is_being_changed_is_not_overtaken_by_what_follows_it(two, empty_postgresql):
    """A turn of the person holds the first message's row: the second does not go before it."""
    for number in range(2):
        await count(two[0], f"event:{number}")
    async with await psycopg.AsyncConnection.connect(empty_postgresql) as other:
        await other.execute("UPDATE outbox SET attempts = attempts WHERE id = (SELECT min(id) FROM outbox)")
        assert await two[1].take("telegram", 10) == []
    assert texts(await two[1].take("telegram", 10)) == ["1", "2"]


async def test_what_a_vanished_process_had_in_hand_goes_to_another(two, empty_postgresql, monkeypatch):
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    assert two[0].holds(message)
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("UPDATE outbox SET taken_until = clock_timestamp() - interval '1 second'")

    assert texts(await two[1].take("telegram", 10)) == ["1"]
    assert await two[0].take("telegram", 10) == []


async def test_a_process_cut_off_for_long_knows_that_it_has_nothing_in_hand(two):
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    two[0]._replica.took([message.id], at=-replica.LEASE)  # as long ago as the clock goes

    assert not two[0].holds(message)


async def test_a_sign_of_life_renews_what_is_in_hand(two, empty_postgresql):
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("UPDATE outbox SET taken_until = clock_timestamp() + interval '1 second'")
        await two[0]._replica._heartbeat()
        rows = await other.execute("SELECT taken_until > clock_timestamp() + interval '5 seconds' FROM outbox")
        assert await rows.fetchone() == (True,)
    assert two[0].holds(message)


async def test_a_process_that_stops_gives_back_what_it_had(empty_postgresql):
    leaving, staying = [await PostgresStore.open(empty_postgresql) for _ in range(2)]
    await count(leaving, "event:1")
    await leaving.take("telegram", 10)
    await leaving.close()

    assert texts(await staying.take("telegram", 10)) == ["1"]
    await staying.close()


# Who does what


async def test_one_of_many_is_elected_and_another_when_it_goes(empty_postgresql):
    first, second = [await PostgresStore.open(empty_postgresql) for _ in range(2)]
    assert [await first.elected("clean"), await second.elected("clean")] == [True, False]
    assert [await second.elected("reminders"), await first.elected("reminders")] == [True, False]
    await first.close()

    assert await second.elected("clean")
    await second.close()


async def test_an_election_ends_with_the_connection_it_was_won_on(two, empty_postgresql):
    assert [await two[0].elected("clean"), await two[1].elected("clean")] == [True, False]
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    for _ in range(200):
        if await two[1].elected("clean"):
            break
        await asyncio.sleep(0.01)

    assert await two[1].elected("clean")
    assert await two[0].elected("clean") is False


async def test_each_takes_its_share_and_a_newcomer_waits_until_the_others_have_noticed(empty_postgresql):
    first = await PostgresStore.open(empty_postgresql)
    assert await first.quota() == 1.0
    second = await PostgresStore.open(empty_postgresql)
    assert await second.quota() == 0.0
    await first._replica._heartbeat()
    assert await first.quota() == 0.5

    second._replica._quota_from -= 60.0  # a minute later
    await second._replica._heartbeat()
    assert await second.quota() == 0.0
    await second._replica._heartbeat()
    assert await second.quota() == 0.5
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute(
            "UPDATE replica SET heard = heard - interval '1 minute' WHERE id = %s", (first._replica.id,)
        )
    await second._replica._heartbeat()
    assert await second.quota() == 0.5  # what the other called just now still counts
    await second._replica._heartbeat()
    assert await second.quota() == 1.0
    await first.close()
    await second.close()


async def test_what_others_took_over_from_one_who_stood_still_is_theirs(two, empty_postgresql):
    """However alive it is again."""
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("UPDATE outbox SET taken_until = clock_timestamp() - interval '1 second'")
    (again,) = await two[1].take("telegram", 10)
    assert again.id == message.id
    await two[0]._replica._heartbeat()

    assert not two[0].holds(message)
    assert two[1].holds(again)
    two[0].release([message])
    assert await two[0].take("telegram", 10) == []
    await two[1].delivered(again)
    assert await two[0].take("telegram", 10) == []


async def test_who_may_have_missed_a_newcomer_takes_no_quota(two):
    for _ in range(2):
        await two[0]._replica._heartbeat()
    assert await two[0].quota() == 0.5
    two[0]._replica._heartbeat_at -= 2 * replica.HEARTBEAT_EVERY  # as long ago as the clock goes

    assert await two[0].quota() == 0.0


async def cooldown(store, event):
    async def work(turn):
        return turn.cooldown

    return (await store.turn(event, ZOE, work, at=now())).value


async def test_who_got_a_message_from_one_process_rests_for_all(two):
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    assert message.cooldown == 0.0
    await two[0].delivered(message, cooldown=60.0)

    assert 50.0 < await cooldown(two[1], "event:2") <= 60.0
    await count(two[1], "event:3")
    (message,) = await two[1].take("telegram", 10)
    assert 50.0 < message.cooldown <= 60.0


async def test_who_got_a_webhook_reply_cools_down_for_all(two):
    async def webhook_reply(turn):
        turn.save({})
        turn.answer([{"text": "one"}], cooldown=60.0)

    await two[0].turn("event:1", ZOE, webhook_reply, at=now())
    await count(two[1], "event:2")

    (message,) = await two[1].take("telegram", 10)
    assert 50.0 < message.cooldown <= 60.0


async def test_who_got_a_reply_once_more_rests_for_all(two):
    await count(two[0], "event:1")
    await two[0].cool_down(ZOE, 60.0)

    assert 50.0 < await cooldown(two[1], "event:2") <= 60.0


async def test_what_the_platform_said_to_one_process_is_heeded_by_all(two):
    await count(two[0], "event:1")
    two[0].release(await two[0].take("telegram", 10), cooldown=60.0)
    await two[0].take("telegram", 10, without=(ZOE,))

    (message,) = await two[1].take("telegram", 10)
    assert 50.0 < message.cooldown <= 60.0


# Groups, and a clock that is set back

GROUP = "telegram:-100123"


async def say_in_group(store, member, text):
    async def work(turn):
        turn.save({})
        turn.send({"text": text})

    await store.turn(f"{member}:{text}", f"{GROUP}:{member}", work, at=now())


async def test_a_group_is_in_one_hand_at_a_time_whoever_talks_in_it(two):
    await say_in_group(two[0], "1", "to one")
    await say_in_group(two[1], "2", "to two")
    await count(two[0], "event:1")
    first, _zoes = await two[0].take("telegram", 10, without=(f"{GROUP}:2",))
    assert first.body == {"text": "to one"}
    assert await two[1].take("telegram", 10) == []
    await two[0].delivered(first, cooldown=3.0)

    (second,) = await two[1].take("telegram", 10)
    assert second.body == {"text": "to two"}
    assert 2.0 < second.cooldown <= 3.0


async def test_a_group_told_to_wait_waits_whoever_talks_in_it(two):
    await say_in_group(two[0], "1", "to one")
    two[0].release(await two[0].take("telegram", 10), cooldown=60.0)
    await two[0].take("telegram", 10, without=(f"{GROUP}:1",))
    await say_in_group(two[1], "2", "to two")

    messages = await two[1].take("telegram", 10)
    assert len(messages) == 2
    assert all(50.0 < message.cooldown <= 60.0 for message in messages)


async def test_a_clock_set_back_makes_nobody_wait_until_it_has_come_round_again(two, empty_postgresql):
    """As the rows are that were written when it was an hour later."""
    await count(two[0], "event:1")
    await say_in_group(two[0], "1", "to one")
    for message in await two[0].take("telegram", 10):
        await two[0].delivered(message, cooldown=1.0)
    await count(two[0], "event:2")
    await say_in_group(two[0], "1", "again")
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("UPDATE conversation SET free_at = free_at + interval '1 hour'")
        await other.execute("UPDATE group_cooldown SET until = until + interval '1 hour'")

    assert 0 < await cooldown(two[1], "event:3") <= 120.0
    assert [0 < message.cooldown <= 120.0 for message in await two[1].take("telegram", 10)] == [True, True]


async def test_what_a_process_had_that_vanished_before_the_clock_was_set_back_goes_to_another(
    two, empty_postgresql, monkeypatch
):
    """Its last sign of life, and the time it had, are an hour ahead: it is the silence that counts."""
    monkeypatch.setattr(replica, "LEASE", 2.0)
    await count(two[0], "event:1")
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("INSERT INTO replica (id, heard) VALUES ('gone', clock_timestamp() + interval '1 hour')")
        await other.execute("UPDATE outbox SET taken_by = 'gone', taken_until = clock_timestamp() + interval '1 hour'")
        assert await two[1].take("telegram", 10) == []  # it may be there yet
        for _ in range(100):
            if taken := await two[1].take("telegram", 10):
                break
            await asyncio.sleep(0.1)
        rows = await other.execute("SELECT count(*) FROM replica")
        assert await rows.fetchone() == (2,)
    assert texts(taken) == ["1"]


async def test_a_process_that_is_heard_of_keeps_what_it_has_when_the_clock_is_set_back(two, empty_postgresql):
    await count(two[0], "event:1")
    (message,) = await two[0].take("telegram", 10)
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute("UPDATE outbox SET taken_until = taken_until + interval '1 hour'")
        assert await two[1].take("telegram", 10) == []
    assert two[0].holds(message)


# The schema


async def test_a_database_that_was_not_migrated_says_what_to_do(postgresql_server):
    with pytest.raises(StoreError, match="allie migrate"):
        await PostgresStore.open(postgresql_server)


async def test_migrating_is_done_once_whoever_does_it(empty_postgresql):
    assert await asyncio.to_thread(migrate, empty_postgresql) == []
    with psycopg.connect(empty_postgresql) as connection:
        assert [name for (name,) in connection.execute("SELECT name FROM allie_migration ORDER BY name")] == [
            *MIGRATIONS
        ]


async def test_a_database_of_a_newer_version_is_left_alone(empty_postgresql):
    with psycopg.connect(empty_postgresql, autocommit=True) as connection:
        connection.execute("INSERT INTO allie_migration (name) VALUES ('m999_wings')")
        try:
            with pytest.raises(StoreError, match="newer Allié"):
                await PostgresStore.open(empty_postgresql)
            with pytest.raises(StoreError, match="newer Allié"):
                await asyncio.to_thread(migrate, empty_postgresql)
        finally:
            connection.execute("DELETE FROM allie_migration WHERE name = 'm999_wings'")


async def test_a_database_that_does_not_answer_is_said_in_one_sentence_without_the_password():
    with pytest.raises(Busy) as busy:
        await PostgresStore.open("postgresql://someone:s3cret@127.0.0.1:1/nowhere")
    assert "does not answer" in str(busy.value)
    assert "s3cret" not in str(busy.value)


async def test_connections_that_the_database_closed_cost_a_try_and_nothing_else(two, empty_postgresql):
    """As after a restart of the database: each try says to come back, and soon one gets through, once."""
    await count(two[0], "event:0")
    async with await psycopg.AsyncConnection.connect(empty_postgresql, autocommit=True) as other:
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
    for attempt in itertools.count():
        try:
            done = await count(two[0], "event:1")
        except Busy:
            assert attempt < 50
            await asyncio.sleep(0.05)
        else:
            break

    assert done.duplicate or done.value == 2
    assert texts(await two[0].waiting(ZOE))[:2] == ["1", "2"]
