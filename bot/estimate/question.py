"""A question that estimates answer: its name, what it asks, what it gives back, and the rule that answers it.

A module of this package that has a `QUESTION` is found by its presence: adding an estimate is adding one file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.estimate.schema import Field, ListOf, Number, Record, Text

__all__ = ["STEPS_AND_WARNINGS", "Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """`estimate` turns the values that `asks` has read into the fields of `answers`: numbers as Decimal, texts as
    phrases, steps as `Step`; rendering and JSON are done for it. It raises BadQuestion for values that do not go
    together. `summary` and `example` serve the pages."""

    name: str
    summary: str
    asks: Record
    answers: tuple[Field, ...]
    estimate: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    example: Mapping[str, Any]


STEPS_AND_WARNINGS = (
    Field(
        "steps",
        ListOf(
            Record(
                (
                    Field("text", Text(), "what is done, in a sentence"),
                    Field("amount", Number(), "what it gives, in euros", required=False),
                    Field("source", Text(), "the legal reference, where it was read and the day", required=False),
                )
            )
        ),
        "how the result is reached, in order",
    ),
    Field("warnings", ListOf(Text()), "what to beware of, most important first"),
)
"""The last two fields of every answer."""
