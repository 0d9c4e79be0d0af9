"""Calls that are made and forgotten: a button that stops waiting, a sign that Allié is writing.

There is one for nearly every press, so it must cost next to nothing: those of a moment are written together on a
connection kept open, and of an answer only the status and the length are read. What fails is not tried again, what is
too much is left out: nothing of the conversation depends on it.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from bot.store.text import dumps

__all__ = ["FireAndForget"]

LINES = 64
TOGETHER = 8
"""Requests that follow each other on a line before the first is answered: a slow server holds up no more than these."""
WAITING = 512
TIMEOUT = 10.0
IDLE = 25.0
"""Seconds after which a connection that is not used is closed, before Telegram does so."""
LARGEST_ANSWER = 65_536
LENGTH = re.compile(rb"\r\ncontent-length: *(\d{1,6})\r\n", re.IGNORECASE)
TURNED_AWAY = re.compile(rb"HTTP/1\.\d (?:429|5\d\d)\b")
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class FireAndForget:
    """Calls of one bot's methods at one Bot API server."""

    def __init__(self, token: str, api_url: str, *, turned_away: Callable[[], None] = lambda: None) -> None:
        """`turned_away` is told of each call that was answered 429 or by an error of the server's own."""
        self.turned_away = turned_away
        parts = urlsplit(api_url)
        self._host = parts.hostname or ""
        secure = parts.scheme == "https"
        self._port = parts.port or (443 if secure else 80)
        self._ssl = ssl.create_default_context() if secure else None
        self._before = f"POST {parts.path.rstrip('/')}/bot{token}/".encode()
        self._after = (
            f" HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\nContent-Length: ".encode()
        )
        self._idle: list[Line] = []
        self._lines: set[Line] = set()
        self._opening: set[asyncio.Task[None]] = set()
        self._waiting: deque[bytes] = deque(maxlen=WAITING)
        self._writing = False
        """What came in this round of the loop is written at its end."""
        self._sweeping: asyncio.TimerHandle | None = None

    def send(self, method: str, given: Mapping[str, Any]) -> None:
        """Send without waiting. When too many wait, the oldest is left out."""
        body = dumps(given).encode()
        if not self._writing:
            self._writing = True
            asyncio.get_running_loop().call_soon(self._write)
        self._waiting.append(b"%b%b%b%d\r\n\r\n%b" % (self._before, method.encode(), self._after, len(body), body))

    def _write(self) -> None:
        """Give what waits to the lines that are free, and open one more if they are too few."""
        self._writing = False
        while self._waiting and self._idle:
            self._idle.pop().write(self._next())
        if self._waiting and len(self._lines) + len(self._opening) < LINES:
            task = asyncio.get_running_loop().create_task(self._open())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    def _next(self) -> list[bytes]:
        return [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(TIMEOUT):
                await loop.create_connection(lambda: Line(self), self._host, self._port, ssl=self._ssl)
        except (OSError, TimeoutError):
            self._waiting.clear()

    def opened(self, line: Line) -> None:
        self._lines.add(line)
        if self._sweeping is None:
            self._sweeping = asyncio.get_running_loop().call_later(TIMEOUT / 2, self._sweep)
        self.free(line)

    def free(self, line: Line) -> None:
        """The line has had its answers."""
        if self._waiting:
            line.write(self._next())
        else:
            self._idle.append(line)

    def closed(self, line: Line) -> None:
        self._lines.discard(line)
        if line in self._idle:
            self._idle.remove(line)

    def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        for line in list(self._lines):
            if now - line.since > (TIMEOUT if line.busy else IDLE):
                line.close()
        self._sweeping = asyncio.get_running_loop().call_later(TIMEOUT / 2, self._sweep) if self._lines else None

    async def close(self) -> None:
        """Let what is on its way end, for a moment, then close the connections."""
        deadline = asyncio.get_running_loop().time() + 1.0
        while self._writing or self._opening or any(line.busy for line in self._lines):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.01)
        for task in self._opening:
            task.cancel()
        self._waiting.clear()
        for line in list(self._lines):
            line.close()
        if self._sweeping:
            self._sweeping.cancel()
            self._sweeping = None
        await asyncio.sleep(0)


class Line(asyncio.Protocol):
    """One connection: some requests, their answers, the next requests."""

    def __init__(self, owner: FireAndForget) -> None:
        self._owner = owner
        self._transport: asyncio.Transport | None = None
        self._answer = b""
        self._owed = 0
        """Answers that are still to come."""
        self.since = 0.0

    @property
    def busy(self) -> bool:
        return self._owed > 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self.since = asyncio.get_running_loop().time()
        self._owner.opened(self)

    def write(self, requests: list[bytes]) -> None:
        if self._transport is not None:
            self._owed = len(requests)
            self.since = asyncio.get_running_loop().time()
            self._transport.write(b"".join(requests))

    def data_received(self, data: bytes) -> None:
        self._answer = self._answer + data if self._answer else data
        while self._answer:
            end = self._answer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._answer) > LARGEST_ANSWER:
                    self.close()
                return
            head = self._answer[: end + 2]
            if TURNED_AWAY.match(head):
                self._owner.turned_away()
            length = LENGTH.search(head)
            if length is None or CLOSES.search(head) or not self._owed:
                self.close()
                return
            whole = end + 4 + int(length[1])
            if len(self._answer) < whole:
                return
            self._answer = self._answer[whole:]
            self._owed -= 1
            if not self._owed:
                self._owner.free(self)

    def connection_lost(self, problem: Exception | None) -> None:
        self._owner.closed(self)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
        self._owner.closed(self)
