"""Local points of support from lists of operators, each with its source and day; told of every engine."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.places import Places
from bot.catalogue.sqlite import FILE, SCHEMA
from bot.catalogue.support import FARTHEST_KM, near

LIST = "\n".join(
    (
        "nom;type;adresse;code postal;ville;téléphone;courriel;site;source;vérifié le",
        "Maison de la vie associative;maison des associations;12 place de la Mairie;84000;Avignon;04 90 00 00 00;"
        "mva@avignon.example;https://mva.example;annuaire de la ville;03/11/2026",
        "PAVA Gard rhodanien;Guid'Asso;;30200;Bagnols-sur-Cèze;04 66 00 00 00;;;carte Guid'Asso;2026-10-20",
        "Centre du bénévolat;;1 rue Haute;13001;Marseille;;;;annuaire;2026-10-20",
        "Sans source;;;13001;Marseille;;;;;2026-10-20",
        "Sans date;;;13001;Marseille;;;;annuaire;",
        "De demain;;;13001;Marseille;;;;annuaire;2030-01-01",
        "Nulle part;;;;Atlantide;;;;annuaire;2026-10-20",
    )
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(LIST, "utf-8")
    return path


def names(catalogue: Catalogue, code: str) -> list[str]:
    place = catalogue.places.by_code(code)
    assert place is not None
    with catalogue.reading() as connection:
        return [point.name for point, _km in near(connection, place, catalogue.places.around(place, FARTHEST_KM), 10)]


AVIGNON, MARSEILLE = "commune:84007", "commune:13055"


def test_a_list_is_taken_in_and_what_cannot_be_checked_is_refused_alone(run, listed: Path) -> None:
    told = run("import", "--support", str(listed))
    assert told.exit_code == 0, told.output
    assert "3 new, 0 changed, 0 the same, 4 refused" in told.output
    refused = run("stats", "--refused").output
    for name, reason in (
        ("Sans source", "no source"),
        ("Sans date", "no day on which it was checked"),
        ("De demain", "no day on which it was checked"),
        ("Nulle part", "no place in France"),
    ):
        assert any(name in line and reason in line for line in refused.splitlines()), (name, refused)
    assert "points of support, points: 3, checked on 2026-11-03 at the latest" in run("stats").output


def test_the_nearest_come_first_across_départements(run, listed: Path, catalogue: Catalogue) -> None:
    run("import", "--support", str(listed))
    assert names(catalogue, AVIGNON) == ["Maison de la vie associative", "PAVA Gard rhodanien"]
    assert names(catalogue, MARSEILLE) == ["Centre du bénévolat"]


def test_each_has_its_kind_its_source_and_its_day(run, listed: Path, catalogue: Catalogue) -> None:
    run("import", "--support", str(listed))
    place = catalogue.places.by_code(AVIGNON)
    with catalogue.reading() as connection:
        (house, _km), (gard, far) = near(connection, place, ("84", "30"), 10)
    assert (house.kind, gard.kind) == ("house", "guid_asso")
    assert (house.source, house.checked) == ("annuaire de la ville", "2026-11-03")
    assert (house.phone, house.mail, house.url) == ("04 90 00 00 00", "mva@avignon.example", "https://mva.example")
    assert 20 < far < 35


def test_the_same_list_changes_nothing_and_a_newer_one_replaces_it(run, listed: Path, catalogue: Catalogue) -> None:
    run("import", "--support", str(listed))
    assert "0 new, 0 changed, 3 the same" in run("import", "--support", str(listed)).output
    shorter = LIST.replace("04 90 00 00 00", "04 90 11 11 11").replace("PAVA Gard rhodanien", "x")
    listed.write_text(shorter, "utf-8")
    told = run("import", "--support", str(listed)).output
    assert "0 new, 1 changed, 1 the same" in told
    assert "1 gone" in told
    assert names(catalogue, AVIGNON) == ["Maison de la vie associative"]


def test_a_list_of_which_nothing_serves_empties_nothing(run, listed: Path, catalogue: Catalogue) -> None:
    run("import", "--support", str(listed))
    listed.write_text(LIST.replace("annuaire de la ville", "").replace("carte Guid'Asso", "").replace("annuaire", ""))
    run("import", "--support", str(listed))
    assert names(catalogue, MARSEILLE) == ["Centre du bénévolat"]


def test_a_list_may_be_json_and_one_that_breaks_off_changes_nothing(run, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "catalysts.json"
    record = {
        "name": "Club d'entreprises du Vaucluse",
        "city": "Avignon",
        "source": "its page",
        "checked": "2026-11-01",
    }
    path.write_text(json.dumps([record]), "utf-8")
    assert "1 new" in run("import", "--support", str(path)).output
    path.write_text('[{"name": "Another", "city": "Avignon", "source": "x", "checked": "2026-11-01"}, {"na', "utf-8")
    broken = run("import", "--support", str(path))
    assert broken.exit_code == 1
    assert "Nothing of it was taken" in broken.output
    assert names(catalogue, AVIGNON) == ["Club d'entreprises du Vaucluse"]


def test_a_catalogue_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, no_missions: Path, places: Places
) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE)
    connection.executescript(SCHEMA + "PRAGMA user_version = 1;")
    connection.execute("INSERT INTO note VALUES ('read_on', '2026-11-01')")
    connection.commit()
    connection.close()
    with Catalogue(open_backend(folder), data=no_missions, places=places) as opened:
        assert names(opened, AVIGNON) == []
        assert str(opened.freshness().read_on) == "2026-11-01"
