"""`allie estimate rest-days`: the worked examples as a program asks them, and what is refused with its field."""

from typing import Any

import pytest

from bot.estimate import answer


def asked(**changes: Any) -> dict[str, Any]:
    question: dict[str, Any] = {
        "days": 2,
        "kind": "rtt",
        "pay": {"amount": 2_600, "per": "month"},
        "agreed_on": "2026-05-06",
    }
    return answer("rest-days", {**question, **changes}, "en")


def test_two_rtt_days_of_a_pay_of_2600() -> None:
    result = asked()
    assert (result["available"], result["allowed_days"], result["reason"]) == (True, 2, None)
    assert (result["day_value"], result["value"]) == (119.98, 239.96)
    with_22 = asked(divisor=22)
    assert (with_22["day_value"], with_22["value"]) == (118.18, 236.36)


def test_an_hourly_pay() -> None:
    assert asked(days=1, pay={"amount": 14.2, "per": "hour", "hours_per_day": 7})["value"] == 99.4


def test_a_forfait_and_the_same_pay_by_month() -> None:
    forfait = asked(days=3, kind="forfait_rest", pay={"amount": 52_000, "per": "year", "forfait_days": 218})
    assert (forfait["day_value"], forfait["value"]) == (206.35, 619.05)
    monthly = asked(days=3, kind="forfait_rest", pay={"amount": 52_000, "per": "year"})
    assert (monthly["day_value"], monthly["value"]) == (199.97, 599.91)


def test_annual_leave_above_24_days_within_three() -> None:
    pay = {"amount": 2_450, "reference_year": 33_000}
    result = asked(days=5, kind="annual_leave", pay=pay, leave_entitlement=29)
    assert (result["allowed_days"], result["day_value"], result["value"]) == (3, 110, 330)
    assert result["reason"]


@pytest.mark.parametrize(("day", "available"), [("2025-02-21", False), ("2025-02-22", True), ("2009-06-01", False)])
def test_usable_since_22_february_2025(day: str, available: bool) -> None:
    result = asked(agreed_on=day)
    assert result["available"] is available
    assert (result["reason"] is None) is available
    assert (result["value"] is None) is not available


def test_without_pay_the_days_are_counted_and_not_valued() -> None:
    result = answer("rest-days", {"days": 5, "agreed_on": "2026-05-06"}, "en")
    assert (result["allowed_days"], result["day_value"], result["value"]) == (3, None, None)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_reduction_is_promised_in_either_language(language: str) -> None:
    result = answer("rest-days", {"days": 1, "agreed_on": "2026-05-06"}, language)
    promise = {"fr": "Aucune réduction d’impôt n’est prévue pour vous", "en": "No tax reduction is provided for you"}
    assert any(promise[language] in warning for warning in result["warnings"])


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("days", {"days": 0}),
        ("days", {"days": -1}),
        ("days", {"days": "two"}),
        ("days", {"days": 367}),
        ("kind", {"kind": "sunday"}),
        ("agreed_on", {"agreed_on": "6 mai"}),
        ("agreed_on", {"agreed_on": None}),
        ("pay.amount", {"pay": {"per": "month"}}),
        ("pay.per", {"pay": {"amount": 1, "per": "week"}}),
        ("pay.hours_per_day", {"pay": {"amount": 14, "per": "hour"}}),
        ("pay.days_worked", {"pay": {"amount": 14, "per": "year", "days_worked": 0}}),
        ("divisor", {"divisor": 0}),
        ("given_this_year", {"given_this_year": -1}),
        ("body", {"body": "friends"}),
    ],
)
def test_a_bad_question_names_its_field(field: str, changes: dict[str, Any]) -> None:
    assert asked(**changes)["error"]["field"] == field
