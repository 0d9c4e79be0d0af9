"""The simulator in a thread of its own, for a program that is not asynchronous or wants its loop for itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from .simulator import Simulator

__all__ = ["Served", "serve"]

T = TypeVar("T")


@dataclass(frozen=True)
class Served:
    """`telegram` lives in its own thread: touch it only through `do` and `wait`."""

    telegram: Simulator
    loop: asyncio.AbstractEventLoop

    def do(self, act: Callable[[Simulator], T]) -> T:
        """`served.do(lambda telegram: telegram.person(1).says("bonjour"))`"""

        async def there() -> T:
            return act(self.telegram)

        return asyncio.run_coroutine_threadsafe(there(), self.loop).result()

    def wait(self, act: Callable[[Simulator], Any], within: float = 10.0) -> Any:
        """`served.wait(lambda telegram: telegram.person(1).sees("Bonjour"))`"""

        async def there() -> Any:
            return await act(self.telegram)

        return asyncio.run_coroutine_threadsafe(there(), self.loop).result(within)


@contextmanager
def serve(**options: Any) -> Iterator[Served]:
    """A running simulator; the options are those of `Simulator`. It stops when the block ends."""
    ready = threading.Event()
    held: list[Served] = []
    stop: list[asyncio.Event] = []

    async def main() -> None:
        async with Simulator(**options) as telegram:
            held.append(Served(telegram, asyncio.get_running_loop()))
            stop.append(asyncio.Event())
            ready.set()
            await stop[0].wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),), name="telegram", daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("the simulated Telegram did not start")
    try:
        yield held[0]
    finally:
        held[0].loop.call_soon_threadsafe(stop[0].set)
        thread.join(10)
