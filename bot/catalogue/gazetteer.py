"""The shipped table of French communes, read fast and kept small.

Loading reads the names only (about 60 ms); a row is parsed when somebody asks for it, and the indexes by postcode, by
code and by position are made the first time they serve.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.catalogue.folding import fold_lines

__all__ = ["Departement", "Gazetteer", "Row", "distance_km"]

CELL = 4  # cells of a quarter of a degree


class Row(NamedTuple):
    """One line of gazetteer.csv.gz, as text."""

    insee: str
    nom: str
    type: str
    parent: str
    cp: str
    dep: str
    reg: str
    epci: str
    pop: str
    km2: str
    lat: str
    lon: str
    src: str


@dataclass(frozen=True, slots=True)
class Departement:
    """A département or overseas territory. `bbox` is west, south, east, north in degrees, where it is known."""

    code: str
    name: str
    region: str
    region_name: str
    prefecture: str
    bbox: tuple[float, float, float, float] | None


class Gazetteer:
    """Rows by folded name, postcode, INSEE code and position."""

    def __init__(self, folder: Path) -> None:
        text = gzip.decompress((folder / "gazetteer.csv.gz").read_bytes()).decode("utf-8")
        self._lines = text.rstrip("\n").split("\n")[1:]
        folded = fold_lines(line.split(",", 2)[1] for line in self._lines)
        self.keys = [key.strip().replace(" lez ", " les ") for key in folded]
        by_key: dict[str, int | list[int]] = {}
        for index, key in enumerate(self.keys):
            other = by_key.setdefault(key, index)
            if other != index:
                if isinstance(other, int):
                    by_key[key] = [other, index]
                else:
                    other.append(index)
        self._by_key = by_key
        self.departements = {
            entry["code"]: Departement(
                entry["code"],
                entry["nom"],
                entry["region"],
                entry["region_nom"],
                entry["chef_lieu"],
                tuple(entry["bbox"]) if "bbox" in entry else None,
            )
            for entry in json.loads((folder / "departements.json").read_text("utf-8"))
        }

    def line(self, index: int) -> str:
        return self._lines[index]

    def row(self, index: int) -> Row:
        return Row(*self._lines[index].split(","))

    def named(self, key: str) -> tuple[int, ...]:
        """The rows whose folded name is exactly `key`."""
        found = self._by_key.get(key, ())
        return (found,) if isinstance(found, int) else tuple(found)

    def starting_with(self, key: str) -> Iterator[int]:
        """The rows whose folded name begins with the whole words of `key`, that name itself left out."""
        start = self._blob.find(f"\n{key} ")
        while start >= 0:
            end = self._blob.index("\n", start + 1)
            yield from self.named(self._blob[start + 1 : end])
            start = self._blob.find(f"\n{key} ", end)

    @cached_property
    def _blob(self) -> str:
        return "\n" + "\n".join(self._by_key) + "\n"

    @cached_property
    def by_code(self) -> dict[str, int]:
        """Communes of today win over former communes that kept their code."""
        codes: dict[str, int] = {}
        for index, line in enumerate(self._lines):
            codes.setdefault(line[:5], index)
        return codes

    @cached_property
    def by_postcode(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for index, line in enumerate(self._lines):
            for postcode in line.split(",", 5)[4].split():
                found.setdefault(postcode, []).append(index)
        return {postcode: tuple(rows) for postcode, rows in found.items()}

    @cached_property
    def large(self) -> dict[str, int]:
        """Communes of 10,000 people and more by folded name: those whose misspelling is worth guessing."""
        found: dict[str, int] = {}
        for index, line in enumerate(self._lines):
            population = line.rsplit(",", 5)[1]
            if population and int(population) >= 10_000 and ",COM," in line:
                key = self.keys[index]
                if key not in found or int(population) > int(self.row(found[key]).pop):
                    found[key] = index
        return found

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
        cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        for index, line in enumerate(self._lines):
            parts = line.split(",")
            if parts[2] in ("COM", "ARM") and parts[10]:
                lat, lon = float(parts[10]), float(parts[11])
                cell = (math.floor(lat * CELL), math.floor(lon * CELL))
                cells.setdefault(cell, []).append((lat, lon, index))
        return cells

    def nearest(self, lat: float, lon: float, count: int) -> list[tuple[float, int]]:
        """Distance in km and row of the communes nearest to a point; none when the point is over 50 km from any."""
        row, column = math.floor(lat * CELL), math.floor(lon * CELL)
        found = [
            (distance_km(lat, lon, there_lat, there_lon), index)
            for down in range(-2, 3)
            for right in range(-3, 4)
            for there_lat, there_lon, index in self._cells.get((row + down, column + right), ())
        ]
        return sorted(entry for entry in found if entry[0] <= 50)[:count]


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))
