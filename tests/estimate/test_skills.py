"""`allie estimate skills`: the worked examples as a program asks them, and what is refused with its field."""

from decimal import Decimal
from typing import Any

import pytest

from bot.estimate import answer
from bot.rules.parameters import parameter

RATE = Decimal("0.60")


def asked(**changes: Any) -> dict[str, Any]:
    question = {"month": "2026-03", "months": 4, "share": 0.2, "monthly_cost": 3_950, "turnover": 10_000_000}
    question.update(changes)
    return answer("skills", {key: value for key, value in question.items() if value != "absent"}, "en")


def test_one_day_in_five_for_four_months() -> None:
    result = asked()
    assert result["allowed"] is True
    assert result["valuation"] == 3_950 * Decimal("0.2") * 4
    assert result["reduction"] == 1_896


def test_a_manager_above_the_cap() -> None:
    result = asked(months=2, share=1, monthly_cost=16_400)
    assert (result["cap"], result["valuation"], result["reduction"]) == (12_015, 24_030, 14_418)


def test_a_service_with_direct_costs() -> None:
    service = {"hours": 35, "hourly_cost": 38, "direct_costs": 90}
    result = asked(service=service, monthly_cost="absent")
    assert (result["valuation"], result["reduction"]) == (35 * 38 + 90, 852)


def test_aid_is_taken_off() -> None:
    result = asked(monthly_cost=3_400, aid=500, share=0.5, months=3)
    assert (result["valuation"], result["reduction"]) == (2_900 * Decimal("0.5") * 3, 2_610)


def test_the_gross_pay_alone_gives_a_range() -> None:
    result = asked(monthly_cost="absent", gross_monthly=2_000, share=1, months=1)
    charges = parameter("skills.charges").rows[-1]
    assert result["valuation"] == 2_000 * (1 + charges["low"])
    assert result["valuation_high"] == 2_000 * (1 + charges["high"])
    assert result["reduction"] < result["reduction_high"]
    assert any("payroll" in warning for warning in result["warnings"])


@pytest.mark.parametrize(
    ("starts_on", "headcount", "allowed"),
    [("2024-04-16", 6, False), ("2024-04-17", 6, True), ("2024-04-16", 5_000, True), ("2024-04-16", None, None)],
)
def test_a_firm_of_six_may_lend_since_17_april_2024(starts_on: str, headcount: int | None, allowed: bool) -> None:
    result = asked(month="2024-04", starts_on=starts_on, headcount=headcount)
    assert result["allowed"] is allowed
    assert (result["reduction"] == 0) is (allowed is False)


def test_association_and_body_of_general_interest_are_the_same_borrower() -> None:
    assert asked(borrower="association") == asked(borrower="general_interest") == asked()
    assert asked(borrower="group")["allowed"] is False


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("monthly_cost", {"monthly_cost": "absent"}),
        ("gross_monthly", {"gross_monthly": 2_000}),
        ("month", {"month": "2026-13"}),
        ("month", {"month": "March"}),
        ("starts_on", {"starts_on": "2026-04-01"}),
        ("closes_on", {"closes_on": "2026-02-28"}),
        ("months", {"months": 0}),
        ("months", {"months": 1.5}),
        ("share", {"share": 0}),
        ("share", {"share": 20}),
        ("headcount", {"headcount": -1}),
        ("borrower", {"borrower": "friend"}),
        ("turnover", {"turnover": "absent"}),
        ("service.hours", {"monthly_cost": "absent", "service": {"hourly_cost": 3}}),
    ],
)
def test_a_bad_question_names_its_field(field: str, changes: dict[str, Any]) -> None:
    assert asked(**changes)["error"]["field"] == field
