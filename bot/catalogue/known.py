"""The names that ship with Allié, read once in a process: bodies and places. They never change while it runs."""

from __future__ import annotations

from functools import lru_cache

from bot.catalogue.organisations import Organisations
from bot.catalogue.places import Places

__all__ = ["gazetteer", "known_organisations"]


@lru_cache(maxsize=1)
def known_organisations() -> Organisations:
    """The organisations that Allié knows."""
    return Organisations()


@lru_cache(maxsize=1)
def gazetteer() -> Places:
    """The places of France."""
    return Places()
