"""What the pages say of the law: who has the raised rate, what a receipt says, what a loan of staff needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.dialogue.pages import leaves
from handlers.alliance.law import compared

TODAY = date(2026, 11, 30)
VIOLENCE = {"fr": "violences domestiques", "en": "domestic violence"}


def told(page: str, language: str, day: date = TODAY) -> list[str]:
    return [str(leaf) for leaf in leaves(page, language, day, **compared(day, Decimal(50), Decimal(3)))]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("page", "leaf"), [("capsule-rates", 0), ("orientation", 1), ("orientation-compare", 0)])
def test_help_to_victims_of_domestic_violence_has_the_raised_rate_too(page: str, leaf: int, language: str) -> None:
    assert VIOLENCE[language] in told(page, language)[leaf]


@pytest.mark.parametrize(("language", "until"), [("fr", "31 décembre 2026"), ("en", "31 December 2026")])
def test_chambord_has_it_until_its_last_day(language: str, until: str) -> None:
    (page,) = told("capsule-rates", language)
    assert f"Chambord</b>\u00a0: 75\u00a0% aussi, jusqu’au {until}" in page or f"75% too, until {until}" in page


def test_a_receipt_names_the_article_and_not_the_rate() -> None:
    assert "pas le taux" in told("capsule-rates", "fr")[0]
    assert "not the rate" in told("capsule-rates", "en")[0]


@pytest.mark.parametrize(("language", "word"), [("fr", "avenant"), ("en", "amendment")])
def test_no_amendment_to_the_work_contract_is_asked_for(language: str, word: str) -> None:
    assert word not in told("capsule-ten", language)[0]


def test_the_figures_of_alliances_say_of_whom_they_are() -> None:
    kinds, useful, mayors, *_others = (leaf.replace("\u00a0", " ") for leaf in told("alliance-figures", "fr"))
    assert "Ceux des entreprises de 10 salariés ou plus" in kinds
    assert "29 % de l’ensemble des Français" in useful
    assert "En 2016, 76 %" in mayors
    assert "46 % d’entre eux" in mayors
    assert "92" not in mayors, "no source was found for it"


def test_facts_of_their_day_do_not_grow_old() -> None:
    assert told("alliance-figures", "fr", date(2028, 6, 1)) == told("alliance-figures", "fr")


@pytest.mark.parametrize(("language", "measure"), [("fr", "aux organisations et"), ("en", "for organisations and")])
def test_the_second_measure_is_about_the_tools_of_both(language: str, measure: str) -> None:
    assert measure in told("alliance-measures", language)[1]
