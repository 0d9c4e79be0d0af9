"""What the person has told of their gift in this talk, and how what they tell next changes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.dialogue.change import Change
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Flag
from bot.questions.gifts import told_of
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.text import Text
from bot.rules.modest_pay import is_likely_untaxed
from handlers.donation.estimate import Household
from handlers.shared.gifts_in_talk import hear_gifts, kept_gifts, note_gifts
from handlers.shared.told_gifts import Gifted, total

__all__ = ["Told", "heard", "note_change"]

PEOPLE = Count(maximum=1_000)
BESIDE = ("tax", "income", "nature", "country", "returned", "joint", "budget", "salary")
"""What settles the figure beside the gifts."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything told so far. `low_pay`: a pay so small that no income tax is likely owed, a month."""

    gifts: Gifted
    household: Household
    nature: str = ""
    returned: Decimal | None = None
    budget: tuple[str, Decimal | None] | None = None
    people: int = 0
    joint: bool = False
    low_pay: Decimal | None = None

    @property
    def own(self) -> Gifted:
        """The gifts of the person's household."""
        household = {"self", "spouse", "child", *(["partner"] if self.joint else [])}
        return tuple(gift for gift in self.gifts if gift.by in household)

    @property
    def of_others(self) -> Gifted:
        """The gifts that others write on a return of their own."""
        own = self.own
        return tuple(gift for gift in self.gifts if gift not in own)


def heard(talk: Talk) -> Told:
    """What was told, asked for by a button included."""
    if people := told_of(talk.slots).people:
        talk.put("people", PEOPLE, Decimal(people))
    gifts = hear_gifts(talk)
    tax = talk.refine(
        "tax",
        Money(slot="tax", minimum=0),
        _("How much income tax does your household pay a year, before reductions? It is on your tax notice."),
    )
    income = talk.refine("income", Money(slot="income", minimum=0), _("And your net taxable income for the year?"))
    joint = talk.setting("joint", Flag("joint"), False)
    return Told(
        gifts,
        Household(talk.setting("country", Text(slot="country"), ""), income, tax),
        nature=talk.setting("nature", Text(slot="nature"), ""),
        returned=talk.setting("returned", Money(slot="returned"), Decimal(0)) or None,
        budget=budget_of(talk.slots.get("budget")),
        people=int(talk.answered("people", PEOPLE) or 0),
        joint=joint,
        low_pay=low_pay(talk, joint=joint) if tax is None else None,
    )


def budget_of(said: Any) -> tuple[str, Decimal | None] | None:
    """What a gift may cost, or should bring back; None where nothing was asked from it."""
    if not isinstance(said, dict) or len(said) != 1:
        return None
    ((kind, value),) = said.items()
    return (kind, None if value is None else Decimal(str(value)))


def low_pay(talk: Talk, *, joint: bool) -> Decimal | None:
    """A net pay a month so small that no income tax is likely owed; None for another pay, or none told."""
    said = talk.slots.get("salary")
    if not isinstance(said, dict) or said.get("kind") != "net":
        return None
    value = Decimal(str(said.get("value", 0)))
    monthly = {"monthly": value, "annual": value / 12}.get(str(said.get("per")))
    if monthly is None or not is_likely_untaxed(monthly, talk.today, couple=joint):
        return None
    return monthly


def note_change(talk: Talk, change: Change) -> bool:
    """Bring what is told next into the talk; False where it tells nothing of the gifts nor of their figure."""
    told = told_of(change.slots)
    beside = {slot: change.slots[slot] for slot in BESIDE if slot in change.slots}
    is_another = total(kept_gifts(talk)) > 0  # « 180 par an » says how much the dues are that were asked about
    if note_gifts(talk, change):
        if told.gifts:
            talk.unsay("budget", *(("nature", "returned") if is_another else ()))
        if told.about.to or any(gift.to for gift in told.gifts):
            talk.unsay("country")
    elif not beside:
        return False
    talk.hear(beside)
    return True
