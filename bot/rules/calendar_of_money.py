"""When the money of a gift comes back, what to do by when, and how long to keep the receipt.

Days that the administration announces each year are given as the window in which they fall, and said to be so. What
happens in a later year follows the rows in force then.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.phrase import Phrase, _
from bot.rules.parameters import Row, parameter
from bot.rules.result import Source, whole_euro

__all__ = ["Moment", "calendar_of_money", "keep_receipt_until", "last_day_to_claim"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens, or is to be done, between two days. `is_exact` is false when the administration sets
    the day each year and only its usual season is known."""

    name: str
    first: date
    last: date
    phrase: Phrase
    source: Source
    is_exact: bool = True


def calendar_of_money(paid_on: date, *, reduction: Decimal | None = None) -> tuple[Moment, ...]:
    """The moments that follow a gift paid on a day, in the order of time.

    `reduction` is what the gift brings, to give the amount of the advance; None leaves amounts out.
    """
    year = paid_on.year
    return (
        _declare(year),
        _settle(year),
        _change_advance(year),
        _advance(year, reduction),
        _claim(year, paid_on),
        _keep(year, paid_on),
    )


def keep_receipt_until(paid_on: date, *, carried_until: int | None = None) -> date:
    """The last day on which the tax office may ask for the receipt (LPF art. L169).

    `carried_until` is the last income year in which a part of the gift carried forward may be used.
    """
    years = int(parameter("donations.receipt.kept_years").at(paid_on).value)
    return date(max(paid_on.year, carried_until or 0) + years, 12, 31)


def last_day_to_claim(paid_on: date) -> date:
    """The last day to claim for a gift forgotten on the return: the tax is issued the year after (LPF R*196-1)."""
    years = int(parameter("donations.receipt.claim_years").at(paid_on).value)
    return date(paid_on.year + 1 + years, 12, 31)


def _declare(year: int) -> Moment:
    months = _season("return", year + 1)
    first, last = _window(year + 1, int(months["first"]), int(months["last"]))
    text = _(
        "Between {first:month} and {last:month}, write the gift on your tax return: it is never filled in for you.",
        first=first,
        last=last,
    )
    return Moment("return", first, last, text, months.source, is_exact=False)


def _settle(year: int) -> Moment:
    months = _season("settlement", year + 1)
    first, last = _window(year + 1, int(months["first"]), int(months["last"]))
    text = _("In summer {year}, your tax is worked out and the money comes back to you.", year=year + 1)
    return Moment("settlement", first, last, text, months.source, is_exact=False)


def _change_advance(year: int) -> Moment:
    row = parameter("donations.advance.last_change").at(date(year + 1, 12, 31))
    last = date(year + 1, int(row["month"]), int(row["day"]))
    if row.source.is_doubtful:
        text = _(
            "If you do not give again in {year}, lower or refuse the January advance on impots.gouv.fr before about "
            "{last:date}, a day to check there: otherwise you pay it back in the next summer.",
            year=year + 1,
            last=last,
        )
    else:
        text = _(
            "If you do not give again in {year}, lower or refuse the January advance on impots.gouv.fr by {last:date}: "
            "otherwise you pay it back in the next summer.",
            year=year + 1,
            last=last,
        )
    return Moment("change_advance", date(year + 1, 11, 1), last, text, row.source, not row.source.is_doubtful)


def _advance(year: int, reduction: Decimal | None) -> Moment:
    new_year = date(year + 2, 1, 1)
    share = parameter("donations.advance.rate").at(new_year)
    first = date(year + 2, 1, int(parameter("donations.advance.day").at(new_year).value))
    least = parameter("donations.advance.least").at(new_year)
    amount = None if reduction is None else whole_euro(reduction * share.value)
    if amount is None:
        text = _(
            "In {month:month}, the State pays an advance of {share:percent} of that reduction, counting on you to give "
            "again. There is none in the January that follows a first gift.",
            month=first,
            share=share.value,
        )
    elif amount < least.value:
        text = _("No advance is paid in January below {least:money}: all of it comes in summer.", least=least.value)
        return Moment("advance", first, date(year + 2, 1, 31), text, least.source, is_exact=False)
    else:
        text = _(
            "In {month:month}, the State pays an advance of about {amount:money} ({share:percent} of that reduction), "
            "counting on you to give again. There is none in the January that follows a first gift.",
            month=first,
            amount=amount,
            share=share.value,
        )
    return Moment("advance", first, date(year + 2, 1, 31), text, share.source, is_exact=False)


def _claim(year: int, day: date) -> Moment:
    last = last_day_to_claim(day)
    text = _("Forgotten on the return? You can claim until {last:date}.", last=last)
    source = parameter("donations.receipt.claim_years").at(day).source
    return Moment("claim", date(year + 1, 4, 1), last, text, source)


def _keep(year: int, day: date) -> Moment:
    last = keep_receipt_until(day)
    text = _("Keep the receipt until {last:date} at least: it is not sent, but it may be asked for.", last=last)
    source = parameter("donations.receipt.kept_years").at(day).source
    return Moment("keep_receipt", day, last, text, source)


def _season(name: str, year: int) -> Row:
    """The months of a year in which something is done: the row in force when they begin."""
    season = parameter(f"donations.calendar.{name}")
    first = int(season.at(date(year, 1, 1))["first"])
    return season.at(date(year, first, 1))


def _window(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
