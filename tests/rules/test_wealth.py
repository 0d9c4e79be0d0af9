"""The reduction of the tax on real-estate wealth: its rate, its ceiling, its limit, and who opens it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.wealth import Body, wealth_tax_reduction


def test_three_quarters_of_the_gift_come_off() -> None:
    result = wealth_tax_reduction(Decimal(1_000), year=2026, tax=Decimal(5_000))
    assert result.reduction == result.gain == 1_000 * Decimal("0.75")
    assert result.cost == 250
    assert result.form == "2042-IFI"


def test_the_ceiling_of_fifty_thousand_is_reached_with_a_gift_of_66_667() -> None:
    assert wealth_tax_reduction(Decimal(66_666), year=2026).reduction == 50_000  # 66 666 × 75 % = 49 999.50
    assert wealth_tax_reduction(Decimal(66_664), year=2026).reduction == 49_998
    result = wealth_tax_reduction(Decimal(100_000), year=2026)
    assert result.reduction == 50_000
    assert result.used == 66_667
    assert any("Above {used:money}" in str(one) for one in result.warnings)


def test_the_gain_stops_at_the_tax_and_the_rest_is_lost() -> None:
    result = wealth_tax_reduction(Decimal(10_000), year=2026, tax=Decimal(3_000))
    assert (result.reduction, result.gain, result.lost_reduction) == (7_500, 3_000, 4_500)


@pytest.mark.parametrize("body", [Body.ASSOCIATION, Body.ENDOWMENT_FUND])
def test_associations_and_endowment_funds_do_not_open_it(body: Body) -> None:
    result = wealth_tax_reduction(Decimal(1_000), year=2026, tax=Decimal(3_000), body=body)
    assert not result.is_eligible
    assert (result.reduction, result.gain, result.cost) == (0, 0, 1_000)
    assert any("income tax instead" in str(one).replace("\n", " ") for one in result.warnings)


def test_there_was_no_ifi_before_2018() -> None:
    assert not wealth_tax_reduction(Decimal(1_000), year=2017).is_eligible
    assert wealth_tax_reduction(Decimal(1_000), year=2018).reduction == 750


def test_a_year_to_come_uses_the_last_known_law_and_says_so() -> None:
    assert any("not known" in str(one) for one in wealth_tax_reduction(Decimal(1), year=2027).warnings)
    assert not any("not known" in str(one) for one in wealth_tax_reduction(Decimal(1), year=2026).warnings)


@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 10**5))
def test_the_reduction_grows_with_the_gift_and_stays_within_the_tax(amount: int, more: int, tax: int) -> None:
    one = wealth_tax_reduction(Decimal(amount) / 100, year=2026, tax=Decimal(tax))
    other = wealth_tax_reduction(Decimal(amount + more) / 100, year=2026, tax=Decimal(tax))
    assert 0 <= one.reduction <= other.reduction <= 50_000
    assert 0 <= one.gain <= tax
