"""Words that strangers will read: no address among them, however it is written."""

from __future__ import annotations

from typing import Any

from bot.catalogue.known import known_organisations
from bot.catalogue.public_words import holds_address
from bot.phrase import Phrase, _
from bot.questions.kind import Answer, Option, Reading, Refusal, Said
from bot.questions.organisation import Organisation
from bot.questions.text import Text

__all__ = ["ASKED_APART", "PASSED_ON", "Public", "PublicBody", "known_button", "known_value"]

PASSED_ON = _("Everybody will read this: no address or number here, please. I pass it on once you both agree.")
ASKED_APART = _("Everybody will read this: no address or number here, please. I ask how to reach you at the end.")


class Public(Text):
    """Some words for everybody. `known` was given before and is a button; `why` says where an address belongs.

    With `paragraphs` the lines stay as they were typed.
    """

    def __init__(self, *, longest: int, known: str = "", why: Phrase = PASSED_ON, paragraphs: bool = False) -> None:
        super().__init__(longest=longest)
        self.known = known
        self.why = why
        self.paragraphs = paragraphs

    def read(self, said: Said) -> Reading[str]:
        if holds_address(said.text):
            return Refusal(self.why)
        reading = super().read(said)
        if isinstance(reading, Answer) and not self.paragraphs:
            return Answer(" ".join(reading.value.split()))
        return reading

    def from_press(self, value: str) -> str:
        return known_value(self.known, value)

    def options(self) -> list[list[Option]]:
        return known_button(self.known)


class PublicBody(Organisation):
    """The name of a body for everybody: one that Allié knows, or one that is no address."""

    def read(self, said: Said) -> Reading[str]:
        reading = super().read(said)
        return Refusal(ASKED_APART) if isinstance(reading, Answer) and _leads_away(reading.value) else reading

    def load(self, stored: Any) -> str:
        name = super().load(stored)
        if _leads_away(name):
            raise ValueError("an address")
        return name


def _leads_away(name: str) -> bool:
    return holds_address(name) and known_organisations().named(name) is None


def known_button(known: str) -> list[list[Option]]:
    """What was given before, as a button."""
    return [[Option(known, "known")]] if known else []


def known_value(known: str, value: str) -> str:
    """What the press on that button means. Raises `ValueError` where nothing was given before."""
    if value != "known" or not known:
        raise ValueError("nothing was given before")
    return known
