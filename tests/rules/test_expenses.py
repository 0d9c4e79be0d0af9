"""Volunteers' expenses: the worked example, every line of the scale, both sides of each distance, and the old years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.rules.expenses import Expenses, Vehicle, mileage, waive, what_the_association_writes
from bot.rules.gifts import Kind


def euros(text: str) -> Decimal:
    return Decimal(text)


def kilometres(
    year: int, km: int, power: int | None, vehicle: str = "car", *, electric: bool = False
) -> Decimal | None:
    return mileage(Expenses(year, Decimal(km), Vehicle(vehicle), power, electric)).amount


def messages(warnings: tuple[object, ...]) -> str:
    return " | ".join(str(one) for one in warnings)


def test_640_km_in_a_small_car_make_a_gift_of_388_euros_and_a_reduction_of_256() -> None:
    result = waive(Expenses(2025, Decimal(640), power=4))
    assert result.mileage == result.waived == euros("387.84")  # 640 × 0.606
    assert result.gift == 388
    assert result.tax.reduction == 256  # 388 × 66 % = 256.08


@pytest.mark.parametrize(
    ("power", "near", "middle", "plus", "far"),
    [
        (1, "0.529", "0.316", 1_065, "0.370"),
        (3, "0.529", "0.316", 1_065, "0.370"),
        (4, "0.606", "0.340", 1_330, "0.407"),
        (5, "0.636", "0.357", 1_395, "0.427"),
        (6, "0.665", "0.374", 1_457, "0.447"),
        (7, "0.697", "0.394", 1_515, "0.470"),
        (12, "0.697", "0.394", 1_515, "0.470"),
    ],
)
@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_the_scale_of_cars_by_power_and_distance(
    year: int, power: int, near: str, middle: str, plus: int, far: str
) -> None:
    assert kilometres(year, 5_000, power) == 5_000 * euros(near)
    assert kilometres(year, 5_001, power) == (5_001 * euros(middle) + plus).quantize(euros("0.01"))
    assert kilometres(year, 20_000, power) == 20_000 * euros(middle) + plus
    assert kilometres(year, 20_001, power) == (20_001 * euros(far)).quantize(euros("0.01"))


@pytest.mark.parametrize(
    ("power", "near", "middle", "plus", "far"),
    [
        (1, "0.395", "0.099", 891, "0.248"),
        (2, "0.395", "0.099", 891, "0.248"),
        (3, "0.468", "0.082", 1_158, "0.275"),
        (5, "0.468", "0.082", 1_158, "0.275"),
        (6, "0.606", "0.079", 1_583, "0.343"),
        (9, "0.606", "0.079", 1_583, "0.343"),
    ],
)
def test_the_scale_of_motorcycles(power: int, near: str, middle: str, plus: int, far: str) -> None:
    assert kilometres(2025, 3_000, power, "motorcycle") == 3_000 * euros(near)
    assert kilometres(2025, 6_000, power, "motorcycle") == 6_000 * euros(middle) + plus
    assert kilometres(2025, 7_000, power, "motorcycle") == 7_000 * euros(far)


def test_a_moped_needs_no_power() -> None:
    assert kilometres(2025, 1_000, None, "moped") == 1_000 * euros("0.315")


def test_an_electric_car_counts_a_fifth_more() -> None:
    assert kilometres(2025, 1_000, 5, electric=True) == 1_000 * euros("0.636") * euros("1.20")


def test_before_2022_a_flat_rate_counts_whatever_the_power() -> None:
    assert kilometres(2021, 1_000, 7) == 1_000 * euros("0.324")
    assert kilometres(2021, 1_000, None) == 1_000 * euros("0.324")
    assert kilometres(2021, 1_000, None, "motorcycle") == 1_000 * euros("0.126")
    assert kilometres(2019, 1_000, 4) == 1_000 * euros("0.319")
    assert kilometres(2019, 1_000, None, "moped") == 1_000 * euros("0.124")


@pytest.mark.parametrize("year", [2018, 2020])
def test_a_flat_rate_that_could_not_be_checked_is_not_guessed(year: int) -> None:
    result = waive(Expenses(year, Decimal(1_000), power=4, train=Decimal(50)))
    assert result.mileage is None
    assert result.waived == 50
    assert "could not check" in messages(result.warnings)


def test_the_scale_of_2026_is_not_known_yet_and_the_result_says_so() -> None:
    result = mileage(Expenses(2026, Decimal(1_000), power=4))
    assert result.amount == 606
    assert "published in spring" in messages(result.warnings)
    assert not mileage(Expenses(2025, Decimal(1_000), power=4)).warnings


def test_tolls_train_and_purchases_add_up_at_their_cost() -> None:
    expenses = Expenses(2025, Decimal(100), power=4, tolls=euros("12.40"), train=euros("38.60"), other=euros("9.99"))
    result = waive(expenses, Kind.COLUCHE)
    assert result.waived == euros("60.60") + euros("12.40") + euros("38.60") + euros("9.99")
    assert result.gift == 122  # 121.59
    assert result.tax.reduction == 92  # 122 × 75 % = 91.50
    assert result.tax.parts[0].kind == "coluche"


def test_the_power_is_asked_when_the_scale_needs_it() -> None:
    result = mileage(Expenses(2025, Decimal(100)))
    assert result.amount is None
    assert "power" in messages(result.warnings)


def test_expenses_for_a_party_never_count() -> None:
    result = waive(Expenses(2025, Decimal(100), power=4), Kind.POLITICAL)
    assert result.tax.reduction == 0
    assert "party" in messages(result.warnings)


def test_without_kilometres_nothing_is_asked_of_the_vehicle() -> None:
    result = waive(Expenses(2025, train=Decimal(80)))
    assert (result.mileage, result.gift, result.tax.reduction) == (0, 80, 53)  # 80 × 66 % = 52.80


def test_the_tax_limits_the_gain_of_expenses_too() -> None:
    result = waive(Expenses(2025, train=Decimal(80)), tax=Decimal(61), income=Decimal(20_000))
    assert (result.tax.reduction, result.tax.gain) == (53, 61)  # 80 × 66 % ; the 8 € left are not collected
    result = waive(Expenses(2025, train=Decimal(800)), tax=Decimal(100), income=Decimal(20_000))
    assert (result.tax.reduction, result.tax.gain) == (528, 100)


def test_the_association_is_told_what_to_write() -> None:
    lines = what_the_association_writes(Expenses(2025, Decimal(640), power=4), Decimal(388))
    text = messages(lines)
    assert "I waive the reimbursement" in text
    assert "receipt" in text
    assert lines[3].values["gift"] == 388
