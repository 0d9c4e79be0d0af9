"""What must hold for any gifts at all: never negative, never above the tax, and blind to order and to splitting."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.donations import Gift, Kind, income_tax_reduction

euros = st.integers(0, 2_000_000).map(lambda amount: Decimal(amount) / 100)
years = st.integers(2018, 2028)
money = st.none() | st.integers(0, 300_000).map(Decimal)


def gifts_of(year: int) -> st.SearchStrategy[list[Gift]]:
    day = st.integers(0, 364).map(lambda days: date(year, 1, 1) + timedelta(days=days))
    return st.lists(st.builds(Gift, st.sampled_from(Kind), euros, day, st.booleans()), max_size=8)


def carried_to(year: int) -> st.SearchStrategy[dict[int, Decimal]]:
    return st.dictionaries(st.integers(year - 7, year - 1), st.integers(0, 50_000).map(Decimal), max_size=5)


household = years.flatmap(
    lambda year: st.tuples(st.just(year), gifts_of(year), money, money, carried_to(year)),
)


@given(household)
def test_the_reduction_is_never_negative_and_the_gain_never_above_the_tax(case) -> None:
    year, gifts, income, tax, carried = case
    result = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    assert result.reduction >= 0
    assert all(part.base >= 0 and part.reduction >= 0 for part in result.parts)
    assert result.reduction == sum(part.reduction for part in result.parts)
    if tax is not None:
        assert 0 <= result.gain <= tax
        assert result.gain == 0 or result.gain >= min(tax, result.reduction)
        assert result.lost_reduction == max(result.reduction - result.gain, 0)
        assert tax - result.gain == 0 or tax < 61 or tax - result.gain >= 61  # less is not collected
    assert result.reduction == result.reduction.to_integral_value()


@given(household)
def test_no_euro_is_forgotten_and_none_counts_twice(case) -> None:
    year, gifts, income, tax, carried = case
    result = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    alive = sum(amount for old, amount in carried.items() if old >= year - 5)
    used = sum(part.base for part in result.parts)
    accounted = used + sum(result.carried.values()) + result.lost_gifts
    assert abs(accounted - result.given - alive) <= len(gifts) + 1  # each regime is rounded to the euro


@given(household)
def test_the_order_of_the_gifts_changes_nothing(case) -> None:
    year, gifts, income, tax, carried = case
    one = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    other = income_tax_reduction(gifts[::-1], year=year, income=income, tax=tax, carried=carried)
    assert one == other


@given(household, st.integers(0, 100))
def test_splitting_a_gift_changes_nothing(case, percent: int) -> None:
    year, gifts, income, tax, carried = case
    split = []
    for gift in gifts:
        first = (gift.amount * percent / 100).quantize(Decimal("0.01"))
        split += [
            Gift(gift.kind, first, gift.day, gift.abroad),
            Gift(gift.kind, gift.amount - first, gift.day, gift.abroad),
        ]
    whole = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    parts = income_tax_reduction(split, year=year, income=income, tax=tax, carried=carried)
    assert (whole.reduction, whole.carried, whole.parts) == (parts.reduction, parts.carried, parts.parts)


@given(household, st.integers(0, 7), euros)
def test_giving_more_never_brings_less(case, index: int, more: Decimal) -> None:
    year, gifts, income, tax, carried = case
    if not gifts:
        return
    index %= len(gifts)
    gift = gifts[index]
    larger = [*gifts[:index], Gift(gift.kind, gift.amount + more, gift.day, gift.abroad), *gifts[index + 1 :]]
    before = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    after = income_tax_reduction(larger, year=year, income=income, tax=tax, carried=carried)
    assert after.reduction >= before.reduction


@given(household)
def test_a_year_can_follow_another(case) -> None:
    year, gifts, income, tax, carried = case
    first = income_tax_reduction(gifts, year=year, income=income, tax=tax, carried=carried)
    second = income_tax_reduction([], year=year + 1, income=income, tax=tax, carried=first.carried)
    assert all(old >= year - 3 for old in second.carried)
