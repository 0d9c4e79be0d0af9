"""The outbox on its way to a platform with limits, bad days and people who left.

Time is played: nothing sleeps, and what is asserted is when each call was made on the played clock.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery.outcomes import Delivered, Gone, Later, Refused, Unknown
from bot.delivery.sender import AT_HAND, HOPELESS, OF_ONE_CHAT
from bot.dialogue.replies import File, Reply
from bot.store.priority import Priority

sys.path.insert(0, str(Path(__file__).parent))

from played import LOU, MAX, ZOE, Scene, play


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., Scene]:
    """Plays a story from beginning to end, on a clock of its own."""
    return partial(play, tmp_path / "data")


# The limits


def test_a_hundred_and_twenty_people_at_once_are_all_answered_as_fast_as_the_platform_allows(tell):
    async def story(scene):
        await asyncio.gather(*(scene.write(f"telegram:{number}", f"hello {number}") for number in range(1, 121)))
        await scene.until_empty()

    scene = tell(story)
    moments = sorted(at for at, _, _ in scene.platform.calls)

    assert sorted(Counter(scene.platform.texts()).values()) == [1] * 120
    assert scene.platform.too_early() == []
    least = 120 / 30 - 1  # thirty at once, and thirty more at each of the next three seconds
    assert moments[-1] - moments[0] <= 1.2 * least


def test_one_chat_gets_a_message_a_second_and_a_group_twenty_a_minute(tell):
    group = "telegram:-100"

    async def story(scene):
        await scene.write(ZOE, *(f"z{number}" for number in range(6)))
        await scene.write(group, *(f"g{number}" for number in range(25)))
        await scene.until_empty()

    platform = tell(story).platform
    assert platform.too_early() == []
    assert platform.texts(ZOE) == [f"z{number}" for number in range(6)]
    assert platform.at("z5") - platform.at("z0") < 6.0
    times = [at for at, chat, _ in platform.calls if chat == group]
    assert platform.texts(group) == [f"g{number}" for number in range(25)]
    assert all(later - earlier >= 60.0 for earlier, later in zip(times, times[20:], strict=False))


def test_a_call_that_travels_long_holds_back_the_next_one_to_its_chat(tell):
    """It may arrive at the last moment before its answer, and the next one at once."""

    async def story(scene):
        scene.platform.takes = 0.7
        await scene.write(ZOE, *(f"z{number}" for number in range(4)))
        await scene.write("telegram:-100", *(f"g{number}" for number in range(4)))
        await scene.until_empty()

    platform = tell(story).platform
    for chat, gap in ((ZOE, 1.0), ("telegram:-100", 3.0)):
        times = [at for at, to, _ in platform.calls if to == chat]
        assert len(times) == 4
        assert all(round(later - (earlier + platform.takes), 5) >= gap for earlier, later in pairwise(times))


def test_the_people_of_a_group_share_its_pace(tell):
    async def story(scene):
        for person in range(5):
            await scene.write(f"telegram:-100:{person}", *(f"{person} {number}" for number in range(5)))
        await scene.until_empty()

    times = [at for at, _, _ in tell(story).platform.calls]
    assert len(times) == 25
    assert all(later - earlier >= 3.0 for earlier, later in pairwise(times))


def test_a_reply_with_files_takes_as_many_calls_of_the_pace(tell):
    heavy = Reply(files=(File("a.pdf", "application/pdf", b"a"), File("b.pdf", "application/pdf", b"b")))

    async def story(scene):
        await scene.write(ZOE, heavy, "after")
        await scene.until_empty()

    scene = tell(story)
    assert scene.platform.at("after") - scene.platform.calls[0][0] >= 3.0


def test_replies_go_before_alerts_and_alerts_before_broadcasts(tell):
    async def story(scene):
        await asyncio.gather(
            *(
                scene.write(f"telegram:3{n}", f"broadcast {n}", priority=Priority.BROADCAST, by="x:1")
                for n in range(300)
            )
        )
        await asyncio.sleep(3.0)
        await asyncio.gather(
            *(scene.write(f"telegram:2{n}", f"alert {n}", priority=Priority.ALERT, by="x:2") for n in range(60))
        )
        await scene.write(ZOE, "reply")
        await asyncio.gather(*(scene.write(f"telegram:1{n}", f"reply {n}") for n in range(45)))
        scene.asked = scene.clock.time()
        await scene.until_empty()

    scene = tell(story)
    platform = scene.platform
    assert platform.too_early() == []
    assert platform.at("reply") - scene.asked <= 1.2
    after = [text.split()[0] for at, _, text in platform.calls if at > scene.asked]
    assert after == sorted(after, key=["reply", "alert", "broadcast"].index)
    assert len(platform.texts()) == 300 + 60 + 46


def test_somebody_who_writes_a_lot_does_not_take_the_place_of_others(tell):
    async def story(scene):
        await scene.write(ZOE, *(f"z{number}" for number in range(3 * AT_HAND)))
        await asyncio.sleep(2.5)
        for number in range(20):
            await scene.write(f"telegram:5{number}", f"other {number}")
        scene.asked = scene.clock.time()
        await asyncio.sleep(2.0)

    scene = tell(story)
    others = [at for at, _, text in scene.platform.calls if text.startswith("other")]
    assert len(others) == 20
    assert max(others) - scene.asked < 1.5
    zoes = scene.platform.texts(ZOE)
    assert zoes == [f"z{number}" for number in range(len(zoes))]
    assert 4 <= len(zoes) <= OF_ONE_CHAT


def test_a_webhook_reply_counts_and_lets_what_waits_go_first(tell):
    async def story(scene):
        limiter, clock = scene.sender.rate_limiter, scene.clock
        taken = 0
        for number in range(40):
            taken += limiter.take_now(f"telegram:9{number}", clock.time())
        scene.taken = taken
        await asyncio.gather(*(scene.write(f"telegram:{number}", f"hello {number}") for number in range(20)))
        await asyncio.sleep(0.5)
        scene.taken_while_others_wait = limiter.take_now("telegram:77", clock.time())
        await scene.until_empty()
        scene.taken_again = limiter.take_now("telegram:77", clock.time())
        scene.twice_at_once = limiter.take_now("telegram:77", clock.time())

    scene = tell(story)
    assert scene.taken == 20
    later = [at - scene.started for at, _, _ in scene.platform.calls]
    assert sum(at < 1.0 for at in later) == 10  # with the webhook replies, thirty
    assert (scene.taken_while_others_wait, scene.taken_again, scene.twice_at_once) == (False, True, False)


# Bad days


def test_too_many_requests_delays_and_never_drops(tell):
    async def story(scene):
        scene.platform.answers[ZOE] = [Later(7.0), Later(3.0), Later(40.0)]
        await scene.write(ZOE, "one", "two")
        await scene.until_empty()

    platform = tell(story).platform
    assert platform.texts(ZOE) == ["one", "one", "one", "one", "two"]
    times = [at for at, _, _ in platform.calls]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert all(wait >= least for wait, least in zip(waits, (7, 3, 40, 1), strict=True))
    assert times[1] - times[0] < 9.0


def test_one_stuck_chat_holds_up_nobody_else(tell):
    async def story(scene):
        scene.platform.answers[ZOE] = [Later(600.0)]
        await scene.write(ZOE, "stuck", "behind it")
        await scene.write(MAX, "one", "two", "three")
        await asyncio.sleep(10.0)
        await scene.write(LOU, "later")
        scene.asked = scene.clock.time()
        await asyncio.sleep(5.0)
        scene.then = list(scene.platform.texts())
        await scene.until_empty()

    scene = tell(story)
    assert scene.then == ["stuck", "one", "two", "three", "later"]
    assert scene.platform.at("later") - scene.asked < 0.5
    assert scene.platform.texts(ZOE) == ["stuck", "stuck", "behind it"]


def test_a_slow_answer_holds_up_nobody_else(tell):
    async def story(scene):
        slow = scene.platform.deliver

        async def deliver(chat, reply):
            if chat == ZOE:
                await asyncio.sleep(60.0)
            return await slow(chat, reply)

        scene.platform.deliver = deliver
        await scene.write(ZOE, "slow")
        await asyncio.gather(*(scene.write(f"telegram:5{number}", f"quick {number}") for number in range(20)))
        await scene.until_empty()

    platform = tell(story).platform
    assert max(at for at, _, text in platform.calls if text.startswith("quick")) < platform.at("slow") - 50


def test_who_blocked_the_bot_is_left_alone_until_they_write_again(tell):
    async def story(scene):
        scene.platform.answers[ZOE] = [Gone()]
        await scene.write(ZOE, "one", "two")
        await scene.write(MAX, "for Max")
        await asyncio.sleep(3_600.0)
        scene.then = list(scene.platform.texts())
        await scene.write(ZOE, "three")
        await scene.until_empty()

    scene = tell(story)
    assert scene.then == ["one", "for Max"]
    assert scene.platform.texts(ZOE) == ["one", "one", "two", "three"]


def test_what_is_refused_is_set_aside_visibly_and_the_next_one_goes(tell, caplog):
    async def story(scene):
        scene.platform.answers[ZOE] = [Refused("can't parse entities")]
        await scene.write(ZOE, "<b>bad", "good")
        await scene.until_empty()
        scene.counts = await scene.store.counts()

    with caplog.at_level(logging.WARNING):
        scene = tell(story)
    assert scene.platform.texts(ZOE) == ["<b>bad", "good"]
    assert scene.counts["refused"] == 1
    assert "can't parse entities" in caplog.text
    assert "<b>bad" not in caplog.text  # what people are told is not for the log


def test_what_got_no_answer_is_tried_again_before_what_follows(tell):
    async def story(scene):
        scene.platform.answers[ZOE] = [Unknown("timeout"), Unknown("timeout")]
        await scene.write(ZOE, "one", "two")
        await scene.until_empty()

    platform = tell(story).platform
    assert platform.texts(ZOE) == ["one", "one", "one", "two"]
    times = [at for at, _, _ in platform.calls]
    assert times[1] - times[0] >= 1.0
    assert times[2] - times[1] >= 2.0


def test_a_reply_tried_for_days_is_tried_on(tell):
    """With nobody answering, its wait has long stopped growing."""

    async def story(scene):
        scene.platform.answers[ZOE] = [Unknown("timeout")] * 3
        await scene.write(ZOE, "patient", "after")
        with closing(sqlite3.connect(scene.store.path, isolation_level=None)) as database:
            database.execute("UPDATE outbox SET attempts = 5000")
        sending = asyncio.create_task(scene.sender.run())
        await scene.until_empty()
        scene.sender.stop()
        await sending

    platform = tell(story, sending=False).platform
    assert platform.texts() == ["patient"] * 4 + ["after"]
    assert all(60.0 <= later - earlier < 62.0 for earlier, later in pairwise([at for at, _, _ in platform.calls][:4]))


def test_who_left_is_not_called_again_and_again_after_the_clock_was_set_back(tell):
    """They last wrote at an hour that has not come yet, so it looks as if they had written since."""

    async def story(scene):
        scene.platform.answer = lambda chat, reply: Gone()

        async def work(turn):
            turn.save({})
            turn.send({"text": "hello"})

        await scene.store.turn("event", ZOE, work, at=datetime.now(UTC) + timedelta(hours=1))
        await asyncio.sleep(60.0)

    assert len(tell(story).platform.texts()) <= 12


def test_what_cannot_be_written_down_holds_up_no_other_and_is_not_sent_at_every_turn(tell, caplog):
    class Forgetful:
        """A store with a mistake in it: what became of Zoé's replies cannot be kept."""

        def __init__(self, store):
            self._store = store

        def __getattr__(self, name):
            return getattr(self._store, name)

        async def delivered(self, message, **more):
            if message.chat == ZOE:
                raise ZeroDivisionError(message.body["text"])
            await self._store.delivered(message, **more)

    async def story(scene):
        scene.store = Forgetful(scene.store)
        scene.sender = scene.new_sender()
        await scene.write(ZOE, "her secret")
        await scene.write(MAX, *(f"m{number}" for number in range(20)))
        sending = asyncio.create_task(scene.sender.run())
        await asyncio.sleep(100.0)
        scene.sender.stop()
        await sending

    platform = tell(story, sending=False).platform
    assert len(platform.texts(ZOE)) == 2
    assert platform.texts(MAX) == [f"m{number}" for number in range(20)]
    assert "ZeroDivisionError" in caplog.text
    assert "her secret" not in caplog.text


def test_a_message_that_never_gets_an_answer_while_others_do_is_set_aside(tell):
    """It may have arrived each time: the person is not sent it for a week."""

    async def story(scene):
        scene.platform.answer = lambda chat, reply: Unknown("timeout") if "poison" in reply.text else Delivered()
        await scene.write(ZOE, "poison", "after")
        for number in range(400):
            await scene.write(MAX, f"m{number}")
            await asyncio.sleep(2.0)
        await scene.until_empty()
        scene.counts = await scene.store.counts()

    scene = tell(story)
    assert scene.platform.texts(ZOE).count("poison") == HOPELESS + 1
    assert scene.platform.texts(ZOE)[-1] == "after"
    assert scene.counts["refused"] == 1


@pytest.mark.parametrize("problem", [Later(3.0), Unknown("timeout")], ids=["later", "unknown"])
def test_while_the_platform_is_down_nothing_is_lost_and_it_is_not_flooded(tell, problem):
    async def story(scene):
        down = scene.platform.answer
        scene.platform.answer = lambda chat, reply: problem
        await asyncio.gather(*(scene.write(f"telegram:{number}", f"hello {number}") for number in range(1, 61)))
        await asyncio.sleep(600.0)
        scene.tries = len(scene.platform.calls)
        scene.platform.answer = down
        scene.up = scene.clock.time()
        await scene.until_empty()
        scene.counts = await scene.store.counts()

    scene = tell(story)
    assert scene.tries < 700  # about one a second
    arrived = {text for at, _, text in scene.platform.calls if at > scene.up}
    assert arrived == {f"hello {number}" for number in range(1, 61)}
    assert scene.counts["refused"] == 0
    assert max(at for at, _, _ in scene.platform.calls) - scene.up < 70.0


def test_a_channel_that_raises_loses_nothing(tell, caplog):
    async def story(scene):
        fine = scene.platform.deliver
        raised = []

        async def deliver(chat, reply):
            if not raised:
                raised.append(chat)
                raise RuntimeError("a bug")
            return await fine(chat, reply)

        scene.platform.deliver = deliver
        await scene.write(ZOE, "one", "two")
        await scene.until_empty()

    assert tell(story).platform.texts() == ["one", "two"]
    assert "RuntimeError" in caplog.text
    assert "a bug" not in caplog.text


def test_a_reply_that_this_version_cannot_read_is_set_aside(tell):
    async def story(scene):
        async def work(turn):
            turn.send({"text": "old", "buttons": [[{"colour": "red"}]]})
            turn.send({"text": "new"})

        await scene.store.turn("event", ZOE, work, at=datetime.now(UTC))
        await scene.until_empty()
        scene.counts = await scene.store.counts()

    scene = tell(story)
    assert scene.platform.texts() == ["new"]
    assert scene.counts["refused"] == 1


def test_what_a_later_version_added_to_a_reply_keeps_it_from_nobody(tell):
    """Two versions serve side by side: the older one sends what the newer one wrote, without what it does not know."""

    async def story(scene):
        async def work(turn):
            turn.send(
                {"text": "new", "mood": "joyful", "buttons": [[{"label": "Yes", "data": "yes", "colour": "red"}]]}
            )

        await scene.store.turn("event", ZOE, work, at=datetime.now(UTC))
        await scene.until_empty()

    assert tell(story).platform.texts() == ["new"]


def test_in_any_weather_each_chat_gets_everything_in_order(tell):
    """Every kind of bad answer, at random: all arrives, in order, and what is done is not sent again."""
    dice = random.Random(3)

    async def story(scene):
        def answer(chat, reply):
            luck = dice.random()
            if luck < 0.1:
                return Later(dice.uniform(0.5, 5.0))
            return Unknown("timeout") if luck < 0.2 else Delivered()

        scene.platform.answer = answer
        for number in range(25):
            for chat in (ZOE, MAX, LOU, "telegram:-100"):
                await scene.write(chat, f"{chat} {number}")
            await asyncio.sleep(dice.random())
        await scene.until_empty()

    platform = tell(story).platform
    for chat in (ZOE, MAX, LOU, "telegram:-100"):
        once = list(dict.fromkeys(platform.texts(chat)))
        assert once == [f"{chat} {number}" for number in range(25)]
        tries = platform.texts(chat)
        assert tries == sorted(tries, key=once.index)
    assert platform.too_early() == []


# Stopping and starting


def test_stopping_finishes_what_is_on_the_wire_and_leaves_the_rest_for_the_next_start(tell):
    async def story(scene):
        scene.platform.takes = 2.0
        await scene.write(ZOE, "one", "two")
        sending = asyncio.create_task(scene.sender.run())
        await asyncio.sleep(0.5)
        scene.sender.stop()
        await sending
        scene.left = [message.body["text"] for message in await scene.store.waiting(ZOE)]
        again = scene.new_sender()
        sending = asyncio.create_task(again.run())
        await scene.until_empty()
        again.stop()
        await sending

    scene = tell(story, sending=False)
    assert scene.left == ["two"]
    assert scene.platform.texts() == ["one", "two"]


def test_what_waited_at_the_last_stop_goes_at_the_start(tell):
    async def story(scene):
        await scene.write(ZOE, "one")
        await scene.write("web:abc", "not for this channel")
        scene.begun = scene.clock.time()
        sending = asyncio.create_task(scene.sender.run())
        await asyncio.sleep(1.0)
        scene.sender.stop()
        await sending

    scene = tell(story, sending=False)
    assert scene.platform.texts() == ["one"]
    assert scene.platform.at("one") - scene.begun < 0.1
