"""`allie doctor`."""

from __future__ import annotations

import click

from bot.commands import settings

__all__ = ["doctor"]


@click.command()
def doctor() -> None:
    """Check this installation, and say what to do about what is wrong."""
    from bot.operations import doctor as checks

    problems = 0
    for check in checks.examine(settings()):
        click.echo(f"{'ok ' if check.is_fine else '!! '} {check.subject}: {check.finding}")
        problems += not check.is_fine
    if problems:
        raise click.ClickException(f"{problems} to look at.")
