"""The missions that ship with Allié: what national organisations need all year round, all over France.

They were written from public facts and link to the organisation's own page, so that a new installation helps someone
anywhere at once. They are put into the catalogue when it is made, and again when their files change.
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.catalogue.backend import Connection
from bot.catalogue.mission import EVERGREEN, Mission, Refusal
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.synonyms import Synonyms

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["read", "refresh"]

THERE = "SELECT number, id FROM mission WHERE source = 'evergreen' AND state = 'active'"
NOTED = "SELECT value FROM note WHERE key = 'evergreen'"


def read(data: Path, places: Places, organisations: Organisations, synonyms: Synonyms) -> Iterator[Mission | Refusal]:
    """The shipped missions. A refusal among them is a mistake in a file of ours, and a test's business."""
    # Read once in the life of an installation: other starts should not pay for these.
    from bot.catalogue.cleaning import SiteReader
    from bot.catalogue.own_format import OwnFormat

    reader = OwnFormat(EVERGREEN, SiteReader(places), organisations, synonyms, kind=EVERGREEN)
    for path in sorted((data / "missions").glob("*.toml")):
        for record in tomllib.loads(path.read_text("utf-8"))["mission"]:
            yield reader.read(_completed(record, organisations))


def _completed(record: Mapping[str, Any], organisations: Organisations) -> dict[str, Any]:
    """The name and the address come from the organisation, unless the record has its own."""
    known = organisations.by_id(record["organisation"])
    values = dict(record)
    if known is not None:
        values |= {"organisation": known.short, "organisation_id": known.id}
        values.setdefault("url", known.volunteer_url or known.site)
        values.setdefault("causes", list(known.causes))
    values.setdefault("everywhere", record.get("remote", "no") != "full")
    return values


def refresh(catalogue: Catalogue, data: Path, *, patience: float | None = None) -> None:
    """Put the shipped missions in, unless they are there already. Killed: done next time. Done by two processes at
    once: the second finds it done."""
    digest = _digest(data)
    with catalogue.backend.reading() as connection:
        if _noted(connection) == digest:
            return
    from bot.catalogue.writer import Record

    now = datetime.datetime.now(datetime.UTC)
    with catalogue.writer(patience=patience) as writer, writer.connection.transaction():
        if _noted(writer.connection) == digest:
            return
        found = read(data, catalogue.places, catalogue.organisations, catalogue.synonyms)
        missions = [one for one in found if isinstance(one, Mission)]
        kept = {mission.id for mission in missions}
        writer.put_all([Record(mission) for mission in missions], (), now=now, sweep=0)
        writer.withdraw([number for number, known in writer.connection.execute(THERE).fetchall() if known not in kept])
        writer.note("evergreen", digest)


def _digest(data: Path) -> str:
    whole = hashlib.blake2b(digest_size=12)
    for path in (*sorted((data / "missions").glob("*.toml")), data / "organisations.csv"):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _noted(connection: Connection) -> str | None:
    row = connection.execute(NOTED).fetchone()
    return row[0] if row else None
