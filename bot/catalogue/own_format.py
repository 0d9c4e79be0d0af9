"""Missions in our own format: one JSON object or one CSV line each, with the names of docs/catalogue.md.

Associations write these files by hand, so French column names are understood too. A record that cannot serve is refused
alone, with the reason.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.catalogue.causes import CAUSES
from bot.catalogue.cleaning import (
    SiteReader,
    clean_line,
    clean_link,
    clean_text,
    read_clock,
    read_date,
    read_moment,
    whole_number,
    yes_no,
)
from bot.catalogue.folding import fold
from bot.catalogue.mission import EVERGREEN, Kind, Mission, Refusal, Remote, Site
from bot.catalogue.organisations import Organisations
from bot.catalogue.public_words import without_addresses
from bot.catalogue.schedule import DAYS, PARTS, read_when
from bot.catalogue.seasons import SEASON
from bot.catalogue.synonyms import Synonyms

__all__ = ["OwnFormat"]

NAMES = {
    "titre": "title",
    "intitule": "title",
    "association": "organisation",
    "organisme": "organisation",
    "organization": "organisation",
    "description": "text",
    "texte": "text",
    "lien": "url",
    "link": "url",
    "site": "url",
    "cause": "causes",
    "ville": "city",
    "commune": "city",
    "code postal": "postcode",
    "cp": "postcode",
    "zip": "postcode",
    "dep": "departement",
    "latitude": "lat",
    "longitude": "lon",
    "lng": "lon",
    "a distance": "remote",
    "debut": "starts",
    "date debut": "starts",
    "du": "starts",
    "start": "starts",
    "fin": "ends",
    "date fin": "ends",
    "au": "ends",
    "end": "ends",
    "saison": "season",
    "horaires": "schedule",
    "horaire": "schedule",
    "mineurs": "minors",
    "accessible": "step_free",
    "acces pmr": "step_free",
    "pmr": "step_free",
    "step free": "step_free",
    "nombre de places": "places",
    "places restantes": "places",
    "partout": "everywhere",
    "identifiant": "id",
    "mots": "words",
    "mis a jour": "updated",
    "title en": "title_en",
    "schedule en": "schedule_en",
    "text en": "text_en",
    "organisation id": "organisation_id",
}
REMOTE: dict[str, Remote] = {
    "full": "full",
    "oui": "full",
    "yes": "full",
    "true": "full",
    "1": "full",
    "a distance": "full",
    "possible": "partly",
    "partly": "partly",
    "en partie": "partly",
    "local": "near_home",
    "near home": "near_home",
    "pres de chez soi": "near_home",
}
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
MONSTER = 100_000  # characters of one record


class OwnFormat:
    """Reads records of our format. `source` prefixes their ids and is what `stats` counts by."""

    def __init__(
        self, source: str, sites: SiteReader, organisations: Organisations, synonyms: Synonyms, *, kind: Kind = "feed"
    ) -> None:
        self.source = source
        self._sites = sites
        self._organisations = organisations
        self._synonyms = synonyms
        self._kind = kind

    def read(self, record: object) -> Mission | Refusal:
        """A mission, or why there is none. Never raises."""
        if not isinstance(record, Mapping):
            return Refusal(self.source, "", "not an object", clean_line(str(record)[:80]))
        values = {_name(key): value for key, value in record.items() if isinstance(key, str)}
        external = clean_line(values.get("id"), 120) if not isinstance(values.get("id"), int) else str(values["id"])
        excerpt = clean_line(values.get("title"), 80)

        def refused(reason: str) -> Refusal:
            return Refusal(self.source, external, reason, excerpt)

        if sum(len(value) for value in values.values() if isinstance(value, str)) > MONSTER:
            return refused("longer than 100,000 characters")
        title, organisation = _public(values.get("title"), 200), clean_line(values.get("organisation"), 120)
        if len(title) < 3:
            return refused("no title")
        if not organisation:
            return refused("no organisation")
        url = clean_link(values.get("url"))
        if not url:
            return refused("no web address to join by")
        starts, ends = read_date(values.get("starts")), read_date(values.get("ends"))
        for name, day in (("starts", starts), ("ends", ends)):
            if values.get(name) not in (None, "") and day is None:
                return refused(f"{name} is not a date")
        if starts and ends and ends < starts:
            return refused("it ends before it starts")
        remote = _remote(values.get("remote"))
        everywhere = yes_no(values.get("everywhere")) is True
        sites = self._read_sites(values)
        if not sites and not everywhere and remote in ("no", "partly"):
            return refused("no place in France, and not at a distance")
        text, words = without_addresses(clean_text(values.get("text"))), clean_line(values.get("words"), 500)
        causes = tuple(cause for cause in _listed(values.get("causes")) if cause in CAUSES)
        schedule = _public(values.get("schedule"), 160)
        when, flexible = read_when(f"{schedule} {title}")
        stated = tuple(name for name in _listed(values.get("when")) if name in (*DAYS, *PARTS))
        source, external = self._origin(values.get("source"), external)
        return Mission(
            id=f"{source}:{external or _fingerprint(title, organisation, str(sites), str(starts))}",
            source=source,
            title=title,
            organisation=organisation,
            url=url,
            kind=self._kind,
            text=text,
            title_en=_public(values.get("title_en"), 200),
            text_en=without_addresses(clean_text(values.get("text_en"))),
            organisation_id=self._organisation_id(values.get("organisation_id"), organisation),
            causes=causes or self._synonyms.causes((title, title, words, text[:600]))[:2] or ("other",),
            words=words,
            sites=sites,
            everywhere=everywhere,
            remote=remote,
            starts=starts,
            ends=ends,
            opens=read_clock(values.get("opens")),
            closes=read_clock(values.get("closes")),
            schedule=schedule,
            schedule_en=_public(values.get("schedule_en"), 160),
            when=stated or when,
            flexible=yes_no(values.get("flexible")) is True or flexible,
            season=season if SEASON.fullmatch(season := clean_line(values.get("season"), 11)) else "",
            minors=yes_no(values.get("minors")),
            step_free=yes_no(values.get("step_free")),
            places=whole_number(values.get("places")),
            publisher=clean_line(values.get("publisher"), 120),
            updated=read_moment(values.get("updated")),
        )

    def _origin(self, source: Any, external: str) -> tuple[str, str]:
        """What `export` wrote goes back to where it came from; anything else belongs to this file."""
        is_named = isinstance(source, str) and source != EVERGREEN and SOURCE.fullmatch(source) is not None
        if is_named and external.startswith(f"{source}:"):
            return source, external.partition(":")[2]
        return self.source, external

    def _read_sites(self, values: Mapping[str, Any]) -> tuple[Site, ...]:
        listed = values.get("sites")
        records = listed[:50] if isinstance(listed, (list, tuple)) else [values]
        sites = []
        for record in records:
            if isinstance(record, Mapping):
                site = self._sites.read(
                    city=record.get("city"),
                    postcode=record.get("postcode"),
                    departement=record.get("departement"),
                    lat=record.get("lat"),
                    lon=record.get("lon"),
                )
                if site is not None:
                    sites.append(site)
        return tuple(dict.fromkeys(sites))

    def _organisation_id(self, given: Any, name: str) -> str:
        if isinstance(given, str) and self._organisations.by_id(given):
            return given
        known = self._organisations.named(name)
        return known.id if known else ""


@functools.lru_cache(maxsize=1_024)
def _name(key: str) -> str:
    folded = fold(key)
    return NAMES.get(folded, folded.replace(" ", "_"))


def _public(value: Any, limit: int) -> str:
    """A line that everybody reads."""
    return without_addresses(clean_line(value, limit))


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,;|]", value) if part.strip()]
    return [part for part in value if isinstance(part, str)] if isinstance(value, (list, tuple)) else []


def _remote(value: Any) -> Remote:
    return REMOTE.get(fold(str(value)), "no") if value is not None else "no"


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
