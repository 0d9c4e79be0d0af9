"""Training rights of volunteer leaders: the deadlines of the day, not always those of the next year."""

from datetime import date

import pytest

from bot.rules.training_account import hours_of_the_moment


@pytest.mark.parametrize(
    ("on", "can_declare", "declare_by", "confirm_by"),
    [
        (date(2026, 1, 1), True, date(2026, 6, 30), date(2026, 12, 31)),
        (date(2026, 6, 30), True, date(2026, 6, 30), date(2026, 12, 31)),
        (date(2026, 7, 1), False, date(2026, 6, 30), date(2026, 12, 31)),
        (date(2026, 12, 31), False, date(2026, 6, 30), date(2026, 12, 31)),
    ],
)
def test_the_hours_of_2025_are_declared_by_june_2026_and_confirmed_by_december(
    on: date, can_declare: bool, declare_by: date, confirm_by: date
) -> None:
    before, _current = hours_of_the_moment(on)
    assert before.year == 2025
    assert (before.declare_by, before.confirm_by) == (declare_by, confirm_by)
    assert before.can_be_declared(on) is can_declare


def test_the_hours_of_the_year_are_declared_the_year_after() -> None:
    _before, current = hours_of_the_moment(date(2026, 11, 30))
    assert (current.year, current.declare_by) == (2026, date(2027, 6, 30))
    assert current.can_be_declared(date(2026, 11, 30))
    assert "R. 5151-16" in current.source.reference
