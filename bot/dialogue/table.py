"""What is on show: the missions, the estimate, the answer that the person's next words may point at.

A topic lays its screen on the table (`Talk.lay`) and says in one function (`points`) what it answers when somebody
points: "la suivante", "c'est où ?", "pourquoi ?", "et le double ?". The machine reads the pointing and finds the
table it is about; a function that has no answer returns False, and the words are taken for something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

__all__ = ["Pointed", "Table"]


class Table(msgspec.Struct, omit_defaults=True):
    """What one talk has on show.

    `serial`  the talk; `topic` its topic, which answers what is pointed at
    `shows`   what sort of thing it is, in the topic's own words: "missions", "estimate", "answer"
    `items`   what is listed, in order, each as the topic names it
    `at`      the place of the item on show among them
    `open`    slots that would make what is on show more exact: a few words that tell one are about it
    """

    topic: str
    serial: int
    shows: str = ""
    items: list[str] = []
    at: int = 0
    open: list[str] = []


@dataclass(frozen=True, slots=True)
class Pointed:
    """Somebody points at what is on show.

    `act`     one of the acts of `data/phrases/pointing.toml`, "item" where only an item is named, "scale" for a
    multiple, "ask" for a question that names no act of ours
    `chance`  the probability of the act; `also` the next likeliest acts
    `item`    the rank of the item that is named, 0 for the first and -1 for the last; None where none is
    `scale`   what is multiplied by how much; None where nothing is
    `words`   the message
    `faint`   few words that hardly point at all: what is on show takes them only where they change what is looked for
    `last_resort`  nobody else has an answer: it is better to say that something is not known than to say nothing
    """

    act: str
    chance: float = 1.0
    also: tuple[str, ...] = ()
    item: int | None = None
    scale: Decimal | None = None
    words: str = ""
    question: bool = False
    last_resort: bool = False
    faint: bool = False

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts it may be, the likeliest first."""
        return (self.act, *self.also)


def read_table(kept: Any) -> Table | None:
    """A table as a session kept it; None for what this version cannot read."""
    try:
        return msgspec.convert(kept, Table)
    except msgspec.ValidationError:
        return None
