"""Who runs this Allié, as `allie.toml` in the data folder says: how a person reaches them.

The file is looked at again every few seconds, by its time of change and its size. One that cannot be used changes
nothing: what was read before stays, and the log and `allie doctor` name what is wrong.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import msgspec
import msgspec.structs
import msgspec.toml

__all__ = ["OWNER_FILE", "Owner", "OwnerFile", "unusable"]

log = logging.getLogger(__name__)

OWNER_FILE: Final = "allie.toml"
LOOK_EVERY: Final = 3.0
"""Seconds between two looks at the file."""
LARGEST: Final = 64_000
"""Bytes beyond which the file is not read: somebody put something else there."""

Line = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A text of one line."""


class Contact(msgspec.Struct, frozen=True):
    """The ways to reach those who run this Allié, as they wrote them."""

    mail: Line = ""
    telephone: Line = ""
    hours: Line = ""
    address: Line = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (way.strip() for way in msgspec.structs.astuple(self))))


class Owner(msgspec.Struct, frozen=True):
    """What `allie.toml` may say."""

    contact: Contact = Contact()


class OwnerFile:
    """The file of a data folder. `contact` is what it says now, or said when it could last be used."""

    def __init__(self, folder: Path, otherwise: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`otherwise` is the contact where the file gives none."""
        self._path = folder / OWNER_FILE
        self._otherwise = otherwise
        self._clock = clock
        self._owner = Owner()
        self._stamp: tuple[int, int] | None = None
        self._looked = float("-inf")

    def contact(self) -> str:
        """How to reach those who run this Allié, in one line; empty where nobody said. Looks at the file at times."""
        now = self._clock()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            self._refresh()
        return str(self._owner.contact) or self._otherwise

    def _refresh(self) -> None:
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._owner, unknown = _read(self._path)
        except (OSError, ValueError) as error:
            log.warning("%s is left as it was before: %s", OWNER_FILE, error)
        else:
            if unknown:
                log.warning("%s has keys that say nothing: %s", OWNER_FILE, ", ".join(unknown))


def unusable(folder: Path) -> str | None:
    """What is wrong with the file of this folder, in one sentence; None when it is fine or not there."""
    try:
        _owner, unknown = _read(folder / OWNER_FILE)
    except (OSError, ValueError) as error:
        return f"cannot be used: {error}"
    return f"has keys that say nothing: {', '.join(unknown)}" if unknown else None


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def _read(path: Path) -> tuple[Owner, list[str]]:
    """What the file says, and its keys that nothing reads. A file that is not there says nothing.

    Raises OSError, or ValueError that names the key, when it cannot be used.
    """
    try:
        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Owner(), []
    if len(source) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST} bytes")
    try:
        raw = msgspec.toml.decode(source.decode("utf-8-sig"))
        owner = msgspec.convert(raw, Owner)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None
    unknown = [key for key in raw if key not in Owner.__struct_fields__]
    unknown += [f"contact.{key}" for key in raw.get("contact", {}) if key not in Contact.__struct_fields__]
    return owner, unknown
