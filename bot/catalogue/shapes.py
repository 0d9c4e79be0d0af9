"""Missions in the shapes of other programs, as records of our own format: JSON-LD, GeoJSON, calendars, partners' XML.

Only the shape is changed here: what the values are worth is judged by `own_format`, for all alike. What is no record of
a mission is a text that says why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.parsers import expat

from bot.catalogue.causes import DOMAIN_CAUSES
from bot.catalogue.cleaning import PARIS, read_moment
from bot.catalogue.headings import is_no_appeal
from bot.catalogue.schedule import DAYS
from bot.catalogue.tables import BadFile

__all__ = ["NoMission", "from_calendar", "from_geojson", "from_json_ld", "from_xml", "is_geojson", "is_json_ld"]

CHUNK = 1 << 20
LARGEST = 1 << 20  # characters of one event or one element
DEEPEST = 12  # elements inside one another
ACTION = "VolunteerAction"
REMOTE = {"possible": "partly", "local": "near_home"}
WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), DAYS, strict=True))
FRENCH = dict(zip(DAYS, ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"), strict=True))


class NoMission(str):
    """Why something is no mission, and how it begins after a colon."""

    __slots__ = ()

    @property
    def reason(self) -> str:
        return self.partition(": ")[0]

    @property
    def excerpt(self) -> str:
        return self.partition(": ")[2][:80]


TOO_LONG = NoMission("longer than 1,000,000 characters")

# JSON-LD


def is_json_ld(record: Mapping[str, Any]) -> bool:
    return "@type" in record or "@context" in record


def from_json_ld(record: Mapping[str, Any]) -> dict[str, Any] | NoMission:
    """A `VolunteerAction` of schema.org, alone or as the item of a list."""
    inner = record.get("item")
    if isinstance(inner, Mapping):
        record = inner
    kinds = record.get("@type")
    listed = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    if not any(isinstance(kind, str) and kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] == ACTION for kind in listed):
        return NoMission(f"no VolunteerAction: {', '.join(map(str, listed[:3])) or 'nothing that says its type'}")
    values: dict[str, Any] = {
        "id": record.get("identifier") or record.get("@id"),
        "title": record.get("name"),
        "text": record.get("description"),
        "url": _first_text(record.get("url"), _target(record.get("target")), _target(record.get("potentialAction"))),
        "organisation": _name_of(record, "agent", "organizer", "provider", "hiringOrganization", "participant"),
        "starts": record.get("startTime") or record.get("startDate"),
        "ends": record.get("endTime") or record.get("endDate"),
        "words": record.get("keywords"),
    }
    first, last = (read_moment(values[name]) for name in ("starts", "ends"))
    if first is not None and last is not None and first.astimezone(PARIS).date() == last.astimezone(PARIS).date():
        values |= {"opens": f"{first.astimezone(PARIS):%H:%M}", "closes": f"{last.astimezone(PARIS):%H:%M}"}
    mail = _contact_of(record, "email", "telephone")
    places = record.get("location")
    sites = [_site(place) for place in (places if isinstance(places, list) else [places])]
    if any(isinstance(place, Mapping) and place.get("@type") == "VirtualLocation" for place in _listed(places)):
        values["remote"] = "full"
    return _set(values | {"contact": mail, "sites": [site for site in sites if site]})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first_text(*values: Any) -> str:
    return next((value for value in values if isinstance(value, str) and value), "")


def _target(value: Any) -> str:
    if isinstance(value, Mapping):
        return _first_text(value.get("urlTemplate"), value.get("url"), _target(value.get("target")))
    return value if isinstance(value, str) else ""


def _name_of(record: Mapping[str, Any], *keys: str) -> str:
    for key in keys:
        for value in _listed(record.get(key)):
            if found := _first_text(value, value.get("name") if isinstance(value, Mapping) else None):
                return found
    return ""


def _contact_of(record: Mapping[str, Any], *ways: str) -> str:
    """What the body itself states, where the action has no page."""
    for key in ("contactPoint", "agent", "organizer", "provider"):
        for value in _listed(record.get(key)):
            if isinstance(value, Mapping) and (found := _first_text(*(value.get(way) for way in ways))):
                return found.removeprefix("mailto:").removeprefix("tel:")
    return ""


def _site(place: Any) -> dict[str, Any]:
    if isinstance(place, str):
        return {"address": place}
    if not isinstance(place, Mapping):
        return {}
    address, point = place.get("address"), place.get("geo")
    site: dict[str, Any] = {}
    if isinstance(address, Mapping):
        site = {"city": address.get("addressLocality"), "postcode": address.get("postalCode")}
    elif isinstance(address, str):
        site = {"address": address}
    elif isinstance(place.get("name"), str) and not isinstance(point, Mapping):
        site = {"address": place["name"]}
    if isinstance(point, Mapping):
        site |= {"lat": point.get("latitude"), "lon": point.get("longitude")}
    return _set(site)


def _set(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


# GeoJSON


def is_geojson(record: Mapping[str, Any]) -> bool:
    return record.get("type") == "Feature" and "geometry" in record


def from_geojson(feature: Mapping[str, Any]) -> dict[str, Any] | NoMission:
    """A feature: its properties are a record, and its first point says where."""
    properties = feature.get("properties")
    if not isinstance(properties, Mapping):
        return NoMission("a feature without properties")
    values = {str(name): value for name, value in properties.items()}
    if isinstance(feature.get("id"), (str, int)):
        values.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    point = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    for _depth in range(4):
        if isinstance(point, list) and point and isinstance(point[0], list):
            point = point[0]
    if isinstance(point, list) and len(point) >= 2 and all(isinstance(part, (int, float)) for part in point[:2]):
        values["lon"], values["lat"] = point[0], point[1]
    return values


# Calendars


def from_calendar(text: IO[str]) -> Iterator[tuple[int, dict[str, Any] | NoMission]]:
    """The events of an iCalendar file, each with the line it begins on. Raises `BadFile` where it breaks off."""
    event: dict[str, tuple[dict[str, str], str]] | None = None
    begun, size, inside, calendar_name = 0, 0, 0, ""
    for number, line in _unfolded(text):
        name, parameters, value = _property(line)
        if name == "BEGIN" and value.upper() == "VEVENT":
            event, begun, size, inside = {}, number, 0, 0
        elif event is None:
            if name == "X-WR-CALNAME":
                calendar_name = _unescaped(value)
        elif name == "BEGIN":  # an alarm
            inside += 1
        elif name == "END" and inside:
            inside -= 1
        elif name == "END" and value.upper() == "VEVENT":
            yield begun, TOO_LONG if size > LARGEST else _event(event, calendar_name)
            event = None
        elif not inside:
            size += len(line)
            if size <= LARGEST:
                event.setdefault(name, (parameters, value))
    if event is not None:
        raise BadFile(f"The calendar breaks off in the event that begins on line {begun}.")


def _unfolded(text: IO[str]) -> Iterator[tuple[int, str]]:
    """Lines put together again, each with the number of its first one."""
    whole, begun, number = "", 0, 0
    while raw := text.readline(LARGEST):
        number += 1
        line = raw.rstrip("\r\n")
        if line[:1] in (" ", "\t") and whole:
            whole = whole + line[1:] if len(whole) < LARGEST else whole
            continue
        if whole:
            yield begun, whole
        whole, begun = line, number
    if whole:
        yield begun, whole


PROPERTY = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^;:"])*)*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^;:"])*)')


def _property(line: str) -> tuple[str, dict[str, str], str]:
    found = PROPERTY.fullmatch(line)
    if found is None:
        return "", {}, ""
    parameters = {name.upper(): value.strip('"') for name, value in PARAMETER.findall(found[2])}
    return found[1].upper(), parameters, found[3]


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _event(event: Mapping[str, tuple[dict[str, str], str]], calendar_name: str) -> dict[str, Any] | NoMission:
    def said(name: str) -> str:
        return _unescaped(event[name][1]) if name in event else ""

    title = said("SUMMARY")
    if said("STATUS").upper() == "CANCELLED":
        return NoMission(f"cancelled: {title}")
    if said("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return NoMission("a private event")
    if is_no_appeal(title):
        return NoMission(f"a meeting or a holiday, nothing that volunteers do: {title}")
    given, organiser = event.get("ORGANIZER", ({}, ""))
    mail = organiser[len("mailto:") :] if organiser.lower().startswith("mailto:") else ""
    point = re.fullmatch(r"(-?\d+(?:\.\d+)?);(-?\d+(?:\.\d+)?)", said("GEO").replace("\\", ""))
    values = {
        "id": said("UID") + (f" {said('RECURRENCE-ID')}" if "RECURRENCE-ID" in event else ""),
        "title": title,
        "text": said("DESCRIPTION"),
        "address": said("LOCATION"),
        "url": said("URL"),
        "contact": mail or said("CONTACT"),
        "organisation": given.get("CN") or calendar_name,
        "words": said("CATEGORIES"),
        "lat": point[1] if point else "",
        "lon": point[2] if point else "",
        **_times(event),
    }
    return _set(values)


def _times(event: Mapping[str, tuple[dict[str, str], str]]) -> dict[str, Any]:
    """Days, hours and weekdays of an event; the time zone of the file is taken for that of the place."""
    starts = _moment(event.get("DTSTART"))
    if starts is None:
        return {"starts": event["DTSTART"][1]} if "DTSTART" in event else {}
    ends = _moment(event.get("DTEND"))
    whole_days = not isinstance(starts, datetime.datetime)
    first = starts.date() if isinstance(starts, datetime.datetime) else starts
    last = ends.date() if isinstance(ends, datetime.datetime) else ends
    if last is not None and whole_days:
        last -= datetime.timedelta(days=1)  # the day after, in calendars
    values: dict[str, Any] = {}
    if isinstance(starts, datetime.datetime):
        values["opens"] = f"{starts:%H:%M}"
        if isinstance(ends, datetime.datetime) and last == first:
            values["closes"] = f"{ends:%H:%M}"
    rule = dict(part.upper().partition("=")[::2] for part in _text(event, "RRULE").split(";") if "=" in part)
    days = [WEEKDAYS[day] for day in rule.get("BYDAY", "").split(",") if day in WEEKDAYS]
    told = [values[name].replace(":", " h ").removesuffix(" 00") for name in ("opens", "closes") if name in values]
    hours = f"de {told[0]} à {told[1]}" if len(told) == 2 else f"à {told[0]}" if told else ""
    values["starts"] = first.isoformat()
    if rule:
        days = days or ([DAYS[first.weekday()]] if rule.get("FREQ") == "WEEKLY" else [])
        until = _moment(({}, rule["UNTIL"])) if "UNTIL" in rule else None
        if until is not None:
            values["ends"] = (until.date() if isinstance(until, datetime.datetime) else until).isoformat()
        elif rule.get("FREQ") == "WEEKLY" and rule.get("COUNT", "").isdigit() and len(rule["COUNT"]) < 4:
            interval = rule.get("INTERVAL", "1")
            step = int(interval) if interval.isdigit() and len(interval) < 3 else 1
            weeks = (int(rule["COUNT"]) - 1) // max(1, len(days)) * step
            values["ends"] = (first + datetime.timedelta(weeks=weeks)).isoformat()
    else:
        values["ends"] = (last or first).isoformat()
        days = [DAYS[first.weekday()]] if (last or first) == first else []
    values["schedule"] = " ".join(part for part in (", ".join(FRENCH[day] for day in days), hours) if part)
    return values


def _text(event: Mapping[str, tuple[dict[str, str], str]], name: str) -> str:
    return event[name][1] if name in event else ""


def _moment(given: tuple[dict[str, str], str] | None) -> datetime.date | datetime.datetime | None:
    """A day, or a moment on the clocks of Paris; None where it is neither."""
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", given[1].strip()) if given is not None else None
    if found is None:
        return None
    try:
        moment = datetime.datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=PARIS)
    except ValueError:
        return None
    if not found[2]:
        return moment.date()
    return moment.replace(tzinfo=datetime.UTC).astimezone(PARIS) if found[3] else moment


# XML of the partners of API Engagement


def from_xml(file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | NoMission]]:
    """The `<mission>` elements of a partner's feed, each with the line it begins on. Raises `BadFile` where the file
    breaks off, or declares what it has no reason to."""
    reader = _Missions()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: reader.start(name, given, parser.CurrentLineNumber)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.EntityDeclHandler = _no_declarations
    try:
        while True:
            chunk = file.read(CHUNK)
            parser.Parse(chunk, not chunk)
            for line, values in reader.missions:
                yield line, values if isinstance(values, NoMission) else _from_partner(values)
            reader.missions.clear()
            if not chunk:
                break
    except expat.ExpatError as error:
        said = expat.errors.messages[error.code]
        raise BadFile(f"The XML breaks off on line {error.lineno} ({said}).") from error
    if not reader.met:
        raise BadFile("The XML holds no <mission>.")


def _no_declarations(*_declared: Any) -> None:
    raise BadFile("The XML declares a type or entities: it is not read.")


class _Missions:
    """Hears the elements and keeps, of each mission, what its elements hold: texts, lists, and addresses."""

    def __init__(self) -> None:
        self.missions: list[tuple[int, dict[str, Any] | NoMission]] = []
        self.met = False
        self._path: list[tuple[str, dict[str, Any]]] = []
        self._line = self._size = 0
        self._text: list[str] = []

    def start(self, name: str, _given: dict[str, str], line: int) -> None:
        if not self._path:
            if name.lower() == "mission":
                self.met = True
                self._path, self._line, self._size = [(name, {})], line, 0
            return
        if len(self._path) >= DEEPEST:
            raise BadFile(f"The XML has elements inside elements, {DEEPEST} deep, in the mission of line {self._line}.")
        self._path.append((name, {}))
        self._text = []

    def text(self, data: str) -> None:
        if self._path:
            self._size += len(data)
            if self._size <= LARGEST:
                self._text.append(data)

    def end(self, name: str) -> None:
        if not self._path:
            return
        _name, values = self._path.pop()
        if not self._path:
            self.missions.append((self._line, TOO_LONG if self._size > LARGEST else values))
            return
        inner: Any = values or "".join(self._text).strip()
        self._text = []
        outer = self._path[-1][1]
        if name in outer:
            outer[name] = [*_listed(outer[name]), inner]
        elif inner:
            outer[name] = inner


def _from_partner(values: dict[str, Any]) -> dict[str, Any]:
    """A mission of a partner as a record of ours: its own id, its addresses, its domain as a cause."""
    domain = values.get("domain")
    causes = [cause for cause in DOMAIN_CAUSES.get(domain if isinstance(domain, str) else "", ()) if cause != "other"]
    words = [values.get(name) for name in ("activity", "tags", "audience", "requirements", "tasks")]
    remote = values.get("remote")
    told = {
        "id": values.get("clientId") or values.get("id"),
        "title": values.get("title"),
        "text": values.get("description"),
        "url": values.get("applicationUrl"),
        "organisation": values.get("organizationName") or values.get("associationName"),
        "starts": values.get("startAt"),
        "ends": values.get("endAt"),
        "schedule": values.get("schedule"),
        "places": values.get("places"),
        "minors": values.get("openToMinors"),
        "step_free": values.get("reducedMobilityAccessible"),
        "remote": REMOTE.get(remote, remote) if isinstance(remote, str) else None,
        "words": ", ".join(part for word in words for part in _listed(word) if isinstance(part, str)).replace("-", " "),
        "causes": causes,
        "updated": values.get("updatedAt"),
    }
    addresses = values.get("addresses")
    listed = _listed(addresses.get("address")) if isinstance(addresses, Mapping) else []
    sites = [_partner_site(one) for one in listed or [values] if isinstance(one, Mapping)]
    return _set(told | {"sites": [site for site in sites if site]})


def _partner_site(address: Mapping[str, Any]) -> dict[str, Any]:
    location = address.get("location") or address.get("lonlat")
    point = location if isinstance(location, Mapping) else {}
    country = address.get("country")
    if isinstance(country, str) and country.strip().upper() not in ("", "FR", "FRA", "FRANCE"):
        return {}
    return _set(
        {
            "city": address.get("city"),
            "postcode": address.get("postalCode"),
            "departement": address.get("departmentCode"),
            "lat": point.get("lat"),
            "lon": point.get("lon"),
        }
    )
