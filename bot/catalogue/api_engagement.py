"""Missions as the state service API Engagement serves them (its list page, `/v0/mission`).

The fields, their traps and what is really served were read in the service's source; see docs/catalogue.md. Text is
plain or HTML, dates are in UTC, a start date may be that of the first import, and "" stands for null.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from bot.catalogue.causes import DOMAIN_CAUSES
from bot.catalogue.cleaning import (
    PARIS,
    SiteReader,
    clean_line,
    clean_link,
    clean_text,
    read_date,
    read_moment,
    whole_number,
    yes_no,
)
from bot.catalogue.mission import Mission, Refusal, Remote, Site
from bot.catalogue.organisations import Organisations
from bot.catalogue.public_words import without_addresses
from bot.catalogue.schedule import DAYS, read_when
from bot.catalogue.synonyms import Synonyms

__all__ = ["SOURCE", "ApiEngagement", "external_id", "origin_of"]

SOURCE = "api-engagement"
REMOTE: dict[str, Remote] = {"no": "no", "possible": "partly", "full": "full", "local": "near_home"}
AUDIENCES = {
    "seniors": "elderly",
    "persons_with_disabilities": "disability",
    "refugees": "refugees",
    "people_in_difficulty": "solidarity",
    "people_being_excluded": "solidarity",
    "people_sick": "health",
}
TYPES = {
    "volontariat_service_civique": "service civique",
    "volontariat_sapeurs_pompiers": "sapeur-pompier volontaire",
    "volontariat_reserve_operationnelle": "réserve opérationnelle",
}
FRANCE = frozenset({"", "FR", "FRA", "FRANCE"})


class ApiEngagement:
    """Reads the records of a list page. A record is refused alone, with its reason; nothing raises."""

    source = SOURCE

    def __init__(self, sites: SiteReader, organisations: Organisations, synonyms: Synonyms) -> None:
        self._sites = sites
        self._organisations = organisations
        self._synonyms = synonyms

    def read(self, record: object) -> Mission | Refusal:
        if not isinstance(record, Mapping):
            return Refusal(SOURCE, "", "not an object", clean_line(str(record)[:80]))
        external = external_id(record)
        excerpt = clean_line(record.get("title"), 80)

        def refused(reason: str) -> Refusal:
            return Refusal(SOURCE, external, reason, excerpt)

        if not external:
            return refused("no id")
        if record.get("deleted") is True or record.get("deletedAt"):
            return refused("deleted at its source")
        if (record.get("statusCode") or "ACCEPTED") != "ACCEPTED":
            return refused("not accepted at its source")
        title = without_addresses(clean_line(record.get("title")))
        if len(title) < 3:
            return refused("no title")
        names = (without_addresses(clean_line(record.get(name), 120)) for name in ("organizationName", "publisherName"))
        organisation = next((name for name in names if name.strip(" …")), "")
        if not organisation:
            return refused("no organisation")
        url = clean_link(record.get("applicationUrl"))
        if not url:
            return refused("no web address to join by")
        starts, ends = read_date(record.get("startAt")), read_date(record.get("endAt"))
        for name, day in (("startAt", starts), ("endAt", ends)):
            if record.get(name) not in (None, "") and day is None:
                return refused(f"{name} is not a date")
        if starts and ends and ends < starts:
            return refused("it ends before it starts")
        remote = REMOTE.get(str(record.get("remote") or "no"), "no")
        sites, abroad = self._read_sites(record)
        if not sites and remote in ("no", "partly"):
            return refused("abroad" if abroad else "no place in France, and not at a distance")
        text = clean_text(record.get("description")) or clean_text(record.get("descriptionHtml"))
        text = without_addresses(text, but=url)
        words = self._words(record)
        schedule = without_addresses(clean_line(record.get("schedule"), 160))
        when, flexible = read_when(f"{schedule} {title}")
        opens, closes = _hours(record, starts, ends)
        if starts is not None and starts == ends:
            when = tuple(dict.fromkeys((DAYS[starts.weekday()], *(name for name in when if name not in DAYS))))
            when = _with_part(when, opens)
        return Mission(
            id=f"{SOURCE}:{external}",
            source=SOURCE,
            title=title,
            organisation=organisation,
            url=url,
            text=text,
            organisation_id=known.id if (known := self._organisations.named(organisation)) else "",
            causes=self._causes(record, title, words),
            words=words,
            sites=sites,
            remote=remote,
            starts=starts,
            ends=ends,
            opens=opens,
            closes=closes,
            schedule=schedule,
            when=when,
            flexible=flexible,
            minors=yes_no(record.get("openToMinors")),
            step_free=yes_no(record.get("reducedMobilityAccessible")),
            places=whole_number(record.get("places")),
            publisher=clean_line(record.get("publisherName"), 120),
            updated=read_moment(record.get("updatedAt")),
        )

    def _read_sites(self, record: Mapping[str, Any]) -> tuple[tuple[Site, ...], bool]:
        """The sites in France, and whether there were some elsewhere."""
        addresses = record.get("addresses")
        listed = [one for one in addresses[:50] if isinstance(one, Mapping)] if isinstance(addresses, list) else []
        sites, abroad = [], False
        for address in listed or [record]:
            if clean_line(address.get("country"), 40).upper() not in FRANCE:
                abroad = True
                continue
            location = address.get("location")
            point = location if isinstance(location, Mapping) else {}
            site = self._sites.read(
                city=address.get("city"),
                postcode=address.get("postalCode"),
                departement=address.get("departmentCode"),
                lat=point.get("lat"),
                lon=point.get("lon"),
            )
            if site is not None:
                sites.append(site)
        return tuple(dict.fromkeys(sites)), abroad

    def _words(self, record: Mapping[str, Any]) -> str:
        """What else the record says of itself, for the search: activities, tasks, tags, kind."""
        parts = [clean_line(record.get("activity"), 200).replace("-", " "), TYPES.get(str(record.get("type")), "")]
        for name in ("tasks", "tags", "audience", "requirements"):
            value = record.get(name)
            parts += [clean_line(part, 80).replace("_", " ") for part in value[:20]] if isinstance(value, list) else []
        return " · ".join(dict.fromkeys(part for part in parts if part))[:800]

    def _causes(self, record: Mapping[str, Any], title: str, words: str) -> tuple[str, ...]:
        causes: list[str] = [cause for cause in DOMAIN_CAUSES.get(str(record.get("domain")), ()) if cause != "other"]
        audience = record.get("audience")
        if isinstance(audience, list):
            causes += [AUDIENCES[one] for one in audience if isinstance(one, str) and one in AUDIENCES]
        causes += self._synonyms.causes((title,) if causes else (title, title, words))[:2]
        return tuple(dict.fromkeys(causes))[:4] or ("other",)


def external_id(record: Mapping[str, Any]) -> str:
    """The id at the source, or empty."""
    value = record.get("id") or record.get("_id")
    return _writable(value).strip()[:120] if isinstance(value, str) else ""


def origin_of(record: Mapping[str, Any]) -> str:
    """Publisher and the publisher's own id, which name a mission whatever its id here; empty when not given."""
    publisher, client = record.get("publisherId"), record.get("clientId")
    is_given = isinstance(publisher, str) and isinstance(client, str) and client
    return _writable(f"{publisher}/{client}")[:240] if is_given else ""


def _writable(text: str) -> str:
    """Without halves of characters and zero bytes, which no database takes."""
    return "".join(sign for sign in text if sign.isprintable())


def _hours(
    record: Mapping[str, Any], starts: datetime.date | None, ends: datetime.date | None
) -> tuple[datetime.time | None, datetime.time | None]:
    """The hours in Paris of a mission of one day; midnight in UTC means that no hour was given."""
    if starts is None or starts != ends:
        return None, None
    opens, closes = read_moment(record.get("startAt")), read_moment(record.get("endAt"))
    if opens is None or closes is None or closes <= opens or re.search(r"T00:00", str(record.get("startAt"))):
        return None, None
    return opens.astimezone(PARIS).time(), closes.astimezone(PARIS).time()


def _with_part(when: tuple[str, ...], opens: datetime.time | None) -> tuple[str, ...]:
    if opens is None or set(when) & {"morning", "afternoon", "evening", "night", "lunch"}:
        return when
    hour = opens.hour
    part = "night" if hour < 5 or hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
    return (*when, part)
