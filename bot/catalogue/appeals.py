"""Appeals for gifts: what an association or a foundation collects for, near a place. They are read from files, or
published by talking and moderated as needs are (`needs.py`), and no search for missions finds them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from bot.catalogue.backend import Connection
from bot.catalogue.mission import Mission
from bot.catalogue.place import Place

__all__ = ["APPEALS", "Near", "near"]

APPEALS = "appeals"
"""How the names of their sources begin."""
FARTHEST_KM = 60.0

LISTED = (
    "SELECT body FROM mission WHERE state = 'active' AND source >= 'appeals' AND source < 'appealt' ORDER BY number"
)
PUBLISHED = "SELECT body FROM mission WHERE state = 'active' AND source = 'needs' ORDER BY number"


class Near(NamedTuple):
    """An appeal, and how far its place is in kilometres; None for the whole country or a whole territory."""

    appeal: Mission
    km: float | None


def near(connection: Connection, place: Place, causes: Sequence[str], today: datetime.date, limit: int) -> list[Near]:
    """The appeals that are open near a place, for one of these causes where some are wanted: the nearest first, those
    of the whole country last."""
    found = []
    for statement in (PUBLISHED, LISTED):
        for (body,) in connection.execute(statement).fetchall():
            appeal = Mission.readable(body)
            if appeal is None or not appeal.is_appeal or appeal.is_over(today):
                continue
            if causes and not set(causes) & set(appeal.causes):
                continue
            if (one := _placed(appeal, place)) is not None:
                found.append(one)
    found.sort(key=lambda one: (one.appeal.everywhere, one.km if one.km is not None else FARTHEST_KM))
    return found[:limit]


def _placed(appeal: Mission, place: Place) -> Near | None:
    """The appeal with its distance, None where it is of another place."""
    point = appeal.nearest_site(place.lat, place.lon) if place.lat is not None and place.lon is not None else None
    covered = set(place.covers) or {place.departement}
    if place.level in ("commune", "arrondissement") and point is not None and point[0] <= FARTHEST_KM:
        return Near(appeal, point[0])
    if any(site.departement in covered for site in appeal.sites) or place.level == "country":
        return Near(appeal, None)
    return Near(appeal, None) if appeal.everywhere else None
