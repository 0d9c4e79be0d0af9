"""Delivers one reply of the outbox to one chat, call by call, and says what became of it.

The sender decides when, and what follows from the outcome. A reply of several calls keeps their distance here; when a
later one has to wait a little, it is waited for, since beginning again would show the first twice.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.channels.telegram.answers import MovedTo, SendOtherwise, judged
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.outbound import Call, address, calls_for, check, moved, otherwise
from bot.delivery.outcomes import Delivered, Later, Outcome, Refused, Unknown
from bot.dialogue.replies import Reply

__all__ = ["Delivery"]

BETWEEN_CALLS = 1.05
BETWEEN_CALLS_IN_A_GROUP = 3.15
"""Seconds; the same as the rate limiter reckons with."""
LONGEST_WAIT = 30.0
TRIES_IN_PLACE = 3
GROUPS_REMEMBERED = 1_000


class Delivery:
    """Groups that became supergroups are remembered, so that their old id costs one call and not one each time."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self.bot = ""
        """The bot's name, once it is known: links that people share hold it."""
        self._moved: OrderedDict[int, int] = OrderedDict()

    async def deliver(self, chat: str, reply: Reply) -> Outcome:
        """Show `reply` in `chat`. Killed amid a reply of several calls: it is shown again from its start."""
        try:
            to = address(chat)
        except ValueError:
            return Refused(f"{chat!r} is no chat of Telegram's")
        if problem := check(reply):
            return Refused(problem)
        calls = calls_for(reply, self._moved.get(to, to), self.bot)
        for number, call in enumerate(calls):
            if number:
                await asyncio.sleep(BETWEEN_CALLS if to > 0 else BETWEEN_CALLS_IN_A_GROUP)
            outcome = await self._made(call)
            tries = 1
            while number and not call.optional and tries < TRIES_IN_PLACE and _short(outcome):
                await asyncio.sleep(outcome.seconds if isinstance(outcome, Later) else 1.0)
                outcome = await self._made(call)
                tries += 1
            if not isinstance(outcome, Delivered) and not call.optional:
                return outcome
        return Delivered()

    async def _made(self, call: Call) -> Outcome:
        """One call, made again at once when Telegram says how it can be done."""
        for _ in range(3):
            outcome = judged(await self._api.call(call.method, call.given, call.files), call.method)
            if isinstance(outcome, MovedTo):
                self._remember(call.given["chat_id"], outcome.chat)
                call = moved(call, outcome.chat)
            elif isinstance(outcome, SendOtherwise):
                call = otherwise(call)
            else:
                return outcome
        return Refused("Telegram sends this message from one place to another")

    def _remember(self, old: int, new: int) -> None:
        self._moved[old] = new
        while len(self._moved) > GROUPS_REMEMBERED:
            self._moved.popitem(last=False)


def _short(outcome: Outcome) -> bool:
    return isinstance(outcome, Unknown) or (isinstance(outcome, Later) and outcome.seconds <= LONGEST_WAIT)
