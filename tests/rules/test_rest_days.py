"""Rest days given to an association or to a colleague: how many, since when, worth what, and what is never promised."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrase import Phrase
from bot.rules.public_holidays import easter, public_holidays, weekday_holidays
from bot.rules.rest_day_value import Pay, day_value
from bot.rules.rest_days import RestDayGift, RestDayLimits, body_warning, rest_day_gift, rest_day_limits
from bot.rules.rest_days_colleagues import SITUATIONS, colleague_gift

MAY = date(2026, 5, 6)


def cents(text: str) -> Decimal:
    return Decimal(text)


def days(count: str | int, *, kind: str = "rtt", on: date = MAY, pay: Pay | None = None, **more: Any) -> RestDayGift:
    return rest_day_gift(Decimal(count), kind=kind, agreed_on=on, pay=pay, **more)


def words(*phrases: Phrase | None) -> str:
    return " ".join(str(phrase) for phrase in phrases if phrase is not None)


def test_two_rtt_days_on_a_monthly_pay_of_2600() -> None:
    gift = days(2, pay=Pay(Decimal(2_600)))
    assert gift.available
    assert gift.day_value == round(2_600 / cents("21.67"), 2) == cents("119.98")
    assert gift.value == 2 * cents("119.98") == cents("239.96")
    with_22 = days(2, pay=Pay(Decimal(2_600)), divisor=Decimal(22))
    assert with_22.day_value == round(Decimal(2_600) / 22, 2) == cents("118.18")
    assert with_22.value == cents("236.36")


def test_the_divisor_is_said() -> None:
    steps = days(2, pay=Pay(Decimal(2_600))).steps
    assert [step.phrase.values["divisor"] for step in steps if "divisor" in step.phrase.values] == [cents("21.67")]


def test_one_day_of_seven_hours_at_14_20_an_hour() -> None:
    gift = days(1, pay=Pay(cents("14.20"), "hour", hours_per_day=Decimal(7)))
    assert gift.value == cents("14.20") * 7 == cents("99.40")


def test_three_days_of_a_forfait_of_218_days() -> None:
    gift = days(3, kind="forfait_rest", pay=Pay(Decimal(52_000), "year", forfait_days=Decimal(218)))
    assert weekday_holidays(2026) == 9
    assert gift.day_value == round(Decimal(52_000) / (218 + 25 + 9), 2) == cents("206.35")
    assert gift.value == 3 * cents("206.35") == cents("619.05")


def test_the_same_pay_by_the_monthly_method() -> None:
    gift = days(3, kind="forfait_rest", pay=Pay(Decimal(52_000), "year"))
    assert gift.day_value == round(Decimal(52_000) / 12 / cents("21.67"), 2) == cents("199.97")
    assert gift.value == 3 * cents("199.97") == cents("599.91")


def test_five_days_asked_of_29_days_of_annual_leave() -> None:
    pay = Pay(Decimal(2_450), reference_year=Decimal(33_000))
    gift = days(5, kind="annual_leave", pay=pay, leave_entitlement=Decimal(29))
    assert gift.allowed_days == min(5, 29 - 24, 3) == 3
    tenth, maintained = Decimal(33_000) / 10 / 30, round(Decimal(2_450) / 26, 2)
    assert (tenth, maintained) == (110, cents("94.23"))
    assert gift.day_value == max(tenth, maintained)
    assert gift.value == 3 * 110


def test_without_the_reference_year_maintained_pay_counts_and_payroll_is_named() -> None:
    gift = days(1, kind="annual_leave", pay=Pay(Decimal(2_450)), leave_entitlement=Decimal(30))
    assert gift.day_value == cents("94.23")
    assert "Payroll" in words(*gift.warnings)


@pytest.mark.parametrize(
    ("on", "available"),
    [
        (date(2011, 6, 1), False),
        (date(2024, 4, 16), False),
        (date(2024, 4, 17), False),
        (date(2025, 2, 21), False),
        (date(2025, 2, 22), True),
        (date(2026, 11, 21), True),
    ],
)
def test_days_can_be_given_to_an_association_since_22_february_2025(on: date, available: bool) -> None:
    gift = days(2, on=on, pay=Pay(Decimal(2_600)))
    assert gift.available is available
    assert gift.allowed_days == (2 if available else 0)
    assert (gift.value is None) is not available


def test_before_the_decree_the_answer_tells_a_law_that_waits_from_no_law() -> None:
    assert "no law" in words(days(1, on=date(2024, 4, 16)).reason)
    assert "could not be used" in words(days(1, on=date(2024, 4, 17)).reason)
    assert "could not be used" in words(days(1, on=date(2025, 2, 21)).reason)


@pytest.mark.parametrize(
    ("asked", "given", "allowed"), [(3, 0, 3), (4, 0, 3), (2, 1, 2), (3, 1, 2), (1, 3, 0), (1, 5, 0)]
)
def test_three_working_days_a_year_all_kinds_together(asked: int, given: int, allowed: int) -> None:
    gift = days(asked, given_this_year=Decimal(given))
    assert gift.allowed_days == allowed
    assert (gift.reason is not None) is (allowed < asked)


@pytest.mark.parametrize(("leave", "allowed"), [(24, 0), (25, 1), (26, 2), (30, 3), (20, 0)])
def test_only_annual_leave_above_24_working_days_can_be_given(leave: int, allowed: int) -> None:
    gift = days(3, kind="annual_leave", leave_entitlement=Decimal(leave))
    assert gift.allowed_days == allowed
    assert (gift.reason is not None) is (allowed < 3)


def test_rtt_days_do_not_depend_on_annual_leave() -> None:
    assert days(3, leave_entitlement=Decimal(10)).allowed_days == 3


def test_annual_leave_that_nobody_counted_is_to_be_checked_with_payroll() -> None:
    assert "payroll" in words(*days(1, kind="annual_leave").warnings)


@pytest.mark.parametrize(
    "kind", ["rtt", "forfait_rest", "cet", "annual_leave", "conventional_leave", "recovery", "other"]
)
def test_no_reduction_is_ever_promised_and_somebody_is_named(kind: str) -> None:
    warnings = words(*days(2, kind=kind, pay=Pay(Decimal(2_600))).warnings)
    assert "No tax reduction is provided for you" in warnings
    assert "Urssaf" in warnings
    assert "should not count on a company reduction" in warnings


def test_days_whose_nature_is_not_sure_are_to_be_confirmed() -> None:
    assert "payroll" in words(*days(1, kind="recovery").warnings)
    assert "have payroll confirm" not in words(*days(1, kind="rtt").warnings)


def test_half_days_and_the_year_that_counts_are_to_be_agreed() -> None:
    assert "half days" in words(*days("1.5").warnings)
    assert "half days" not in words(*days(1).warnings)
    assert "calendar year" in words(*days(3).warnings)


def test_the_body_is_one_of_a_or_b() -> None:
    assert body_warning("a_or_b") is None
    assert "disputed" in words(body_warning("endowment_fund"))
    assert "founded it" in words(body_warning("corporate_foundation"))
    assert "in writing" in words(body_warning("unknown"))
    assert not days(1, body="other").available


def test_a_letter_has_the_limits_of_its_day() -> None:
    assert rest_day_limits(MAY) == RestDayLimits(Decimal(3), Decimal(24))
    assert rest_day_limits(date(2025, 2, 21)) is None


def test_public_agents_have_no_such_gift() -> None:
    gift = days(1, is_public_agent=True)
    assert not gift.available
    assert "personnel department" in words(gift.reason)


def test_after_the_law_that_was_read_the_answer_says_it_may_change() -> None:
    assert "may change" in words(*days(1, on=date(2027, 1, 1)).warnings)
    assert "may change" not in words(*days(1, on=date(2026, 12, 31)).warnings)


def test_each_way_of_being_paid_has_its_method() -> None:
    def value(pay: Pay, divisor: int | None = None) -> Decimal | None:
        return day_value(pay, on=MAY, divisor=None if divisor is None else Decimal(divisor)).amount

    assert value(Pay(cents("131.256"), "day")) == cents("131.26")
    assert value(Pay(Decimal(2_600)), divisor=20) == 130
    assert value(Pay(Decimal(2_080), days_per_week=Decimal(4))) == round(2_080 / cents("17.33"), 2)
    assert value(Pay(Decimal(2_600), days_per_week=Decimal(5))) == cents("119.98")
    assert value(Pay(Decimal(30_000), "year", days_worked=Decimal(200))) == 150
    assert value(Pay(Decimal(12), "hour")) is None
    assert (
        value(Pay(Decimal(52_000), "year", forfait_days=Decimal(210), paid_leave_days=Decimal(30), holidays=10)) == 208
    )


def test_methods_that_no_text_gives_send_to_payroll() -> None:
    for pay in (
        Pay(Decimal(2_080), days_per_week=Decimal(4)),
        Pay(Decimal(30_000), "year", days_worked=Decimal(200)),
        Pay(Decimal(52_000), "year", forfait_days=Decimal(218)),
    ):
        assert "payroll" in words(*day_value(pay, on=MAY).warnings)


def test_easter_and_the_public_holidays() -> None:
    assert [easter(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= public_holidays(2026)
    assert len(public_holidays(2026)) == 11
    assert len(public_holidays(2008)) == 10  # 1 May and Ascension Day fell together


@pytest.mark.parametrize(
    ("situation", "sector", "first"),
    [
        ("reservist", "private", date(2023, 8, 3)),
        ("firefighter", "private", date(2021, 11, 27)),
        ("firefighter", "public", date(2023, 8, 14)),
        ("child_ill", "private", date(2014, 5, 11)),
        ("child_died", "private", date(2020, 6, 10)),
        ("carer", "private", date(2018, 2, 15)),
        ("child_ill", "public", date(2015, 5, 30)),
    ],
)
def test_days_to_a_colleague_exist_from_their_first_day(situation: Any, sector: Any, first: date) -> None:
    assert colleague_gift(situation, sector, on=first).available is True
    assert colleague_gift(situation, sector, on=date.fromordinal(first.toordinal() - 1)).available is False


def test_firefighters_in_the_public_service_have_ten_days_a_year() -> None:
    gift = colleague_gift("firefighter", "public", on=MAY)
    assert gift.steps[0].phrase.values["days"] == 10
    assert "confirm" in words(*gift.warnings)


def test_reservists_in_the_public_service_are_sent_to_their_personnel_department() -> None:
    gift = colleague_gift("reservist", "public", on=MAY)
    assert gift.available is None
    assert "personnel department" in words(*gift.warnings)


@pytest.mark.parametrize(
    ("on", "available"),
    [
        (date(2007, 12, 31), False),
        (date(2008, 1, 1), True),
        (date(2010, 12, 31), True),
        (date(2011, 1, 1), False),
        (MAY, False),
    ],
)
def test_days_for_a_colleague_who_volunteers_existed_from_2008_to_2010_only(on: date, available: bool) -> None:
    assert colleague_gift("volunteer", "private", on=on).available is available
    assert colleague_gift("volunteer", "public", on=on).available is False


def test_the_history_is_told_with_its_two_days() -> None:
    gift = colleague_gift("volunteer", "private", on=MAY)
    past = gift.steps[-1].phrase.values
    assert (past["start"], past["end"]) == (date(2008, 1, 1), date(2010, 12, 31))
    assert "lawyer" in words(*gift.warnings)


def test_the_bill_for_civil_protection_is_left_open() -> None:
    gift = colleague_gift("civil_protection", "private", on=MAY)
    assert gift.available is None
    assert "Ask" in words(*gift.warnings)
    assert colleague_gift("civil_protection", "private", on=date(2024, 3, 26)).available is False


@given(on=st.dates(date(1990, 1, 1), date(2040, 1, 1)), sector=st.sampled_from(["private", "public"]))
def test_every_situation_answers_on_every_day(on: date, sector: Any) -> None:
    for situation in SITUATIONS:
        gift = colleague_gift(situation, sector, on=on)
        assert gift.steps or gift.warnings


@given(
    asked=st.decimals(min_value="0.5", max_value=400, places=1),
    given_before=st.decimals(min_value=0, max_value=10, places=1),
    leave=st.none() | st.decimals(min_value=0, max_value=60, places=1),
    kind=st.sampled_from(["rtt", "cet", "annual_leave", "recovery", "other"]),
    on=st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    monthly=st.decimals(min_value=0, max_value=30_000, places=2),
)
def test_never_more_days_than_asked_nor_than_the_law_allows(
    asked: Decimal, given_before: Decimal, leave: Decimal | None, kind: Any, on: date, monthly: Decimal
) -> None:
    gift = rest_day_gift(
        asked, kind=kind, agreed_on=on, pay=Pay(monthly), given_this_year=given_before, leave_entitlement=leave
    )
    assert 0 <= gift.allowed_days <= min(asked, 3)
    assert gift.allowed_days + given_before <= max(Decimal(3), given_before)
    if kind == "annual_leave" and leave is not None:
        assert gift.allowed_days <= max(Decimal(0), leave - 24)
    if gift.available:
        assert gift.day_value is not None
        assert gift.value is not None
        assert abs(gift.value - gift.day_value * gift.allowed_days) <= Decimal("0.01")
        assert (gift.reason is None) is (gift.allowed_days == asked)
    else:
        assert gift.allowed_days == 0
        assert gift.reason is not None
