"""A wire to PostgreSQL that can be cut: between two messages that go to the server, or before what it answers."""

from __future__ import annotations

import asyncio
import struct
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

__all__ = ["Wire"]


class Wire:
    """`async with Wire(address, folder) as wire`: connect to `wire.address`.

    `wire.cut_after(n)` lets n more messages through, of all connections together, then closes every connection; with
    `statements=True`, n more statements. With `answers=False`, they go through and their answers do not come back.
    `wire.freeze()` lets nothing through in either direction and closes nothing, as a host that is there no more.
    """

    def __init__(self, address: str, folder: Path) -> None:
        parts = urlsplit(address)
        self._socket = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
        self._port = parts.port or 5432
        self._folder = folder
        query = urlencode({"host": str(folder)})
        self.address = urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[0] + "@", query=query))
        self.messages = self.statements = 0
        self.said: list[str] = []
        """The text of each statement, as it was parsed."""
        self._until: int | None = None
        self._by_statements = False
        self._silent = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._served: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Wire:
        self._server = await asyncio.start_unix_server(self._serve, self._folder / ".s.PGSQL.5432")
        return self

    async def __aexit__(self, *problem: object) -> None:
        if self._server:
            self._server.close()
        self.thaw()
        self.cut()
        if self._served:
            await asyncio.wait(self._served, timeout=5)

    def cut_after(self, count: int, *, statements: bool = False, answers: bool = True) -> None:
        self._by_statements = statements
        self._until = self._gone + count
        self._silent = not answers

    @property
    def _gone(self) -> int:
        return self.statements if self._by_statements else self.messages

    def cut(self) -> None:
        for writer in self._writers:
            writer.close()

    def freeze(self) -> None:
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def mend(self) -> None:
        self._until, self._silent = None, False

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._served.add(task)
        task.add_done_callback(self._served.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._socket.startswith("/"):
            upstream = await asyncio.open_unix_connection(f"{self._socket}/.s.PGSQL.{self._port}")
        else:
            upstream = await asyncio.open_connection(self._socket, self._port)
        self._writers |= {writer, upstream[1]}
        try:
            await asyncio.gather(self._there(reader, upstream[1]), self._back(upstream[0], writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers -= {writer, upstream[1]}
            writer.close()
            upstream[1].close()

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Message by message: the first has no kind."""
        begun = False
        while True:
            head = await reader.readexactly(5 if begun else 4)
            (length,) = struct.unpack(">I", head[-4:])
            body = await reader.readexactly(length - 4)
            await self._flows.wait()
            runs = begun and head[:1] in (b"E", b"Q")
            if self._until is not None and self._gone >= self._until and (runs or not self._by_statements):
                self.cut()
                return
            if begun:
                self.messages += 1
                self.statements += runs
                if head[:1] in (b"P", b"Q"):
                    self.said.append(body.split(b"\0")[head[:1] == b"P"].decode())
            begun = True
            writer.write(head + body)
            await writer.drain()
            if self._silent and runs >= self._by_statements and self._gone == self._until:
                asyncio.get_running_loop().call_later(0.03, self.cut)  # once the server has had it

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            await self._flows.wait()
            if not (self._silent and self._until is not None and self._gone >= self._until):
                writer.write(data)
                await writer.drain()
        writer.close()
