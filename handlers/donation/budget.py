"""How much to give: asked from what it may cost, what it should bring back, or a tax to be used whole."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.gifts import Kind
from bot.rules.giving import gift_for_cost, largest_rewarded_gift, one_gift
from bot.rules.result import sources_of
from handlers.donation.estimate import back_of, kind_of
from handlers.donation.told import Told
from handlers.shared.known_bodies import called
from handlers.shared.result_card import sources

__all__ = ["how_much"]


def how_much(talk: Talk, told: Told) -> bool:
    """Say how much to give, at both rates where the body is not known; False where there is no sum to start from."""
    if told.budget is None:
        return False
    goal, value = told.budget
    if goal == "all":
        value = told.household.tax
    if not value:
        return False
    gift = told.gifts[0] if told.gifts else None
    kind = kind_of(gift) if gift is not None else None
    kinds = [kind] if kind is not None else [Kind.COLUCHE, Kind.GENERAL]
    results = [one_gift(one, amount_for(goal, one, talk, value, told.household.income), talk.today) for one in kinds]
    lines = [
        _(
            "Give <b>{gift:money}</b>: {back:money} comes back, it costs you {cost:money}",
            gift=result.given,
            back=back_of(result),
            cost=result.given - back_of(result),
        )
        for result in results
    ]
    if kind is None:
        lines = [
            _("{gift} (help to people in difficulty)", gift=lines[0]),
            _("{gift} (another body of general interest)", gift=lines[1]),
        ]
    found = sources_of([step for result in results for step in result.steps])
    talk.show(
        Card(
            headline=goal_line(goal, value, called(gift.to) if gift is not None and gift.to else ""),
            figures=lines,
            warnings=[
                _(
                    "Only if you pay at least {most:money} of income tax: without tax, nothing comes back.",
                    most=max(back_of(result) for result in results),
                )
            ],
            reasons=[step.phrase for result in results for step in result.steps],
            sources=[sources(found)],
        )
    )
    talk.lay("budget", open_to=("organisation", "org_kind", "gifts", "amount", "budget", "income"))
    return True


def amount_for(goal: str, kind: Kind, talk: Talk, value: Decimal, income: Decimal | None) -> Decimal:
    """The gift, in whole euros, for a cost, or for what should come back."""
    if goal == "cost":
        return gift_for_cost(kind, talk.today, value)
    return largest_rewarded_gift(kind, talk.today, tax=value, income=income)


def goal_line(goal: str, value: Decimal, name: str) -> Phrase:
    to = _(" to {name}", name=name) if name else ""
    if goal == "cost":
        return _("What to give{to} for it to cost you {value:money}", to=to, value=value)
    return _("What to give{to} for {value:money} to come back", to=to, value=value)
