"""The payments of gifts as they were told: on which days, how often, within which year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.questions.gifts import GiftTold
from bot.rules.gifts import MONTHS

__all__ = ["Payment", "payments_of"]

STEPS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MONTHS_APART = {"monthly": 1, "quarterly": 3}
MONTH = 31
WEEKS = 52
MOST = 400


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of one gift, on a day between `first` and `last`."""

    gift: GiftTold
    amount: Decimal
    first: date
    last: date


def payments_of(gift: GiftTold, today: date) -> Iterator[Payment]:
    """The payments of a gift: today if nothing was said, all those of the year where it comes back."""
    first, last = gift.since, gift.until
    if not gift.every:
        first, last = first or last or today, last or first or today
        if first <= today <= last and (last - first).days > MONTH:
            first = last = today  # this year: the law of today
        yield Payment(gift, gift.amount, first, last)
        return
    year = (first or last or today).year if last is not None or gift.count else max((first or today).year, today.year)
    begins = first if first is not None and first.year == year else date(year, 1, 1)
    ends = last or date(max(year, begins.year), 12, 31)
    most = gift.count or MOST
    if gift.every == "weekly" and begins != first:
        most = min(most, WEEKS)  # on which day of the week is not said
    for day in days_of(gift, begins)[:most]:
        if day > ends and not gift.count:
            return
        yield Payment(gift, gift.amount, day, day)


def days_of(gift: GiftTold, begins: date) -> list[date]:
    """The days on which a gift that comes back is paid, from the first on, for a year and a little more."""
    if gift.every in STEPS:
        step = STEPS[gift.every]
        return [begins + at * step for at in range(MOST if gift.every == "daily" else 53)]
    apart = MONTHS_APART[gift.every]
    months = range(0, max(5 * MONTHS, gift.count * apart), apart)
    return [
        date(begins.year + (begins.month - 1 + at) // MONTHS, (begins.month - 1 + at) % MONTHS + 1, 1) for at in months
    ]
