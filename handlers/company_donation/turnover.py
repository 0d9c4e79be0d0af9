"""The turnover of a company, asked for only where a gift is above what every company may give (CGI art. 238 bis, 3)."""

from __future__ import annotations

from datetime import date

from bot.phrase import Phrase, _
from bot.questions.money import Money
from bot.rules.parameters import parameter

__all__ = ["Turnover", "lowest_ceiling_told"]


class Turnover(Money):
    """A yearly turnover. A bare number said later corrects the gift, never this."""

    greedy = True

    def __init__(self) -> None:
        super().__init__(slot="turnover", maximum=10**12)


def lowest_ceiling_told(closes_on: date) -> Phrase:
    """The warning that goes with a figure reached without the turnover."""
    floor = parameter("patronage.ceiling").at(closes_on)["floor"]
    return _("I do not know the turnover, so I count with the lowest ceiling: {floor:money}.", floor=floor)
