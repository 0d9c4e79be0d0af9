"""News from Allié: what a person may agree to receive, and how they take it back.

Nobody gets any unless they asked. The consent is a record of theirs (`CONSENT`, `KEY`): about what, and around which
place. It goes when they say “stop”, and with everything else when they are erased.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from bot.dialogue.buttons import Control, ControlPress
from bot.dialogue.replies import Button, Reply
from bot.i18n import render, text_of
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.kind import Answer, Reading, Said
from bot.understanding.answers import read_yes_no
from bot.understanding.sentence import fold

__all__ = ["ALL", "CONSENT", "KEY", "NONE", "SUBJECTS", "Subject", "news"]

CONSENT, KEY = "news", "on"
ALL = "all"
SUBJECTS: dict[str, Phrase] = {
    ALL: _("Everything"),
    "time": _("Giving time"),
    "money": _("Giving money"),
    "company": _("Companies and employees"),
    "association": _("Associations"),
}
"""What news may be about. Who asked for everything gets all of it."""


NONE = "none"
NO_MORE = ("plus de", "plus les", "no more", "pas de", "rien")


class Subject(Choice):
    """One of the subjects, by a word of it too ("les entreprise"); or none of them, by a no in any words."""

    def __init__(self) -> None:
        super().__init__(2, None, **SUBJECTS, **{NONE: _("No, thank you")})

    def read(self, said: Said) -> Reading[str]:
        found = super().read(said)
        if found is not None:
            return found
        text = fold(said.text)
        if read_yes_no(said.sentence) is False or text.startswith(NO_MORE):
            return Answer(NONE)
        named = {
            subject
            for subject, label in SUBJECTS.items()
            if {word[:5] for word in _words(text)} & {word[:5] for word in _words(fold(text_of(label, said.language)))}
        }
        return Answer(named.pop()) if len(named) == 1 else None


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if len(word) > 3 and word not in ("donner", "giving")]


def news(html: str, language: str) -> Reply:
    """A piece of news as a person gets it: why they do, and how to have no more of it, come with each."""
    why = render(_("You asked for news from Allié. To have no more: write “stop”, one word is enough."), language)
    button = Button(text_of(_("No more news"), language), data=str(ControlPress(Control.NO_NEWS)))
    return Reply(Markup(html) + Markup("\n\n<i>{why}</i>").format(why=why), buttons=((button,),))
