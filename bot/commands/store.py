"""`allie migrate` and `allie store`: conversations as a whole."""

from __future__ import annotations

import click

from bot.commands import settings

__all__ = ["migrate", "store"]


@click.command()
def migrate() -> None:
    """Bring the PostgreSQL of ALLIE_DATABASE_URL up to this version. A data folder does it by itself, at the start."""
    from bot.store import StoreError
    from bot.store.postgres_schema import migrate as bring_up

    url = settings().database_url
    if url is None:
        raise click.ClickException("ALLIE_DATABASE_URL is not set: a data folder is brought up to date at the start.")
    try:
        for name in bring_up(url):
            click.echo(name)
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@click.group()
def store() -> None:
    """Conversations as a whole: move them from one place to another."""


@store.command("copy")
@click.argument("source")
@click.argument("target")
def copy_store(source: str, target: str) -> None:
    """Copy all conversations, from a data folder to a postgresql:// address or back. Stop Allié first."""
    from bot.store import StoreError
    from bot.store.copying import copy

    try:
        for table, rows in copy(source, target).items():
            click.echo(f"{table}: {rows}")
    except StoreError as error:
        raise click.ClickException(str(error)) from None
