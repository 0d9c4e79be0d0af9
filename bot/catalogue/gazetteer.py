"""The shipped table of French communes, read fast and kept small.

The table stays as the bytes it is; a row is parsed when somebody asks for it. Names and codes are looked up in an order
of the rows, two bytes each; the indexes by code, by postcode and by position are made the first time they serve.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
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
        self._rows = gzip.decompress((folder / "gazetteer.csv.gz").read_bytes())
        self._starts = array("I", (found.end() for found in re.finditer(b"\n", self._rows)))
        """Where each row begins; the last entry is the end of the table."""
        folded = fold_lines(self.line(index).split(",", 2)[1] for index in range(len(self)))
        self.keys = [key.strip().replace(" lez ", " les ") for key in folded]
        self._ordered = array("H", sorted(range(len(self)), key=self.keys.__getitem__))
        """Rows in the order of their names; of one name, as they stand in the table."""
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

    def __len__(self) -> int:
        return len(self._starts) - 1

    def line(self, index: int) -> str:
        return self._rows[self._starts[index] : self._starts[index + 1] - 1].decode()

    def row(self, index: int) -> Row:
        return Row(*self.line(index).split(","))

    def named(self, key: str) -> tuple[int, ...]:
        """The rows whose folded name is exactly `key`."""
        return tuple(itertools.takewhile(lambda index: self.keys[index] == key, self._from(key)))

    def starting_with(self, key: str) -> Iterator[int]:
        """The rows whose folded name begins with the whole words of `key`, that name itself left out."""
        longer = f"{key} "
        return itertools.takewhile(lambda index: self.keys[index].startswith(longer), self._from(longer))

    def begins(self, word: str) -> bool:
        """Whether a folded name is `word`, or begins with it as a whole word."""
        at = self._at(word)
        first = self.keys[self._ordered[at]] if at < len(self) else ""
        return first == word or (first.startswith(word) and next(self.starting_with(word), None) is not None)

    def _from(self, key: str) -> Iterator[int]:
        """The rows in the order of their names, from the first that is not before `key`."""
        return map(self._ordered.__getitem__, range(self._at(key), len(self)))

    def _at(self, key: str) -> int:
        return bisect_left(self._ordered, key, key=self.keys.__getitem__)

    def of_code(self, code: str) -> int | None:
        """The row of an INSEE code. Communes of today win over former communes that kept their code."""
        wanted = code.encode()
        at = bisect_left(self._coded, wanted, key=self._code)
        return self._coded[at] if at < len(self._coded) and self._code(self._coded[at]) == wanted else None

    @cached_property
    def _coded(self) -> array[int]:
        """Rows in the order of their codes; of one code, as they stand in the table."""
        return array("H", sorted(range(len(self)), key=self._code))

    def _code(self, index: int) -> bytes:
        return self._rows[self._starts[index] : self._starts[index] + 5]

    @cached_property
    def by_postcode(self) -> dict[str, Sequence[int]]:
        found: dict[str, array[int]] = {}
        for index in range(len(self)):
            for postcode in self.line(index).split(",", 5)[4].split():
                found.setdefault(postcode, array("H")).append(index)
        return dict(found)

    @cached_property
    def large(self) -> dict[str, int]:
        """Communes of 10,000 people and more by folded name: those whose misspelling is worth guessing."""
        found: dict[str, int] = {}
        for index in range(len(self)):
            line = self.line(index)
            population = line.rsplit(",", 5)[1]
            if population and int(population) >= 10_000 and ",COM," in line:
                key = self.keys[index]
                if key not in found or int(population) > int(self.row(found[key]).pop):
                    found[key] = index
        return found

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
        cells: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        for index in range(len(self)):
            parts = self.line(index).split(",")
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
