"""The store that the settings ask for: PostgreSQL where there is an address, a file in the data folder where not."""

from __future__ import annotations

from pathlib import Path

from bot.store import Store, StoreError
from bot.store.sqlite import SqliteStore

__all__ = ["open_store"]


async def open_store(folder: Path, database_url: str | None) -> Store:
    """Raises `StoreError` with a sentence for whoever runs Allié."""
    if database_url is None:
        return SqliteStore.open(folder)
    from bot.store.postgres import PostgresStore  # the driver is loaded by those who use it

    _make(folder)
    return await PostgresStore.open(database_url)


def _make(folder: Path) -> None:
    """There is something of this process alone in it all the same."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{folder} cannot be used: {error.strerror}.") from error
