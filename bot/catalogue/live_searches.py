"""Public searches of missions, opened at a place, a cause and some words by a link.

Only labels of the tables are put into a link: an unknown one would find nothing. Whoever opens the link is on a public
site; nothing is fetched from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.catalogue.place import Place
from bot.phrase import Phrase, _

__all__ = ["DOMAINES", "LiveSearch", "live_searches"]

JEVEUXAIDER = "https://www.jeveuxaider.gouv.fr/missions-benevolat"
TROUVETAMISSION = "https://trouvetamission.gouv.fr/missions"
DOMAINES = {
    "solidarity": "social_solidarite",
    "elderly": "social_solidarite",
    "disability": "social_solidarite",
    "refugees": "social_solidarite",
    "human_rights": "social_solidarite",
    "education": "education_transmission",
    "digital": "education_transmission",
    "health": "sante_soins",
    "environment": "environnement_nature",
    "animals": "environnement_nature",
    "sport": "sport_animation",
    "culture": "culture_arts",
    "emergency": "securite_defense",
    "international": "international_humanitaire",
}
"""Our causes, as the second of the two sites calls them."""
WORDS = 60


@dataclass(frozen=True, slots=True)
class LiveSearch:
    """A search on a public site."""

    name: Phrase
    url: str


def live_searches(place: Place | None = None, causes: Sequence[str] = (), words: str = "") -> list[LiveSearch]:
    """One search of missions around a place by words, and one of its département by cause."""
    asked: dict[str, str] = {}
    if place is not None and place.lat is not None and place.lon is not None and place.level != "country":
        asked |= {"city": place.name, "aroundLatLng": f"{place.lat:.4f},{place.lon:.4f}"}
    if words:
        asked["search"] = words[:WORDS]
    found = [LiveSearch(_("Search on JeVeuxAider.gouv.fr"), _link(JEVEUXAIDER, asked))]
    filters = {"dispositif": "benevolat"}
    if place is not None and place.departement:
        filters["departmentCode"] = place.departement
    domaine = next((DOMAINES[cause] for cause in causes if cause in DOMAINES), "")
    if domaine:
        filters["domaine"] = domaine
    return [*found, LiveSearch(_("Search on TrouveTaMission.gouv.fr"), _link(TROUVETAMISSION, filters))]


def _link(page: str, asked: dict[str, str]) -> str:
    return f"{page}?{urlencode(asked, quote_via=quote)}" if asked else page
