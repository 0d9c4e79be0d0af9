"""Two who do not know each other are put in touch by Allié, once both have said yes.

Who is interested asks; the other is told, and says yes or no. Neither sees an address before: each chooses the one to
pass on, and it is kept with their own conversation until the other has agreed. A no is told kindly, a report goes to
those who moderate, and either side may stop before the end.
"""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from handlers.alliance.pages import offer_ways
from handlers.introductions.answering import asked_for, met, no, yes
from handlers.introductions.asking import answered, ask, no_word_yet, take_back
from handlers.introductions.reports import board_reported, complain, leave, remove, report, report_settled

ACTS = {
    "ask": ask,
    "take_back": take_back,
    "yes": yes,
    "no": no,
    "report": report,
    "complain": complain,
    "remove": remove,
    "leave": leave,
}
NEWS = {
    "asked_for": asked_for,
    "answered": answered,
    "met": met,
    "no_word_yet": no_word_yet,
    "board_reported": board_reported,
    "report_settled": report_settled,
}


@topic("introductions", title=_("Be put in touch"), private=True, due=tuple(NEWS), links=("ask",))
async def introductions(talk: Talk) -> None:
    """What a button asks for, or a piece of news; without either, what there is to bring and need."""
    if talk.due is not None:
        await NEWS[talk.due["news"]](talk, talk.due)
        return
    for name, act in ACTS.items():
        if name in talk.slots:
            await act(talk, str(talk.slots[name]))
            return
    talk.say(_("To be put in touch, choose an offer or a need first."))
    offer_ways(talk, "brings", "seeks")
