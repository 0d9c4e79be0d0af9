"""News from Allié: what a person may agree to receive, and how they take it back.

Nobody gets any unless they asked. The consent is a record of theirs (`CONSENT`, `KEY`): about what, and around which
place. It goes when they say “stop”, and with everything else when they are erased.
"""

from __future__ import annotations

from markupsafe import Markup

from bot.conversation.buttons import StartPress
from bot.conversation.replies import Button, Reply
from bot.i18n import render, text_of
from bot.phrase import Phrase, _

__all__ = ["ALL", "CONSENT", "KEY", "SUBJECTS", "news"]

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


def news(html: str, language: str) -> Reply:
    """A piece of news as a person gets it: why they do, and how to have no more of it, come with each."""
    why = render(_("You asked for news from Allié. To have no more: write “stop”, one word is enough."), language)
    button = Button(text_of(_("No more news"), language), data=str(StartPress("alerts", "news", "off")))
    return Reply(Markup(html) + Markup("\n\n<i>{why}</i>").format(why=why), buttons=((button,),))
