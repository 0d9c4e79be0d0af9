"""Organisations that people name: who they are, what they do, and what is known of the regime of gifts to them.

The table says where each fact was read and on which day. A rate is never asserted beyond what was read: `standing`
tells how far one may go, `kind_for_estimate` which computation to use, and the receipt always decides (CGI, article
200).
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from bot.catalogue.folding import fold
from bot.phrase import Phrase, _
from bot.resources import DATA

__all__ = ["Kind", "Organisation", "OrganisationMatch", "Organisations", "Standing", "kind_for_estimate", "may_say"]

Standing = Literal["raised", "ordinary", "perhaps_raised", "presumed_ordinary", "unknown", "not_a_gift"]
Kind = Literal["coluche", "general", "none"]

LONGEST = 7  # words in the longest name
LIMIT = 600  # words read in one message
SHORTEST_MISSPELT = 6
"""Letters of a name at least, for a slip of the pen to be told from another word."""
NOT_SLIPS = frozenset(
    {
        "telephone",
        "telephones",
        "restes",
        "restons",
        "amical",
        "amicale",
        "admiral",
        "repart",
        "seduction",
        "montmartre",
    }
)
CUES = frozenset({"association", "asso", "fondation", "ong", "ngo", "charity", "chez", "foundation"})
SAYS_LITTLE = frozenset({"le", "la", "les", "l", "de", "du", "des", "d", "the", "association", "asso", "fondation"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """One body. `short` is how people call it; `causes` are those of `bot.catalogue.causes`.

    `regime` is "75", "66", "75?", "66?", "unknown" or "none" (see data/README.md); `regime_checked` the day its source
    was read, None when there is none; `confidence` ("high", "medium", "low") is about the regime only.
    """

    id: str
    name: str
    short: str
    legal_form: str
    identifier_type: str
    identifier: str
    causes: tuple[str, ...]
    city: str
    scope: str
    site: str
    volunteer_url: str
    regime: str
    regime_why: str
    regime_source: str
    regime_checked: datetime.date | None
    confidence: str
    about_fr: str
    about_en: str

    @property
    def standing(self) -> Standing:
        """How far one may go when speaking of the tax reduction for a gift to this body."""
        if self.regime == "75":
            return "perhaps_raised" if self.confidence == "low" else "raised"
        stated: dict[str, Standing] = {
            "66": "ordinary",
            "75?": "perhaps_raised",
            "66?": "presumed_ordinary",
            "none": "not_a_gift",
        }
        return stated.get(self.regime, "unknown")

    def about(self, language: str) -> str:
        """What it does, in one sentence of French or else of English."""
        return self.about_fr if language == "fr" else self.about_en


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """An organisation named in a text; in a sentence, at `words[start:end]`.

    `exact` is false when the spelling had to be guessed; `score` is 0 to 100. `ambiguous_word` is true for names that
    are also ordinary words ("aides", "la cloche"); `cue` when the writing or the words before tell that the name is
    meant ("AIDES", "l'association La Cloche").
    """

    organisation: Organisation
    score: float = 100.0
    exact: bool = True
    start: int = 0
    end: int = 0
    text: str = ""
    ambiguous_word: bool = False
    cue: bool = False

    @property
    def sure(self) -> bool:
        """Whether to take it for the organisation without asking."""
        return not self.ambiguous_word or self.cue


class Organisations:
    """The shipped table, read on first use (a few milliseconds). Share one in a process."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder

    @cached_property
    def _table(self) -> tuple[dict[str, Organisation], dict[str, tuple[str, bool]]]:
        by_id: dict[str, Organisation] = {}
        names: dict[str, tuple[str, bool]] = {}
        with (self.folder / "organisations.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                organisation = _organisation(row)
                by_id[organisation.id] = organisation
                aliases = [alias for alias in row["aliases"].split("|") if alias]
                weak = {alias[1:] for alias in aliases if alias.startswith("~")}
                for name in (row["name"].split("(")[0], row["short"], *(alias.lstrip("~") for alias in aliases)):
                    key = fold(name)
                    names.setdefault(key, (organisation.id, key in weak))
        return by_id, names

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(key.split()[0] for key in self._table[1] if key)

    @cached_property
    def _near_names(self) -> dict[tuple[str, int], list[str]]:
        """Names by first letter and number of words: the only ones a misspelling is compared with."""
        near: dict[tuple[str, int], list[str]] = {}
        for key, (_id, weak) in self._table[1].items():
            if not weak and len(key) >= 6:
                near.setdefault((key[0], key.count(" ") + 1), []).append(key)
        return near

    def all(self) -> list[Organisation]:
        return list(self._table[0].values())

    def by_id(self, organisation_id: str) -> Organisation | None:
        return self._table[0].get(organisation_id)

    def named(self, name: str) -> Organisation | None:
        """The body of exactly this name or alias, ordinary words included; None when it is not in the table."""
        found = self._table[1].get(fold(name))
        return self._table[0][found[0]] if found else None

    def for_cause(self, cause: str, limit: int = 10, *, near: str = "") -> list[Organisation]:
        """Those of the town `near` that care for it, then those whose first concern it is, then the others; in each,
        national ones and the best documented first. What takes no gifts comes last."""
        sound = ["high", "medium", "low"]
        town = fold(near)
        fitting = [one for one in self.all() if cause in one.causes]
        fitting.sort(
            key=lambda one: (
                one.standing == "not_a_gift",
                not (town and one.scope != "national" and fold(one.city).startswith(town)),
                one.causes.index(cause) > 0,
                one.scope != "national",
                sound.index(one.confidence),
                not one.site,
                one.short,
            )
        )
        return fitting[:limit]

    def numbered(self, identifier: str) -> Organisation | None:
        """The body with this SIREN or RNA number, however it is spaced."""
        wanted = "".join(identifier.split()).upper()
        return next((one for one in self.all() if one.identifier and one.identifier == wanted), None)

    def like(self, organisation: Organisation, limit: int = 3, *, near: str = "") -> list[Organisation]:
        """Others that share its causes, those of the town `near` first, then the closest."""
        town = fold(near)
        others = [one for one in self.all() if one.id != organisation.id and set(one.causes) & set(organisation.causes)]
        return sorted(
            others,
            key=lambda one: (
                not (town and one.scope != "national" and fold(one.city).startswith(town)),
                -len(set(one.causes) & set(organisation.causes)),
                one.city != organisation.city,
                one.scope != "national",
                one.short,
            ),
        )[:limit]

    def find(self, text: str) -> list[OrganisationMatch]:
        """The bodies a name may mean, best first; empty when there is none. Never raises."""
        by_id, names = self._table
        key = fold(text[:200])
        if key in names:
            return [OrganisationMatch(by_id[names[key][0]], text=text)]
        bare = _bare(key)
        if not bare:
            return []
        inside = [match for match in self.scan(key.split()) if match.exact and match.sure]
        if inside:
            return inside
        from rapidfuzz import fuzz, process

        best: dict[str, float] = {}
        for name, score, _index in process.extract(bare, self._bare_names, scorer=fuzz.ratio, score_cutoff=80, limit=8):
            best[self._bare_names_ids[name]] = max(score, best.get(self._bare_names_ids[name], 0))
        if len(bare) >= 4:
            for name, found in self._bare_names_ids.items():
                if f" {bare} " in f" {name} ":  # "quart monde", "humanisme"
                    best[found] = max(90.0, best.get(found, 0))
        ranked = sorted(best.items(), key=lambda item: -item[1])[:5]
        return [OrganisationMatch(by_id[found], score, exact=False, text=text) for found, score in ranked]

    @cached_property
    def _bare_names_ids(self) -> dict[str, str]:
        ids: dict[str, str] = {}
        for name, (found, _weak) in self._table[1].items():
            ids.setdefault(_bare(name) or name, found)
        return ids

    @cached_property
    def _bare_names(self) -> list[str]:
        return list(self._bare_names_ids)

    def scan(self, words: Sequence[str]) -> list[OrganisationMatch]:
        """The bodies named in a sentence, in order, the longest name first. `words` are the words as typed."""
        pieces = [(piece, at) for at, word in enumerate(words[:LIMIT]) for piece in fold(word).split()]
        matches: list[OrganisationMatch] = []
        at = 0
        while at < len(pieces):
            match, size = self._at(words, pieces, at)
            if match is not None:
                matches.append(match)
            at += size
        return matches

    def _at(self, words: Sequence[str], pieces: list[tuple[str, int]], at: int) -> tuple[OrganisationMatch | None, int]:
        by_id, names = self._table
        longest = min(LONGEST, len(pieces) - at)
        texts = [piece for piece, _word in pieces[at : at + longest]]
        for size in range(longest if texts[0] in self._first_words else 0, 0, -1):
            found = names.get(" ".join(texts[:size]))
            if found is not None:
                return _match(by_id[found[0]], words, pieces, at, size, weak=found[1]), size
        for size in range(min(4, longest), 0, -1):
            guess = self._misspelt(texts[:size])
            if guess is not None and (size == 1 or " ".join(texts[1:size]) not in names):
                return _match(by_id[guess[0]], words, pieces, at, size, score=guess[1]), size
        return None, 1

    def _misspelt(self, texts: Sequence[str]) -> tuple[str, float] | None:
        candidates = self._near_names.get((texts[0][0], len(texts)))
        if not candidates or len(key := " ".join(texts)) < SHORTEST_MISSPELT:
            return None
        # "association" may not lend its length to a short name: ANDES is not AIDES misspelt.
        telling = len(_bare(key))
        if telling < SHORTEST_MISSPELT or key in NOT_SLIPS:
            return None
        from rapidfuzz.distance import OSA

        slips = 1 if telling < 9 else 2 if telling < 18 else 3
        for name in candidates:
            distance = OSA.distance(key, name, score_cutoff=slips)
            if distance <= slips:
                return self._table[1][name][0], 100 - 100 * distance / len(name)
        return None


def _bare(key: str) -> str:
    return " ".join(word for word in key.split() if word not in SAYS_LITTLE)


def _match(
    organisation: Organisation,
    words: Sequence[str],
    pieces: list[tuple[str, int]],
    at: int,
    size: int,
    *,
    weak: bool = False,
    score: float = 100.0,
) -> OrganisationMatch:
    start, end = pieces[at][1], pieces[at + size - 1][1] + 1
    text = " ".join(words[start:end])
    name = words[end - 1].strip(".,;:!?()«»\"'")
    loud = (name.isupper() and len(name) > 2) or (name[:1].isupper() and start > 0)
    before = pieces[at - 1][0] if at else ""
    cue = loud or before in CUES or (start == 0 and end == len(words))
    return OrganisationMatch(organisation, score, score == 100.0, start, end, text, weak, cue)


def _organisation(row: dict[str, str]) -> Organisation:
    checked = row["regime_checked"]
    return Organisation(
        id=row["id"],
        name=row["name"],
        short=row["short"],
        legal_form=row["legal_form"],
        identifier_type=row["identifier_type"],
        identifier=row["identifier"],
        causes=tuple(row["causes"].split("|")),
        city=row["city"],
        scope=row["scope"],
        site=row["site"],
        volunteer_url=row["volunteer_url"],
        regime=row["regime"],
        regime_why=row["regime_why"],
        regime_source=row["regime_source"],
        regime_checked=datetime.date.fromisoformat(checked) if checked else None,
        confidence=row["confidence"],
        about_fr=row["about_fr"],
        about_en=row["about_en"],
    )


def kind_for_estimate(organisation: Organisation) -> Kind:
    """The computation to use: "coluche" (CGI, article 200, 1 ter) only where the raised rate was read in a sound
    source, "none" for what is no gift, else "general"."""
    standing = organisation.standing
    return "coluche" if standing == "raised" else "none" if standing == "not_a_gift" else "general"


def may_say(organisation: Organisation) -> Phrase:
    """What may be said of gifts to this body, with its source and day, and without a figure."""
    name, source, day = organisation.short, organisation.regime_source, organisation.regime_checked
    match organisation.standing:
        case "raised":
            return _(
                "According to {source} (read on {day:date}), gifts to {name} have the raised rate for aid to people"
                " in difficulty. The receipt you are given decides.",
                name=name,
                source=source,
                day=day,
            )
        case "ordinary":
            return _(
                "According to {source} (read on {day:date}), gifts to {name} have the ordinary rate. The receipt you"
                " are given decides.",
                name=name,
                source=source,
                day=day,
            )
        case "perhaps_raised":
            return _(
                "Gifts to {name} may have the raised rate for aid to people in difficulty, but I have read no sound"
                " statement of it: I count with the ordinary rate. Ask {name}, or read the receipt.",
                name=name,
            )
        case "presumed_ordinary":
            return _(
                "Gifts to {name} normally have the ordinary rate, if it issues tax receipts: ask before you give. I"
                " have read no statement of it.",
                name=name,
            )
        case "not_a_gift":
            return _(
                "What one puts into {name} is an investment, not a gift: other rules apply, and no tax receipt for"
                " gifts is issued.",
                name=name,
            )
    return _(
        "I don’t know whether {name} issues tax receipts. Ask it before you give: only a body of general interest"
        " may issue them, and the receipt decides.",
        name=name,
    )
