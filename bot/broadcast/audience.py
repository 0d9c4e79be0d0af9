"""To whom a broadcast goes: of those who agreed, by what they agreed to, where, and in which language they talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.catalogue.known import gazetteer
from bot.catalogue.place import Place
from bot.conversation_id import channel_of
from bot.dialogue.news import ALL, SUBJECTS
from bot.i18n import DEFAULT_LANGUAGE
from bot.store.broadcasts import Agreed

__all__ = ["Audience", "BadAudience", "Count", "place_named"]


class BadAudience(Exception):
    """Nobody can be meant by this; the message says why."""


@dataclass(frozen=True, slots=True)
class Audience:
    """`subject` empty: whatever they agreed to. `places`: keys of the gazetteer; empty: anywhere."""

    languages: tuple[str, ...]
    subject: str = ""
    places: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"languages": list(self.languages), "subject": self.subject, "places": list(self.places)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Audience:
        """Raises `BadAudience`."""
        languages, subject, places = data.get("languages"), data.get("subject", ""), data.get("places", [])
        if not isinstance(languages, list) or not isinstance(places, list):
            raise BadAudience("The languages and the places are lists.")
        if not isinstance(subject, str) or (subject and subject not in SUBJECTS):
            raise BadAudience(f"There is no subject {subject!r}. There are: {', '.join(SUBJECTS)}.")
        for key in places:
            if not isinstance(key, str) or gazetteer().by_code(key) is None:
                raise BadAudience(f"There is no place {key!r}.")
        return cls(tuple(map(str, languages)), subject, tuple(places))

    def takes(self, one: Agreed) -> bool:
        """Whether this person is meant."""
        if language_of(one) not in self.languages:
            return False
        if self.subject and one.consent.get("subject") not in (ALL, self.subject):
            return False
        if not self.places:
            return True
        theirs = _place(one)
        wanted = (gazetteer().by_code(key) for key in self.places)
        return theirs is not None and any(place is not None and _is_within(theirs, place) for place in wanted)


@dataclass(slots=True)
class Count:
    """How many there are, in all and by channel, language and département."""

    people: int = 0
    channels: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def add(self, one: Agreed) -> None:
        self.people += 1
        place = _place(one)
        for counts, name in (
            (self.channels, channel_of(one.chat)),
            (self.languages, language_of(one)),
            (self.places, (place.departement or place.label) if place else ""),
        ):
            counts[name] = counts.get(name, 0) + 1

    def as_json(self) -> dict[str, Any]:
        def most_first(counts: dict[str, int]) -> dict[str, int]:
            return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

        return {
            "people": self.people,
            "channels": most_first(self.channels),
            "languages": most_first(self.languages),
            "places": most_first(self.places),
        }


def language_of(one: Agreed) -> str:
    """The language in which the person talks with Allié now."""
    return str(one.session.get("language") or DEFAULT_LANGUAGE)


def place_named(text: str) -> str:
    """The key of the place an operator names. Raises `BadAudience` when there is none, or several."""
    places = list(gazetteer().find(text))
    if not places:
        raise BadAudience(f"There is no place {text!r}: a town, a département or a region, please.")
    if len(places) > 1:
        raise BadAudience(f"{text!r} may be {_listed(place.label for place in places[:6])}: say which, or its number.")
    return places[0].key


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _place(one: Agreed) -> Place | None:
    key = one.consent.get("place")
    return gazetteer().by_code(key) if isinstance(key, str) and key else None


def _is_within(place: Place, wider: Place) -> bool:
    if place.key == wider.key or wider.level == "country":
        return True
    if wider.level in ("commune", "arrondissement"):
        is_part = place.level == "arrondissement" and place.departement == wider.departement
        return is_part and place.name.startswith(f"{wider.name} ")
    return bool(_departements(place)) and _departements(place) <= _departements(wider)


def _departements(place: Place) -> set[str]:
    if place.covers:
        return set(place.covers)
    return {place.code} if place.level == "departement" else {place.departement} - {""}
