"""Every screen of these topics, reached by pressing every button: each ends in something to do, and none speaks of a
law of alliances as if there were one."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

import pytest

from bot.dialogue.buttons import AnswerPress, Control, ControlPress, StartPress, read_press
from bot.dialogue.events import Command, Press
from bot.dialogue.replies import Button
from handlers.alliance.talk import AIMS, ROLES
from handlers.learning.talk import SUBJECTS
from handlers.offers.questions import THINGS
from handlers.orientation.talk import HAVE

OURS = {
    "alliance",
    "alliance_actors",
    "alliance_charter",
    "alliance_steps",
    "alliance_support",
    "introductions",
    "learning",
    "offers",
    "orientation",
}
STARTS = ("alliance", "apprendre", "aider", "offres")
AWAY = {Control.BACK, Control.MENU, Control.SKIP, Control.DISCARD, Control.RESUME}
"""Buttons that lead back or out: something to do is something else."""
TYPED = "Marseille"
"""What is typed where a question has no button of its own."""
MOST, LONGEST_FORM = 700, 8
NO_SUCH_LAW = re.compile(r"\bloi (?:d’|sur l’|de l’)?alliance|\balliance law\b|\blaw of alliances?\b", re.IGNORECASE)


def meaning(data: str) -> str:
    """A button without the number of its talk: pressed from two talks it leads to the same screen."""
    return re.sub(r"^([=!][a-z]*\.?)\d+", r"\1", data)


def does_something(button: Button) -> bool:
    target = read_press(button.data) if button.data is not None else None
    return button.url is not None or not (isinstance(target, ControlPress) and target.control in AWAY)


def leads_on(button: Button) -> bool:
    """Whether to follow it: it stays within these topics."""
    target = read_press(button.data) if button.data is not None else None
    if isinstance(target, (AnswerPress, StartPress)):
        return target.topic in OURS
    return target is not None and does_something(button)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_screen_ends_in_something_to_do(person: Any, language: str) -> None:
    one = person(language=language)
    waiting: deque[str] = deque(f"/{name}" for name in STARTS)
    seen: set[str] = set()
    presses = 0
    while waiting:
        step = waiting.pop()
        await one.send(Command(step[1:]) if step.startswith("/") else Press(step))
        presses += 1
        assert presses < MOST, f"more than {MOST} buttons, {len(waiting)} not pressed yet"
        for _question in range(LONGEST_FORM):
            if one.last.topic not in OURS:
                break
            buttons = [button for reply in one.last.replies for row in reply.buttons for button in row]
            asks = "?" in one.text.split("\n\n")[-1]
            assert asks or any(map(does_something, buttons)), f"nothing to do after {step}:\n{one.text}"
            assert not NO_SUCH_LAW.search(one.text), f"after {step}:\n{one.text}"
            for button in buttons:
                if leads_on(button) and button.data is not None and meaning(button.data) not in seen:
                    seen.add(meaning(button.data))
                    waiting.append(button.data)
            if not asks or any((button.data or "").startswith("=") for button in buttons):
                break
            await one.say(TYPED)
    walked = {data.split(".", 1)[1] for data in seen if data.startswith("=")}
    assert {f"learning.what.{name}" for name in SUBJECTS.labels} <= walked
    assert {f"alliance.role.{name}" for name in ROLES.labels} <= walked
    assert {f"alliance.aim.{name}" for name in AIMS.labels} <= walked
    assert {f"orientation.have.{name}" for name in HAVE.labels} <= walked
    assert {f"offers.what.{name}" for name in THINGS} <= walked
