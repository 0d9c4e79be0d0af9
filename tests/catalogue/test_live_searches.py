"""Links to public searches hold only what their tables name."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.catalogue.causes import CAUSES
from bot.catalogue.live_searches import DOMAINES, live_searches
from bot.catalogue.places import Places

HOSTS = {"www.jeveuxaider.gouv.fr", "trouvetamission.gouv.fr"}
NAMES = {"city", "aroundLatLng", "search", "dispositif", "departmentCode", "domaine"}


@pytest.mark.parametrize("town", ["Mende", "Mamoudzou", "Paris 18e", "Ajaccio", "Saint-Étienne", "le 93", "Bretagne"])
@pytest.mark.parametrize("cause", [*CAUSES])
def test_every_link_uses_labels_of_the_tables(places: Places, town: str, cause: str) -> None:
    for search in live_searches(places.find(town)[0], (cause,), "fin de vie"):
        url = urlsplit(search.url)
        asked = parse_qs(url.query, strict_parsing=True)
        assert url.hostname in HOSTS
        assert asked.keys() <= NAMES
        assert set(asked.get("domaine", ())) <= set(DOMAINES.values())
        assert asked.get("dispositif", ["benevolat"]) == ["benevolat"]


def test_a_town_is_opened_at_its_point_latitude_first(places: Places) -> None:
    around, by_departement = live_searches(places.find("Mende")[0], ("elderly",), "")
    assert "city=Mende&aroundLatLng=44.5" in around.url
    assert "departmentCode=48" in by_departement.url
    assert "domaine=social_solidarite" in by_departement.url


def test_overseas_and_corsica_keep_their_codes(places: Places) -> None:
    assert "departmentCode=976" in live_searches(places.find("Mamoudzou")[0])[1].url
    assert "departmentCode=2A" in live_searches(places.find("Ajaccio")[0])[1].url


def test_without_a_place_they_are_open_to_all(places: Places) -> None:
    assert [search.url for search in live_searches()] == [
        "https://www.jeveuxaider.gouv.fr/missions-benevolat",
        "https://trouvetamission.gouv.fr/missions?dispositif=benevolat",
    ]
