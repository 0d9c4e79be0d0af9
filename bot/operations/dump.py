"""Copies of a PostgreSQL, made and put back by PostgreSQL's own programs: `pg_dump` and `pg_restore`.

They have to be as new as the server. Where they are not, what to run where they are is said instead.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.operations.backup import BackupFailed, unfinished

__all__ = ["dump", "put_back"]

DUMP = ("pg_dump", "--format=custom", "--no-owner", "--no-unlogged-table-data")
PUT_BACK = ("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction")


def dump(url: str, target: Path) -> None:
    """Copy the database to a new file, as it is at one moment, while processes serve from it."""
    try:
        with unfinished(target) as path:
            _run(url, [*DUMP, f"--file={path}"], said=f"--file={target}")
    except OSError as error:
        raise BackupFailed(f"The copy cannot be written: {error.strerror}.") from None


def put_back(source: Path, url: str) -> None:
    """Put a copy back into a database where there is nothing of Allié. Stopped before the end, there still is not."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute("SELECT to_regclass('conversation') IS NULL").fetchone()
    except psycopg.OperationalError as error:
        raise BackupFailed(f"The database does not answer: {str(error).strip().splitlines()[0]}.") from None
    if row is None or not row[0]:
        raise BackupFailed(
            "The database holds conversations already: restore into an empty one, without `allie migrate`."
        )
    _run(url, [*PUT_BACK, str(source)], said="")


def _run(url: str, command: list[str], *, said: str) -> None:
    """Run it on the database. The password goes by the environment: an argument is for everybody to see."""
    given = conninfo_to_dict(url)
    password = str(given.pop("password", "") or "")
    where = make_conninfo("", **given)
    program = shutil.which(command[0])
    if program is None:
        by_hand = shlex.join([*command[:-1], said or command[-1], f"--dbname={where}"])
        raise BackupFailed(f"{command[0]} is not installed here. Where it is, run: {by_hand}")
    done = subprocess.run(  # noqa: S603 - our own words, and a path and an address as single arguments
        [program, *command[1:], f"--dbname={where}"],
        env=os.environ | ({"PGPASSWORD": password} if password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = next((line for line in done.stderr.splitlines() if line.strip()), f"status {done.returncode}")
        raise BackupFailed(f"{command[0]} failed: {reason}")
