"""What somebody would like to do, and the causes they name or refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Kind, Option, Reading, Said
from bot.understanding.activity import read_activity
from bot.understanding.causes import CAUSES, read_causes
from bot.understanding.sentence import Sentence

__all__ = ["Activity", "Causes", "What", "activity_in", "refused_in"]

FEW_WORDS = 5


TELLING = 4
"""Letters that a word of a button has at least to be recognised by."""


def activity_in(said: Said) -> tuple[list[str], list[str]]:
    """The parts of a message that say what to do, as they were typed: those of its wishes, and those by themselves."""
    return read_activity(said.sentence, said.language, said.today)


def refused_in(said: Said) -> tuple[str, ...]:
    """The causes a message refuses and asks for none beside: « pas avec des enfants »."""
    wanted, refused = read_causes(said.text)
    return () if wanted else tuple(refused)


class Causes(Kind[tuple[str, ...]]):
    """Causes, in a slot of their own: those that are refused."""

    def __init__(self, slot: str) -> None:
        self.slot = slot

    def from_slot(self, value: Any) -> Reading[tuple[str, ...]]:
        return super().from_slot(value if isinstance(value, list) else [value])

    def from_press(self, value: str) -> tuple[str, ...]:
        return self.load([value] if value else [])

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list) or not all(cause in CAUSES for cause in stored):
            raise ValueError("no causes")
        return tuple(stored)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)


@dataclass(frozen=True, slots=True)
class What:
    """What somebody would like to do: in their own words, and the causes these speak of. Neither: anything."""

    text: str = ""
    causes: tuple[str, ...] = ()


class Activity(Kind[What]):
    """What to do, in any words; `names` are the buttons: a cause and how it is called."""

    slot = "cause"
    greedy = verbatim = True
    expects = _("A few words on what you would like to do, please.")
    LONGEST = 200

    def __init__(self, names: dict[str, Phrase]) -> None:
        self.names = names

    def read(self, said: Said) -> Reading[What]:
        text = " ".join(said.text.split())
        wanted, refused = read_causes(text)
        if refused and not wanted:
            return Answer(What())
        return Answer(What(text[: self.LONGEST], tuple(wanted) or self._named(text, said.language)))

    def corrected(self, said: Said) -> Reading[What]:
        reading = self.read(said)
        return reading if isinstance(reading, Answer) and reading.value.causes else None

    def _named(self, text: str, language: str) -> tuple[str, ...]:
        """The cause whose button a few words are about: « les enfants », "school"."""
        words = Sentence(text).words
        if len(words) > FEW_WORDS:
            return ()
        named = [
            cause
            for cause, name in self.names.items()
            if any(len(word) >= TELLING and word in words for word in Sentence(text_of(name, language)).words)
        ]
        return tuple(named) if len(named) == 1 else ()

    def from_slot(self, value: Any) -> Reading[What]:
        return super().from_slot({"causes": value if isinstance(value, list) else [value]})

    def from_press(self, value: str) -> What:
        return self.load({"causes": [value] if value else []})

    def load(self, stored: Any) -> What:
        causes = tuple(stored.get("causes", ()))
        if not all(cause in CAUSES for cause in causes):
            raise ValueError("no cause")
        return What(str(stored.get("text", "")), causes)

    def dump(self, value: What) -> dict[str, Any]:
        return {"text": value.text, "causes": list(value.causes)}

    def options(self) -> Sequence[Sequence[Option]]:
        options = [Option(name, cause) for cause, name in self.names.items()]
        return [options[at : at + 2] for at in range(0, len(options), 2)]

    def shown(self, value: What) -> Phrase | str:
        if value.text:
            return value.text
        named = [self.names[cause] for cause in value.causes if cause in self.names]
        return _("{causes:list}", causes=named) if named else _("anything")
