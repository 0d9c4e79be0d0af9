"""What the columns of a table mean: headings as people write them, in French and English, or as an operator says.

The words are in `data/lexicon/<language>/headings.toml`. Everything else in this file works on meanings: the names of
docs/catalogue.md, and a few that are only ways to one of them (`site`, `contact`, `mail`, `phone`, `address`, `date`).
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from rapidfuzz import fuzz, process

from bot.catalogue.folding import fold
from bot.catalogue.mission import Mission
from bot.word_lists import word_lists

__all__ = ["Headings", "UnknownHeading", "field_of", "is_no_appeal", "is_total", "names_something", "understand"]

LISTS = word_lists("headings")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
LITTLE = {fold(word) for word in LISTS.typed("little_words")}
AROUND = {fold(word) for word in LISTS.typed("around")}
TITLE_OR_BODY = {fold(word) for word in LISTS.typed("title_or_body")}
PEOPLE = {fold(word) for word in LISTS.typed("people")}
BODIES = {fold(word) for word in LISTS.typed("bodies")}
TOTALS = {fold(word) for word in LISTS.typed("totals")}
NO_APPEALS = tuple(fold(word) for word in LISTS.typed("not_for_volunteers"))
OURS = {each.name for each in fields(Mission)} | {"city", "postcode", "departement", "lat", "lon"}
NEAR = 78.0
"""From which likeness on (of 100) a heading is proposed for a meaning."""
SHORT = 4
"""Letters under which likeness says nothing."""
FEW_BODY_HEADINGS = 2


def _key(heading: str) -> str:
    words = fold(CAMEL.sub(" ", ASIDE.sub(" ", heading))).replace("e mail", "email").split()
    return " ".join(word for word in words if word not in LITTLE) or " ".join(words)


def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for phrase, meaning in LISTS.named("fields"):
        found.setdefault(_key(phrase), meaning)
    return found


MEANINGS = _meanings()


@functools.lru_cache(maxsize=4_096)
def field_of(heading: str) -> str:
    """What a heading, or the name of a field of a record, means; empty where that is not known."""
    folded = fold(heading).replace(" ", "_")
    if heading in OURS or folded in OURS:
        return heading if heading in OURS else folded
    words = _key(heading).split()
    first, last = 0, len(words)
    while first + 1 < last and words[first] in AROUND:
        first += 1
    while last - 1 > first and words[last - 1] in AROUND:
        last -= 1
    spans = sorted(
        ((a, b) for a in range(first + 1) for b in range(last, len(words) + 1)), key=lambda at: at[0] - at[1]
    )
    return next((MEANINGS[said] for a, b in spans if (said := " ".join(words[a:b])) in MEANINGS), "")


def names_something(heading: str) -> bool:
    """Whether a heading says « name », and not of what."""
    return _key(heading) in TITLE_OR_BODY


class UnknownHeading(ValueError):
    """What was mapped is no heading of the file, or no meaning that there is. The message lists those there are."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a table. `meanings` has one entry a column, empty where it was not understood; `unknown` are the
    headings that were not, and `proposals` what they may mean, as `--map` takes it."""

    names: tuple[str, ...]
    meanings: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    proposals: Mapping[str, str] = field(default_factory=dict)

    @property
    def understood(self) -> dict[str, str]:
        """By meaning, the heading that has it."""
        return {meaning: name for name, meaning in zip(self.names, self.meanings, strict=True) if meaning}

    @property
    def is_of_missions(self) -> bool:
        return bool(self.understood.keys() & {"title", "organisation"}) and len(self.understood) > 1

    @property
    def is_of_people(self) -> bool:
        """Whether it lists persons: Allié takes none in."""
        return any(_key(name) in PEOPLE for name in self.names) and not self._is_sure

    @property
    def is_of_bodies(self) -> bool:
        """Whether it lists associations, and says nothing of missions."""
        told = sum(_key(name.replace("_", " ")) in BODIES for name in self.names)
        return told >= FEW_BODY_HEADINGS and not self._is_sure

    @property
    def _is_sure(self) -> bool:
        named = {
            meaning for name, meaning in zip(self.names, self.meanings, strict=True) if _key(name) not in TITLE_OR_BODY
        }
        return {"title", "organisation"} <= named

    def record(self, cells: Sequence[str]) -> dict[str, str]:
        """A line of the table by the meanings of its columns; what stands beyond or was not understood is left out."""
        values: dict[str, str] = {}
        for meaning, cell in zip(self.meanings, cells, strict=False):
            if meaning and cell.strip():
                values.setdefault(meaning, cell)
        return values


def understand(
    names: Sequence[str], mapping: Mapping[str, str] | None = None, sample: Sequence[Sequence[str]] = ()
) -> Headings:
    """What the headings of a table mean. `mapping` says it for some, by meaning ("titre") or field ("title"); `sample`
    holds the first lines, by which a meaning is proposed for what is not understood. Raises `UnknownHeading`."""
    meanings = ["" for _name in names]
    for wanted, heading in (mapping or {}).items():
        meaning = field_of(wanted)
        if not meaning:
            known = ", ".join(sorted(set(MEANINGS.values()) | OURS))
            raise UnknownHeading(f"« {wanted} » is nothing a mission has. There are: {known}.")
        column = next((at for at, name in enumerate(names) if fold(name) == fold(heading)), None)
        if column is None:
            raise UnknownHeading(f"There is no heading « {heading} ». There are: {', '.join(filter(None, names))}.")
        meanings[column] = meaning
    for at, name in enumerate(names):
        meaning = "" if meanings[at] or _key(name) in TITLE_OR_BODY else field_of(name)
        if meaning and meaning not in meanings:
            meanings[at] = meaning
    for at, name in enumerate(names):
        if not meanings[at] and _key(name) in TITLE_OR_BODY:
            meanings[at] = next((one for one in ("title", "organisation") if one not in meanings), "")
    unknown = [(at, name) for at, name in enumerate(names) if name.strip() and not meanings[at]]
    proposals: dict[str, str] = {}
    for at, name in unknown:
        taken = {*meanings, *proposals.values()}
        if meaning := _proposed(name, [line[at] for line in sample if at < len(line) and line[at].strip()], taken):
            proposals[name] = meaning
    return Headings(tuple(names), tuple(meanings), tuple(name for _at, name in unknown), proposals)


def _proposed(name: str, values: Sequence[str], taken: set[str]) -> str:
    """What a heading may mean: by its likeness to one that is known, else by what stands under it."""
    key = _key(name)
    near = process.extractOne(key, list(MEANINGS), scorer=fuzz.ratio, score_cutoff=NEAR) if len(key) >= SHORT else None
    if near and MEANINGS[near[0]] not in taken:
        return MEANINGS[near[0]]
    kinds = Counter(next((kind for kind, looks in LOOKS if looks.fullmatch(value.strip())), "") for value in values)
    found = next((kind for kind, count in kinds.most_common(1) if kind and 2 * count >= len(values)), "")
    if found and found not in taken:
        return found
    is_text = bool(values) and not found
    return next((one for one in ("title", "organisation") if is_text and one not in taken), "")


LOOKS = (
    ("url", re.compile(r"(?:https?://|www\.)\S+|[\w-]+\.(?:org|fr|com|net|asso\.fr)(?:/\S*)?", re.IGNORECASE)),
    ("mail", re.compile(r"[^@\s]+@[^@\s]+\.\w+")),
    ("phone", re.compile(r"(?:\+33|0)\s?[1-9](?:[\s.-]?\d\d){4}")),
    ("postcode", re.compile(r"\d{5}")),
    ("starts", re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")),
    ("", re.compile(r"[\d\s.,%€-]*")),
)


def is_total(text: str) -> bool:
    """Whether a title is the sum of a table ("TOTAL")."""
    return fold(text) in TOTALS


def is_no_appeal(text: str) -> bool:
    """Whether the title of an event is plainly no appeal to volunteers: a meeting of a body, a holiday."""
    said = f" {fold(text)} "
    return any(f" {words} " in said for words in NO_APPEALS)
