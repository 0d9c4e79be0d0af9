"""What `allie catalogue import` and `edit` say and take: what was understood of a file, line by line, and what of a
mission is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.cleaning import SiteReader
from bot.catalogue.dates import read_day
from bot.catalogue.files import Read, Reading
from bot.catalogue.headings import Headings, field_of
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.own_format import OwnFormat

__all__ = ["edited_with", "headings_told", "line_told", "pairs"]

PLACE = frozenset({"city", "postcode", "departement", "lat", "lon", "address"})


def pairs(_context: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE, repeated, as a dictionary. Raises `click.BadParameter`."""
    found: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"« {one} » is not of the form NAME=VALUE.")
        found[name.strip()] = value.strip()
    return found


def headings_told(reading: Reading) -> list[str]:
    """What the headings of each table were understood as, and how to say what was not."""
    lines = []
    for name, headings in reading.headings:
        sheet = f" of sheet {name}" if name else ""
        understood = ", ".join(f"{meaning} ← {heading}" for meaning, heading in headings.understood.items())
        lines.append(f"  understood{sheet}: {understood or 'nothing'}")
        if headings.unknown:
            lines.append(f"  not understood{sheet}: {', '.join(headings.unknown)}{_proposed(headings)}")
    if reading.unknown:
        lines.append(f"  not understood: {', '.join(reading.unknown)}")
    return lines


def _proposed(headings: Headings) -> str:
    said = " ".join(f'--map {meaning}="{heading}"' for heading, meaning in headings.proposals.items())
    example = f'--map text="{headings.unknown[0]}"'
    return f" (to have one read: {said or example})"


def line_told(read: Read, outcome: str) -> str:
    """A record of a file in a line: where it stands, what becomes of it, and what it is or why not."""
    found = read.found
    if isinstance(found, Refusal):
        return f"  {read.where}: refused: {found.reason}" + (f" — {found.excerpt}" if found.excerpt else "")
    where = ", ".join(dict.fromkeys(site.city or site.departement for site in found.sites)) or (
        "everywhere" if found.everywhere else "at a distance"
    )
    days = " → ".join(dict.fromkeys(day.isoformat() for day in (found.starts, found.ends) if day is not None))
    parts = (found.title, found.organisation, where, days, found.schedule, found.url)
    return f"  {read.where}: {outcome}: " + " — ".join(part for part in parts if part)


def edited_with(opened: Catalogue, changes: Mapping[str, str]) -> Callable[[Mission], Mission]:
    """What changes a mission by the fields of our format, judged as a file's are. Raises `click.ClickException`."""
    values: dict[str, str] = {}
    for name, value in changes.items():
        field = field_of(name)
        if not field or field in ("id", "source", "kind", "sites"):
            raise click.ClickException(
                f"« {name} » is nothing of a mission that can be changed: see docs/catalogue.md."
            )
        if field in ("starts", "ends") and value and read_day(value) is None:
            raise click.ClickException(f"« {value} » is not a day: 2026-12-05, 05/12/2026, 5 décembre 2026.")
        values[field] = value
    reader = OwnFormat("edited", SiteReader(opened.places), opened.organisations, opened.synonyms)

    def edited(mission: Mission) -> Mission:
        record = mission.as_json()
        if values.keys() & PLACE:
            record.pop("sites", None)
        if "schedule" in values:
            record.pop("when", None)
        read = reader.read({**record, **values})
        if isinstance(read, Refusal):
            raise click.ClickException(f"Nothing was changed: {read.reason}.")
        return read

    return edited
