"""How an operator's command reaches the server at work: a socket in the data folder, open to its owner alone.

One request a connection, a line of JSON: `{"do": NAME, "with": {…}}`; and one line back: `{"result": …}` or
`{"error": "a sentence"}`. Whoever can open the socket can read the data folder already, so there is no other key.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.private_folder import private_folder

__all__ = ["SOCKET", "Acts", "CannotDo", "NotServing", "ask", "serve"]

log = logging.getLogger(__name__)

SOCKET = "allie.control"
LARGEST = 4 << 20
"""Bytes of a request or an answer."""
TIMEOUT = 10.0
"""Seconds that a request may take to arrive, and an answer to be taken."""

Act = Callable[..., Awaitable[Any]]


class NotServing(Exception):
    """No server is at work on this data folder."""


class CannotDo(Exception):
    """What was asked cannot be done; the message is a sentence for the operator."""


class Acts:
    """What the server does when it is asked, by name. An act takes its values by name and returns JSON."""

    def __init__(self) -> None:
        self._acts: dict[str, Act] = {}

    def add(self, name: str, act: Act) -> None:
        """Raises `ValueError` if the name is taken."""
        if name in self._acts:
            raise ValueError(f"The act {name} is there twice.")
        self._acts[name] = act

    async def do(self, request: Any) -> dict[str, Any]:
        """What comes of a request; a mistake in it, or in the act, is an answer too."""
        name = request.get("do") if isinstance(request, dict) else None
        given = request.get("with", {}) if isinstance(request, dict) else None
        if not isinstance(name, str) or not isinstance(given, dict):
            return {"error": 'A request is {"do": NAME, "with": {…}}.'}
        act = self._acts.get(name)
        if act is None:
            return {"error": f"This server does not know “{name[:60]}”: it may be another version."}
        try:
            inspect.signature(act).bind(**given)
        except TypeError as error:
            return {"error": f"“{name}” is not asked for like that: {error}."}
        try:
            return {"result": await act(**given)}
        except CannotDo as no:
            return {"error": str(no)}
        except Exception as error:
            log.error("an operator's request failed: %s (%s)", name, type(error).__name__)
            return {"error": f"The server failed ({type(error).__name__}): see its log."}


@asynccontextmanager
async def serve(folder: Path, acts: Acts) -> AsyncIterator[None]:
    """Answer requests while the context is open. Where another process of this folder answers already, it stays so."""
    with contextlib.suppress(NotServing):
        (await _connect(folder))[1].close()
        log.info("another process of this data folder answers the operator")
        yield
        return
    listening = _listening(folder)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            await _answer(reader, writer, acts)
        writer.close()

    server = await asyncio.start_unix_server(answer, sock=listening, limit=LARGEST)
    try:
        yield
    finally:
        server.close()
        (folder / SOCKET).unlink(missing_ok=True)


def _listening(folder: Path) -> socket.socket:
    private_folder(folder)
    (folder / SOCKET).unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _reached(folder) as path:
        before = os.umask(0o177)
        try:
            listening.bind(path)
        finally:
            os.umask(before)
    return listening


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, acts: Acts) -> None:
    try:
        async with asyncio.timeout(TIMEOUT):
            request = json.loads(await reader.readline())
    except (ValueError, RecursionError):
        request = None
    writer.write(json.dumps(await acts.do(request)).encode() + b"\n")
    async with asyncio.timeout(TIMEOUT):
        await writer.drain()


async def ask(folder: Path, do: str, given: Mapping[str, Any] | None = None) -> Any:
    """Have the server at work on `folder` do something, and return its result.

    Raises `NotServing` when there is none, `CannotDo` with the server's sentence when it says no.
    """
    reader, writer = await _connect(folder)
    try:
        writer.write(json.dumps({"do": do, "with": dict(given or {})}).encode() + b"\n")
        await writer.drain()
        line = await reader.readline()
    except (OSError, ValueError) as error:
        raise CannotDo(f"The server did not answer ({type(error).__name__}).") from None
    finally:
        writer.close()
    if not line:
        raise CannotDo("The server stopped before it answered.")
    answer = json.loads(line)
    if "error" in answer:
        raise CannotDo(answer["error"])
    return answer["result"]


async def _connect(folder: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        with _reached(folder) as path:
            return await asyncio.open_unix_connection(path, limit=LARGEST)
    except OSError:
        raise NotServing(f"No Allié is serving from {folder}.") from None


@contextlib.contextmanager
def _reached(folder: Path) -> Iterator[str]:
    """A short way to the socket: its address holds about a hundred bytes, and a folder may lie deeper than that."""
    path = str(folder / SOCKET)
    if len(os.fsencode(path)) < 100 or not Path("/proc/self/fd").exists():
        yield path
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}/{SOCKET}"
    finally:
        os.close(opened)
