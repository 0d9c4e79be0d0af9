"""Giving blood: whether one may at one's age, how often, and what that rests on."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Bare, Hears, points, topic
from bot.phrase import Phrase, _
from bot.questions.numbers import Count, counted
from bot.rules.parameters import parameter

__all__ = ["blood"]

OLDEST = 120
AGE = Count(slot="age", maximum=OLDEST)


@topic(
    "blood",
    title=_("Give blood"),
    command="sang",
    hint=_("Who may give blood, and how often"),
    menu=55,
    answers="volunteers",
    does={"volunteers/don-de-sang": "age"},
    hears=Hears(readers={"age": counted("age")}, bare=Bare("age", most=OLDEST)),
)
async def blood(talk: Talk) -> None:
    """The ages between which one may; for an age that is told, whether one may."""
    age = talk.refine("age", AGE, _("How old are you?"))
    talk.say(headline(talk, age))
    talk.say(often(talk))
    talk.lay("blood", open_to=("age",))
    talk.offer(talk.change(_("My age"), "age"), talk.start(_("Find a mission"), "volunteer"))


def headline(talk: Talk, age: Decimal | None) -> Phrase:
    ages = parameter("blood.age").at(talk.today)
    least, most = ages["least"], ages["most"]
    if age is None:
        return _("<b>One may give blood from {least:number} to {most:number}.</b>", least=least, most=most)
    if age < least:
        return _("<b>Not yet at {age:number}: one gives blood from {least:number} on.</b>", age=age, least=least)
    if age > most:
        return _("<b>No longer at {age:number}: one gives blood up to {most:number}.</b>", age=age, most=most)
    return _("<b>Yes, at {age:number} you may give blood.</b>", age=age)


def often(talk: Talk) -> Phrase:
    weeks = parameter("blood.interval").at(talk.today).value
    return _("Between two gifts there are {weeks:number} weeks at least.", weeks=weeks)


@points("blood")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """Where it is written; how sure that is; how often at most."""
    if about.act == "limit":
        times = parameter("blood.times").at(talk.today)
        talk.say(often(talk))
        talk.say(
            _(
                "At most {men:number} times a year for a man, {women:number} for a woman.",
                men=times["men"],
                women=times["women"],
            )
        )
        return True
    if about.act not in ("source", "sure"):
        return False
    source = parameter("blood.age").at(talk.today).source
    talk.say(_("{reference}, checked on {day:date}.", reference=source.reference, day=source.checked))
    return True
