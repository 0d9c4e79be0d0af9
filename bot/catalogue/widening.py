"""Nothing fits: one criterion gives way at a time, and which one is said.

What a person cannot change (their conditions, what they refuse) gives way last or never; what gives way first costs
them least. The words of the request never give way to a cause: what nothing says is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bot.catalogue.places import Places
from bot.catalogue.search import SCREEN, MissionSearch
from bot.catalogue.wish import MAX_RADIUS_KM, Results, Widened, Wish

__all__ = ["widen"]

MOST_TRIES = 12
DEPARTEMENT_KM = 60.0
"""A search that reaches farther has seen most of the département already."""


def widen(search: MissionSearch, places: Places, wish: Wish, *, today: datetime.date, limit: int) -> Results:
    """The results of the wish, or of the nearest wish that has some. At most a dozen searches are made."""
    found = search.run(wish, today=today, limit=limit)
    if found:
        return Results(wish, tuple(found), unmatched=search.unmatched(wish, found[:SCREEN]))
    nothing = Results(wish, unmatched=search.unmatched(wish, ()))
    steps = tuple(_steps(wish, has_words=bool(search.ideas(wish))))
    if not search.has_any(wish):  # then looking further or at another time is no use
        steps = tuple(step for step in steps if step == "cause")
    tried = 0
    for size in (1, 2, 3):
        for chosen in combinations(steps, size):
            tried += 1
            if tried > MOST_TRIES:
                return nothing
            wider = wish
            for step in chosen:
                wider = _without(wider, step, places)
            if matches := search.run(wider, today=today, limit=limit):
                return Results(wider, tuple(matches), chosen, search.unmatched(wider, matches[:SCREEN]))
    return nothing


def _steps(wish: Wish, *, has_words: bool) -> Iterator[Widened]:
    """What can give way in this wish, the cheapest first."""
    if wish.centre is not None and not wish.remote and wish.reach_km < MAX_RADIUS_KM:
        yield "distance"
    if wish.when:
        yield "when"
    if wish.place is not None and wish.place.departement and not wish.remote and wish.reach_km <= DEPARTEMENT_KM:
        yield "departement"
    if wish.causes and not has_words:
        yield "cause"


def _without(wish: Wish, step: Widened, places: Places) -> Wish:
    match step:
        case "distance":
            return replace(wish, radius_km=min(MAX_RADIUS_KM, max(50.0, wish.reach_km * 2.5)))
        case "departement":
            code = wish.place.departement if wish.place else ""
            return replace(wish, point=None, place=places.by_code(code, "departement"))
        case "when":
            return replace(wish, when=())
        case "cause":
            return replace(wish, causes=())
