"""Greets, says in three lines what Allié is for, and shows the menu. For whoever comes without a clear wish."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Role, topic
from bot.phrase import _

COLUMNS = 2


@topic("welcome", title=_("Menu"), command="start", hint=_("Begin, or see what we can do"), role=Role.WELCOME)
async def welcome(talk: Talk) -> None:
    """The greeting at the first visit, the menu alone afterwards."""
    if "menu" in talk.slots:
        talk.say(_("What would you like to do? Choose below, or write it in your own words."))
    else:
        talk.say(
            _(
                "Hello, I am <b>Allié</b>. You would like to help? Together we find how: a gift, some hours, "
                "days off, a skill."
            )
        )
        talk.say(
            _("Write to me as to a friend. For example: “if I give €300 to Restos du Cœur, how much do I get back?”")
        )
    show_menu(talk)


def show_menu(talk: Talk) -> None:
    """The topics of the menu as buttons."""
    buttons = [talk.start(topic.title, topic.name) for topic in talk.registry.menu]
    for first in range(0, len(buttons), COLUMNS):
        talk.offer(*buttons[first : first + COLUMNS])
