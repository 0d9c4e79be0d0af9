"""Telegram as cheap as can be, so that what is measured is the bot: its Bot API, and updates posted to a webhook.

It checks nothing: `tests/telegram_simulator` does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from bench.served import TOKEN
from bot.channels.telegram.webhook import secret_of

__all__ = ["Api", "Chat", "Webhook"]

RESULTS = {
    b"getMe": {"id": 4242, "is_bot": True, "first_name": "Allié", "username": "allie_bot"},
    b"getMyCommands": [],
    b"sendMessage": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}},
}


def http(head: str, body: bytes) -> bytes:
    return f"{head}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n".encode() + b"\r\n" + body


class Messages(asyncio.Protocol):
    """Cuts a stream into HTTP messages with a Content-Length."""

    def __init__(self, came: Callable[[bytes, bytes], None]) -> None:
        self.transport: asyncio.Transport
        self._came = came
        self._buffer = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._came(head, body)


class ApiConnection(Messages):
    def __init__(self, api: Api) -> None:
        super().__init__(self._asked)
        self._api = api

    def _asked(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1]
        self._api.calls[method] = self._api.calls.get(method, 0) + 1
        answer = http("HTTP/1.1 200 OK", json.dumps({"ok": True, "result": RESULTS.get(method, True)}).encode())
        if self._api.takes:
            asyncio.get_running_loop().call_later(self._api.takes, self._answer, answer)
        else:
            self._answer(answer)

    def _answer(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


class Api:
    """A Bot API that says yes to everything, each time after `takes` seconds."""

    def __init__(self, takes: float) -> None:
        self.takes = takes
        self.calls: dict[bytes, int] = {}
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> str:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: ApiConnection(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aexit__(self, *problem: object) -> None:
        if self._server:
            self._server.close()


class WebhookConnection(Messages):
    def __init__(self) -> None:
        super().__init__(self._answer)
        self.answered: asyncio.Future[bytes] | None = None

    def _answer(self, head: bytes, body: bytes) -> None:
        if self.answered and not self.answered.done():
            if not head.startswith(b"HTTP/1.1 200"):
                self.answered.set_exception(RuntimeError(head.decode()))
            else:
                self.answered.set_result(body)

    def connection_lost(self, problem: Exception | None) -> None:
        if self.answered and not self.answered.done():
            self.answered.set_exception(ConnectionError("the bot closed the connection"))


class Webhook:
    """Connections to the bot's webhook, as many as Telegram opens."""

    def __init__(self, port: int, connections: int) -> None:
        self.port, self._connections = port, connections
        self._free: deque[WebhookConnection] = deque()
        self._head = (
            f"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Telegram-Bot-Api-Secret-Token: {secret_of(TOKEN)}"
        )
        self._room = asyncio.Semaphore(connections)

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(self._connections):
            _, connection = await loop.create_connection(WebhookConnection, "127.0.0.1", self.port)
            self._free.append(connection)

    async def post(self, update: dict[str, Any]) -> dict[str, Any]:
        """Deliver an update; the method in the answer, or nothing."""
        async with self._room:
            connection = self._free.popleft()
            connection.answered = asyncio.get_running_loop().create_future()
            connection.transport.write(http(self._head, json.dumps(update).encode()))
            body = await connection.answered
            self._free.append(connection)
        return json.loads(body) if body else {}

    def close(self) -> None:
        for connection in self._free:
            connection.transport.close()


UPDATES = itertools.count(1)


class Chat:
    """A person at their telephone."""

    def __init__(self, id: int) -> None:
        self.user = {"id": id, "is_bot": False, "first_name": "Zoé", "language_code": "fr"}
        self.chat = {"id": id, "type": "private", "first_name": "Zoé"}

    def says(self, text: str) -> dict[str, Any]:
        message = {"message_id": 1, "from": self.user, "chat": self.chat, "date": 1_795_000_000, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return {"update_id": next(UPDATES), "message": message}

    def presses(self, data: str) -> dict[str, Any]:
        number = next(UPDATES)
        message = {"message_id": 2, "date": 1_795_000_000, "chat": self.chat, "text": "…"}
        press = {"id": str(number), "from": self.user, "message": message, "chat_instance": "1", "data": data}
        return {"update_id": number, "callback_query": press}


def first_button(method: dict[str, Any]) -> str:
    """What the first button under a reply carries."""
    data: str = method["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    return data
