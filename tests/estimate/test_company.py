"""`allie estimate company`: the worked examples as a program asks them, and what is refused with its field."""

from decimal import Decimal
from typing import Any

import pytest

from bot.estimate import answer

RATE = Decimal("0.60")


def asked(**changes: Any) -> dict[str, Any]:
    question = {"closes_on": "2026-12-31", "turnover": 850_000, "gifts": [{"kind": "ordinary", "amount": 6_000}]}
    return answer("company", {**question, **changes}, "en")


def refused(**changes: Any) -> str:
    return str(asked(**changes)["error"]["field"])


def test_a_sarl_gives_6000() -> None:
    result = asked(regime="is", tax=2_250)
    assert result["eligible"] is True
    assert (result["ceiling"], result["retained"]) == (20_000, 6_000)
    assert (result["reduction"], result["cost"]) == (6_000 * RATE, 2_400)
    assert (result["used"], result["unused"]) == (2_250, 3_600 - 2_250)
    assert result["unused_carried"] == {"2026": 1_350}
    assert result["carried"] == {}


def test_two_years_in_a_row_above_then_under_the_ceiling() -> None:
    first = asked(turnover=6_400_000, gifts=[{"amount": 38_000}])
    assert (first["reduction"], first["carried"]) == (32_000 * RATE, {"2026": 6_000})
    second = asked(closes_on="2027-12-31", turnover=6_800_000, gifts=[{"amount": 30_000}], carried=first["carried"])
    assert (second["retained"], second["from_earlier"]) == (30_000 + 4_000, 4_000)
    assert (second["reduction"], second["carried"]) == (34_000 * RATE, {"2026": 2_000})


def test_a_museum_and_a_food_bank() -> None:
    gifts = [{"kind": "ordinary", "amount": 2_600_000}, {"kind": "difficulty", "amount": 900_000}]
    assert asked(turnover=900_000_000, gifts=gifts)["reduction"] == 1_200_000 + 240_000 + 540_000


def test_a_micro_enterprise_is_told_it_has_none() -> None:
    result = asked(regime="micro", gifts=[{"amount": 500}])
    assert (result["eligible"], result["reduction"], result["ceiling"]) == (False, 0, 0)
    assert any("330" in step["text"] for step in result["steps"])


def test_what_comes_back_is_measured_against_the_gift() -> None:
    def told(value: int) -> str:
        return " ".join(asked(gifts=[{"amount": 4_000, "counterpart": value}])["warnings"])

    assert "sponsoring" not in told(1_000)
    assert "sponsoring" in told(1_600)


def test_no_figure_where_an_accountant_must_give_it() -> None:
    result = asked(turnover=500_000_000, gifts=[{"amount": 3_000_000}], tax=9_000_000)
    assert (result["reduction"], result["used"], result["cost"]) == (None, None, None)
    assert any("accountant" in warning for warning in result["warnings"])


def test_a_company_that_gave_nothing_is_answered_too() -> None:
    assert asked(gifts=[])["reduction"] == 0


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("closes_on", {"closes_on": "31/12/2026"}),
        ("closes_on", {"closes_on": "2026-02-30"}),
        ("turnover", {"turnover": -1}),
        ("turnover", {"turnover": "much"}),
        ("turnover", {"turnover": None}),
        ("regime", {"regime": "sarl"}),
        ("gifts.0.amount", {"gifts": [{"amount": -50}]}),
        ("gifts.1.kind", {"gifts": [{"amount": 1}, {"amount": 1, "kind": "coluche"}]}),
        ("gifts", {"gifts": 100}),
        ("carried.2026", {"carried": {"2026": 10}}),
        ("carried.20x6", {"carried": {"20x6": 10}}),
        ("unused_carried.2027", {"unused_carried": {"2027": 10}}),
        ("tax", {"tax": -1}),
        ("tax_rate", {"tax_rate": 25}),
        ("turnovers", {"turnovers": 3}),
    ],
)
def test_a_bad_question_names_its_field(field: str, changes: dict[str, Any]) -> None:
    assert refused(**changes) == field


def test_a_year_of_long_ago_is_answered_without_a_reduction() -> None:
    result = asked(closes_on="1987-12-31")
    assert (result["eligible"], result["reduction"]) == (False, 0)
    assert result["warnings"]
