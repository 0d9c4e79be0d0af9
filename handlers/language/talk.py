"""Changes the language of the conversation, in its middle if need be: the pending question comes back in it."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, topic
from bot.i18n import LANGUAGES
from bot.phrase import Phrase, _
from bot.questions.choice import Choice


@topic(
    "language",
    title=_("Language"),
    command="langue",
    commands={"en": "language"},
    hint=_("Change the language"),
    menu=90,
    at_hand=True,
    passing=True,
    speaks=True,
    hears=Hears(slots={"language"}, wants=False),
)
async def language(talk: Talk) -> None:
    """Ask which language, unless it was said, and go on in it."""
    asked = talk.slots.get("language")
    if isinstance(asked, str) and asked not in LANGUAGES:
        talk.say(_("I do not speak that language yet, and I am sorry. I speak French and English."))
    names = {code: Phrase(name) for code, name in LANGUAGES.items()}
    chosen = await talk.ask("language", Choice(2, "language", **names), _("Which language shall we speak?"))
    talk.use_language(chosen)
    talk.say(_("All right, we go on in English."))
