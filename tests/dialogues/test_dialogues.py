"""Whole conversations as scripts that a volunteer could write; see CONTRIBUTING.md for the signs.

The same scripts are played straight to the engine, on the web over HTTP, and through a Bot API over HTTP.
"""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.engine import Engine
from bot.logs import NOISY, handler
from bot.store.sqlite import SqliteStore

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]  # players, telegram_simulator
from players import Player, Seen, plain_spaces, playing  # noqa: E402

FOLDER = Path(__file__).parent
SIGNS = re.compile(r"^(>|<|!<|=|!=|@|file:|\[)\s?(.*)$")


@dataclass
class Turn:
    """What the person does, and what must be seen then."""

    line: int
    does: str
    says: str
    expects: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass
class Script:
    """A conversation: its clock, its language, its turns."""

    now: datetime
    language: str
    turns: list[Turn]


def read_script(path: Path) -> Script:
    header: dict[str, str] = {}
    turns: list[Turn] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = SIGNS.match(line)
        if found is None:
            name, _, value = line.partition(":")
            assert not turns, f"{path.name}:{number}: {line!r} is no turn"
            header[name.strip()] = value.strip()
        elif found[1] in (">", "@"):
            turns.append(Turn(number, found[1], found[2]))
        elif found[1] == "[":
            turns.append(Turn(number, "[", found[2].rstrip().removesuffix("]")))
        else:
            assert turns, f"{path.name}:{number}: nobody spoke yet"
            turns[-1].expects.append((number, found[1], found[2].strip()))
    now = datetime.fromisoformat(header.pop("now", "2026-11-22")).replace(hour=11, tzinfo=UTC)
    language = header.pop("language", path.parent.name)
    assert not header, f"{path.name}: unknown header {', '.join(header)}"
    assert all(turn.expects for turn in turns), f"{path.name}: a turn expects nothing"
    return Script(now, language, turns)


SCRIPTS = sorted(FOLDER.glob("*/*.talk"))


@pytest.mark.parametrize("channel", ["direct", "web", "telegram"])
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_dialogue(path: Path, channel: str, engine: Engine, store: SqliteStore) -> None:
    script = read_script(path)
    with everything_logged() as written:
        async with playing(channel, engine, store, script.now, script.language) as person:
            for turn in script.turns:
                check(turn, await play(turn, person), path)
    log = written.getvalue()
    assert [turn.says for turn in script.turns if len(turn.says) > 12 and turn.says in log] == []
    assert not CONVERSATIONS.search(log), log


CONVERSATIONS = re.compile(r"(?:telegram|web|terminal):[\w-]|\d{3,}:[\w-]{20}")
"""The number of a conversation, or a bot's token."""


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What a server that logs all it can would have written."""
    written, root = io.StringIO(), logging.getLogger()
    writing, level = handler("text", written), root.level
    noisy = {name: logging.getLogger(name).level for name in NOISY}
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    root.addHandler(writing)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(writing)
        root.setLevel(level)
        for name, before in noisy.items():
            logging.getLogger(name).setLevel(before)


async def play(turn: Turn, person: Player) -> Seen:
    if turn.does == "[":
        return await person.presses(turn.says)
    if turn.does == "@":
        latitude, longitude = turn.says.split()
        return await person.is_at(float(latitude), float(longitude))
    return await person.says(turn.says)


def check(turn: Turn, seen: Seen, path: Path) -> None:
    text, labels = plain_spaces(seen.text), [plain_spaces(label) for label in seen.labels]
    for number, sign, wanted in turn.expects:
        where = f"{path.name}:{number}: after {turn.says!r} the reply was\n\n{text}\n\n{labels} {seen.files}\n"
        wanted = plain_spaces(wanted)
        match sign:
            case "<":
                assert wanted in text, where
            case "!<":
                assert wanted not in text, where
            case "=":
                assert wanted in labels, where
            case "!=":
                assert wanted not in labels, where
            case "file:":
                assert wanted in seen.files, where


def test_there_are_dialogues_in_both_languages() -> None:
    assert {path.parent.name for path in SCRIPTS} >= {"fr", "en"}
