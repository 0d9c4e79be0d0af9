"""Networks that take volunteers: what one does, where they are, from what age, how to find their local team.

A network of the whole country is not known to be in any one town: it is likely there, and said as such. What a public
source names in one place is a branch, with that source and its year. Addresses are those of the tables, none is built.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.catalogue.place import Place
from bot.resources import DATA

__all__ = ["METROPOLE", "Branch", "Network", "Networks"]

METROPOLE = "metropole"
"""All of metropolitan France, in a list of territories."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network, as `data/networks.csv` has it.

    `where` are the départements it may be in, `METROPOLE` standing for all of metropolitan France; empty for what is
    done at a distance. `presence` is "scattered" where it is in some towns of these only, "local" for a body of these
    places, "" for local teams all over them. What a volunteer meets (`min_age`, `training`, `frequency`) is what is
    usual there, and no rule. `finder` opens the list or map of its local
    teams, `join` the page for who would join.
    """

    id: str
    name: str
    short: str
    kind: str
    causes: tuple[str, ...]
    does: str
    where: tuple[str, ...]
    presence: str
    min_age: int | None
    training: bool | None
    vetting: bool | None
    frequency: str
    remote: bool
    one_off: bool | None
    evenings: bool | None
    site: str
    finder: str
    join: str
    platform: str

    @property
    def page(self) -> str:
        """Where one joins it, or its home page; empty where none was seen."""
        return self.join or self.site or self.platform


@dataclass(frozen=True, slots=True)
class Branch:
    """A local team, or somebody to call (`call`), that a public source names. `network` is the row it belongs to, ""
    for none; `year` the last year it was true, None where the source does not say."""

    name: str
    departement: str
    text: str
    text_en: str
    network: str = ""
    cities: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    url: str = ""
    source: str = ""
    year: int | None = None
    call: bool = False

    def text_in(self, language: str) -> str:
        return self.text_en if language == "en" else self.text


class Networks:
    """The tables, read on first use. `folder` is the data folder; one without them has no networks."""

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder

    @cached_property
    def _by_id(self) -> dict[str, Network]:
        path = self._folder / "networks.csv"
        if not path.exists():
            return {}
        with path.open(encoding="utf-8", newline="") as file:
            return {row["id"]: self._network(row) for row in csv.DictReader(file)}

    @cached_property
    def _areas(self) -> dict[str, tuple[str, ...]]:
        path = self._folder / "areas.toml"
        if not path.exists():
            return {}
        return {name: tuple(codes.split()) for name, codes in tomllib.loads(path.read_text("utf-8")).items()}

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        path = self._folder / "branches.toml"
        if not path.exists():
            return ()
        listed = tomllib.loads(path.read_text("utf-8"))["branch"]
        return tuple(
            Branch(**{**row, "cities": tuple(row.get("cities", ())), "causes": tuple(row.get("causes", ()))})
            for row in listed
        )

    def __iter__(self) -> Iterator[Network]:
        return iter(self._by_id.values())

    def by_id(self, network_id: str) -> Network | None:
        return self._by_id.get(network_id)

    def branches_at(self, place: Place) -> list[Branch]:
        """The branches of the départements of a place, those that name the very town first."""
        territory = place.covers or (place.departement,)
        found = [branch for branch in self.branches if branch.departement in territory]
        return sorted(found, key=lambda branch: (place.name not in branch.cities, bool(branch.cities)))

    def _network(self, row: dict[str, str]) -> Network:
        return Network(
            id=row["id"],
            name=row["name"],
            short=row["short"],
            kind=row["kind"],
            causes=tuple(row["causes"].split("|")),
            does=row["does"],
            where=self._expanded(row["where"]),
            presence=row["presence"],
            min_age=int(row["min_age"]) if row["min_age"] else None,
            training=_yes_no(row["training"]),
            vetting=_yes_no(row["vetting"]),
            frequency=row["frequency"],
            remote=row["remote"] == "yes",
            one_off=_yes_no(row["one_off"]),
            evenings=_yes_no(row["evenings"]),
            site=row["site"],
            finder=row["finder"],
            join=row["join"],
            platform=row["platform"],
        )

    def _expanded(self, listed: str) -> tuple[str, ...]:
        """The départements behind the words of a list; those of `METROPOLE` stay one word."""
        codes: dict[str, None] = {}
        for word in listed.split("|") if listed else ():
            for code in (word,) if word == METROPOLE else self._areas.get(word, (word,)):
                codes[code] = None
        return tuple(codes)


def _yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)
