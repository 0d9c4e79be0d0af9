"""Who receives from Telegram: of several processes on one database, the elected one polls, or sets the webhook of all.

When it vanishes, or is cut off from the database, another is elected and goes on from what Telegram was told is done;
what both had fetched is recognised by its id, and done once.
"""

from __future__ import annotations

import asyncio

from bot.channels.telegram import TelegramChannel
from bot.deadline import within
from bot.store import Store

__all__ = ["receive"]

ROLE = "telegram"
ELECT_AGAIN = 1.0
"""Seconds between two looks at who receives."""


async def receive(channel: TelegramChannel, store: Store, public_url: str | None, stopping: asyncio.Event) -> None:
    """If this process is the elected one, poll or have Telegram post to us all. The channel is set up."""
    while not stopping.is_set():
        if await store.elected(ROLE):
            if public_url:
                await channel.set_webhook(f"{public_url}/telegram", stopping)
                await _while_elected(store, stopping)
            else:
                await _poll_while_elected(channel, store, stopping)
        else:
            await within(stopping, ELECT_AGAIN)


async def _while_elected(store: Store, stopping: asyncio.Event) -> None:
    while not stopping.is_set() and await store.elected(ROLE):
        await within(stopping, ELECT_AGAIN)


async def _poll_while_elected(channel: TelegramChannel, store: Store, stopping: asyncio.Event) -> None:
    """Of several processes one polls: Telegram ends the request of whoever else does."""
    over = asyncio.Event()
    polling, elected = (asyncio.create_task(work) for work in (channel.poll(over), _while_elected(store, stopping)))
    try:
        await asyncio.wait({polling, elected}, return_when=asyncio.FIRST_COMPLETED)
        over.set()
        await polling
    finally:
        for task in (polling, elected):
            task.cancel()
        await asyncio.gather(polling, elected, return_exceptions=True)
