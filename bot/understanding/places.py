"""The places of a message, as the slot `place` holds them.

The gazetteer finds the names; here the sentence decides which of them are places at all. A name that is also an
ordinary word needs a preposition or a capital; the place of an organisation's name (« Fondation de France ») is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from rapidfuzz.distance import OSA

from bot.catalogue.folding import place_key
from bot.catalogue.known import gazetteer
from bot.catalogue.places import Finding, Place, PlaceMatch
from bot.understanding.availability import moments_in
from bot.understanding.causes import causes_in
from bot.understanding.courtesy import read_courtesy
from bot.understanding.lexicon import Lexicon
from bot.understanding.organisations import name_end, organisations_in, typed_words
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["PlaceName", "as_slot", "city_of", "places_in", "radius_in", "read_place", "read_places"]

_LISTS: Final = word_lists("places")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place named in a sentence: words from `start` to before `end`, and what the name may mean."""

    start: int
    end: int
    text: str
    finding: Finding


def as_slot(finding: Finding, text: str) -> dict[str, Any] | None:
    """The slot of a finding: the natural reading, or the homonyms worth asking about. None for places abroad."""
    if not finding.places:
        return None
    if finding.natural is not None:
        return _one(finding.natural)
    if len(finding.places) == 1:
        return _one(finding.places[0])
    return {
        "name": finding.places[0].name if finding.exact else text,
        "level": "ambiguous",
        "candidates": [place.code for place in finding.places],
    }


def _one(place: Place) -> dict[str, Any]:
    return {"name": place.name, "level": place.level, "code": place.code}


# Words after which a name is no place: « un pull Lacoste », « rue de Lyon », a train from one town to another is one.
_NOT_BEFORE: Final = _LISTS.words("never_before_a_place")
_LARGE: Final = 20_000
# Everyday words that some commune is called like: only a capital letter makes them places.
_EVERYDAY: Final = _LISTS.words("everyday_words")


def places_in(sentence: Sentence, language: str = "fr") -> list[PlaceName]:
    """The places named in a sentence, from left to right."""
    return sentence.once(f"places:{language}", lambda: _places(sentence, language))


def _places(sentence: Sentence, language: str) -> list[PlaceName]:
    spelled, first = typed_words(sentence)
    first.append(len(sentence))
    organisations = {index for body in organisations_in(sentence) for index in range(body.start, body.end)}
    found: list[PlaceName] = []
    for match in gazetteer().scan(spelled):
        start = first[match.start]
        end = name_end(sentence, start, first[match.end])
        if not organisations.isdisjoint(range(start, end)) or not _is_place(sentence, match, start, end, language):
            continue
        found.append(PlaceName(start, end, match.text, match.finding))
    if not found:
        found = _by_ear(sentence, organisations)
    return found


def _is_place(sentence: Sentence, match: PlaceMatch, start: int, end: int, language: str) -> bool:
    """Whether the sentence means the place rather than the word it is called like."""
    head = start - 2 if sentence.word(start - 1) in ("de", "du", "d", "des") else start - 1
    if not match.finding.places or sentence.word(head) in _NOT_BEFORE or _is_station(sentence, head, start):
        return False
    if match.finding.places[0].level == "departement" and _is_river(sentence, start):
        return False
    if not match.sure:
        if _stands_alone(sentence, start, end) and match.finding.places[0].level in ("departement", "region"):
            return sentence.is_capital(start)
        # « a lens », typed without its accent; in English the same is "a lens".
        large = match.finding.places[0].population >= _LARGE and sentence.words[start] not in _EVERYDAY
        return language == "fr" and large and sentence.word(start - 1) == "a"
    if end - start > 1 or sentence.words[start] not in _EVERYDAY:
        return True
    return (sentence.is_capital(start) and (start > 0 or len(sentence) == 1)) or (
        sentence.word(start - 1) == "la" and match.capital
    )


def _is_river(sentence: Sentence, start: int) -> bool:
    """« les berges de la Marne », « les bords de Loire »: the water, not the département."""
    return any(word in _WATERSIDE for word in sentence.words[max(0, start - 4) : start])


_WATERSIDE: Final = _LISTS.words("waterside")


def _stands_alone(sentence: Sentence, start: int, end: int) -> bool:
    """Whether nothing but signs stands around the words: « sports d'hiver, Savoie »."""
    return not sentence.word(start - 1).isalnum() and not sentence.word(end).isalnum()


def _is_station(sentence: Sentence, head: int, start: int) -> bool:
    """The Gare de Lyon stands in Paris."""
    return sentence.word(head) == "gare" and sentence.words[start] == "lyon"


# Before the name of a place where the scan finds nothing: small towns cut short, text-message spellings.
_BEFORE_A_PLACE: Final = _LISTS.words("before_a_place")
_LITTLE: Final = _LISTS.words("little_words")
_SHORTEST_BY_EAR: Final = 5
_SHORTEST_SOUND: Final = 4
_LARGE_BY_EAR: Final = 25_000
_SILENT: Final = re.compile(r"(?:es|[esxtd])$")


def _by_ear(sentence: Sentence, organisations: set[int]) -> list[PlaceName]:
    """The first place said as nobody writes it: « nous habitons Sarlat », « a toulouz », « du temps, Bezier »."""
    for index, word in enumerate(sentence.words):
        if word in _SAINT and index not in organisations and (saint := _saint(sentence.word(index + 1))) is not None:
            return [PlaceName(index, index + 2, sentence.typed(index, index + 2), saint)]
        if len(word) < _SHORTEST_BY_EAR or not word.isalpha() or index in organisations or word in _EVERYDAY:
            continue
        before = sentence.word(index - 1)
        before = sentence.word(index - 2) if before in _LITTLE else before
        alone = _stands_alone(sentence, index, index + 1) and len(sentence) > 1
        if before not in _BEFORE_A_PLACE and not alone:
            continue
        announced = before in _BEFORE_A_PLACE and sentence.is_capital(index)
        finding = gazetteer().lookup(place_key(word)) if announced else None
        if not finding and alone and sentence.is_capital(index):
            finding = _standing(word)
        if not finding and (name := _sounds().get(_sound(word))) is not None:
            finding = gazetteer().lookup(name)
        if finding and finding.places and finding.natural is not None:
            return [PlaceName(index, index + 1, sentence.typed(index, index + 1), finding)]
    return []


def _standing(word: str) -> Finding | None:
    """A town that stands between two commas, cut short or with one slip: « Chamonix », « Tolouse »."""
    whole = gazetteer().lookup(place_key(word))
    if whole.natural is not None and whole.natural.population >= _TOWN:
        return whole
    for name in gazetteer().gazetteer.large:
        if name[0] == word[0] and abs(len(name) - len(word)) <= 1 and OSA.distance(word, name, score_cutoff=1) <= 1:
            near = gazetteer().lookup(name)
            if near.natural is not None and near.natural.population >= _LARGE_BY_EAR:
                return Finding(near.places, near.natural, exact=False)
    return None


def _saint(word: str) -> Finding | None:
    """A large town called after a saint whose name is spelt as it sounds, or with one slip: « st etiene »."""
    if len(word) < _SHORTEST_BY_EAR or not word.isalpha():
        return None
    for rest, name in _saints().items():
        if _sound(word) == _sound(rest) or OSA.distance(word, rest, score_cutoff=1) <= 1:
            found = gazetteer().lookup(name)
            return Finding(found.places, found.natural, exact=False) if found.natural is not None else None
    return None


_SAINT: Final = frozenset({"st", "ste", "saint", "sainte"})


@lru_cache(maxsize=1)
def _saints() -> dict[str, str]:
    """The large towns called after a saint, by the name of the saint."""
    split = ((name, name.split()) for name in gazetteer().gazetteer.large)
    return {parts[1]: name for name, parts in split if len(parts) == 2 and parts[0] in _SAINT}


_TOWN: Final = 5_000
_SOUNDS: Final = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("ck", "k"), ("ch", "$"), ("ge", "je"), ("gi", "ji"),
    ("ce", "se"), ("ci", "si"), ("c", "k"), ("z", "s"), ("y", "i"), ("h", ""), ("ai", "e"), ("ei", "e"), ("oi", "w"),
    ("en", "an"), ("em", "an"), ("am", "an"), ("om", "on"), ("ou", "u"), ("w", "v"),
)  # fmt: skip


def _sound(word: str) -> str:
    """How a name sounds, roughly: "toulouz" and "toulouse" are one."""
    word = _SILENT.sub("", word)
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return "".join(letter for letter, following in zip(word, word[1:] + " ", strict=True) if letter != following)


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    """The large towns by their sound. Short sounds are left out: too many everyday words share them."""
    table = gazetteer().gazetteer
    names = [name for name, row in table.large.items() if " " not in name and int(table.row(row).pop) >= _LARGE_BY_EAR]
    return {sound: name for name in names if len(sound := _sound(name)) >= _SHORTEST_SOUND}


def read_places(text: str | Sentence, language: str = "fr") -> list[dict[str, Any]]:
    """Each place of a message as a slot, each once. Places refused (« pas Lyon, Villeurbanne ») are left out."""
    sentence = Sentence.of(text)
    return [dict(slot) for slot in sentence.once(f"place slots:{language}", lambda: _slots(sentence, language))]


def _slots(sentence: Sentence, language: str) -> list[dict[str, Any]]:
    names = places_in(sentence, language)
    refused = refusals(
        sentence,
        [(name.start, name.end) for name in names],
        others=lambda: [*moments_in(sentence), *((start, end) for start, end, _causes in causes_in(sentence))],
    )
    found: list[dict[str, Any]] = []
    for name, no in zip(names, refused, strict=True):
        if no:
            continue
        slot = as_slot(name.finding, name.text)
        if slot is not None and slot not in found:
            found.append(slot)
    found = _within(found)
    finer = {_CITY_OF[slot["code"][:3]] for slot in found if slot["level"] == "arrondissement"}
    return [slot for slot in found if slot.get("code") not in finer]


def _within(slots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """« Mamoudzou (Mayotte) », « Saint-Denis, dans le 93 »: a territory tells which town is meant, and is no second place."""
    wider = [place for slot in slots if (place := _territory(slot)) is not None]
    told: list[dict[str, Any]] = []
    used: list[str] = []
    for slot in slots:
        codes = slot.get("candidates") or ([slot["code"]] if slot["level"] in ("commune", "arrondissement") else [])
        inside = [
            (place, territory)
            for code in codes
            if (place := gazetteer().by_code(str(code))) is not None
            for territory in wider
            if place.departement in territory.covers
        ]
        used += [territory.key for _place, territory in inside]
        told.append(_one(inside[0][0]) if len({place.key for place, _territory in inside}) == 1 else slot)
    return [slot for slot in told if f"{slot['level']}:{slot.get('code')}" not in used]


def _territory(slot: dict[str, Any]) -> Place | None:
    """The place of a slot, where it is made of départements."""
    place = (
        gazetteer().by_code(f"{slot['level']}:{slot['code']}") if slot["level"] in ("departement", "region") else None
    )
    return place if place is not None and place.covers else None


# The cities that have arrondissements, by how the codes of these begin.
_CITY_OF: Final = {"751": "75056", "693": "69123", "132": "13055"}


def city_of(key: str) -> str:
    """The key of the city that an arrondissement is part of, "" for any other place."""
    level, _colon, code = key.partition(":")
    return f"commune:{_CITY_OF[code[:3]]}" if level == "arrondissement" else ""


def read_place(text: str | Sentence) -> dict[str, Any] | None:
    """The place in an answer to "where?", spelling guessed if need be. None when there is none in France."""
    sentence = Sentence.of(text)
    inside = read_places(sentence)
    if inside:
        return inside[0]
    if len(sentence) > 12:
        return None
    misspelt = not causes_in(sentence) and not read_courtesy(sentence)  # « bonjour » is no « Boncourt »
    return as_slot(gazetteer().find(sentence.text, guess=misspelt), sentence.text.strip())


_RADIUS: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("radius"))


def radius_in(sentence: Sentence, language: str = "fr") -> float | int | None:
    """The distance said around a place, in kilometres."""
    from bot.understanding.numbers.figures import figures_in
    from bot.understanding.pay import as_number

    for figure in figures_in(sentence, language):
        if figure.measure == "km" and figure.number.value > 0:
            near = range(max(0, figure.start - 5), min(len(sentence), figure.end + 4))
            if any(_RADIUS.at(sentence, index) for index in near):
                miles = sentence.stem(figure.end - 1) == "mile"
                value = figure.number.value
                return round(float(value) * 1.609344, 2) if miles else as_number(value)
    return None
