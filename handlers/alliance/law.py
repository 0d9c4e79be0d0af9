"""The figures of the law that the pages on alliances quote, as they stand on a day, with the sums of their examples.

The pages hold placeholders; every rate, ceiling and date comes from `bot.rules`, so none can grow old in a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.rules.donations import income_tax_reduction
from bot.rules.gifts import Gift, Kind
from bot.rules.parameters import Row, parameter
from bot.rules.rest_day_value import Pay
from bot.rules.rest_days import rest_day_gift

__all__ = ["compared", "quoted"]

PAY = Decimal(2_500)
FIRM_GIFT = Decimal(1_000)
"""The pay and the gift of a firm in the examples; the person's own figures belong to the topics."""


@lru_cache(maxsize=8)
def quoted(day: date) -> Mapping[str, Any]:
    """What the pages quote, by the names of their placeholders."""
    ceiling, loan = in_force("donations.coluche.ceiling", day), in_force("skills.loan.general_interest", day)
    leave, agents = in_force("leaves.engagement_age", day), parameter("skills.public_agents").rows[-1]
    rest_days = in_force("rest_days.association.limit", day)
    return {
        "agents_until": agents.end,
        "ceiling": ceiling.value,
        "ceiling_before": before("donations.coluche.ceiling", ceiling).value,
        "ceiling_since": ceiling.start,
        "coluche_rate": in_force("donations.coluche.rate", day).value,
        "counterpart": in_force("patronage.counterpart", day).value,
        "days_limit": rest_days.value,
        "days_since": rest_days.start,
        "general_rate": in_force("donations.general.rate", day).value,
        "income_cap": in_force("donations.general.income_cap", day).value,
        "leave_since": leave.start,
        "leave_years": leave.value,
        "leave_years_before": before("leaves.engagement_age", leave).value,
        "loan_months": loan["months"],
        "loan_since": loan.start,
        "patronage_rate": in_force("patronage.rate", day).value,
    }


def compared(day: date, amount: Decimal, days: Decimal) -> Mapping[str, Any]:
    """The same, and what `amount` euros, `days` of rest and a firm's gift would come to."""
    general, difficulty = gives_back(Kind.GENERAL, amount, day), gives_back(Kind.COLUCHE, amount, day)
    gift = rest_day_gift(days, kind="rtt", agreed_on=day, pay=Pay(PAY, "month"))
    return {
        **quoted(day),
        "amount": amount,
        "days": days,
        "difficulty_back": difficulty,
        "difficulty_cost": amount - difficulty,
        "firm_back": FIRM_GIFT * in_force("patronage.rate", day).value,
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


def in_force(name: str, day: date) -> Row:
    """The row of that day; after the last one that is known, that one."""
    row = parameter(name).latest(day)
    return row if row is not None else parameter(name).rows[0]


def before(name: str, row: Row) -> Row:
    """The row that held before `row`, or `row` itself if it is the first."""
    rows = parameter(name).rows
    return rows[max(rows.index(row) - 1, 0)]
