"""Learning at one's own pace: five questions, short capsules, and what the movement for alliances proposed.

One idea a screen, with its source and day; never pushed. Every screen ends with something to do.
"""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice
from handlers.alliance.pages import BOOKLETS, open_booklet
from handlers.learning.quiz import quiz

SUBJECTS = Choice(
    2,
    "about",
    quiz=_("Five questions"),
    together=_("Play as a team"),
    rates=_("Which rate?"),
    days=_("Giving RTT days"),
    ten=_("A firm of ten"),
    method=_("The eleven steps"),
    types=_("The four types"),
    examples=_("Examples"),
    figures=_("Figures"),
    levers=_("The seven levers"),
    measures=_("The 21 measures"),
    sites=_("Four building sites"),
    law=_("What became of the bill"),
    papers=_("Which paper"),
    charter=_("An alliance charter"),
    stops=_("When to stop"),
    support=_("Who can help me"),
)


@topic(
    "learning",
    title=_("Learn"),
    command="apprendre",
    commands={"en": "learn"},
    hint=_("Five questions, and short things to know"),
    menu=70,
    links=("about",),
    answers="words",
    written=True,
    hears=Hears(wants=False),
)
async def learning(talk: Talk) -> None:
    """The quiz, or a page to leaf through; a button of an old page opens that page."""
    turned = [name for name in BOOKLETS if talk.wants(name)]
    if turned and not talk.wants("what"):
        what = turned[0]
    else:
        what = await talk.ask("what", SUBJECTS, _("What would you like to know? Each one takes a minute."))
    if what == "quiz":
        await quiz(talk)
    else:
        await open_booklet(talk, what, here=True)
    talk.offer(talk.change(_("Learn something else"), "what"))
