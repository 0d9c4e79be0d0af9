"""A volunteer's expenses: vehicles, years, what is not known, and the note."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press


async def drive(person, km: str, power: str, **details):
    me = person(language="fr", **details)
    await me.send(Command("frais"))
    await me.say(km)
    await me.say(power)
    return me


async def test_beyond_five_thousand_kilometres_the_scale_bends(person) -> None:
    """6,000 km at 5 CV: 6,000 × 0.357 + 1,395 = 3,537; × 66 % = 2,334.42, rounded to 2,334."""
    me = await drive(person, "6 000", "5")
    assert "3 537 €" in me.text
    assert "2 334 € d’impôt en moins" in me.text


async def test_a_power_above_the_scale_takes_its_last_line(person) -> None:
    """1,000 km at 12 CV: 1,000 × 0.697 = 697; × 66 % = 460.02, rounded to 460."""
    me = await drive(person, "1000 km", "12 CV")
    assert "697 €" in me.text
    assert "460 € d’impôt en moins" in me.text


async def test_last_year_has_its_own_scale_and_no_doubt(person) -> None:
    me = await drive(person, "640", "4", at=datetime(2026, 2, 1, 11, tzinfo=UTC))
    assert "printemps 2027" in me.text
    await me.press("Une autre année")
    await me.press("2025")
    assert "256 € d’impôt en moins" in me.text  # 640 × 0.606 = 387.84 → 388; × 66 % = 256.08
    assert "printemps" not in me.text


async def test_a_moped_needs_no_power(person) -> None:
    """100 km: 31.50, a gift of 32 (half a euro counts for one); × 66 % = 21.12."""
    me = person(language="fr")
    await me.send(Command("frais"))
    await me.say("100")
    await me.say("4")
    await me.press("Un autre véhicule")
    await me.press("Un cyclomoteur (50 cm³)")
    assert "31,50 €" in me.text
    assert "21 € d’impôt en moins" in me.text


async def test_the_note_holds_each_kind_of_expense(person) -> None:
    me = await drive(person, "640", "4")
    await me.press("Péages, train, achats")
    await me.say("12,40")
    await me.press("Écrire la note")
    await me.say("Nadia Benali")
    await me.press("Passer")
    files = [file for reply in me.last.replies for file in reply.files]
    assert [file.name for file in files] == ["abandon-de-frais.pdf", "abandon-de-frais.docx"]
    assert "400,24 €" in me.text


async def test_a_number_typed_for_one_question_does_not_fill_another(person) -> None:
    """640 km and 4 CV are no euros: 387.84 and nothing else."""
    for language in ("fr", "en"):
        me = person(language=language)
        await me.send(Command("frais"))
        await me.say("640")
        await me.say("4")
        assert "388" in me.text
        await me.press("Vérifier avec mon impôt" if language == "fr" else "Check against my tax")
        await me.say("57")
        assert "388" in me.text


async def test_a_sum_said_at_once_is_not_asked_again(person) -> None:
    """85 € of train: × 66 % = 56.10, rounded to 56; kilometres may be added."""
    me = person(language="fr")
    await me.send(Press(str(StartPress("expenses", "amount", "85"))))
    assert "56 € d’impôt en moins" in me.text
    await me.press("Ajouter des kilomètres")
    await me.say("640")
    await me.say("4")
    assert "472,84 €" in me.text  # 387.84 + 85
