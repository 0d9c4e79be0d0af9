"""What public services say today of a place, without a key: blood collections, repair cafés, Emmaüs, shelters nearby,
the associations of the commune, the telephone of its town hall and of its social services (CCAS).

Asked only where a setting allows it (`ALLIE_LIVE`). Nothing of a person leaves: the INSEE code of a commune, or the
point of the commune in the gazetteer. An answer is awaited two seconds at most and remembered for a day; no answer is
no trouble, and is told from an answer that there is nothing. The formats are written in docs/catalogue.md.
"""

from __future__ import annotations

import datetime
import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import aiohttp

from bot.catalogue.cleaning import clean_line, clean_link, number
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.place import Place

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["BASES", "KINDS", "LiveData", "LiveKind", "LivePlace", "live_of"]

LiveKind = Literal["blood", "repair", "emmaus", "shelters", "associations", "town_hall"]
KINDS: tuple[LiveKind, ...] = get_args(LiveKind)
BASES: Mapping[LiveKind, str] = {
    "blood": "https://oudonner.api.efs.sante.fr/carto-api/v3/samplingcollection/searchnearpoint",
    "repair": "https://www.repaircafe.org/wp-json/v1/map",
    "emmaus": "https://www.emmaus-france.org/boutiquesjson.php",
    "shelters": "https://www.la-spa.fr/app/wp-json/spa/v1/establishments/",
    "associations": "https://recherche-entreprises.api.gouv.fr/search",
    "town_hall": "https://api-lannuaire.service-public.gouv.fr/api/explore/v2.1/catalog/datasets"
    "/api-lannuaire-administration/records",
}
WITHIN = 2.0
"""Seconds that an answer is awaited."""
FRESH = 24 * 3_600.0
"""Seconds that an answer is remembered."""
QUIET = 60.0
"""Seconds for which a service that did not answer is left alone."""
LARGEST = 6 << 20  # bytes of one answer
REMEMBERED = 300  # answers
MOST = 2_000  # records of one answer that are looked at
FARTHEST_KM = 40.0
AROUND = 0.35  # degrees to each side, about as many kilometres
SHOWN = 20
CODE = re.compile(r"\d[\dAB]\d{3}")
PHONE = re.compile(r"[+\d][\d\s.()-]{7,18}\d")
HEADERS = {"User-Agent": "Allie (assistant for volunteers and donors)", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class LivePlace:
    """A place that a service told. `km` is the distance from the commune's point, None where it is not known; `day` and
    `hours` are those of a collection, `left` its places left; `phone` is of the body, never of a person."""

    kind: LiveKind
    name: str
    city: str = ""
    address: str = ""
    km: float | None = None
    url: str = ""
    phone: str = ""
    day: datetime.date | None = None
    hours: str = ""
    left: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"day": self.day.isoformat() if self.day else None}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> LivePlace:
        day = values.get("day")
        return cls(**{**values, "day": datetime.date.fromisoformat(day) if day else None})


def live_of(settings: Settings) -> LiveData | None:
    """The services that the settings allow; None where they allow none."""
    return LiveData(cast("tuple[LiveKind, ...]", settings.live)) if settings.live else None


class LiveData:
    """Asks the services that are allowed. `clock` counts seconds; `bases` are their addresses."""

    def __init__(
        self,
        kinds: Collection[LiveKind] = KINDS,
        *,
        bases: Mapping[LiveKind, str] = BASES,
        within: float = WITHIN,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.kinds = frozenset(kinds)
        self._bases = bases
        self._timeout = aiohttp.ClientTimeout(total=within)
        self._clock = clock
        self._remembered: OrderedDict[tuple[str, str], tuple[float, Any]] = OrderedDict()
        self._quiet_until: dict[str, float] = {}

    async def near(self, kind: LiveKind, place: Place, today: datetime.date) -> tuple[LivePlace, ...] | None:
        """What there is near the point of a commune, the nearest or soonest first. None: it is not asked, or no answer
        could be had; an empty answer is that there is nothing."""
        asked = ASKED[kind](place) if kind in self.kinds else None
        if asked is None:
            return None
        body = await self._answer(kind, asked)
        if body is None:
            return None
        try:
            found = list(READ[kind](body))
        except (TypeError, ValueError, KeyError, AttributeError):  # it is not the form that is documented
            return None
        return _chosen(found, place, today)

    async def _answer(self, kind: LiveKind, asked: Mapping[str, str]) -> Any:
        """The answer to a question, of today if there is one; None where none can be had."""
        key = (kind, json.dumps(asked, sort_keys=True))
        remembered = self._remembered.get(key)
        if remembered is not None and self._clock() - remembered[0] < FRESH:
            return remembered[1]
        if self._clock() < self._quiet_until.get(kind, 0.0):
            return None
        body = await self._ask(self._bases[kind], asked)
        if body is None:
            self._quiet_until[kind] = self._clock() + QUIET
            return None
        self._remembered[key] = (self._clock(), body)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return body

    async def _ask(self, address: str, asked: Mapping[str, str]) -> Any:
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout, headers=HEADERS) as session,
                session.get(address, params=asked, allow_redirects=False) as response,
            ):
                if response.status != 200:
                    return None
                body = bytearray()
                async for chunk in response.content.iter_chunked(1 << 16):
                    body += chunk
                    if len(body) > LARGEST:
                        return None
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None
        try:
            return json.loads(bytes(body))
        except (ValueError, RecursionError):
            return None


Found = tuple[LivePlace, float | None, float | None]
"""A place with its point."""


def _chosen(found: list[Found], place: Place, today: datetime.date) -> tuple[LivePlace, ...]:
    chosen = []
    for one, lat, lon in found:
        km = None
        if lat is not None and lon is not None and place.lat is not None and place.lon is not None:
            km = distance_km(lat, lon, place.lat, place.lon)
        if (km is not None and km > FARTHEST_KM) or (one.day is not None and one.day < today):
            continue
        if km is None and one.kind in ("repair", "emmaus", "shelters"):
            continue
        chosen.append(replace(one, km=km))
    chosen.sort(key=lambda one: (one.day or datetime.date.min, one.km if one.km is not None else 0.0, one.name))
    return tuple(chosen[:SHOWN])


# What is asked: of a place, its point or its code.


def _point(place: Place) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)


def _code(place: Place) -> str | None:
    return place.code if place.level in ("commune", "arrondissement") and CODE.fullmatch(place.code) else None


def _ask_blood(place: Place) -> dict[str, str] | None:
    if (point := _point(place)) is None:
        return None
    lat, lon = (f"{part:.4f}" for part in point)
    span = f"{2 * AROUND:.2f}"
    centre = {"CenterLatitude": lat, "CenterLongitude": lon, "DiameterLatitude": span, "DiameterLongitude": span}
    return {**centre, "UserLatitude": lat, "UserLongitude": lon}


def _ask_repair(place: Place) -> dict[str, str] | None:
    if (point := _point(place)) is None:
        return None
    lat, lon = point
    return {
        "northeast": f"{lat + AROUND:.2f},{lon + AROUND:.2f}",
        "southwest": f"{lat - AROUND:.2f},{lon - AROUND:.2f}",
    }


def _ask_all(place: Place) -> dict[str, str] | None:
    return {} if _point(place) else None


def _ask_shelters(place: Place) -> dict[str, str] | None:
    return {"api": "1", "types": "maisons-spa,refuges", "lat": "", "lng": ""} if _point(place) else None


def _ask_associations(place: Place) -> dict[str, str] | None:
    if (code := _code(place)) is None:
        return None
    return {"code_commune": code, "est_association": "true", "etat_administratif": "A", "per_page": "25"}


def _ask_town_hall(place: Place) -> dict[str, str] | None:
    if (code := _code(place)) is None:
        return None
    where = f'code_insee_commune="{code}" and (pivot like "mairie" or pivot like "ccas")'
    return {"where": where, "limit": "20"}


ASKED: Mapping[LiveKind, Callable[[Place], dict[str, str] | None]] = {
    "blood": _ask_blood,
    "repair": _ask_repair,
    "emmaus": _ask_all,
    "shelters": _ask_shelters,
    "associations": _ask_associations,
    "town_hall": _ask_town_hall,
}


# What is read, as each service writes it.


def _records(listed: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(listed, list):
        raise TypeError("no list")
    return (one for one in listed[:MOST] if isinstance(one, Mapping))


def _blood(body: Any) -> Iterator[Found]:
    for site in _records(body.get("samplingLocationEntities_SF") or []):
        yield _blood_at(site, clean_line(site.get("horaires"), 160), None, site.get("urlBlood"), None)
    for place in _records(body.get("samplingLocationCollections") or []):
        if place.get("giveBlood") in (0, False):
            continue
        for one in _records(place.get("collections") or []):
            day = _day(one.get("date"))
            if day is None or one.get("isPublishable") is False:
                continue
            halves = (("morningStartTime", "morningEndTime"), ("afternoonStartTime", "afternoonEndTime"))
            spans = [f"{_hour(one[a])}–{_hour(one[b])}" for a, b in halves if _hour(one.get(a)) and _hour(one.get(b))]
            left = one.get("nbPlacesRestantesST")
            count = left if isinstance(left, int) and not isinstance(left, bool) and left >= 0 else None
            yield _blood_at(place, ", ".join(spans), day, one.get("urlBlood"), count)


def _blood_at(site: Mapping[str, Any], hours: str, day: datetime.date | None, url: Any, left: int | None) -> Found:
    city = re.sub(r"^\d{5}\s*", "", clean_line(site.get("ville") or site.get("city"), 80))
    address = clean_line(site.get("fullAddress"), 160)
    link = url if not isinstance(url, str) or url.startswith("http") else f"https://{url}"
    told = LivePlace(
        "blood", clean_line(site.get("name"), 120) or city, city, address, None, clean_link(link), "", day, hours, left
    )
    return told, number(site.get("latitude")), number(site.get("longitude"))


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _hour(value: Any) -> str:
    found = re.match(r"(\d{2}):(\d{2})", value) if isinstance(value, str) else None
    return f"{int(found[1])} h {found[2]}".removesuffix(" 00") if found else ""


def _repair(body: Any) -> Iterator[Found]:
    for one in _records(body):
        lat, lon = _pair(one.get("coordinate"))
        url = clean_link(one.get("external_link")) or clean_link(one.get("link"))
        name = clean_line(one.get("name"), 120)
        if name:
            yield LivePlace("repair", name, "", clean_line(one.get("address"), 160), url=url), lat, lon


def _emmaus(body: Any) -> Iterator[Found]:
    for one in _records(body.get("listsrcfull") or body.get("listsrc")):
        name = clean_line(one.get("title"), 120)
        page = clean_link(one.get("url")) or clean_link(one.get("permalink"))
        if not re.search(r"emma.s", name, re.IGNORECASE):  # shops of others are in the same list
            continue
        lat, lon = _pair(one.get("gps"))
        address = clean_line(one.get("adresse"), 160)
        yield LivePlace("emmaus", name, "", address, url=page, phone=_phone(one.get("telephone"))), lat, lon


def _shelters(body: Any) -> Iterator[Found]:
    for one in _records(body.get("items")):
        name, address = clean_line(one.get("name"), 120), clean_line(one.get("address"), 160)
        page = clean_link(one.get("permalink")) or clean_link(one.get("url"))
        if name:
            place = LivePlace("shelters", name, "", address, url=page, phone=_phone(one.get("phone")))
            yield place, number(one.get("latitude")), number(one.get("longitude"))


def _associations(body: Any) -> Iterator[Found]:
    for one in _records(body.get("results")):
        seat = one.get("siege")
        seat = seat if isinstance(seat, Mapping) else {}
        name = clean_line(one.get("nom_complet"), 120)
        if name and one.get("etat_administratif") in (None, "A"):
            city, address = clean_line(seat.get("libelle_commune"), 80), clean_line(seat.get("adresse"), 160)
            place = LivePlace("associations", name, city, address)
            yield place, number(seat.get("latitude")), number(seat.get("longitude"))


def _town_hall(body: Any) -> Iterator[Found]:
    for one in _records(body.get("results")):
        name = clean_line(one.get("nom"), 120)
        phones, sites = _values(one.get("telephone")), _values(one.get("site_internet"))
        addresses = _inside(one.get("adresse"))
        where = addresses[0] if addresses else {}
        if not name:
            continue
        yield (
            LivePlace(
                "town_hall",
                name,
                clean_line(where.get("nom_commune"), 80),
                clean_line(where.get("numero_voie"), 120),
                url=next((link for site in sites if (link := clean_link(site))), ""),
                phone=next((phone for said in phones if (phone := _phone(said))), ""),
            ),
            None,
            None,
        )


def _inside(value: Any) -> list[Mapping[str, Any]]:
    """A list that is written as JSON inside of JSON, or as it is."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _values(value: Any) -> list[str]:
    listed = [one.get("valeur") for one in _inside(value)]
    return [one for one in listed if isinstance(one, str)] or ([value] if isinstance(value, str) else [])


def _pair(value: Any) -> tuple[float | None, float | None]:
    parts = value.split(",") if isinstance(value, str) else []
    return (number(parts[0]), number(parts[1])) if len(parts) == 2 else (None, None)


def _phone(value: Any) -> str:
    said = clean_line(value, 40)
    return said if PHONE.fullmatch(said) else ""


READ: Mapping[LiveKind, Callable[[Any], Iterator[Found]]] = {
    "blood": _blood,
    "repair": _repair,
    "emmaus": _emmaus,
    "shelters": _shelters,
    "associations": _associations,
    "town_hall": _town_hall,
}
