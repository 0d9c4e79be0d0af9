"""What a place is, and what a name that was said may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from bot.catalogue.gazetteer import distance_km

__all__ = ["ROMAN", "Finding", "Level", "Place", "PlaceMatch"]

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11}
ROMAN |= {"xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20}

Level = Literal["commune", "arrondissement", "departement", "region", "country"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in France.

    `code` is the INSEE code of a commune or arrondissement, the code of a département or region, "FR" for the whole
    country, a name for an area without a code ("Côte d’Azur"). `lat` and `lon` are degrees, None where no point is
    known or makes sense; a département has the point of its prefecture. `covers` lists the départements that a place
    wider than a commune is made of, empty for the whole country. `population` is 0 when it is not known.
    """

    name: str
    level: Level
    code: str
    lat: float | None = None
    lon: float | None = None
    departement: str = ""
    region: str = ""
    population: int = 0
    postcodes: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What `Places.by_code` gives this place back for."""
        return f"{self.level}:{self.code}"

    @property
    def label(self) -> str:
        """The name, with what tells it from others of the same name: "Saint-Denis (93)", "Marseille 5e"."""
        if self.level == "arrondissement":
            return self.name.removesuffix(" Arrondissement")
        if self.level == "commune" and self.departement != "75":
            return f"{self.name} ({self.departement})"
        if self.level == "departement" and len(self.code) == 2:
            return f"{self.name} (département {self.code})"
        return self.name

    def distance_to(self, lat: float, lon: float) -> float | None:
        """Kilometres from this place's point, None when it has none."""
        if self.lat is None or self.lon is None:
            return None
        return distance_km(self.lat, self.lon, lat, lon)


@dataclass(frozen=True, slots=True)
class Finding(Sequence[Place]):
    """The places a name may mean, likeliest first; empty when there is none.

    `natural` is the one nearly everyone would mean, None when it is better to ask. `exact` is false when the spelling
    had to be guessed. `abroad` holds the name of a place outside France, and then there are no places.
    """

    places: tuple[Place, ...] = ()
    natural: Place | None = None
    exact: bool = True
    abroad: str | None = None

    @overload
    def __getitem__(self, index: int) -> Place: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Place, ...]: ...

    def __getitem__(self, index: int | slice) -> Place | tuple[Place, ...]:
        return self.places[index]

    def __bool__(self) -> bool:
        return bool(self.places or self.abroad)

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place found in a sentence, at `words[start:end]`.

    `ambiguous_word` is true for what is also a word of every day ("Tours", "Bon", "le 13", a round postcode).
    `cue` is true when the words before it announce a place ("à", "près de", "dans le", "in"); `capital` when it was
    typed with a capital letter inside the sentence.
    """

    start: int
    end: int
    text: str
    finding: Finding
    ambiguous_word: bool = False
    cue: bool = False
    capital: bool = False

    @property
    def sure(self) -> bool:
        """Whether to take it for a place without asking."""
        return not self.ambiguous_word or self.cue or self.capital
