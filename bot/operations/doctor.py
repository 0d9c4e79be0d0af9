"""`allie doctor`: whether this installation is fit to serve. It changes nothing, and it may run beside the server."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.sqlite import FILE
from bot.control import CannotDo, NotServing, ask
from bot.dialogue.topic import LEFT_BEHIND, TopicTaken, load_topics
from bot.errors import Damaged
from bot.i18n import DEFAULT_LANGUAGE
from bot.knowledge import OWN_FOLDER, AnswerError
from bot.knowledge.library import Library
from bot.knowledge.proofreading import ageing
from bot.owner import OWNER_FILE, unusable
from bot.rules.parameters import LawDataError, law
from bot.settings import Settings
from bot.store import StoreError

__all__ = ["Check", "clock", "examine"]

STALE_AFTER = 7
"""Days after which the missions of a feed are called old."""
LEAST_FREE = 500 * 1_000_000
"""Bytes of disk below which it is time to make room."""
MEND = (
    "restore the last copy, or move the file away and start again: feeds, files and what ships with Allié fill it, "
    "and only the needs that associations published are lost"
)
FAR_OFF = 30.0
"""Seconds by which a clock may be wrong: codes and reminders suffer beyond that."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was found."""

    subject: str
    is_fine: bool
    finding: str


def examine(settings: Settings, today: date | None = None) -> Iterator[Check]:
    """Look at the folder, the disk, the database, the topics, the law, the answers, the missions, the proxy, what the
    server at work does by the clock and whom it sees, and Telegram, one after the other."""
    today = today or datetime.now(UTC).date()
    yield folder(settings.data_dir)
    yield disk(settings.data_dir)
    if settings.database_url is not None:
        yield from postgresql(settings.database_url)
    else:
        yield from database(settings.data_dir / "allie.sqlite3")
    yield topics()
    yield from figures(today)
    yield answers(settings.data_dir, today)
    yield owner(settings.data_dir)
    yield missions(settings, today)
    yield proxies(settings)
    yield from at_work(settings.data_dir)
    if settings.telegram_token:
        from bot.operations.doctor_telegram import telegram

        yield from asyncio.run(telegram(settings))


def folder(path: Path) -> Check:
    """Whether it is ours, and ours alone: it holds what people said."""
    if not path.exists():
        return Check("data folder", True, f"{path} will be made at the first start")
    if not os.access(path, os.W_OK | os.X_OK):
        return Check("data folder", False, f"{path} cannot be written: change its owner, or ALLIE_DATA_DIR")
    if path.stat().st_mode & 0o077:
        return Check("data folder", False, f"{path} is open to other accounts of this machine: chmod 700 {path}")
    ours = path.stat().st_uid
    others = [file.name for file in path.iterdir() if _owner(file) not in (ours, None)]
    if others:
        named = ", ".join(sorted(others)[:3])
        return Check("data folder", False, f"{named} in {path} belongs to another account: chown it")
    return Check("data folder", True, str(path))


def _owner(file: Path) -> int | None:
    """Whose a file is; None for one that has just gone, as SQLite's journals come and go under a server at work."""
    try:
        return file.stat().st_uid
    except FileNotFoundError:
        return None


def disk(path: Path) -> Check:
    """Whether there is room for what is kept to grow."""
    there = next(parent for parent in (path, *path.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    finding = f"{free / 1e9:.1f} GB free for {path}"
    return Check("disk", free >= LEAST_FREE, finding if free >= LEAST_FREE else f"{finding}: make room")


def database(path: Path) -> Iterator[Check]:
    """Whether the file is sound, and what waits for somebody to look at it."""
    if not path.exists():
        yield Check("database", True, "none yet")
        return
    try:
        with closing(_opened(path)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check").fetchone()
            parked, refused = connection.execute(DEAD_LETTERS).fetchone()
    except sqlite3.Error as error:
        yield Check("database", False, f"cannot be read ({error}): restore the last copy of the data folder")
        return
    yield Check("database", sound == "ok", "sound" if sound == "ok" else f"damaged ({sound}): restore the last copy")
    yield from set_aside(parked, refused)


def topics() -> Check:
    """Whether each is there once: a module that an older version left behind registers its topic again."""
    try:
        return Check("topics", True, f"{len(load_topics().topics)} of them")
    except TopicTaken as taken:
        return Check("topics", False, f"{taken}: {LEFT_BEHIND}")


def _opened(path: Path) -> sqlite3.Connection:
    """To look at, and to leave as it is. Without its log nobody has the file open, and we leave none behind; with it,
    the log is read too."""
    way = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True)


DEAD_LETTERS = "SELECT (SELECT count(*) FROM parked), (SELECT count(*) FROM refused)"


def postgresql(url: str) -> Iterator[Check]:
    """Whether it answers, is as this version needs it, and takes what is written."""
    import psycopg

    from bot.store.postgres_schema import check

    try:
        check(url)
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), current_setting('transaction_read_only') = 'on', "
                "extract(epoch FROM clock_timestamp())"
            ).fetchone()
            counts = connection.execute(DEAD_LETTERS).fetchone()
    except StoreError as error:
        yield Check("database", False, str(error))
        return
    except psycopg.Error as error:
        yield Check("database", False, f"cannot be asked ({type(error).__name__}): see ALLIE_DATABASE_URL")
        return
    if row is not None:
        version, reads_only, moment = row
        finding = f"PostgreSQL {version}, up to date"
        yield Check(
            "database", not reads_only, "only reads: a standby, or a database set so" if reads_only else finding
        )
        yield clock("the database", float(moment))
    if counts is not None:
        yield from set_aside(*counts)


def set_aside(parked: int, refused: int) -> Iterator[Check]:
    yield Check("messages set aside", not parked, f"{parked} failed again and again" + _see(parked, "parked"))
    finding = f"{refused} that the platform would not take" + _see(refused, "refused")
    yield Check("replies refused", not refused, finding)


def _see(count: int, command: str) -> str:
    return f": allie {command} list" if count else ""


def clock(whose: str, theirs: float) -> Check:
    """Whether our clock agrees with another one, read just now."""
    off = datetime.now(UTC).timestamp() - theirs
    agrees = abs(off) <= FAR_OFF
    ahead = "ahead of" if off > 0 else "behind"
    return Check("clock", agrees, f"as {whose}" if agrees else f"{abs(off):.0f} s {ahead} {whose}: set it (NTP)")


def figures(today: date) -> Iterator[Check]:
    """Whether the law is known for today, and when somebody last looked."""
    try:
        behind = [f"{file} (to {last})" for file, last in law().behind(today)]
    except LawDataError as error:
        yield Check("law", False, f"data/law cannot be read: {error}. Put back the files of this version")
        return
    yield Check("law", not behind, f"not known for {today.year}: {', '.join(behind)}" if behind else "known for today")
    stale = sorted({parameter.name for parameter, _row in law().stale(today)})
    finding = f"over a year ago: {', '.join(stale[:5])}" if stale else "less than a year ago"
    yield Check("law checked", not stale, finding)


def proxies(settings: Settings) -> Check:
    """Whether a proxy that must be there is named: without its word all visitors count as one address."""
    if settings.public_url and not settings.trusted_proxies:
        return Check("proxy", False, "none is named: set ALLIE_TRUSTED_PROXIES, or all visitors count as one address")
    named = ", ".join(map(str, settings.trusted_proxies))
    return Check("proxy", True, f"{named} is believed" if named else "none before the page")


def at_work(folder: Path) -> Iterator[Check]:
    """Whether the server at work here, if there is one, does what it does by the clock, and tells visitors apart."""
    try:
        status = asyncio.run(ask(folder, "status"))
        failing, one = status["failing"], status["visitors"]
    except (NotServing, CannotDo, KeyError):  # none, or of another version
        return
    yield Check("visitors", one is None, one or "told apart by their addresses")
    for failure in failing:
        yield Check("work by the clock", False, f"{failure['what']} fails since {failure['since']}: {failure['why']}")
    if not failing:
        yield Check("work by the clock", True, "done")


def owner(path: Path) -> Check:
    """Whether what says who runs this Allié can be used."""
    problem = unusable(path)
    return Check(OWNER_FILE, problem is None, problem or "nothing wrong")


def answers(data: Path, today: date) -> Check:
    """Whether all written answers can be read, the own ones too, and whether what they quote still holds."""
    try:
        library = Library.load(data / OWN_FOLDER)
        written = [answer for id in library.ids() if (answer := library.answer(id, DEFAULT_LANGUAGE)) is not None]
    except AnswerError as error:
        return Check("answers", False, f"one cannot be read ({error}): install this version again")
    except LawDataError:
        return Check("answers", False, "they wait for the law, which cannot be read")
    if library.problems:
        names = ", ".join(sorted(path.name for path in library.problems)[:3])
        return Check("answers", False, f"{len(library.problems)} of your own left out ({names}): allie answers check")
    remarks = {answer.id: list(ageing(answer, library, today)) for answer in written}
    over = [id for id, found in remarks.items() if any(remark.is_over for remark in found)]
    if over:
        finding = f"{len(over)} quote what has ended or is not known for today ({', '.join(over[:3])})"
        return Check("answers", False, f"{finding}: allie answers check")
    own = sum(answer.is_own for answer in written)
    soon = sum(1 for found in remarks.values() if found)
    finding = f"{len(written)}, {own} of them your own" if own else str(len(written))
    return Check("answers", True, f"{finding}; {soon} to look at soon: allie answers check" if soon else finding)


def missions(settings: Settings, today: date) -> Check:
    """How old the missions are."""
    if settings.database_url is None:
        if not (settings.data_dir / FILE).exists():
            return Check("missions", True, "none yet: those that ship with Allié are put in at the first start")
        try:
            with closing(_opened(settings.data_dir / FILE)) as connection:
                (sound,) = connection.execute("PRAGMA quick_check").fetchone()
        except sqlite3.Error as error:
            sound = str(error)
        if sound != "ok":
            return Check("missions", False, f"{FILE} is damaged ({sound}): {MEND}")
    try:
        with Catalogue(open_backend(settings.data_dir, settings.database_url)) as catalogue:
            fresh = catalogue.freshness()
    except Damaged as error:
        return Check("missions", False, f"damaged ({error.__cause__ or error}): {MEND}")
    except StoreError as error:
        return Check("missions", False, str(error))
    if settings.feed_key is None:
        return Check("missions", True, f"{fresh.missions}, no feed (ALLIE_FEED_KEY is not set)")
    if fresh.read_on is None:
        return Check("missions", False, "the feed was never read whole: see the log")
    age = (today - fresh.read_on).days
    return Check("missions", age <= STALE_AFTER and not fresh.failing, f"{fresh.missions}, read {age} days ago")
