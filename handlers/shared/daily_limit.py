"""What reaches others may be done so often a day: beyond that it waits for the next day, and nothing is lost."""

from __future__ import annotations

from datetime import date

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Confirm

__all__ = ["NEEDS", "OFFERS", "REPORTS", "REQUESTS", "agrees", "count", "spent_until"]

NEEDS, OFFERS, REQUESTS, REPORTS = "needs", "offers", "requests", "reports"
"""What is counted, as the settings name it."""
LATER: dict[str, Phrase] = {
    NEEDS: _("That is as many needs as I take in a day from one place. What you wrote is kept here: nothing is lost."),
    OFFERS: _("That is as much as I put up in a day from one place. What you wrote is kept here: nothing is lost."),
    REQUESTS: _(
        "That is as many requests as I pass on in a day from one place. What you wrote is kept here: nothing is lost."
    ),
}


async def spent_until(talk: Talk, act: str) -> date | None:
    """The day on which it may be done again, where it was done as often as may be today."""
    return await talk.daily_use.spent_until(act) if talk.daily_use is not None else None


async def count(talk: Talk, act: str) -> None:
    """It is done once more; to be called in the effect that does it."""
    if talk.daily_use is not None:
        await talk.daily_use.count(act)


async def agrees(talk: Talk, act: str, done: str, question: Phrase) -> bool:
    """A yes to `question`, and that it may still be done today. Beyond the day's limit the yes is asked for again: the
    talk stays as it is, to be taken up the next day. `done` is the key of the effect that does it."""
    if not await talk.ask("sure", Confirm(), question):
        return False
    if done not in talk.done and (day := await spent_until(talk, act)):
        talk.unsay("sure")
        talk.screen.clear()
        talk.say(LATER[act])
        await talk.ask("sure", Confirm(), _("From {day:date} on, one press sends it. Send it then?", day=day))
    return True
