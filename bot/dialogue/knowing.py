"""What the dialogue asks of the written answers: which fit a question, and one of them by its id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

__all__ = ["Fitting", "Knowing"]


class Fitting(Protocol):
    """An answer that may fit: its id, and the probability that it is what was asked for."""

    @property
    def id(self) -> str: ...

    @property
    def probability(self) -> float: ...


class Knowing(Protocol):
    """The written answers: `bot.knowledge.Knowledge` is one."""

    def candidates(
        self, text: str, language: str, *, vector: Any = None, who: Sequence[str] = (), last: str | None = None
    ) -> Sequence[Fitting]: ...

    def answer(self, id: str, language: str) -> Any: ...

    def render(self, answer: Any, language: str, today: date) -> Any: ...
