"""What the person changes of what was said: « non, 60 », « et 50 à Greenpeace aussi », « et en 2024 ? »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """A message that changes what is in hand.

    `words`       the message
    `slots`       what it tells, as the talk in hand reads it; of « pas 50, 60 » only what takes the place
    `takes_back`  it says that what was told before is wrong
    `asks`        it asks what would be: « et 500 ? »
    """

    words: str
    slots: Mapping[str, Any]
    takes_back: bool = False
    asks: bool = False
