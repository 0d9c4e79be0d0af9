"""`allie chat`."""

from __future__ import annotations

import asyncio
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands import settings

__all__ = ["chat"]


@click.command()
@click.option("--jsonl", is_flag=True, help="Read one JSON message a line, answer one JSON line each.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder of this conversation.")
@click.option("--now", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]), help="The clock.")
@click.option("--language", help="The language to begin in: fr or en.")
def chat(jsonl: bool, data: Path | None, now: datetime | None, language: str | None) -> None:
    """Talk with Allié here, in the terminal."""
    from bot.catalogue.awaited import open_catalogue
    from bot.catalogue.directory import directory_of
    from bot.catalogue.known import gazetteer, known_organisations
    from bot.catalogue.live import live_of
    from bot.channels import terminal
    from bot.dialogue.engine import Engine
    from bot.dialogue.topic import load_topics
    from bot.knowledge import Knowledge
    from bot.owner import OwnerFile
    from bot.store import StoreError
    from bot.store.sqlite import SqliteStore
    from bot.understanding import Understanding

    found = settings()
    folder = data or found.data_dir / "terminal"

    async def talk() -> None:
        store = SqliteStore.open(folder)
        database_url = None if data else found.database_url
        missions = open_catalogue(
            data or found.data_dir,
            database_url,
            places=gazetteer(),
            organisations=known_organisations(),
            directory=directory_of(found),
            live=live_of(found),
        )
        try:
            topics = load_topics()
            understanding = Understanding.load(topics.hearing, encoder=found.sentence_encoder)
            engine = Engine(
                store,
                understanding,
                topics,
                missions,
                knowledge=Knowledge.load(topics.hearing, data or found.data_dir, understanding.sentences),
                keep_misunderstood=found.keep_misunderstood,
                contact=OwnerFile(data or found.data_dir, found.contact or "").contact,
            )
            if jsonl:
                if isinstance(sys.stdout, io.TextIOWrapper):
                    sys.stdout.reconfigure(encoding="utf-8")  # as JSON is, whatever the terminal's
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
