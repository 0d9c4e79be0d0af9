"""The outbox on its way to a platform with limits, bad days and people who left.

Time is played: nothing sleeps, and what is asserted is when each call was made on the played clock.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import random
import selectors
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.outcomes import Delivered, Gone, Later, Outcome, Refused, Unknown
from bot.conversation.pace import Limits, Pace
from bot.conversation.replies import File, Reply
from bot.conversation.sender import AT_HAND, HOPELESS, OF_ONE_CHAT, Sender
from bot.store.sqlite import SqliteStore

TELEGRAM = Limits(per_second=30, chat_seconds=1.0, group_seconds=3.0)
ZOE, MAX, LOU = "telegram:1", "telegram:2", "telegram:3"


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time jumps to the next thing to do, as soon as nobody works elsewhere."""

    def __init__(self) -> None:
        super().__init__(selectors.DefaultSelector())
        self.played = 1_000.0
        self.elsewhere = 0
        self._really = self._selector.select
        self._selector.select = self._select

    def time(self) -> float:
        return self.played

    def _select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= 0 or self.elsewhere:
            return self._really(timeout if timeout is None or timeout <= 0 else None)
        found = self._really(0)
        if not found:
            self.played += timeout
        return found


class Watched:
    """The store, and word to the clock of every call that is in work in the writer's thread."""

    def __init__(self, store: SqliteStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def counted(*given: Any, **named: Any) -> Any:
            self._clock.elsewhere += 1
            try:
                return await found(*given, **named)
            finally:
                self._clock.elsewhere -= 1

        return counted


class Platform:
    """What was called, when, for whom; and what it answers, by chat or in turn."""

    def __init__(self, clock: Clock, takes: float = 0.05) -> None:
        self.clock, self.takes = clock, takes
        self.calls: list[tuple[float, str, str]] = []
        self.answers: dict[str, list[Outcome]] = defaultdict(list)
        self.answer: Callable[[str, Reply], Outcome] = lambda chat, reply: Delivered()
        self.on_the_wire: Counter[str] = Counter()

    async def deliver(self, chat: str, reply: Reply) -> Outcome:
        self.calls.append((self.clock.time(), chat, str(reply.text)))
        self.on_the_wire[chat] += 1
        assert self.on_the_wire[chat] == 1, "two messages of one chat on the wire at once"
        await asyncio.sleep(self.takes)
        self.on_the_wire[chat] -= 1
        return self.answers[chat].pop(0) if self.answers[chat] else self.answer(chat, reply)

    def texts(self, chat: str | None = None) -> list[str]:
        return [text for _, to, text in self.calls if chat in (None, to)]

    def at(self, text: str) -> float:
        return next(at for at, _, said in self.calls if said == text)

    def too_early(self, limits: Limits = TELEGRAM) -> list[tuple[float, str]]:
        """The calls that Telegram would have refused with 429."""
        early = []
        for number, (at, chat, _) in enumerate(self.calls):
            before = self.calls[:number]
            gap = limits.group_seconds if chat.startswith("telegram:-") else limits.chat_seconds
            if sum(at - 1.0 < then for then, _, _ in before) >= limits.per_second:
                early.append((at, "all"))
            if any(at - gap < then for then, to, _ in before if to == chat):
                early.append((at, chat))
        return early


class Scene:
    """A store, a platform and a sender between them, on a played clock that begins at 0 for whoever tells the story."""

    def __init__(self, clock: Clock, store: SqliteStore) -> None:
        self.clock = clock
        self.store: Any = Watched(store, clock)
        self.platform = Platform(clock)
        self.started = clock.time()
        self._number = 0
        self.sender = self.new_sender()

    def new_sender(self, **given: Any) -> Sender:
        given = {"limits": TELEGRAM, "clock": self.clock.time, **given}

        async def deliver(chat: str, reply: Reply) -> Outcome:
            return await self.platform.deliver(chat, reply)

        return Sender(self.store, "telegram", deliver, is_group=lambda chat: chat.startswith("telegram:-"), **given)

    @property
    def now(self) -> float:
        return self.clock.time() - self.started

    async def write(self, chat: str, *texts: str | Reply, lane: int = 0, by: str | None = None) -> None:
        self._number += 1

        async def work(turn: Any) -> None:
            if by is None:
                turn.save({})
            for text in texts:
                body = text.as_json() if isinstance(text, Reply) else {"text": text}
                turn.send(body, chat=chat, lane=lane)

        await self.store.turn(f"event:{self._number}", by or chat, work, at=datetime.now(UTC))

    async def until_empty(self, within: float = 10_000.0) -> None:
        begun = self.clock.time()
        while (await self.store.counts())["outbox"]:
            assert self.clock.time() < begun + within, f"the outbox did not empty in {within} s"
            await asyncio.sleep(0.5)

    async def run(self, story: Awaitable[Any]) -> None:
        sending = asyncio.create_task(self.sender.run())
        try:
            await story
        finally:
            self.sender.stop()
            await sending


@pytest.fixture
def tell(tmp_path: Path) -> Iterator[Callable[[Callable[[Scene], Awaitable[Any]]], Scene]]:
    """Plays a story from beginning to end, on a clock of its own."""

    def play(story: Callable[[Scene], Awaitable[Any]], *, sending: bool = True) -> Scene:
        clock = Clock()

        async def whole() -> Scene:
            store = SqliteStore.open(tmp_path / "data")
            scene = Scene(clock, store)
            try:
                await (scene.run(story(scene)) if sending else story(scene))
            finally:
                clock.elsewhere += 1
                await store.close()
            return scene

        try:
            return clock.run_until_complete(whole())
        finally:
            clock.run_until_complete(clock.shutdown_default_executor())
            clock.close()

    return play


# The pace


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
        await asyncio.gather(*(scene.write(f"telegram:3{n}", f"broadcast {n}", lane=2, by="x:1") for n in range(300)))
        await asyncio.sleep(3.0)
        await asyncio.gather(*(scene.write(f"telegram:2{n}", f"alert {n}", lane=1, by="x:2") for n in range(60)))
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


def test_what_rides_in_a_response_counts_and_lets_what_waits_go_first(tell):
    async def story(scene):
        pace, clock = scene.sender.pace, scene.clock
        rode = 0
        for number in range(40):
            rode += pace.take_now(f"telegram:9{number}", False, clock.time())
        scene.rode = rode
        await asyncio.gather(*(scene.write(f"telegram:{number}", f"hello {number}") for number in range(10)))
        await asyncio.sleep(0.5)
        scene.rides_while_others_wait = pace.take_now("telegram:77", False, clock.time())
        await scene.until_empty()
        scene.rides_again = pace.take_now("telegram:77", False, clock.time())
        scene.twice_at_once = pace.take_now("telegram:77", False, clock.time())

    scene = tell(story)
    assert scene.rode == 30
    assert min(at for at, _, _ in scene.platform.calls) - scene.started >= 1.0
    assert (scene.rides_while_others_wait, scene.rides_again, scene.twice_at_once) == (False, True, False)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 0.4), st.integers(0, 6), st.integers(1, 4), st.booleans()
        ),
        max_size=80,
    ),
    st.integers(1, 8),
    st.sampled_from([0.0, 100.0, 8_191.0, 1e6]),
)  # fmt: skip
def test_no_second_ever_holds_more_calls_than_allowed(asked, per_second, now):
    """Whoever asks when, for one call or several, in a chat or a group."""
    pace = Pace(Limits(per_second, 1.0, 3.0))
    made: list[tuple[float, str]] = []
    for wait, chat, calls, is_group in asked:
        name, gap = f"{'-' if is_group else ''}{chat}", 3.0 if is_group else 1.0
        now += wait
        moment = pace.free_at(name, now, calls, is_group=is_group)
        assert moment >= now
        if moment > now + 5.0:
            continue
        now = moment
        pace.take(name, now, calls, is_group=is_group)
        made += [(now + number * gap * 1.05, name) for number in range(calls)]
    times = sorted(at for at, _ in made)
    assert all(later - earlier >= 1.0 for earlier, later in zip(times, times[per_second:], strict=False))
    for name in {name for _, name in made}:
        own = sorted(at for at, to in made if to == name)
        gap = 3.0 if name.startswith("-") else 1.0
        assert all(later - earlier >= gap for earlier, later in pairwise(own))


def test_the_wait_for_room_ends_at_any_hour_of_the_clock():
    """A moment and the pace are added and taken away again: rounded, the sum would be waited for without end."""
    dice = random.Random(5)
    for _ in range(5_000):
        now = dice.uniform(0.0, dice.choice([1.0, 200.0, 8_200.0, 1e6]))
        pace = Pace(Limits(per_second=1))
        pace.take("telegram:1", now)
        assert now + 1.0 <= pace.free_at("telegram:2", now) <= now + 1.1


@given(now=st.floats(0, 1e7))
def test_with_room_for_it_a_reply_rides_whatever_the_clock_reads(now: float):
    assert Pace(Limits()).take_now("telegram:1", False, now)


def test_what_rides_arrives_a_little_later_and_what_follows_counts_from_there():
    """Its turn is committed between the moment it is allowed and the moment the platform does it."""
    pace = Pace(Limits(3, 1.0, 3.0))
    assert [pace.take_now(f"telegram:{number}", False, 10.0) for number in range(4)] == [True, True, True, False]
    assert pace.free_at("telegram:9", 10.0) >= 11.1
    assert pace.free_at("telegram:0", 10.0) >= 11.1
    assert not pace.take_now("telegram:9", False, 11.04)
    assert pace.take_now("telegram:9", False, 11.2)


def test_a_share_of_the_limits_is_kept_by_itself():
    pace = Pace(Limits(30, 0.0, 0.0))
    pace.share = 1 / 3
    assert sum(pace.take_now(f"telegram:{number}", False, 5.0) for number in range(30)) == 10


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
