"""How far the law is known: what is said where a figure is used for a later day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.phrase import Phrase, _
from bot.rules.parameters import known_until, law
from bot.rules.result import Source

__all__ = ["after_what_is_known", "known_no_further", "last_known_day"]


def last_known_day(name: str) -> date:
    """The last day for which a file of the law ("donations"), or one of its parameters, is known.

    A parameter whose last row has an end, with nothing after it, is known to that end.
    """
    known = law()
    parameter = known.parameters.get(name)
    if parameter is None:
        return known_until(name)
    file = known.known_until[name.partition(".")[0]]
    return min(parameter.rows[-1].end or date.max, file)


def after_what_is_known(day: date, *names: str) -> tuple[Phrase, ...]:
    """The warning for figures of these files and parameters used for `day`; none while all of them are known."""
    return _warning(day, (last_known_day(name) for name in names))


def known_no_further(day: date, sources: Iterable[Source]) -> tuple[Phrase, ...]:
    """The same for figures told from their sources."""
    return _warning(day, (source.known_until for source in sources))


def _warning(day: date, last_days: Iterable[date]) -> tuple[Phrase, ...]:
    last = min(last_days, default=date.max)
    return (_("After {day:date}, these figures may change.", day=last),) if last < day else ()
