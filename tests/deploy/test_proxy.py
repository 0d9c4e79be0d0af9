"""The Caddyfile that is shipped, before two processes that stand for Allié: when one goes, all is answered."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")

CADDYFILE = Path(__file__).resolve().parents[2] / "deploy" / "Caddyfile"
NOTICED_WITHIN = 20.0
"""Seconds for the proxy to see that a process is ready, or is not any more; it asks every two."""


class Process:
    """Answers as Allié does, with its own name."""

    def __init__(self, name: str) -> None:
        self.name, self.ready, self.port = name, True, 0
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        async def readyz(request: web.Request) -> web.Response:
            return web.Response(status=200 if self.ready else 503)

        async def answer(request: web.Request) -> web.Response:
            return web.Response(text=f"{self.name} {request.method} {await request.text()}")

        app = web.Application()
        app.router.add_get("/readyz", readyz)
        app.router.add_route("*", "/{path:.*}", answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None


class House:
    """The proxy at `address`, and the two processes behind it."""

    def __init__(self, address: str, processes: tuple[Process, Process], client: aiohttp.ClientSession) -> None:
        self.address, self.processes, self._client = address, processes, client

    async def get(self, path: str = "/") -> tuple[int, str]:
        return await self._ask("GET", path)

    async def post(self, body: str) -> tuple[int, str]:
        return await self._ask("POST", "/telegram", body)

    async def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """What was on its way to a process that went is told so, and is sent again, as Telegram and the page do."""
        while True:
            async with self._client.request(method, self.address + path, data=body) as answer:
                if answer.status < 500:
                    return answer.status, await answer.text()
            await asyncio.sleep(0.05)

    async def are_served_by(self, *names: str) -> None:
        """Wait until twenty requests in a row are served by these, each of them at least once."""
        async with asyncio.timeout(NOTICED_WITHIN):
            while True:
                answers = [(await self.get())[1].split() for _ in range(20)]
                if {words[0] for words in answers if words} == set(names):
                    return
                await asyncio.sleep(0.2)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    one, other = Process("one"), Process("other")
    await one.start()
    await other.start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    shipped = CADDYFILE.read_text()
    for name, process in (("allie-1", one), ("allie-2", other)):
        assert f"{name}:8080" in shipped
        shipped = shipped.replace(f"{name}:8080", f"127.0.0.1:{process.port}")
    (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n}\n" + shipped)
    proxy = await asyncio.create_subprocess_exec(
        *("caddy", "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")),
        env={"DOMAIN": address, "HOME": str(tmp_path)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with aiohttp.ClientSession() as client:
        house = House(address, (one, other), client)
        try:
            async with asyncio.timeout(NOTICED_WITHIN):
                while True:
                    assert proxy.returncode is None, "caddy does not take the Caddyfile"
                    try:
                        await house.get()
                        break
                    except aiohttp.ClientConnectorError:
                        await asyncio.sleep(0.05)
            yield house
        finally:
            if proxy.returncode is None:
                proxy.terminate()
            await proxy.wait()
            await one.stop()
            await other.stop()


async def test_both_serve_and_what_is_measured_stays_inside(house: House):
    await house.are_served_by("one", "other")
    for path in ("/metrics", "/healthz", "/readyz"):
        assert await house.get(path) == (404, "")


async def test_when_a_process_goes_all_is_answered_by_the_other_until_it_is_back(house: House):
    one, _ = house.processes
    await house.are_served_by("one", "other")
    await one.stop()
    async with asyncio.timeout(NOTICED_WITHIN):
        for number in range(20):
            assert await house.post(str(number)) == (200, f"other POST {number}")
            assert await house.get() == (200, "other GET ")
    await one.start()
    await house.are_served_by("one", "other")


async def test_a_process_that_is_not_ready_is_asked_nothing(house: House):
    one, other = house.processes
    await house.are_served_by("one", "other")
    other.ready = False
    await house.are_served_by("one")
    other.ready, one.ready = True, False
    await house.are_served_by("other")
