"""What was set aside is shown without its words, handed in again, answered once, and let go."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.web.wire import content_in
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Due, Event
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role
from bot.logs import reference
from bot.operations.dead_letter_admin import DeadLetterAdmin, reminder_as_raw
from bot.phrase import _

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from acts import set_aside

ZOE = "web:zoe"


class Broken:
    """Whether the one topic there is fails, and what it did."""

    fails = True
    runs = 0


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
def engine(store, understanding, talk_catalogue, broken):
    registry = Registry()

    @registry.topic("welcome", title=_("Menu"), role=Role.WELCOME, due=("nudge",))
    async def welcome(talk: Talk) -> None:
        if broken.fails:
            raise ValueError("these words are of a person")
        broken.runs += 1
        talk.say(_("Here is the menu."))

    return Engine(store, understanding, registry, talk_catalogue)


@pytest.fixture
def admin(store, engine):
    def posted(parked):
        content = content_in(parked.raw)
        return Event(parked.event, parked.chat, content, datetime.now(UTC)) if content else None

    return DeadLetterAdmin(store, engine, {"web": posted})


RAW = json.dumps({"id": "3f2b1c9e-0000-4000-8000-000000000001", "text": "/start"})


async def fail(engine: Engine, raw: str = RAW) -> str:
    """An event that fails until it is set aside; its reference."""
    handled = await engine.handle(Event("web:post-1", ZOE, Command("start"), datetime.now(UTC), raw=raw))
    assert handled.parked
    return reference("web:post-1")


async def test_what_was_set_aside_is_listed_without_what_was_written(engine, admin):
    name = await fail(engine)

    (listed,) = await admin.parked()
    assert (listed["reference"], listed["channel"], listed["error"], listed["tries"]) == (name, "web", "ValueError", 3)
    assert "start" not in json.dumps(listed)
    assert "zoe" not in json.dumps(listed)

    (shown,) = await admin.parked(show=True)
    assert (shown["raw"], shown["chat"]) == (RAW, ZOE)


async def test_handed_in_again_once_the_fault_is_mended_it_is_answered_and_gone(engine, admin, store, broken):
    name = await fail(engine)
    broken.fails = False

    assert await admin.replay([name[:6]]) == [{"reference": name, "outcome": "answered"}]
    assert await admin.parked() == []
    assert [message.body["text"] for message in await store.waiting(ZOE)][-1] == "Here is the menu."


async def test_while_the_fault_is_there_it_stays_and_nobody_is_told_twice(engine, admin, store):
    name = await fail(engine)
    told = len(await store.waiting(ZOE))

    assert await admin.replay([]) == [{"reference": name, "outcome": "failed", "why": "ValueError"}]
    assert [one["tries"] for one in await admin.parked()] == [4]
    assert len(await store.waiting(ZOE)) == told


async def test_killed_after_the_answer_and_before_it_went_it_is_not_run_twice(engine, admin, store, broken):
    name = await fail(engine)
    broken.fails = False
    await engine.replay(Event("web:post-1~3", ZOE, Command("start"), datetime.now(UTC)))

    assert await admin.replay([name]) == [{"reference": name, "outcome": "done already"}]
    assert broken.runs == 1
    assert await admin.parked() == []


async def test_what_cannot_be_read_again_stays(store, admin):
    await set_aside(store, "web:post-2", ZOE, "nonsense", at=datetime.now(UTC))
    await set_aside(store, "fax:1", "fax:1", "{}", at=datetime.now(UTC))

    assert [one["outcome"] for one in await admin.replay([])] == ["cannot", "cannot"]
    assert len(await admin.parked()) == 2


async def test_a_reminder_that_failed_is_due_again(engine, admin, store):
    async def remind(turn):
        turn.schedule("nudge", "mission-7", datetime.now(UTC), {"what": "la maraude"})

    await store.turn("web:1", ZOE, remind, at=datetime.now(UTC))
    (due,) = await store.due(datetime.now(UTC), 10)
    raw = reminder_as_raw(due.name, due.data)
    await engine.handle(Event(due.id, ZOE, Due(due.name, due.data), datetime.now(UTC), raw=raw))
    assert await store.due(datetime.now(UTC), 10) == []

    assert [one["outcome"] for one in await admin.replay([])] == ["scheduled"]
    (again,) = await store.due(datetime.now(UTC), 10)
    assert (again.name, again.data) == ("nudge", {"what": "la maraude", "key": "mission-7"})
    assert await admin.parked() == []


async def test_what_is_let_go_is_gone_and_the_others_stay(store, admin):
    for number in (1, 2):
        await set_aside(store, f"web:{number}", ZOE, RAW, at=datetime.now(UTC))

    assert await admin.drop_parked([reference("web:1")]) == [{"reference": reference("web:1"), "dropped": True}]
    assert [one["reference"] for one in await admin.parked()] == [reference("web:2")]
    assert await admin.drop_parked(["nothing"]) == []


async def test_refused_replies_are_listed_without_their_words_and_let_go(store, admin):
    async def say(turn):
        turn.send({"text": "Bonjour Zoé"})

    await store.turn("web:1", ZOE, say, at=datetime.now(UTC))
    (message,) = await store.waiting(ZOE)
    await store.refused(message, "Bad Request: message is too long")

    (listed,) = await admin.refused()
    assert (listed["channel"], listed["reason"]) == ("web", "Bad Request: message is too long")
    assert "Zoé" not in json.dumps(listed, ensure_ascii=False)
    assert (await admin.refused(show=True))[0]["text"] == "Bonjour Zoé"
    assert await admin.drop_refused([]) == [{"id": message.id, "dropped": True}]
    assert await admin.refused() == []
