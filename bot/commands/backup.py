"""`allie backup` and `allie restore`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands import settings

__all__ = ["backup", "restore"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def backup(file: Path) -> None:
    """Copy all that is kept to a new FILE, while Allié serves. A dash writes it here, for a program that encrypts."""
    from bot.operations.backup import BackupFailed, back_up
    from bot.operations.dump import dump

    ours = settings()
    try:
        if ours.database_url is not None:
            if str(file) == "-":
                raise BackupFailed("Of a PostgreSQL a copy goes to a file: give its name.")
            dump(ours.database_url, file.absolute())
            click.echo(f"{file}: the database as it was")
            return
        copied = back_up(ours.data_dir, sys.stdout.buffer if str(file) == "-" else file.absolute())
    except BackupFailed as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{file}: {copied.people} people, {copied.bytes / 1e6:.1f} MB before compression", err=str(file) == "-")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put a copy back: into an empty data folder, or an empty database. What came after the copy was made is lost."""
    from bot.errors import StoreError
    from bot.operations import backup as of_folder
    from bot.operations.dump import put_back

    ours = settings()
    try:
        if ours.database_url is not None:
            put_back(file, ours.database_url)
            click.echo(f"{file}: put back. Run `allie migrate`, then start.")
            return
        copied = of_folder.restore(file, ours.data_dir)
    except (of_folder.BackupFailed, StoreError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{ours.data_dir}: {copied.people} people, as of {copied.made:%Y-%m-%d %H:%M} UTC (Allié {copied.by})")
