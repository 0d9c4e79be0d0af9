"""A company's gift: the figures of the reference, what is supposed and said so, what an accountant must tell."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press


@pytest.fixture
async def me(person):
    somebody = person(language="fr")
    await somebody.send(Command("entreprise"))
    return somebody


async def more(me, label: str) -> str:
    """Press one of the buttons behind « Plus… »."""
    await me.press("Plus…")
    return await me.press(label)


class TestTheCeiling:
    async def test_the_turnover_is_wished_for_only_where_it_can_change_the_figure(self, me) -> None:
        await me.say("20000")
        assert "12 000 € d’impôt en moins pour 20 000 €" in me.text  # 20 000 × 60 %, within the lowest ceiling
        assert "Avec le chiffre d’affaires" not in me.labels
        await me.say("non, 20001")
        assert "12 000 € d’impôt en moins pour 20 001 €" in me.text
        assert "Avec le chiffre d’affaires" in me.labels

    async def test_without_the_turnover_the_lowest_ceiling_holds_and_is_told(self, me) -> None:
        await me.say("38000")
        assert "12 000 € d’impôt en moins" in me.text
        assert "20 000 €" in me.text
        assert "(0 €)" not in me.text, "a turnover that nobody told is not shown as none"
        await me.press("Avec le chiffre d’affaires")
        await me.say("6 400 000")
        assert "19 200 € d’impôt en moins" in me.text  # 32 000 × 60 %
        assert "6 000 €" in me.text  # 38 000 − 32 000, for later years

    @pytest.mark.parametrize("words", ["CA 6,4 millions", "notre chiffre d'affaires est de 6 400 000 €"])
    async def test_the_turnover_is_told_in_words(self, me, words: str) -> None:
        await me.say("38000")
        assert "19 200 € d’impôt en moins" in await me.say(words)

    async def test_gifts_left_from_an_earlier_year_fill_the_room(self, me) -> None:
        """Reference, example 3: turnover 6.8 M, gifts 30,000, 6,000 left: base 34,000, reduction 20,400, 2,000 left."""
        await me.say("30000")
        await me.say("CA 6 800 000")
        await more(me, "Un reliquat d’avant")
        await me.say("6000")
        await me.press("2025")
        assert "20 400 € d’impôt en moins" in me.text  # (30 000 + 4 000) × 60 %
        assert "4 000 € donnés en 2025" in me.text

    async def test_a_very_large_gift_asks_whom_it_helps(self, me) -> None:
        await me.say("2 600 000")
        await me.say("CA 900 millions")
        await me.press("Qui il aide")
        assert "personnes en difficulté" in me.text
        await me.press("Non")
        assert "1 440 000 € d’impôt en moins" in me.text  # 2 000 000 × 60 % + 600 000 × 40 %

    async def test_where_two_limits_meet_no_figure_is_invented(self, me) -> None:
        await me.say("2 600 000")
        await me.say("CA 100 millions")  # ceiling 500,000: it binds, and the slice too
        assert "seul un expert-comptable peut donner le chiffre" in me.text
        await me.press("Plus…")
        assert "En image" not in me.labels


class TestWhoGives:
    async def test_several_gifts_are_added_up(self, person) -> None:
        me = person(language="fr")
        await me.say("notre SARL donne 1000 € aux Restos et 500 € à la SPA")
        assert "900 € d’impôt en moins pour 1 500 €" in me.text  # 1 500 × 60 %

    async def test_a_sole_trader_on_real_profit_has_the_reduction(self, me) -> None:
        await me.say("1000")
        await more(me, "Qui donne\u00a0?")
        await me.press("Un indépendant au régime réel")
        assert "600 € d’impôt en moins" in me.text  # 1 000 × 60 %
        assert "2042-C-PRO" in me.text

    async def test_a_micro_enterprise_has_none_and_is_shown_the_private_gift(self, me) -> None:
        await me.say("500")
        await more(me, "Qui donne\u00a0?")
        await me.press("Une micro-entreprise")
        assert "aucune réduction" in me.text
        assert "330 €" in me.text  # 500 × 66 %
        assert "2069-RCI-SD" not in me.text
        await me.press("Estimer ce don à titre privé")
        assert "330 € ou 375 € d’impôt pour 500 €" in me.text


class TestWhatIsGiven:
    async def test_goods_count_at_their_cost(self, person) -> None:
        me = person(language="fr")
        await me.send(Press(str(StartPress("company_donation", "about", "in_kind"))))
        await me.press("Des marchandises, des invendus, des denrées")
        assert "Pas le prix de vente" in me.text
        await me.say("1500")
        assert "900 € d’impôt en moins" in me.text  # 1 500 × 60 %
        assert "TVA" in me.text

    async def test_a_vehicle_in_use_has_no_figure(self, person) -> None:
        me = person(language="fr")
        await me.send(Press(str(StartPress("company_donation", "about", "in_kind"))))
        await me.press("Un véhicule, une machine, du mobilier ou des ordinateurs déjà utilisés")
        assert "expert-comptable" in me.text
        assert "d’impôt en moins" not in me.text

    async def test_a_quarter_may_come_back_and_more_is_sponsoring(self, me) -> None:
        await me.say("4000")
        await more(me, "Une contrepartie")
        await me.say("1000")
        assert "2 400 € d’impôt en moins" in me.text  # 1 000 is 25 % of 4 000: 4 000 × 60 %
        await me.send(Command("entreprise"))
        await me.say("4000")
        await more(me, "Une contrepartie")
        await me.say("1600")  # 40 %
        assert "parrainage" in me.text
        assert "d’impôt en moins" not in me.text


async def test_a_reduction_above_the_tax_waits_and_is_never_paid_out(me) -> None:
    await me.say("6000")
    await more(me, "Face à l’impôt dû")
    await me.say("2250")
    assert "2 250 €" in me.text
    assert "1 350 €" in me.text  # 3 600 − 2 250
    assert "jamais remboursé" in me.text


async def test_the_estimate_and_the_picture_come_when_asked_for(me) -> None:
    await me.say("38000")
    await me.say("CA 6 400 000")
    assert not any(reply.files or reply.picture for reply in me.last.replies)
    await more(me, "En image")
    picture = next(reply.picture for reply in me.last.replies if reply.picture)
    assert "6 000" in picture.alt.replace("\u202f", " "), "what is carried over is told in words too"
    await me.press("À garder, en PDF")
    files = [file.name for reply in me.last.replies for file in reply.files]
    assert "mecenat-estimation.pdf" in files


@pytest.mark.parametrize("words", ["non, plutôt 7000", "plutôt 7000"])
async def test_a_correction_gives_the_new_figure(me, words: str) -> None:
    await me.say("6000")
    assert "4 200 € d’impôt en moins pour 7 000 €" in await me.say(words)  # 7 000 × 60 %


async def test_the_agreement_holds_what_was_told(me) -> None:
    await me.say("6000 € aux Restos du Cœur par la Menuiserie Rossi")
    await me.press("Écrire la convention")
    while "Passer" in me.labels:
        await me.press("Passer")
    assert {file.name for reply in me.last.replies for file in reply.files} >= {
        "mecenat-convention.pdf",
        "mecenat-convention.docx",
    }
