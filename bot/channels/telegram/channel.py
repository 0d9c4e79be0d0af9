"""Telegram as one of Allié's channels: set up, polled or served, and stopped without losing anything.

Updates waiting at Telegram are never dropped, and the webhook stays when Allié stops: what people write meanwhile is
kept by Telegram for 24 hours and answered at the next start. The token appears in no log and in no error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web
from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.api import TIMEOUT, BotApi, redacted
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.inbound import ALLOWED_UPDATES, Identity, Reader
from bot.channels.telegram.outbound import calls_for
from bot.channels.telegram.polling import LONG_POLL, Polling
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.turns import Engine, Turns
from bot.channels.telegram.webhook import Budget, Webhook, secret_of
from bot.delivery.outcomes import Outcome
from bot.dialogue.events import Event
from bot.dialogue.replies import Reply
from bot.settings import SettingError

__all__ = ["MenuCommand", "TelegramChannel"]

log = logging.getLogger(__name__)

WEBHOOK_CONNECTIONS = 100
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """A command of the menu: its name, and what it does, in each language."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]


class TelegramChannel:
    """One bot.

    `await set_up()` first. Then either `await poll(stopping)`, or, once a server listens with `routes(app)`,
    `await set_webhook(url)`. `deliver` is what the sender calls. `await stop()` at the end.

    `budget` is the rate limiter shared with the sender: while it has room, a single reply is a webhook reply.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        engine: Engine,
        *,
        api_url: str = "https://api.telegram.org",
        commands: Sequence[MenuCommand] = (),
        default_language: str = "fr",
        budget: Budget | None = None,
        timeout: float = TIMEOUT,
        long_poll: int = LONG_POLL,
    ) -> None:
        self._token = token
        self._engine = engine
        self._commands = commands
        self._default_language = default_language
        self._budget = budget
        self._long_poll = long_poll
        self._api = BotApi(token, api_url, timeout=timeout, turned_away=self._was_turned_away)
        self._delivery = Delivery(self._api)
        self._reader: Reader | None = None
        self._turns: Turns | None = None
        self._webhook: Webhook | None = None
        self.me: Identity | None = None
        """Who the bot is, once set up."""

    def _was_turned_away(self) -> None:
        if self._budget is not None:
            self._budget.turned_away(time.monotonic())

    async def set_up(self, stopping: asyncio.Event | None = None) -> None:
        """Learn who the bot is and put its commands in the menu.

        Raises `SettingError` when Telegram refuses the token. While Telegram cannot be reached it tries again, until
        `stopping` is set.
        """

        async def introduce() -> None:
            me = await self._bot().get_me()
            self.me = Identity(me.id, me.username or "", me.first_name)

        stopping = stopping or asyncio.Event()
        await self._persist(introduce, stopping, "refuses the bot")
        if self.me is None:
            return
        self._reader = Reader(self.me)
        self._turns = Turns(self._api, self._engine, self._reader)
        self._webhook = Webhook(self._turns, secret_of(self._token), self._budget, bot=self.me.username)
        self._delivery.bot = self.me.username
        await self._persist(self._set_commands, stopping, "refuses the menu of commands")

    async def _persist(self, act: Callable[[], Awaitable[None]], stopping: asyncio.Event, refusal: str) -> None:
        """Do it, again and again while the network or Telegram is down. Raises `SettingError` when Telegram says no."""
        pause = 1.0
        while not stopping.is_set():
            try:
                return await act()
            except InvalidToken:
                raise SettingError(
                    f"ALLIE_TELEGRAM_TOKEN is not accepted by {self._api.host}: copy it again from @BotFather."
                ) from None
            except BadRequest as problem:
                raise SettingError(f"Telegram {refusal}: {self._plain(problem)}.") from None
            except TelegramError as problem:
                log.warning("Telegram: %s; trying again in %.0f s", self._plain(problem), pause)
            await _wait(stopping, pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    def _bot(self) -> Bot:
        # The library writes addresses and parameters at debug level: the token and the webhook's secret among them.
        logging.getLogger("telegram.Bot").setLevel(logging.INFO)
        request = AiohttpRequest(self._api)
        return Bot(self._token, base_url=self._api.base, request=request, get_updates_request=request)

    async def _set_commands(self) -> None:
        """One menu for each language, and the default one for the languages that have none."""
        if not self._commands:
            return
        bot = self._bot()
        languages = sorted({language for command in self._commands for language in command.descriptions})
        for code in (None, *languages):
            language = code or self._default_language
            wanted = [
                BotCommand(command.names[language], command.descriptions[language])
                for command in self._commands
                if language in command.descriptions
            ]
            if tuple(wanted) != await bot.get_my_commands(language_code=code):
                await bot.set_my_commands(wanted, language_code=code)

    async def poll(self, stopping: asyncio.Event) -> None:
        """Fetch updates until `stopping` is set, then end the turns in hand. A webhook set earlier gives way."""
        turns = self._ready()

        async def no_webhook() -> None:
            await self._bot().delete_webhook(drop_pending_updates=False)

        await self._persist(no_webhook, stopping, "will not be polled")
        await Polling(self._api, turns, long_poll=self._long_poll).run(stopping)

    def routes(self, app: web.Application, path: str = "/telegram") -> None:
        """Serve the webhook on an aiohttp application. Until `set_up` has succeeded Telegram is asked to come back."""
        app.router.add_post(path, self._served)

    async def _served(self, request: web.Request) -> web.StreamResponse:
        if self._webhook is None:
            return web.Response(status=503, headers={"Retry-After": "2"})
        return await self._webhook.handle(request)

    async def set_webhook(self, url: str, stopping: asyncio.Event | None = None) -> None:
        """Have Telegram post updates to `url`, where `routes` is already served.

        Raises `SettingError` when Telegram refuses the address. Waiting updates are kept and come at once.
        """

        async def set_it() -> None:
            await self._bot().set_webhook(
                url,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=WEBHOOK_CONNECTIONS,
                secret_token=secret_of(self._token),
                drop_pending_updates=False,
            )

        await self._persist(set_it, stopping or asyncio.Event(), "refuses the address in ALLIE_PUBLIC_URL")

    def event_in(self, raw: str) -> Event | None:
        """The event in an update that came earlier; None if there is none, or before `set_up` has succeeded."""
        try:
            return self._reader.event(json.loads(raw), raw) if self._reader else None
        except (ValueError, RecursionError):
            return None

    async def deliver(self, chat: str, reply: Reply) -> Outcome:
        """Show a reply to a person; what became of it is the answer, and nothing raises."""
        return await self._delivery.deliver(chat, reply)

    @staticmethod
    def calls_in(chat: str, reply: Reply) -> int:
        """How many of the platform's calls this reply takes, for the sender's rate limiter."""
        return len(calls_for(reply, -1 if TelegramChannel.is_group(chat) else 1))

    @staticmethod
    def is_group(chat: str) -> bool:
        return chat.startswith("telegram:-")

    async def stop(self) -> None:
        """Close the connections. The webhook stays."""
        await self._api.close()

    def _ready(self) -> Turns:
        if self._turns is None:
            raise RuntimeError("set_up() has not succeeded")
        return self._turns

    def _plain(self, problem: TelegramError) -> str:
        return redacted(problem.message, self._token).rstrip(".")


async def _wait(stopping: asyncio.Event, seconds: float) -> None:
    """Wait, but not past the moment when `stopping` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
