"""Skills sponsorship: who may lend staff and for how long, what the time is worth, and its reduction."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.parameters import parameter
from bot.rules.result import whole_euro
from bot.rules.skills import Loan, SkillsGift, service_gift, skills_gift
from bot.rules.skills_law import legal_checks, may_lend, public_agent_loan

RATE = Decimal("0.60")
JANUARY = date(2026, 1, 1)


def loan(starts: date = JANUARY, months: int = 1, share: str = "1", **pay: int) -> Loan:
    return Loan(starts, months, Decimal(share), **{name: Decimal(amount) for name, amount in pay.items()})


def valued(staff: Loan, turnover: int = 10_000_000, **more: Any) -> SkillsGift:
    return skills_gift(staff, turnover=Decimal(turnover), **more)


def told(result: SkillsGift) -> str:
    return " ".join(str(phrase) for phrase in (*(step.phrase for step in result.steps), *result.warnings))


def test_an_employee_one_day_in_five_for_four_months() -> None:
    gift = valued(loan(months=4, share="0.2", cost=3_950), turnover=800_000)
    assert gift.valuation == 3_950 * Decimal("0.2") * 4 == 3_160
    assert gift.reduction == 3_160 * RATE == 1_896


def test_a_manager_above_the_cap_full_time_for_two_months() -> None:
    gift = valued(loan(months=2, cost=16_400))
    assert gift.cap == 3 * 4_005 == 12_015
    assert gift.valuation == 12_015 * 2 == 24_030
    assert gift.reduction == 24_030 * RATE == 14_418


def test_the_company_ceiling_still_limits_the_reduction() -> None:
    gift = valued(loan(months=2, cost=16_400), turnover=850_000)
    assert gift.reduction == 20_000 * RATE
    assert gift.years[0].carried == {2026: 24_030 - 20_000}


def test_a_service_of_five_days_with_direct_costs() -> None:
    service = service_gift(
        Decimal(5 * 7), Decimal(38), direct_costs=Decimal(90), closes_on=date(2026, 12, 31), turnover=Decimal(800_000)
    )
    assert service.valuation == 5 * 7 * 38 + 90 == 1_420
    assert service.reduction == 1_420 * RATE == 852
    assert not service.warnings


def test_aid_received_is_taken_off_before_the_share_of_time() -> None:
    gift = valued(loan(months=3, share="0.5", cost=3_400, aid=500))
    assert gift.valuation == (3_400 - 500) * Decimal("0.5") * 3 == 4_350
    assert gift.reduction == 4_350 * RATE == 2_610


def test_what_is_re_invoiced_is_not_a_gift() -> None:
    assert valued(loan(cost=3_400, aid=400, reinvoiced=1_000)).valuation == 3_400 - 400 - 1_000
    assert valued(loan(cost=3_400, aid=400, reinvoiced=3_400)).valuation == 0


@pytest.mark.parametrize(
    ("year", "cap"),
    [
        (2020, 10_284),
        (2021, 10_284),
        (2022, 10_284),
        (2023, 10_998),
        (2024, 11_592),
        (2025, 11_775),
        (2026, 12_015),
    ],
)
def test_the_cap_of_each_year_is_three_monthly_ceilings(year: int, cap: int) -> None:
    gift = valued(loan(date(year, 5, 1), cost=20_000), headcount=6_000)
    assert gift.cap == cap
    assert gift.valuation == cap


@pytest.mark.parametrize("year", [2018, 2019])
def test_there_was_no_cap_before_years_closed_on_31_december_2020(year: int) -> None:
    gift = valued(loan(date(year, 5, 1), cost=20_000), headcount=6_000)
    assert gift.cap is None
    assert gift.valuation == 20_000


def test_the_cap_follows_the_closing_day_and_not_the_month() -> None:
    open_year = valued(loan(date(2020, 5, 1), cost=20_000), headcount=6_000, closes_on=date(2020, 12, 30))
    assert open_year.valuation == 20_000
    assert valued(loan(date(2020, 5, 1), cost=20_000), headcount=6_000, closes_on=date(2020, 12, 31)).cap == 10_284


def test_a_loan_across_new_year_takes_the_cap_and_the_rules_of_each_year() -> None:
    gift = valued(loan(date(2025, 12, 1), months=2, cost=20_000))
    assert gift.by_year == {date(2025, 12, 31): 11_775, date(2026, 12, 31): 12_015}
    assert gift.reduction == (11_775 + 12_015) * RATE
    assert "several financial years" in told(gift)


def test_what_exceeds_the_first_year_is_used_in_the_second() -> None:
    gift = valued(loan(date(2025, 11, 1), months=3, cost=11_000), turnover=0)
    assert gift.by_year == {date(2025, 12, 31): 22_000, date(2026, 12, 31): 11_000}
    # 20,000 of the first year, then 11,000 and the 2,000 that were carried over.
    assert gift.reduction == (20_000 + 11_000 + 2_000) * RATE


def test_a_ceiling_not_published_yet_is_said_and_the_last_one_used() -> None:
    gift = valued(loan(date(2027, 1, 1), cost=20_000))
    assert gift.cap == 12_015
    assert "not known yet" in told(gift)


def test_the_cap_before_the_share_of_time_is_the_prudent_reading_and_says_so() -> None:
    gift = valued(loan(share="0.5", cost=20_000))
    assert gift.valuation == 12_015 * Decimal("0.5")
    assert "prudent reading" in told(gift)
    assert "prudent reading" not in told(valued(loan(share="0.5", cost=5_000)))


def test_only_the_gross_pay_gives_a_range_and_sends_to_payroll() -> None:
    gift = valued(loan(months=2, share="0.5", gross=2_500))
    low, high = (parameter("skills.charges").at(JANUARY)[end] for end in ("low", "high"))
    assert gift.valuation == 2_500 * (1 + low) * Decimal("0.5") * 2
    assert gift.highest_valuation == 2_500 * (1 + high) * Decimal("0.5") * 2
    assert gift.highest_reduction == gift.highest_valuation * RATE
    assert "payroll" in told(gift)


@pytest.mark.parametrize(
    ("on", "headcount", "months", "allowed"),
    [
        (date(2024, 4, 16), 12, 6, False),
        (date(2024, 4, 16), 4_999, 6, False),
        (date(2024, 4, 16), 5_000, 24, True),
        (date(2024, 4, 16), 5_000, 25, False),
        (date(2024, 4, 16), None, 6, None),
        (date(2024, 4, 17), 1, 36, True),
        (date(2024, 4, 17), None, 36, True),
        (date(2024, 4, 17), 1, 37, False),
    ],
)
def test_a_company_of_any_size_may_lend_to_an_association_since_17_april_2024(
    on: date, headcount: int | None, months: int, allowed: bool | None
) -> None:
    assert may_lend("general_interest", on=on, months=months, headcount=headcount).allowed is allowed


@pytest.mark.parametrize(
    ("on", "headcount", "months", "allowed"),
    [
        (date(2024, 4, 16), 5_000, 25, False),
        (date(2024, 4, 17), 5_000, 36, True),
        (date(2024, 4, 17), 4_999, 6, False),
        (date(2024, 4, 17), None, 6, None),
    ],
)
def test_a_loan_to_a_small_firm_still_needs_5000_employees(
    on: date, headcount: int | None, months: int, allowed: bool | None
) -> None:
    for borrower in ("young_company", "sme"):
        assert may_lend(borrower, on=on, months=months, headcount=headcount).allowed is allowed


def test_nothing_within_a_group_nor_to_another_company() -> None:
    assert may_lend("group", on=JANUARY, months=1, headcount=9_000).allowed is False
    assert may_lend("other", on=JANUARY, months=1, headcount=9_000).allowed is False


def test_a_loan_that_is_not_lawful_gives_no_reduction() -> None:
    too_long = valued(loan(months=37, cost=3_000))
    assert (too_long.allowed, too_long.reduction, too_long.years) == (False, 0, ())
    assert "shorten the loan" in told(too_long)


def test_a_loan_to_a_start_up_is_lawful_for_a_large_company_but_is_not_patronage() -> None:
    gift = valued(loan(cost=3_000), borrower="young_company", headcount=6_000)
    assert gift.allowed
    assert gift.reduction == 0
    assert "No company reduction" in told(gift)


def test_before_the_law_we_hold_nothing_is_computed_and_nothing_crashes() -> None:
    gift = valued(loan(date(2017, 12, 31), cost=3_000))
    assert (gift.allowed, gift.valuation, gift.reduction) == (None, 0, None)
    assert "lawyer" in told(gift)


def test_each_shape_has_its_checks_with_their_texts() -> None:
    loan_checks, service_checks = legal_checks("loan", on=JANUARY), legal_checks("service", on=JANUARY)
    assert any("expressly and in writing" in str(step.phrase) for step in loan_checks)
    assert any(step.phrase.values.get("fine") == 30_000 for step in service_checks)
    assert all(step.source is not None for step in (*loan_checks, *service_checks))
    assert any("before it issues the receipt" in str(step.phrase) for step in loan_checks)
    assert legal_checks("loan", on=date(2017, 12, 31)) == ()


def test_the_consent_of_the_employee_is_always_recalled() -> None:
    assert "in writing" in told(valued(loan(cost=3_000)))


@pytest.mark.parametrize(
    ("year", "cap_by_day", "cap_by_hour"),
    [(2020, 567, 78), (2022, 567, 78), (2023, 606, 81), (2024, 639, 87), (2025, 648, 87), (2026, 660, 90)],
)
def test_ceilings_by_day_and_hour_come_from_the_yearly_one(year: int, cap_by_day: int, cap_by_hour: int) -> None:
    monthly = parameter("skills.pmss").at(date(year, 6, 1)).value
    divisors = parameter("skills.cap.divisors").at(date(year, 6, 1))
    assert 3 * whole_euro(monthly * 12 / divisors["day"]) == cap_by_day
    service = service_gift(Decimal(1), Decimal(500), closes_on=date(year, 12, 31), turnover=Decimal(0))
    assert service.hourly_cap == cap_by_hour
    assert service.valuation == cap_by_hour
    assert any("not settled" in str(warning) for warning in service.warnings)


def test_a_service_of_an_old_year_has_no_cap_and_does_not_crash() -> None:
    assert service_gift(Decimal(1), Decimal(500), closes_on=date(2019, 12, 31), turnover=Decimal(0)).valuation == 500
    assert service_gift(Decimal(1), Decimal(500), closes_on=date(1999, 12, 31), turnover=Decimal(0)).reduction == 0


@pytest.mark.parametrize(
    ("on", "inhabitants", "allowed"),
    [
        (date(2022, 12, 27), None, False),
        (date(2022, 12, 28), None, True),
        (date(2026, 6, 1), 3_500, False),
        (date(2026, 6, 1), 3_501, True),
        (date(2027, 12, 27), 90_000, True),
        (date(2027, 12, 28), 90_000, False),
    ],
)
def test_public_agents_may_be_lent_until_the_end_of_the_trial(on: date, inhabitants: int | None, allowed: bool) -> None:
    assert public_agent_loan(on, inhabitants=inhabitants).allowed is allowed


def test_public_hospitals_may_lend_their_staff_too() -> None:
    assert "public hospitals" in str(public_agent_loan(date(2026, 6, 1)).steps[0].phrase)


def test_after_the_last_day_that_is_known_every_loan_warns() -> None:
    last = {"day": date(2026, 12, 31)}
    for right in (
        may_lend("general_interest", on=date(2027, 1, 1), months=1),
        may_lend("other", on=date(2027, 1, 1), months=1),
        public_agent_loan(date(2027, 1, 1)),
        public_agent_loan(date(2028, 1, 1)),
        service_gift(Decimal(1), Decimal(50), closes_on=date(2027, 12, 31), turnover=Decimal(0)),
    ):
        assert [warning.values for warning in right.warnings].count(last) == 1


money = st.decimals(min_value=0, max_value=40_000, places=2)


@given(
    starts=st.dates(date(2010, 1, 1), date(2035, 12, 31)),
    months=st.integers(1, 40),
    share=st.decimals(min_value="0.01", max_value=1, places=2),
    cost=money,
    aid=money,
    closes_on=st.none() | st.dates(date(2010, 1, 1), date(2035, 12, 31)),
)
def test_a_loan_is_never_worth_more_than_its_cost_nor_than_the_cap(
    starts: date, months: int, share: Decimal, cost: Decimal, aid: Decimal, closes_on: date | None
) -> None:
    staff = Loan(starts, months, share, cost, aid=aid)
    gift = skills_gift(staff, turnover=Decimal(10**9), closes_on=closes_on)
    rounding = Decimal("0.01") * len(gift.by_year)
    assert 0 <= gift.valuation <= max(Decimal(0), cost - aid) * share * months + rounding
    assert sum(gift.by_year.values(), Decimal(0)) == gift.valuation
    if gift.reduction:
        assert gift.reduction <= gift.valuation * RATE + rounding
