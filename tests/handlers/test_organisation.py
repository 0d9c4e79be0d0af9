"""An association: what is known of it, where one helps with it, and what the national directory adds where it may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.catalogue.awaited import open_catalogue
from bot.catalogue.directory import Directory
from bot.catalogue.known import gazetteer, known_organisations
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command

CLUB = {
    "siren": "130025265",
    "nom_complet": "LES JOYEUX PÉTANQUEURS <b>",
    "etat_administratif": "A",
    "siege": {"libelle_commune": "PAU"},
    "complements": {"est_association": True, "identifiant_association": "W641000000"},
}


class Service:
    """The directory, as it would answer; `slow` makes it never do."""

    def __init__(self) -> None:
        self.results: list[dict[str, Any]] = [CLUB]
        self.asked: list[str] = []
        self.slow = False
        self.directory: Directory

    async def search(self, request: web.Request) -> web.Response:
        self.asked.append(request.query["q"])
        if self.slow:
            await asyncio.sleep(30)
        return web.json_response({"results": self.results})


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service()
    app = web.Application()
    app.router.add_get("/search", made.search)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    made.directory = Directory(base=f"http://{host}:{port}", timeout=0.3)
    yield made
    await runner.cleanup()


@pytest.fixture
def asking(person, store, understanding, topics, service: Service, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Somebody new, where associations that are not known are looked up."""
    catalogue = open_catalogue(
        tmp_path / "catalogue", places=gazetteer(), organisations=known_organisations(), directory=service.directory
    )
    engine = Engine(store, understanding, topics, catalogue)
    yield lambda **details: person(engine, **details)
    catalogue.close()


async def ask(me, name: str) -> str:
    await me.send(Command("association"))
    return await me.say(name)


async def test_what_allie_does_not_know_is_looked_up_where_it_may_be(asking, service: Service) -> None:
    me = asking(language="fr")
    text = await ask(me, "Les joyeux pétanqueurs")
    assert "LES JOYEUX PÉTANQUEURS, PAU (SIREN 130025265 et RNA W641000000)" in text
    assert "ne dit rien des reçus fiscaux" in text
    assert service.asked == ["Les joyeux pétanqueurs"]


async def test_what_it_knows_is_asked_of_nobody(asking, service: Service) -> None:
    me = asking(language="fr")
    assert "refuges" in await ask(me, "la SPA")
    assert "en difficulté" in await ask(me, "775 688 799")
    assert service.asked == []


async def test_one_that_has_ceased_is_said_to_have(asking, service: Service) -> None:
    service.results = [{**CLUB, "etat_administratif": "C"}]
    assert "it has ceased its activity" in await ask(asking(language="en"), "Ducklings")


async def test_a_number_is_looked_up_too_and_nothing_found_is_said(asking, service: Service) -> None:
    service.results = []
    text = await ask(asking(language="en"), "W641000000")
    assert "The national directory has no association of this name" in text
    assert service.asked == ["W641000000"]


async def test_a_directory_that_does_not_answer_is_no_trouble(asking, service: Service) -> None:
    service.slow = True
    text = await ask(asking(language="fr"), "Les joyeux pétanqueurs")
    assert "je ne devine pas" in text
    assert "n’a pas d’association" not in text


async def test_without_the_setting_nothing_is_asked(person, service: Service) -> None:
    assert "je ne devine pas" in await ask(person(language="fr"), "Les joyeux pétanqueurs")
    assert service.asked == []


async def test_where_to_help_with_it_is_one_press_away(person) -> None:
    me = person(language="fr")
    text = await me.say("c'est quoi Emmaüs ?")
    assert "Où aider avec Emmaüs" in text
    title = text.partition("Où aider avec Emmaüs : ")[2].partition(".\n")[0]
    await me.press(next(label for label in me.labels if title.startswith(label.rstrip("…"))))
    assert title in me.text
    assert "J’y vais" in me.labels


async def test_those_of_the_town_come_first_and_investments_are_no_gifts(person) -> None:
    text = await person(language="fr").say("une association pour les sans-abri à Marseille")
    assert text.index("JUST") < text.index("Nouvelle Aube")
    assert "Solifap" not in text


async def test_missions_are_looked_for_with_a_body_by_its_name(person) -> None:
    me = person(language="fr")
    text = await me.say("je veux être bénévole aux Restos du coeur à Lyon")
    assert text.startswith("Lyon (69) · Restos du Cœur")
    first = text.partition("1. ")[2].splitlines()[1]
    assert first.startswith("Restos du Cœur")
    await me.press("Mes critères")
    await me.press("✕ Restos du Cœur")
    assert "✕ Restos du Cœur" not in me.labels
    assert "✕ Lyon (69)" in me.labels
