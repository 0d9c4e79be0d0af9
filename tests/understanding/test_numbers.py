"""Numbers in figures and words, days, pay, turnover, staff."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.days import read_days
from bot.understanding.hearing import Context
from bot.understanding.numbers.written import numbers_in, read_number
from bot.understanding.pay import read_employees, read_figure, read_pay


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("douze", "fr", 12),
        ("vingt et un", "fr", 21),
        ("soixante-dix-sept", "fr", 77),
        ("huitante-deux", "fr", 82),
        ("deux millions trois cent mille", "fr", 2_300_000),
        ("1 million", "fr", 1_000_000),
        ("quatres cent", "fr", 400),
        ("une vingtaine", "fr", 20),
        ("-3", "fr", -3),
        ("0,5", "fr", Decimal("0.5")),
        ("twenty-five", "en", 25),
        ("a hundred", "en", 100),
        ("half a million", "en", 500_000),
        ("two grand", "en", 2_000),
        ("doscientos", "es", 200),
        ("trecento", "it", 300),
        ("vinte", "pt", 20),
        ("zwanzig", "de", 20),
        ("un", "fr", 1),
    ],
)
def test_a_number_in_words_or_figures(text: str, language: str, value: Decimal | int) -> None:
    assert read_number(text, language) == value


def test_an_article_counts_only_when_nothing_else_does() -> None:
    assert read_number("un groupe de 12 personnes") == 12
    assert read_number("pas de nombre ici") is None


def test_digits_too_long_for_a_sum_are_left_out() -> None:
    assert read_number("9" * 40) is None
    assert numbers_in("100 000 " * 30) == []


@given(st.integers(0, 10**12))
def test_grouped_digits_are_read_back(value: int) -> None:
    for grouped in (f"{value}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "."), f"{value:,}"):
        assert read_number(grouped) == value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2", 2),
        ("6 RTT", 6),
        ("deux jours et demi", Decimal("2.5")),
        ("1,5", Decimal("1.5")),
        ("2j", 2),
        ("une demi-journée", Decimal("0.5")),
        ("1/2 journée", Decimal("0.5")),
        ("trois demi-journées", Decimal("1.5")),
        ("une semaine", 5),
        ("un jour", 1),
        ("half a day", Decimal("0.5")),
        ("three days off", 3),
        ("deux jours de congé", 2),
        ("je peux donner 4 jours de repos", 4),
        ("-2", -2),
        ("aucune idée", None),
        ("20 €", None),
        ("deux ou trois jours", None),
        ("j'en ai 12 mais j'en donne 3", 3),
        ("j'ai 12 RTT, je voudrais en donner 4", 4),
        ("1½", Decimal("1.5")),
    ],
)
def test_days_in_an_answer(text: str, days: Decimal | int | None) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("2 400 € brut par mois", {"value": 2400, "per": "monthly", "kind": "gross"}),
        ("1980 net", {"value": 1980, "per": "monthly", "kind": "net"}),
        ("15,50 € de l'heure", {"value": 15.5, "per": "hourly"}),
        ("35k brut annuel", {"value": 35000, "per": "annual", "kind": "gross"}),
        ("120 € par jour", {"value": 120, "per": "daily"}),
        ("33k gross a year", {"value": 33000, "per": "annual", "kind": "gross"}),
        ("2500", {"value": 2500, "per": "monthly"}),
        ("45000", {"value": 45000, "per": "annual"}),
        ("13", {"value": 13, "per": "hourly"}),
        ("je ne sais pas", None),
    ],
)
def test_a_pay_with_its_period(text: str, pay: dict[str, object] | None) -> None:
    assert read_pay(text) == pay


def test_the_figures_of_a_firm_and_of_a_household() -> None:
    firm = "CA de 450k, 12 salariés, un chèque de 3 500 € à un théâtre"
    assert read_figure(firm, "turnover", context=Context.PATRONAGE) == 450_000
    assert read_employees(firm, context=Context.PATRONAGE) == 12
    assert read_figure("revenu imposable de 38 000, don de 500", "income", context=Context.GIFT) == 38_000
    assert read_figure("il fait huit millions par an", "turnover", context=Context.PATRONAGE) == 8_000_000


def test_staff_that_is_sent_out_is_not_the_staff_of_the_firm() -> None:
    assert read_employees("on voudrait envoyer 2 salariés dans une asso", context=Context.STAFF_TIME) is None
    assert read_employees("une entreprise de moins de 5000 salariés", context=Context.STAFF_TIME) is None
    assert read_employees("on est 9", context=Context.PATRONAGE) == 9
