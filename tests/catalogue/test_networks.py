"""The table of networks and the local teams that public sources name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.catalogue.causes import CAUSES
from bot.catalogue.networks import METROPOLE, Networks
from bot.catalogue.places import Places


@pytest.fixture(scope="module")
def networks() -> Networks:
    return Networks()


def test_each_network_says_what_one_does_and_where_in_words_of_ours(networks: Networks, places: Places) -> None:
    rows = list(networks)
    assert len(rows) >= 350
    for row in rows:
        assert row.does, row.id
        assert row.short, row.id
        assert set(row.causes) <= set(CAUSES), row.id
        assert row.where or row.remote, row.id
        for code in row.where:
            assert code == METROPOLE or code in places.gazetteer.departements, (row.id, code)
        assert row.min_age is None or 5 <= row.min_age <= 60, row.id
        for page in (row.site, row.finder, row.join, row.platform):
            assert not page or urlsplit(page).hostname, (row.id, page)
            assert "{" not in page, row.id


def test_a_local_team_is_of_a_known_place_and_network(networks: Networks, places: Places) -> None:
    assert networks.branches
    for branch in networks.branches:
        assert branch.departement in places.gazetteer.departements, branch.name
        assert not branch.network or networks.by_id(branch.network) is not None, branch.name
        assert branch.text != branch.text_en, branch.name
        for city in branch.cities:
            assert places.find(city), city


def test_the_teams_of_a_town_come_before_those_of_its_departement(networks: Networks, places: Places) -> None:
    found = networks.branches_at(places.find("Mende")[0])
    assert "Mende" in found[0].cities
    assert {branch.departement for branch in found} == {"48"}


def test_a_folder_without_tables_has_no_networks(tmp_path: Path) -> None:
    assert list(Networks(tmp_path)) == []
    assert Networks(tmp_path).branches == ()
