"""A company's gift: the figures of the reference, what is never asked, what an accountant must tell."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press

COMPANY = "Une société (SARL, SAS …)"


@pytest.fixture
async def me(person):
    somebody = person(language="fr")
    await somebody.send(Command("entreprise"))
    return somebody


async def test_the_turnover_is_asked_only_where_it_can_change_the_figure(me) -> None:
    await me.say("20000")
    await me.press(COMPANY)
    assert "12 000 € d’impôt en moins" in me.text  # 20 000 × 60 %, within the lowest ceiling
    await me.press("Un autre montant")
    await me.say("20001")
    assert "chiffre d’affaires annuel" in me.text


async def test_without_the_turnover_the_lowest_ceiling_holds_and_is_told(me) -> None:
    await me.say("38000")
    await me.press(COMPANY)
    await me.press("Passer")
    assert "12 000 € d’impôt en moins" in me.text  # 20 000 × 60 %
    assert "je compte avec le plafond le plus bas, 20 000 €" in me.text
    assert "(0 €)" not in me.text, "a turnover that nobody told is not shown as none"
    await me.press("Avec le chiffre d’affaires")
    await me.say("6 400 000")
    assert "19 200 € d’impôt en moins" in me.text  # 32 000 × 60 %


async def test_gifts_left_from_an_earlier_year_fill_the_room(me) -> None:
    """Reference, example 3: turnover 6.8 M, gifts 30,000, 6,000 left: base 34,000, reduction 20,400, 2,000 left."""
    await me.say("30000")
    await me.press(COMPANY)
    await me.say("6 800 000")
    await me.press("Un reliquat d’avant")
    await me.say("6000")
    await me.press("2025")
    assert "20 400 € d’impôt en moins" in me.text  # (30 000 + 4 000) × 60 %
    assert "4 000 € donnés en 2025" in me.text


async def test_a_very_large_gift_asks_whom_it_helps(me) -> None:
    await me.say("2 600 000")
    await me.press(COMPANY)
    await me.say("900 millions")
    assert "personnes en difficulté" in me.text
    await me.press("Non")
    assert "1 440 000 € d’impôt en moins" in me.text  # 2 000 000 × 60 % + 600 000 × 40 %


async def test_where_two_limits_meet_no_figure_is_invented(me) -> None:
    await me.say("2 600 000")
    await me.press(COMPANY)
    await me.say("100 millions")  # ceiling 500,000: it binds, and the slice too
    await me.press("Non")
    assert "seul un expert-comptable peut donner le chiffre" in me.text
    assert "En image" not in me.labels


async def test_a_sole_trader_sees_both_ways(me) -> None:
    await me.say("1000")
    await me.press("Un indépendant au régime réel")
    assert "600 € d’impôt en moins" in me.text  # 1 000 × 60 %
    assert "660 €" in me.text  # 1 000 × 66 %, as a private gift
    assert "2042-C-PRO" in me.text


async def test_goods_count_at_their_cost_and_a_vehicle_at_no_figure(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("company_donation", "about", "in_kind"))))
    await me.press("Des marchandises, des invendus, des denrées")
    assert "Pas le prix de vente" in me.text
    await me.say("1500")
    await me.press(COMPANY)
    assert "900 € d’impôt en moins" in me.text  # 1 500 × 60 %
    assert "coût" in me.text
    assert "TVA" in me.text
    other = person(language="fr")
    await other.send(Press(str(StartPress("company_donation", "about", "in_kind"))))
    await other.press("Un véhicule, une machine, du mobilier ou des ordinateurs déjà utilisés")
    assert "expert-comptable" in other.text
    assert "d’impôt en moins" not in other.text


async def test_the_estimate_and_the_picture_come_when_asked_for(me) -> None:
    await me.say("38000")
    await me.press(COMPANY)
    await me.say("6 400 000")
    assert not any(reply.files or reply.picture for reply in me.last.replies)
    await me.press("En image")
    picture = next(reply.picture for reply in me.last.replies if reply.picture)
    assert "6 000" in picture.alt.replace("\u202f", " "), "what is carried over is told in words too"
    await me.press("À garder, en PDF")
    files = [file.name for reply in me.last.replies for file in reply.files]
    assert "mecenat-estimation.pdf" in files


async def test_a_correction_after_the_end_gives_the_new_figure(me) -> None:
    await me.say("6000")
    await me.press(COMPANY)
    await me.say("non, plutôt 7000")
    assert "4 200 € d’impôt en moins" in me.text  # 7 000 × 60 %
