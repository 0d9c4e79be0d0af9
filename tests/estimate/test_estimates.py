"""The figures that programs read: worked examples of the law, asked and answered in JSON."""

from __future__ import annotations

from typing import Any

import pytest

from bot.estimate import answer


def donation(*gifts: tuple[str, float, str], **rest: object) -> dict[str, Any]:
    asked = [{"kind": kind, "amount": amount, "date": day} for kind, amount, day in gifts]
    return answer("donation", {"year": int(gifts[0][2][:4]), "gifts": asked, **rest}, "en")


@pytest.mark.parametrize(
    ("gifts", "income", "tax", "carried", "reduction", "gain", "left"),
    [
        ([("general", 85, "2024-03-01")], 26_400, 900, {}, 56, 56, {}),
        ([("coluche", 1_640, "2023-03-01")], 33_500, 2_800, {}, 750 + 422, 1_172, {}),
        (
            [("coluche", 2_750, "2026-03-01"), ("general", 180, "2026-03-01")],
            *(52_000, 7_400, {}, 1_500 + 614, 2_114, {}),
        ),
        (
            [("general", 9_500, "2024-03-01")],
            *(32_000, 2_600, {"2020": 1_200, "2022": 400}, 4_224, 2_600, {"2024": 4_700}),
        ),
        ([("general", 420, "2026-03-01")], 15_200, 97, {}, 277, 97, {}),
        ([("general", 420, "2026-03-01")], 15_200, 57, {}, 277, 0, {}),  # under 61 € nothing is collected
        (
            [("coluche", 1_800, "2025-03-08"), ("coluche", 600, "2025-12-03")],
            *(47_000, 6_000, {}, 1_200 + 528, 1_728, {}),
        ),
        (
            [("notre_dame", 1_350, "2019-06-01"), ("coluche", 600, "2019-06-01")],
            *(44_000, 6_500, {}, 750 + 410 + 267, 1_427, {}),
        ),
        (
            [("chambord", 1_400, "2026-06-01"), ("political", 900, "2026-06-01")],
            *(58_000, 9_000, {}, 750 + 858, 1_608, {}),
        ),
    ],
)
def test_worked_examples(
    gifts: list[tuple[str, float, str]],
    income: int,
    tax: int,
    carried: dict[str, int],
    reduction: int,
    gain: int,
    left: dict[str, int],
) -> None:
    result = donation(*gifts, income=income, tax=tax, carried=carried)
    assert (result["reduction"], result["gain"], result["carried"]) == (reduction, gain, left)
    assert result["cost"] == sum(amount for _, amount, _ in gifts) - gain
    assert result["lost"] == reduction - gain
    assert sum(part["reduction"] for part in result["parts"]) == reduction


def test_what_one_year_carries_is_a_question_of_the_next() -> None:
    first = donation(("general", 9_500, "2024-03-01"), income=32_000)
    second = answer("donation", {"year": 2025, "gifts": [], "income": 32_000, "carried": first["carried"]})
    assert first["carried"] == {"2024": 9_500 - 6_400}
    assert second["reduction"] == 2_046  # 3 100 × 66 %


def test_what_is_lost_is_told_apart() -> None:
    result = donation(("political", 16_000, "2024-03-01"), income=10_000, tax=500, carried={"2019": 3_000})
    assert result["lost_gifts"] == (16_000 - 15_000) + (3_000 - 2_000)
    assert result["lost_reduction"] == 1_320 - 500  # 2 000 × 66 %
    assert result["lost"] == result["lost_gifts"] + result["lost_reduction"]


def test_the_first_of_january_2027_is_answered_with_a_warning() -> None:
    result = donation(("chambord", 100, "2027-01-01"))
    assert result["reduction"] == 66  # the Chambord regime ended the day before
    assert any("2027 were not known" in text for text in result["warnings"])


def test_wealth() -> None:
    result = answer("wealth", {"year": 2026, "amount": 10_000, "tax": 6_000})
    assert (result["reduction"], result["gain"], result["cost"], result["lost"]) == (7_500, 6_000, 4_000, 1_500)
    one_by_one = {"year": 2026, "gifts": [{"amount": 4_000}, {"amount": 6_000, "date": "2025-12-31"}], "tax": 6_000}
    assert answer("wealth", one_by_one) == result


def test_wealth_leaves_out_bodies_that_do_not_count() -> None:
    gifts = [{"amount": 1_000, "body": "foundation"}, {"amount": 500, "body": "association"}]
    result = answer("wealth", {"year": 2026, "gifts": gifts}, "en")
    assert (result["reduction"], result["cost"], result["eligible"]) == (750, 750, True)
    assert "€500" in result["warnings"][0]
    assert answer("wealth", {"year": 2026, "amount": 500, "body": "association"})["eligible"] is False


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"year": 2026}, "gifts"),
        ({"year": 2026, "amount": 1, "gifts": []}, "gifts"),
        ({"year": 2026, "gifts": [{"amount": 1, "date": "2024-12-31"}]}, "gifts.0.date"),
        ({"year": 2017, "amount": 1}, "year"),
    ],
)
def test_wealth_refuses_what_does_not_go_together(question: dict[str, object], field: str) -> None:
    assert answer("wealth", question)["error"]["field"] == field


def test_expenses() -> None:
    result = answer("expenses", {"year": 2025, "km": 640, "power": 4})
    assert (result["mileage"], result["gift"], result["reduction"], result["box"]) == (387.84, 388, 256, "7UF")
    assert len(result["association_writes"]) == 5


def test_expenses_ask_for_the_power_that_the_scale_needs() -> None:
    assert answer("expenses", {"year": 2025, "km": 640})["error"]["field"] == "power"
    assert answer("expenses", {"year": 2021, "km": 100})["mileage"] == 32.40  # flat rate, 0.324
    assert answer("expenses", {"year": 2025, "km": 640, "power": 4, "date": "2026-01-01"})["error"]["field"] == "date"


def test_expenses_of_a_year_without_a_checked_rate_are_not_guessed() -> None:
    result = answer("expenses", {"year": 2020, "km": 640, "power": 4, "train": 30})
    assert (result["mileage"], result["gift"]) == (None, 30)
