"""What somebody says they can or cannot do: no car, a wheelchair, with a child of 8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.phrase import Phrase, _, n_
from bot.questions.kind import Kind, Reading, Said
from bot.understanding.limits import is_limit, read_limits

__all__ = ["Limits", "limit_phrase", "limits_in"]

NAMES: dict[str, Phrase] = {
    "no_car": _("without a car"),
    "wheelchair": _("in a wheelchair"),
    "seated": _("without standing or carrying for long"),
    "deaf": _("hard of hearing"),
    "blind": _("with little sight"),
    "quiet": _("without contact with the public"),
    "beginner_french": _("with little French"),
    "rarely": _("now and then"),
    "once": _("without commitment"),
    "alone": _("coming alone"),
}


def limit_phrase(limit: str) -> Phrase:
    """A limit as one says it."""
    if limit in NAMES:
        return NAMES[limit]
    kind, _colon, number = limit.partition(":")
    if kind == "group":
        return _("{count:number} of us", count=int(number))
    if kind == "age":
        return _("{count:number} years old", count=int(number))
    return n_("with a child of {count}", "with a child of {count}", int(number))


def limits_in(said: Said) -> tuple[str, ...]:
    """What a message says the person can or cannot do."""
    return tuple(read_limits(said.sentence, said.language))


class Limits(Kind[tuple[str, ...]]):
    """Limits, as the values of their slot."""

    slot = "limits"

    def from_slot(self, value: Any) -> Reading[tuple[str, ...]]:
        return super().from_slot(value if isinstance(value, list) else [value])

    def from_press(self, value: str) -> tuple[str, ...]:
        return self.load(value.split(",") if value else [])

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list) or not all(is_limit(limit) for limit in stored):
            raise ValueError("no limits")
        return tuple(stored)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def shown(self, value: Sequence[str]) -> Phrase:
        return _("{limits:list}", limits=[limit_phrase(limit) for limit in value])
