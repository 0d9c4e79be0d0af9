"""Words that steer the conversation itself, whatever the topic: back, cancel, menu, start over, change an answer."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache

from bot.dialogue.buttons import Control
from bot.resources import DATA

__all__ = ["CANCEL", "COMMANDS", "ERASE", "LISTS", "RESTART", "STOP", "clean", "read_control"]

RESTART = "restart"
STOP = "stop"
ERASE = "erase"

CANCEL = "cancel"
LISTS = frozenset({"menu", "help", "aide"})
"""The commands that list all there is to do."""

COMMANDS = {
    "annuler": CANCEL,
    "cancel": CANCEL,
    "stop": STOP,
    "retour": Control.BACK,
    "back": Control.BACK,
    "recommencer": RESTART,
    "restart": RESTART,
    "modifier": Control.EDIT,
    "edit": Control.EDIT,
}
"""The controls as platform commands."""

WORDS = DATA / "phrases" / "controls.toml"
MEANS_ELSE = {"fr": frozenset({"resume"})}
"""Controls of one language that say something else in another: « résume » asks for a summary."""
LONGEST = 4_000
LONGEST_CONTROL = 40
# Characters that are not text: controls (but line breaks and tabs), lone surrogates, and marks that turn what follows
# from right to left, which could make a sentence of ours read as something else.
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def clean(text: str) -> str:
    """What was typed, as text: composed, without what is no text, cut after 4,000 characters."""
    return unicodedata.normalize("NFC", NOT_TEXT.sub("", text[: 2 * LONGEST]))[:LONGEST].strip()


@lru_cache(maxsize=1)
def _controls() -> dict[str, str]:
    tables = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {word: control for control, languages in tables.items() for words in languages.values() for word in words}


def read_control(text: str, language: str = "") -> str | None:
    """The control that the whole text is, if it is one: "retour" is, "je suis de retour" is not.

    `language` is the conversation's: « résume » is no "resume" there.
    """
    if len(text) > LONGEST_CONTROL:
        return None
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    word = re.sub(r"[^\w]+", " ", bare).strip()
    return None if word in MEANS_ELSE.get(language, ()) else _controls().get(word)
