"""The store that the settings ask for: PostgreSQL where there is an address, a file in the data folder where not."""

from __future__ import annotations

from pathlib import Path

from bot.private_folder import private_folder
from bot.store import Store
from bot.store.sqlite import SqliteStore

__all__ = ["open_store"]


async def open_store(folder: Path, database_url: str | None) -> Store:
    """Raises `StoreError` with a sentence for whoever runs Allié."""
    if database_url is None:
        return SqliteStore.open(folder)
    from bot.store.postgres import PostgresStore  # the driver is loaded by those who use it

    private_folder(folder)  # there is something of this process alone in it all the same
    return await PostgresStore.open(database_url)
