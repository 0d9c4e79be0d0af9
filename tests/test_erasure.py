"""Somebody leaves traces everywhere, asks for all of it, and has it erased: nothing is left in any byte of any file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue import needs as kept_needs
from bot.catalogue import shared
from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Command, Content, Due, Event
from bot.dialogue.topic import Registry
from bot.store.sqlite import SqliteStore
from bot.understanding import Understanding
from tests.conftest import NOON, Conversation

CHAT = "telegram:471198765"
WORDS = ("zephyrine", "471198765", "cerfs-volants", "kerouane")
"""The person's number, and words that only they wrote."""


class Person(Conversation):
    """The ids of what they send say nothing of them, as those of Telegram's updates."""

    async def send(self, content: Content, **details: object) -> Handled:
        event = Event(f"telegram:{next(self._numbers)}", self.chat, content, self.at, language=self.language, **details)
        self.last = await self.engine.handle(event, answer="direct")
        return self.last


@dataclass
class House:
    folder: Path
    store: SqliteStore
    engine: Engine

    def found(self, *words: str) -> list[tuple[str, str]]:
        """Where the words are, in the raw bytes of the files, in either case."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        content = [(path.name, path.read_bytes().lower()) for path in files]
        return [(name, word) for name, held in content for word in words if word.encode() in held]


@pytest.fixture
async def house(tmp_path: Path, understanding: Understanding, topics: Registry) -> AsyncIterator[House]:
    folder = tmp_path / "data"
    store = SqliteStore.open(folder)
    shared.use(folder)
    yield House(folder, store, Engine(store, understanding, topics))
    shared.forget()
    await store.close()


async def leave_traces(house: House) -> Person:
    """A need with one's address, approved; an alert, a favourite, the news; talks half done."""
    me = Person(house.engine, CHAT, language="fr")
    await me.send(Command("besoin"))
    for answer in (
        "Les cerfs-volants de Zephyrine",
        "Apprendre à tisser des cerfs-volants",
        "Avec Zephyrine, à Kerouane",
        "Brest",
        *("passer", "passer", "passer"),
        "zephyrine@kerouane.example",
        "oui",
    ):
        await me.say(answer)
    await me.say("mes alertes")
    await me.press("Recevoir les nouvelles d’Allié")
    await me.press("Tout")
    await me.say("Brest")
    await me.say("je donne 300 euros aux cerfs-volants de Zephyrine")
    return me


async def test_nothing_is_left_in_any_file(house: House) -> None:
    me = await leave_traces(house)
    (waiting,) = await shared.catalogue().needs_waiting()
    assert "zephyrine" in json.dumps(waiting.mission.as_json()).lower()
    await shared.catalogue().write(lambda writer: kept_needs.approve(writer, waiting.mission.id, now=NOON))
    for due in await house.store.due(NOON + timedelta(days=2), 20):
        await house.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), NOON + timedelta(days=1)))
    assert {word for _, word in house.found(*WORDS)} == set(WORDS)

    await me.say("mes données")
    await me.press("Recevoir mes données")
    (file,) = [file for reply in me.last.replies for file in reply.files]
    handed = file.content.decode().lower()
    assert [word for word in WORDS[:1] + WORDS[2:] if word not in handed] == []
    assert '"news"' in handed

    await me.say("oubliez-moi")
    await me.press("Oui")
    assert me.last.forgotten
    for message in await house.store.waiting(CHAT):
        await house.store.delivered(message)
    assert house.found(*WORDS) == []
