"""Sums as people write them, in answers and inside sentences, and numbers that are no sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.gifts import gifts_in
from bot.understanding.hearing import Context
from bot.understanding.numbers.figures import read_amount, read_amounts, read_period
from bot.understanding.sentence import Sentence

MONEY = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**9), places=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300", 300),
        ("300 €", 300),
        ("1 500,50 €", Decimal("1500.50")),
        ("1.250,00€", 1250),
        ("1,200.50", Decimal("1200.50")),
        ("1\u202f500 euros", 1500),
        ("2k", 2 * 1000),
        ("30k€", 30 * 1000),
        ("1,5 million", 1_500_000),
        ("1,2 M", 1_200_000),
        ("10^12", 10**12),
        ("mille deux cents", 1000 + 200),
        ("une centaine d'euros", 100),
        ("une dizaine de milliers d'euros", 10 * 1000),
        ("trois fois douze", 3 * 12),
        ("3x30", 3 * 30),
        ("4 × 25 €", 4 * 25),
        ("50 balles", 50),
        ("20 par mois", 20),
        ("15€50", Decimal("15.50")),
        ("quinze euros cinquante", Decimal("15.50")),
        ("septante-cinq euros", 75),
        ("quatre-vingt-dix-neuf", 99),
        ("50e", 50),
        ("€50", 50),
        ("EUR 1,500.50", Decimal("1500.50")),
        ("80 centimes", Decimal("0.80")),
        ("two hundred euros", 200),
        ("a couple of hundred", 2 * 100),
        ("a tenner", 10),
        ("on va dire 60 alors", 60),
        ("je pensais à 40 euros environ", 40),
        ("2018", 2018),
        ("75011", 75011),
        ("３００", 300),
    ],
)
def test_an_answer_to_how_much_is_read_as_people_write_it(text: str, value: Decimal | int) -> None:
    amount = read_amount(text, "fr")
    assert amount is not None
    assert amount.value == value
    assert not amount.negative


@pytest.mark.parametrize("text", ["-50 €", "- 50", "moins 50 euros", "−50", "minus 50"])
def test_an_amount_below_zero_is_seen_as_such(text: str) -> None:
    amount = read_amount(text, "fr")
    assert amount is not None
    assert (amount.value, amount.negative) == (50, text != "- 50")


@pytest.mark.parametrize(
    "text", ["abc", "", "   ", "je ne sais pas", "j'ai 14 ans", "dans 3 jours", "15 %", "à 20 km", "100 ou 200"]
)
def test_what_holds_no_sum_gives_none(text: str) -> None:
    assert read_amount(text, "fr") is None


def test_the_span_of_an_amount_is_where_it_was_typed() -> None:
    text = "Cœur sur vous : 1 500,50 € pour eux"
    amount = read_amount(text)
    assert amount is not None
    assert text[amount.span[0] : amount.span[1]] == "1 500,50 €"


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("je donne 300 € aux Restos", [300]),
        ("elle a versé 90 et moi 60", [90, 60]),
        ("50 à la SPA et 100 aux restos", [50, 100]),
        ("trois virements, 20 €, 30 € et 50 €", [20, 30, 50]),
        ("un salaire de 2 000 € brut et un don de 150", [150]),
        ("je paie 900 € d'impôts et je donne 80 €", [80]),
        ("200 € donnés en 2024", [200]),
        ("don de 2000 en 2025", [2000]),
        ("et si je paie 80 à la Croix-Rouge ?", [80]),
        ("et si je paie 20 par mois ?", [20]),
    ],
)
def test_every_gift_of_a_sentence_is_found_and_nothing_else(text: str, sums: list[int]) -> None:
    assert [amount.value for amount in read_amounts(text, "fr", context=Context.GIFT)] == sums


@pytest.mark.parametrize(
    "text",
    [
        "le plafond de 1 000 € par an",
        "jusqu'à 1000 € c'est 75 % ?",
        "article 200 du CGI",
        "formulaire 2042 RICI, case 7UF",
        "66 ou 75 % ?",
        "c'est 66 ou 75",
        "appelez-moi au 06 12 34 56 78",
        "0612345678",
        "SIREN 775 672 272",
        "W751004076",
        "j'habite 44000 Nantes et j'ai 71 ans",
        "depuis 2019",
        "je voudrais économiser 500 € d'impôts",
        "le barème est de 0,324 € par km",
        "entre 100 et 200 €",
        "50-80 €",
        "$100 to a charity in Boston",
        "300 livres sterling",
        "nous sommes 4 bénévoles et 2 salariés",
        "le 3 mars 2025",
        "loi de 1901",
        "20 % du revenu",
        "et si je paie 800 ?",
        "si on payait 1 200",
    ],
)
def test_numbers_that_are_no_amounts_never_become_one(text: str) -> None:
    assert read_amounts(text, "fr", context=Context.GIFT) == []


def test_each_gift_is_paired_with_the_body_it_goes_to() -> None:
    def to_whom(text: str) -> list[tuple[Decimal, str]]:
        told = gifts_in(Sentence(text), "fr", date(2026, 11, 21), Context.GIFT)
        return [] if told is None else [(gift.amount, gift.to) for gift in told.gifts]

    assert to_whom("50 à la SPA et 100 aux Restos du Cœur") == [
        (Decimal(50), "SPA"),
        (Decimal(100), "Restos du Cœur"),
    ]
    assert to_whom("SPA 50, LPO 30") == [(Decimal(50), "SPA"), (Decimal(30), "LPO")]
    assert to_whom("40 en mars et 60 en juin à Greenpeace") == [
        (Decimal(40), "Greenpeace"),
        (Decimal(60), "Greenpeace"),
    ]
    assert to_whom("300 € à une petite asso") == [(Decimal(300), "")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("20 € par mois", "monthly"),
        ("35€/mois", "monthly"),
        ("un prélèvement mensuel de 10", "monthly"),
        ("15 monthly to Unicef", "monthly"),
        ("un don unique", "once"),
        ("a one-off gift", "once"),
        ("300 € à la SPA", None),
    ],
)
def test_how_often_a_gift_comes_back(text: str, period: str | None) -> None:
    assert read_period(text) == period


@given(value=MONEY, locale=st.sampled_from(["fr_FR", "en_GB", "en_US", "de_DE", "es_ES", "it_IT", "pt_PT"]))
def test_money_as_allie_writes_it_is_read_back(value: Decimal, locale: str) -> None:
    amount = read_amount(format_currency(value, "EUR", locale=locale), locale[:2])
    assert amount is not None
    assert amount.value == value


@given(value=st.integers(1, 10**9), before=st.sampled_from(["je donne ", "un don de ", "I give "]))
def test_a_sum_inside_a_sentence_is_read_back(value: int, before: str) -> None:
    text = f"{before}{format_currency(value, 'EUR', locale='fr_FR', format='#,##0 ¤', currency_digits=False)} à la SPA"
    assert [amount.value for amount in read_amounts(text, context=Context.GIFT)] == [value]
