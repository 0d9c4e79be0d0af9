"""The catalogue of this process, for the topics that search it.

`use` says which data folder it is in, once, when the process starts. Without it, a catalogue of the evergreen missions
alone is made in a temporary folder: enough for tests and for looking around.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places

__all__ = ["catalogue", "forget", "use"]

_current: Catalogue | None = None


def use(folder: Path, *, places: Places | None = None, organisations: Organisations | None = None) -> Catalogue:
    """Search in the catalogue of `folder` from now on. Names that were read already need not be read twice."""
    global _current
    if _current is not None:
        _current.close()
    _current = Catalogue(folder, places=places, organisations=organisations)
    return _current


def catalogue() -> Catalogue:
    """The catalogue of this process. Opening it makes its file where there is none."""
    if _current is not None:
        return _current
    folder = Path(tempfile.mkdtemp(prefix="allie-catalogue-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(forget)  # run before the other: the last registered comes first
    return use(folder)


def forget() -> None:
    """Close the catalogue of this process; the next one asked for is that of `use`, or a new temporary one."""
    global _current
    if _current is not None:
        _current.close()
    _current = None
