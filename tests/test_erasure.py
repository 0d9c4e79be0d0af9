"""Somebody leaves traces everywhere, asks for all of it, and has it erased: nothing is left in any byte of any file."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalogue import needs as kept_needs
from bot.catalogue.awaited import open_catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Command, Content, Due, Event, Press
from bot.dialogue.topic import Registry
from bot.store.sqlite import SqliteStore
from bot.understanding import Understanding
from tests.conftest import NOON, Conversation

CHAT = "telegram:471198765"
WORDS = ("zephyrine", "471198765", "cerfs-volants", "kerouane")
"""The person's number, and words that only they wrote."""


UPDATES = itertools.count(1)


class Person(Conversation):
    """The ids of what they send say nothing of them, as those of Telegram's updates."""

    async def send(self, content: Content, **details: object) -> Handled:
        event = Event(f"telegram:{next(UPDATES)}", self.chat, content, self.at, language=self.language, **details)
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
    catalogue = open_catalogue(folder, places=gazetteer(), organisations=known_organisations())
    yield House(folder, store, Engine(store, understanding, topics, catalogue))
    catalogue.close()
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
    (waiting,) = await house.engine.catalogue.needs_waiting()
    assert "zephyrine" in json.dumps(waiting.mission.as_json()).lower()
    await house.engine.catalogue.write(lambda writer: kept_needs.approve(writer, waiting.mission.id, now=NOON))
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


async def publishes(one: Person, side: str, words: str, name: str, contact: str) -> None:
    await one.send(Press(f">offers.side={side}"))
    await one.press("Des biens, du matériel")
    for answer in (words, "Brest", "passer"):
        await one.say(answer)
    await one.press("Laisser notre besoin" if side == "seeks" else "Laisser notre offre")
    for answer in (name, contact):
        await one.say(answer)
    await one.press("Oui")


async def looks(one: Person) -> None:
    await one.send(Press(">offers.side=brings"))
    await one.press("Des biens, du matériel")
    for answer in ("dix ordinateurs en bon état", "Brest", "passer"):
        await one.say(answer)


@pytest.mark.parametrize("agrees", [False, True])
async def test_nothing_is_left_with_those_who_were_shown_it(
    house: House, understanding: Understanding, topics: Registry, agrees: bool
) -> None:
    owner, asker, reader, admin = (
        Person(house.engine, f"telegram:{number}", language="fr") for number in (4711, 4712, 4713, 4714)
    )
    house.engine = Engine(house.store, understanding, topics, house.engine.catalogue, moderators=[admin.chat])
    for one in (owner, asker, reader, admin):
        one.engine = house.engine
    await publishes(owner, "seeks", "deux zorglubs pour notre salle", "Les Ownermarker", "owner@zorglub.example")
    await looks(reader)
    assert "Ownermarker" in reader.text
    await looks(asker)
    await asker.press(next(label for label in asker.labels if "Ownermarker" in label))
    for answer in ("Askermarker Quibble", "nous aimerions quibbler", "asker@quibble.example"):
        await asker.say(answer)
    await asker.press("Oui")

    async def comes(*people: Person) -> None:
        while found := await house.store.due(NOON, 20):
            for due in found:
                await house.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), NOON))

    await comes()
    request = next(iter((await house.store.turn("look", owner.chat, received, at=NOON)).value))
    if agrees:
        await owner.send(Press(f">introductions.yes={request}"))
        await owner.say("owner@zorglub.example")
        await owner.press("Oui")
        await comes()
    else:
        await owner.send(Press(f">introductions.complain={request}"))
        await comes()
    asked, owned = ("askermarker", "quibble"), ("ownermarker", "zorglub")
    assert {word for _, word in house.found(*asked, *owned)} == {*asked, *owned}
    await erase(house, asker)
    assert house.found(*asked) == []
    await erase(house, owner)
    assert house.found(*owned) == []


async def received(turn) -> list[str]:
    return list(turn.records("received"))


async def erase(house: House, one: Person) -> None:
    await one.say("oubliez-moi")
    await one.press("Oui")
    assert one.last.forgotten
    for message in await house.store.waiting(one.chat):
        await house.store.delivered(message)


async def test_a_need_is_left_with_nobody_who_was_shown_it(house: House) -> None:
    me = await leave_traces(house)
    (waiting,) = await house.engine.catalogue.needs_waiting()
    await house.engine.catalogue.write(lambda writer: kept_needs.approve(writer, waiting.mission.id, now=NOON))
    other = Person(house.engine, "telegram:4715", language="fr")
    await other.send(Press(f">mission.i={waiting.mission.id}"))
    assert "Zephyrine" in other.text
    await other.send(Press(f">mission.k={waiting.mission.id}"))
    await other.send(Command("favoris"))
    await other.send(Press(f">mission.j={waiting.mission.id}"))
    await erase(house, me)
    assert house.found(*WORDS) == []


async def test_a_label_with_words_of_others_can_be_typed_and_is_not_kept(house: House) -> None:
    owner, reader = (Person(house.engine, f"telegram:{number}", language="fr") for number in (4711, 4713))
    await publishes(owner, "seeks", "deux zorglubs pour notre salle", "Les Ownermarker", "owner@zorglub.example")
    await looks(reader)
    label = next(label for label in reader.labels if "Ownermarker" in label)

    async def session(turn) -> str:
        return json.dumps(turn.session)

    assert "Ownermarker" not in (await house.store.turn("look", reader.chat, session, at=NOON)).value
    await reader.say(label.upper())
    assert "Sous quel nom" in reader.text or "Qui" in reader.text, reader.text
