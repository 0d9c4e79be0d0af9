"""What is told of staff time: how much, for how long, how many people, hours and their cost, lent or not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.staff_time import read_hours, read_lent, read_months, read_shape, read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("un jour par semaine", {"days": "1", "per": "week"}),
        ("one day a week", {"days": "1", "per": "week"}),
        ("deux jours et demi par semaine", {"days": "2.5", "per": "week"}),
        ("une demi-journée par semaine", {"days": "0.5", "per": "week"}),
        ("2 j/mois", {"days": "2", "per": "month"}),
        ("5 jours en tout", {"days": "5", "per": "all"}),
        ("un jour sur cinq", {"share": "0.2"}),
        ("à mi-temps", {"share": "0.5"}),
        ("20 % de son temps", {"share": "0.2"}),
        ("full time", {"share": "1"}),
        ("60 % de réduction", None),
        ("on voudrait aider", None),
    ],
)
def test_how_much_of_the_time(text: str, time: dict[str, str] | None) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("pendant 6 mois", 6),
        ("et sur 12 mois ?", 12),
        ("un an", 12),
        ("for two years", 24),
        ("coût 4 000 € par mois", None),
        ("elle est chez nous depuis 3 ans", None),
    ],
)
def test_for_how_many_months(text: str, months: int | None) -> None:
    assert read_months(text) == months


@given(st.integers(1, 36))
def test_every_number_of_months_is_read_back(months: int) -> None:
    assert read_months(f"1 jour par semaine pendant {months} mois") == months


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("on voudrait prêter 3 salariés", 3),
        ("et pour deux salariés ?", 2),
        ("lend two employees", 2),
        ("on est 12 salariés, on prête notre graphiste", None),
    ],
)
def test_how_many_people_are_lent(text: str, people: int | None) -> None:
    assert read_lent(text) == people


@pytest.mark.parametrize(
    ("text", "hours", "cost"),
    [
        ("40 heures à 60 €", "40", "60"),
        ("35 h à 38 € de l'heure", "35", "38"),
        ("35 euros an hour", None, "35"),
        ("notre équipe y passe 20 heures", "20", None),
        ("14,20 € de l'heure", None, "14.20"),
        ("un jour par semaine", None, None),
    ],
)
def test_hours_and_what_one_costs(text: str, hours: str | None, cost: str | None) -> None:
    assert read_hours(text) == tuple(Decimal(said) if said else None for said in (hours, cost))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("on prête notre graphiste", "loan"),
        ("et si on livre juste l'affiche sans la prêter ?", "service"),
        ("une prestation offerte", "service"),
        ("we would build a website for them", "service"),
        ("nous voulons aider", None),
    ],
)
def test_lent_or_at_work_for_their_own_firm(text: str, shape: str | None) -> None:
    assert read_shape(text) == shape


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for read in (read_hours, read_lent, read_months, read_shape, read_time):
        read(text)
