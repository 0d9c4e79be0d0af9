"""Who can help near a place: what the lists of an installation say, with source and day, then whom to call anywhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.support import import_support
from bot.dialogue.events import Press

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
ASKS = Press(">alliance_support")
HOUSE = {
    "name": "Maison <b>de la vie</b> associative",
    "type": "maison des associations",
    "address": "12 place de la Mairie",
    "city": "Avignon",
    "postcode": "84000",
    "phone": "04 90 00 00 00",
    "url": "https://mva.example",
    "source": "annuaire de la ville",
    "checked": "2026-11-03",
}


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture(autouse=True)
def a_list(talk_catalogue: AwaitedCatalogue, tmp_path: Path) -> None:
    path = tmp_path / "points.json"
    path.write_text(json.dumps(HOUSE), "utf-8")
    import_support(talk_catalogue.kept, path, now=NOW)


async def test_a_point_is_shown_with_its_address_its_source_and_its_day(person) -> None:
    one = person(language="fr")
    await one.send(ASKS)
    await one.say("Le Pontet")
    assert "Maison des associations" in one.text
    assert "12 place de la Mairie, Avignon · à 5 km" in one.text
    assert "04 90 00 00 00" in one.text
    assert "Source : annuaire de la ville, vérifié le 3 novembre 2026." in one.text
    assert "Et partout en France" in one.text
    assert "<b>de la vie</b>" not in one.last.replies[0].text
    assert {"France Bénévolat", "Guid’Asso", "Un autre endroit", "Qui agit déjà"} <= set(one.labels)


async def test_where_no_list_has_anything_it_says_so_and_whom_to_call(person) -> None:
    one = person(language="en")
    await one.send(ASKS)
    await one.say("Brest")
    assert "I have no list for Brest (29) yet" in one.text
    assert "Your town hall" in one.text
    assert "call one of them this week" in one.text


async def test_the_place_may_be_passed(person) -> None:
    one = person(language="en")
    await one.send(ASKS)
    await one.say("skip")
    assert "Guid’Asso" in one.text
    assert "no list" not in one.text
