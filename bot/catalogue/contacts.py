"""When nothing is found: people to call, who know what a search does not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalogue.place import Place
from bot.phrase import Phrase, _

__all__ = ["Contact", "contacts"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to: a name, what they do for you, and an address; empty when there is none to give."""

    name: Phrase
    about: Phrase
    url: str = ""


def contacts(place: Place | None = None) -> list[Contact]:
    """Whom to call in a place, the closest first."""
    town_hall = (
        _("Ask at the town hall of {city}: it knows the associations, and often has a house for them.", city=place.name)
        if place is not None and place.level == "commune"
        else _("Ask at your town hall: it knows the associations, and often has a house for them.")
    )
    return [
        Contact(_("Your town hall"), town_hall),
        Contact(
            _("France Bénévolat"),
            _("Volunteers who receive you, in many towns or online, and find a mission with you."),
            "https://www.francebenevolat.org",
        ),
        Contact(
            _("Guid’Asso"),
            _("The free network of advice for associations: it knows who is active near you."),
            "https://www.associations.gouv.fr",
        ),
        Contact(
            _("JeVeuxAider"),
            _("The public platform of volunteering, with missions in the whole country."),
            "https://www.jeveuxaider.gouv.fr",
        ),
    ]
