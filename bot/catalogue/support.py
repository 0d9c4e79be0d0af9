"""Local points of support, from lists that an operator imports: houses of associations, Guid'Asso points, volunteer
centres, go-betweens of a territory. Each is shown with the list it comes from and the day it was checked there.

Allié ships none: an address that nobody has checked helps nobody. A list read again replaces what came of it before.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.catalogue.backend import Connection
from bot.catalogue.cleaning import SiteReader, clean_line, clean_link
from bot.catalogue.dates import read_day
from bot.catalogue.files import records
from bot.catalogue.folding import fold
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.mission import Refusal, Site
from bot.catalogue.place import Place
from bot.catalogue.writer import Count
from bot.phrase import Phrase, _

if TYPE_CHECKING:
    from bot.catalogue.catalogue import Catalogue

__all__ = ["KINDS", "SupportList", "SupportPoint", "import_support", "lists", "near", "read_support"]

KINDS: dict[str, Phrase] = {
    "house": _("House of associations"),
    "guid_asso": _("Guid’Asso point"),
    "volunteer_centre": _("Volunteer centre"),
    "catalyst": _("Go-between of the territory"),
    "other": _("Point of support"),
}
SAID = {
    "house": ("maison des associations", "maison de la vie associative", "mda", "mva", "house"),
    "guid_asso": ("guid asso", "guidasso", "pava", "crib", "point d appui"),
    "volunteer_centre": ("france benevolat", "centre du benevolat", "maison du benevolat", "volunteer centre"),
    "catalyst": ("catalyseur", "fondation", "club", "pole", "ptce", "catalyst", "go between"),
}
"""How lists call each kind; whatever holds none of these is "other"."""

NAMES = {
    "nom": "name",
    "structure": "name",
    "type": "kind",
    "genre": "kind",
    "label": "kind",
    "adresse": "address",
    "ville": "city",
    "commune": "city",
    "code postal": "postcode",
    "cp": "postcode",
    "dep": "departement",
    "latitude": "lat",
    "longitude": "lon",
    "telephone": "phone",
    "tel": "phone",
    "courriel": "mail",
    "mel": "mail",
    "email": "mail",
    "e mail": "mail",
    "site": "url",
    "lien": "url",
    "verifie": "checked",
    "verifie le": "checked",
    "date": "checked",
    "releve le": "checked",
    "source": "source",
}
OURS = frozenset(("name", "kind", "city", "postcode", "departement", "source", "checked", "address", "phone", "url"))
FARTHEST_KM = 60.0

OF_SOURCE = "SELECT id, body FROM support WHERE source = ?"
PUT = "INSERT INTO support (id, source, departement, checked, body) VALUES (?, ?, ?, ?, ?)"
DROP = "DELETE FROM support WHERE id = ?"
IN = "SELECT body FROM support WHERE departement"
COUNT = "SELECT source, count(*), max(checked) FROM support GROUP BY source ORDER BY source"


@dataclass(frozen=True, slots=True)
class SupportPoint:
    """A point of support. `source` is the list as one names it, with its address where it has one; `checked` the day
    that list was true."""

    name: str
    kind: str
    city: str
    departement: str
    lat: float | None
    lon: float | None
    source: str
    checked: str
    address: str = ""
    phone: str = ""
    mail: str = ""
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.checked)


@dataclass(frozen=True, slots=True)
class SupportList:
    """A list: how many points it has, and the latest day one of them was checked."""

    source: str
    points: int
    checked: str


def read_support(record: object, listed: str, sites: SiteReader, today: datetime.date) -> SupportPoint | Refusal:
    """A point of support, or why there is none. Without a source and a day nobody could check it. Never raises."""
    if not isinstance(record, Mapping):
        return Refusal(listed, "", "not an object", clean_line(str(record)[:80]))
    values = {NAMES.get(fold(key), fold(key)): value for key, value in record.items() if isinstance(key, str)}
    name = clean_line(values.get("name"), 120)

    def refused(reason: str) -> Refusal:
        return Refusal(listed, name[:80], reason, name[:80] or clean_line(str(values)[:80]))

    if len(name) < 3:
        return refused("no name")
    source = clean_line(values.get("source"), 200)
    if not source:
        return refused("no source")
    checked = read_day(values.get("checked"))
    if checked is None or checked > today:
        return refused("no day on which it was checked")
    site = sites.read(
        city=values.get("city"),
        postcode=values.get("postcode"),
        departement=values.get("departement"),
        lat=values.get("lat"),
        lon=values.get("lon"),
    )
    if site is None:
        return refused("no place in France")
    return _point(values, name, source, checked, site)


def _known(cells: Sequence[str]) -> int:
    return sum(bool(NAMES.get(fold(cell)) or fold(cell) in OURS) for cell in cells)


def _point(values: Mapping[str, Any], name: str, source: str, checked: datetime.date, site: Site) -> SupportPoint:
    mail = clean_line(values.get("mail"), 120)
    return SupportPoint(
        name=name,
        kind=_kind(f"{values.get('kind') or ''} {name}"),
        city=site.city,
        departement=site.departement,
        lat=site.lat,
        lon=site.lon,
        source=source,
        checked=checked.isoformat(),
        address=clean_line(values.get("address"), 160),
        phone=clean_line(values.get("phone"), 40),
        mail=mail if mail.count("@") == 1 else "",
        url=clean_link(values.get("url")),
    )


def _kind(said: str) -> str:
    text = f" {fold(said)} "
    return next((kind for kind, words in SAID.items() if any(f" {word}" in text for word in words)), "other")


def import_support(
    catalogue: Catalogue, path: Path, *, now: datetime.datetime, progress: Callable[[int], None] = lambda count: None
) -> Count:
    """Take a list in, in one transaction: what it no longer holds goes. A list of which nothing can be taken changes
    nothing. Raises `BadFile` when it breaks off, and then nothing changes either."""
    listed = path.stem.lower()[:60]
    sites = SiteReader(catalogue.places)
    good: dict[str, SupportPoint] = {}
    refused: list[Refusal] = []
    for number, record in enumerate(records(path, _known), 1):
        read = read_support(record, listed, sites, now.date())
        if isinstance(read, Refusal):
            refused.append(read)
        else:
            said = f"{listed}|{fold(read.name)}|{fold(read.city)}|{fold(read.address)}"
            good[f"{listed}:{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"] = read
        progress(number)
    with catalogue.writer() as writer, writer.connection.transaction():
        connection = writer.connection
        before = dict(connection.execute(OF_SOURCE, (listed,)).fetchall())
        bodies = {key: json.dumps(point.as_json(), ensure_ascii=False) for key, point in good.items()}
        changed = [key for key, body in bodies.items() if key in before and before[key] != body]
        new = [key for key in bodies if key not in before]
        gone = [key for key in before if key not in bodies] if good else []
        connection.executemany(DROP, [(key,) for key in (*changed, *gone)])
        connection.executemany(
            PUT,
            [(key, listed, good[key].departement, good[key].day.toordinal(), bodies[key]) for key in (*changed, *new)],
        )
        writer.forget_refused(listed)
        writer.put_all((), refused, now=now, sweep=0)
    same = len(bodies) - len(new) - len(changed)
    return Count(len(new), len(changed), same, len(refused), len(gone))


def lists(connection: Connection) -> list[SupportList]:
    """The lists that were taken in."""
    return [
        SupportList(source, count, datetime.date.fromordinal(checked).isoformat())
        for source, count, checked in connection.execute(COUNT)
    ]


def near(connection: Connection, place: Place, around: tuple[str, ...], limit: int) -> list[tuple[SupportPoint, float]]:
    """The points in these départements, the nearest to the place first, with how far each is."""
    points = [SupportPoint(**json.loads(body)) for (body,) in connection.among(IN, around)]
    found = [(point, _distance(place, point)) for point in points]
    return sorted(
        ((point, km) for point, km in found if km <= FARTHEST_KM or point.departement == place.departement),
        key=lambda one: (one[1], one[0].name),
    )[:limit]


def _distance(place: Place, point: SupportPoint) -> float:
    if place.lat is None or place.lon is None or point.lat is None or point.lon is None:
        return 0.0
    return distance_km(place.lat, place.lon, point.lat, point.lon)
