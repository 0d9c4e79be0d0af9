"""Skills sponsorship: who may, the cap, and cases that are none."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press

MARCH = datetime(2026, 3, 2, 11, tzinfo=UTC)


async def lend(person, pay: str, time: str):
    me = person(language="fr", at=MARCH)
    await me.send(Command("competences"))
    await me.press("Je dirige ou gère une entreprise")
    await me.press("Il ou elle rejoint l’équipe de l’association")
    await me.say(pay)
    await me.say(time)
    return me


async def test_days_in_all_are_a_share_of_a_month(person) -> None:
    """5 days of 21.67 at 3,950: 3,950 × 5 / 21.67 = 911.40; × 60 % = 546.84."""
    me = await lend(person, "coût 3950", "5 jours en tout")
    assert "911,4" in me.text
    assert "546,84 €" in me.text


async def test_a_pay_by_the_year_is_a_twelfth(person) -> None:
    """40,800 / 12 = 3,400; aid apart, half time for 3 months: 5,100; × 60 % = 3,060."""
    me = await lend(person, "coût 40 800 par an", "mi-temps pendant 3 mois")
    assert "3 060 € d’impôt en moins" in me.text


async def test_a_loan_too_long_gives_no_reduction(person) -> None:
    me = await lend(person, "coût 3000", "mi-temps pendant 48 mois")
    assert "36 mois au plus" in me.text
    assert "48 mois" in me.text
    assert "raccourcissez" in me.text


async def test_above_the_lowest_ceiling_the_turnover_is_asked(person) -> None:
    """12,015 × 2 = 24,030 is above 20,000; with 8 M of turnover the ceiling is 40,000: 24,030 × 60 % = 14,418."""
    me = await lend(person, "coût 16400", "temps plein pendant 2 mois")
    assert "chiffre d’affaires" in me.text
    await me.press("Passer")
    assert "12 000 € d’impôt en moins" in me.text  # 20 000 × 60 %
    assert "le plafond le plus bas" in me.text


async def test_the_agreement_holds_what_was_said(person) -> None:
    me = await lend(person, "coût 3950", "un jour par semaine pendant 4 mois")
    await me.press("Écrire la convention")
    for _question in range(3):
        await me.press("Passer")
    files = [file for reply in me.last.replies for file in reply.files]
    assert {file.name.rpartition(".")[2] for file in files} == {"pdf", "docx"}
    assert files[0].content.startswith(b"%PDF")


async def test_a_freelance_is_told_the_truth(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("skills", "about", "self_employed"))))
    assert "Votre propre temps est du bénévolat" in me.text
    assert "faites-le confirmer" in me.text


async def test_a_town_hall_has_its_own_trial(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("skills", "about", "public_body"))))
    assert "à titre d’essai" in me.text
    assert "Aucune réduction d’impôt" in me.text
