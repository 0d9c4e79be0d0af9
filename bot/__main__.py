"""The command `allie`: serve, chat, estimate, catalogue, doctor."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.settings import SettingError, Settings
from bot.store import StoreError

__all__ = ["main"]


class Commands(click.Group):
    """The commands; those that need much are imported when they are called for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), "catalogue"])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name == "catalogue":
            from bot.catalogue.commands import catalogue

            return catalogue
        return super().get_command(context, name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="allie", prog_name="allie")
def main() -> None:
    """Allié turns the wish to help into an act: on Telegram, on the web, in this terminal."""


def settings() -> Settings:
    """The settings, or the end of the program with the sentence that says which one is wrong."""
    try:
        found = Settings.from_environment()
    except SettingError as error:
        raise click.ClickException(str(error)) from None
    logs.begin(found.log_level, found.log_format)
    return found


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine on the fastest loop there is."""
    try:
        import uvloop
    except ImportError:  # not on this platform
        asyncio.run(work)
    else:
        uvloop.run(work)


@main.command()
def serve() -> None:
    """Serve the conversation: on the web, and on Telegram if ALLIE_TELEGRAM_TOKEN is set."""
    from bot import server

    found = settings()
    try:
        run(server.run(found))
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        message = f"Cannot listen on {found.host}:{found.port} ({error.strerror}): set ALLIE_HOST or ALLIE_PORT."
        raise click.ClickException(message) from None


@main.command()
@click.option("--jsonl", is_flag=True, help="Read one JSON message a line, answer one JSON line each.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder of this conversation.")
@click.option("--now", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]), help="The clock.")
@click.option("--language", help="The language to begin in: fr or en.")
def chat(jsonl: bool, data: Path | None, now: datetime | None, language: str | None) -> None:
    """Talk with Allié here, in the terminal."""
    from bot.catalogue.shared import use
    from bot.channels import terminal
    from bot.conversation.engine import Engine
    from bot.conversation.topic import load_topics
    from bot.store.sqlite import SqliteStore
    from bot.understanding import Understanding
    from bot.understanding.known import bodies, gazetteer

    found = settings()
    folder = data or found.data_dir / "terminal"

    async def talk() -> None:
        store = SqliteStore.open(folder)
        missions = use(data or found.data_dir, places=gazetteer(), organisations=bodies())
        try:
            engine = Engine(store, Understanding.load(encoder=found.sentence_encoder), load_topics())
            if jsonl:
                clock = now if now is None or now.tzinfo else now.replace(tzinfo=UTC)
                await terminal.converse_jsonl(engine, folder=folder / "files", now=clock, source=sys.stdin.buffer)
            else:
                await terminal.converse(
                    engine, language=language, folder=Path.cwd() / "allie", source=sys.stdin, target=sys.stdout
                )
        finally:
            missions.close()
            await store.close()

    try:
        asyncio.run(talk())
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("name")
def estimate(name: str) -> None:
    """Answer questions of one kind, a JSON object a line: donation, wealth, company, skills, rest-days, expenses."""
    from bot.estimate import answer_text, names

    if name not in names():
        raise click.ClickException(f"There is no estimate {name!r}. There are: {', '.join(names())}.")
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(answer_text(name, line))


@main.command()
def doctor() -> None:
    """Check this installation, and say what to do about what is wrong."""
    from bot import doctor as checks

    problems = 0
    for check in checks.examine(settings()):
        click.echo(f"{'ok ' if check.is_fine else '!! '} {check.subject}: {check.finding}")
        problems += not check.is_fine
    if problems:
        raise click.ClickException(f"{problems} to look at.")


@main.command()
def migrate() -> None:
    """Bring the PostgreSQL of ALLIE_DATABASE_URL up to this version. A data folder does it by itself, at the start."""
    from bot.store.postgres_schema import migrate as bring_up

    url = settings().database_url
    if url is None:
        raise click.ClickException("ALLIE_DATABASE_URL is not set: a data folder is brought up to date at the start.")
    try:
        for name in bring_up(url):
            click.echo(name)
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@main.group()
def store() -> None:
    """Conversations as a whole: move them from one place to another."""


@store.command("copy")
@click.argument("source")
@click.argument("target")
def copy_store(source: str, target: str) -> None:
    """Copy all conversations, from a data folder to a postgresql:// address or back. Stop Allié first."""
    from bot.store.copying import copy

    try:
        for table, rows in copy(source, target).items():
            click.echo(f"{table}: {rows}")
    except StoreError as error:
        raise click.ClickException(str(error)) from None


@main.command()
def build() -> None:
    """Prepare a quick start: the phrases of each language, and what is learnt from the examples."""
    from bot.i18n import compile_catalogues
    from bot.understanding import Understanding

    for path in compile_catalogues():
        click.echo(f"{path.parent.parent.name}: phrases compiled")
    Understanding.load(encoder=False)
    click.echo("examples learnt")


if __name__ == "__main__":
    main()
