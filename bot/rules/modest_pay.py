"""Whether a pay is so small that no income tax is likely to be owed: said as likely, never as known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.rules.parameters import parameter

__all__ = ["is_likely_untaxed"]


def is_likely_untaxed(net_pay_a_month: Decimal, day: date, *, couple: bool = False) -> bool:
    """Whether somebody who earns this net pay, and nothing else, usually owes no income tax: no child is counted.

    The pay of a `couple` is that of both. For a year whose scale is not known yet, that of the year before is used.
    """
    row = parameter("donations.no_tax_pay").at(day)
    return net_pay_a_month <= row["couple" if couple else "alone"]
