"""What topics declare of the words they hear: the slots that mean something in them, what figures count there, what a
value alone begins, and readers of their own. The readers of this package ask these declarations and know no topic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from bot.understanding.sentence import Sentence

__all__ = ["Alone", "Bare", "Context", "Hearing", "Hears", "Reader"]

Reader = Callable[[Sentence, str, date], Any]
"""Reads a value of a topic's own, as JSON, in a message, its language and its day; None where it says none."""


class Context(StrEnum):
    """What is talked of, as far as it decides what figures, firms and times mean."""

    GIFT = "gift"
    """Money that a household gives: a bare number may be a sum, a pay by the year is an income."""
    PATRONAGE = "patronage"
    """Money that a firm gives: whoever says « ma boîte » owns it."""
    SPENDING = "spending"
    """Money spent for an association, and kilometres."""
    REST = "rest"
    """Days of rest of somebody employed: weeks count as days, large sums are pay."""
    STAFF_TIME = "staff time"
    """Working time that a firm lends."""
    PARTNERSHIP = "partnership"
    """The affairs of a firm or an association, together with others."""
    SEARCH = "search"
    """Something to do, at a place and a time to come."""
    NOTICES = "notices"
    """What is sent as it comes: a time until a day ends on that day."""


PAID: Final = frozenset({Context.GIFT, Context.PATRONAGE, Context.SPENDING})
"""Where money given or spent is talked of."""
WORK: Final = frozenset({Context.REST, Context.STAFF_TIME})
"""Where working days and pay are talked of."""
SEARCHES: Final = frozenset({Context.SEARCH, Context.NOTICES})
"""Where times are times to come."""


class Alone(StrEnum):
    """A value with nothing around it, as a first message."""

    PLACE = "place"
    SUM = "sum"
    REGISTRY_NUMBER = "registry number"


class Bare(NamedTuple):
    """The slot that a number alone fills in a talk, up to the `most` it can be there."""

    slot: str
    most: int


@dataclass(frozen=True, slots=True)
class Hears:
    """What one topic hears.

    `slots`     the slots that mean something in it; "paper" takes in the fields of a paper
    `context`   what figures count in it, where that is one of those that the readers tell apart
    `readers`   slots of its own, each with its reader
    `bare`      what a number alone is in a talk of it
    `begins`    what, said alone, begins it
    `abroad`    a place may be a whole country
    `wants`     who speaks of it wants something done, rather than to be told something
    """

    slots: AbstractSet[str] = frozenset()
    context: Context | None = None
    readers: Mapping[str, Reader] = field(default_factory=dict)
    bare: Bare | None = None
    begins: AbstractSet[Alone] = frozenset()
    abroad: bool = True
    wants: bool = True

    @property
    def has_slots(self) -> bool:
        return bool(self.slots or self.readers)


NOTHING: Final = Hears()


class Hearing:
    """The declarations of all topics.

    `unclaimed` is the topic for what none of them is about; `no_wishes` are those that nobody asks to be served later.
    """

    def __init__(self, topics: Mapping[str, Hears], *, unclaimed: str, no_wishes: frozenset[str] = frozenset()) -> None:
        self._topics = dict(topics)
        self.unclaimed = unclaimed
        self.no_wishes = no_wishes | {unclaimed}
        self._begun = {alone: name for name, hears in topics.items() for alone in hears.begins}
        self._in = {hears.context: name for name, hears in topics.items() if hears.context is not None}

    def of(self, topic: str | None) -> Hears:
        """What a topic hears; nothing in particular where it declares nothing."""
        return NOTHING if topic is None else self._topics.get(topic, NOTHING)

    def begun_by(self, alone: Alone) -> str | None:
        """The topic that such a value alone begins."""
        return self._begun.get(alone)

    def about(self, context: Context) -> str | None:
        """The topic where this is talked of."""
        return self._in.get(context)

    @property
    def not_wanting(self) -> frozenset[str]:
        """The topics whose examples ask, or neither ask nor want."""
        return frozenset(name for name, hears in self._topics.items() if not hears.wants)
