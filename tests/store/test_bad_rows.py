"""A row that cannot be read any more counts as empty and is said in the log: it holds up no other, and no person."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest

from bot.store import Turn

ZOE, MAX = "telegram:4711", "telegram:4712"
WRITTEN = '{"this": "is half a'


def spoil(place: Any, table: str, column: str) -> None:
    """As a damaged block, or somebody's hand, leaves Zoé's rows of a table."""
    statement = f"UPDATE {table} SET {column} = '{WRITTEN}' WHERE chat = '{ZOE}'"  # noqa: S608 - our own words
    if place.engine == "sqlite":
        with closing(sqlite3.connect(place.folder / "allie.sqlite3", isolation_level=None)) as connection:
            assert connection.execute(statement).rowcount > 0
    else:
        with psycopg.connect(place.address, autocommit=True) as connection:
            assert connection.execute(statement.encode()).rowcount > 0


@pytest.fixture
async def talked(store, noon):
    """Zoé and Max have each said something, kept something, and wait for something."""

    async def work(turn: Turn, chat: str) -> None:
        turn.save({"count": 1})
        turn.send({"text": "hello"})
        turn.answer([{"text": "hello"}])
        turn.put("favourite", "1", {"name": "the swallows"})
        turn.put("news", "on", {"subject": "all"})
        turn.schedule("nudge", "1", noon, {"about": "swallows"})
        turn.post("need", f"of {chat}", {"what": "bread"}, category="69", until=noon + timedelta(days=1))

    for chat in (ZOE, MAX):
        await store.turn(f"event:{chat}", chat, partial(work, chat=chat), at=noon)
    return store


async def test_a_conversation_that_cannot_be_read_is_begun_anew(place, talked, people, caplog):
    spoil(place, "conversation", "session")
    assert (await people.session(ZOE)) == {}
    assert (await people.session(MAX)) == {"count": 1}
    assert "cannot be read any more" in caplog.text
    assert WRITTEN not in caplog.text


async def test_a_reply_that_cannot_be_read_holds_up_no_other(place, talked):
    spoil(place, "outbox", "body")
    taken = {message.chat: message.body for message in await talked.take("telegram", 10)}
    assert taken == {ZOE: {}, MAX: {"text": "hello"}}


async def test_a_reminder_that_cannot_be_read_holds_up_no_other(place, talked, noon):
    spoil(place, "due", "body")
    assert {due.chat: due.data for due in await talked.due(noon, 10)} == {
        ZOE: {"key": "1"},
        MAX: {"about": "swallows", "key": "1"},
    }


async def test_an_answer_that_cannot_be_read_is_given_again_empty(place, talked, people):
    spoil(place, "seen", "answer")
    done = await people.say(ZOE, event=f"event:{ZOE}")
    assert (done.duplicate, list(done.replies)) == (True, [])


async def test_what_others_read_is_there_without_what_cannot_be(place, talked, noon):
    spoil(place, "notice", "body")

    async def work(turn: Turn) -> Any:
        return await turn.board("need", ["69"], noon), await turn.notice("need", f"of {ZOE}", noon)

    board, notice = (await talked.turn("look", MAX, work, at=noon)).value
    assert board == {f"of {ZOE}": {}, f"of {MAX}": {"what": "bread"}}
    assert notice == {}


async def test_a_record_that_cannot_be_read_is_empty_and_is_handed_over_as_it_is(place, talked, noon):
    spoil(place, "record", "body")

    async def work(turn: Turn) -> Any:
        return turn.records("favourite"), await turn.export()

    records, export = (await talked.turn("look", ZOE, work, at=noon)).value
    assert records == {"1": {}}
    assert {record["body"] for record in export["records"]} == {WRITTEN}
    assert [agreed.chat for agreed in await talked.broadcasts.agreed("", noon, 10)] == [ZOE, MAX]
