"""A row that begins within a year: each gift follows the row of its own day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.rules.calendar_of_money import calendar_of_money
from bot.rules.donations import Gift, Kind, Reduction, income_tax_reduction
from bot.rules.expenses import Expenses, Vehicle, mileage
from bot.rules.parameters import applied
from bot.rules.rest_day_value import Pay, day_value
from tests.rules.amended import amended, ended

JULY = date(2027, 7, 1)


def reduction(*gifts: tuple[str, int, str], income: int | None = None, **carried: int) -> Reduction:
    paid = [Gift(Kind(kind), Decimal(amount), date.fromisoformat(day)) for kind, amount, day in gifts]
    return income_tax_reduction(
        paid,
        year=paid[0].day.year,
        income=None if income is None else Decimal(income),
        carried={int(year[1:]): Decimal(amount) for year, amount in carried.items()},
    )


def test_a_raised_rate_holds_from_its_first_day_on(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.coluche.rate", date(2027, 1, 1), Decimal("0.80"))):
        assert reduction(("coluche", 1_000, "2026-12-31")).reduction == 750
        assert reduction(("coluche", 1_000, "2027-01-01")).reduction == 800
        assert reduction(("domestic_violence", 1_000, "2027-01-01")).reduction == 800


def test_two_rates_of_one_year_each_have_their_part(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.coluche.rate", JULY, Decimal("0.80"))):
        result = reduction(("coluche", 500, "2027-06-30"), ("coluche", 1_800, "2027-07-01"))
    assert [(part.kind, part.rate, part.base, part.reduction) for part in result.parts] == [
        ("coluche", Decimal("0.75"), 500, 375),
        ("coluche", Decimal("0.80"), 1_500, 1_200),  # both within the ceiling of 2,000
        ("general", Decimal("0.66"), 300, 198),
    ]
    assert result.parts[1].source.reference == "Loi à venir, art. 1"


def test_an_ordinary_gift_has_the_rate_of_the_day_it_was_paid(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.general.rate", JULY, Decimal("0.50"))):
        result = reduction(("general", 100, "2027-06-30"), ("general", 100, "2027-07-01"))
        excess = reduction(("coluche", 2_100, "2027-06-30"), ("coluche", 100, "2027-07-01"))
    assert [(part.rate, part.base, part.reduction) for part in result.parts] == [
        (Decimal("0.66"), 100, 66),
        (Decimal("0.50"), 100, 50),
    ]
    assert excess.reduction == 1_500 + 66 + 50


def test_under_the_income_cap_what_was_given_first_counts_first(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.general.rate", JULY, Decimal("0.50"))):
        result = reduction(("general", 800, "2027-06-30"), ("general", 700, "2027-07-01"), income=5_000)
    assert [(part.rate, part.base) for part in result.parts] == [(Decimal("0.66"), 800), (Decimal("0.50"), 200)]
    assert result.carried == {2027: 500}


def test_a_carried_gift_has_the_rate_of_the_year_that_uses_it(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.general.rate", date(2027, 1, 1), Decimal("0.50"))):
        result = reduction(("general", 100, "2027-03-01"), _2025=200)
    assert result.reduction == 150


def test_a_ceiling_that_falls_takes_nothing_back_from_earlier_gifts(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "donations.coluche.ceiling", JULY, 1_000)):
        result = reduction(("coluche", 1_500, "2027-06-30"), ("coluche", 500, "2027-07-01"))
    assert [(part.kind, part.base) for part in result.parts] == [("coluche", 1_500), ("general", 500)]


def test_the_calendar_follows_the_rows_of_the_years_to_come(tmp_path: Path) -> None:
    months = {"first": Decimal(5), "last": Decimal(7)}
    with applied(amended(tmp_path, "donations.calendar.return", date(2027, 3, 1), months)):
        seasons = [calendar_of_money(date(year, 6, 1))[0].first for year in (2025, 2026, 2027)]
    assert seasons == [date(2026, 4, 1), date(2027, 5, 1), date(2028, 5, 1)]
    with applied(amended(tmp_path, "donations.advance.rate", date(2028, 1, 1), Decimal("0.50"))):
        moments = {one.name: one for one in calendar_of_money(date(2026, 6, 1), reduction=Decimal(200))}
    assert moments["advance"].phrase.values["amount"] == 100


def test_a_flat_rate_that_comes_back_is_used_from_its_year(tmp_path: Path) -> None:
    with applied(amended(tmp_path, "expenses.flat.car", date(2027, 1, 1), Decimal("0.40"))):
        assert mileage(Expenses(2027, Decimal(100))).amount == 40
        assert mileage(Expenses(2026, Decimal(100), power=4)).amount == Decimal("60.60")


def test_a_line_more_of_the_scale_is_found(tmp_path: Path) -> None:
    scale = {"near_until": 1000, "near": 1, "middle_until": 2000, "middle": 1, "middle_plus": 0, "far": 1}
    values = {key: Decimal(number) for key, number in scale.items()}
    with applied(amended(tmp_path, "expenses.mileage.car.7", date(2026, 1, 1), values)):
        assert mileage(Expenses(2026, Decimal(100), Vehicle.CAR, 9)).amount == 100
        assert mileage(Expenses(2025, Decimal(100), Vehicle.CAR, 9)).amount == Decimal("69.70")


def test_a_usage_that_has_ended_is_still_the_nearest(tmp_path: Path) -> None:
    values = {"usual": Decimal(20), "rounded": Decimal(21)}
    folder = tmp_path / "first"
    folder.mkdir()
    with applied(amended(folder, "rest_days.valuation.month", date(2026, 6, 1), values)):
        assert day_value(Pay(Decimal(2_000)), on=date(2026, 6, 1)).amount == 100
    with applied(ended(tmp_path, "rest_days.valuation.month", date(2026, 6, 1))):
        assert day_value(Pay(Decimal(2_167)), on=date(2027, 6, 1)).amount == 100


@pytest.mark.parametrize("name", ["donations.general.rate", "donations.general.income_cap"])
def test_a_rate_that_ended_with_nothing_after_is_used_and_told(name: str, tmp_path: Path) -> None:
    with applied(ended(tmp_path, name, date(2026, 12, 31), known_until=date(2027, 12, 31))):
        result = reduction(("general", 100, "2027-06-01"), income=30_000)
    assert result.reduction == 66
    assert {"day": date(2026, 12, 31)} in [warning.values for warning in result.warnings]
