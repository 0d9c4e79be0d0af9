"""Missions on show are asked about, moved through, refined, kept, joined and watched, in people's own words."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.writer import Record

sys.path.insert(0, str(Path(__file__).parent))
from missions_on_show import MISSIONS

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def with_missions(talk_catalogue: AwaitedCatalogue) -> None:
    opened = talk_catalogue.kept
    opened.freshness()
    with opened.writer() as writer:
        writer.put([Record(one) for one in MISSIONS], now=NOW)


@pytest.fixture
def me(person, with_missions):
    return person(language="fr")


@pytest.fixture
def her(person, with_missions):
    return person(language="en")


TANDEM = "du tandem le dimanche vers Annecy"
SEWING = "j'aimerais coudre, à Annecy"
DOGS = "promener des chiens à Annecy"
BIKES = "I'd like to mend bikes in Cahors"


@pytest.mark.parametrize(
    ("first", "asked", "answer"),
    [
        (TANDEM, "faut venir avec son casque ?", "Tandem et casque prêtés"),
        (TANDEM, "on roule combien de bornes ?", "quarantaine de kilomètres"),
        (TANDEM, "y a une limite d'âge ?", "Dès 18 ans|Majeurs"),
        (TANDEM, "ça finit vers quelle heure ?", "13:00"),
        (TANDEM, "on se retrouve où", "gare routière"),
        (TANDEM, "c'est tous les dimanches ?", "un dimanche sur deux"),
        (TANDEM, "il reste de la place ?", "4 places"),
        (TANDEM, "y a un perroquet ?", "ne le dit pas : demandez-leur"),
        (SEWING, "y a un ascenseur ?", "sans ascenseur"),
        (SEWING, "faut une machine ?", "sur place"),
        (SEWING, "il faut payer ?", "5 euros"),
        (SEWING, "je suis débutante, on m'apprendra ?", "montre les premiers points"),
        (SEWING, "on est nombreuses ?", "dizaine"),
        (SEWING, "ils ont un site ?", "petites-mains.example.org"),
        (DOGS, "et s'il pleut ?", "par tous les temps"),
        (DOGS, "comment j'y vais sans voiture", "Ligne 12"),
        (DOGS, "mon fils de 12 ans peut venir ?", "Mineurs accompagnés"),
        (DOGS, "je demande qui là-bas ?", "Karim"),
        (DOGS, "c'est rémunéré ?", "pas payé|personne n’est payé"),
        (DOGS, "je mets quoi comme chaussures ?", "Bottes conseillées"),
    ],
)
async def test_what_is_asked_is_answered_from_the_announcement(me, first: str, asked: str, answer: str) -> None:
    await me.say(first)
    assert re.search(answer, await me.say(asked))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("do they provide tools?", "Tools provided"),
        ("would a 15 year old be ok?", "From 16"),
        ("do they train people?", "A mechanic trains newcomers"),
        ("are my bus fares covered?", "Travel costs refunded"),
        ("when does it end?", "20:00"),
        ("is it outdoors?", "Covered workshop"),
        ("are there any steps to climb?", "does not say: ask them"),
    ],
)
async def test_in_english_too(her, asked: str, answer: str) -> None:
    await her.say(BIKES)
    assert answer in await her.say(asked)


async def test_they_are_leafed_through_and_called_by_rank_or_by_their_words(me) -> None:
    assert "1. " in await me.say("je cherche une mission à Annecy")
    second = await me.say("la deuxième")
    assert "2 sur" in second
    assert "1 sur" in await me.say("celle d'avant")
    assert "Petites Mains" in await me.say("celle de la couture")
    assert "jeudi" in await me.say("c'est quel jour ?")
    assert "1. " in await me.say("remets-moi la liste")
    assert "Sortir les chiens" in await me.say("celle des toutous, c'est où ?")


async def test_what_is_looked_for_changes_in_passing(me) -> None:
    await me.say("coudre, à Annecy")
    assert "Sortir les chiens" in await me.say("ou sinon avec des chiens ?")
    text = await me.say("depuis mon canapé plutôt")
    assert "depuis chez vous" in text


async def test_nearer_is_nearer_or_said_not_to_be(me) -> None:
    await me.say("coudre, à Annecy")
    assert "rien de plus près" in await me.say("y a pas plus près ?")


async def test_an_alert_uses_the_search_on_show_and_is_taken_away_alone(me) -> None:
    await me.say(DOGS)
    assert "Annecy" in await me.say("préviens-moi quand il y en a d'autres")
    assert "C’est activé : Annecy (74) · promener des chiens" in await me.say("oui")
    assert "Annecy" in await me.say("sur quelle ville ?")
    text = await me.say("supprime-la")
    assert "Vous n’en entendrez plus parler" in text
    assert "effacé" not in text
    assert "Où" not in text


async def test_the_message_to_them_carries_what_was_said_and_no_name(me) -> None:
    await me.say("coudre à Annecy le jeudi, je n'ai pas de voiture et j'ai mal au dos")
    text = await me.say("inscris-moi")
    assert "Je suis à Annecy (74)." in text
    assert "Je suis libre le jeudi." in text
    assert "Je viens sans voiture" in text
    assert "Je ne peux pas rester longtemps debout" in text
    assert "arrêter quand vous voulez" in text


async def test_silence_has_a_second_way_others_and_somebody_to_call(me) -> None:
    await me.say(DOGS)
    text = await me.say("ils ne m'ont jamais répondu")
    assert "Demandez Karim à l’accueil" in text
    assert "mairie de Annecy" in text
    assert "En attendant" in text


async def test_a_reminder_is_for_the_eve_the_day_before_it_or_the_day_that_is_said(me, store) -> None:
    await me.say(SEWING)
    assert "25 novembre" in await me.say("rappelle-moi la veille")
    assert "24 novembre" in await me.say("rappelle-moi deux jours avant")
    assert "28 novembre" in await me.say("rappelle-moi samedi")
    (due,) = await store.due(datetime(2026, 12, 5, tzinfo=UTC), 10)
    assert due.due_at.day == 28


async def test_what_cannot_be_filtered_is_said_and_kept_in_mind(me) -> None:
    text = await me.say("promener des chiens à Annecy, mais je n'ai pas de voiture")
    assert "Je ne sais pas encore filtrer sans voiture" in text
    assert "pas de voiture" in await me.say("qu'est-ce que tu sais de moi ?")


async def test_what_is_kept_is_shown_again_and_taken_off(me) -> None:
    await me.say(DOGS)
    assert "C’est gardé" in await me.say("garde celle-là")
    assert "Sortir les chiens" in await me.say("montre mes favoris")
    assert "n’est plus dans vos favoris" in await me.say("retire-la de mes favoris")


async def test_a_new_wish_is_no_question_about_what_is_on_show(me) -> None:
    await me.say(DOGS)
    assert "Deux Selles" in await me.say("je voudrais plutôt faire du tandem à Annecy avec une personne aveugle")
