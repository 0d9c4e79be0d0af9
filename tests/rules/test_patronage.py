"""Company gifts (CGI art. 238 bis): the worked examples, each date on both sides, and what must hold for any gift."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.patronage import CompanyGift, GiftKind, Patronage, patronage
from bot.rules.patronage_duties import association_duties, counterpart, counterpart_of_a_person, gift_in_kind
from bot.rules.result import sources_of

RATE = Decimal("0.60")
AT_40 = Decimal("0.40")
END_OF_2026 = date(2026, 12, 31)


def gift(amount: int, kind: GiftKind = "ordinary") -> CompanyGift:
    return CompanyGift(Decimal(amount), kind)


def year_of(*gifts: CompanyGift, turnover: int, closes_on: date = END_OF_2026, **more: Any) -> Patronage:
    return patronage(gifts, closes_on=closes_on, turnover=Decimal(turnover), **more)


def told(result: Patronage) -> str:
    return " ".join(str(phrase) for phrase in (*(step.phrase for step in result.steps), *result.warnings))


def test_a_small_company_gives_6000_within_the_fixed_ceiling() -> None:
    year = year_of(gift(6_000), turnover=850_000)
    assert year.ceiling == 20_000
    assert year.reduction == 6_000 * RATE == 3_600
    assert year.cost == 6_000 - 3_600
    assert year.carried == {}


def test_above_the_ceiling_the_excess_is_carried_over() -> None:
    year = year_of(gift(38_000), turnover=6_400_000)
    assert year.ceiling == 6_400_000 * Decimal("0.005") == 32_000
    assert year.reduction == 32_000 * RATE == 19_200
    assert year.carried == {2026: 38_000 - 32_000}
    assert year.excess == 6_000


def test_next_year_the_room_left_goes_to_the_carried_gifts() -> None:
    year = year_of(gift(30_000), turnover=6_800_000, closes_on=date(2027, 12, 31), carried={2026: Decimal(6_000)})
    assert year.ceiling == 34_000
    assert year.from_earlier == 34_000 - 30_000
    assert year.retained + year.from_earlier == 34_000
    assert year.reduction == 34_000 * RATE == 20_400
    assert year.carried == {2026: 6_000 - 4_000}


def test_a_large_group_gives_to_a_museum_and_to_a_food_bank() -> None:
    year = year_of(gift(2_600_000), gift(900_000, "difficulty"), turnover=900_000_000)
    assert year.ceiling == 4_500_000
    assert year.reduction == 2_000_000 * RATE + 600_000 * AT_40 + 900_000 * RATE
    assert year.reduction == 1_980_000


def test_a_reduction_greater_than_the_tax_waits_for_the_next_years() -> None:
    year = year_of(gift(6_000), turnover=850_000, tax=Decimal(2_250))
    assert year.reduction == 3_600
    assert year.used == 2_250
    assert year.unused == 3_600 - 2_250 == 1_350
    assert year.unused_carried == {2026: 1_350}


def test_a_micro_entrepreneur_has_no_company_reduction_but_may_give_as_a_private_person() -> None:
    year = year_of(gift(500), turnover=40_000, regime="micro")
    assert not year.eligible
    assert year.reduction == 0
    assert year.retained == 0
    private = year.steps[-1]
    assert private.amount == 500 * Decimal("0.66") == 330
    assert "private person" in told(year)


@pytest.mark.parametrize(
    ("value", "share", "accepted"),
    [
        (1_000, Decimal("0.25"), True),
        (1_600, Decimal("0.40"), False),
        (1_001, Decimal("0.25025"), False),
        (0, Decimal(0), True),
    ],
)
def test_tickets_in_return_are_accepted_up_to_a_quarter(value: int, share: Decimal, accepted: bool) -> None:
    tickets = counterpart(Decimal(4_000), Decimal(value), on=END_OF_2026)
    assert tickets.share == share
    assert tickets.is_accepted is accepted
    assert tickets.warnings


@pytest.mark.parametrize(
    ("gift", "value", "accepted"), [(400, 73, True), (400, 74, False), (100, 25, True), (100, 26, False)]
)
def test_a_private_person_may_receive_a_quarter_and_73_at_most(gift: int, value: int, accepted: bool) -> None:
    actual = counterpart_of_a_person(Decimal(gift), Decimal(value), on=date(2025, 12, 31))
    assert actual.is_accepted is accepted
    assert actual.warnings == ()


def test_what_a_private_person_may_receive_since_2026_is_to_be_confirmed() -> None:
    (warning,) = counterpart_of_a_person(Decimal(100), Decimal(10), on=date(2026, 1, 1)).warnings
    assert "tax office" in str(warning)


def test_after_the_last_day_that_is_known_everything_about_company_gifts_warns() -> None:
    year, last = date(2027, 12, 31), {"day": date(2026, 12, 31)}
    told = [
        year_of(gift(1_000), turnover=0, closes_on=year).warnings,
        year_of(gift(1_000), turnover=0, closes_on=year, regime="micro").warnings,
        counterpart(Decimal(100), Decimal(10), on=year).warnings,
        counterpart_of_a_person(Decimal(100), Decimal(10), on=year).warnings,
        *(gift_in_kind(kind, Decimal(1), closes_on=year).warnings for kind in ("stock", "service", "fixed_asset")),
    ]
    assert all(last in [warning.values for warning in warnings] for warnings in told)


def test_the_body_has_duties_too_from_their_day() -> None:
    assert association_duties(date(2018, 12, 31)) == ()
    assert [sorted(step.phrase.values) for step in association_duties(date(2020, 12, 31))] == [["rate"]]
    assert [sorted(step.phrase.values) for step in association_duties(date(2021, 1, 1))] == [["months"], ["rate"]]
    assert [sorted(step.phrase.values) for step in association_duties(date(2022, 1, 1))] == [
        ["form"],
        ["months"],
        ["rate"],
    ]


@pytest.mark.parametrize(
    ("closes_on", "ceiling"),
    [
        (date(2019, 12, 30), Decimal("0.005") * 850_000),
        (date(2019, 12, 31), Decimal(10_000)),
        (date(2020, 12, 30), Decimal(10_000)),
        (date(2020, 12, 31), Decimal(20_000)),
        (date(2026, 12, 31), Decimal(20_000)),
    ],
)
def test_the_fixed_ceiling_follows_the_closing_day(closes_on: date, ceiling: Decimal) -> None:
    assert year_of(gift(1), turnover=850_000, closes_on=closes_on).ceiling == ceiling


@pytest.mark.parametrize("closes_on", [date(2019, 6, 30), date(2020, 6, 30), date(2026, 12, 31)])
def test_half_a_percent_of_a_large_turnover_is_above_any_fixed_ceiling(closes_on: date) -> None:
    assert year_of(gift(1), turnover=10_000_000, closes_on=closes_on).ceiling == 50_000


def test_the_lower_rate_above_two_million_begins_with_years_closed_from_31_december_2020() -> None:
    before = year_of(gift(2_600_000), turnover=900_000_000, closes_on=date(2020, 12, 30))
    since = year_of(gift(2_600_000), turnover=900_000_000, closes_on=date(2020, 12, 31))
    assert before.reduction == 2_600_000 * RATE
    assert since.reduction == 2_000_000 * RATE + 600_000 * AT_40


def test_two_million_exactly_is_all_at_the_full_rate() -> None:
    assert year_of(gift(2_000_000), turnover=900_000_000).reduction == 2_000_000 * RATE
    assert year_of(gift(2_000_001), turnover=900_000_000).reduction == 2_000_000 * RATE + 1 * AT_40


def test_where_slice_and_ceiling_bind_together_no_figure_is_given_and_an_accountant_is_named() -> None:
    year = year_of(gift(3_000_000), turnover=500_000_000, tax=Decimal(1_000_000))
    assert year.ceiling == 2_500_000
    assert year.reduction is None
    assert year.cost is None
    assert year.used is None
    assert year.carried == {2026: 500_000}
    assert "accountant" in told(year)


def test_gifts_to_people_in_difficulty_do_not_use_up_the_two_million() -> None:
    year = year_of(gift(2_000_000), gift(1_500_000, "difficulty"), turnover=900_000_000)
    assert year.reduction == 3_500_000 * RATE


def test_carried_gifts_are_used_oldest_first_for_five_years_and_then_lost() -> None:
    carried = {2020: Decimal(700), 2021: Decimal(5_000), 2022: Decimal(30_000), 2025: Decimal(900)}
    year = year_of(gift(10_000), turnover=0, carried=carried)
    assert year.from_earlier == 20_000 - 10_000
    # 2020 is six years back: lost. 2021, five years back, is used whole, then 5,000 of 2022.
    assert year.carried == {2022: 30_000 - 5_000, 2025: 900}
    assert "can no longer be used" in told(year)


def test_what_is_left_of_the_fifth_year_is_lost_with_it() -> None:
    year = year_of(gift(20_000), turnover=0, carried={2021: Decimal(5_000)})
    assert year.from_earlier == 0
    assert year.carried == {}
    assert "can no longer be used" in told(year)


def test_an_older_reduction_is_used_after_this_years_oldest_first_and_lost_after_five_years() -> None:
    unused = {2019: Decimal(50), 2022: Decimal(400), 2024: Decimal(900)}
    year = year_of(gift(1_000), turnover=0, tax=Decimal(1_500), unused_carried=unused)
    assert year.used == 1_000 * RATE
    assert year.used_from_earlier == 1_500 - 600
    assert year.unused == 0
    assert year.unused_carried == {2024: 900 - (900 - 400)}
    assert "lost" in told(year)


def test_without_the_tax_nothing_is_said_of_what_is_used() -> None:
    year = year_of(gift(1_000), turnover=0)
    assert (year.used, year.unused, year.unused_carried) == (None, None, None)


def test_no_tax_at_all_keeps_the_whole_reduction_for_later() -> None:
    year = year_of(gift(1_000), turnover=0, tax=Decimal(0))
    assert (year.used, year.unused) == (0, 600)


def test_the_gift_is_compared_with_an_expense_deducted_at_the_normal_rate() -> None:
    year = year_of(gift(1_000), turnover=0)
    assert year.cost == 1_000 - 600
    assert year.expense_rate == Decimal("0.25")
    assert year.expense_cost == 1_000 - 250


def test_the_comparison_follows_the_rate_of_the_person_when_it_is_known() -> None:
    assert year_of(gift(1_000), turnover=0, tax_rate=Decimal("0.15")).expense_cost == 1_000 - 150
    assert year_of(gift(1_000), turnover=0, regime="ir").expense_cost is None
    assert year_of(gift(1_000), turnover=0, regime="ir", tax_rate=Decimal("0.30")).expense_cost == 1_000 - 300


def test_a_sole_trader_may_choose_the_private_gift_and_never_both() -> None:
    year = year_of(gift(1_000), turnover=0, regime="ir")
    assert year.eligible
    assert year.reduction == 600
    assert "never both for the same euro" in told(year)
    assert [step.amount for step in year.steps if "private gift" in str(step.phrase)] == [1_000 * Decimal("0.66")]


@pytest.mark.parametrize(("amount", "reported"), [(10_000, False), (10_001, True)])
def test_gifts_above_10000_are_reported_one_by_one(amount: int, reported: bool) -> None:
    year = year_of(gift(amount), turnover=0)
    assert year.must_report is reported
    assert any("one by one" in str(step.phrase) for step in year.duties) is reported


def test_the_report_did_not_exist_for_a_year_closed_before_31_december_2019() -> None:
    assert not year_of(gift(50_000), turnover=0, closes_on=date(2019, 12, 30)).must_report
    assert year_of(gift(50_000), turnover=0, closes_on=date(2019, 12, 31)).must_report


def test_the_receipt_is_a_duty_since_2022() -> None:
    before = year_of(gift(100), turnover=0, closes_on=date(2021, 12, 31))
    since = year_of(gift(100), turnover=0, closes_on=date(2022, 12, 31))
    assert not any("receipt" in str(step.phrase) for step in before.duties)
    assert any("receipt" in str(step.phrase) for step in since.duties)


def test_each_form_is_named_with_its_source() -> None:
    forms = [str(step.phrase.values.get("form", "")) for step in year_of(gift(100), turnover=0, regime="ir").duties]
    assert [form for form in forms if form] == [
        "2041-MEC-SD (cerfa 16216)",
        "2069-M-FC-SD",
        "2069-RCI-SD",
        "2042-C-PRO (7US)",
    ]


def test_a_year_before_the_law_we_hold_gives_nothing_and_does_not_crash() -> None:
    year = year_of(gift(1_000), turnover=1_000_000, closes_on=date(1999, 12, 31))
    assert (year.eligible, year.reduction, year.cost) == (False, 0, 1_000)
    assert year.warnings


def test_after_the_law_that_was_read_the_figure_comes_with_a_warning() -> None:
    assert "may change" not in told(year_of(gift(1), turnover=0, closes_on=date(2026, 12, 31)))
    assert "may change" in told(year_of(gift(1), turnover=0, closes_on=date(2027, 1, 1)))


def test_a_carry_that_may_hold_a_slice_at_the_lower_rate_is_to_be_checked() -> None:
    year = year_of(gift(0), turnover=420_000_000, carried={2025: Decimal(100_000)})
    assert year.reduction == 100_000 * RATE
    assert "accountant" in told(year)
    assert "accountant" not in told(year_of(gift(0), turnover=1_000_000, carried={2025: Decimal(100)}))


def test_every_amount_has_a_source() -> None:
    year = year_of(gift(38_000), gift(900, "difficulty"), turnover=6_400_000, carried={2025: Decimal(3)})
    assert all(step.source is not None for step in (*year.steps, *year.duties))
    assert all(source.reference and source.checked for source in sources_of(year.steps))


def test_stock_counts_at_cost_with_what_it_took_to_bring_it() -> None:
    goods = gift_in_kind("stock", Decimal("1200.50"), attached_costs=Decimal(80), closes_on=END_OF_2026)
    assert goods.value == Decimal("1200.50") + 80


def test_the_value_of_a_fixed_asset_is_that_of_its_disposal_which_an_accountant_has() -> None:
    asset = gift_in_kind("fixed_asset", Decimal(5_000), closes_on=END_OF_2026)
    assert asset.value is None
    assert "disposal value" in str(asset.steps[0].phrase)
    assert "n° 60" in asset.steps[0].source.reference
    assert "accountant" in str(asset.warnings[0])
    assert "may be taxable" in str(asset.warnings[0])


def test_vat_is_due_on_goods_but_for_recognised_bodies_and_asked_about_for_services() -> None:
    goods = gift_in_kind("stock", Decimal(100), closes_on=END_OF_2026)
    assert "VAT is due on goods" in str(goods.steps[1].phrase)
    assert "273 septies D" in goods.steps[1].source.reference
    service = gift_in_kind("service", Decimal(100), closes_on=END_OF_2026)
    assert len(service.steps) == 1
    assert "to be checked" in str(service.warnings[0])


@pytest.mark.parametrize(("closes_on", "known"), [(date(2016, 12, 30), False), (date(2016, 12, 31), True)])
def test_goods_are_valued_at_cost_in_years_closed_from_31_december_2016(closes_on: date, known: bool) -> None:
    assert (gift_in_kind("stock", Decimal(100), closes_on=closes_on).value is not None) is known


amounts = st.decimals(min_value=0, max_value=5_000_000, places=2)
closings = st.dates(date(1990, 1, 1), date(2040, 12, 31))
kinds = st.sampled_from(["ordinary", "difficulty"])
gifts = st.lists(st.builds(CompanyGift, amounts, kinds), max_size=6)
older = st.dictionaries(st.integers(-8, -1), amounts, max_size=6)


@given(gifts=gifts, closes_on=closings, turnover=st.decimals(0, 10**10, places=2), older=older, tax=amounts)
def test_whatever_is_given_nothing_is_negative_and_no_base_appears_or_vanishes(
    gifts: list[CompanyGift], closes_on: date, turnover: Decimal, older: dict[int, Decimal], tax: Decimal
) -> None:
    carried = {closes_on.year + back: base for back, base in older.items()}
    year = patronage(gifts, closes_on=closes_on, turnover=turnover, carried=carried, tax=tax)
    assert 0 <= year.retained <= year.given
    if not year.eligible:
        assert year.reduction == 0
        return
    assert year.retained + year.from_earlier <= year.ceiling
    usable = sum((base for origin, base in carried.items() if closes_on.year - origin <= 5), Decimal(0))
    lost = sum((base for origin, base in carried.items() if closes_on.year - origin == 5), Decimal(0))
    kept = sum(year.carried.values(), Decimal(0)) + year.from_earlier
    assert usable + year.excess - lost <= kept <= usable + year.excess
    if year.reduction is not None:
        assert 0 <= year.reduction <= (year.retained + year.from_earlier) * RATE + 1
        assert year.used is not None
        assert year.unused is not None
        assert year.used + year.unused == year.reduction
        assert year.used + (year.used_from_earlier or 0) <= tax


@given(gifts=gifts, more=amounts, turnover=st.decimals(0, 10**10, places=2))
def test_giving_more_never_gives_less_back(gifts: list[CompanyGift], more: Decimal, turnover: Decimal) -> None:
    smaller = patronage(gifts, closes_on=END_OF_2026, turnover=turnover).reduction
    larger = patronage([*gifts, CompanyGift(more)], closes_on=END_OF_2026, turnover=turnover).reduction
    if smaller is not None and larger is not None:
        assert larger >= smaller


@given(gifts=gifts, turnover=st.decimals(0, 10**10, places=2))
def test_the_order_of_the_gifts_changes_nothing(gifts: list[CompanyGift], turnover: Decimal) -> None:
    there = patronage(gifts, closes_on=END_OF_2026, turnover=turnover)
    back = patronage(reversed(gifts), closes_on=END_OF_2026, turnover=turnover)
    assert there == back


@given(cents=st.integers(0, 500_000_000), cut=st.integers(0, 100), turnover=st.integers(0, 10**9))
def test_splitting_a_gift_changes_nothing(cents: int, cut: int, turnover: int) -> None:
    whole, part = Decimal(cents) / 100, Decimal(cents * cut // 100) / 100
    once = year_of(CompanyGift(whole), turnover=turnover)
    twice = year_of(CompanyGift(part), CompanyGift(whole - part), turnover=turnover)
    assert (once.reduction, once.carried) == (twice.reduction, twice.carried)
