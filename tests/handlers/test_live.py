"""The telephone of the town hall, where it may be looked up; and what is said when it could not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.awaited import open_catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.live import LiveData, LivePlace
from bot.dialogue.engine import Engine
from bot.dialogue.events import Press


class Told(LiveData):
    """Services that answer from memory, or do not."""

    def __init__(self, answer: tuple[LivePlace, ...] | None) -> None:
        super().__init__(("town_hall",))
        self.answer = answer

    async def near(self, kind, place, today):
        return self.answer if kind in self.kinds else None


@pytest.fixture
def asking(person, store, understanding, topics, tmp_path: Path):
    opened = []

    def somebody(live: LiveData | None):
        catalogue = open_catalogue(
            tmp_path / "catalogue", places=gazetteer(), organisations=known_organisations(), live=live
        )
        opened.append(catalogue)
        return person(Engine(store, understanding, topics, catalogue), language="fr")

    yield somebody
    for catalogue in opened:
        catalogue.close()


async def at_mende(me) -> str:
    await me.send(Press(">alliance_support"))
    return await me.say("Mende")


async def test_the_town_hall_s_telephone_is_told_with_whom_it_is_read_from(asking) -> None:
    hall = LivePlace("town_hall", "Mairie - Mende", "Mende", "Place Charles de Gaulle", phone="04 66 49 40 00")
    text = await at_mende(asking(Told((hall,))))
    assert "04 66 49 40 00" in text
    assert "l’annuaire des services publics" in text


async def test_what_could_not_be_reached_is_said_and_the_rest_still_comes(asking) -> None:
    text = await at_mende(asking(Told(None)))
    assert "Je n’ai pas pu joindre l’annuaire des services publics" in text
    assert "Votre prochain pas" in text


async def test_nothing_is_said_where_nothing_may_be_asked(asking) -> None:
    assert "pas pu joindre" not in await at_mende(asking(None))
