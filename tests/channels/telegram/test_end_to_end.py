"""The whole of Allié as it is served, with its real engine and store, between Telegram and a person."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram_simulator import Simulator, TooMany

from bot.catalogue.postgres_schema import migrate as migrate_catalogue
from bot.dialogue.events import Due, Event
from bot.server import Running, serving
from bot.settings import Settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(telegram: Simulator, folder: Path, *, webhook: bool) -> Settings:
    port = free_port()
    return Settings(
        data_dir=folder,
        telegram_token=telegram.token,
        telegram_api_url=telegram.url,
        public_url=f"http://127.0.0.1:{port}" if webhook else None,
        port=port,
    )


@pytest.fixture(params=["polling", "webhook"])
async def allie(request: pytest.FixtureRequest, telegram: Simulator, tmp_path: Path) -> AsyncIterator[Running]:
    async with serving(settings(telegram, tmp_path, webhook=request.param == "webhook")) as running:
        yield running


async def test_a_gift_is_worked_out_and_its_buttons_go_on(telegram: Simulator, allie: Running) -> None:
    zoe = telegram.person(4711)
    zoe.says("/start")
    await zoe.sees("Bonjour")
    zoe.says("si je donne 300 € aux Restos du Cœur, je récupère combien ?")
    answer = await zoe.sees("225", 10)
    assert "75" in answer.text
    await telegram.quiet()
    before = str(zoe.last)
    zoe.presses("Chaque mois")
    await telegram.until(lambda: str(zoe.last) != before, 10)
    await telegram.until(lambda: not zoe.waiting)
    assert telegram.refused == []


async def test_english_is_answered_in_english(telegram: Simulator, allie: Running) -> None:
    john = telegram.person(7, "John", "en-GB")
    john.says("/start")
    await john.sees("Hello")


async def test_a_bad_line_loses_nothing(telegram: Simulator, allie: Running) -> None:
    zoe = telegram.person(4711)
    telegram.goes_wrong(TooMany(1), "sendMessage", chat=4711)
    lost: set[int] = set()

    def lose_once(update: int) -> bool:
        first = update not in lost
        lost.add(update)
        return first

    telegram.updates.lose = lose_once
    for _ in range(3):
        zoe.says("bonjour")
    await zoe.hears(3, 20)
    await telegram.quiet(20)
    assert len(zoe.replies) == 3


async def test_what_was_written_while_the_database_only_reads_is_answered_when_it_writes_again(
    telegram: Simulator,
    tmp_path: Path,
    empty_postgresql: str,
    only_reads: Callable[[str], AbstractContextManager[None]],
) -> None:
    migrate_catalogue(empty_postgresql)
    zoe, max_ = telegram.person(4711), telegram.person(4712)
    shared = replace(settings(telegram, tmp_path, webhook=False), database_url=empty_postgresql)
    async with serving(shared) as allie:
        zoe.says("/start")
        await zoe.sees("Bonjour", 10)
        with only_reads(empty_postgresql):
            zoe.says("merci")
            max_.says("/start")
            await asyncio.sleep(3)
            assert len(telegram.updates.pending) == 2
        await zoe.hears(2, 20)
        await max_.sees("Bonjour", 20)
        await telegram.quiet(20)
        assert (await allie.store.counts())["parked"] == 0


async def test_a_reply_that_left_once_more_holds_back_the_next(telegram: Simulator, tmp_path: Path) -> None:
    telegram.updates.first_delay = 1.5
    lost: list[int] = []
    telegram.updates.lose = lambda update: not lost and not lost.append(update)
    zoe = telegram.person(4711)
    async with serving(settings(telegram, tmp_path, webhook=True)):
        zoe.says("/start")
        zoe.says("bonjour")
        await zoe.hears(2, 10)
        await telegram.quiet(10)
    assert [call.in_webhook_reply for call in telegram.called("sendMessage")] == [True, False]
    assert [wait for _chat, wait in telegram.limits.too_early if wait > 0.5] == []


async def test_while_telegram_turns_calls_away_no_reply_is_trusted_to_a_webhook(
    telegram: Simulator, tmp_path: Path
) -> None:
    """Of a method in a webhook's answer nobody is told that it was refused: it would be lost."""
    zoe = telegram.person(4711)
    people = [telegram.person(number) for number in range(1, 16)]
    async with serving(settings(telegram, tmp_path, webhook=True)):
        zoe.says("/start")
        await zoe.hears(1, 10)
        telegram.flooded = True
        zoe.says("bonjour")  # too soon after the other for a webhook reply: the sender hears of it
        await telegram.until(lambda: telegram.refused, 10)
        for person in people:
            person.says("/start")
        await telegram.quiet(10)
        await asyncio.sleep(1.0)
        telegram.flooded = False
        await telegram.until(lambda: all(person.replies for person in people), 30)
        await zoe.hears(2, 10)
    assert telegram.refused_in_silence == []
    assert all(len(person.replies) == 1 for person in people)


async def test_what_nobody_can_read_is_answered_kindly(telegram: Simulator, allie: Running) -> None:
    zoe = telegram.person(4711)
    zoe.sends("sticker", {"file_id": "x", "file_unique_id": "y"})
    await zoe.hears(1)
    zoe.sends_location(43.3, 5.37)
    await zoe.hears(2)
    zoe.says("\u202e<b>😀" + "x" * 4000)
    await zoe.hears(3)
    zoe.presses_data("a button that never existed")
    await telegram.until(lambda: not zoe.waiting)
    await telegram.quiet()
    assert telegram.refused == []


async def test_in_a_group_private_subjects_stay_private(telegram: Simulator, allie: Running) -> None:
    group, zoe = telegram.group(-100123, privacy=False), telegram.person(4711)
    zoe.says("à demain", group)
    zoe.says("Allié, bonjour", group)
    await telegram.until(lambda: [message for message in group.messages if message.from_bot])
    assert zoe.replies == []


async def test_a_restart_goes_on_where_the_talk_was(telegram: Simulator, tmp_path: Path) -> None:
    zoe = telegram.person(4711)
    async with serving(settings(telegram, tmp_path, webhook=True)):
        zoe.says("/start")
        await zoe.sees("Bonjour")
        await telegram.quiet()
    zoe.says("bonjour")
    heard = len(zoe.replies)
    await asyncio.sleep(0.1)
    assert len(zoe.replies) == heard
    async with serving(settings(telegram, tmp_path, webhook=False)):
        await zoe.hears(heard + 1, 10)
        await telegram.quiet()
    assert telegram.updates.pending == {}


async def test_a_token_that_telegram_refuses_ends_the_program_with_what_to_do(
    telegram: Simulator, tmp_path: Path
) -> None:
    """Whatever started it sees that it failed."""
    given = {
        "PATH": os.environ["PATH"],
        "ALLIE_DATA_DIR": str(tmp_path / "data"),
        "ALLIE_PORT": "0",
        "ALLIE_TELEGRAM_TOKEN": "4242:another-token-than-that-of-the-bot",
        "ALLIE_TELEGRAM_API_URL": telegram.url,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        env=given,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await process.communicate()
    assert process.returncode == 1
    assert "answers on Telegram" not in said.decode()
    assert "Error: ALLIE_TELEGRAM_TOKEN is not accepted" in complaint.decode()
    assert "Traceback" not in complaint.decode()


async def test_many_at_once_are_answered_and_no_call_is_too_early(telegram: Simulator, allie: Running) -> None:
    people = [telegram.person(number) for number in range(1, 91)]
    for person in people:
        person.says("/start")
    await telegram.until(lambda: all(person.replies for person in people), 30)
    await telegram.quiet()
    # A busy machine may hold one call back and so bring it closer to the next; the limiter itself is tested on a played
    # clock (tests/delivery/test_sender.py).
    assert [wait for _chat, wait in telegram.limits.too_early if wait > 0.5] == []
    assert telegram.refused == []
    assert all(len(person.replies) == 1 for person in people)


async def test_a_friend_opens_the_very_mission_that_was_shared(telegram: Simulator, allie: Running) -> None:
    zoe, friend = telegram.person(4711), telegram.person(4712)
    zoe.says("je veux être bénévole avec des animaux à Lille")
    await zoe.sees("1. ", 10)
    zoe.presses("1")
    await zoe.sees("1 sur", 10)
    zoe.presses("Plus…")
    await telegram.until(lambda: "Partager" in [one for row in zoe.last.labels for one in row], 10)
    card = zoe.last
    title = card.text.split("\n\n")[1].splitlines()[0]
    link = parse_qs(urlsplit(card.button("Partager")["url"]).query)["url"][0]
    friend.says(f"/start {parse_qs(urlsplit(link).query)['start'][0]}")
    await friend.sees(title, 10)
    assert telegram.refused == []


async def test_a_need_is_published_from_the_chat_of_a_moderator(telegram: Simulator, tmp_path: Path) -> None:
    association, ada = telegram.person(4711), telegram.person(11)
    moderated = replace(settings(telegram, tmp_path, webhook=False), admins=(11,))
    asked = (
        "/besoin",
        "Les Amis du Vieux-Port",
        "Servir la soupe",
        "On sert.",
        "Marseille",
        "le samedi",
        "3",
        "passer",
    )
    async with serving(moderated) as allie:
        ada.says("/start")
        await ada.sees("Bonjour")
        for number, words in enumerate((*asked, "04 91 00 00 00"), 1):
            association.says(words)
            await association.hears(number, 10)
        association.says("oui")
        await association.sees("C’est envoyé", 10)
        tomorrow = datetime.now(UTC) + timedelta(days=1)  # the hour of this test may be one when nobody is written to
        for due in await allie.store.due(tomorrow, 10):
            await allie.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), due.due_at))
        await ada.sees("Servir la soupe", 10)
        ada.presses("Publier")
        await ada.sees("est publié", 10)
        association.says("je veux servir la soupe à Marseille le samedi")
        await association.sees("1. Servir la soupe", 10)
        assert "Les Amis du Vieux-Port" in association.last.text
    assert telegram.refused == []
