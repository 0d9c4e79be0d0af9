"""One catalogue a test, in a temporary folder; the readers of shipped files are shared, since they are read-only."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.mission import Mission
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.postgres_schema import migrate
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.writer import Record
from bot.commands.catalogue import Home
from bot.commands.catalogue import catalogue as commands

NOW = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def places() -> Places:
    return Places()


@pytest.fixture(scope="session")
def organisations() -> Organisations:
    return Organisations()


@pytest.fixture(scope="session")
def synonyms() -> Synonyms:
    return Synonyms()


@pytest.fixture(scope="session")
def no_missions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder without evergreen missions, so that a test sees only its own."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "missions").mkdir()
    (folder / "organisations.csv").write_text("id\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], str]) -> str:
    """The address of a database of our own, brought up to date."""
    address = new_database("catalogue")
    migrate(address)
    return address


@pytest.fixture
def empty_database(database: str, emptied: Callable[[str, str], str]) -> str:
    """The same, with nothing in it."""
    return emptied(database, "catalogue")


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """Where missions are kept, for each engine: the same stories are told of both."""
    url = request.getfixturevalue("empty_database") if request.param == "postgresql" else None
    return Home(tmp_path / "data", url)


@pytest.fixture
def catalogue(
    home: Home, no_missions: Path, places: Places, organisations: Organisations, synonyms: Synonyms
) -> Iterator[Catalogue]:
    """An empty catalogue."""
    with Catalogue(
        open_backend(*home), places=places, organisations=organisations, synonyms=synonyms, data=no_missions
    ) as opened:
        yield opened


@pytest.fixture
def run(home: Home) -> Callable[..., Result]:
    """`allie catalogue …`, as somebody types it."""
    settings = {"ALLIE_DATA_DIR": str(home.folder), "ALLIE_DATABASE_URL": home.database_url or ""}

    def command(*arguments: str) -> Result:
        return CliRunner(env=settings).invoke(commands, arguments)

    return command


@pytest.fixture
def put(catalogue: Catalogue) -> Callable[..., None]:
    """Put missions straight in: `put(mission, …)`."""

    def into(*missions: Mission, now: datetime.datetime = NOW) -> None:
        with catalogue.writer() as writer:
            writer.put([Record(mission) for mission in missions], now=now)

    return into


@pytest.fixture
def feed_record() -> Callable[..., dict[str, Any]]:
    """A record of the shape of API Engagement, with what a test changes in it."""
    base = json.loads((Path(__file__).parent / "feed-record.json").read_text("utf-8"))

    def made(**changes: Any) -> dict[str, Any]:
        return {**json.loads(json.dumps(base)), **changes}

    return made
