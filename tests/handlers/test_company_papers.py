"""The agreement and the estimate of a firm: all that was said is in them, nobody is renamed, the rest is asked on one
screen, and a change is all that is said again."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

TOLD = (
    "mon entreprise Menuiserie Lebrun (SIREN 732 829 320) donne 4000 € à l'Épicerie solidaire du Val, chiffre "
    "d'affaires 300 000 €, en échange de 200 € de billets"
)


@pytest.fixture
def me(person):
    return person(language="fr")


def words_of(me) -> str:
    """What is written in the Word file that came last."""
    (file,) = [file for reply in me.last.replies for file in reply.files if file.name.endswith(".docx")]
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        xml = packed.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", xml).replace("\u00a0", " ").replace("\u202f", " ")


async def test_all_that_was_said_is_in_the_agreement_and_the_rest_is_asked_at_once(me) -> None:
    await me.say(TOLD)
    await me.press("Écrire la convention")
    assert "il me manque à quoi servira le don ; et si vous voulez" in me.text
    await me.say("pour la rénovation du local, signataire : Marc Lebrun")
    paper = words_of(me)
    for said in ("Menuiserie Lebrun", "732 829 320", "Épicerie solidaire du Val", "la rénovation du local", "200 €"):
        assert said in paper
    assert "Marc Lebrun" in paper
    assert "ANDES" not in paper, "a body is never renamed"
    assert "À vérifier avant de signer" not in paper, "what is for the person alone is in no file"
    assert "À vérifier avant de signer" in me.text
    assert {"Compléter", "Revenir aux chiffres", "Prêter des compétences"} <= set(me.labels)


async def test_one_thing_that_changes_is_all_that_is_said(me) -> None:
    await me.say(TOLD)
    await me.press("Écrire la convention")
    await me.say("pour la rénovation du local")
    await me.say("l'entreprise : Menuiserie Martin")
    assert me.text.startswith("La convention, avec Menuiserie Martin.")
    assert "Voici la convention" not in me.text
    assert "Menuiserie Martin" in words_of(me)
    assert "Menuiserie Lebrun" not in words_of(me)


@pytest.mark.parametrize(
    "remark", ["je ne sais pas encore qui signe", "c'est quoi un rescrit ?", "merci", "euh attends"]
)
async def test_a_remark_is_no_name(me, remark: str) -> None:
    await me.say("une entreprise veut donner 10 000 € à notre association, que faire ?")
    await me.press("Écrire la convention")
    await me.say(remark)
    await me.press("Passer")
    assert remark not in words_of(me)
    assert "Voici la convention pour 10 000 €" in me.text


async def test_the_number_of_a_known_body_is_proposed_and_never_written_by_itself(me) -> None:
    await me.say("mon entreprise donne 4000 € aux Restos du Cœur")
    await me.press("Écrire la convention")
    await me.say("Menuiserie Martin, pour les repas")
    proposed = next(label for label in me.labels if label.startswith("C’est Les Restaurants du Cœur"))
    assert "Restaurants" not in words_of(me)
    await me.press(proposed)
    assert "Restaurants du Cœur" in words_of(me)


async def test_the_firm_still_gives_when_the_sum_changes(me) -> None:
    await me.say("mon entreprise donne 4000 € aux Restos du Cœur")
    await me.say("plutôt 5000 €")
    assert "3 000 € d’impôt en moins pour 5 000 € donnés" in me.text
    await me.press("Écrire la convention")
    await me.say("Menuiserie Martin, pour les repas")
    await me.say("plutôt 6000 €")
    assert "Voici la convention pour 6 000 €" in me.text
    assert "6 000 €" in words_of(me)


@pytest.mark.parametrize("words", ["on est à l'IS à 15 %", "on est imposés à 15 %", "notre taux est de 15 %"])
async def test_the_reduced_rate_of_profit_tax_can_be_told(me, words: str) -> None:
    await me.say("notre société donne 6000 € à la Croix-Rouge")
    await me.say(words)
    assert "en charge déduite à 15 %, la même somme coûterait réellement 5 100 €" in me.text


async def test_the_estimate_names_who_gives_to_whom_and_what_is_usable(me) -> None:
    await me.say(TOLD)
    await me.press("Plus…")
    await me.press("À garder, en PDF")
    paper = words_of(me)
    for said in ("Menuiserie Lebrun", "Épicerie solidaire du Val", "Utilisable cette année", "4 000 € sur 20 000 €"):
        assert said in paper
    assert "Ce qui est reçu en échange" in paper
    assert "300 000 €" in paper


async def test_the_letter_holds_post_number_address_counter_and_day(me) -> None:
    await me.say("lettre pour donner 2 RTT à l'Épicerie solidaire du Val")
    await me.say(
        "Claire Martin, chez Boulangerie Petit, je suis comptable, matricule 4512, 12 rue des Lilas 35000 Rennes"
    )
    assert "2 jours pour Épicerie solidaire du Val" in me.text
    await me.press("Compléter")
    await me.say("compteur : RTT 2026, le 15 janvier 2027")
    files = {file.name: file.content for reply in me.last.replies for file in reply.files}
    with zipfile.ZipFile(io.BytesIO(files["don-de-jours-lettre.docx"])) as packed:
        paper = re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode()).replace("\u00a0", " ")
    for said in ("comptable", "4512", "12 rue des Lilas 35000 Rennes", "RTT 2026", "15 janvier 2027"):
        assert said in paper
    await me.say("plutôt 3 jours")
    assert "Voici votre lettre. 3 jours" in me.text
    assert "Elle est accompagnée" not in me.text
