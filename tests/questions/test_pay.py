"""A pay in an answer: its period, and whether it is gross, net or the whole cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.kind import Answer, Refusal, Said
from bot.questions.pay import Pay, Salary

TODAY = date(2026, 11, 22)


def read(text: str, kind: Pay | None = None, language: str = "fr") -> object:
    return (kind or Pay()).read(Said(text, language, TODAY))


@pytest.mark.parametrize(
    ("text", "salary"),
    [
        ("2 600 € brut par mois", Salary(Decimal(2600), "monthly", "gross")),
        ("14,20 € de l'heure", Salary(Decimal("14.2"), "hourly")),
        ("52 000 € brut par an", Salary(Decimal(52000), "annual", "gross")),
        ("il nous coûte 3950 € par mois", Salary(Decimal(3950), "monthly", "cost")),
        ("3 950 charges comprises, par mois", Salary(Decimal(3950), "monthly", "cost")),
    ],
)
def test_a_pay_has_a_period_and_a_basis(text: str, salary: Salary) -> None:
    assert read(text) == Answer(salary)


def test_a_net_pay_is_refused_with_where_the_gross_one_stands() -> None:
    assert isinstance(read("2 000 € net par mois"), Refusal)
    assert isinstance(Pay().from_slot({"value": 2000, "per": "monthly", "kind": "net"}), Refusal)


def test_a_bare_number_answers_the_question_about_the_month() -> None:
    monthly = Pay(("monthly", "annual"), monthly=True)
    assert read("coût 16400", monthly) == Answer(Salary(Decimal(16400), "monthly", "cost"))
    assert read("45000", monthly) == Answer(Salary(Decimal(45000), "annual"))
    assert isinstance(read("14,20 € de l'heure", monthly), Refusal)


def test_what_was_said_in_passing_is_an_answer() -> None:
    slot = {"value": 2600, "per": "monthly", "kind": "gross"}
    assert Pay().from_slot(slot) == Answer(Salary(Decimal(2600), "monthly", "gross"))
    assert Pay().from_slot("2600") is None
    assert Pay().from_slot({"value": 2600}) is None


@given(
    st.decimals(1, 100_000, places=2),
    st.sampled_from(["monthly", "daily", "hourly", "annual"]),
    st.sampled_from(["", "gross", "cost"]),
)
def test_what_is_kept_is_read_back(amount: Decimal, per: str, basis: str) -> None:
    salary = Salary(amount, per, basis)
    assert Pay().load(Pay().dump(salary)) == salary


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text)
