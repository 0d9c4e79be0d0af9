"""What a person has told in this conversation: one sheet, whatever the topic it was said in.

A fact is kept with the words it was told in and the turn, holds until it is contradicted, and is used by every topic
that declares it, so that what one talk learnt another need not ask. It goes with the conversation: shown, corrected,
erased.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from bot.understanding.speakers import Speaker

__all__ = ["SPEAKER", "Fact", "Facts", "Speaker"]

SPEAKER = "speaker"
"""The fact of who speaks: one of `bot.understanding.speakers`, or a list where somebody is several."""

LONGEST_WORDS = 120
MOST = 40
"""Facts of one conversation; beyond that the oldest goes."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was told.

    `value`    as the reader of the slot gives it or, with `answered`, as the kind of question keeps an answer
    `words`    the message it was told in, cut short
    `turn`     the number of that message in the conversation
    """

    value: Any
    words: str = ""
    turn: int = 0
    answered: bool = False


class Facts:
    """The sheet: facts by the name of their slot. The latest word on something counts."""

    def __init__(self, facts: Mapping[str, Fact] | None = None, unread: Mapping[str, Any] | None = None) -> None:
        self._facts = dict(facts or {})
        self._unread = dict(unread or {})
        """Those of another version, which are carried along."""

    def __contains__(self, name: str) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def get(self, name: str) -> Fact | None:
        return self._facts.get(name)

    def value(self, name: str) -> Any:
        """What was told under this name, None where nothing was."""
        fact = self._facts.get(name)
        return None if fact is None else fact.value

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, as far as was told."""
        value = self.value(SPEAKER)
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()

    def tell(self, name: str, value: Any, *, words: str, turn: int, answered: bool = False) -> None:
        """Note what was told, in the place of what was told before."""
        self._facts.pop(name, None)
        self._facts[name] = Fact(value, words[:LONGEST_WORDS], turn, answered)
        while len(self._facts) > MOST:
            del self._facts[next(iter(self._facts))]

    def forget(self, name: str) -> None:
        """The person took it back."""
        self._facts.pop(name, None)

    def as_json(self) -> dict[str, Any]:
        return {**self._unread, **{name: msgspec.to_builtins(fact) for name, fact in self._facts.items()}}

    @classmethod
    def from_json(cls, data: Any) -> Facts:
        """The facts as they were kept; one that cannot be read is not known, and carried along."""
        facts, unread = {}, {}
        for name, kept in data.items() if isinstance(data, dict) else ():
            try:
                facts[name] = msgspec.convert(kept, Fact)
            except msgspec.ValidationError:
                unread[name] = kept
        return cls(facts, dict([*unread.items()][-MOST:]))
