"""French public holidays (Code du travail L. 3133-1), for the divisor of a *forfait jours*.

Alsace and Moselle have two more, Good Friday and 26 December; overseas territories have their own: neither is counted.
"""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["easter", "public_holidays", "weekday_holidays"]

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday."""


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of a year; fewer days when two of them fall together."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in AFTER_EASTER)
    return frozenset([*(date(year, month, day) for month, day in FIXED), *moving])


def weekday_holidays(year: int) -> int:
    """How many of them fall from Monday to Friday."""
    return sum(day.weekday() < 5 for day in public_holidays(year))
