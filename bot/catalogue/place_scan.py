"""Places inside a sentence: the longest name at each word, with what tells a place from an ordinary word.

Thousands of communes are called like something else (Sens, Bonne, Y, La Table…). Nothing is thrown away here: each
match says how sure it is, and the reader of the sentence decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.catalogue.folding import place_key
from bot.catalogue.place import ROMAN, Finding, PlaceMatch
from bot.word_lists import word_lists

if TYPE_CHECKING:
    from bot.catalogue.places import Places

__all__ = ["scan"]

LONGEST = 9  # words in the longest name of a commune
LIMIT = 600  # words read in one message
CONTRACTED = {"au": "le", "aux": "les", "du": "le", "des": "les"}
ARTICLES = frozenset({"le", "la", "les", "l"})
_LISTS = word_lists("places")
AT = _LISTS.words("at")
OF = _LISTS.words("of")
AROUND = _LISTS.words("around")
INTO = frozenset({"en", "dans", "ds", "departement", "dept", "region"})
MONEY = frozenset({"euro", "euros", "eur", "e", "balles", "k", "ke", "km", "kms", "heures", "h", "par", "ans"})
AFTER_NUMBER = _LISTS.words("after_a_number")
ORDINAL = re.compile(r"(\d{1,2})(?:er|ere|e|eme|ieme|th|st|nd|rd)")
ROMAN_ORDINAL = re.compile(r"([IVX]{1,5})(?:er|e|E|ème|eme)\b")
ARRONDISSEMENT_WORDS = frozenset({"arr", "arrdt", "ardt", "arrondissement", "district"})
LINKS = frozenset({"ou", "et", "or", "and"})
CITIES = frozenset({"paris", "lyon", "marseille"})


class _Piece(NamedTuple):
    """A folded word, where it came from, and whether it was typed with a capital."""

    text: str
    word: int
    capital: bool
    accented_a: bool = False


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The ordinary words of places.toml, and the short forms of large towns ("vitry", "boulogne", "havre").

    `openers` are the words with which these forms begin: no other begins one.
    """

    ordinary: frozenset[str]
    never: frozenset[str]
    short: frozenset[str]
    openers: frozenset[str]
    not_slips: frozenset[str]


@lru_cache(maxsize=8)
def _vocabulary(places: Places) -> _Vocabulary:
    def listed(name: str) -> frozenset[str]:
        return frozenset(word.replace("_", " ") for word in places.sayings[name]["words"].split())

    short: set[str] = set()
    for name in places.gazetteer.large:
        parts = name.split()
        short.update(" ".join(parts[:cut]) for cut in range(1, len(parts)))
    bare = {word for word in short if len(word) < 3} | ARTICLES | {"saint", "sainte", "saint jean", "pont", "port"}
    bare |= {
        "val",
        "mont",
        "mantes la",
        "notre",
        "notre dame",
        "grand",
        "grande",
        "petit",
        "petite",
        "trois",
        "chateau",
    }
    bare |= {"bois", "pierre", "six", "plan", "croix", "fort", "salon", "bruay", "marcq", "ville", "roche"}
    short = {
        word for word in short if word not in bare and word.split()[-1] not in {"la", "le", "les", "sur", "en", "l"}
    }
    split = (name.partition(" ") for name in places.gazetteer.large)
    short.update(name for article, _space, name in split if article in ("le", "la", "les") and " " not in name)
    openers = frozenset(name.split()[0] for name in short)
    return _Vocabulary(listed("ordinary"), listed("never"), frozenset(short), openers, listed("not_slips"))


def scan(places: Places, words: Sequence[str]) -> list[PlaceMatch]:
    """See `Places.scan`. Words past the six hundredth are not read."""
    pieces = [
        _Piece(text, position, word[:1].isupper() or word[2:3].isupper(), word.lower() == "à")
        for position, word in enumerate(words[:LIMIT])
        for text in place_key(word).split()
    ]
    matches: list[PlaceMatch] = []
    at = 0
    while at < len(pieces):
        found = _number(places, words, pieces, at) or _name(places, words, pieces, at)
        if found is None:
            at += 1
            continue
        while found is not None:
            size, match = found
            matches.append(match)
            at += size
            found = _further(places, words, pieces, at, match.finding)
    return matches


def _further(
    places: Places, words: Sequence[str], pieces: list[_Piece], at: int, before: Finding
) -> tuple[int, PlaceMatch] | None:
    """One more arrondissement of the same city: "Marseille 8e ou 9e", "Paris 11, 12"."""
    if before.natural is None or before.natural.level != "arrondissement":
        return None
    linked = at < len(pieces) and pieces[at].text in LINKS
    number = at + linked
    if number >= len(pieces) or not (linked or re.search(r"[,/&+-]", words[pieces[at - 1].word])):
        return None
    text, following = pieces[number].text, pieces[number + 1].text if number + 1 < len(pieces) else ""
    is_last = not following or following in LINKS | ARRONDISSEMENT_WORDS or words[pieces[number].word].endswith(",")
    if following in AFTER_NUMBER or not (ORDINAL.fullmatch(text) or (text.isdigit() and is_last)):
        return None
    finding = places.lookup(f"{place_key(before.natural.name).split()[0]} {text}")
    if finding.natural is None or finding.natural.level != "arrondissement":
        return None
    return 1 + linked, _match(words, pieces, number, 1, finding)


def _name(places: Places, words: Sequence[str], pieces: list[_Piece], at: int) -> tuple[int, PlaceMatch] | None:
    raw = words[pieces[at].word].strip(".,;:!?()«»\"'").lower()
    if raw in places.sayings["exact"]:
        return 1, _match(words, pieces, at, 1, places.find(raw))
    texts = [piece.text for piece in pieces[at : at + LONGEST]]
    for size in range(len(texts) if places.begins(CONTRACTED.get(texts[0], texts[0])) else 0, 0, -1):
        key = " ".join(texts[:size])
        if size > 1 and texts[0] in CONTRACTED:
            key = " ".join([CONTRACTED[texts[0]], *texts[1:size]])
        if len(key) < 2 and key != "y":
            continue
        if not (places.gazetteer.named(key) or key in places.names or key in places.abroad):
            continue
        if size == 1 and (texts[0] in ARTICLES or texts[0].isdigit()):
            continue
        if size == 2 and texts[0] in ARTICLES and _is_longer_without_article(places, texts):
            return None  # « le Pas-de-Calais » is not the commune Le Pas
        size, finding = _longer(places, pieces, at, size, key)
        if finding:
            return size, _judged(places, words, pieces, at, size, finding, key)
    return _short_name(places, words, pieces, at, texts) or _misspelt(places, words, pieces, at, texts[0])


def _is_longer_without_article(places: Places, texts: list[str]) -> bool:
    return any(" ".join(texts[1:end]) in places.names for end in range(3, len(texts) + 1))


def _longer(places: Places, pieces: list[_Piece], at: int, size: int, key: str) -> tuple[int, Finding]:
    """A city with its arrondissement, a name with its département; else what the name means after its preposition."""
    rest = [piece.text for piece in pieces[at + size : at + size + 4]]
    if key in CITIES:
        for more in range(len(rest), 0, -1):
            number = next((text for text in rest[:more] if ORDINAL.fullmatch(text) or text.isdigit()), None)
            if number is None or not all(
                text == number or text in ARRONDISSEMENT_WORDS or text in ("le", "e", "er", "eme", "dans")
                for text in rest[:more]
            ):
                continue
            if number.isdigit() and more == 1 and rest[1:] and rest[1] in AFTER_NUMBER:
                continue
            found = places.lookup(" ".join([key, *(text for text in rest[:more] if text != "dans")]))
            if found and found[0].level == "arrondissement":
                return size + more, found
    for more in (1, 2, 3, 4):
        extra = [text for text in rest[:more] if text not in ("dans", "en")]
        if len(rest) >= more and extra and (extra[-1].upper() in places.gazetteer.departements):
            if more == len(rest) or rest[more] not in AFTER_NUMBER:
                found = places.lookup(f"{key} {extra[-1]}")
                if found and (extra[-1] in ("2a", "2b") or extra[0] == "le" or len(places.communes(key)) > 1):
                    return size + more, found
            break
    return size, places.lookup(key, _hint(pieces, at))


def _hint(pieces: list[_Piece], at: int) -> str:
    before = pieces[at - 1].text if at else ""
    if before in INTO or (before in ARTICLES and at > 1 and pieces[at - 2].text in INTO):
        return "wide"
    return "commune" if before in ("a", "at", "vers") else ""


def _judged(
    places: Places, words: Sequence[str], pieces: list[_Piece], at: int, size: int, finding: Finding, key: str
) -> PlaceMatch:
    vocabulary = _vocabulary(places)
    match = _match(words, pieces, at, size, finding)
    parts = key.split()
    people = finding[0].population if len(finding) else 0
    commune = bool(len(finding)) and finding[0].level == "commune"
    weak = key in vocabulary.ordinary or key in vocabulary.never
    if commune and len(parts) == 1 and people < 3_000:
        weak = True
    if commune and len(parts) == 2 and parts[0] in ARTICLES and people < 15_000:
        weak = True
    if not weak:
        return match
    lone = match.start == 0 and match.end == len(words)
    small_article = commune and len(parts) == 2 and parts[0] in ARTICLES
    strict = key in vocabulary.never or small_article or (commune and people < 3_000)
    river = bool(len(finding)) and finding[0].level in ("departement", "region")
    capital = pieces[at + size - 1].capital and (match.start > 0 or lone)
    english_article = at > 0 and pieces[at - 1].text == "a" and not pieces[at - 1].accented_a
    announced = match.cue and (capital or not (strict or english_article))
    return PlaceMatch(
        match.start, match.end, match.text, finding, True, lone or announced, capital and not strict and not river
    )


def _short_name(
    places: Places, words: Sequence[str], pieces: list[_Piece], at: int, texts: list[str]
) -> tuple[int, PlaceMatch] | None:
    """ "Vitry", "Boulogne", "Havre": the beginning of a large town's name, where a place is expected."""
    vocabulary = _vocabulary(places)
    for size in (3, 2, 1) if texts[0] in vocabulary.openers else ():
        key = " ".join(texts[:size])
        if len(texts) < size or key not in vocabulary.short:
            continue
        if size == 1 and (key in vocabulary.never or key in vocabulary.ordinary):
            continue
        match = _match(words, pieces, at, size, places.lookup(key))
        lone = match.start == 0 and match.end == len(words)
        if match.finding and (match.cue or match.capital or lone):
            return size, PlaceMatch(
                match.start, match.end, match.text, match.finding, True, match.cue or lone, match.capital
            )
    return None


def _misspelt(
    places: Places, words: Sequence[str], pieces: list[_Piece], at: int, text: str
) -> tuple[int, PlaceMatch] | None:
    """One slip in the name of a town of 10,000 people and more, right after a word that announces a place."""
    vocabulary = _vocabulary(places)
    if len(text) < 5 or not text.isalpha() or text in vocabulary.never or text in vocabulary.not_slips:
        return None
    if not _cue(pieces, at) or pieces[at - 1].text == "en":
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 2 if len(text) >= 9 else 1
    for name, _slips, _index in process.extract(
        text, list(places.gazetteer.large), scorer=OSA.distance, score_cutoff=slips, limit=3
    ):
        if name[0] == text[0]:
            place = places.lookup(name)
            if place:
                finding = Finding(place.places, place.natural, exact=False)
                return 1, _match(words, pieces, at, 1, finding)
    return None


def _number(places: Places, words: Sequence[str], pieces: list[_Piece], at: int) -> tuple[int, PlaceMatch] | None:
    """Postcodes, "le 93", "le 20e", "10e arrondissement de Marseille"."""
    text = pieces[at].text
    after = [piece.text for piece in pieces[at + 1 : at + 5]]
    before = pieces[at - 1].text if at else ""
    if len(text) == 5 and text.isdigit():
        if "€" in words[pieces[at].word] or (after and after[0] in MONEY):
            return None
        finding = places.lookup(text)
        if not finding:
            return None
        match = _match(words, pieces, at, 1, finding)
        start = match.start == 0 or match.end == len(words)
        return 1, PlaceMatch(
            match.start, match.end, match.text, finding, text.endswith("00"), match.cue or start, False
        )
    ordinal = ORDINAL.fullmatch(text)
    if not ordinal and before in ("le", "du", "dans") and (roman := ROMAN_ORDINAL.match(words[pieces[at].word])):
        # « dans le XIe »; "XVIIIe siècle" is no place.
        finding = places.lookup(f"{ROMAN[roman[1].lower()]}e") if roman[1].lower() in ROMAN else Finding()
        if finding and not (after and after[0] in AFTER_NUMBER):
            match = _match(words, pieces, at, 1, finding)
            return 1, PlaceMatch(match.start, match.end, match.text, finding, True, True, False)
    if ordinal or text in ARRONDISSEMENT_WORDS:
        for size in range(min(4, len(after)), 0, -1):
            key = " ".join([text, *after[:size]])
            if after[size - 1] in CITIES | ARRONDISSEMENT_WORDS:
                finding = places.lookup(key)
                if finding and finding[0].level == "arrondissement":
                    return size + 1, _match(words, pieces, at, size + 1, finding)
        if ordinal and before in ("le", "du", "dans") and not (after and after[0] in AFTER_NUMBER):
            finding = places.lookup(text)
            if finding:
                match = _match(words, pieces, at, 1, finding)
                lone = at <= 1 or (at > 1 and pieces[at - 2].text in AT | INTO | AROUND)
                return 1, PlaceMatch(match.start, match.end, match.text, finding, True, lone, False)
    code = text.upper()
    if code in places.gazetteer.departements and len(text) in (2, 3):
        named = before in ("departement", "dept", "dep")
        if not named and before not in ("le", "du"):
            return None
        if after and after[0] in AFTER_NUMBER:
            return None
        finding = places.lookup(text)
        match = _match(words, pieces, at, 1, finding)
        earlier = pieces[at - 2].text if at > 1 else ""
        sure = named or earlier in AT | INTO | AROUND or not text.isdigit() or int(text) > 31
        return 1, PlaceMatch(match.start, match.end, match.text, finding, True, sure, False)
    return None


def _cue(pieces: list[_Piece], at: int) -> bool:
    """Whether the words before announce a place."""
    before = [piece.text for piece in pieces[max(0, at - 3) : at]][::-1]
    if not before:
        return pieces[at].text in ("au", "aux")
    if before[0] in AT or before[0] in INTO or pieces[at].text in ("au", "aux"):
        return True
    if before[0] in OF and len(before) > 1:
        if before[1] in AROUND or before[1] in INTO or before[1] in ("sur", "vers"):
            return True
        return before[1] in OF and len(before) > 2 and before[2] in AROUND | INTO
    return before[0] in ("area", "from") or before[0] in AROUND - {"km", "loin", "cote", "centre"}


def _match(words: Sequence[str], pieces: list[_Piece], at: int, size: int, finding: Finding) -> PlaceMatch:
    start, end = pieces[at].word, pieces[at + size - 1].word + 1
    capital = pieces[at + size - 1].capital and start > 0
    return PlaceMatch(start, end, " ".join(words[start:end]), finding, False, _cue(pieces, at), capital)
