"""Whole conversations as scripts that a volunteer could write; see CONTRIBUTING.md for the signs.

The same scripts are played straight to the engine, on the web over HTTP, and through a Bot API over HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation.events import Command, Location

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
    language: str | None
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


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
async def test_dialogue(path: Path, person: Callable) -> None:
    script = read_script(path)
    somebody = person(at=script.now, language=script.language)
    for turn in script.turns:
        where = f"{path.name}:{turn.line}"
        if turn.does == ">" and turn.says.startswith("/"):
            name, _, argument = turn.says[1:].partition(" ")
            await somebody.send(Command(name, argument))
        elif turn.does == ">":
            await somebody.say(turn.says)
        elif turn.does == "@":
            latitude, longitude = turn.says.split()
            await somebody.send(Location(float(latitude), float(longitude)))
        else:
            assert turn.says in somebody.labels, f"{where}: no button {turn.says!r} among {somebody.labels}"
            await somebody.press(turn.says)
        check(turn, somebody, path)


def check(turn: Turn, somebody, path: Path) -> None:
    text = somebody.text
    files = [file.name for reply in somebody.last.replies for file in reply.files]
    for number, sign, wanted in turn.expects:
        where = f"{path.name}:{number}: after {turn.says!r} the reply was\n\n{text}\n\n{somebody.labels}\n"
        match sign:
            case "<":
                assert plain_spaces(wanted) in text, where
            case "!<":
                assert plain_spaces(wanted) not in text, where
            case "=":
                assert plain_spaces(wanted) in [plain_spaces(label) for label in somebody.labels], where
            case "!=":
                assert plain_spaces(wanted) not in [plain_spaces(label) for label in somebody.labels], where
            case "file:":
                assert wanted in files, f"{where}{files}"


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_there_are_dialogues_in_both_languages() -> None:
    assert {path.parent.name for path in SCRIPTS} >= {"fr", "en"}
