"""What the commands of `allie catalogue` share: where the missions are, what time it is, what a reading did."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.cleaning import PARIS
from bot.catalogue.sqlite import FILE
from bot.catalogue.writer import Count
from bot.errors import StoreError
from bot.settings import Settings

__all__ = ["Home", "catalogue", "counted", "counting", "must_be_there", "now", "to_read", "today"]


class Home(NamedTuple):
    """Where the missions of this installation are."""

    folder: Path
    database_url: str | None = None

    @property
    def has_missions(self) -> bool:
        """Whether a catalogue was made there already."""
        return self.database_url is not None or (self.folder / FILE).exists()


@contextmanager
def to_read(home: Home, *, silent: bool = False) -> Iterator[Catalogue]:
    """The catalogue, to look something up. Where there is none yet, the missions that ship with Allié, in a place that
    is gone afterwards: looking makes no folder."""
    with ExitStack() as stack:
        if not home.has_missions:
            if not silent:
                click.echo(f"{home.folder} holds no missions yet: these are those that ship with Allié.", err=True)
            home = Home(Path(stack.enter_context(TemporaryDirectory())))
        yield stack.enter_context(Catalogue(open_backend(*home)))


def must_be_there(home: Home) -> None:
    if not home.has_missions:
        raise click.ClickException(f"{home.folder} holds no missions yet.")


class Commands(click.Group):
    """Commands that end with a sentence when the database does not do what was asked."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except StoreError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Commands)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Another data folder; its own missions, whatever ALLIE_DATABASE_URL says.",
)
@click.pass_context
def catalogue(context: click.Context, data: Path | None) -> None:
    """Missions: take them in, look for them, see what there is."""
    settings = Settings.from_environment()
    context.obj = Home(data) if data else Home(settings.data_dir, settings.database_url)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    return now().astimezone(PARIS).date()


@contextmanager
def counting(name: str) -> Iterator[Callable[[int], None]]:
    """A line that counts on a terminal, and nothing in a pipe."""
    is_terminal = sys.stderr.isatty()

    def progress(count: int) -> None:
        if is_terminal:
            click.echo(f"\r{name}: {count:,} records", err=True, nl=False)

    yield progress
    if is_terminal:
        click.echo("\r\033[K", err=True, nl=False)


def counted(count: Count) -> str:
    said = f"{count.new} new, {count.changed} changed, {count.same} the same"
    return said + (f", {count.refused} refused (see `allie catalogue stats --refused`)" if count.refused else "")
