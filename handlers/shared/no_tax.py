"""Nothing comes back to who owes no income tax: said first, wherever a reduction is spoken of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.phrase import Phrase, _
from bot.rules.parameters import parameter

__all__ = ["nothing_back"]


def nothing_back(tax: Decimal, year: int) -> Phrase:
    """The headline for a household that owes this tax and gets nothing back for the gifts of a year."""
    least = parameter("donations.not_collected").at(date(year, 12, 31)).value
    if not tax:
        return _("Nothing comes back to you: a gift lowers the income tax, and you pay none")
    if tax < least:
        return _(
            "Nothing comes back to you: an income tax under {least:money} is not collected, so you pay none",
            least=least,
        )
    return _("Nothing comes back to you for this gift")
