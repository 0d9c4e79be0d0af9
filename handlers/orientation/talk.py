"""For who wants to help and does not know how: an hour, some money, days off, a skill, a firm. What would each do?

Compares them with figures of the law of the day and leads to the topic. Nothing is asked of the person's life.
"""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.days import Days
from bot.questions.money import Money
from handlers.alliance.law import compared
from handlers.alliance.pages import leaf, offer_ways

HAVE = Choice(
    2,
    "about",
    hour=_("An hour"),
    money=_("Some money"),
    days=_("Days off, RTT"),
    skill=_("A skill"),
    firm=_("A firm"),
    compare=_("I don't know: compare"),
)
LEAVES = {"hour": 0, "money": 1, "days": 2, "skill": 3, "firm": 4}
NEXT = {
    "hour": (("volunteer", "organisation"), ("expenses",)),
    "money": (("donation", "organisation"),),
    "days": (("rest_days",),),
    "skill": (("volunteer", "skills"),),
    "firm": (("company_donation", "skills"), ("alliance",)),
    "compare": (("volunteer", "donation"), ("rest_days", "skills"), ("company_donation", "alliance")),
}
FIFTY, THREE = Decimal(50), Decimal(3)
"""What is compared when nothing was said."""


@topic(
    "orientation",
    title=_("Find how to help"),
    command="aider",
    commands={"en": "guide"},
    hint=_("I want to help, and I don't know how"),
    menu=35,
    answers="volunteers",
)
async def orientation(talk: Talk) -> None:
    """What the person has, unless they said it; then what it would do, and where it leads."""
    have = await talk.ask("have", HAVE, _("What could you give? There is no small answer."))
    amount, days = FIFTY, THREE
    if talk.wants("amount"):
        amount = await talk.ask("amount", Money(suggestions=(20, 50, 100)), _("How much, in euros?"))
    if talk.wants("days"):
        days = await talk.ask("days", Days(suggestions=(1, 2, 3)), _("How many days?"))
    page, number = ("orientation-compare", 0) if have == "compare" else ("orientation", LEAVES[have])
    talk.say(leaf(talk, page, number, compared(talk.today, amount, days)))
    for row in NEXT[have]:
        offer_ways(talk, *row)
    again = [talk.change(_("Something else that I have"), "have")]
    if have in ("money", "compare"):
        again.append(talk.change(_("Another amount"), "amount"))
    if have in ("days", "compare"):
        again.append(talk.change(_("Another number of days"), "days"))
    talk.offer(*again)
