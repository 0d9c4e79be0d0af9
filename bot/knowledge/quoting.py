"""Figures of the law in a text that is no written answer: what its placeholders hold on a day, and what to beware of.

quoted = quote(["donations.coluche.ceiling", "donations.coluche.ceiling@from"], (), today)
quoted.values["donations.coluche.ceiling"]          # Decimal(2000)
quoted.warning, quoted.checked                      # as under an answer
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.knowledge.figures import read_figure
from bot.knowledge.rendering import rows_used, warning_about
from bot.phrase import Phrase
from bot.rules.parameters import law

__all__ = ["Quoted", "quote"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a text quotes on a day: the number, day or text of each placeholder."""

    values: Mapping[str, Decimal | date | str]
    checked: date | None
    """The oldest day on which a figure was checked; None where nothing is quoted."""
    warning: Phrase | None


def quote(names: Iterable[str], rests_on: Iterable[str], today: date) -> Quoted:
    """The figures of `names`, written as in an answer but for the format; `rests_on` names more parameters.

    Raises FigureError for a name that means nothing.
    """
    known = law()
    figures = {name: read_figure(name, known) for name in names}
    rows = rows_used(figures.values(), rests_on, known, today)
    return Quoted(
        {name: figure.value(known, today) for name, figure in figures.items()},
        min((used.row.source.checked for used in rows), default=None),
        warning_about(figures.values(), rows, known, today),
    )
