"""Bodies that only imported missions name are known: to what reads messages, to the search and to who asks of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue.awaited import open_catalogue
from bot.catalogue.files import import_file
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.local_bodies import LocalBodies, local_bodies
from bot.dialogue.engine import Engine
from bot.understanding.organisations import read_organisations

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TABLE = (
    "titre;association;ville;lien\n"
    "Servir la soupe;Les Voisins du Port;Marseille;https://voisins.example.org/soupe\n"
    "Trier;Tri;Marseille;https://tri.example.org\n"
)


@pytest.fixture
def me(person, store, understanding, topics, tmp_path: Path) -> Iterator[object]:
    folder = tmp_path / "catalogue"
    first = open_catalogue(folder, places=gazetteer(), organisations=known_organisations())
    path = tmp_path / "missions.csv"
    path.write_text(TABLE, "utf-8")
    import_file(first.kept, path, now=NOW)
    first.close()
    opened = open_catalogue(folder, places=gazetteer(), organisations=known_organisations())  # as after a restart
    yield person(Engine(store, understanding, topics, opened), language="fr")
    opened.close()
    local_bodies().learn(())


async def test_a_body_of_an_imported_mission_is_known_by_its_name(me) -> None:
    text = await me.say("c'est quoi Les Voisins du Port ?")
    assert "Les Voisins du Port cherche des bénévoles" in text
    assert "Servir la soupe" in text


async def test_its_missions_are_found_where_they_are(me) -> None:
    text = await me.say("des missions avec Les Voisins du Port à Marseille")
    assert "Servir la soupe" in text
    assert "Bretonneux" not in text


def test_names_are_read_whole_and_short_ones_are_not_taken() -> None:
    bodies = LocalBodies()
    bodies.learn(["Les Voisins du Port", "Les Voisins", "Tri", "Amis d'Ali & Co"])
    assert bodies.scan(["avec", "les", "voisins", "du", "port"]) == [(1, 5, "Les Voisins du Port")]
    assert bodies.scan(["avec", "les", "voisins"]) == [(1, 3, "Les Voisins")]
    assert bodies.scan(["tri"]) == []
    assert bodies.scan(["amis", "d", "ali", "&", "co"]) == [(0, 5, "Amis d'Ali & Co")]


def test_without_missions_nothing_local_is_known() -> None:
    local_bodies().learn(())
    assert read_organisations("c'est quoi les voisins du port ?") == []
