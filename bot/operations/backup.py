"""A copy of all that a data folder keeps, made while Allié serves, and put back into an empty folder.

The copy is one file: an archive of the databases as they were at one moment each, and a list of what it holds with a
sum of each, so that what is put back is what was kept. It holds what people told Allié: it is made for its owner alone.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from sqlite_utils import Database

from bot.private_folder import private_folder
from bot.store.schema import MIGRATIONS, migrations

__all__ = ["BackupFailed", "Copied", "back_up", "restore", "unfinished"]

DATABASES = ("allie.sqlite3", "catalogue.sqlite3")
LIST = "list.json"
CHUNK = 1 << 20


class BackupFailed(Exception):
    """It was not done; the message says why and what to do. What was there before is as it was."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    made: datetime
    by: str
    people: int
    bytes: int


def back_up(folder: Path, target: Path | IO[bytes]) -> Copied:
    """Copy the databases of `folder` to a new file, or to a stream. Killed before the end, no such file is there."""
    if not (folder / DATABASES[0]).exists():
        raise BackupFailed(f"There are no conversations in {folder}: is ALLIE_DATA_DIR the one that Allié serves from?")
    with _scratch(folder, "backup") as scratch:
        try:
            for name in DATABASES:
                if (folder / name).exists():
                    _copy_database(folder / name, scratch / name)
        except sqlite3.Error as error:
            raise BackupFailed(f"The database cannot be copied ({error}): see `allie doctor`.") from None
        try:
            if isinstance(target, Path):
                return _write_file(scratch, target)
            return _write(scratch, target)
        except OSError as error:
            raise BackupFailed(f"The copy cannot be written: {error.strerror}.") from None


def _copy_database(source: Path, target: Path) -> None:
    """As it is at one moment; turns go on meanwhile."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.execute("PRAGMA busy_timeout = 10000")
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        _check(there, source.name)


def _check(database: sqlite3.Connection, name: str) -> None:
    (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise BackupFailed(f"{name} is damaged ({verdict}): restore the last good copy.")


def _write_file(scratch: Path, target: Path) -> Copied:
    with unfinished(target) as path, path.open("wb") as file:
        copied = _write(scratch, file)
        file.flush()
        os.fsync(file.fileno())
    return copied


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A file beside `target`, for its owner alone, which becomes it at the end. Killed before, there is no `target`.

    Raises `BackupFailed` where there is one already, or where another copy to it is being made.
    """
    if target.exists():
        raise BackupFailed(f"{target} is there already: give another name.")
    if not target.parent.is_dir():
        raise BackupFailed(f"There is no folder {target.parent}.")
    path = target.with_name(f".{target.name}.unfinished")
    held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(held) or not _is_at(path, held):
            raise BackupFailed(f"Another copy to {target} is being made: wait for it, or give another name.")
        os.ftruncate(held, 0)
        try:
            yield path
            if target.exists():
                raise BackupFailed(f"{target} is there already: give another name.")
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        path.rename(target)
    finally:
        os.close(held)


def _lock(held: int) -> bool:
    """Hold an open file or folder for this process alone, until it is closed. False if another has it."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, held: int) -> bool:
    """Whether the path still leads to what was opened there."""
    try:
        return os.path.samestat(path.stat(), os.fstat(held))
    except FileNotFoundError:
        return False


def _write(scratch: Path, target: IO[bytes]) -> Copied:
    made, names = datetime.now(UTC), [name for name in DATABASES if (scratch / name).exists()]
    sizes = {name: (scratch / name).stat().st_size for name in names}
    files = {name: {"bytes": sizes[name], "sha256": _sum(scratch / name)} for name in names}
    with closing(sqlite3.connect(scratch / DATABASES[0])) as database:
        (people,) = database.execute("SELECT count(*) FROM conversation").fetchone()
    contents = {"allie": version("allie"), "made": made.isoformat(), "people": people, "files": files}
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        body = json.dumps(contents, indent=1).encode()
        entry = tarfile.TarInfo(LIST)
        entry.size, entry.mode, entry.mtime = len(body), 0o600, int(made.timestamp())
        archive.addfile(entry, BytesIO(body))
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = sizes[name], 0o600, int(made.timestamp())
            with (scratch / name).open("rb") as file:
                archive.addfile(entry, file)
    return Copied(made, contents["allie"], people, sum(sizes.values()))


def restore(source: Path, folder: Path) -> Copied:
    """Put a copy back into a folder where there are no conversations. Killed before the end, there are still none."""
    try:
        private_folder(folder)
        with _alone(folder), _scratch(folder, "restore") as scratch:
            if there := [name for name in DATABASES if (folder / name).exists()]:
                raise BackupFailed(f"{folder} holds {there[0]} already: restore into an empty folder (ALLIE_DATA_DIR).")
            contents = _unpack(source, scratch)
            for name in contents["files"]:
                with closing(sqlite3.connect(scratch / name)) as database:
                    _check(database, name)
                    if name == DATABASES[0]:
                        _check_not_newer(database)
            for name in reversed(DATABASES):  # the conversations last: with them it is all there
                if name in contents["files"]:
                    (scratch / name).rename(folder / name)
            _sync(folder)
    except (OSError, EOFError, tarfile.TarError, sqlite3.Error) as error:
        raise BackupFailed(f"{source} cannot be restored ({type(error).__name__}): {error}.") from None
    return Copied(
        datetime.fromisoformat(contents["made"]),
        contents["allie"],
        contents["people"],
        sum(file["bytes"] for file in contents["files"].values()),
    )


def _unpack(source: Path, scratch: Path) -> dict[str, Any]:
    """The files that the list names, each with the sum it had, and the list."""
    with tarfile.open(source, "r|gz") as archive:
        entries = iter(archive)
        first = next(entries, None)
        body = archive.extractfile(first) if first is not None and first.name == LIST and first.isreg() else None
        try:
            contents: dict[str, Any] = json.loads(body.read()) if body else {}
            files = {name: str(one["sha256"]) for name, one in contents["files"].items()}
            datetime.fromisoformat(contents["made"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupFailed(f"{source} is not a copy that `allie backup` made.") from None
        for entry in entries:
            if entry.name not in DATABASES or entry.name not in files or not entry.isreg():
                raise BackupFailed(f"{source} holds {entry.name!r}, which `allie backup` never writes.")
            path = scratch / entry.name
            content = archive.extractfile(entry)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                if content is not None:
                    shutil.copyfileobj(content, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
    for name, wanted in files.items():
        if not (scratch / name).exists() or _sum(scratch / name) != wanted:
            raise BackupFailed(f"{source} is damaged: {name} is not what was kept. Take another copy.")
    return contents


def _check_not_newer(database: sqlite3.Connection) -> None:
    if not {migration.name for migration in migrations.applied(Database(database))} <= set(MIGRATIONS):
        raise BackupFailed("The copy was made by a newer Allié: install that version, then restore.")


@contextmanager
def _scratch(folder: Path, name: str) -> Iterator[Path]:
    """A private folder beside the databases, gone at the end; so is what one that was killed has left. That of another
    at work, who holds it, is left alone."""
    for left in folder.glob(f".{name}-*"):
        with suppress(OSError):
            held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                if _lock(held):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)
    try:
        path, held = _new_scratch(folder, name)
    except OSError as error:
        raise BackupFailed(f"{folder} cannot be written: {error.strerror}.") from None
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(held)


def _new_scratch(folder: Path, name: str) -> tuple[Path, int]:
    """A new one, held. Another that begins at this very moment may have taken it for one that was left."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder))
        with suppress(FileNotFoundError):
            held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            if _lock(held) and _is_at(path, held):
                return path, held
            os.close(held)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no Allié serves from the folder, and none can begin."""
    lock = os.open(folder / "allie.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _lock(lock):
            raise BackupFailed(f"Allié is serving from {folder}: stop it first, or restore elsewhere.")
        yield
    finally:
        os.close(lock)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
