"""What a mission is found by, as words of the full-text index: stems, causes, conditions, squares of the map.

Squares come in three sizes, so that any radius is a few words. The index narrows; the exact distance and dates are then
checked on what is left.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Collection
from functools import lru_cache

from bot.catalogue.backend import Entry
from bot.catalogue.folding import stems
from bot.catalogue.mission import Mission
from bot.catalogue.networks import METROPOLE
from bot.catalogue.schedule import when_mask
from bot.catalogue.synonyms import Synonyms

__all__ = [
    "ANYWHERE",
    "EVERYWHERE",
    "cause_word",
    "covered_word",
    "covering",
    "entry",
    "facets",
    "points",
    "squares",
    "territory_word",
    "twin",
    "words",
]

SIZES = (("s", 20), ("m", 4), ("l", 1))  # squares to a degree: about 5, 25 and 110 km
ANYWHERE = "xremote"
EVERYWHERE = "xeverywhere"
MINORS = "xminors"
STEP_FREE = "xstepfree"


def cause_word(cause: str) -> str:
    return "c" + cause.replace("_", "")


def territory_word(departement: str) -> str:
    return "d" + departement.lower()


def covered_word(territory: str) -> str:
    return "v" + territory.lower()


def covering(departements: Collection[str]) -> tuple[str, ...]:
    """The words of what may be in these départements without being known to be in any one town of them."""
    found = [covered_word(code) for code in departements]
    if any(len(code) == 2 for code in departements):
        found.append(covered_word(METROPOLE))
    return (EVERYWHERE, *found)


@lru_cache(maxsize=4_096)
def squares(lat: float, lon: float, radius_km: float) -> tuple[str, ...]:
    """The squares that a circle touches, in the smallest size that keeps them under 25, or in the largest."""
    down = radius_km / 111.0
    right = radius_km / (111.0 * max(0.2, math.cos(math.radians(lat))))
    found: tuple[str, ...] = ()
    for letter, per_degree in SIZES:
        rows = range(math.floor((lat - down) * per_degree), math.floor((lat + down) * per_degree) + 1)
        columns = range(math.floor((lon - right) * per_degree), math.floor((lon + right) * per_degree) + 1)
        if len(rows) * len(columns) <= 24 or per_degree == SIZES[-1][1]:
            found = tuple(_square(letter, row, column, per_degree) for row in rows for column in columns)
            break
    return found


def _square(letter: str, row: int, column: int, per_degree: int) -> str:
    return f"{letter}{row + 90 * per_degree}x{column + 180 * per_degree}"


def facets(mission: Mission) -> str:
    found = [cause_word(cause) for cause in mission.causes]
    for site in mission.sites:
        if site.departement:
            found.append(territory_word(site.departement))
        if site.lat is not None and site.lon is not None:
            found += [
                _square(letter, math.floor(site.lat * size), math.floor(site.lon * size), size)
                for letter, size in SIZES
            ]
    if mission.coverage and mission.everywhere:
        found += [covered_word(territory) for territory in mission.coverage]
    elif mission.everywhere or mission.remote == "near_home":
        found.append(EVERYWHERE)
    if mission.remote in ("full", "partly"):
        found.append(ANYWHERE if mission.remote == "full" else "xpartly")
    if mission.minors:
        found.append(MINORS)
    if mission.step_free:
        found.append(STEP_FREE)
    return " ".join(dict.fromkeys(found))


def words(mission: Mission, synonyms: Synonyms) -> tuple[str, str]:
    """Stems of what weighs most (title, organisation) and of the rest."""
    cities = " ".join(dict.fromkeys(site.city for site in mission.sites))
    title = f"{mission.title} {mission.organisation} {mission.title_en}"
    body = f"{mission.words} {mission.text} {mission.schedule} {cities} {mission.text_en}"
    return synonyms.indexed(title), synonyms.indexed(body)


def entry(number: int, mission: Mission, synonyms: Synonyms) -> Entry:
    """All that a mission is found by."""
    return Entry(number, *words(mission, synonyms), facets(mission))


def points(mission: Mission) -> str:
    return " ".join(
        f"{site.lat:.4f},{site.lon:.4f}" for site in mission.sites if site.lat is not None and site.lon is not None
    )


def mask(mission: Mission) -> int:
    return when_mask(mission.when)


def twin(mission: Mission) -> int:
    """The same for two missions that a person could not tell apart."""
    first = mission.sites[0].city if mission.sites else ""
    return zlib.crc32(" ".join(stems(f"{mission.title} {mission.organisation} {first}")).encode())
