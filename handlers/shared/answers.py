"""A written answer offered as a button, where there is one."""

from __future__ import annotations

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk

__all__ = ["answer_buttons"]


def answer_buttons(talk: Talk, *ids: str) -> list[Button]:
    """A button for each of these written answers that this installation has."""
    buttons = []
    for id in ids:
        answer = talk.knowledge.answer(id, talk.language) if talk.knowledge is not None else None
        if answer is not None:
            buttons.append(talk.start(answer.label, "answers", "answer", id))
    return buttons
