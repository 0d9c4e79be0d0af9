"""French places as people name them: communes, arrondissements, postcodes, départements, regions, nicknames.

`Places.find` reads one place ("Marseille 5e", "13005", "le 93", "Paname", "st etiene"); `Places.scan` finds the places
inside a sentence. Nothing is sent anywhere. When several places fit, the likeliest comes first, and `natural` says
whether most people would mean it, so that the others need not be asked about.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from bot.catalogue.folding import place_key
from bot.catalogue.gazetteer import Gazetteer, Row, distance_km
from bot.catalogue.place import ROMAN, Finding, Level, Place, PlaceMatch
from bot.catalogue.place_scan import scan
from bot.resources import DATA

__all__ = ["Finding", "Level", "Place", "PlaceMatch", "Places", "distance_km"]

ARRONDISSEMENTS = {"paris": ("751", 20), "lyon": ("6938", 9), "marseille": ("132", 16)}
NUMBER = r"(?P<n>\d{1,2}|[ivx]{1,5})(?: ?(?:er|ere|e|eme|ieme|st|nd|rd|th))?"
CITY = r"(?P<city>paris|lyon|marseille)"
ARRONDISSEMENT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{CITY} (?:le )?{NUMBER}(?: (?:arr|arrdt|ardt|arrondissement))?",
        rf"{CITY} (?:arr|arrdt|ardt|arrondissement) {NUMBER}",
        rf"(?:le )?{NUMBER}(?: (?:arr|arrdt|ardt|arrondissement|district))?(?: (?:de|a|of|in))? {CITY}",
        rf"(?:arr|arrdt|ardt|arrondissement|district) {NUMBER}(?: (?:de|a|of|in))? {CITY}",
    )
)
BARE_ARRONDISSEMENT = re.compile(r"(?:le )?(?P<n>\d{1,2}) ?(?:er|ere|e|eme|ieme)(?: (?:arr|arrdt|arrondissement))?")
POSTCODE = re.compile(r"\b(\d{5}|\d{2} \d{3})\b")
QUALIFIED = re.compile(r"(?P<name>.+?) (?P<dep>0?[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[4-9])")
LEAD = re.compile(
    r"(?:j habite|je vis|je suis|on est|nous sommes|i live|i m|i am|c est|plutot|du cote|a cote|pres|proche|autour"
    r"|aux environs|aux alentours|environs|alentours|secteur|quartier|banlieue|agglo|agglomeration|metropole|near"
    r"|around|close|next|from|depuis|chez moi|ville|commune|village|city|town|departement|dept|region|dans|vers|sur"
    r"|in|at|to|of|a|au|aux|en|de|d|du|des|the|par|here)\b ?"
)
COMMUNE_CUES = frozenset({"a", "au", "aux", "ville", "commune", "village", "city", "town", "pres", "proche", "vers"})
WIDE_CUES = frozenset({"en", "dans", "departement", "dept", "region"})
ARTICLES = ("le", "la", "les", "l")
ARTICLE = re.compile(r"^(?:la|le|les|l) ")
COUNTRY = "FR"


NOTHING = Finding()


class Places:
    """Reads places from the shipped gazetteer. Share one in a process; the first use loads it (under 0.15 s)."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer(self.folder)

    @cached_property
    def names(self) -> dict[str, tuple[Place, ...]]:
        """Everything that has a name and is not a commune: regions, départements, areas, nicknames."""
        names: dict[str, tuple[Place, ...]] = {}
        for region in self._regions.values():
            names[place_key(region.name)] = (region,)
        for code, entry in self.gazetteer.departements.items():
            place = self._departement(code)
            key = place_key(entry.name)
            for variant in (key, *(key.removeprefix(f"{article} ") for article in ("la", "le", "les"))):
                names[variant] = (place,)  # an overseas region of one département is found as the département
        for name, codes in self.sayings["areas"].items():
            names.setdefault(place_key(name), (Place(name, "region", name, covers=tuple(codes)),))
        for said, name in self.sayings["area_names"].items():
            names.setdefault(said, names[place_key(name)])
        for said, target in self.sayings["aliases"].items():
            place_or_none = self.by_code(target)
            if place_or_none is not None:
                names[said] = (place_or_none,)
        return names

    def begins(self, word: str) -> bool:
        """Whether the name of anything begins with the folded `word`."""
        return word in self._first_words or self.gazetteer.begins(word)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(name.split()[0] for name in (*self.names, *self.abroad))

    @cached_property
    def sayings(self) -> dict[str, dict[str, str]]:
        return tomllib.loads((self.folder / "places.toml").read_text("utf-8"))

    @cached_property
    def abroad(self) -> frozenset[str]:
        """Folded names of countries and cities outside France."""
        return frozenset(name.strip() for name in re.split(r"[|\n]", self.sayings["abroad"]["words"]) if name)

    @cached_property
    def _regions(self) -> dict[str, Place]:
        members: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for entry in self.gazetteer.departements.values():
            members.setdefault(entry.region, []).append(entry.code)
            names[entry.region] = entry.region_name
        return {
            code: Place(name, "region", code, region=code, covers=tuple(members[code])) for code, name in names.items()
        }

    def _departement(self, code: str) -> Place:
        entry = self.gazetteer.departements[code]
        index = self.gazetteer.of_code(entry.prefecture)
        row = self.gazetteer.row(index) if index is not None else None
        lat, lon = (float(row.lat), float(row.lon)) if row is not None and row.lat else (None, None)
        return Place(entry.name, "departement", code, lat, lon, code, entry.region, covers=(code,))

    def _place(self, index: int) -> Place:
        row = self.gazetteer.row(index)
        parent = self.gazetteer.of_code(row.parent) if row.type in ("COMD", "COMA") else None
        today = row if parent is None else self.gazetteer.row(parent)
        return Place(
            row.nom,
            "arrondissement" if row.type == "ARM" else "commune",
            row.insee,
            float(row.lat) if row.lat else None,
            float(row.lon) if row.lon else None,
            row.dep,
            row.reg,
            int(row.pop or 0),
            tuple((row.cp or today.cp).split()),
        )

    def by_code(self, code: str, level: Level | None = None) -> Place | None:
        """The place of a code ("13055", "93") or of a key ("region:93"); a bare short code is a département."""
        if ":" in code:
            given, code = code.split(":", 1)
            return self._by_level(code, given)
        order = (level,) if level else ("commune", "departement", "region", "country")
        return next((place for given in order if (place := self._by_level(code, given))), None)

    def _by_level(self, code: str, level: str) -> Place | None:
        if level in ("commune", "arrondissement"):
            index = self.gazetteer.of_code(code)
            return self._place(index) if index is not None else None
        if level == "departement":
            return self._departement(code) if code in self.gazetteer.departements else None
        if level == "region":
            area = self.sayings["areas"].get(code)
            return Place(code, "region", code, covers=tuple(area)) if area else self._regions.get(code)
        return Place("France", "country", COUNTRY) if code == COUNTRY else None

    def around(self, place: Place, km: float) -> tuple[str, ...]:
        """The codes of the départements that a place is in or that come within so many kilometres of it, as far as the
        boxes around them tell. All of them for the whole country."""
        if place.lat is None or place.lon is None or place.level not in ("commune", "arrondissement"):
            return place.covers or tuple(self.gazetteer.departements)
        found = [place.departement]
        for code, entry in self.gazetteer.departements.items():
            if entry.bbox is not None and code != place.departement:
                west, south, east, north = entry.bbox
                lat, lon = min(max(place.lat, south), north), min(max(place.lon, west), east)
                if distance_km(place.lat, place.lon, lat, lon) <= km:
                    found.append(code)
        return tuple(found)

    def near(self, lat: float, lon: float, count: int = 5) -> list[Place]:
        """The communes (arrondissements in Paris, Lyon, Marseille) nearest to a point; none outside France."""
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return []
        places = [self._place(index) for _km, index in self.gazetteer.nearest(lat, lon, count + 3)]
        divided = {"75056", "69123", "13055"}
        return [place for place in places if place.code not in divided][:count]

    def find(self, text: str, *, guess: bool = True) -> Finding:
        """Read one place, its spelling guessed at if asked. Never raises; nothing found is an empty `Finding`."""
        text = text[:200]
        said = self.sayings["exact"].get(text.strip().lower())
        if said and (place := self.by_code(said)):
            return Finding((place,), place)
        whole = place_key(text)
        key, hint = _without_lead(whole)
        if not key:
            return NOTHING
        if whole in self.names or self.gazetteer.named(whole):
            key, hint = whole, ""  # "Ville-d'Avray", "région parisienne"
        found = self.lookup(key, hint)
        if not found and " " in key:
            inside = [match.finding for match in self.scan(key.split()) if match.sure]
            found = inside[0] if len(inside) == 1 else NOTHING
        return self._guess(key, hint) if guess and not found else found

    def scan(self, words: Sequence[str]) -> list[PlaceMatch]:
        """The places named in a sentence, in order, the longest name first where two begin together.

        `words` are the words as typed, however they were cut ("l'Haÿ-les-Roses" in one or in four).
        """
        return scan(self, words)

    def lookup(self, key: str, hint: str = "") -> Finding:
        """What a name written as `place_key` writes it means, without guessing at its spelling.

        `hint` is "commune" or "wide" when a preposition told which of the two was meant ("en Vienne", "à Vienne").
        """
        return (
            self._arrondissement(key)
            or self._postcode(key)
            or self._number(key)
            or self._named(key, hint)
            or self._qualified(key)
        )

    def _arrondissement(self, key: str) -> Finding:
        for pattern in ARRONDISSEMENT:
            if found := pattern.fullmatch(key):
                return self._numbered([found["city"]], found["n"])
        if found := BARE_ARRONDISSEMENT.fullmatch(key):
            return self._numbered(ARRONDISSEMENTS, found["n"])
        return NOTHING

    def _numbered(self, cities: Iterable[str], number: str) -> Finding:
        n = int(number) if number.isdigit() else ROMAN.get(number, 0)
        places = []
        for city in cities:
            prefix, last = ARRONDISSEMENTS[city]
            if 1 <= n <= last and (place := self.by_code(f"{prefix}{n:0{5 - len(prefix)}}")):
                places.append(place)
        return Finding(tuple(places), places[0] if len(places) == 1 else None)

    def _postcode(self, key: str) -> Finding:
        """A postcode, alone or inside an address; the commune named beside it decides between several."""
        found = POSTCODE.search(key)
        if not found:
            return NOTHING
        postcode = found[1].replace(" ", "")
        rows = self.gazetteer.by_postcode.get(postcode, ())
        if not rows and postcode.endswith("000"):  # 75000, 13000: what people write for the whole city
            departement = self.gazetteer.departements.get(postcode[:2])
            index = self.gazetteer.of_code(departement.prefecture) if departement else None
            rows = (index,) if index is not None else ()
        places = [self._place(index) for index in rows]
        if len(divided := [place for place in places if place.level == "arrondissement"]) >= 1:
            places = divided
        places.sort(key=lambda place: -place.population)
        rest = f" {POSTCODE.sub(' ', key)} "
        named = [place for place in places if f" {place_key(place.name)} " in rest]
        if len(named) == 1:
            places = named
        return Finding(tuple(places), places[0] if len(places) == 1 else None)

    def _number(self, key: str) -> Finding:
        number = re.sub(r"^(?:le|dans le|departement|dept|dep) ", "", key).upper()
        number = f"0{number}" if len(number) == 1 else number
        if number in self.gazetteer.departements:
            place = self._departement(number)
            return Finding((place,), place)
        return NOTHING

    def _named(self, key: str, hint: str) -> Finding:
        wide = self.names.get(key) or self.names.get(ARTICLE.sub("", key), ())
        if wide and wide[0].level in ("commune", "arrondissement"):  # a nickname
            return Finding(wide, wide[0])
        communes = self.communes(key)
        if wide:
            communes = [place for place in communes if place_key(place.name) == key]
        if key in self.abroad and (not communes or communes[0].population < 3_000):
            return Finding(abroad=key)
        if wide and communes and wide[0].level == "departement" and communes[0].departement == wide[0].code == "75":
            wide = ()  # Paris is both, and nobody wonders
        if hint == "wide" and wide:
            communes = []
        elif hint == "commune" and any(place_key(place.name) == key for place in communes) and not _is_island(wide):
            wide = ()
        if wide and (not communes or communes[0].population < 10_000):
            return Finding((*wide, *communes[:4]), wide[0])
        if wide:
            return Finding((communes[0], *wide, *communes[1:5]), None)
        return Finding(tuple(communes[:8]), _natural(communes))

    def communes(self, key: str) -> list[Place]:
        """Communes of this name, or whose name is longer ("Aix", "Vitry"), most people first."""
        rows = list(self.gazetteer.named(key))
        for article in ARTICLES:
            rows += self.gazetteer.named(f"{article} {key}")
        if len(key) >= 3 and not any(self._population(index) >= 20_000 for index in rows):
            longer = [i for i in self.gazetteer.starting_with(key) if ",ARM," not in self.gazetteer.line(i)]
            rows += [i for i in longer if not rows or self._population(i) >= 10_000]
        places: dict[str, Place] = {}
        for index in rows:
            row = self.gazetteer.row(index)
            if row.type in ("COMD", "COMA") and self._is_its_parent(row):
                continue
            places.setdefault(row.insee, self._place(index))
        return sorted(places.values(), key=lambda place: -place.population)

    def _is_its_parent(self, row: Row) -> bool:
        parent = self.gazetteer.of_code(row.parent)
        return parent is not None and place_key(self.gazetteer.row(parent).nom) == place_key(row.nom)

    def _population(self, index: int) -> int:
        return int(self.gazetteer.row(index).pop or 0)

    def _qualified(self, key: str) -> Finding:
        """A name and the département that tells it from others: "Saint-Denis 93", "Valence Drôme"."""
        if found := QUALIFIED.fullmatch(key):
            name, code = found["name"], found["dep"].upper().zfill(2)
            return self._within(re.sub(r" (?:dans le|le|departement|dept)$", "", name), {code})
        parts = key.split()
        for cut in range(1, min(len(parts), 8)):
            end = re.sub(r"^(?:en|dans|dans l[ea]s?|dans l|l[ea]s?) ", "", " ".join(parts[cut:]))
            wide = self.names.get(end, ())
            if wide and wide[0].covers:
                found_here = self._within(" ".join(parts[:cut]), set(wide[0].covers))
                if found_here:
                    return found_here
        return NOTHING

    def _within(self, name: str, codes: set[str]) -> Finding:
        rows = self.communes(name)
        places = [place for place in rows if place.departement in codes]
        exactly = [place for place in places if place_key(place.name) == name]
        places = exactly or places
        return Finding(tuple(places[:8]), _natural(places))

    def _guess(self, key: str, hint: str) -> Finding:
        """The nearest spellings, weighed by how many people live there."""
        if len(key) < 3 or key.isdigit() or len(key) > 60:
            return NOTHING
        from rapidfuzz import fuzz, process

        guesses: list[tuple[float, Place]] = []
        for name, score, index in process.extract(
            key, self.gazetteer.keys, scorer=fuzz.ratio, score_cutoff=78, limit=40
        ):
            row = self.gazetteer.row(index)
            if row.type == "COM" and abs(len(name) - len(key)) <= 3:
                guesses.append((score + 3 * math.log10(int(row.pop or 0) + 10), self._place(index)))
        for name, score, _ in process.extract(key, list(self.names), scorer=fuzz.ratio, score_cutoff=80, limit=5):
            guesses.append((score + (18 if hint == "wide" else 13), self.names[name][0]))
        guesses.sort(key=lambda guess: -guess[0])
        places = tuple(dict.fromkeys(place for _score, place in guesses))[:5]
        if not places:
            return NOTHING
        sure = len(places) == 1 or guesses[0][0] - next(s for s, p in guesses if p != places[0]) >= 6
        return Finding(places, places[0] if sure else None, exact=False)


def _is_island(places: Sequence[Place]) -> bool:
    """One says "à la Réunion", "à Mayotte", as one says "à Vienne": overseas, the whole is meant."""
    return bool(places) and places[0].level == "departement" and places[0].code.startswith("97")


def _without_lead(key: str) -> tuple[str, str]:
    """The name without "j'habite à", "près de", "dans le"…, and which level these words point to."""
    hint = ""
    while found := LEAD.match(key):
        rest = key[found.end() :]
        if not rest:
            break
        word = found[0].strip()
        if word in WIDE_CUES:
            hint = "wide"
        elif word in COMMUNE_CUES:
            hint = hint or "commune"
        if word in ("au", "du"):
            rest = f"le {rest}"
        elif word in ("aux", "des"):
            rest = f"les {rest}"
        key = rest
    if hint == "wide":
        key = re.sub(r"^(?:l[ea]s?|l) (?=\D)", "", key)
    return key, hint


def _natural(places: Sequence[Place]) -> Place | None:
    """The first, when it has four times the people of the second."""
    if not places:
        return None
    if len(places) == 1 or places[0].population >= 4 * max(1, places[1].population):
        return places[0]
    return None
