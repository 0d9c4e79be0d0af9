"""Training rights of volunteer leaders (*compte d'engagement citoyen*): which hours are declared and confirmed by when.

The hours of a calendar year are declared by the volunteer, then confirmed by the association, both the year after
(C. trav. art. R. 5151-16 and R. 5151-17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.rules.parameters import parameter
from bot.rules.result import Source

__all__ = ["HoursOfAYear", "hours_of_the_moment"]


@dataclass(frozen=True, slots=True)
class HoursOfAYear:
    """The hours of `year`: the last day to declare them, and the last for the association to confirm them."""

    year: int
    declare_by: date
    confirm_by: date
    source: Source

    def can_be_declared(self, on: date) -> bool:
        return on <= self.declare_by


def hours_of_the_moment(on: date) -> tuple[HoursOfAYear, HoursOfAYear]:
    """What one can still do on a day: for the hours of the year before, then for those of the year."""
    return _hours_of(on.year - 1), _hours_of(on.year)


def _hours_of(year: int) -> HoursOfAYear:
    after = year + 1
    row = parameter("rights.training_deadlines").at(date(after, 1, 1))
    return HoursOfAYear(
        year,
        date(after, int(row["declare_month"]), int(row["declare_day"])),
        date(after, int(row["confirm_month"]), int(row["confirm_day"])),
        row.source,
    )
