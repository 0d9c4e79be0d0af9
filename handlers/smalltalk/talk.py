"""A kind word back: thanks, goodbye, who are you. Short, and always with a way on."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _

ANSWERS = {
    "thanks": _("With pleasure. I am here whenever you want to help."),
    "goodbye": _("Goodbye, and thank you. Write to me whenever you like."),
    "who": _(
        "I am Allié, a program and not a person. I am not the State either: I am free, I show my sources, and I keep "
        "as little as I can."
    ),
    "praise": _("Thank you, that is kind. The best thanks is a first step: shall we take it?"),
    "insult": _("I may have answered badly, and I am sorry. Tell me in a few words what you need: I will try again."),
    "laugh": _("Glad to make you smile. Now, what shall we do that is useful?"),
    "how": _("Very well, thank you. And you, what would you like to do for others?"),
}


@topic("smalltalk", title=_("A word"), passing=True)
async def smalltalk(talk: Talk) -> None:
    """Answer in the tone of what was said; the pending question, if any, comes back."""
    about = str(talk.slots.get("about", ""))
    talk.say(ANSWERS.get(about, _("I am here, and I listen. What would you like to do?")))
    talk.offer(talk.start(_("What can we do?"), "welcome"))
