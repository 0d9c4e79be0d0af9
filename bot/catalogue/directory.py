"""The national directory of companies and associations (recherche-entreprises), asked only where a setting allows it.

It tells whether a body exists, its SIREN and RNA numbers, its town and whether it is still active; it says nothing of
tax receipts, and many small associations are not in it. What a person typed goes to that service, so it is off unless a
setting turns it on. Any trouble is "no answer", never an error for the person.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.catalogue.cleaning import clean_line
from bot.catalogue.folding import fold
from bot.settings import Settings

__all__ = ["Directory", "Registered", "directory_of"]

BASE = "https://recherche-entreprises.api.gouv.fr"
REMEMBERED = 500
FRESH = 86_400.0  # seconds
TIMEOUT = 1.5
"""Seconds. Whoever asked waits meanwhile, and what they write next waits two at most."""
LARGEST = 2 << 20
SIREN = re.compile(r"\d{9}")
RNA = re.compile(r"W\d{9}")


@dataclass(frozen=True, slots=True)
class Registered:
    """A body as the directory has it. `rna` is empty for what is not an association registered at a prefecture."""

    name: str
    siren: str
    rna: str
    city: str
    is_association: bool
    is_active: bool


def directory_of(settings: Settings) -> Directory | None:
    """The directory, where the settings allow it."""
    return Directory(base=settings.directory_url or BASE) if settings.directory else None


class Directory:
    """Asks the directory, with a short timeout; remembers answers for a day, keeps quiet after being told to wait."""

    def __init__(
        self, *, base: str = BASE, timeout: float = TIMEOUT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._base = base.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._clock = clock
        self._remembered: OrderedDict[str, tuple[float, tuple[Registered, ...]]] = OrderedDict()
        self._quiet_until = 0.0

    async def find(self, text: str) -> tuple[Registered, ...] | None:
        """The associations of this name, SIREN or RNA number, at most ten. None: no answer could be had."""
        query = clean_line(text, 120)
        key = fold(query)
        if len(key) < 3:
            return ()
        remembered = self._remembered.get(key)
        if remembered is not None and self._clock() - remembered[0] < FRESH:
            return remembered[1]
        if self._clock() < self._quiet_until:
            return None
        found = await self._ask(query)
        if found is not None:
            self._remembered[key] = (self._clock(), found)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    async def _ask(self, query: str) -> tuple[Registered, ...] | None:
        parameters = {"q": query, "est_association": "true", "per_page": "10", "minimal": "true"}
        parameters["include"] = "siege,complements"
        headers = {"User-Agent": "Allie (assistant for volunteers and donors)", "Accept": "application/json"}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout, headers=headers) as session,
                session.get(f"{self._base}/search", params=parameters, allow_redirects=False) as response,
            ):
                if response.status == 429:
                    wait = response.headers.get("Retry-After", "")
                    self._quiet_until = self._clock() + (float(wait) if wait.isascii() and wait.isdigit() else 10.0)
                    return None
                if response.status != 200:
                    return None
                body = await response.content.read(LARGEST)
                while not response.content.at_eof() and len(body) < LARGEST:
                    body += await response.content.read(LARGEST - len(body))
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None
        return _read(body)


def _read(body: bytes) -> tuple[Registered, ...] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        return None
    read = (_registered(result) for result in results[:10] if isinstance(result, Mapping))
    # a number is looked up whatever the filter says, so what is found may be a company
    return tuple(one for one in read if one is not None and one.is_association)


def _registered(record: Mapping[str, Any]) -> Registered | None:
    siren, name = record.get("siren"), clean_line(record.get("nom_complet"), 160)
    if not isinstance(siren, str) or not SIREN.fullmatch(siren) or not name:
        return None
    seat, more = record.get("siege"), record.get("complements")
    seat = seat if isinstance(seat, Mapping) else {}
    more = more if isinstance(more, Mapping) else {}
    rna = more.get("identifiant_association")
    return Registered(
        name=name,
        siren=siren,
        rna=rna if isinstance(rna, str) and RNA.fullmatch(rna) else "",
        city=clean_line(seat.get("libelle_commune"), 80),
        is_association=more.get("est_association") is True,
        is_active=record.get("etat_administratif") == "A",
    )
