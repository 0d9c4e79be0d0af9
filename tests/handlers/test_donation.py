"""Gifts by a household: the first reply is useful, and what settles the figure is settled before it.

Each line is a first message of somebody new; what must be in the reply stands before what must not.
"""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press

FRENCH = [
    # The figure at once, where the sum and the body are told.
    ("300 € aux Restos du Cœur, ça me revient à combien ?", "225 € d’impôt pour 300 €", "Combien donneriez-vous"),
    ("don de 80 € à Greenpeace", "53 € d’impôt pour 80 €", "75 %"),
    ("je file 45 balles à la SPA", "30 € d’impôt pour 45 €", "À quelle association"),
    ("si je donne 200 à la LPO et 100 au Secours populaire je récupère quoi", "207 € d’impôt pour 300 €", ""),
    # Both rates, where the body is not known.
    ("je donne 100 €", "66 € ou 75 € d’impôt pour 100 €", "À quelle association"),
    ("un chèque de 250 euros pour une asso du quartier", "165 €", "Combien donneriez-vous"),
    ("50 euros pour une soupe populaire", "38 € d’impôt pour un don de 50 €", "33 €"),
    # How much in all.
    ("3 × 50 € à Oxfam", "99 € d’impôt pour 150 €", ""),
    ("20 € par semaine à Greenpeace", "686 € d’impôt pour 1 040 €", ""),
    ("15 € par mois à l'Unicef", "135 € d’impôt pour 15 € par mois, 180 € dans l’année", ""),
    ("10 € par mois pendant 6 mois à la SPA", "40 € d’impôt", "79 €"),
    ("200 €, moitié SPA, moitié Restos du Cœur", "141 € d’impôt pour 200 €", ""),
    ("ma femme et moi donnons 50 € chacun à la SPA", "66 € d’impôt pour 100 €", ""),
    ("on est 4 à donner 50 € chacun à la SPA", "À 4, cela fait 200 €", ""),
    # When: the ceilings of 2025, years gone by.
    ("j'ai donné 1 500 € aux Restos en juin 2025", "1 080 €", "1 125 €"),
    ("1 500 € aux Restos du Cœur le 20 novembre 2025", "1 125 € d’impôt", "1 080 €"),
    ("1 500 € donnés aux Restos en 2025", "1 125 € si le don a été versé à partir du 14 octobre 2025", ""),
    ("j'ai donné 900 € à la Croix-Rouge en 2019", "644 €", "675 €"),
    ("100 € pour Notre-Dame de Paris en juin 2019", "75 € d’impôt", ""),
    ("100 € pour Notre-Dame de Paris cette année", "66 € d’impôt", "75 € d’impôt"),
    ("500 € pour le château de Chambord", "375 € d’impôt", ""),
    ("200 € pour Mayotte en janvier 2025", "150 € d’impôt", ""),
    ("je verse 300 € au denier, combien de réduction ?", "198 € d’impôt", "225 € d’impôt pour"),
    # Which tax: told, it is the headline.
    ("je suis non imposable, je donne 100 € à la SPA", "Rien ne vous revient", "66 € d’impôt pour"),
    ("je paie 120 € d'impôt et je donne 300 € aux Restos", "120 € d’impôt pour 300 €", "225 € d’impôt pour"),
    ("j'ai 40 € d'impôt, je donne 100 € à la SPA", "moins de 61 €", "66 € d’impôt pour"),
    ("je gagne 1 350 € net par mois et je donne 60 € à la SPA", "sans doute aucun impôt", "40 € d’impôt pour"),
    ("revenu imposable 20 000 €, je donne 6 000 € à WWF", "2 640 € d’impôt pour 6 000 €", "3 960 € d’impôt pour"),
    # Not a gift, or not by itself.
    ("le stage de judo et la licence, 210 € au club, j'ai droit à quoi ?", "ce n’est pas un don", "139 €"),
    ("j'ai pris pour 30 € de billets de tombola", "ce n’est pas un don", "20 € d’impôt"),
    ("dîner de gala à 150 € pour une asso, je récupère combien ?", "reçu en échange", "99 € d’impôt"),
    ("200 € sur la cagnotte Leetchi d'un collègue malade", "pas de réduction", "132 € d’impôt"),
    ("100 € à la SPA, je reçois un panier à 60 €", "c’est trop pour 100 €", "66 € d’impôt pour"),
    ("mission humanitaire à 1 800 € au Népal, combien de réduction ?", "France Volontaires", "1 188 €"),
    # Who gives, to which country.
    ("c'est mon père qui donne 100 € à la SPA", "Votre père récupère 66 € sur sa propre déclaration", ""),
    ("100 € à une association belge", "Si l’organisme est agréé en France", ""),
    ("100 € à une ONG suisse", "hors de l’Union européenne", "66 € d’impôt"),
    # How much to give.
    ("combien donner aux Restos pour que ça me coûte 50 € ?", "Donnez 200 €", ""),
    ("combien dois-je verser à la SPA pour récupérer 100 € ?", "Donnez 151 €", ""),
]
ENGLISH = [
    ("If I give 120 euros to WWF, how much do I get back?", "€79 back on your income tax for €120", "Which"),
    ("I gave 60 euros", "€40 or €45 back on your income tax", "To which"),
    ("what does 30 euros a month to MSF cost me?", "€270 back on your income tax for €30 a month", ""),
    ("200 euros to the Salvation Army and 100 to Greenpeace, what do I save?", "€216 back", ""),
    (
        "I don't pay income tax, I'm giving 50 euros to Oxfam, what do I get back?",
        "Nothing comes back to you",
        "€33 back",
    ),
    ("my husband gave 400 euros to the Red Cross, what do we get back?", "€300 back on your income tax", "company"),
    ("my sister gives 80 euros to AIDES, how much does she save?", "on their own tax return", ""),
    ("€150 to a charity in Canada, how much tax do I save?", "outside the European Union", "€99 back"),
    ("€200 for two tickets to a charity concert, what do I get back?", "is no gift", "€132 back"),
    ("how much should I give Restos du Coeur so that it costs me 25 euros?", "Give €100", ""),
]


@pytest.mark.parametrize(("text", "must", "must_not"), FRENCH, ids=[text for text, *_rest in FRENCH])
async def test_the_first_reply_in_french(person, text: str, must: str, must_not: str) -> None:
    await first_reply(person(language="fr"), text, must, must_not)


@pytest.mark.parametrize(("text", "must", "must_not"), ENGLISH, ids=[text for text, *_rest in ENGLISH])
async def test_the_first_reply_in_english(person, text: str, must: str, must_not: str) -> None:
    await first_reply(person(language="en"), text, must, must_not)


async def first_reply(me, text: str, must: str, must_not: str) -> None:
    reply = await me.say(text)
    assert must in reply
    assert not must_not or must_not not in reply


async def test_a_bare_wish_is_told_what_a_gift_brings_then_asked_how_much(person) -> None:
    me = person(language="fr")
    reply = await me.say("je veux donner")
    assert "Un don de 100 € fait revenir 66 € ou 75 €" in reply
    assert "75 % : repas, soins, logement" in reply
    assert reply.index("66 €") < reply.index("Combien donneriez-vous")
    assert "33 € ou 38 €" in await me.say("50")
    assert "33 € d’impôt pour 50 € donnés (SPA)" in await me.say("la spa")


async def test_a_link_may_carry_the_sum(person) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("donation", "amount", "300"))))
    assert "198 € ou 225 €" in me.text


async def test_few_buttons_are_shown_and_the_rest_is_one_press_away(person) -> None:
    me = person(language="fr")
    await me.say("300 € aux Restos du Cœur, ça me revient à combien ?")
    assert len(me.labels) <= 5
    await me.press("Plus…")
    assert {"Un autre montant", "Une autre association", "En image", "À garder, en PDF"} <= set(me.labels)
    await me.press("À garder, en PDF")
    assert any(file.name.endswith(".pdf") for reply in me.last.replies for file in reply.files)


async def test_another_sum_and_another_body_are_asked_for_by_buttons(person) -> None:
    me = person(language="fr")
    await me.say("300 € aux Restos du Cœur, ça me revient à combien ?")
    await me.press("Plus…")
    await me.press("Un autre montant")
    assert "375 €" in await me.say("500")
    await me.press("Une autre association")
    assert "330 € d’impôt pour 500 € donnés (SPA)" in await me.say("la SPA")
    await me.press("Vérifier avec mon impôt")
    assert "120 € d’impôt pour 500 € donnés (SPA)" in await me.say("120")


async def test_the_tax_told_once_holds_for_the_next_gift(person) -> None:
    me = person(language="fr")
    assert "120 € d’impôt pour 300 €" in await me.say("je paie 120 € d'impôt et je donne 300 € aux Restos")
    await me.send(Command("don"))
    assert "120 €" in await me.say("1000")


async def test_the_income_changes_and_what_is_above_is_kept(person) -> None:
    me = person(language="fr")
    assert "2 640 €" in await me.say("revenu imposable 20 000 €, je donne 6 000 € à WWF")
    assert "3 960 €" in await me.say("non, notre revenu imposable est de 40 000")
    assert "5 années suivantes" in await me.say("et le surplus ?")


async def test_what_is_no_gift_says_why_and_may_be_given_instead(person) -> None:
    me = person(language="fr")
    assert "une cagnotte pour une personne ne donne pas" in await me.say(
        "je donne 200 € à une cagnotte pour un collègue malade"
    )
    assert "organisme d’intérêt général reçoit l’argent" in await me.say("pourquoi ?")
    assert "132 €" in await me.say("et si je donne 200 € à la SPA ?")


async def test_a_gift_of_the_family_in_front_of_a_shop_is_no_firms_gift(person) -> None:
    me = person(language="fr")
    told = await me.say("ma tante a laissé 50 € à la caisse d'un magasin pour les Restos")
    assert "37,50 €" in told or "38 €" in told  # 75 % of 50
    assert "2041-MEC-SD" not in told
