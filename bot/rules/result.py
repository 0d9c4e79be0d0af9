"""What every rule gives back: amounts, the steps that reach them, the sources they rest on, and what to beware of.

Steps and warnings are phrases, so a result computed once reads in any language. Roundings are functions named
after the rule that demands them; nothing is rounded when it is displayed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from bot.phrase import Phrase

__all__ = ["Result", "Source", "Step", "cents", "sources_of", "whole_euro"]

_EURO = Decimal(1)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from.

    `reference` is the legal text, in French as a jurist would cite it; `title` names the page that was read and
    `url` leads to it when it is known ("" when not); `checked` is the day it was last checked; `known_until` the last
    day for which this part of the law was read; `confidence` is A (text of the law or of the administration), B
    (reliable secondary source) or C (one source, or inference). H, M and L, used for labour law, mean the same three
    things.
    """

    reference: str
    title: str
    url: str
    checked: date
    confidence: str
    known_until: date = date.max

    @property
    def is_sure(self) -> bool:
        """The text itself, or the administration, was read."""
        return self.confidence in ("A", "H")

    @property
    def is_doubtful(self) -> bool:
        """One source only, practice or inference: say so wherever the figure is shown."""
        return self.confidence in ("C", "L")

    def __str__(self) -> str:
        """One line: reference, link (or page), day checked."""
        return f"{self.reference} ({self.url or self.title}, {self.checked.isoformat()})"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reasoning: what was done, the amount it gives in euros (None: no amount), and why."""

    phrase: Phrase
    amount: Decimal | None = None
    source: Source | None = None


class Result(Protocol):
    """What `talk.show`, the papers and the estimates rely on in every result of a rule."""

    @property
    def steps(self) -> tuple[Step, ...]: ...

    @property
    def warnings(self) -> tuple[Phrase, ...]: ...


def sources_of(steps: Iterable[Step]) -> tuple[Source, ...]:
    """The sources of these steps, each once, in the order in which they are used."""
    return tuple(dict.fromkeys(step.source for step in steps if step.source is not None))


def whole_euro(amount: Decimal) -> Decimal:
    """To the nearest euro, 0.50 counting for one: how amounts are entered on, and computed from, a tax return."""
    return amount.quantize(_EURO, rounding=ROUND_HALF_UP)


def cents(amount: Decimal) -> Decimal:
    """To the nearest cent, half a cent counting for one: how pay and expenses are worked out."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
