"""The questions of one gift: the largest that a tax rewards whole, and the gift that a budget allows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.gifts import Kind
from bot.rules.giving import gift_for_cost, largest_rewarded_gift, one_gift

TODAY = date(2026, 11, 21)


def test_300_euros_to_the_restos_du_coeur_bring_225() -> None:
    result = one_gift(Kind.COLUCHE, Decimal(300), TODAY)
    assert (result.reduction, result.cost) == (225, 75)


def test_100_euros_to_an_animal_shelter_bring_66() -> None:
    result = one_gift(Kind.GENERAL, Decimal(100), TODAY)
    assert (result.reduction, result.cost) == (66, 34)


@pytest.mark.parametrize(
    ("kind", "tax", "income", "expected"),
    [
        (Kind.GENERAL, 66, None, 100),
        (Kind.GENERAL, 60, None, 0),  # a tax under 61 € is not collected
        (Kind.GENERAL, 6_600, 20_000, 4_000),  # 20 % of the income comes first
        (Kind.COLUCHE, 750, None, 1_000),  # 750 / 0.75
        (Kind.COLUCHE, 1_500 + 660, None, 3_000),  # 2 000 at 75 %, 1 000 at 66 %
        (Kind.COLUCHE, 1_500 + 660, 1_000, 2_200),  # the 75 % slice is out of the cap
        (Kind.POLITICAL, 50_000, None, 15_000),
        (Kind.GENERAL, 0, None, 0),
    ],
)
def test_the_largest_gift_fully_rewarded(kind: Kind, tax: int, income: int | None, expected: int) -> None:
    limit = None if income is None else Decimal(income)
    assert largest_rewarded_gift(kind, TODAY, tax=Decimal(tax), income=limit) == expected


@pytest.mark.parametrize(
    ("kind", "cost", "expected"),
    [
        (Kind.COLUCHE, 75, 300),  # 300 - 225
        (Kind.COLUCHE, 500 + 34, 2_100),  # 2 000 cost 500, 100 more cost 34
        (Kind.GENERAL, 34, 100),
        (Kind.POLITICAL, 5_100 + 10, 15_010),  # 15 000 cost 5 100, the rest is paid in full
        (Kind.GENERAL, 0, 0),
    ],
)
def test_the_gift_that_a_budget_allows(kind: Kind, cost: int, expected: int) -> None:
    assert gift_for_cost(kind, TODAY, Decimal(cost)) == expected


@given(st.sampled_from(Kind), st.integers(0, 100_000))
def test_the_largest_rewarded_gift_loses_nothing(kind: Kind, tax: int) -> None:
    gift = largest_rewarded_gift(kind, TODAY, tax=Decimal(tax))
    result = one_gift(kind, gift, TODAY, tax=Decimal(tax))
    assert result.lost_reduction <= 1  # the reduction is rounded to the euro
    assert result.lost_gifts == 0


@given(st.sampled_from(Kind), st.integers(0, 100_000))
def test_a_budget_is_kept(kind: Kind, cost: int) -> None:
    gift = gift_for_cost(kind, TODAY, Decimal(cost))
    assert one_gift(kind, gift, TODAY).cost <= cost + 1
    assert one_gift(kind, gift + 4, TODAY).cost >= cost - 1
