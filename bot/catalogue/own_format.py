"""Missions in our own format: one JSON object or one CSV line each, with the names of docs/catalogue.md.

Associations write these files by hand: headings are read by what they mean (`headings.py`), days, places and ways to
join however they are written. A record that cannot serve is refused
alone, with the reason.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.catalogue.causes import CAUSES
from bot.catalogue.cleaning import (
    SiteReader,
    clean_line,
    clean_text,
    clean_way,
    read_clock,
    read_moment,
    whole_number,
    yes_no,
)
from bot.catalogue.dates import read_day, read_days
from bot.catalogue.folding import fold
from bot.catalogue.headings import field_of, is_total, names_something
from bot.catalogue.mission import APPEAL, EVERGREEN, Kind, Mission, Receipt, Refusal, Remote, Site
from bot.catalogue.organisations import Organisations
from bot.catalogue.public_words import without_addresses
from bot.catalogue.schedule import DAYS, PARTS, read_when
from bot.catalogue.seasons import SEASON
from bot.catalogue.synonyms import Synonyms

__all__ = ["OwnFormat", "has_identifier", "read_receipt"]

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
FULL = ("complet", "plus de place", "aucune", "full")
PLACES = re.compile(r"(\d{1,6})(?:[.,]0+)?(?: (?:places?|personnes?|benevoles?|postes?|people|volunteers?))?")
POSTCODE = re.compile(r"(?<!\d)(\d{5})(?!\d)[\s,-]*(.*)", re.DOTALL)
CEDEX = re.compile(r"\s+cedex(?:\s+\d+)?\s*$", re.IGNORECASE)
IN_BRACKETS = re.compile(r"(.*?)\s*\((\d{1,3}|2[AB])\)\s*", re.IGNORECASE)
RECEIPTS: tuple[tuple[Receipt, tuple[str, ...]], ...] = (
    ("none", ("non", "aucun", "pas de recu", "sans recu", "no", "none")),
    ("raised", ("75", "taux majore", "coluche", "raised")),
    ("ordinary", ("66", "oui", "taux ordinaire", "yes", "ordinary", "recu fiscal")),
)
"""How bodies state what receipts they issue; the first that is found holds."""
TO_BE_CONFIRMED = {"schedule": "dates à confirmer", "schedule_en": "dates to be confirmed"}
"""What is said of a mission whose days were given in a way that cannot be read."""
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
        values = _by_field(record)
        external = _identifier(values.get("id"))
        excerpt = clean_line(values.get("title"), 80)

        def refused(reason: str) -> Refusal:
            return Refusal(self.source, external, reason, excerpt)

        if sum(len(value) for value in values.values() if isinstance(value, str)) > MONSTER:
            return refused("longer than 100,000 characters")
        title, organisation = _public(values.get("title"), 200), _public(values.get("organisation"), 120)
        if is_total(title):
            return refused("a total, not a mission")
        if len(title) < 3:
            return refused("no title")
        if not organisation.strip(" …"):
            return refused("no organisation")
        url = next((way for name in WAYS if (way := clean_way(values.get(name)))), "")
        if not url:
            return refused("no web address, mail or telephone to join by")
        starts, ends, is_unsure = _days(values)
        remote = _remote(values.get("remote"))
        everywhere = yes_no(values.get("everywhere")) is True
        sites = self._read_sites(values)
        if not sites and not everywhere and remote in ("no", "partly"):
            return refused("no place in France, and not at a distance")
        text, words = without_addresses(clean_text(values.get("text")), but=url), clean_line(values.get("words"), 500)
        causes = tuple(cause for cause in _listed(values.get("causes")) if cause in CAUSES)
        schedule, schedule_en = _public(values.get("schedule"), 160), _public(values.get("schedule_en"), 160)
        if is_unsure:
            schedule_en = _noted(schedule_en or schedule, TO_BE_CONFIRMED["schedule_en"])
            schedule = _noted(schedule, TO_BE_CONFIRMED["schedule"])
        when, flexible = read_when(f"{schedule} {title}")
        stated = tuple(name for name in _listed(values.get("when")) if name in (*DAYS, *PARTS))
        source, external = self._origin(values.get("source"), external)
        return Mission(
            id=f"{source}:{external or _fingerprint(title, organisation, str(sites), str(starts))}",
            source=source,
            title=title,
            organisation=organisation,
            url=url,
            kind=APPEAL if values.get("kind") == APPEAL and self._kind != EVERGREEN else self._kind,
            text=text,
            title_en=_public(values.get("title_en"), 200),
            text_en=without_addresses(clean_text(values.get("text_en")), but=url),
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
            schedule_en=schedule_en,
            when=stated or when,
            flexible=yes_no(values.get("flexible")) is True or flexible,
            season=season if SEASON.fullmatch(season := clean_line(values.get("season"), 11)) else "",
            minors=yes_no(values.get("minors")),
            step_free=yes_no(values.get("step_free")),
            places=_places(values.get("places")),
            publisher=clean_line(values.get("publisher"), 120),
            buys=_public(values.get("buys"), 300),
            receipt=read_receipt(values.get("receipt")),
            in_return=_public(values.get("in_return"), 160),
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
        sites = [self._read_site(_by_field(record)) for record in records if isinstance(record, Mapping)]
        return tuple(dict.fromkeys(site for site in sites if site is not None))

    def _read_site(self, values: Mapping[str, Any]) -> Site | None:
        """Where it is, from whichever columns say so: a town, "13001 Marseille", "Marseille (13)", a whole address."""
        city, address = CEDEX.sub("", clean_line(values.get("city"), 160)), clean_line(values.get("address"), 300)
        postcode, departement = values.get("postcode"), values.get("departement")
        if found := IN_BRACKETS.fullmatch(city):
            city, departement = found[1], departement or found[2]
        if not postcode and (found := POSTCODE.search(city)):
            postcode = found[1]
            city = (found[2] or city[: found.start()]).strip(" ,-")
        elif not postcode and (found := POSTCODE.search(address)):
            postcode = found[1]
            city = city or CEDEX.sub("", found[2].split(",")[0]).strip()
        names = [city] if city or postcode else [part.strip() for part in reversed(address.split(","))] or [""]
        for name in names:
            if found := IN_BRACKETS.fullmatch(name):
                name, departement = found[1], departement or found[2]
            site = self._sites.read(
                city=name, postcode=postcode, departement=departement, lat=values.get("lat"), lon=values.get("lon")
            )
            if site is not None:
                return site
        return None

    def _organisation_id(self, given: Any, name: str) -> str:
        if isinstance(given, str) and self._organisations.by_id(given):
            return given
        known = self._organisations.named(name)
        return known.id if known else ""


WAYS = ("url", "site", "contact", "mail", "phone")
"""Where the way to join may stand: a page before a mail, a mail before a telephone."""


def _by_field(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The values of a record by the names of our format; of two that mean the same, the first that says something."""
    values: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(key, str) and value not in (None, ""):
            values.setdefault(field_of(key) or fold(key).replace(" ", "_"), value)
    for key, value in record.items():
        if isinstance(key, str) and value not in (None, "") and names_something(key):
            missing = next((name for name in ("title", "organisation") if name not in values), "")
            values.setdefault(missing or key, value)
    return values


def has_identifier(record: Mapping[Any, Any]) -> bool:
    """Whether a record names itself, so that it is known again whatever else of it changes."""
    return bool(_identifier(_by_field(record).get("id")))


def _identifier(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else clean_line(value, 120)


def _days(values: Mapping[str, Any]) -> tuple[datetime.date | None, datetime.date | None, bool]:
    """The first and the last day, and whether some were given that cannot be read, or make no sense together."""
    starts, ends = read_day(values.get("starts")), read_day(values.get("ends"))
    is_unsure = any(values.get(name) and day is None for name, day in (("starts", starts), ("ends", ends)))
    if is_unsure and not values.get("ends") and (both := read_days(values.get("starts"))):
        return *both, False
    if values.get("date") and starts is None and ends is None:
        both = read_days(values["date"])
        return (*both, is_unsure) if both else (None, None, True)
    if starts and ends and ends < starts:
        return None, None, True
    return starts, ends, is_unsure


def read_receipt(value: Any) -> Receipt:
    """What a body states of its receipts: the raised rate, the ordinary one, none; empty where it says nothing."""
    said = f" {fold(str(value or ''))} "
    return next((receipt for receipt, words in RECEIPTS if any(f" {word} " in said for word in words)), "")


def _noted(schedule: str, note: str) -> str:
    return f"{schedule} ({note})" if schedule and note not in schedule else schedule or note


def _places(value: Any) -> int | None:
    """How many are left; None where it is not known, or there is no limit."""
    found = whole_number(value)
    if found is not None or not isinstance(value, str):
        return found
    folded = fold(value)
    if folded in FULL:
        return 0
    counted = PLACES.fullmatch(folded)
    return whole_number(counted[1]) if counted else None


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
