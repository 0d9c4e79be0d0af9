"""What was answered in one talk, for a topic that looks at it, varies it or takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from bot.dialogue.session import SKIPPED, Frame
from bot.questions.kind import Kind

__all__ = ["TalkAnswers"]

T = TypeVar("T")


class TalkAnswers:
    """The answers of a talk by the names of their questions."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.reruns = False
        self.looked_for: set[str] = set()
        """The questions that the topic asks only where the person wants them."""

    def wants(self, name: str) -> bool:
        """The person asked for question `name`, by a `change` button, or has answered it, or is answering it."""
        self.looked_for.add(name)
        frame = self._frame
        return name in frame.answers or name in frame.given or name in frame.reopened or name in frame.slots

    def told(self, name: str) -> bool:
        """Whether the answer to `name` is the person's, not a default."""
        answers = self._frame.answers
        return name in answers and answers[name] != SKIPPED

    def answered(self, name: str, kind: Kind[T]) -> T | None:
        """The answer to `name` as it stands; None where there is none, or it was passed over."""
        stored = self._frame.answers.get(name)
        if stored is None or stored == SKIPPED:
            return None
        try:
            return kind.load(stored)
        except (ValueError, TypeError, KeyError, AttributeError):  # kept by another version
            return None

    def put(self, name: str, kind: Kind[T], value: T) -> None:
        """Give `name` this answer in the person's stead, as their words mean it; `rerun` shows what follows."""
        self._frame.answers[name] = kind.dump(value)
        self._frame.given.pop(name, None)
        self._frame.reopened.discard(name)

    def unsay(self, *names: str) -> None:
        """Forget the answers to these questions, and what was said in passing under their names: they are defaults
        again."""
        for name in names:
            self._frame.answers.pop(name, None)
            self._frame.given.pop(name, None)
            self._frame.slots.pop(name, None)
            self._frame.reopened.discard(name)

    def forget_slots(self, *slots: str) -> None:
        """What was said in passing under these names counts no more; answers stay."""
        for slot in slots:
            self._frame.slots.pop(slot, None)

    def hear(self, slots: Mapping[str, Any]) -> None:
        """Take these values as told just now; a question of that name is open for them again."""
        self.unsay(*slots)
        self._frame.slots.update(slots)

    def rerun(self) -> bool:
        """For a function that answers what is pointed at: what was put or unsaid counts, and the topic runs again."""
        self.reruns = True
        return True
