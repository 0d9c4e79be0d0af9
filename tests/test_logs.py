"""Each line of the log stands alone, says where and when, and holds nothing of what people write."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Event
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Registry, Role
from bot.logs import Form, handler, reference
from bot.phrase import _
from bot.store.sqlite import SqliteStore
from bot.understanding import Understanding

Written = Callable[[Callable[[logging.Logger], None]], list[str]]


@pytest.fixture
def written(form: Form) -> Written:
    """What a logger writes while something is done with it."""

    def lines(act: Callable[[logging.Logger], None]) -> list[str]:
        target, logger = io.StringIO(), logging.Logger("bot.somewhere")
        logger.addHandler(handler(form, target))
        act(logger)
        return target.getvalue().splitlines()

    return lines


both = pytest.mark.parametrize("form", ["text", "json"])
as_json = pytest.mark.parametrize("form", ["json"])


@as_json
def test_a_line_for_a_program_says_when_where_and_what(written: Written) -> None:
    (line,) = written(lambda log: log.warning("the outbox waits: %s", "busy", extra={"reply": 12}))
    said = json.loads(line)
    assert datetime.fromisoformat(said.pop("time")).tzinfo is not None
    assert said == {"level": "warning", "logger": "bot.somewhere", "message": "the outbox waits: busy", "reply": 12}


@both
def test_a_message_of_several_lines_is_one_line(written: Written) -> None:
    (line,) = written(lambda log: log.error("a\nb\r\u2028c \x1b[31m"))
    assert "\x1b" not in line


def fail(log: logging.Logger) -> None:
    try:
        try:
            int("je donne 300 euros")
        except ValueError as error:
            raise RuntimeError("j’ai mal au dos") from error
    except RuntimeError:
        log.exception("it failed")


@both
def test_of_an_error_the_kind_and_the_way_are_said_and_not_its_words(written: Written) -> None:
    (line,) = written(fail)
    assert "RuntimeError" in line
    assert "ValueError" in line
    assert "test_logs.py:" in line
    assert "300" not in line
    assert "dos" not in line


async def test_the_lines_of_a_turn_bear_its_reference_and_nobody_s_number(
    store: SqliteStore, understanding: Understanding, talk_catalogue: AwaitedCatalogue
) -> None:
    registry = Registry()

    @registry.topic("welcome", title=_("Menu"), role=Role.WELCOME)
    async def welcome(talk: Talk) -> None:
        raise ValueError("what was written")

    target, logger = io.StringIO(), logging.getLogger("bot")
    writing = handler("json", target)
    logger.addHandler(writing)
    try:
        event = Event("telegram:8812", "telegram:4711", Command("start"), datetime.now(UTC), raw="what was written")
        await Engine(store, understanding, registry, talk_catalogue).handle(event)
    finally:
        logger.removeHandler(writing)
    lines = [json.loads(line) for line in target.getvalue().splitlines()]
    assert {line["turn"] for line in lines} == {reference("telegram:8812")}
    assert "what was written" not in target.getvalue()
    assert "4711" not in target.getvalue()
