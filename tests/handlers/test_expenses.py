"""A volunteer's expenses: vehicles, years, what is not known, and the note."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press


async def drive(person, km: str, power: str, **details):
    """Somebody who drove so far, with a car of so many fiscal horsepowers."""
    me = person(language="fr", **details)
    await me.send(Command("frais"))
    await me.say(km)
    await me.say(power)
    return me


async def more(me, label: str) -> str:
    """Press one of the buttons behind « Plus… »."""
    if label not in me.labels:
        await me.press("Plus…")
    return await me.press(label)


async def test_beyond_five_thousand_kilometres_the_scale_bends(person) -> None:
    """6,000 km at 5 CV: 6,000 × 0.357 + 1,395 = 3,537; × 66 % = 2,334.42, rounded to 2,334."""
    me = await drive(person, "6 000", "5")
    assert "3 537 €" in me.text
    assert "2 334 €" in me.text


async def test_a_power_above_the_scale_takes_its_last_line(person) -> None:
    """1,000 km at 12 CV: 1,000 × 0.697 = 697; × 66 % = 460.02, rounded to 460."""
    me = await drive(person, "1000 km", "12 CV")
    assert "697 €" in me.text
    assert "460 €" in me.text


@pytest.mark.parametrize("said", ["640 km, 4 CV", "640 kilomètres avec ma 4 chevaux", "j'ai roulé 640 km, puissance 4"])
async def test_all_is_told_at_once(person, said: str) -> None:
    """640 × 0.606 = 387.84, a gift of 388; × 66 % = 256.08."""
    me = person(language="fr")
    await me.send(Command("frais"))
    assert "256 €" in await me.say(said)


async def test_without_the_power_both_ends_of_the_scale_are_told(person) -> None:
    """640 × 0.529 = 338.56 (3 CV), × 66 % = 223.74; 640 × 0.697 = 446.08 (7 CV), × 66 % = 294.36."""
    me = person(language="fr")
    await me.say("j'ai fait 640 km pour mon asso")
    assert "De 224 € à 294 €" in me.text
    assert "De 224 € à 294 €" in await me.say("je ne sais pas")
    await me.press("Dire sa puissance")
    await me.press("4 CV")
    assert "256 €" in me.text


async def test_last_year_has_its_own_scale_and_no_doubt(person) -> None:
    me = await drive(person, "640", "4", at=datetime(2026, 2, 1, 11, tzinfo=UTC))
    assert "printemps 2027" in me.text
    await more(me, "Une autre année")
    await me.press("2025")
    assert "256 €" in me.text
    assert "printemps 2027" not in me.text


async def test_an_electric_car_counts_a_fifth_more(person) -> None:
    """387.84 × 1.2 = 465.41, a gift of 465; × 66 % = 306.90, rounded to 307."""
    me = await drive(person, "640", "4")
    await more(me, "Un autre véhicule")
    await me.press("Une voiture électrique")
    assert "465,41 €" in me.text
    assert "307 €" in me.text


async def test_a_moped_needs_no_power(person) -> None:
    """100 km: 31.50, a gift of 32 (half a euro counts for one); × 66 % = 21.12."""
    me = await drive(person, "100", "4")
    await more(me, "Un autre véhicule")
    await me.press("Un cyclomoteur (50 cm³)")
    assert "31,50 €" in me.text
    assert "21 €" in me.text


async def test_the_association_settles_the_rate(person) -> None:
    """A gift of 388 to the Restos du Cœur: × 75 % = 291."""
    me = await drive(person, "640", "4")
    await me.say("c'est pour les Restos du Cœur")
    assert "291 € d’impôt en moins" in me.text
    assert "7UD" in me.text


async def test_who_pays_no_tax_gets_nothing_back(person) -> None:
    me = await drive(person, "640", "4")
    await me.say("je ne paie pas d'impôt")
    assert "ien ne vous revient" in me.text


async def test_the_note_holds_each_kind_of_expense(person) -> None:
    me = await drive(person, "640", "4")
    await more(me, "Péages, train, achats")
    await me.say("12,40")
    assert "400,24 €" in me.text  # 387.84 + 12.40
    await me.press("Écrire la note")
    await me.say("Nadia Benali")
    while "Passer" in me.labels:
        await me.press("Passer")
    files = [file for reply in me.last.replies for file in reply.files]
    assert [file.name for file in files] == ["abandon-de-frais.pdf", "abandon-de-frais.docx"]


@pytest.mark.parametrize(("language", "check"), [("fr", "Vérifier avec mon impôt"), ("en", "Check against my tax")])
async def test_a_number_typed_for_one_question_does_not_fill_another(person, language: str, check: str) -> None:
    """640 km, 4 CV and a tax of 57 are no further euros: a gift of 388 and nothing else; nothing above the tax."""
    me = person(language=language)
    await me.send(Command("frais"))
    await me.say("640")
    await me.say("4")
    assert "388" in me.text
    await me.press("Plus…" if language == "fr" else "More …")
    await me.press(check)
    await me.say("57")
    assert "388" in me.text
    assert "645" not in me.text


async def test_a_sum_said_at_once_is_not_asked_again(person) -> None:
    """85 € of train: × 66 % = 56.10, rounded to 56; kilometres may be added."""
    me = person(language="fr")
    await me.send(Press(str(StartPress("expenses", "amount", "85"))))
    assert "56 €" in me.text
    await more(me, "Ajouter des kilomètres")
    await me.say("640")
    await me.say("4")
    assert "472,84 €" in me.text  # 387.84 + 85


async def test_several_sums_are_added_up(person) -> None:
    """85 + 30 = 115; × 66 % = 75.90, rounded to 76."""
    me = person(language="fr")
    await me.say("bénévole, j'ai payé 85 € de train et 30 € de fournitures pour l'asso, je récupère combien ?")
    assert "115 €" in me.text
    assert "76 €" in me.text


async def test_nothing_spent_is_nothing_to_give_up(person) -> None:
    me = person(language="fr")
    await me.send(Command("frais"))
    await me.press("Passer")
    await me.press("Passer")
    assert "rien à abandonner" in me.text
    assert "Une somme" in me.labels
