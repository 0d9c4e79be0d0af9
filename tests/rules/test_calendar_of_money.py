"""When the money comes back: the years that follow a gift, and the papers to keep."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.rules.calendar_of_money import calendar_of_money, keep_receipt_until, last_day_to_claim


def test_a_gift_of_2026_comes_back_whole_in_summer_2027_and_as_an_advance_in_january_2028() -> None:
    moments = {one.name: one for one in calendar_of_money(date(2026, 11, 21), reduction=Decimal(225))}
    assert moments["return"].first == date(2027, 4, 1)
    assert moments["return"].last == date(2027, 6, 30)
    assert moments["settlement"].first.year == 2027
    assert moments["change_advance"].last.year == 2027
    assert moments["advance"].first == date(2028, 1, 15)
    assert moments["advance"].phrase.values["amount"] == 135  # 225 × 60 %


def test_the_first_and_the_last_day_of_a_year_have_the_same_calendar() -> None:
    first, last = calendar_of_money(date(2026, 1, 1)), calendar_of_money(date(2026, 12, 31))
    assert [(one.name, one.last) for one in first] == [(one.name, one.last) for one in last]


def test_the_day_to_change_the_advance_is_exact_only_where_it_was_announced() -> None:
    def change(year: int) -> tuple[date, bool, bool]:
        one = next(one for one in calendar_of_money(date(year, 6, 1)) if one.name == "change_advance")
        return one.last, one.is_exact, "a day to check there" in str(one.phrase)

    assert change(2024) == (date(2025, 12, 11), True, False)
    assert change(2025) == (date(2026, 12, 10), False, True)
    assert change(2026) == (date(2027, 12, 10), False, True)


def test_no_advance_is_announced_for_a_very_small_reduction() -> None:
    small = next(one for one in calendar_of_money(date(2026, 6, 1), reduction=Decimal(10)) if one.name == "advance")
    assert "No advance" in str(small.phrase)  # 10 × 60 % = 6, under 8


def test_the_receipt_is_kept_three_years_and_longer_when_a_part_is_carried() -> None:
    assert keep_receipt_until(date(2026, 3, 1)) == date(2029, 12, 31)
    assert keep_receipt_until(date(2026, 3, 1), carried_until=2031) == date(2034, 12, 31)


def test_a_forgotten_gift_of_2026_may_be_claimed_until_the_end_of_2029() -> None:
    assert last_day_to_claim(date(2026, 3, 1)) == date(2029, 12, 31)  # the tax is issued in 2027, two years more


def test_every_moment_has_a_source_and_runs_forward() -> None:
    moments = calendar_of_money(date(2027, 1, 1))
    assert all(one.source.reference and one.first <= one.last for one in moments)
    assert [one.first for one in moments[:2]] == sorted(one.first for one in moments[:2])
