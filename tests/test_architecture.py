"""The picture of the house in `docs/architecture.md` is the house: its rooms, its doors, the walk of a message."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^│ ([a-z0-9_ ]+?) +│ (.*?) +│ (.*?) +│$", PAGE, re.MULTILINE)
LEVELS = {room: level for level, (rooms, _purpose, _steps) in enumerate(ROWS) for room in rooms.split()}
"""Each room, and its row from the top."""


def house() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", Path(__file__).with_name("test_house.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOORS: dict[str, set[str]] = {
    room.removeprefix("bot."): {other.removeprefix("bot.") for other in others}
    for room, others in house().DOORS.items()
}


def test_every_room_is_in_the_picture_once() -> None:
    drawn = [room for rooms, _purpose, _steps in ROWS for room in rooms.split()]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {*DOORS, "commands", "server", "leader"}


def test_a_door_leads_to_a_lower_row() -> None:
    upward = [(room, other) for room, others in DOORS.items() for other in others if LEVELS[other] <= LEVELS[room]]
    assert upward == []


def test_the_walk_passes_the_rooms_in_the_order_of_its_steps() -> None:
    drawn = {int(step): set() for step in "1234567"}
    for rooms, _purpose, steps in ROWS:
        for step in steps.split():
            drawn[int(step)].update(rooms.split())
    told = dict(re.findall(r"^(\d)\. (.*(?:\n   .*)*)", PAGE, re.MULTILINE))
    assert list(told) == list("1234567")
    for step, text in told.items():
        rooms = {room.removesuffix("s") for room in re.findall(r"\*\*(\w+)\*\*", text)}
        assert rooms
        assert rooms <= {room.removesuffix("s") for room in drawn[int(step)]}, step


def test_a_file_that_is_named_is_there() -> None:
    for name in re.findall(r"`((?:bot|handlers|data|tests)/[\w/.]*)`", PAGE):
        assert (ROOT / name).exists(), name
    files = {path.name for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")]}
    for name in re.findall(r"`(\w+\.py)`", PAGE):
        assert name in files, name
