"""Amounts that wait for room in the following years: the oldest is used first, and lost when its years have passed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

__all__ = ["oldest_first"]

NOTHING = Decimal(0)


def oldest_first(
    amounts: Mapping[int, Decimal], room: Decimal, year: int, years: int
) -> tuple[dict[int, Decimal], dict[int, Decimal], Decimal]:
    """What is drawn from each year within `room`, what is left for the following years, and what is lost."""
    drawn: dict[int, Decimal] = {}
    left: dict[int, Decimal] = {}
    lost = NOTHING
    for origin in sorted(amounts):
        amount = amounts[origin]
        taken = min(amount, room) if year - origin <= years else NOTHING
        room -= taken
        if taken:
            drawn[origin] = taken
        if amount > taken:
            if year + 1 - origin <= years:
                left[origin] = amount - taken
            else:
                lost += amount - taken
    return drawn, left, lost
