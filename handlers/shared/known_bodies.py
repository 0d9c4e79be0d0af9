"""The bodies of the catalogue, by the names people give them."""

from __future__ import annotations

from functools import lru_cache

from bot.catalogue.known import known_organisations
from bot.catalogue.organisations import Organisation

__all__ = ["called", "known_body"]

BODIES = known_organisations()


@lru_cache(maxsize=256)
def known_body(name: str) -> Organisation | None:
    """The body of the catalogue that this name surely means."""
    found = BODIES.find(name) if name else []
    return found[0].organisation if found and found[0].sure else None


def called(name: str) -> str:
    """A body as people call it if it is known, else as it was typed."""
    body = known_body(name)
    return name if body is None else body.short
