"""The process under measure: Allié as `allie serve` runs it on webhooks, without Telegram's own limits.

    python -m bench.served PLACE API_URL yes|no webhook|outbox

PLACE is a data folder, or the address of a PostgreSQL. Prints its port. `GET /cost` says what it has used so far: CPU
seconds, and resident memory in MB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

import uvloop
from aiohttp import web

from bot.catalogue.awaited import open_catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.channels.telegram import TelegramChannel
from bot.delivery.outcomes import Outcome
from bot.delivery.sender import Sender
from bot.dialogue.engine import Engine
from bot.dialogue.replies import Reply
from bot.dialogue.topic import load_topics
from bot.send_limits import SendLimits
from bot.server import keep_what_is_loaded
from bot.store.opening import open_store
from bot.understanding import Understanding

TOKEN = "4242:a-token-that-opens-nothing-at-all"  # noqa: S105 - as it says


class NoRoom:
    """A rate limiter that never has room for a webhook reply: all go through the outbox."""

    def take_now(self, chat: str, now: float) -> bool:
        return False

    def turned_away(self, now: float) -> None:
        pass


def resident() -> float:
    """MB of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def serve(place: str, api_url: str, encoder: bool, webhook_reply: bool) -> None:
    database_url = place if place.startswith("postgresql:") else None
    store = await open_store(Path(place), database_url)
    catalogue = open_catalogue(Path(place), database_url, places=gazetteer(), organisations=known_organisations())
    topics = load_topics()
    engine = Engine(store, Understanding.load(topics.hearing, encoder=encoder), topics, catalogue)
    channel: TelegramChannel

    async def deliver(chat: str, reply: Reply) -> Outcome:
        return await channel.deliver(chat, reply)

    limits = SendLimits(per_second=1_000_000, chat_seconds=0.0, group_seconds=0.0)
    sender = Sender(store, "telegram", deliver, limits=limits, calls=TelegramChannel.calls_in)
    channel = TelegramChannel(TOKEN, engine, api_url=api_url, budget=sender.rate_limiter if webhook_reply else NoRoom())
    await channel.set_up()
    app = web.Application()
    channel.routes(app)

    async def cost(request: web.Request) -> web.Response:
        left = (await store.counts())["outbox"]
        return web.Response(text=json.dumps({"cpu": time.process_time(), "memory": resident(), "outbox": left}))

    app.router.add_get("/cost", cost)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sending = asyncio.create_task(sender.run())
    keep_what_is_loaded()
    print(runner.addresses[0][1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()
    sender.stop()
    await sending
    await channel.stop()
    catalogue.close()
    await store.close()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], sys.argv[2], sys.argv[3] == "yes", sys.argv[4] == "webhook"))
