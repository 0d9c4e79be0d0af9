"""The file of one process and the database of many give the same answers: same missions, same order, same reasons."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.causes import CAUSES
from bot.catalogue.mission import Mission, Site
from bot.catalogue.organisations import Organisations
from bot.catalogue.place import Place
from bot.catalogue.places import Places
from bot.catalogue.schedule import DAYS, PARTS
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Results, Wish
from bot.catalogue.writer import Record
from bot.i18n import text_of

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()

# Dense towns beside empty ones, a town without coordinates, squares of the map that share an edge.
TOWNS = ("Paris", "Melun", "Créteil", "Chartres", "Pau", "Mende", "Nouméa", "Fort-de-France")
WORDS = (
    "promener", "chiens", "toutous", "aide", "devoirs", "maraude", "sans-abri", "jardin", "Éveil", "école", "ecole",
    "papis", "réfugiés", "français", "sport", "handicap", "comptabilité", "l’atelier", "numérique", "noël", "x" * 300,
)  # fmt: skip
days = st.dates(TODAY - datetime.timedelta(days=40), TODAY + datetime.timedelta(days=120))
sometimes = st.one_of(st.none(), st.booleans())
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
causes = st.lists(st.sampled_from(sorted(CAUSES)[:6]), max_size=2, unique=True).map(tuple)
times = st.lists(st.sampled_from((*DAYS, *PARTS)), max_size=3, unique=True).map(tuple)


def towns() -> dict[str, Place]:
    places = Places()
    return {town: places.find(town)[0] for town in TOWNS}


KNOWN = towns()
TERRITORIES = [Places().find(name)[0] for name in ("le 93", "idf")]


@st.composite
def sites(draw: st.DrawFn) -> tuple[Site, ...]:
    found = []
    for town in draw(st.lists(st.sampled_from(TOWNS), max_size=2)):
        place = KNOWN[town]
        if place.lat is None or place.lon is None:
            found.append(Site(place.name, "", place.departement, place.code))
        else:
            north, east = (draw(st.integers(-300, 300)) / 10_000 for _side in range(2))
            found.append(Site(place.name, "", place.departement, place.code, place.lat + north, place.lon + east))
    return tuple(found)


missions = st.builds(
    lambda where, remote, everywhere, starts, lasts, **values: Mission(
        id="",
        source="test",
        url="https://example.org",
        sites=where,
        everywhere=everywhere or not where,
        remote=remote,
        starts=starts,
        ends=starts + datetime.timedelta(days=lasts) if starts and lasts is not None else None,
        **values,
    ),
    where=sites(),
    remote=st.sampled_from(("no", "no", "no", "full", "partly", "near_home")),
    everywhere=st.sampled_from((False, False, False, True)),
    starts=st.one_of(st.none(), days),
    lasts=st.one_of(st.none(), st.integers(0, 60)),
    title=words,
    organisation=st.sampled_from(("Amis", "Voisins", "Entraide")),
    text=words,
    causes=causes,
    when=times,
    flexible=st.booleans(),
    minors=sometimes,
    step_free=sometimes,
    places=st.one_of(st.none(), st.integers(0, 3)),
)

wishes = st.builds(
    Wish,
    text=st.one_of(st.just(""), words),
    place=st.one_of(
        st.none(), st.sampled_from([*KNOWN.values(), *(Places().find(name)[0] for name in ("le 93", "idf"))])
    ),
    radius_km=st.one_of(st.none(), st.sampled_from((1, 5, 20, 45, 100, 200))),
    when=st.one_of(times, st.just(("weekend",)), st.just(("date:2026-12-05",))),
    not_when=times,
    causes=causes,
    not_causes=causes,
    remote=st.sampled_from((False, False, False, True)),
    minors=st.booleans(),
    step_free=st.booleans(),
)


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory,
    database: str,
    no_missions: Path,
    places: Places,
    organisations: Organisations,
    synonyms: Synonyms,
) -> Iterator[tuple[Catalogue, Catalogue]]:
    with ExitStack() as stack:
        backends = (open_backend(tmp_path_factory.mktemp("pair")), open_backend(Path(), database))
        common: dict[str, Any] = {"places": places, "organisations": organisations, "synonyms": synonyms}
        first, second = (stack.enter_context(Catalogue(backend, data=no_missions, **common)) for backend in backends)
        yield first, second


def fill(pair: tuple[Catalogue, Catalogue], given_missions: list[Mission]) -> None:
    """The same missions, and no others, in both."""
    for catalogue in pair:
        with catalogue.writer() as writer:
            connection = writer.connection
            with connection.transaction():
                connection.unindex(
                    [number for (number,) in connection.execute("SELECT number FROM mission").fetchall()]
                )
                connection.execute("DELETE FROM mission")
                writer.put_all([Record(mission) for mission in given_missions], (), now=NOW, sweep=0)
            connection.tidy(TODAY.toordinal())


def told(results: Results) -> Any:
    found = [
        (match.mission.id, match.score, match.distance_km, match.site, [text_of(one, "fr") for one in match.reasons])
        for match in results.found
    ]
    return found, results.widened, results.more


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.large_base_example])
@given(st.lists(missions, min_size=1, max_size=60), st.lists(wishes, min_size=10, max_size=20))
def test_any_wish_finds_the_same_in_both(
    pair: tuple[Catalogue, Catalogue], some: list[Mission], asked: list[Wish]
) -> None:
    fill(pair, [replace(mission, id=f"test:{number}") for number, mission in enumerate(some)])
    for wish in asked:
        embedded, shared = (told(catalogue.search(wish, today=TODAY)) for catalogue in pair)
        assert embedded == shared


@pytest.mark.parametrize("count", [700])
def test_where_there_are_more_than_are_looked_at_the_same_ones_are(
    pair: tuple[Catalogue, Catalogue], count: int, places: Places
) -> None:
    """Hundreds in one town, of which a search looks at the newest: they are the same hundreds."""
    paris = KNOWN["Paris"]
    assert paris.lat is not None
    assert paris.lon is not None
    crowd = [
        Mission(
            id=f"test:{number}",
            source="test",
            title=f"{WORDS[number % 7]} {WORDS[number % 11]} {number}",
            organisation=f"Voisins {number}",
            url="https://example.org",
            causes=(sorted(CAUSES)[number % 5],),
            when=(DAYS[number % 7], PARTS[number % 5]),
            minors=(None, True, False)[number % 3],
            sites=(
                Site("Paris", "75001", "75", paris.code, paris.lat + number % 29 / 200, paris.lon + number % 31 / 150),
            ),
        )
        for number in range(count)
    ]
    fill(pair, crowd)
    asked = [
        Wish(text=text, place=place, radius_km=radius, when=when, causes=chosen, minors=minors)
        for text in ("", "chiens", "promener des toutous", "maraude jardin école")
        for place, radius in ((None, None), (paris, 3), (paris, 20), (KNOWN["Melun"], 45), (places.find("75")[0], None))
        for when in ((), ("saturday",))
        for chosen, minors in (((), False), ((sorted(CAUSES)[1],), True))
    ]
    for wish in asked:
        embedded, shared = (told(catalogue.search(wish, today=TODAY, limit=50)) for catalogue in pair)
        assert embedded == shared
        assert embedded[0]


def test_the_database_keeps_no_word_that_it_cannot(pair: tuple[Catalogue, Catalogue], database: str) -> None:
    """Letters that a text may hold and PostgreSQL's may not are left out; the mission is there."""
    fill(
        pair,
        [Mission(id="test:nul\x00", source="test", title="Un\x00 chien", organisation="A", url="https://a.example")],
    )
    for catalogue in pair:
        assert len(catalogue.search(Wish(text="chien"), today=TODAY).found) == 1
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT id FROM catalogue.mission").fetchall() == [("test:nul",)]
