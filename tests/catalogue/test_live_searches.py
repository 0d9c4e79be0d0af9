"""Links to public searches hold only what their tables name."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.catalogue.causes import CAUSES
from bot.catalogue.live_searches import (
    ACTIVITIES,
    AGES,
    DOMAINES,
    DOMAINS,
    OLDEST,
    PUBLICS,
    activity_of,
    live_searches,
)
from bot.catalogue.places import Places

HOSTS = {"www.jeveuxaider.gouv.fr", "trouvetamission.gouv.fr"}
NAMES = {
    "city", "aroundLatLng", "search", "dispositif", "departmentCode", "domaine", "domaines", "activities.name",
    "publics_beneficiaires", "publics_volontaires", "department_name", "date_type", "type", "type_mission",
    "tranche_age", "start", "end",
}  # fmt: skip
LABELS = {
    "domaines": set(DOMAINS.values()),
    "domaine": set(DOMAINES.values()),
    "activities.name": set(ACTIVITIES),
    "publics_beneficiaires": set(PUBLICS.values()),
    "publics_volontaires": {"Mineurs"},
    "date_type": {"ponctual"},
    "type": {"Mission à distance"},
    "type_mission": {"ponctuelle"},
    "dispositif": {"benevolat"},
    "tranche_age": {*(label for _below, label in AGES), OLDEST},
}


@pytest.mark.parametrize("town", ["Mende", "Mamoudzou", "Paris 18e", "Ajaccio", "Saint-Étienne", "le 93", "Bretagne"])
@pytest.mark.parametrize("cause", [*CAUSES])
def test_every_link_uses_labels_of_the_tables(places: Places, town: str, cause: str) -> None:
    place = places.find(town)[0]
    for search in (
        *live_searches(place, (cause,), "fin de vie"),
        *live_searches(place, (cause,), once=True, age=15, minors=True),
        *live_searches(place, (cause,), remote=True),
    ):
        url = urlsplit(search.url)
        asked = parse_qs(url.query, strict_parsing=True)
        assert url.hostname in HOSTS
        assert asked.keys() <= NAMES
        for name, labels in LABELS.items():
            assert set(asked.get(name, ())) <= labels, search.url


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        ("nettoyer la côte", "Ramassage de déchets"),
        ("cours de français à des adultes", "Alphabétisation / Apprentissage du français (FLE)"),
        ("comptabilité", "Gestion financière / Comptabilité"),
        ("secrétariat", "Gestion administrative"),
        ("festival de musique", "Événementiel"),
        ("fin de vie", ""),
        ("prison", ""),
    ],
)
def test_what_is_done_is_said_with_the_label_of_the_site(words: str, activity: str) -> None:
    assert activity_of(words) == activity


def test_what_has_no_label_is_looked_for_by_its_words(places: Places) -> None:
    around = live_searches(places.find("Strasbourg")[0], ("health",), "fin de vie")[0]
    assert "search=fin%20de%20vie" in around.url
    assert "domaines" not in around.url


def test_a_departement_is_opened_by_its_name_and_a_period_by_its_days(places: Places) -> None:
    around = live_searches(places.find("le 93")[0], (), "", days=("2026-12-24", "2026-12-25"))[0]
    assert "department_name=93%20-%20Seine-Saint-Denis" in around.url
    assert "start=2026-12-24&end=2026-12-25" in around.url


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
