"""The fields of a paper: one, or all that are empty on one screen, told in any order and each free to stay empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Reading, Said
from bot.understanding.paper_fields import Sort, Wanted, gives_leave, read_pieces

__all__ = ["Blank", "BlankField", "Blanks"]

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a paper: `label` is what it is called in the question, `sort` what may fill it.

    One that is `needed` is asked for; the others are named as possible. Its `name` is also its slot.
    """

    name: str
    sort: Sort
    label: Phrase
    needed: bool = False

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.name, self.sort)


class BlankField(Kind[str]):
    """What one field holds, as it was typed; a day as its ISO date."""

    greedy = whole = True
    expects = _("What to write there, please; or “skip” to leave dots.")

    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.slot = blank.name

    def read(self, said: Said) -> Reading[str]:
        value = read_pieces(said.text, [self.blank.wanted], said.today, said.language).get(self.blank.name)
        return None if value is None else Answer(value)

    def from_slot(self, value: Any) -> Reading[str]:
        return super().from_slot(value[0] if isinstance(value, list) and value else value)

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or not 0 < len(stored) <= LONGEST:
            raise ValueError("nothing to write")
        return stored


class Blanks(Kind[dict[str, str]]):
    """What somebody tells for the fields that are empty; nothing at all for « c'est bon, donne le document »."""

    whole = True
    expects = _("A name, a post, an address … for the paper; or “skip” to have it with dots where nothing is known.")

    def __init__(self, empty: Sequence[Blank], known: Sequence[Blank] = ()) -> None:
        self.empty, self.known = tuple(empty), tuple(known)

    def read(self, said: Said) -> Reading[dict[str, str]]:
        wanted, known = [blank.wanted for blank in self.empty], [blank.wanted for blank in self.known]
        told = read_pieces(said.text, wanted, said.today, said.language, known=known)
        if told:
            return Answer(told)
        return Answer({}) if gives_leave(said.text) else None

    def corrected(self, said: Said) -> Reading[dict[str, str]]:
        return None

    def load(self, stored: Any) -> dict[str, str]:
        if not isinstance(stored, dict) or not all(isinstance(value, str) for value in stored.values()):
            raise ValueError("no fields")
        return stored

    def shown(self, value: dict[str, str]) -> Phrase | str:
        return ", ".join(value.values())
