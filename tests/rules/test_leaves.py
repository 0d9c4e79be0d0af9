"""Leaves for people who commit themselves: their length, whom they are for, and the days on which that changed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.leaves import LEAVES, engagement_right, leave

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "length"),
    [("engagement", 6), ("representation", 9), ("solidarity", 6), ("youth", 6), ("reserve", 10), ("citizenship", 6)],
)
def test_each_leave_has_the_length_of_the_code(name: Any, length: int | None) -> None:
    assert leave(name, on=TODAY).length == length


@pytest.mark.parametrize(
    ("on", "years", "right"),
    [
        (date(2024, 4, 16), 1, False),
        (date(2024, 4, 16), 3, True),
        (date(2024, 4, 17), 1, True),
        (date(2024, 4, 17), Decimal("0.9"), False),
        (date(2016, 6, 1), 9, False),
    ],
)
def test_leaders_of_an_association_of_one_year_have_the_leave_since_17_april_2024(
    on: date, years: Decimal, right: bool
) -> None:
    actual = engagement_right(on=on, association_years=Decimal(years), is_leader=True, all_general_interest=True)
    assert actual is right


def test_the_leave_is_for_leaders_of_associations_wholly_of_general_interest() -> None:
    assert not engagement_right(on=TODAY, association_years=Decimal(9), is_leader=False, all_general_interest=True)
    assert not engagement_right(on=TODAY, association_years=Decimal(9), is_leader=True, all_general_interest=False)


def test_delegates_of_the_defender_of_rights_came_with_the_same_law() -> None:
    def told(on: date) -> str:
        return " ".join(str(step.phrase) for step in leave("engagement", on=on).steps)

    assert "Défenseur des droits" not in told(date(2024, 4, 16))
    assert "Défenseur des droits" in told(date(2024, 4, 17))


def test_notice_by_analogy_is_said_to_be_practice() -> None:
    (warning,) = leave("engagement", on=TODAY).warnings
    assert "In practice" in str(warning)
    assert warning.values["days"] == 30


@pytest.mark.parametrize(("headcount", "length"), [(49, 5), (50, 10), (None, 10)])
def test_a_small_employer_may_limit_the_reserve(headcount: int | None, length: int) -> None:
    assert leave("reserve", on=TODAY, headcount=headcount).length == length


def test_the_top_up_of_a_representation_leave_is_a_company_gift() -> None:
    told = " ".join(str(step.phrase) for step in leave("representation", on=TODAY).steps)
    assert "counts as a company gift" in told


@pytest.mark.parametrize(("on", "doubt"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_the_allowance_of_2026_was_not_verified(on: date, doubt: bool) -> None:
    assert bool(leave("representation", on=on).warnings) is doubt


def test_representation_is_for_any_body_and_public_agents_keep_their_pay() -> None:
    told = leave("representation", on=TODAY)
    assert "consultative or not" in str(told.steps[0].phrase)
    agents = next(step for step in told.steps if "Public agents" in str(step.phrase))
    assert agents.phrase.values["days"] == 9
    assert "L. 642-1" in agents.source.reference


def test_the_leave_of_public_agents_is_six_unpaid_days() -> None:
    told = leave("citizenship", on=TODAY)
    assert (told.is_paid, told.length) == (False, 6)
    assert "L. 641-3" in told.steps[0].source.reference


def test_after_the_last_day_that_is_known_every_leave_warns() -> None:
    for name in LEAVES:
        assert "may change" not in str(leave(name, on=date(2026, 12, 31)).warnings)
        assert leave(name, on=date(2027, 1, 1)).warnings[-1].values == {"day": date(2026, 12, 31)}


@given(on=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_every_leave_answers_on_every_day(on: date) -> None:
    for name in LEAVES:
        told = leave(name, on=on)
        assert told.exists or told.length is None
        assert told.steps or told.warnings
