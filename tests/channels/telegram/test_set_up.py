"""The bot is set up so that nothing waiting is lost, and a wrong setting is named in one sentence."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from telegram_simulator import Dropped, Refused, Simulator

from bot.channels.telegram import MenuCommand, TelegramChannel
from bot.channels.telegram.webhook import secret_of
from bot.dialogue.topic import load_topics
from bot.server import menu_commands
from bot.settings import SettingError

if TYPE_CHECKING:
    from tests.channels.telegram.conftest import SmallEngine

COMMANDS = [
    MenuCommand({"fr": "don", "en": "donate"}, {"fr": "Calculer un don", "en": "Work out a gift"}),
    MenuCommand({"fr": "rtt", "en": "daysoff"}, {"fr": "Donner des jours de repos", "en": "Give rest days"}),
]


def channel_to(telegram: Simulator, engine: SmallEngine, token: str = "") -> TelegramChannel:
    return TelegramChannel(token or telegram.token, engine, api_url=telegram.url, commands=COMMANDS, timeout=2.0)


async def test_the_menu_is_in_the_language_of_each_person(telegram: Simulator, engine: SmallEngine) -> None:
    channel = channel_to(telegram, engine)
    await channel.set_up()
    assert channel.me is not None
    assert channel.me.username == "allie_bot"
    assert telegram.person(1, language="en").menu() == {"donate": "Work out a gift", "daysoff": "Give rest days"}
    assert telegram.person(2, language="fr").menu()["rtt"] == "Donner des jours de repos"
    assert telegram.person(3, language="pt").menu()["don"] == "Calculer un don"
    await channel.set_up()
    assert len(telegram.called("setMyCommands")) == 3
    await channel.stop()


@pytest.mark.parametrize(
    ("language", "first", "everything"),
    [
        ("fr", ["benevolat", "don", "rtt", "aider"], {"alertes", "donnees", "langue"}),
        ("en", ["volunteer", "donate", "daysoff", "guide"], {"alerts", "data", "language"}),
    ],
)
def test_the_menu_begins_with_the_ways_to_help_in_the_words_of_each_language(
    language: str, first: list[str], everything: set[str]
) -> None:
    topics = load_topics()
    menu = [command.names[language] for command in menu_commands(topics)]
    assert menu[: len(first)] == first
    assert everything <= set(menu)
    assert len(set(menu)) == len(menu)
    assert set(menu) <= topics.commands.keys()


async def test_the_webhook_says_what_it_wants_and_drops_nothing(
    telegram: Simulator, channel: TelegramChannel, served: str
) -> None:
    zoe = telegram.person(1)
    zoe.says("avant")
    await channel.set_webhook(served)
    await zoe.sees("avant")
    assert telegram.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert telegram.updates.webhook is not None
    assert telegram.updates.webhook.secret == secret_of(telegram.token)
    await channel.stop()
    assert telegram.updates.webhook is not None


async def test_polling_takes_over_from_a_webhook_and_keeps_what_waits(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    await channel.set_webhook("http://127.0.0.1:9/nobody")
    zoe = telegram.person(1)
    zoe.says("il y a quelqu'un ?")
    await telegram.until(lambda: telegram.updates.deliveries)
    stopping = asyncio.Event()
    polling = asyncio.create_task(channel.poll(stopping))
    await zoe.sees("il y a quelqu'un ?")
    stopping.set()
    await asyncio.wait_for(polling, 10)


async def test_a_wrong_token_is_named_and_never_repeated(telegram: Simulator, engine: SmallEngine) -> None:
    token = "4242:another-token-that-opens-nothing"
    channel = channel_to(telegram, engine, token)
    with pytest.raises(SettingError, match="ALLIE_TELEGRAM_TOKEN is not accepted") as problem:
        await channel.set_up()
    assert problem.value.__cause__ is None
    assert problem.value.__suppress_context__
    assert token not in str(problem.value)
    await channel.stop()


async def test_a_wrong_public_address_is_named(telegram: Simulator, channel: TelegramChannel) -> None:
    with pytest.raises(SettingError, match=r"(?i)ALLIE_PUBLIC_URL: .*https"):
        await channel.set_webhook("http://exemple.fr/telegram")


async def test_a_network_that_is_down_at_the_start_is_waited_for(
    telegram: Simulator, engine: SmallEngine, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.goes_wrong(Dropped(), "getMe")
    telegram.goes_wrong(Refused(502, "Bad Gateway"), "getMyCommands")
    channel = channel_to(telegram, engine)
    with caplog.at_level(logging.DEBUG):
        await channel.set_up()
    assert channel.me is not None
    assert len([record for record in caplog.records if "trying again" in record.getMessage()]) == 2
    assert telegram.token not in caplog.text
    await channel.stop()


async def test_a_start_that_cannot_succeed_can_be_stopped(engine: SmallEngine) -> None:
    channel = TelegramChannel("4242:a-token-that-opens-nothing", engine, api_url="http://127.0.0.1:9")
    stopping = asyncio.Event()
    starting = asyncio.create_task(channel.set_up(stopping))
    await asyncio.sleep(0.2)
    stopping.set()
    await asyncio.wait_for(starting, 5)
    assert channel.me is None
    await channel.stop()
