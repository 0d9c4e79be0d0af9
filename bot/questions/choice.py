"""One of a few named options; yes or no; a condition that holds or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Option, Reading, Said
from bot.understanding.answers import read_yes_no

__all__ = ["Choice", "Confirm", "Flag", "YesNo"]


class Choice(Kind[str]):
    """One of a few named options: `Choice(employee=_("employee"), employer=_("employer"))`.

    An option is chosen by its button, its label, or a slot of the question's name.
    """

    expects = _("Please choose one of the buttons, or type what is on it.")

    def __init__(self, columns: int = 2, slot: str | None = None, /, **labels: Phrase) -> None:
        self.labels = labels
        self.columns = columns
        self.slot = slot

    def read(self, said: Said) -> Reading[str]:
        text = _folded(said.text)
        found = []
        for value, label in self.labels.items():
            words = _folded(text_of(label, said.language))
            if text in (words, value):
                return Answer(value)
            if _holds(text, words) or (len(text) > 2 and _holds(words, text)):
                found.append(value)
        return Answer(found[0]) if len(found) == 1 else None

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or stored not in self.labels:
            raise ValueError("not one of the options")
        return stored

    def options(self) -> Sequence[Sequence[Option]]:
        options = [Option(label, value) for value, label in self.labels.items()]
        return [options[i : i + self.columns] for i in range(0, len(options), self.columns)]

    def shown(self, value: str) -> Phrase:
        return self.labels[value]


class YesNo(Kind[bool]):
    """Yes or no, in the many ways people say it."""

    expects = _("Yes or no?")

    def read(self, said: Said) -> Reading[bool]:
        found = read_yes_no(said.sentence)
        return None if found is None else Answer(found)

    def load(self, stored: Any) -> bool:
        if stored in (True, "yes"):
            return True
        if stored in (False, "no"):
            return False
        raise ValueError("neither yes nor no")

    def from_slot(self, value: Any) -> Reading[bool]:
        return None

    def options(self) -> Sequence[Sequence[Option]]:
        return [[Option(_("Yes"), "yes"), Option(_("No"), "no")]]

    def shown(self, value: bool) -> Phrase:
        return _("Yes") if value else _("No")


class Confirm(YesNo):
    """Yes or no to something that cannot be undone: an old button or an earlier yes does not count."""

    fresh = True


class Flag(Kind[bool]):
    """A condition that holds or not: said as a slot, or pressed."""

    def __init__(self, slot: str | None = None) -> None:
        self.slot = slot

    def load(self, stored: Any) -> bool:
        if stored in (True, "1"):
            return True
        if stored in (False, ""):
            return False
        raise ValueError("neither")


def _holds(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None


def _folded(text: str) -> str:
    """Without case, accents and punctuation."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare).strip()
