"""A new installation already helps someone anywhere in France."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue import evergreen
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.causes import CAUSES
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Wish
from bot.i18n import text_of
from bot.resources import DATA

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def shipped(places: Places, organisations: Organisations, synonyms: Synonyms) -> list[Mission]:
    read = list(evergreen.read(DATA, places, organisations, synonyms))
    refused = [one for one in read if not isinstance(one, Mission)]
    assert refused == []
    return [one for one in read if isinstance(one, Mission)]


@pytest.fixture
def fresh(tmp_path: Path, places: Places, organisations: Organisations, synonyms: Synonyms) -> Iterator[Catalogue]:
    with Catalogue(open_backend(tmp_path), places=places, organisations=organisations, synonyms=synonyms) as opened:
        yield opened


def test_there_are_dozens_over_all_causes(shipped: list[Mission]) -> None:
    assert len(shipped) >= 40
    assert {cause for mission in shipped for cause in mission.causes} >= set(CAUSES) - {"other"}
    assert sum(mission.remote == "full" for mission in shipped) >= 4
    assert sum(mission.minors is True for mission in shipped) >= 8


def test_each_is_whole_in_both_languages_and_links_to_the_organisation(
    shipped: list[Mission], organisations: Organisations
) -> None:
    for mission in shipped:
        assert mission.is_evergreen
        assert mission.everywhere or mission.remote == "full", mission.id
        known = organisations.by_id(mission.organisation_id)
        assert known is not None, mission.id
        assert mission.url in (known.site, known.volunteer_url), mission.id
        for language in ("fr", "en"):
            assert mission.title_in(language), mission.id
            assert mission.text_in(language).endswith((".", "…")), mission.id
        assert mission.title != mission.title_en, mission.id
        assert bool(mission.schedule) == bool(mission.schedule_en), mission.id
        assert not mission.schedule or mission.schedule != mission.schedule_en, mission.id
        assert len(mission.text) < 400, mission.id
        assert not re.search(r"[^\s]'[^\s]", mission.title + mission.text), mission.id


def test_each_id_is_one_mission(shipped: list[Mission]) -> None:
    assert len({mission.id for mission in shipped}) == len(shipped)


@pytest.mark.parametrize(
    "town", ["Paris", "Guéret", "Mende", "Bastia", "Fort-de-France", "Nouméa", "le 93", "Bretagne"]
)
def test_somebody_anywhere_in_france_finds_something_at_once(fresh: Catalogue, town: str) -> None:
    results = fresh.search(Wish(place=fresh.places.find(town)[0], text="personnes âgées"), today=TODAY)
    assert results.found
    assert results.widened == ()
    assert results.fresh is None
    reasons = {text_of(reason, "en") for match in results.found for reason in match.reasons}
    assert "a national network: ask whether it has a team near you" in reasons


@pytest.mark.parametrize("cause", sorted(set(CAUSES) - {"other"}))
def test_every_cause_has_a_first_step(fresh: Catalogue, cause: str) -> None:
    results = fresh.search(Wish(causes=(cause,)), today=TODAY)
    assert results.found
    assert all(cause in match.mission.causes for match in results.found)


def test_the_catalogue_is_filled_once_and_again_when_the_files_change(
    tmp_path: Path, places: Places, organisations: Organisations, synonyms: Synonyms
) -> None:
    data = tmp_path / "shipped"
    (data / "missions").mkdir(parents=True)
    (data / "organisations.csv").write_text("id\n", "utf-8")
    one = '[[mission]]\nid = "a"\norganisation = "spa"\ntitle = "Chiens"\n\n'
    two = one.replace('"a"', '"b"').replace("Chiens", "Chats")
    file = data / "missions" / "animals.toml"

    def titles() -> set[str]:
        with Catalogue(
            open_backend(tmp_path / "data"), places=places, organisations=organisations, synonyms=synonyms, data=data
        ) as opened:
            return {match.mission.title for match in opened.search(Wish(), today=TODAY).found}

    file.write_text(one + two, "utf-8")
    assert titles() == {"Chiens", "Chats"}
    assert titles() == {"Chiens", "Chats"}
    file.write_text(two, "utf-8")
    assert titles() == {"Chats"}
