"""`allie migrate` and `allie store`: all that is kept, as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bot.commands import settings

__all__ = ["migrate", "store"]


@click.command()
def migrate() -> None:
    """Bring the PostgreSQL of ALLIE_DATABASE_URL up to this version. A data folder does it by itself, at the start."""
    from bot.catalogue.catalogue import Catalogue
    from bot.catalogue.postgres_schema import migrate as bring_catalogue_up
    from bot.catalogue.shelf import open_shelf
    from bot.store import StoreError
    from bot.store.postgres_schema import migrate as bring_up

    found = settings()
    url = found.database_url
    if url is None:
        raise click.ClickException("ALLIE_DATABASE_URL is not set: a data folder is brought up to date at the start.")
    try:
        for name in (*bring_up(url), *bring_catalogue_up(url)):
            click.echo(name)
        with Catalogue(open_shelf(found.data_dir, url)) as catalogue:
            catalogue.fill()
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@click.group()
def store() -> None:
    """All that is kept: move it from one place to another."""


@store.command("copy")
@click.argument("source")
@click.argument("target")
def copy_store(source: str, target: str) -> None:
    """Copy all conversations and all missions, from a data folder to a postgresql:// address or back. Stop Allié first.

    What an earlier copy began goes on.
    """
    from bot.catalogue.moving import copy as copy_catalogue
    from bot.store import StoreError
    from bot.store.copying import copy

    try:
        for table, rows in copy(source, target).items():
            click.echo(f"{table}: {rows}")
        for table, rows in copy_catalogue(source, target, today=datetime.now(UTC).date()).items():
            click.echo(f"catalogue {table}: {rows}")
    except StoreError as error:
        raise click.ClickException(str(error)) from None
