"""Updates on their way to the bot: kept until acknowledged, fetched by getUpdates or delivered to a webhook.

Telegram forgets an update after 24 hours, a press after 150 seconds. On webhooks it keeps the order of one chat's
messages, and of one person's presses, in queues of their own: a text and a press of the same person may arrive at once.
What the webhook answers with an error, or not at all, comes again later: after `Retry-After` where it says so.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from .methods import Refusal

__all__ = ["Delivery", "Updates"]

DAY = 86_400.0
PRESS = 150.0
BY_DEFAULT_LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_DELAY = 60.0


@dataclass
class Update:
    id: int
    kind: str
    body: dict[str, Any]
    queue: tuple[str, int]
    until: float


@dataclass(frozen=True)
class Delivery:
    """One attempt at a webhook: the update, the status that came back (0: no answer), and its body."""

    update: int
    status: int
    body: str
    at: float


@dataclass
class Webhook:
    url: str
    secret: str | None
    connections: asyncio.Semaphore
    last_error: str = ""


@dataclass
class Updates:
    """`now`: Telegram's clock. `execute`: runs a method found in a webhook's answer. `changed`: told each change."""

    now: Callable[[], float]
    execute: Callable[[dict[str, Any]], Any]
    changed: Callable[[], None]
    first_delay: float = 1.0
    timeout: float = 60.0
    next_id: int = 100_000_001
    allowed: frozenset[str] | None = None
    pending: dict[int, Update] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    webhook: Webhook | None = None
    lose: Callable[[int], bool] = lambda update: False
    _queues: dict[tuple[str, int], deque[Update]] = field(default_factory=dict)
    _workers: dict[tuple[str, int], asyncio.Task[None]] = field(default_factory=dict)
    _poller: asyncio.Future[None] | None = None
    _arrival: asyncio.Event = field(default_factory=asyncio.Event)
    _session: aiohttp.ClientSession | None = None

    def offer(self, kind: str, body: dict[str, Any], queue: tuple[str, int]) -> int | None:
        """A new update, or None when the bot did not ask for this kind."""
        if kind in BY_DEFAULT_LEFT_OUT if self.allowed is None else kind not in self.allowed:
            return None
        lifetime = PRESS if kind == "callback_query" else DAY
        update = Update(self.next_id, kind, {"update_id": self.next_id, kind: body}, queue, self.now() + lifetime)
        self.next_id += 1
        self.pending[update.id] = update
        self._arrival.set()
        if self.webhook:
            self._send(update)
        self.changed()
        return update.id

    def allow(self, kinds: list[str] | None) -> None:
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    async def poll(self, offset: int, limit: int, wait: float) -> list[dict[str, Any]]:
        """getUpdates: `offset` acknowledges everything before it, whatever became of it."""
        if self.webhook:
            raise Refusal(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
                code=409,
            )
        if not 1 <= limit <= 100:
            limit = 100
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        ended = self._poller = asyncio.get_running_loop().create_future()
        if offset < 0:
            kept = list(self.pending)[offset:]
            offset = kept[0] if kept else 0
        for update in [id for id in self.pending if id < offset]:
            del self.pending[update]
        self.changed()
        deadline = asyncio.get_running_loop().time() + min(wait, 50)
        while True:
            self._expire()
            found = [update.body for update in self.pending.values() if update.id >= offset][:limit]
            left = deadline - asyncio.get_running_loop().time()
            if found or left <= 0:
                return found
            self._arrival.clear()
            arrival = asyncio.ensure_future(self._arrival.wait())
            try:
                await asyncio.wait({arrival, ended}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrival.cancel()
            if ended.done():
                raise Refusal(
                    "terminated by other getUpdates request; make sure that only one bot instance is running", code=409
                )

    def _expire(self) -> None:
        for update in [update for update in self.pending.values() if update.until <= self.now()]:
            del self.pending[update.id]

    async def set_webhook(self, url: str, secret: str | None, connections: int, *, drop: bool) -> None:
        await self.delete_webhook(drop=drop)
        self.webhook = Webhook(url, secret, asyncio.Semaphore(connections))
        for update in list(self.pending.values()):
            self._send(update)

    async def delete_webhook(self, *, drop: bool = False) -> None:
        self.webhook = None
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self._queues.clear()
        self._workers.clear()
        if drop:
            self.pending.clear()

    async def close(self) -> None:
        await self.delete_webhook()
        if self._session:
            await self._session.close()
            self._session = None

    def _send(self, update: Update) -> None:
        self._queues.setdefault(update.queue, deque()).append(update)
        if update.queue not in self._workers:
            self._workers[update.queue] = asyncio.create_task(self._empty(update.queue))

    async def _empty(self, key: tuple[str, int]) -> None:
        """Deliver one queue in order, the head again and again until it is taken or too old."""
        queue = self._queues[key]
        while queue:
            update, delay = queue[0], self.first_delay
            while update.id in self.pending and self.webhook:
                if update.until <= self.now():
                    del self.pending[update.id]
                    break
                taken, retry_after = await self.deliver(update.body)
                if taken:
                    self.pending.pop(update.id, None)
                    self.changed()
                    break
                await asyncio.sleep(retry_after or delay)
                delay = min(LONGEST_DELAY, delay * 2)
            queue.popleft()
        del self._workers[key], self._queues[key]
        self.changed()

    async def deliver(self, body: dict[str, Any]) -> tuple[bool, float]:
        """One attempt: whether it was taken, and how long the webhook asks us to wait. A webhook reply is executed."""
        if self.webhook is None:
            raise RuntimeError("no webhook is set")
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        update, status, text, retry_after = body["update_id"], 0, "", 0.0
        try:
            async with (
                self.webhook.connections,
                self._session.post(
                    self.webhook.url,
                    data=json.dumps(body).encode(),
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(self.timeout),
                    allow_redirects=False,
                ) as response,
            ):
                if self.lose(update):
                    response.close()
                    raise aiohttp.ServerDisconnectedError
                text = await response.text()
                status = response.status
                waiting = response.headers.get("Retry-After", "")
                retry_after = min(float(waiting), 3600.0) if waiting.isdigit() else 0.0
        except (aiohttp.ClientError, TimeoutError) as problem:
            if self.webhook:
                self.webhook.last_error = f"Connection failed: {type(problem).__name__}"
        self.deliveries.append(Delivery(update, status, text, self.now()))
        self.changed()
        if not 200 <= status < 300:
            if status and self.webhook:
                self.webhook.last_error = f"Wrong response from the webhook: {status}"
            return False, retry_after
        if text:
            try:
                in_webhook_reply = json.loads(text)
            except ValueError:
                in_webhook_reply = None
            if isinstance(in_webhook_reply, dict) and "method" in in_webhook_reply:
                self.execute(in_webhook_reply)
        return True, 0.0
