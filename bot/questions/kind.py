"""What the kinds of question share: how an answer is read from free text or a press, and how a refusal is explained.

A kind is a small value. `read` takes what the person typed; what comes back is the answer, a refusal in words, a choice
between several readings, or None when the text is no answer at all. Answers are kept as JSON (`dump`, `load`); `load`
raises `ValueError` on what an older version kept and this one cannot read, and the question is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import InvalidOperation
from functools import cached_property
from typing import Any, Generic, TypeVar

from bot.phrase import Phrase
from bot.understanding.sentence import Sentence

__all__ = ["Answer", "Kind", "Option", "Reading", "Refusal", "Said", "Which"]

T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """What the person typed, in which language and on which day. `cut` is the message it is of, where that was cut
    into words already."""

    text: str
    language: str
    today: date
    cut: Sentence | None = field(default=None, repr=False, compare=False)

    @cached_property
    def sentence(self) -> Sentence:
        """The text in words: read by every reader, cut once."""
        return self.cut if self.cut is not None and self.cut.text == self.text else Sentence(self.text)


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question: what it shows and the value it carries."""

    label: Phrase | str
    value: str


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The text is an answer, and here it is."""

    value: T


@dataclass(frozen=True, slots=True)
class Refusal:
    """The text is an answer, but not one that can be: why, and what would do."""

    why: Phrase


@dataclass(frozen=True, slots=True)
class Which:
    """The text fits several answers: the person chooses."""

    options: tuple[Option, ...]


Reading = Answer[T] | Refusal | Which | None


class Kind(Generic[T]):
    """What the kinds share. `slot` is the slot of `Meaning` that answers it, None where a question names its own."""

    slot: str | None = None
    fresh = False
    """Only a press on the question as it stands counts, not one on an old button."""
    greedy = False
    """Words about another topic do not lead away from the question: most text is an answer."""
    verbatim = False
    """Words that hold no value are taken as they were typed: a name that nobody knows yet, something to do."""
    whole = False
    """The answer is the whole message: nothing else that it tells is taken from it."""
    holds: frozenset[str] = frozenset()
    """Slots that such words may well hold: a name has a place in it."""
    asks_location = False
    expects: Phrase

    def read(self, said: Said) -> Reading[T]:
        """The answer that the text holds."""
        return None

    def corrected(self, said: Said) -> Reading[T]:
        """The answer in words that take an earlier one back without saying which: only what is surely meant."""
        return None if self.greedy else self.read(said)

    def from_slot(self, value: Any) -> Reading[T]:
        """The answer that a slot of `Meaning` holds."""
        try:
            return Answer(self.load(value))
        except (ValueError, TypeError, KeyError, InvalidOperation):
            return None

    def from_location(self, latitude: float, longitude: float) -> Reading[T]:
        return None

    def from_press(self, value: str) -> T:
        """The answer that a button carries. Raises `ValueError` for one this version does not offer."""
        return self.load(value)

    def load(self, stored: Any) -> T:
        raise ValueError("this kind keeps nothing")

    def dump(self, value: T) -> Any:
        return value

    def options(self) -> Sequence[Sequence[Option]]:
        """The buttons under the question, in rows."""
        return ()

    def shown(self, value: T) -> Phrase | str:
        """The answer as it is shown back."""
        return str(value)
