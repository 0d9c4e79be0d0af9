"""Real processes of `allie serve`, and a balancer in front of them."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import aiohttp
from aiohttp import web

__all__ = ["Balancer", "Served"]

SCRIPT = Path(__file__).with_name("roll_call.py")
STARTED_WITHIN = 300.0
"""Seconds, on the busiest machine, where what is learnt from examples has to be learnt first."""


@dataclass(eq=False)
class Served:
    """One process. `await Served.start(folder, …)`, then `kill`, `freeze`, `thaw` or `stop` it."""

    process: asyncio.subprocess.Process
    address: str
    log: Path
    said: list[str] = field(default_factory=list)

    @classmethod
    async def start(cls, folder: Path, **settings: str) -> Self:
        served = await cls.begin(folder, **settings)
        await served.is_up()
        return served

    @classmethod
    async def begin(cls, folder: Path, **settings: str) -> Self:
        """The same, without waiting until it serves."""
        log = folder.with_name(folder.name + ".log")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLIE_")}
        given = {"ALLIE_DATA_DIR": str(folder), "ALLIE_PORT": "0", **settings}
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, SCRIPT, "serve", env=kept | given, stdout=asyncio.subprocess.PIPE, stderr=errors
            )
        return cls(process, "", log)

    async def is_up(self) -> None:
        assert self.process.stdout is not None
        async with asyncio.timeout(STARTED_WITHIN):
            while not self.address:
                line = (await self.process.stdout.readline()).decode()
                assert line, f"it did not start:\n{self.log.read_text()[-3000:]}"
                self.said.append(line)
                if line.startswith("Allié is at "):
                    self.address = line.split()[-1]

    @property
    def is_running(self) -> bool:
        return self.process.returncode is None

    def signal(self, number: signal.Signals) -> None:
        if self.is_running:
            self.process.send_signal(number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.process.wait()

    def freeze(self) -> None:
        """As a host that is there no more, and says so to nobody."""
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    async def stop(self) -> int:
        """Ask it to stop, and wait for that. Its exit code."""
        self.signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.said += (await self.process.stdout.read()).decode().splitlines()
        return await self.process.wait()

    async def end(self) -> None:
        """Whatever state it is in."""
        if self.is_running:
            self.thaw()
            await self.kill()


class Balancer:
    """`async with Balancer(dice) as balancer`: posts go to one of `replicas`, some of them to two at once.

    A replica that does not answer is a 502, as from any load balancer; the platform then comes again.
    """

    def __init__(self, dice: random.Random, *, twice: float = 0.0, timeout: float = 15.0) -> None:
        self.replicas: list[Served] = []
        self.doubled = 0
        self._dice, self._twice, self._timeout = dice, twice, timeout
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/telegram", self._carry)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True), timeout=aiohttp.ClientTimeout(self._timeout)
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *problem: object) -> None:
        if self._runner:
            await self._runner.cleanup()
        if self._session:
            await self._session.close()

    async def _carry(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name not in ("Host", "Content-Length")}
        up = [replica for replica in self.replicas if replica.is_running]
        if not up:
            return web.Response(status=502)
        chosen = [self._dice.choice(up)]
        if self._dice.random() < self._twice:
            self.doubled += 1
            chosen.append(self._dice.choice(up))
        first, *_ = await asyncio.gather(*(self._ask(replica, body, headers) for replica in chosen))
        return first

    async def _ask(self, replica: Served, body: bytes, headers: dict[str, str]) -> web.Response:
        assert self._session is not None
        try:
            async with self._session.post(replica.address + "/telegram", data=body, headers=headers) as answer:
                kept = {
                    name: answer.headers[name] for name in ("Content-Type", "Retry-After") if name in answer.headers
                }
                return web.Response(status=answer.status, body=await answer.read(), headers=kept)
        except (aiohttp.ClientError, TimeoutError):
            return web.Response(status=502)
