"""A kind word back: thanks, goodbye, a remark. Short, in the tone of what was said, in words that vary; no menu."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, topic
from bot.phrase import Phrase, _
from handlers.contact.talk import reach

WORDS: dict[str, Sequence[Phrase]] = {
    "thanks": (
        _("With pleasure."),
        _("You are welcome. Write to me whenever you like."),
        _("Gladly. I am here if something else comes to mind."),
    ),
    "goodbye": (
        _("Goodbye, and thank you."),
        _("See you soon. Write to me whenever you like."),
    ),
    "praise": (
        _("Thank you, that is kind."),
        _("Good, I am glad it helps."),
        _("Thank you. Tell me if anything is missing."),
    ),
    "fine": (
        _("Good."),
        _("All right. I am here for the rest."),
        _("Perfect. What comes next, when you like."),
    ),
    "insult": (
        _("I may have answered badly, and I am sorry. Tell me in a few words what you need: I will try again."),
        _("I am sorry. Say it another way, or ask for a person: “talk to somebody”."),
    ),
    "laugh": (_("Glad to make you smile."), _("That does one good.")),
    "how": (
        _("Very well, thank you. And you?"),
        _("Well, thank you. Tell me what brings you here."),
    ),
    "hard": (
        _("Thank you for having written it. Take your time: nothing presses, and you need not say more."),
        _("I understand. One thing at a time, or nothing more today: as you like."),
    ),
    "weary": (
        _("It is a lot, I know. Tell me which part is in your way: we take it one thing at a time."),
        _("I understand: it is heavy. Say what comes first for you, and I keep it short."),
    ),
}
LISTENS = (
    _("I am here, and I listen. What would you like to do?"),
    _("Tell me more, in your own words: I listen."),
)
WHO = _("I am Allié, a program and not a person. I am not the State either: I am free, I show my sources.")


@topic("smalltalk", title=_("A word"), passing=True, courtesies=True, hears=Hears(wants=False))
async def smalltalk(talk: Talk) -> None:
    """Answer in the tone of what was said; the pending question, if any, comes back."""
    about = str(talk.slots.get("about", ""))
    if about == "person":
        reach(talk)
        return
    if about == "who":
        talk.say(WHO)
        talk.offer(talk.start(_("What can we do?"), "welcome", "menu", "few"))
        return
    words = WORDS.get(about, LISTENS)
    talk.say(words[talk.serial % len(words)])
