"""Gifts as people tell them: how much, to whom, when, how often, by whom; and what is no gift at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.topic import load_topics
from bot.understanding.gifts import GiftsTold, GiftTold, gifts_in
from bot.understanding.hearing import Context
from bot.understanding.numbers.figures import figures_in
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots

TODAY = date(2026, 11, 30)
HEARING = load_topics().hearing


def told(text: str, language: str = "fr") -> GiftsTold:
    return gifts_in(Sentence(text), language, TODAY, Context.GIFT) or GiftsTold()


def slots(text: str, topic: str = "donation") -> dict[str, Any]:
    return read_slots(Sentence(text), "fr", TODAY, HEARING.of(topic))


def gift(amount: int | str, to: str = "", **more: Any) -> GiftTold:
    return GiftTold(amount=Decimal(amount), to=to, **more)


SECOURS = "Secours populaire"
MARCH, NOVEMBER = date(2025, 3, 1), date(2025, 11, 1)


@pytest.mark.parametrize(
    ("text", "gifts"),
    [
        ("100 € à la SPA", [gift(100, "SPA")]),
        ("50 à Greenpeace et 30 à la LPO", [gift(50, "Greenpeace"), gift(30, "LPO")]),
        ("SPA 50, LPO 30", [gift(50, "SPA"), gift(30, "LPO")]),
        ("3 × 50 € aux restos", [gift(150, "Restos du Cœur")]),
        ("3 dons de 50 € à la SPA", [gift(150, "SPA")]),
        ("four gifts of 25 euros to WWF", [gift(100, "WWF")]),
        ("12 tickets à 5 €", [gift(60)]),
        ("50 € chacun à la SPA et à la LPO", [gift(50, "SPA"), gift(50, "LPO")]),
        ("200 €, moitié SPA, moitié LPO", [gift(100, "SPA"), gift(100, "LPO")]),
        ("300 € à partager entre la SPA et la LPO", [gift(150, "SPA"), gift(150, "LPO")]),
        ("ma femme et moi donnons 50 € chacun", [gift(50), gift(50, by="spouse")]),
        ("ma femme 1 400 et moi 300", [gift(1400, by="spouse", called="ma femme"), gift(300)]),
        ("250 de ma poche, 100 de ma femme", [gift(250), gift(100, by="spouse", called="ma femme")]),
        ("ma sœur donne 80 € à AIDES", [gift(80, "AIDES", by="other", called="ma sœur")]),
        ("mon fils de 15 ans a donné 40€", [gift(40, by="child", called="mon fils")]),
        ("J'ai tapé 500 au lieu de 50", [gift(500)]),
    ],
)
def test_each_sum_goes_with_what_is_said_of_it(text: str, gifts: list[GiftTold]) -> None:
    assert told(text).gifts == gifts


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "800 le 10 mars 2025 et 900 le 20 novembre 2025",
            [("2025-03-10", "2025-03-10"), ("2025-11-20", "2025-11-20")],
        ),
        (
            "En 2025 j'ai donné 800 € en mars puis 900 € en novembre",
            [("2025-03-01", "2025-03-31"), ("2025-11-01", "2025-11-30")],
        ),
        ("I gave 100 to WWF and 200 to Oxfam last year", [("2025-01-01", "2025-12-31")] * 2),
        ("20 € par mois depuis mars jusqu'en septembre", [("2026-03-01", "2026-09-30")]),
        ("30 par mois, de janvier à décembre", [("2026-01-01", "2026-12-31")]),
        ("j'ai donné 100 € hier", [("2026-11-29", "2026-11-29")]),
        ("je donnerai 100 € en janvier", [("2027-01-01", "2027-01-31")]),
        ("100 € à la SPA", [("None", "None")]),
    ],
)
def test_each_sum_has_its_days(text: str, days: list[tuple[str, str]]) -> None:
    assert [(str(one.since), str(one.until)) for one in told(text).gifts] == days


@pytest.mark.parametrize(
    ("text", "every", "count"),
    [
        ("20 €/semaine à la mosquée", "weekly", 0),
        ("je donne 20 euros tous les vendredis", "weekly", 0),
        ("10 € par mois pendant 6 mois", "monthly", 6),
        ("15 euros a month for six months", "monthly", 6),
        ("1 € par jour", "daily", 0),
        ("90 € par trimestre", "quarterly", 0),
        ("100 € en une fois", "once", 0),
        ("100 € cette année", "", 0),
    ],
)
def test_how_often_it_is_paid(text: str, every: str, count: int) -> None:
    (only,) = told(text).gifts
    assert (only.every, only.count) == (every, count)


def test_what_is_said_without_a_sum_is_about_gifts_told_before() -> None:
    assert told("et pour la SPA ?").about == GiftTold(to="SPA")
    assert told("et en 2024 ?").about == GiftTold(since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert told("par mois plutôt").about == GiftTold(every="monthly")
    assert told("my husband paid it, not me").about == GiftTold(by="spouse", called="my husband")
    assert told("et ma sœur, si elle donne pareil ?").about == GiftTold(by="other", called="ma sœur")
    assert told("et sans la SPA ?").without == ["SPA"]
    assert told("si on donne en deux fois, la moitié en janvier").half == GiftTold(
        since=date(2027, 1, 1), until=date(2027, 1, 31)
    )


def test_who_is_mourned_helped_or_gives_to_us_gives_nothing() -> None:
    for text in (
        "mon père est mort, je veux donner 100 € en mémoire de mon père",
        "je donne 50 € pour ma mère malade",
        "ma mère s'est éteinte, elle donnait à la SPA, je donne 50 €",
        "my sister is ill and I give 50",
    ):
        assert [one.by for one in told(text).gifts] == ["self"], text
    assert told("mon père m'a donné 500 €").gifts == []


@pytest.mark.parametrize(
    "text",
    [
        "I am 79", "je suis retraité, j'ai 82 ans", "pourquoi 75 ?", "why 66?", "nous sommes 4", "on est 3", "we are 5",
        "5e semaine", "6 000 habitants", "à deux", "les deux", "en 2025", "what about the other 4,000?",
        "il reste 3 000 qui servent à rien ?", "les 2 000 autres", "CA 1,2 million", "chiffre d'affaires 800 000",
    ],
)  # fmt: skip
def test_a_number_with_another_noun_is_no_gift(text: str) -> None:
    assert told(text).gifts == []
    assert {"amount", "amounts"}.isdisjoint(slots(text))


def test_a_turnover_is_one_whoever_gives() -> None:
    assert slots("CA 1,2 million, on donne 5000")["turnover"] == 1_200_000
    assert [one.amount for one in told("CA 1,2 million, on donne 5000").gifts] == [5000]
    assert "turnover" not in slots("ça fait 300 €")


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("la licence de foot du petit ça fait 180, je peux déduire ?", "licence"),
        ("c'est pas un don c'est la licence", "licence"),
        ("25 € pour la coopérative de l'école", "school"),
        ("j'ai acheté 12 tickets de tombola à 5 €", "raffle"),
        ("un dîner à 200 € pour une asso", "meal"),
        ("we bought two concert tickets for 60", "ticket"),
        ("j'ai acheté un calendrier 20 €", "purchase"),
        ("500 € de parts sociales", "share"),
        ("j'ai donné 500 € à un voisin", "person"),
        ("une cagnotte Leetchi pour les obsèques d'un voisin, 30 €", "pot"),
        ("Mes cotisations CFDT, 180 par an", "union"),
        ("un voyage humanitaire à 2 400 €", "trip"),
        ("mon adhésion à 20 €", "counterpart"),
        ("un chèque de 90 sans rien en échange", "gift"),
        ("100 € à la SPA", None),
        ("je donne 100 € pour la cagnotte de la SPA", None),
        ("ce n'est pas une tombola, c'est un don de 50", None),
        ("je donne 50 € au club de foot", None),
    ],
)
def test_what_is_paid_for(text: str, nature: str | None) -> None:
    assert slots(text).get("nature") == nature


def test_what_comes_back_is_no_second_gift() -> None:
    heard = slots("100 € à la SPA, je reçois un livre à 15 €")
    assert (heard["returned"], [one.amount for one in told_of(heard)]) == (15, [100])
    assert "nature" not in heard
    heard = slots("my gift of 100, they give me a ticket worth 30")
    assert (heard["returned"], [one.amount for one in told_of(heard)]) == (30, [100])


def told_of(heard: dict[str, Any]) -> list[GiftTold]:
    return [GiftTold(amount=Decimal(one["amount"])) for one in heard["gifts"]["gifts"]]


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("combien donner pour que ça me coûte 50 € ?", {"cost": 50}),
        ("je veux mettre 50 € de ma poche, combien donner ?", {"cost": 50}),
        ("how much should I give so that it costs me 50 euros?", {"cost": 50}),
        ("combien dois-je donner aux Restos pour récupérer 300 € ?", {"back": 300}),
        ("combien donner pour ne plus payer d'impôt, j'ai 400 € d'impôt", {"all": None}),
        ("100 € à la SPA, ça me coûte combien ?", None),
        ("le train m'a coûté 85 €", None),
    ],
)
def test_how_much_to_give_is_asked_from_what_it_may_cost(text: str, budget: dict[str, Any] | None) -> None:
    heard = slots(text)
    assert heard.get("budget") == budget
    assert budget is None or not heard.get("gifts", {}).get("gifts")


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("je ne paie pas d'impôt sur le revenu", 0),
        ("slt jpaye pas dimpots", 0),
        ("je suis non imposable", 0),
        ("we have no income tax to pay this year though", 0),
        ("I don't pay income tax in France", 0),
        ("je ne paie que 90 € d'impôt", 90),
        ("and if I only owe 90 in tax?", 90),
        ("je paie de l'impôt", None),
        ("c'est déduit de mes impôts ?", None),
    ],
)
def test_the_tax_that_is_said(text: str, tax: int | None) -> None:
    assert slots(text).get("tax") == tax
    assert slots(text, "company_donation").get("profit_tax") == tax, "of a firm it is another tax"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Je voudrais soutenir une association belge", "be"),
        ("€300 to a charity in Germany", "de"),
        ("a gift to the American Red Cross", "us"),
        ("100 € à la Croix-Rouge suisse", "ch"),
        ("and one in Canada?", "ca"),
        ("dons à une association à l'étranger", "abroad"),
        ("une ONG européenne", "eu"),
        ("une association qui aide les enfants au Mali", None),
        ("j'habite en Belgique et je donne à la SPA", None),
        ("they helped us, 50 to WWF", None),
    ],
)
def test_the_country_of_the_body(text: str, country: str | None) -> None:
    assert slots(text).get("country") == country


def test_a_gift_on_top_and_one_of_the_same() -> None:
    assert slots("et 50 à Greenpeace aussi")["adds"]
    assert slots("ma femme a donné 1 400 €, on déclare ensemble")["adds"]
    assert slots("ma femme a donné 1 400 €, on déclare ensemble")["joint"] is True
    assert slots("et le même don cette année ?")["same"]
    assert {"adds", "same"}.isdisjoint(slots("100 € à la SPA"))


def test_several_people_give_that_much_each() -> None:
    assert told("on est 3 à donner 20 € chacun") == GiftsTold([gift(20)], people=3)


@given(st.text(max_size=80), st.sampled_from([Context.GIFT, Context.PATRONAGE]))
def test_any_text_is_read(text: str, context: Context) -> None:
    sentence = Sentence(text)
    heard = gifts_in(sentence, "fr", TODAY, context)
    sums = [one for one in figures_in(sentence, "fr", TODAY, context) if one.measure == "gift"]
    assert heard is None or len(heard.gifts) <= max(2 * len(sums), len(sums) + 7)
