"""`allie estimate`."""

from __future__ import annotations

import sys

import click

__all__ = ["estimate"]


@click.command()
@click.argument("name")
def estimate(name: str) -> None:
    """Answer questions of one kind, a JSON object a line: donation, wealth, company, skills, rest-days, expenses."""
    from bot.estimate import answer_text, names

    if name not in names():
        raise click.ClickException(f"There is no estimate {name!r}. There are: {', '.join(names())}.")
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(answer_text(name, line).encode())
