"""The commands of `allie`, a file each. `bot/__main__.py` lists them; what a command needs is imported when it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import click

from bot import logs, redaction
from bot.settings import SettingError, Settings

__all__ = ["run", "settings"]


def settings() -> Settings:
    """The settings, or the end of the program with the sentence that says which one is wrong. The log begins here."""
    try:
        ours = Settings.from_environment()
    except SettingError as error:
        raise click.ClickException(str(error)) from None
    redaction.hide(ours.telegram_token, ours.feed_key, *passwords(ours.database_url))
    logs.begin(ours.log_level, ours.log_format)
    return ours


def passwords(url: str | None) -> list[str]:
    """The password in the address of a database, as it is written there and as it is."""
    parts = urlsplit(url or "")
    in_query = parse_qs(parts.query).get("password", [])
    return [secret for part in (parts.password, *in_query) if part for secret in (part, unquote(part))]


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine on the fastest loop there is."""
    try:
        import uvloop
    except ImportError:  # not on this platform
        asyncio.run(work)
    else:
        uvloop.run(work)
