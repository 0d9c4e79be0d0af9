"""What public services say today of a place, where they may be asked: asked once a talk, told in a line, and what is
missing when one does not answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.catalogue.live import LiveKind, LivePlace
from bot.catalogue.place import Place
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _, n_

__all__ = ["NAMES", "line", "live_near", "missing"]

NAMES: dict[LiveKind, Phrase] = {
    "blood": _("the blood service (EFS)"),
    "repair": _("repaircafe.org"),
    "emmaus": _("Emmaüs France"),
    "shelters": _("the SPA"),
    "associations": _("the national directory of companies and associations"),
    "town_hall": _("the directory of public services"),
}
"""Whom each is read from."""


async def live_near(talk: Talk, kind: LiveKind, place: Place, limit: int = 3) -> tuple[LivePlace, ...] | None:
    """The first few that a service tells of a place. None: not asked, or it did not answer (`missing` says so)."""
    if kind not in talk.catalogue.asks_live:
        return None

    async def asked(_effects: Any) -> list[dict[str, Any]] | None:
        found = await talk.catalogue.live_near(kind, place, talk.today)
        return None if found is None else [one.as_json() for one in found[:limit]]

    kept = await talk.once(f"live {kind} {place.key}", asked)
    return None if kept is None else tuple(LivePlace.from_json(one) for one in kept)


def missing(talk: Talk, kind: LiveKind) -> Phrase | None:
    """What to say when nothing was had of a service that may be asked; None where it may not be."""
    if kind not in talk.catalogue.asks_live:
        return None
    return _("I could not reach {service} just now.", service=NAMES[kind])


def line(place: LivePlace) -> Phrase:
    """A place in a line: its name, when, where, how far, how to reach it."""
    facts: list[Phrase | str] = []
    if place.day is not None:
        facts.append(_("on {day:date}", day=place.day))
    if place.hours:
        facts.append(place.hours)
    facts += [part for part in (place.address or place.city,) if part]
    if place.km is not None and place.km >= 1:
        facts.append(_("{km:number} km away", km=Decimal(round(place.km))))
    if place.left is not None:
        facts.append(n_("{count} place left", "{count} places left", place.left))
    if place.phone:
        facts.append(place.phone)
    if not facts:
        return _("• <b>{name}</b>", name=place.name)
    return _("• <b>{name}</b>: {facts:list}", name=place.name, facts=facts)
