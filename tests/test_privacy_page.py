"""The inventory of what is kept is the database's own."""

from __future__ import annotations

import re
from pathlib import Path

from sqlite_utils import Database

from bot.store.schema import migrations

PAGE = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
OF_SQLITE = {"_sqlite_migrations", "sqlite_sequence"}


def inventory() -> dict[str, set[str]]:
    """The columns that the page lists, by table."""
    found: dict[str, set[str]] = {}
    table = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 7 or (set(cells[1]) <= {"-"} and cells[1]) or cells[1] == "Table":
            continue
        table = cells[1].strip("`") or table
        found.setdefault(table, set()).update(re.findall(r"`([a-z_]+)`", cells[2]))
    return found


def test_every_column_of_every_table_is_explained() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    kept = {table.name: {column.name for column in table.columns} for table in database.tables}
    assert inventory() == {name: columns for name, columns in kept.items() if name not in OF_SQLITE}
