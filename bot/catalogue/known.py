"""The names that ship with Allié, read once in a process: bodies, networks and places. They never change while it
runs."""

from __future__ import annotations

from functools import lru_cache

from bot.catalogue.networks import Networks
from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places

__all__ = ["gazetteer", "known_networks", "known_organisations"]


@lru_cache(maxsize=1)
def known_organisations() -> Organisations:
    """The organisations that Allié knows."""
    return Organisations()


@lru_cache(maxsize=1)
def known_networks() -> Networks:
    """The networks that take volunteers, and the local teams that public sources name."""
    return Networks()


@lru_cache(maxsize=1)
def gazetteer() -> Places:
    """The places of France."""
    return Places()
