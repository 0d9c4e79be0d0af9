"""What was asked and not understood, grouped by nearness, so that an author sees what to write next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEAR", "groups_of"]

NEAR: Final = 0.55
"""From this likeness on, two questions are taken for the same: so near are one pair in three of those with the same
right answer, and one in sixty of the others."""


def groups_of(rows: NDArray[np.float32], counts: Sequence[int], near: float = NEAR) -> list[list[int]]:
    """The numbers of the rows, in groups: the group asked most often first, and in each the most frequent first.

    Rows are of length one. The most frequent leads a group; each other joins the leader it is nearest to, if it is near
    enough to one. The same rows give the same groups.
    """
    order = sorted(range(len(counts)), key=lambda number: (-counts[number], number))
    leaders: list[int] = []
    groups: list[list[int]] = []
    for number in order:
        likeness = rows[leaders] @ rows[number] if leaders else np.zeros(0, np.float32)
        if len(likeness) and likeness.max() >= near:
            groups[int(likeness.argmax())].append(number)
        else:
            leaders.append(number)
            groups.append([number])
    return sorted(groups, key=lambda group: -sum(counts[number] for number in group))
