"""What arrives at a question, and how the run of a topic ends there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.phrase import Phrase
from bot.questions.kind import Kind
from bot.understanding.meaning import Meaning

__all__ = ["Asked", "Found", "Incoming", "NotAnAnswer"]

T = TypeVar("T")


@dataclass(slots=True)
class Incoming:
    """What the person just sent, to be read by the question that waits for it."""

    text: str = ""
    location: tuple[float, float] | None = None
    skip: bool = False
    meaning: Meaning | None = None
    decided: bool = False
    """It was decided that this is the answer to the question: only whether it can be read remains to be seen."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """An answer that is known; `value` is None for a question passed over."""

    value: T | None


class Asked(BaseException):
    """The run ended at a question. Not an `Exception`, so that no topic catches it by mistake."""


class NotAnAnswer(BaseException):
    """What the person sent does not answer the question; the machine finds out what it is instead."""

    def __init__(self, kind: Kind[Any], refusal: Phrase | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.refusal = refusal
