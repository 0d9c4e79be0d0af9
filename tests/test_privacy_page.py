"""The inventory of what is kept is the databases' own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlite_utils import Database

from bot.catalogue.postgres_schema import migrate as migrate_catalogue
from bot.catalogue.sqlite import FILE, open_writer
from bot.store.postgres_schema import migrate
from bot.store.schema import migrations

PAGE = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
OF_SQLITE = {"_sqlite_migrations", "sqlite_sequence"}
OF_POSTGRESQL = {("outbox", "taken_by"), ("outbox", "taken_until"), ("conversation", "free_at")}
OF_FEEDS = {"sweep", "sweep_seen", "refused", "support"}
COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s"


def inventory(*, catalogue: bool = False) -> dict[str, set[str]]:
    """The columns that the page lists, by table."""
    before, _, after = PAGE.read_text(encoding="utf-8").partition("## In the catalogue")
    found: dict[str, set[str]] = {}
    table = ""
    for line in (after if catalogue else before).splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < (6 if catalogue else 7) or (set(cells[1]) <= {"-"} and cells[1]) or cells[1] == "Table":
            continue
        table = cells[1].strip("`") or table
        found.setdefault(table, set()).update(re.findall(r"`([a-z_]+)`", cells[2]))
    return found


def test_every_column_of_every_table_is_explained() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    kept = {table.name: {column.name for column in table.columns} for table in database.tables}
    assert inventory() == {name: columns for name, columns in kept.items() if name not in OF_SQLITE}


def of_postgresql(address: str, schema: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with psycopg.connect(address) as connection:
        for table, column in connection.execute(COLUMNS, (schema,)):
            if (table, column) not in OF_POSTGRESQL:
                found.setdefault(table, set()).add(column)
    return found


def test_it_is_the_same_in_postgresql(new_database: Callable[[str], str]) -> None:
    address = new_database("privacy")
    migrate(address)
    kept = of_postgresql(address, "public")
    processes = {"allie_migration", "replica", "group_cooldown"}
    assert inventory() == {name: columns for name, columns in kept.items() if name not in processes}
    migrate_catalogue(address)
    kept = of_postgresql(address, "catalogue")
    assert inventory(catalogue=True)["mission"] >= kept["mission"]


def test_what_an_association_publishes_is_explained(tmp_path: Path) -> None:
    open_writer(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = {
        table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for table in tables
        if not table.startswith(("words_", "sqlite_"))
    }
    connection.close()
    assert inventory(catalogue=True) == {name: columns for name, columns in kept.items() if name not in OF_FEEDS}
