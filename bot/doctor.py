"""`allie doctor`: whether this installation is fit to serve. It changes nothing, and it may run beside the server."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import aiohttp

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.shelf import open_shelf
from bot.rules.parameters import law
from bot.settings import Settings
from bot.trouble import StoreError

__all__ = ["Check", "examine"]

STALE_AFTER = 7
"""Days after which the missions of a feed are called old."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was found."""

    subject: str
    is_fine: bool
    finding: str


def examine(settings: Settings, today: date | None = None) -> Iterator[Check]:
    """Look at the data folder, the database, the law, the missions and Telegram, one after the other."""
    today = today or datetime.now(UTC).date()
    yield folder(settings.data_dir)
    yield from database(settings.data_dir / "allie.sqlite3")
    yield from figures(today)
    yield missions(settings, today)
    if settings.telegram_token:
        yield asyncio.run(telegram(settings))


def folder(path: Path) -> Check:
    if not path.exists():
        return Check("data folder", True, f"{path} will be made at the first start")
    if not os.access(path, os.W_OK):
        return Check("data folder", False, f"{path} cannot be written: change its owner, or ALLIE_DATA_DIR")
    return Check("data folder", True, str(path))


def database(path: Path) -> Iterator[Check]:
    """Whether the file is sound, and what waits for somebody to look at it."""
    if not path.exists():
        yield Check("database", True, "none yet")
        return
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            (sound,) = connection.execute("PRAGMA quick_check").fetchone()
            parked, refused = connection.execute(
                "SELECT (SELECT count(*) FROM parked), (SELECT count(*) FROM refused)"
            ).fetchone()
    except sqlite3.Error as error:
        yield Check("database", False, f"cannot be read ({error}): restore the last copy of the data folder")
        return
    yield Check("database", sound == "ok", "sound" if sound == "ok" else f"damaged ({sound}): restore the last copy")
    yield Check("messages set aside", not parked, f"{parked} failed again and again")
    yield Check("replies refused", not refused, f"{refused} that the platform would not take")


def figures(today: date) -> Iterator[Check]:
    """Whether the law is known for today, and when somebody last looked."""
    behind = [f"{file} (to {last})" for file, last in law().behind(today)]
    yield Check("law", not behind, f"not known for {today.year}: {', '.join(behind)}" if behind else "known for today")
    stale = sorted({parameter.name for parameter, _row in law().stale(today)})
    finding = f"over a year ago: {', '.join(stale[:5])}" if stale else "less than a year ago"
    yield Check("law checked", not stale, finding)


def missions(settings: Settings, today: date) -> Check:
    """How old the missions are."""
    try:
        with Catalogue(open_shelf(settings.data_dir, settings.database_url)) as catalogue:
            fresh = catalogue.freshness()
    except StoreError as error:
        return Check("missions", False, str(error))
    if settings.feed_key is None:
        return Check("missions", True, f"{fresh.missions}, no feed (ALLIE_FEED_KEY is not set)")
    if fresh.read_on is None:
        return Check("missions", False, "the feed was never read whole: see the log")
    age = (today - fresh.read_on).days
    return Check("missions", age <= STALE_AFTER and not fresh.trouble, f"{fresh.missions}, read {age} days ago")


async def telegram(settings: Settings) -> Check:
    """Whether Telegram is reached and knows the token."""
    address = f"{settings.telegram_api_url}/bot{settings.telegram_token}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as response:
            known = response.status == 200
    except (aiohttp.ClientError, TimeoutError) as error:
        return Check("Telegram", False, f"cannot be reached ({type(error).__name__})")
    return Check("Telegram", known, "answers" if known else "does not know ALLIE_TELEGRAM_TOKEN")
