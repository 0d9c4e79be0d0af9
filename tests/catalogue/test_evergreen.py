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
from bot.catalogue.live_searches import named_search
from bot.catalogue.mission import Mission
from bot.catalogue.networks import Networks
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
    assert len(shipped) >= 250
    assert {cause for mission in shipped for cause in mission.causes} >= set(CAUSES) - {"other"}
    assert sum(mission.remote == "full" for mission in shipped) >= 4
    assert sum(mission.minors is True for mission in shipped) >= 8


def test_each_is_whole_in_both_languages_and_links_to_a_page_of_the_tables(
    shipped: list[Mission], organisations: Organisations
) -> None:
    networks = Networks()
    for mission in shipped:
        assert mission.is_evergreen
        assert mission.everywhere or mission.remote == "full", mission.id
        known = organisations.by_id(mission.organisation_id)
        network = networks.by_id(mission.network)
        assert known is not None or network is not None, mission.id
        pages = {named_search(mission.organisation)}
        pages |= {known.site, known.volunteer_url} if known is not None else set()
        pages |= {network.site, network.join, network.platform} if network is not None else set()
        assert mission.url in pages, mission.id
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
    "town", ["Paris", "Guéret", "Mende", "Bastia", "Fort-de-France", "Saint-Pierre (974)", "le 93", "Bretagne"]
)
def test_somebody_anywhere_in_france_finds_something_at_once(fresh: Catalogue, town: str) -> None:
    results = fresh.search(Wish(place=fresh.places.find(town)[0], text="personnes âgées"), today=TODAY)
    assert results.found
    assert results.widened == ()
    assert results.fresh is None
    reasons = {text_of(reason, "en") for match in results.found for reason in match.reasons}
    assert "national network, presence to be checked" in reasons


@pytest.mark.parametrize(
    ("town", "there", "not_there"),
    [
        ("Mamoudzou", {"Croix-Rouge", "Secours Catholique"}, {"Restos du Cœur", "Banque Alimentaire de Guadeloupe"}),
        ("Pointe-à-Pitre", {"Banque Alimentaire de Guadeloupe"}, {"Restos du Cœur"}),
        ("Mende", {"Restos du Cœur", "Croix-Rouge"}, {"Banque Alimentaire de Guadeloupe", "Linkee"}),
        ("Faux-la-Montagne", {"Familles Rurales"}, {"AFEV", "Emmaüs Connect"}),
        ("Paris", {"Linkee"}, {"SNSM", "Familles Rurales"}),
    ],
)
def test_a_network_is_shown_where_its_coverage_reaches_and_nowhere_else(
    fresh: Catalogue, town: str, there: set[str], not_there: set[str]
) -> None:
    results = fresh.search(Wish(place=fresh.places.find(town)[0]), today=TODAY, limit=400)
    bodies = {match.mission.organisation for match in results.found}
    assert there <= bodies
    assert not not_there & bodies


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("fr", "en", "body"),
    [
        ("prison", "prison", "ANVP"),
        ("fin de vie", "end of life", "JALMALV"),
        ("couture", "sewing", "Les P’tits Doudous"),
        ("cours de français", "french classes", "Centres sociaux"),
        ("famille d’accueil chats", "foster cats", "SPA"),
        ("repair café", "repair café", "Repair Café"),
        ("festival", "festival", "France Festivals"),
        ("secrétariat", "secretarial", "France Bénévolat"),
        ("héberger un réfugié", "host a refugee", "JRS France"),
        ("don du sang", "blood", "Établissement français du sang"),
        ("réserve communale", "civil reserve", "Réserve communale (mairie)"),
        ("femmes victimes de violences", "women victims of violence", "Solidarité Femmes"),
        ("football jeunes", "football", "Clubs de football (FFF)"),
        ("micro-bénévolat", "micro-volunteering", "Zooniverse"),
        ("chantier de jeunes", "workcamp", "Cotravaux"),
        ("deuil", "grief", "JALMALV"),
    ],
)
def test_a_theme_leads_to_the_networks_of_that_theme(
    fresh: Catalogue, language: str, fr: str, en: str, body: str
) -> None:
    said = fr if language == "fr" else en
    results = fresh.search(Wish(text=said), today=datetime.date(2027, 3, 20), limit=20)
    assert body in {match.mission.organisation for match in results.found}
    assert results.unmatched == ()


def test_what_has_a_season_is_shown_for_it_and_not_far_from_it(fresh: Catalogue) -> None:
    def titles(today: datetime.date, *when: str) -> set[str]:
        wish = Wish(text="personnes âgées", when=when, place=fresh.places.find("Toulouse")[0])
        return {match.mission.title for match in fresh.search(wish, today=today, limit=40).found}

    christmas = "Fêter Noël avec des personnes âgées seules"
    assert christmas in titles(TODAY)
    assert christmas not in titles(datetime.date(2026, 3, 1))
    assert christmas in titles(datetime.date(2026, 3, 1), "christmas")


def test_two_towns_are_not_shown_the_same_and_one_town_is_the_same_all_day(fresh: Catalogue) -> None:
    def first(town: str) -> list[Mission]:
        found = fresh.search(Wish(place=fresh.places.find(town)[0]), today=TODAY, limit=3).found
        return [match.mission for match in found]

    towns = ("Paris", "Mende", "Mamoudzou", "Brest", "Strasbourg")
    assert len({tuple(mission.id for mission in first(town)) for town in towns}) == len(towns)
    assert [first(town) for town in towns] == [first(town) for town in towns]
    for town in towns:
        assert len({mission.organisation for mission in first(town)}) == 3


def test_an_age_puts_first_what_takes_it(fresh: Catalogue) -> None:
    place = fresh.places.find("Nantes")[0]
    found = fresh.search(Wish(place=place, causes=("environment",), age=10, minors=True), today=TODAY, limit=3).found
    assert all(match.mission.min_age is not None and match.mission.min_age <= 10 for match in found)


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
