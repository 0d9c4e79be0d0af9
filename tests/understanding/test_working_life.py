"""What is told of work when rest days are given: which days, part time, days given already, sector, why a colleague."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.working_life import (
    is_part_time,
    is_public_agent,
    read_day_kind,
    read_days_a_week,
    read_given,
    read_situation,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("je donne deux RTT", "rtt"),
        ("2 jours de congés payés", "annual_leave"),
        ("ma cinquième semaine", "annual_leave"),
        ("ma 5e semaine", "annual_leave"),
        ("three days of my annual leave", "annual_leave"),
        ("sur mon CET", "cet"),
        ("mon compte épargne-temps", "cet"),
        ("des jours de récup", "recovery"),
        ("des RTT, je suis au forfait jours", "forfait_rest"),
        ("des RTT, pas des congés", "rtt"),
        ("RTT ou congés ?", None),
        ("cet argent ira à une association", None),
        ("un congé d'engagement associatif", None),
        ("she is on maternity leave", None),
        ("deux jours", None),
    ],
)
def test_the_kind_of_days(text: str, kind: str | None) -> None:
    assert read_day_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("je suis à 80 %", "4"),
        ("je travaille à 90%", "4.5"),
        ("en fait je suis à 80 %, 4 jours par semaine", "4"),
        ("je bosse trois jours par semaine", "3"),
        ("I work 4 days a week", "4"),
        ("à mi-temps", "2.5"),
        ("je suis à 4/5e", "4"),
        ("60 % de réduction d'impôt", None),
        ("on est à 60 % de réduction", None),
        ("je donne un jour par semaine", None),
        ("2 jours de RTT", None),
    ],
)
def test_the_days_of_a_week_of_work(text: str, days: str | None) -> None:
    assert read_days_a_week(text) == (Decimal(days) if days else None)


@given(st.integers(1, 9).map(lambda tenth: tenth * 10))
def test_a_share_of_the_time_is_that_share_of_five_days(percent: int) -> None:
    assert read_days_a_week(f"je suis à {percent} %") == Decimal(5) * percent / 100


def test_part_time_may_be_said_without_its_days() -> None:
    assert is_part_time("je suis à temps partiel")
    assert is_part_time("I am part time")
    assert not is_part_time("je suis à temps plein")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("et si j'ai déjà donné un jour cette année ?", "1"),
        ("j'en ai déjà donné 2", "2"),
        ("2 jours déjà donnés", "2"),
        ("I already gave one day", "1"),
        ("j'ai déjà donné deux RTT en mars", "2"),
        ("j'ai donné 50 € aux Restos", None),
        ("je donne 2 jours", None),
    ],
)
def test_days_given_already(text: str, days: str | None) -> None:
    assert read_given(text) == (Decimal(days) if days else None)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("je suis fonctionnaire", True),
        ("je bosse à la mairie", True),
        ("infirmière à l'hôpital public", True),
        ("I am a civil servant", True),
        ("salarié du privé", False),
        ("je ne suis pas fonctionnaire", False),
        ("la mairie nous aide", None),
        ("je donne deux RTT", None),
    ],
)
def test_the_public_service(text: str, public: bool | None) -> None:
    assert is_public_agent(text) is public


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("un collègue a sa fille de 8 ans atteinte d'un cancer", "child_ill"),
        ("a colleague whose 8-year-old son is very ill", "child_ill"),
        ("elle a perdu son fils", "child_died"),
        ("sa mère est malade et il s'en occupe", "carer"),
        ("un collègue réserviste", "reservist"),
        ("il est pompier volontaire", "firefighter"),
        ("un secouriste de la protection civile", "civil_protection"),
        ("il est bénévole aux Restos", "volunteer"),
        ("un collègue qui déménage", "other"),
    ],
)
def test_why_a_colleague_needs_days(text: str, situation: str | None) -> None:
    assert read_situation(text) == situation


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for read in (read_day_kind, read_days_a_week, read_given, is_public_agent, read_situation, is_part_time):
        read(text)
