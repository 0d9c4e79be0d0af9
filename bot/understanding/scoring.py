"""How well messages were understood, against labels: topic accuracy, slots, negation errors and distress found.

The measure is that of `docs/understanding.md`: slots are compared as (slot, value) pairs over all messages, whether the
topic is right or not; numbers to the cent, texts without case, accents and articles, places by code. Used by `make
evaluate` and by the tests; nothing here reads a message.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

__all__ = ["Rate", "Report", "pairs", "score", "wrong_pairs"]

_SAYS_LITTLE: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "de",
        "du",
        "des",
        "d",
        "the",
        "francaise",
        "francais",
        "france",
        "fondation",
        "association",
    ]
)
_SAME_BODY: Final = {
    "msf": "medecins sans frontieres",
    "restaurants coeur": "restos coeur",
    "telethon": "afm telethon",
    "societe protectrice animaux": "spa",
    "ligue pour protection oiseaux": "lpo",
}
_NUMBERS: Final = frozenset({"amount", "radius_km", "days", "turnover", "employees", "income"})
_COUNTED: Final = _NUMBERS | {
    "cause", "when", "organisation", "place", "period", "org_kind", "remote", "minors", "salary", "role",
    "language", "crisis",
}  # fmt: skip
_CENT: Final = 0.01

Pair = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """Pairs found that are right, found that are wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        labelled = self.right + self.missed
        return self.right / labelled if labelled else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one set. Topic accuracies are (strict, lenient, messages) by "all", language and difficulty."""

    topics: Mapping[str, tuple[float, float, int]]
    topic_macro: float
    slots: Mapping[str, Rate]
    crisis_messages: int
    crisis_found: int
    negation_errors: int
    wrong_topics: Sequence[tuple[str, str, str]] = field(default=())

    @property
    def all_slots(self) -> Rate:
        rates = self.slots.values()
        return Rate(sum(r.right for r in rates), sum(r.wrong for r in rates), sum(r.missed for r in rates))


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFD", str(value).lower().replace("œ", "oe"))
    return re.sub(r"[^\w]+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def _body(value: object) -> frozenset[str]:
    plain = _plain(value)
    name = " ".join(word for word in plain.split() if word not in _SAYS_LITTLE) or plain
    return frozenset(_SAME_BODY.get(name, name).split())


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return math.nan


def pairs(slots: Mapping[str, Any] | None) -> list[Pair]:
    """The (slot, value) pairs of one message; `amounts` counts as `amount`, a list as its elements."""
    found: list[Pair] = []
    for name, value in (slots or {}).items():
        name = "amount" if name == "amounts" else name
        if name in _COUNTED and value not in (None, "", [], False):
            found += [(name, one) for one in (value if isinstance(value, list) else [value])]
    return found


def _same(name: str, gold: Any, found: Any) -> bool:
    if name in _NUMBERS:
        return abs(_number(gold) - _number(found)) < _CENT
    if name == "organisation":
        left, right = _body(gold), _body(found)
        return bool(left and right) and (left <= right or right <= left)
    if name == "salary":
        return (
            isinstance(found, Mapping)
            and abs(_number(gold["value"]) - _number(found.get("value"))) < _CENT
            and gold["per"] == found.get("per")
            and gold.get("kind") in (None, found.get("kind"))
        )
    if name == "place":
        return _same_place(gold, found if isinstance(found, Mapping) else {"name": found})
    if name == "when" and str(gold).startswith(("month:", "year:")):
        return re.sub(r"^\w+:", "", str(found)).startswith(str(gold).split(":")[1])
    return bool(gold == found) if isinstance(gold, bool) else _plain(gold) == _plain(found)


def _same_place(gold: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    fitting = {gold.get("code"), *gold.get("candidates", [])} - {None}
    codes = {found.get("code"), *found.get("candidates", [])} - {None}
    return bool(fitting & codes) if fitting and codes else _plain(gold["name"]) == _plain(found.get("name", ""))


def _match(gold: Mapping[str, Any], slots: Mapping[str, Any]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """The pairs that are right, wrong and missed in one message. Pairs that do not count are in none."""
    labelled, left = pairs(gold["slots"]), pairs(slots)
    named = any(name == "organisation" for name, _ in labelled)
    free = set(gold.get("optional_slots", {})) | ({"role"} if "role" not in gold["slots"] else set())
    free |= {name for name in ("cause", "org_kind") if named and name not in gold["slots"]}
    free = {"amount" if name == "amounts" else name for name in free}
    sums = [value for name, value in labelled if name == "amount"]
    parts = [value for name, value in left if name == "amount"]
    if len(sums) == 1 and len(parts) > 1 and abs(math.fsum(map(_number, parts)) - _number(sums[0])) < _CENT:
        left = [*(pair for pair in left if pair[0] != "amount"), ("amount", sums[0])]
    right: list[Pair] = []
    missed: list[Pair] = []
    for name, value in labelled:
        hit = next((pair for pair in left if pair[0] == name and _same(name, value, pair[1])), None)
        if hit is None:
            missed.append((name, value))
        else:
            left.remove(hit)
            right.append(hit)
    return right, [pair for pair in left if pair[0] not in free or pair[0] in gold["slots"]], missed


def wrong_pairs(gold: Mapping[str, Any], slots: Mapping[str, Any]) -> tuple[list[Pair], list[Pair]]:
    """The pairs of one message that were found and should not be, and those that were missed."""
    _right, wrong, missed = _match(gold, slots)
    return wrong, missed


def score(gold: Iterable[Mapping[str, Any]], predicted: Iterable[Mapping[str, Any]]) -> Report:
    """Compare labelled messages with readings of them (`id`, `topic`, `slots`). A message without a reading counts as
    understood not at all."""
    by_id = {one["id"]: one for one in predicted}
    accuracy: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    per_topic: dict[str, list[bool]] = defaultdict(list)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    crisis: list[bool] = []
    negations = 0
    confusions: list[tuple[str, str, str]] = []
    for one in gold:
        reading = by_id.get(one["id"], {})
        topic, slots = reading.get("topic"), reading.get("slots") or {}
        strict = topic == one["topic"]
        lenient = strict or topic in one.get("also", [])
        for key in ("all", one["lang"], one["difficulty"]):
            accuracy[key].append((strict, lenient))
        per_topic[one["topic"]].append(strict)
        if not lenient:
            confusions.append((one["id"], one["topic"], str(topic)))
        good, bad, lost = _match(one, slots)
        right.update(name for name, _ in good)
        wrong.update(name for name, _ in bad)
        missed.update(name for name, _ in lost)
        for name, value in bad:
            refused = one["slots"].get(f"not_{name}", [])
            negations += value in (refused if isinstance(refused, list) else [refused])
        if one["slots"].get("crisis"):
            crisis.append(bool(slots.get("crisis")))
    return Report(
        topics={
            key: (sum(s for s, _ in marks) / len(marks), sum(x for _, x in marks) / len(marks), len(marks))
            for key, marks in accuracy.items()
        },
        topic_macro=sum(sum(marks) / len(marks) for marks in per_topic.values()) / len(per_topic) if per_topic else 0.0,
        slots={name: Rate(right[name], wrong[name], missed[name]) for name in sorted({*right, *wrong, *missed})},
        crisis_messages=len(crisis),
        crisis_found=sum(crisis),
        negation_errors=negations,
        wrong_topics=confusions,
    )
