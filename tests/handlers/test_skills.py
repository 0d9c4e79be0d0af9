"""Skills sponsorship: useful at once, who may, the cap, what is pointed at, the agreement, and cases that are none."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from docx import Document

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press

MARCH = datetime(2026, 3, 2, 11, tzinfo=UTC)


async def lend(person, words: str):
    me = person(language="fr", at=MARCH)
    await me.send(Press(str(StartPress("skills", "role", "employer"))))
    await me.say(words)
    return me


def agreement_of(me) -> str:
    """The words of the agreement that came with the last reply."""
    files = {file.name: file.content for reply in me.last.replies for file in reply.files}
    document = Document(io.BytesIO(files["mecenat-de-competences-convention.docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def test_the_first_reply_says_what_it_is_with_an_example_and_asks_nothing_first(person) -> None:
    """4,000 × 0.2 × 6 = 4,800; × 60 % = 2,880."""
    me = person(language="fr")
    await me.send(Command("competences"))
    for part in ("60 %", "17 avril 2024", "36 mois", "accord par écrit", "4 800 €", "2 880 €", "12 015 €"):
        assert part in me.text, part
    assert len(me.last.replies[0].text.split()) <= 80
    assert "Je suis salarié" in me.labels


async def test_days_in_all_are_a_share_of_a_month(person) -> None:
    """5 days of 21.67 at 3,950: 3,950 × 5 / 21.67 = 911.40; × 60 % = 546.84."""
    me = await lend(person, "coût 3950, 5 jours en tout")
    assert "911,4" in me.text
    assert "546,84 €" in me.text


async def test_a_pay_by_the_year_is_a_twelfth(person) -> None:
    """40,800 / 12 = 3,400; half time for 3 months: 5,100; × 60 % = 3,060."""
    me = await lend(person, "coût 40 800 par an, mi-temps pendant 3 mois")
    assert "3 060 € d’impôt en moins" in me.text


async def test_a_gross_pay_gives_a_range_and_the_whole_cost_a_figure(person) -> None:
    """3,000 × 1.10 × 0.5 = 1,650, × 1.45 = 2,175; × 60 %: 990 to 1,305. As a cost: 1,500, 900."""
    me = await lend(person, "3000 € par mois, mi-temps pendant 1 mois")
    assert "De 990 € à 1 305 €" in me.text
    assert "ordre de grandeur" in me.text
    await me.press("C’est le coût complet")
    assert "900 € d’impôt en moins" in me.text


async def test_what_nobody_told_is_named_as_supposed(person) -> None:
    me = await lend(person, "coût 4000 par mois")
    assert "En supposant 1 jour par semaine pendant 6 mois" in me.text


async def test_a_loan_too_long_gives_no_reduction(person) -> None:
    me = await lend(person, "coût 3000, mi-temps pendant 48 mois")
    assert "36 mois au plus" in me.text
    assert "48 mois" in me.text
    assert "raccourcissez" in me.text


async def test_above_the_lowest_ceiling_it_is_said_and_the_turnover_counts(person) -> None:
    """12,015 × 2 = 24,030 is above 20,000: 12,000; with 8 M of turnover the ceiling is 40,000: 14,418."""
    me = await lend(person, "coût 16400 par mois, temps plein pendant 2 mois")
    assert "12 000 € d’impôt en moins" in me.text
    assert "le plafond le plus bas" in me.text
    await me.press("Plus…")
    await me.press("Avec le chiffre d’affaires")
    await me.say("8 millions")
    assert "14 418 €" in me.text


async def test_several_people_add_up(person) -> None:
    """2 × 4,000 × 0.2 × 6 = 9,600; × 60 % = 5,760."""
    me = await lend(person, "coût 4000 par mois, 1 jour par semaine pendant 6 mois")
    await me.say("et pour deux salariés ?")
    assert "5 760 € d’impôt en moins" in me.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("et le double ?", "5 760 €"),
        ("et à 5 000 ?", "6 000 €"),
        ("et à mi-temps ?", "12 000 €"),
        ("et sur 12 mois ?", "9 600 €"),
        ("combien par mois ?", "800 € de temps donné, 480 €"),
        ("pourquoi ?", "12 015 €"),
        ("la source ?", "L. 8241-3"),
        ("t'es sûr ?", "c’est dans la loi"),
        ("résume", "1 jour par semaine pendant 6 mois"),
        ("c'est plafonné ?", "12 015 €"),
        ("et si elle refuse ?", "sans être sanctionné"),
        ("ça se met par écrit ?", "une convention entre l’entreprise et l’association"),
        ("et si on fait plutôt une prestation de 30 heures à 45 € ?", "810 €"),
        ("écris la convention", "il me manque"),
    ],
)
async def test_what_is_pointed_at_or_varied_is_answered(person, words: str, answer: str) -> None:
    """4,000 × 0.2 × 6 = 4,800 of time, 2,880 back. A service: 30 × 45 = 1,350; × 60 % = 810."""
    me = await lend(person, "coût 4000 par mois, 1 jour par semaine pendant 6 mois")
    assert "2 880 €" in me.text
    await me.say(words)
    assert answer in me.text


class TestTheAgreement:
    async def test_it_holds_what_was_told_and_asks_for_the_rest_on_one_screen(self, person) -> None:
        me = person(language="fr", at=MARCH)
        await me.say(
            "la SARL Les Moulins prête notre comptable Julie Martin 1 jour par semaine pendant 4 mois à l'association "
            "Épicerie solidaire du Val, coût 3 950 € par mois"
        )
        await me.press("Écrire la convention")
        assert "ce qu’il ou elle y fera" in me.text
        await me.say("tenir les comptes, à partir du 1er avril, SIREN 552 100 554")
        text = agreement_of(me)
        for part in (
            "SARL Les Moulins", "552 100 554", "Épicerie solidaire du Val", "Julie Martin", "comptable",
            "tenir les comptes", "1er avril 2026", "31 juillet 2026", "20 %", "avril 2026", "3 950 €", "790 €",
            "3 160 €",
        ):  # fmt: skip
            assert part in text, part
        assert "ANDES" not in text

    async def test_nothing_supposed_or_of_an_example_stands_on_it(self, person) -> None:
        me = person(language="fr", at=MARCH)
        await me.send(Press(str(StartPress("skills", "role", "employer"))))
        await me.press("Écrire la convention")
        await me.press("Passer")
        assert "4 000 €" not in agreement_of(me)
        assert "800 €" not in agreement_of(me)

    async def test_one_thing_changed_is_the_only_thing_said(self, person) -> None:
        me = await lend(person, "coût 3950, un jour par semaine pendant 4 mois")
        await me.say("écris la convention")
        await me.say("SARL Dupont, Emmaüs Lyon, Julie Martin, refaire le site")
        assert "Emmaüs Lyon" in agreement_of(me)
        await me.say("entreprise : Dupont & Fils")
        assert "La convention, avec Dupont & Fils" in me.text
        assert "Dupont & Fils" in agreement_of(me)

    async def test_an_association_has_it_too(self, person) -> None:
        me = person(language="fr")
        await me.send(Press(str(StartPress("skills", "role", "association"))))
        assert "Ne promettez jamais" in me.text
        await me.press("Écrire la convention")
        await me.press("Passer")
        assert "………" in agreement_of(me)


class TestAnEmployee:
    @pytest.mark.parametrize(
        ("words", "answer"),
        [
            ("am I still paid?", "goes on paying you"),
            ("how long can it last?", "3 years at most"),
            ("until when?", "3 years at most"),
            ("can I say no?", "may refuse"),
        ],
    )
    async def test_their_side_is_answered(self, person, words: str, answer: str) -> None:
        me = person(language="en")
        await me.send(Press(str(StartPress("skills", "role", "employee"))))
        assert "you stay paid" in me.text
        await me.say(words)
        assert answer in me.text

    async def test_the_message_to_the_employer_holds_what_was_told(self, person) -> None:
        me = person(language="fr")
        await me.say("je suis salariée, je voudrais que ma boîte me détache 1 jour par semaine chez Emmaüs")
        await me.press("Le message à envoyer")
        assert "(1 jour par semaine)" in me.text
        assert "Emmaüs" in me.text


@pytest.mark.parametrize(
    "said",
    [
        "nous sommes une association, on nous propose un salarié en mécénat",
        "Présidente d’une petite asso : une boîte veut nous prêter son comptable",
    ],
)
async def test_an_association_that_is_offered_somebody_is_told_what_it_has_to_do(person, said: str) -> None:
    me = person(language="fr")
    await me.say(said)
    assert "Vous dirigez le travail" in me.text
    assert "Écrire la convention" in me.labels


async def test_the_years_of_a_loan_on_show_are_told(person) -> None:
    me = person(language="en")
    await me.say("we are an SME, we lend an accountant to a charity one day a week, 4000 gross a month")
    assert "3 years at most (36 months)" in await me.say("how long can it last?")


async def test_a_freelance_is_told_the_truth(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("skills", "about", "self_employed"))))
    assert "Votre propre temps est du bénévolat" in me.text
    assert "aucune réduction d’entreprise" in me.text
    assert "faites-le confirmer" in me.text


async def test_a_town_hall_has_its_own_trial(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("skills", "about", "public_body"))))
    assert "à titre d’essai" in me.text
    assert "Aucune réduction d’impôt" in me.text
