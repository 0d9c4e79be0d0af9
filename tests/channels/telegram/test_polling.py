"""Polled updates are acknowledged once committed, in order for each chat, and none is ever lost."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup
from telegram_simulator import Dropped, LostAnswer, Refused, Simulator, TooMany

from bot.channels.telegram import TelegramChannel
from bot.dialogue.events import Event, Left, Press, Text
from bot.dialogue.replies import Button, Reply
from bot.errors import Busy, StoreError

if TYPE_CHECKING:
    from tests.channels.telegram.conftest import SmallEngine


def texts(engine: SmallEngine, chat: int) -> list[str]:
    return [
        event.content.text
        for event in engine.events
        if event.chat == f"telegram:{chat}" and isinstance(event.content, Text)
    ]


async def test_a_person_writes_and_is_answered(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await zoe.sees("bonjour")
    await telegram.quiet()
    assert engine.events[0].language == "fr"


async def test_what_was_written_while_allie_was_away_is_answered(telegram: Simulator, channel: TelegramChannel) -> None:
    zoe = telegram.person(1)
    zoe.says("il y a quelqu'un ?")
    stopping = asyncio.Event()
    polling = asyncio.create_task(channel.poll(stopping))
    await zoe.sees("il y a quelqu'un ?")
    stopping.set()
    await asyncio.wait_for(polling, 10)


async def test_each_chat_keeps_its_order_and_a_slow_one_holds_up_no_other(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    slow, quick = telegram.person(1), telegram.person(2)
    engine.held["telegram:1"] = asyncio.Event()
    first = slow.says("un")
    slow.says("deux")
    await asyncio.sleep(0)
    for number in range(20):
        quick.says(str(number))
    await quick.hears(20)
    assert texts(engine, 2) == [str(number) for number in range(20)]
    assert min(telegram.updates.pending) == first
    assert telegram.people[1].replies == []
    engine.held["telegram:1"].set()
    await slow.hears(2)
    await telegram.quiet()
    assert texts(engine, 1) == ["un", "deux"]


async def test_nothing_is_acknowledged_before_it_is_committed(
    telegram: Simulator, channel: TelegramChannel, engine: SmallEngine
) -> None:
    """Stopped in the middle of a turn that does not end: the update is still at Telegram, what was done is not."""
    engine.held["telegram:1"] = asyncio.Event()
    stopping = asyncio.Event()
    polling = asyncio.create_task(channel.poll(stopping))
    telegram.person(2).says("avant")
    await telegram.person(2).sees("avant")
    held = telegram.person(1).says("bonjour")
    telegram.person(2).says("après")
    await telegram.person(2).sees("après")
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert held in telegram.updates.pending
    assert len(telegram.updates.pending) == 2
    engine.held.clear()
    again = asyncio.create_task(channel.poll(stopping))
    await telegram.person(1).sees("bonjour")
    await telegram.quiet()
    assert texts(engine, 2) == ["avant", "après"]
    assert len(telegram.person(2).replies) == 2
    stopping.set()
    await asyncio.wait_for(again, 10)


async def test_stopping_ends_the_turns_in_hand_and_acknowledges_them(
    telegram: Simulator, channel: TelegramChannel, engine: SmallEngine
) -> None:
    held = engine.held["telegram:1"] = asyncio.Event()
    stopping = asyncio.Event()
    polling = asyncio.create_task(channel.poll(stopping))
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await telegram.until(lambda: telegram.updates.pending)
    await asyncio.sleep(0.1)
    stopping.set()
    asyncio.get_running_loop().call_later(0.3, held.set)
    await asyncio.wait_for(polling, 5)
    assert texts(engine, 1) == ["bonjour"]
    assert telegram.updates.pending == {}


async def test_a_busy_engine_gets_the_same_update_again_in_order(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    engine.busy = 2
    zoe = telegram.person(1)
    for text in ("un", "deux", "trois"):
        zoe.says(text)
    await zoe.hears(3)
    await telegram.quiet()
    assert texts(engine, 1) == ["un", "deux", "trois"]


@pytest.mark.parametrize("error", [RuntimeError("what she wrote"), StoreError("no such table"), Busy("it only reads")])
async def test_whatever_a_turn_raises_its_update_is_not_passed_over(
    telegram: Simulator,
    polling: TelegramChannel,
    engine: SmallEngine,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    engine.fails["telegram:1"] = [error, error]
    zoe, max_ = telegram.person(1), telegram.person(2)
    first = zoe.says("un")
    max_.says("avant")
    zoe.says("deux")
    max_.says("après")
    await max_.hears(2)
    assert min(telegram.updates.pending) == first
    await zoe.hears(2, 10)
    await telegram.quiet()
    assert texts(engine, 1) == ["un", "deux"]
    assert texts(engine, 2) == ["avant", "après"]
    assert "what she wrote" not in caplog.text


async def test_more_updates_than_one_request_brings(
    telegram: Simulator, channel: TelegramChannel, engine: SmallEngine
) -> None:
    for number in range(250):
        telegram.person(number % 50 + 1).says(str(number))
    stopping = asyncio.Event()
    polling = asyncio.create_task(channel.poll(stopping))
    await telegram.until(lambda: len(engine.events) == 250, 20)
    await telegram.quiet()
    assert all(texts(engine, person) == [str(n) for n in range(person - 1, 250, 50)] for person in range(1, 51))
    stopping.set()
    await asyncio.wait_for(polling, 10)


async def test_a_bad_network_loses_nothing(telegram: Simulator, polling: TelegramChannel, engine: SmallEngine) -> None:
    zoe = telegram.person(1)
    await telegram.until(lambda: telegram.updates._poller)
    telegram.goes_wrong(Dropped(), "getUpdates")
    telegram.goes_wrong(LostAnswer(), "getUpdates")
    zoe.says("un")
    await zoe.sees("un", 10)
    zoe.says("deux")
    await zoe.sees("deux", 10)
    await telegram.quiet(10)
    assert texts(engine, 1) == ["un", "deux"]


async def test_presses_stop_waiting_and_edit_their_screen(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    async def counts(event: Event) -> Sequence[Reply]:
        reply = Reply(Markup("Question {}").format(len(engine.events)), ((Button("Oui", data="=1"),),))
        return [reply.edited(event.message)]

    engine.answers = counts
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await zoe.sees("Question 0")
    zoe.presses("Oui")
    await zoe.sees("Question 1")
    await telegram.until(lambda: not zoe.waiting)
    assert len(zoe.replies) == 1
    assert engine.events[1].content == Press("=1", "Oui")


async def test_someone_who_blocks_allie_is_heard(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    async def silent(event: Event) -> Sequence[Reply]:
        return []

    engine.answers = silent
    zoe = telegram.person(1)
    zoe.says("bonjour")
    zoe.blocks()
    await telegram.until(lambda: [event for event in engine.events if event.content == Left()])


async def test_a_long_turn_shows_that_allie_is_writing_and_a_short_one_does_not(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    zoe = telegram.person(1)
    zoe.says("vite")
    await zoe.sees("vite")
    assert zoe.typing == 0
    held = engine.held["telegram:1"] = asyncio.Event()
    zoe.says("lentement")
    await telegram.until(lambda: zoe.typing == 1)
    held.set()
    await zoe.sees("lentement")


async def test_too_many_requests_only_delay(telegram: Simulator, polling: TelegramChannel) -> None:
    telegram.goes_wrong(TooMany(1), "sendMessage", chat=1)
    zoe = telegram.person(1)
    started = time.monotonic()
    zoe.says("bonjour")
    await zoe.sees("bonjour")
    assert time.monotonic() - started >= 1.0
    assert len(zoe.replies) == 1


async def test_in_a_group_each_person_has_a_talk_and_the_answer_goes_to_the_group(
    telegram: Simulator, polling: TelegramChannel, engine: SmallEngine
) -> None:
    group = telegram.group(-100123, privacy=False)
    zoe, adele = telegram.person(1), telegram.person(2)
    zoe.says("qui vient ?", group)
    zoe.says("Allié, je donne 300 €", group)
    adele.says("@allie_bot et moi 20 €", group)
    await group.sees("je donne 300 €")
    await group.sees("et moi 20 €")
    assert {event.chat for event in engine.events} == {"telegram:-100123:1", "telegram:-100123:2"}
    assert all(event.group for event in engine.events)
    assert (zoe.replies, adele.replies) == ([], [])


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Refused(401, "Unauthorized"), "Telegram no longer accepts ALLIE_TELEGRAM_TOKEN"),
        (
            Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running"),
            "Another program polls with the same ALLIE_TELEGRAM_TOKEN",
        ),
        (
            Refused(409, "Conflict: can't use getUpdates method while webhook is active"),
            "Another Allié has set a webhook with the same ALLIE_TELEGRAM_TOKEN",
        ),
        (Refused(502, "Bad Gateway"), "502 Bad Gateway"),
        (Dropped(), "Telegram cannot be reached"),
    ],
)
async def test_what_keeps_updates_from_coming_is_said_in_one_sentence(
    telegram: Simulator, channel: TelegramChannel, caplog: pytest.LogCaptureFixture, fault: object, sentence: str
) -> None:
    telegram.goes_wrong(fault, "getUpdates")
    stopping = asyncio.Event()
    with caplog.at_level(logging.WARNING, "bot"):
        polling = asyncio.create_task(channel.poll(stopping))
        telegram.person(1).says("bonjour")
        await telegram.person(1).sees("bonjour")
    stopping.set()
    await asyncio.wait_for(polling, 10)
    (line,) = [record.getMessage() for record in caplog.records]
    assert sentence in line
    assert telegram.token not in caplog.text
