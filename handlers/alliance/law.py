"""The sums of the examples that the pages compare, as the rules count them on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.rules.donations import income_tax_reduction
from bot.rules.gifts import Gift, Kind
from bot.rules.parameters import parameter
from bot.rules.rest_day_value import Pay
from bot.rules.rest_days import rest_day_gift

__all__ = ["compared", "gives_back"]

PAY = Decimal(2_500)
FIRM_GIFT = Decimal(1_000)
"""The pay and the gift of a firm in the examples; the person's own figures belong to the topics."""


def compared(day: date, amount: Decimal, days: Decimal) -> Mapping[str, Any]:
    """What `amount` euros, `days` of rest and a firm's gift would come to, by the names of their placeholders."""
    general, difficulty = gives_back(Kind.GENERAL, amount, day), gives_back(Kind.COLUCHE, amount, day)
    gift = rest_day_gift(days, kind="rtt", agreed_on=day, pay=Pay(PAY, "month"))
    return {
        "amount": amount,
        "days": days,
        "difficulty_back": difficulty,
        "difficulty_cost": amount - difficulty,
        "firm_back": FIRM_GIFT * parameter("patronage.rate").at(date(day.year, 12, 31)).value,
        "firm_gift": FIRM_GIFT,
        "general_back": general,
        "general_cost": amount - general,
        "given_days": gift.allowed_days,
        "days_value": (gift.value or Decimal(0)).quantize(Decimal(1)),
        "pay": PAY,
    }


def gives_back(kind: Kind, amount: Decimal, day: date) -> Decimal:
    """The reduction for one gift, for somebody whose tax is high enough."""
    return income_tax_reduction([Gift(kind, amount, day)], year=day.year).reduction
