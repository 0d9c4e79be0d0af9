"""`allie serve`: one process with its store, its engine, its channels, and the pages an operator looks at.

Started in order (store, engine, channels), stopped in the reverse one: nothing new is taken in, turns in hand are
finished and committed, what is on the wire is waited for. What is left in the outbox goes out at the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import math
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from aiohttp import web

from bot.broadcast.acts import add_broadcast_acts
from bot.broadcast.feeding import Feeder
from bot.catalogue.awaited import open_catalogue
from bot.catalogue.directory import directory_of
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.live import live_of
from bot.channels.address import PROXIES, VISITORS, Visitors
from bot.channels.guarding import guard
from bot.channels.guarding import runner as guarded_runner
from bot.channels.telegram import MenuCommand, TelegramChannel
from bot.channels.telegram.outbound import why_not_webhook_reply
from bot.channels.telegram.webhook import secret_of
from bot.channels.web.estimates import add_estimate_routes
from bot.channels.web.page import MenuItem, not_found
from bot.channels.web.reading import add_reading_routes
from bot.channels.web.routes import add_routes
from bot.channels.web.wire import content_in
from bot.control import Acts
from bot.control import serve as serve_control
from bot.conversation_id import ConversationId
from bot.daily_digest import DailyDigest
from bot.deadline import Deadline, within
from bot.delivery.outcomes import Outcome
from bot.delivery.sender import Sender
from bot.dialogue.buttons import StartPress
from bot.dialogue.daily_limits import DailyLimits
from bot.dialogue.drawing_room import DrawingRoom
from bot.dialogue.engine import Engine
from bot.dialogue.events import Event
from bot.dialogue.replies import Reply
from bot.dialogue.topic import Registry, load_topics
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, text_of
from bot.knowledge import Knowledge
from bot.leader import receive
from bot.operations.counters import CountedEngine, Counters
from bot.operations.dead_letter_admin import DeadLetterAdmin, Reread
from bot.operations.health import Health
from bot.operations.pages import add_pages
from bot.operations.periodic import CLEAN_EVERY, DUE_EVERY, Cleaning, Reminders, again_and_again, read_feed
from bot.operations.status import Status
from bot.owner import OwnerFile
from bot.redaction import hide
from bot.settings import Settings
from bot.store import Busy, Message, Store
from bot.store.dead_letters import ParkedEvent
from bot.store.opening import open_store
from bot.understanding import Understanding

__all__ = ["Running", "menu_commands", "run", "serving"]

log = logging.getLogger(__name__)

T = TypeVar("T")

STOP_WITHIN = 6.0
"""Seconds that a stop waits for what is in hand, in all."""
OPEN_AGAIN = 3.0
"""Seconds between two tries to open a store that does not answer."""


class Running:
    """A server at work: where it listens, what it is made of, and what ends it before it is asked to stop."""

    def __init__(self, store: Store, engine: Engine, address: str, receiving: asyncio.Task[None] | None) -> None:
        self.store = store
        self.engine = engine
        self.address = address
        self.receiving = receiving
        """From Telegram. It ends by itself only when Telegram refuses a setting: it raises that `SettingError`."""


class WebOutbox:
    """What waits for people on the web: the page comes and fetches it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def pending(self, chat: str) -> Sequence[tuple[str, Reply]]:
        return [
            (str(message.id), reply)
            for message in await self._store.waiting(chat)
            if (reply := await self._readable(message)) is not None
        ]

    async def _readable(self, message: Message) -> Reply | None:
        """The reply; one that cannot be read any more is set aside, and holds up no other."""
        try:
            reply = Reply.from_json(message.body)
        except Exception as error:  # kept by another version
            why = type(error).__name__
        else:
            if message.body:
                return reply
            why = "it is empty"
        await self._store.refused(message, f"it cannot be read any more: {why}")
        return None

    async def delivered(self, chat: str, ids: Iterable[str]) -> None:
        shown = set(ids)
        for message in await self._store.waiting(chat):
            if str(message.id) in shown:
                await self._store.delivered(message)


@asynccontextmanager
async def serving(settings: Settings, stop: asyncio.Event | None = None) -> AsyncIterator[Running]:
    """Serve while the context is open. Raises `DataFolderInUse` when another process has the data folder.

    With `stop`, a database that does not answer is waited for until that is set.
    """
    store = await _patiently(stop, lambda: open_store(settings.data_dir, settings.database_url))
    deadline = Deadline(STOP_WITHIN)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        missions = open_catalogue(
            settings.data_dir,
            settings.database_url,
            places=gazetteer(),
            organisations=known_organisations(),
            directory=directory_of(settings),
            live=live_of(settings),
        )
        stack.callback(missions.close)
        if settings.database_url is not None:  # a folder is filled at the first look, when there is one
            await _patiently(stop, lambda: asyncio.to_thread(missions.kept.fill))
        topics = load_topics()
        moderators = [str(ConversationId("telegram", str(admin))) for admin in settings.admins]
        understanding = Understanding.load(topics.hearing, encoder=settings.sentence_encoder)
        knowledge = Knowledge.load(topics.hearing, settings.data_dir, understanding.sentences)
        plain = Engine(
            store,
            understanding,
            topics,
            missions,
            drawing=DrawingRoom.paced(),
            knowledge=knowledge,
            moderators=moderators,
            keep_misunderstood=settings.keep_misunderstood,
            contact=OwnerFile(settings.data_dir, settings.contact or "").contact,
            daily_limits=DailyLimits(settings.per_day, settings.people_per_address),
        )
        health, counters = Health(store), Counters()
        engine = CountedEngine(plain, counters)
        status = Status(settings, store, missions.freshness, counters, health)
        signing = await _patiently(stop, lambda: store.secret("web"))
        hide(signing.hex(), secret_of(settings.telegram_token or ""))
        app = web.Application(client_max_size=1 << 20)
        app[PROXIES] = settings.trusted_proxies
        app[VISITORS] = visitors = Visitors()
        status.visitors = visitors.warning
        guard(app, lost=not_found, public_url=settings.public_url or "")
        add_routes(
            app,
            engine,
            secret=signing,
            waiting=WebOutbox(store),
            public_url=settings.public_url or "",
            menu=_header_menu(topics),
            digest=DailyDigest(store.secret),
        )
        add_estimate_routes(app)
        add_reading_routes(app, knowledge, public_url=settings.public_url or "", indexable=settings.indexable)
        add_pages(app, status)
        telegram: TelegramChannel | None = None
        reread: dict[str, Reread] = {"web": _posted}
        if settings.telegram_token:
            telegram = await _begin_telegram(stack, settings, status, engine, topics, deadline)
            telegram.routes(app)
            reread["telegram"] = _updates_of(telegram)
            status.introduced = lambda: telegram.me.username if telegram.me else None
        acts = Acts()
        feeder = Feeder(store)
        add_broadcast_acts(acts, store, why_not_webhook_reply, moderators, feeder)
        acts.add("status", status.as_json)
        for name, act in DeadLetterAdmin(store, plain, reread).acts.items():
            acts.add(name, act)
        await stack.enter_async_context(serve_control(settings.data_dir, acts))
        runner = guarded_runner(app, shutdown_timeout=STOP_WITHIN)
        await runner.setup()
        stack.push_async_callback(lambda: deadline.wait(runner.cleanup()))
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        port = runner.addresses[0][1]
        status.address = f"http://{settings.host}:{port}"
        periodic = {
            "sending reminders": again_and_again(health, "sending reminders", Reminders(store, engine).send, DUE_EVERY),
            "cleaning": again_and_again(health, "cleaning", Cleaning(store, missions, health).clean, CLEAN_EVERY),
            "feeding broadcasts": feeder.run(health.attempt),
        }
        if settings.feed_key is not None:
            periodic["reading missions"] = read_feed(
                settings, settings.feed_key, store, health, places=gazetteer(), organisations=known_organisations()
            )
        for name, work in periodic.items():
            task = asyncio.create_task(work)
            health.watch(name, task)
            stack.push_async_callback(_ended, task)
        receiving = None
        if telegram is not None:
            stopping = asyncio.Event()
            receiving = asyncio.create_task(_receive(telegram, settings, store, stopping))
            health.watch("receiving from Telegram", receiving)
            stack.push_async_callback(_finished, receiving, stopping, deadline)
        keep_what_is_loaded()
        stack.callback(health.stop)
        yield Running(store, plain, status.address, receiving)


def keep_what_is_loaded() -> None:
    """What the start has loaded is there to stay: the collector of cycles need not go through it again and again."""
    gc.collect()
    gc.freeze()


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises `SettingError` when Telegram refuses a setting."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with serving(settings, stop) as running:
            _say(settings, f"Allié is at {running.address}")
            asked = asyncio.create_task(stop.wait())
            await asyncio.wait({asked, running.receiving or asked}, return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set() and running.receiving:
                await running.receiving
            _say(settings, "Allié finishes what it has in hand and stops. Nothing is lost.")
    except Busy:
        if not stop.is_set():  # asked to stop before the store answered
            raise


def _say(settings: Settings, sentence: str) -> None:
    """Say it to whoever started Allié: on the terminal, or as a line like the others where programs read them."""
    if settings.log_format == "json":
        log.info("%s", sentence)
    else:
        print(sentence, flush=True)


async def _patiently(stop: asyncio.Event | None, ask: Callable[[], Awaitable[T]]) -> T:
    """Ask a database that may not answer yet: it is waited for, until `stop` is set. Raises what waiting will not
    mend."""
    while True:
        try:
            return await ask()
        except Busy as busy:
            if stop is None or stop.is_set():
                raise
            log.error("%s; trying again in %.0f s", busy, OPEN_AGAIN)
            await within(stop, OPEN_AGAIN)
            if stop.is_set():
                raise


async def _begin_telegram(
    stack: contextlib.AsyncExitStack,
    settings: Settings,
    status: Status,
    engine: CountedEngine,
    topics: Registry,
    deadline: Deadline,
) -> TelegramChannel:
    """The channel, and the sender that empties its outbox. The sender is the last to stop."""
    channel: TelegramChannel

    async def deliver(chat: str, reply: Reply) -> Outcome:
        return await channel.deliver(chat, reply)

    sender = Sender(
        status.store,
        "telegram",
        status.counters.delivering(deliver),
        is_group=TelegramChannel.is_group,
        calls=TelegramChannel.calls_in,
    )
    channel = TelegramChannel(
        settings.telegram_token or "",
        engine,
        api_url=settings.telegram_api_url,
        commands=menu_commands(topics),
        default_language=DEFAULT_LANGUAGE,
        budget=sender.rate_limiter,
    )
    stack.push_async_callback(channel.stop)
    task = asyncio.create_task(sender.run())
    status.health.watch("sending to Telegram", task)

    async def stop_sender() -> None:
        sender.stop()
        await deadline.wait(task)

    stack.push_async_callback(stop_sender)
    return channel


def _header_menu(topics: Registry) -> list[MenuItem]:
    """What the page's header keeps at hand, in the order of the menu."""
    at_hand = sorted((topic for topic in topics.topics.values() if topic.at_hand), key=lambda topic: topic.menu)
    return [MenuItem(topic.title, str(StartPress(topic.name))) for topic in at_hand]


def menu_commands(topics: Registry) -> list[MenuCommand]:
    """The commands in the order of the menu, then those that it does not list."""
    in_order = sorted(topics.topics.values(), key=lambda topic: topic.menu or math.inf)
    return [
        MenuCommand(
            {language: topic.commands.get(language, topic.command) for language in LANGUAGES},
            {language: text_of(topic.hint, language) for language in LANGUAGES},
        )
        for topic in in_order
        if topic.command and topic.hint
    ]


async def _receive(channel: TelegramChannel, settings: Settings, store: Store, stopping: asyncio.Event) -> None:
    """Introduce the bot and say where people find it; then receive, or leave that to the process that is elected."""
    await channel.set_up(stopping)
    if channel.me is not None:
        by = " by webhook" if settings.public_url else ""
        _say(settings, f"Allié answers on Telegram{by}: https://t.me/{channel.me.username}")
    await receive(channel, store, settings.public_url, stopping)


async def _finished(task: asyncio.Task[None], stopping: asyncio.Event, deadline: Deadline) -> None:
    """Ask for the end, and wait for the turns in hand."""
    stopping.set()
    with contextlib.suppress(Exception):
        await deadline.wait(task)


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait({task}, timeout=STOP_WITHIN)


def _posted(parked: ParkedEvent) -> Event | None:
    """What came from the web page, as it was read then."""
    content = content_in(parked.raw)
    return None if content is None else Event(parked.event, parked.chat, content, datetime.now(UTC))


def _updates_of(telegram: TelegramChannel) -> Reread:
    return lambda parked: telegram.event_in(parked.raw)
