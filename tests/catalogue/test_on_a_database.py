"""Several processes, on several hosts, with one catalogue: what only a database has to promise."""

from __future__ import annotations

import asyncio
import datetime
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue, open_catalogue
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.catalogue.mission import Mission, Site
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Wish
from bot.catalogue.writer import Record
from bot.commands.catalogue import catalogue as commands
from bot.dialogue.engine import Busy as TurnNotRun
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Event, Press
from bot.errors import Busy, StoreError
from bot.resources import DATA

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
NOBODY = "postgresql://nobody@127.0.0.1:9/nothing"
OTHERS_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def host(
    empty_database: str, no_missions: Path, places: Places, organisations: Organisations, synonyms: Synonyms
) -> Iterator[Callable[..., Catalogue]]:
    """Opens the catalogue as one more host does."""
    opened: list[Catalogue] = []

    def another(url: str = empty_database, data: Path = no_missions) -> Catalogue:
        backend = open_backend(Path(), url)
        opened.append(Catalogue(backend, places=places, organisations=organisations, synonyms=synonyms, data=data))
        return opened[-1]

    yield another
    for catalogue in opened:
        catalogue.close()


def need(key: str, **details: Any) -> Mission:
    values: dict[str, Any] = {"id": key, "source": "needs", "title": f"Servir {key}", "organisation": "Table ouverte"}
    return Mission(url="https://t.example.org", everywhere=True, **{**values, **details})


def test_what_one_host_publishes_the_other_finds(host: Callable[..., Catalogue]) -> None:
    here, there = host(), host()
    with here.writer() as writer:
        needs.propose(writer, need("a"), owner="telegram:1", now=NOW)
    with there.reading() as connection:
        assert [one.mission.id for one in needs.pending(connection)] == ["needs:a"]
    with there.writer() as writer:
        needs.approve(writer, "needs:a", now=NOW)
    assert [match.mission.id for match in here.search(Wish(), today=TODAY).found] == ["needs:a"]


def test_of_moderators_on_many_hosts_one_decides(host: Callable[..., Catalogue]) -> None:
    hosts = [host() for _host in range(4)]
    with hosts[0].writer() as writer:
        needs.propose(writer, need("a"), owner="telegram:1", now=NOW)
    together = threading.Barrier(4)

    def decide(catalogue: Catalogue) -> bool:
        with catalogue.writer() as writer:
            together.wait()
            return needs.approve(writer, "needs:a", now=NOW) is not None

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(decide, hosts)) == [False, False, False, True]


def test_hosts_that_take_the_same_missions_in_at_once_have_each_once(host: Callable[..., Catalogue]) -> None:
    records = [Record(need(f"m{number}", source="test")) for number in range(200)]
    hosts = [host() for _host in range(3)]

    def take_in(catalogue: Catalogue) -> int:
        with catalogue.writer() as writer:
            return sum(writer.put(records[at : at + 50], now=NOW).new for at in range(0, 200, 50))

    with ThreadPoolExecutor(3) as hands:
        assert sum(hands.map(take_in, hosts)) == 200
    assert hosts[0].freshness().missions == 200
    assert len(hosts[1].search(Wish(), today=TODAY, limit=200).found) == 200


def test_of_hosts_that_start_at_once_one_puts_the_evergreen_missions_in(
    host: Callable[..., Catalogue], empty_database: str
) -> None:
    hosts = [host(data=DATA) for _host in range(3)]
    with ThreadPoolExecutor(3) as hands:
        list(hands.map(Catalogue.fill, hosts))
    with psycopg.connect(empty_database) as connection:
        rows = connection.execute(
            "SELECT source, count(*), max(number) FROM catalogue.mission GROUP BY source"
        ).fetchall()
    ((source, count, last),) = rows
    assert source == "evergreen"
    assert count == last == hosts[0].freshness().missions


def test_a_writer_that_vanishes_frees_its_place_and_leaves_nothing_half_done(
    host: Callable[..., Catalogue], empty_database: str
) -> None:
    here, there = host(), host()

    def cut_off() -> None:
        with here.writer() as lost, lost.connection.transaction():
            lost.note("half", "done")
            with psycopg.connect(empty_database, autocommit=True) as connection:
                connection.execute(OTHERS_OFF)
            lost.note("whole", "done")

    with pytest.raises(Busy):
        cut_off()
    with there.writer() as writer, writer.connection.transaction():
        assert writer.connection.execute("SELECT key FROM note").fetchall() == []


def test_connections_that_the_database_closed_are_replaced(host: Callable[..., Catalogue], empty_database: str) -> None:
    catalogue = host()
    with catalogue.writer() as writer:
        writer.put([Record(need("a", source="test"))], now=NOW)
    for _restart in range(3):
        assert len(catalogue.search(Wish(), today=TODAY).found) == 1
        with psycopg.connect(empty_database, autocommit=True) as connection:
            connection.execute(OTHERS_OFF)


@pytest.fixture
def engine_on(store: Any, understanding: Any, topics: Any) -> Iterator[Callable[[str], Engine]]:
    """An Allié whose catalogue is in that database."""
    with ExitStack() as opened:

        def engine(database_url: str) -> Engine:
            catalogue = open_catalogue(Path(), database_url, places=gazetteer(), organisations=known_organisations())
            opened.callback(catalogue.close)
            return Engine(store, understanding, topics, catalogue)

        yield engine


def test_a_search_that_waits_holds_up_nobody(host: Callable[..., Catalogue], empty_database: str) -> None:
    async def talk() -> None:
        catalogue = AwaitedCatalogue(host())
        await catalogue.write(lambda writer: writer.put([Record(need("a", source="test"))], now=NOW))
        with psycopg.connect(empty_database) as connection:
            connection.execute("LOCK TABLE catalogue.words IN ACCESS EXCLUSIVE MODE")
            search = asyncio.create_task(catalogue.search(Wish(), today=TODAY))
            assert await catalogue.mission("a") is not None
            assert not search.done()
        assert len((await search).found) == 1
        catalogue.close()

    asyncio.run(talk())


async def test_a_database_that_is_down_is_never_told_as_nothing_found(
    person: Callable[..., Any],
    engine_on: Callable[[str], Engine],
    host: Callable[..., Catalogue],
    empty_database: str,
) -> None:
    """The turn is not run; delivered again when the database is back, the very same message is answered."""
    me = person(language="fr")
    with host().writer() as writer:
        writer.put([Record(need("a", id="test:a", source="test"))], now=NOW)
    event = Event("telegram:1", me.chat, Press(">mission.i=test:a"), me.at, language="fr")
    with pytest.raises(TurnNotRun):
        await engine_on(NOBODY).handle(event, answer="direct")
    done = await engine_on(empty_database).handle(event, answer="direct")
    assert not done.duplicate
    assert "Servir a" in "".join(reply.text for reply in done.replies)


def test_a_database_without_the_catalogue_says_what_to_run(new_database: Callable[[str], str]) -> None:
    with (
        closing(open_backend(Path(), new_database("bare"))) as backend,
        pytest.raises(StoreError, match="allie migrate"),
    ):
        Catalogue(backend).freshness()


def test_a_database_of_a_newer_allie_is_left_alone(host: Callable[..., Catalogue], empty_database: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("INSERT INTO catalogue.migration (name) VALUES ('c999_later')")
        try:
            with pytest.raises(StoreError, match="newer"):
                host().freshness()
        finally:
            connection.execute("DELETE FROM catalogue.migration WHERE name = 'c999_later'")


@pytest.mark.parametrize("arguments", [("stats",), ("review",)])
def test_commands_say_that_the_database_does_not_answer(arguments: tuple[str, ...]) -> None:
    result = CliRunner(env={"ALLIE_DATABASE_URL": NOBODY}).invoke(commands, arguments)
    assert result.exit_code == 1
    assert "does not answer" in result.output


async def test_a_whole_conversation_finds_publishes_and_keeps_on_the_database(
    person: Callable[..., Any],
    engine_on: Callable[[str], Engine],
    host: Callable[..., Catalogue],
    empty_database: str,
) -> None:
    here, engine = host(), engine_on(empty_database)
    dogs = Mission("test:dogs", "test", "Promener les chiens", "Refuge", "https://r.example.org", causes=("animals",))
    pau = here.places.find("Pau")[0]
    site = Site("Pau", "64000", "64", pau.code, pau.lat, pau.lon)
    with here.writer() as writer:
        writer.put([Record(replace(dogs, sites=(site,)))], now=NOW)
    volunteer, association = person(engine, language="fr"), person(engine, language="fr")
    assert "Promener les chiens" in await volunteer.say("je cherche une mission de bénévole avec des chiens à Pau")
    await volunteer.press("1")
    await volunteer.press("Plus…")
    await volunteer.press("Garder")
    await volunteer.send(Command("favoris"))
    assert "Promener les chiens, Refuge" in volunteer.text
    await association.send(Command("besoin"))
    said = (
        "Amis de Pau",
        "Servir le café",
        "Avec nous.",
        "Pau",
        "le samedi",
        "2",
        "passer",
        "a@pau.example",
        "oui",
    )
    for words in said:
        await association.say(words)
    (waiting,) = await engine.catalogue.needs_waiting()
    with here.reading() as connection:
        assert [one.mission.title for one in needs.pending(connection)] == [waiting.mission.title] == ["Servir le café"]
