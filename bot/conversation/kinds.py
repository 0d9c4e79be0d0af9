"""Kinds of question: how an answer is read from free text or a press, its bounds, and how a refusal is explained.

A kind is a small value. `read` takes what the person typed; what comes back is the answer, a refusal in words, a choice
between several readings, or None when the text is no answer at all. Answers are kept as JSON (`dump`, `load`); `load`
raises `ValueError` on what an older version kept and this one cannot read, and the question is asked again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.understanding.amounts import read_amount
from bot.understanding.answers import read_yes_no
from bot.understanding.dates import read_date
from bot.understanding.days import read_days
from bot.understanding.numbers import read_number
from bot.understanding.organisations import read_organisations

__all__ = [
    "Answer",
    "Choice",
    "Confirm",
    "Count",
    "Day",
    "Days",
    "Kind",
    "Money",
    "Option",
    "Organisation",
    "Refusal",
    "Said",
    "Text",
    "Which",
    "YesNo",
    "asks",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What the person typed, in which language and on which day."""

    text: str
    language: str
    today: date


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


class Money(Kind[Decimal]):
    """An amount in euros, to the cent. `suggestions` become buttons."""

    expects = _("An amount in euros, please: for example 50, 300 € or 1,500.50.")

    def __init__(
        self,
        *,
        slot: str | None = "amount",
        minimum: Decimal | int = 1,
        maximum: Decimal | int = 1_000_000_000,
        suggestions: Sequence[int] = (),
    ) -> None:
        self.slot = slot
        self.minimum, self.maximum = Decimal(minimum), Decimal(maximum)
        self.suggestions = suggestions

    def read(self, said: Said) -> Reading[Decimal]:
        found = read_amount(said.text, said.language)
        if found is None:
            return None
        return self._bounded(-found.value if found.negative else found.value)

    def from_slot(self, value: Any) -> Reading[Decimal]:
        reading = super().from_slot(value)
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: Decimal) -> Reading[Decimal]:
        if value < 0:
            return Refusal(_("An amount cannot be below zero. How much would it be, in euros?"))
        if value < self.minimum:
            return Refusal(_("It takes at least {minimum:money}. How much would it be?", minimum=self.minimum))
        if value > self.maximum:
            return Refusal(
                _("That is more than I can work with: at most {maximum:money}. How much is it?", maximum=self.maximum)
            )
        return Answer(value.quantize(Decimal("0.01")))

    def load(self, stored: Any) -> Decimal:
        if isinstance(stored, bool):
            raise ValueError("no amount")
        try:
            value = Decimal(str(stored))
        except InvalidOperation as error:
            raise ValueError("no amount") from error
        if not value.is_finite():
            raise ValueError("no amount")
        return value

    def from_press(self, value: str) -> Decimal:
        reading = self._bounded(self.load(value))
        if not isinstance(reading, Answer):
            raise ValueError("out of bounds")
        return reading.value

    def dump(self, value: Decimal) -> str:
        return str(value)

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(_("{amount:money}", amount=amount), str(amount)) for amount in self.suggestions]]

    def shown(self, value: Decimal) -> Phrase:
        return _("{amount:money}", amount=value)


class Number(Kind[Decimal]):
    """What the kinds that read a bare number share: bounds, storage as text."""

    def __init__(self, slot: str | None, minimum: Decimal | int, maximum: Decimal | int) -> None:
        self.slot = slot
        self.minimum, self.maximum = Decimal(minimum), Decimal(maximum)

    def from_slot(self, value: Any) -> Reading[Decimal]:
        reading = super().from_slot(value)
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: Decimal) -> Reading[Decimal]:
        if self.minimum <= value <= self.maximum:
            return Answer(value)
        return Refusal(
            _(
                "I can take a number from {minimum:number} to {maximum:number}.",
                minimum=self.minimum,
                maximum=self.maximum,
            )
        )

    def load(self, stored: Any) -> Decimal:
        if isinstance(stored, bool):
            raise ValueError("no number")
        try:
            value = Decimal(str(stored))
        except InvalidOperation as error:
            raise ValueError("no number") from error
        if not self.minimum <= value <= self.maximum:
            raise ValueError("out of bounds")
        return value

    def dump(self, value: Decimal) -> str:
        return str(value)

    def shown(self, value: Decimal) -> Phrase:
        return _("{count:number}", count=value)


class Days(Number):
    """A number of days, by halves. `suggestions` become buttons."""

    expects = _("A number of days, please: for example 2, or 1.5.")

    def __init__(self, *, slot: str | None = "days", maximum: int = 400, suggestions: Sequence[int] = ()) -> None:
        super().__init__(slot, Decimal("0.5"), maximum)
        self.suggestions = suggestions

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(str(days), str(days)) for days in self.suggestions]]

    def read(self, said: Said) -> Reading[Decimal]:
        found = None if asks(said.text) else read_days(said.text)
        return None if found is None else self._bounded(Decimal(str(found)))


class Count(Number):
    """A whole number: people, months, kilometres."""

    expects = _("A number, please: for example 12.")

    def __init__(self, *, slot: str | None = None, minimum: int = 0, maximum: int = 10_000_000) -> None:
        super().__init__(slot, minimum, maximum)

    def read(self, said: Said) -> Reading[Decimal]:
        found = None if asks(said.text) else read_number(said.text)
        return None if found is None else self._bounded(Decimal(str(found)))


class Day(Kind[date]):
    """One day of the calendar."""

    expects = _("A date, please: for example 3 March, yesterday, or 13/10/2026.")

    def __init__(self, *, slot: str | None = None, earliest: date | None = None, latest: date | None = None) -> None:
        self.slot = slot
        self.earliest, self.latest = earliest, latest

    def read(self, said: Said) -> Reading[date]:
        found = read_date(said.text, said.today)
        return None if found is None else self._bounded(found)

    def from_slot(self, value: Any) -> Reading[date]:
        one = value[0] if isinstance(value, list) and value else value
        if not isinstance(one, str) or not one.startswith("date:"):
            return None
        reading = super().from_slot(one.removeprefix("date:"))
        return self._bounded(reading.value) if isinstance(reading, Answer) else reading

    def _bounded(self, value: date) -> Reading[date]:
        if self.earliest and value < self.earliest:
            return Refusal(_("It has to be on {day:date} or later. Which day is it?", day=self.earliest))
        if self.latest and value > self.latest:
            return Refusal(_("It has to be on {day:date} or earlier. Which day is it?", day=self.latest))
        return Answer(value)

    def load(self, stored: Any) -> date:
        return date.fromisoformat(stored)

    def dump(self, value: date) -> str:
        return value.isoformat()

    def shown(self, value: date) -> Phrase:
        return _("{day:date}", day=value)


class Choice(Kind[str]):
    """One of a few named options: `Choice(employee=_("employee"), employer=_("employer"))`.

    An option is chosen by its button, its label, or a slot of the question's name.
    """

    expects = _("Please choose one of the buttons, or type what is on it.")

    def __init__(self, columns: int = 2, slot: str | None = None, /, **labels: Phrase) -> None:
        self.labels = labels
        self.columns = columns
        self.slot = slot

    def read(self, said: Said) -> Reading[str]:
        text = _folded(said.text)
        found = []
        for value, label in self.labels.items():
            words = _folded(text_of(label, said.language))
            if text in (words, value):
                return Answer(value)
            if _holds(text, words) or (len(text) > 2 and _holds(words, text)):
                found.append(value)
        return Answer(found[0]) if len(found) == 1 else None

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or stored not in self.labels:
            raise ValueError("not one of the options")
        return stored

    def options(self) -> Sequence[Sequence[Option]]:
        options = [Option(label, value) for value, label in self.labels.items()]
        return [options[i : i + self.columns] for i in range(0, len(options), self.columns)]

    def shown(self, value: str) -> Phrase:
        return self.labels[value]


class YesNo(Kind[bool]):
    """Yes or no, in the many ways people say it."""

    expects = _("Yes or no?")

    def read(self, said: Said) -> Reading[bool]:
        found = read_yes_no(said.text)
        return None if found is None else Answer(found)

    def load(self, stored: Any) -> bool:
        if stored in (True, "yes"):
            return True
        if stored in (False, "no"):
            return False
        raise ValueError("neither yes nor no")

    def from_slot(self, value: Any) -> Reading[bool]:
        return None

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(_("Yes"), "yes"), Option(_("No"), "no")]]

    def shown(self, value: bool) -> Phrase:
        return _("Yes") if value else _("No")


class Confirm(YesNo):
    """Yes or no to something that cannot be undone: an old button or an earlier yes does not count."""

    fresh = True


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

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str):
            raise ValueError("no text")
        return stored


class Organisation(Kind[str]):
    """The name of a body: as commonly named if Allié knows it, otherwise as it was typed."""

    slot = "organisation"
    expects = _("The name of an association or foundation, please.")

    def read(self, said: Said) -> Reading[str]:
        names = read_organisations(said.text)
        if len(names) == 1:
            return Answer(names[0])
        if names:
            return Which(tuple(Option(name, name) for name in names[:6]))
        text = said.text.strip()
        return Answer(text[:120]) if 2 <= len(text) <= 120 and re.search(r"[^\W\d_]{2}", text) else None

    greedy = verbatim = True
    holds = frozenset({"place", "cause", "not_cause", "org_kind", "role", "minors", "remote"})

    def corrected(self, said: Said) -> Reading[str]:
        names = read_organisations(said.text)
        return Answer(names[0]) if len(names) == 1 else None

    def from_slot(self, value: Any) -> Reading[str]:
        return super().from_slot(value[0] if isinstance(value, list) and value else value)

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or not stored:
            raise ValueError("no name")
        return stored


def asks(text: str) -> bool:
    """A question without a figure is no answer to how many: "is there a limit?" does not say one."""
    return "?" in text and len(text.split()) > 2 and not any(character.isdigit() for character in text)


def _holds(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None


def _folded(text: str) -> str:
    """Without case, accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare).strip()
