"""How sure to be before an answer is given. All thresholds are here, in chances of being right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["NEAR", "SURE", "UNSURE", "Candidate", "Candidates", "Certainty"]

SURE: Final = 0.75
"""From this chance on, the answer is given alone."""
NEAR: Final = 0.45
"""From this chance on, it is given with two neighbours as buttons."""
UNSURE: Final = 0.45
"""From this chance on that one of three is right, they are offered to choose from."""
CHOICE: Final = 3


class Certainty(StrEnum):
    """What to make of the candidates."""

    SURE = "sure"
    NEAR = "near"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that may be the one asked for. `probability` is the chance that it is; `score` only orders."""

    id: str
    score: float
    probability: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The likeliest answers, the likeliest first. What their chances lack of 1 is the chance that none is right."""

    ranked: tuple[Candidate, ...] = ()

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self.ranked)

    def __len__(self) -> int:
        return len(self.ranked)

    @property
    def best(self) -> Candidate | None:
        return self.ranked[0] if self.ranked else None

    @property
    def choice(self) -> Sequence[Candidate]:
        """The few to choose from, or to offer beside the best."""
        return self.ranked[:CHOICE]

    @property
    def certainty(self) -> Certainty:
        if self.best is None:
            return Certainty.UNKNOWN
        if self.best.probability >= SURE:
            return Certainty.SURE
        if self.best.probability >= NEAR:
            return Certainty.NEAR
        if sum(one.probability for one in self.choice) >= UNSURE:
            return Certainty.UNSURE
        return Certainty.UNKNOWN
