"""A server at work, on a port of its own, with its data in a temporary folder."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.server import serving
from bot.settings import Settings

Served = Callable[..., AbstractAsyncContextManager[aiohttp.ClientSession]]


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """`async with served() as client`: what asks the server, its settings as given."""

    @asynccontextmanager
    async def serve(**given: object) -> AsyncIterator[aiohttp.ClientSession]:
        settings = Settings(**{"data_dir": tmp_path / "data", "port": 0, **given})
        jar = aiohttp.CookieJar(unsafe=True)  # of an address, too
        async with serving(settings) as running, aiohttp.ClientSession(running.address, cookie_jar=jar) as client:
            yield client

    return serve


async def say(client: aiohttp.ClientSession, text: str) -> None:
    """One message from the web page."""
    post = {"id": str(uuid.uuid4()), "text": text}
    async with client.post("/api/messages", json=post, headers={"Sec-Fetch-Site": "same-origin"}) as response:
        assert response.status == 200, await response.text()
