"""A reply says its language, so that a screen reader reads it with the right voice."""

from __future__ import annotations

import uuid

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.routes import add_routes
from bot.dialogue.engine import Engine


class NothingWaits:
    async def pending(self, chat):
        return []

    async def delivered(self, chat, ids):
        return None


@pytest.mark.parametrize(("words", "language"), [("bonjour à vous", "fr"), ("hello, how are you?", "en")])
async def test_a_reply_says_its_language(store, understanding, topics, talk_catalogue, words, language):
    app = web.Application()
    add_routes(app, Engine(store, understanding, topics, talk_catalogue), secret=b"s" * 32, waiting=NothingWaits())
    async with TestClient(TestServer(app)) as client:
        origin = str(client.make_url("/")).rstrip("/")
        message = {"id": str(uuid.uuid4()), "text": words}
        response = await client.post("/api/messages", json=message, headers={"Origin": origin})
        assert [reply["language"] for reply in (await response.json())["replies"]] == [language]
