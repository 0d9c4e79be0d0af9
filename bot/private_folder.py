"""The data folder and all that is in it are for its owner alone, whoever made them and however wide.

A process that opens the folder narrows what is its own and makes nothing wide afterwards.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from bot.errors import StoreError

__all__ = ["private_folder"]

OTHERS = 0o077


def private_folder(folder: Path) -> None:
    """Make the folder, or close it to other accounts. Raises `StoreError` where it is open and belongs to another.

    Killed in between: some files are still open to others; the next start closes them.
    """
    os.umask(OTHERS)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
    except OSError as error:
        raise StoreError(f"{folder} cannot be used: {error.strerror}.") from error
    if found.st_mode & OTHERS:
        try:
            if found.st_uid != os.geteuid():
                raise PermissionError
            folder.chmod(0o700)
        except OSError:
            raise StoreError(
                f"{folder} is open to other accounts of this machine and belongs to another: chmod 700 it, or set "
                "ALLIE_DATA_DIR to another folder."
            ) from None
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            with contextlib.suppress(OSError):  # not ours, or gone in the meantime; nobody else can get here
                _close(Path(parent, name))


def _close(path: Path) -> None:
    found = path.lstat()
    if found.st_mode & OTHERS and not stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid():
        path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
