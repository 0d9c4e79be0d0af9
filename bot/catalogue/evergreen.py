"""The missions that ship with Allié: what national organisations need all year round, all over France.

They were written from public facts, and link to the organisation's own page where one was seen, so that a new
installation helps someone anywhere at once. Where each may be, from what age and how often comes from the table of
networks. They are put into the catalogue when it is made, and again when their files change.
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.catalogue.backend import Connection
from bot.catalogue.live_searches import named_search
from bot.catalogue.mission import EVERGREEN, Mission, Refusal
from bot.catalogue.networks import Network, Networks
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places
from bot.catalogue.synonyms import Synonyms

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["read", "refresh"]

THERE = "SELECT number, id FROM mission WHERE source = 'evergreen' AND state = 'active'"
NOTED = "SELECT value FROM note WHERE key = 'evergreen'"
TABLES = ("organisations.csv", "networks.csv", "areas.toml")
"""What the missions are completed from."""
ADULT = 18
"""Years of age from which nobody is asked for their parents' leave."""


def read(data: Path, places: Places, organisations: Organisations, synonyms: Synonyms) -> Iterator[Mission | Refusal]:
    """The shipped missions. A refusal among them is a mistake in a file of ours, and a test's business."""
    # Read once in the life of an installation: other starts should not pay for these.
    from bot.catalogue.cleaning import SiteReader
    from bot.catalogue.own_format import OwnFormat

    networks = Networks(data)
    reader = OwnFormat(EVERGREEN, SiteReader(places), organisations, synonyms, kind=EVERGREEN)
    for path in sorted((data / "missions").glob("*.toml")):
        for record in tomllib.loads(path.read_text("utf-8"))["mission"]:
            network = networks.by_id(record.get("network", "") or record.get("organisation", ""))
            mission = reader.read(_completed(record, network, organisations))
            yield _with_network(mission, network, record) if isinstance(mission, Mission) else mission


def _completed(record: Mapping[str, Any], network: Network | None, organisations: Organisations) -> dict[str, Any]:
    """The name and the address come from the organisation or the network, unless the record has its own."""
    known = organisations.by_id(record.get("organisation", "") or record.get("network", ""))
    values = dict(record)
    if known is not None:
        values |= {"organisation": known.short, "organisation_id": known.id}
        values.setdefault("causes", list(known.causes))
    if network is not None:
        values["organisation"] = known.short if known is not None else network.short
        values.setdefault("causes", list(network.causes))
    pages = (
        network.join if network is not None else "",
        *((known.volunteer_url, known.site) if known is not None else ()),
        network.page if network is not None else "",
    )
    values.setdefault("url", next((page for page in pages if page), "") or named_search(values.get("organisation", "")))
    values.setdefault("everywhere", record.get("remote", "no") != "full")
    return values


def _with_network(mission: Mission, network: Network | None, record: Mapping[str, Any]) -> Mission:
    """The mission with what its network is known by; what the record says itself stands."""
    if network is None:
        return mission
    min_age = record.get("min_age", network.min_age)
    one_off = "ponctuel" in mission.schedule.lower() or bool(mission.season) or (network.frequency == "once") or None
    minors = mission.minors
    if minors is None and min_age is not None and min_age < ADULT:
        minors = True
    return replace(
        mission,
        coverage=network.where if mission.everywhere else (),
        presence=network.presence if mission.everywhere else "",
        finder=network.finder if mission.everywhere else "",
        network=network.id,
        min_age=None if mission.minors and "min_age" not in record else min_age,
        minors=minors,
        training=network.training,
        one_off=one_off,
    )


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
    tables = (data / name for name in TABLES)
    for path in (*sorted((data / "missions").glob("*.toml")), *(table for table in tables if table.exists())):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _noted(connection: Connection) -> str | None:
    row = connection.execute(NOTED).fetchone()
    return row[0] if row else None
