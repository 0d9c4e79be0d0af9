"""Giving near here: what is collected for near a place with the tax effect that its body states, and publishing it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.known import gazetteer, known_networks
from bot.catalogue.mission import APPEAL, Mission, Site
from bot.catalogue.writer import Record
from bot.rules.parameters import parameter

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
LILLE = Site("Lille", "59000", "59", "59350", 50.6311, 3.0468)
MARSEILLE = Site("Marseille", "13001", "13", "13055", 43.2803, 5.3806)


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


def put(me, name: str, site: Site, **more: object) -> None:
    values = {"causes": ("solidarity",), "sites": (site,), "kind": APPEAL, **more}
    told = Mission(
        f"appeals-x:{name}", "appeals-x", name, "La Cantine du Nord", "https://cantine.example.org", **values
    )
    with me.engine.catalogue.kept.writer() as writer:
        writer.put([Record(told)], now=NOW)


async def test_who_helps_here_with_a_sum_shows_the_appeal_and_what_it_brings(person) -> None:
    me = person(language="fr")
    put(me, "Des repas chauds", LILLE, receipt="raised", buys="20 € : dix repas")
    text = await me.say("qui aide les sans-abri à Lille, j'ai 100 €")
    assert "Des repas chauds" in text
    assert "20 € : dix repas" in text
    assert f"{parameter('donations.coluche.rate').at(NOW.date()).value:.0%}".replace("%", "") in text
    assert "vous reviennent si vous payez autant d’impôt" in text
    assert any("La Cantine du Nord" in label for label in me.labels)


async def test_what_is_given_in_return_is_said_to_change_it(person) -> None:
    me = person(language="fr")
    put(me, "Courir ensemble", MARSEILLE, receipt="ordinary", in_return="un dossard")
    text = await me.say("une fondation à Marseille")
    assert "Courir ensemble" in text
    assert "un dossard" in text
    assert "n’est pas un don" in text
    assert "Fondation de Marseille" in text


@pytest.mark.parametrize(("receipt", "said"), [("none", "rien ne revient"), ("", "ne dit rien des reçus fiscaux")])
async def test_a_body_s_own_words_on_receipts_are_all_that_is_said(person, receipt: str, said: str) -> None:
    me = person(language="fr")
    put(me, "Des repas chauds", LILLE, receipt=receipt)
    assert said in await me.say("à qui donner à Lille ?")


async def test_near_here_asks_where_and_tells_that_nothing_is_known(person) -> None:
    me = person(language="fr")
    assert "Dans quelle ville" in await me.say("donner près de chez moi")
    text = await me.say("Marseille")
    assert "Je ne connais pas encore d’appel aux dons près de Marseille" in text
    assert "Les organismes de Marseille que je connais" in text


async def test_an_association_publishes_what_it_collects_for(person) -> None:
    me = person(language="fr")
    await me.say("je suis président d’une association, je veux publier un appel aux dons")
    for words in ("La Cantine du Nord", "Des repas chauds", "Lille", "https://cantine.example.org"):
        await me.say(words)
    await me.press("Ce que permet un don")
    await me.say("dix repas pour 20 euros")
    await me.press("Les reçus fiscaux")
    await me.press("oui, au taux ordinaire")
    assert "Un appel aux dons" in me.text
    assert "dix repas pour 20 euros" in me.text
    await me.press(next(label for label in me.labels if label.startswith(("Oui", "Envoyer"))))
    with me.engine.catalogue.kept.reading() as connection:
        (waiting,) = needs.pending(connection)
    assert (waiting.mission.kind, waiting.mission.receipt) == (APPEAL, "ordinary")
    assert waiting.mission.sites[0].code == "59350"


async def test_where_no_appeal_is_known_the_teams_seen_there_are_named(person) -> None:
    place = gazetteer().find("Mende").natural
    assert place is not None
    teams = [branch.name for branch in known_networks().branches_at(place) if not branch.call][:3]
    assert teams
    text = await person(language="fr").say("une fondation à Mende")
    assert all(name in text for name in teams)
