"""What is asked about the expenses on show: why, how sure, where it is written, the box, the proofs, on paper."""

from __future__ import annotations

from collections.abc import Sequence

import handlers.expenses.talk  # noqa: F401 - what is pointed at joins its topic
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import points
from bot.phrase import Phrase, _
from bot.questions.money import Money
from bot.questions.text import Text
from bot.rules.calendar_of_money import calendar_of_money
from bot.rules.expenses import Waiver, what_the_association_writes
from bot.rules.result import Source, sources_of
from handlers.expenses.talk import boxes, headline
from handlers.expenses.told import Kilometres, Spent, heard
from handlers.shared.result_card import sources

__all__ = ["pointed"]


@points("expenses")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the estimate; nothing before something was told."""
    spent = heard(talk)
    if not spent.expenses.km and not spent.expenses.other:
        return False
    if about.scale is not None:
        if spent.expenses.km:
            talk.put("km", Kilometres(), spent.expenses.km * about.scale)
        if spent.expenses.other:
            talk.put("sum", Money(slot=None, minimum=0), spent.expenses.other * about.scale)
        return talk.rerun()
    if about.act == "repeat":
        return talk.rerun()
    if about.act == "paper":
        talk.put("name", Text(longest=80), "")
        return talk.rerun()
    result = spent.waived(talk.today)
    said = answer(talk, about, spent, result)
    for phrase in said:
        talk.say(phrase)
    if said and talk.table is not None:
        talk.lay(talk.table.shows, talk.table.items, open_to=talk.table.open)
    return bool(said)


def answer(talk: Talk, about: Pointed, spent: Spent, result: Waiver) -> list[Phrase]:
    """What is said to what is asked; nothing where it is about something else."""
    found = sources_of(result.steps)
    match about.act:
        case "why" | "detail":
            return [*(step.phrase for step in result.steps), cited(found)]
        case "source":
            return [cited(found)]
        case "sure":
            day = min(source.checked for source in found)
            return [
                _("The rates and ceilings are those of the law, checked on {day:date}.", day=day),
                *result.warnings[:1],
                cited(found),
            ]
        case "box":
            return [one for one in boxes(result) if isinstance(one, Phrase)]
        case "proof":
            return list(what_the_association_writes(spent.expenses, result.gift))
        case "money_back":
            return [
                moment.phrase for moment in calendar_of_money(talk.today) if moment.name in ("return", "settlement")
            ]
        case "real_cost":
            return [_("What it really costs you: <b>{cost:money}</b>", cost=result.cost)]
        case "shorter" | "summary":
            return [_("<b>{headline}</b>", headline=headline(talk, spent))]
    return []


def cited(found: Sequence[Source]) -> Phrase:
    return _("<i>{sources}</i>", sources=sources(found))
