"""`allie migrate` and `allie store`: all that is kept, as a whole."""

from __future__ import annotations

import contextlib
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.commands import settings

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

__all__ = ["migrate", "store"]


@click.command()
def migrate() -> None:
    """Bring the PostgreSQL of ALLIE_DATABASE_URL up to this version. A data folder does it by itself, at the start."""
    from bot.catalogue.backend import open_backend
    from bot.catalogue.catalogue import Catalogue
    from bot.catalogue.postgres_schema import migrate as bring_catalogue_up
    from bot.store import StoreError
    from bot.store.postgres_schema import migrate as bring_up

    ours = settings()
    url = ours.database_url
    if url is None:
        raise click.ClickException("ALLIE_DATABASE_URL is not set: a data folder is brought up to date at the start.")
    try:
        for name in (*bring_up(url), *bring_catalogue_up(url)):
            click.echo(name)
        with Catalogue(open_backend(ours.data_dir, url)) as catalogue:
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
    from bot.catalogue.transfer import copy as copy_catalogue
    from bot.store import StoreError
    from bot.store.transfer import copy

    try:
        with Bars() as told:
            conversations = copy(source, target, told)
            missions = copy_catalogue(source, target, today=datetime.now(UTC).date(), progress=told)
        for table, rows in conversations.items():
            click.echo(f"{table}: {rows}")
        for table, rows in missions.items():
            click.echo(f"catalogue {table}: {rows}")
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise click.ClickException("Stopped. Run the same command again: it goes on from here.") from None


class Bars(contextlib.ExitStack):
    """A bar for each thing that is copied or compared, on a terminal; nothing where a program reads.

    Told what it is, how much is done and how much there is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._what = ""
        self._bar: ProgressBar[int] | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or not total:
            return
        if what != self._what or self._bar is None:
            self.close()
            self._what = what
            self._bar = self.enter_context(
                click.progressbar(length=total, label=f"{what:24}", show_pos=True, file=sys.stderr)
            )
        self._bar.update(done - self._bar.pos)
