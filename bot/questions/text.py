"""Some words of the person's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.phrase import _
from bot.questions.kind import Answer, Kind, Reading, Refusal, Said

__all__ = ["Text"]


class Text(Kind[str]):
    """Some words of the person's own."""

    expects = _("A few words, please.")
    greedy = True

    def __init__(self, *, longest: int = 500, slot: str | None = None) -> None:
        self.longest = longest
        self.slot = slot

    def read(self, said: Said) -> Reading[str]:
        text = said.text.strip()
        if not text:
            return None
        if len(text) > self.longest:
            return Refusal(
                _("That is a little long for me: {longest:number} characters at most, please.", longest=self.longest)
            )
        return Answer(text)

    def from_press(self, value: str) -> str:
        """A button of ours holds what could have been typed; another is read as what it says."""
        reading = self.read(Said(value, "", date.min))
        if not isinstance(reading, Answer):
            raise ValueError("no answer")
        return reading.value

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str):
            raise ValueError("no text")
        return stored
