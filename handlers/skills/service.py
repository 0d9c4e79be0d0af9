"""A job that the company does and directs itself for an association: hours at their cost, and what it buys for it."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.rules.result import Step
from bot.rules.skills import ServiceGift, service_gift
from bot.rules.skills_law import legal_checks
from handlers.company_donation.turnover import Turnover, lowest_ceiling_told
from handlers.shared.result_card import result_card
from handlers.shared.shown import changed_since
from handlers.skills.card import year_end

EXAMPLE_HOURS, EXAMPLE_HOURLY = Decimal(40), Decimal(35)
"""A job in an example, and what an hour costs the company there."""


def service(talk: Talk) -> None:
    """What the job is worth and gives back, with the example where nothing was told; then what makes it a service."""
    hours_told = talk.refine(
        "hours", Count(slot="hours", minimum=1, maximum=100_000), _("How many hours of work in all?")
    )
    question = _("What does an hour cost the company, pay and charges? Not the price you would ask for.")
    hourly_told = talk.refine("hourly", Money(slot="hourly"), question)
    question = _("What else does the job cost: material, travel?")
    direct = talk.refine("direct", Money(slot=None, minimum=0), question, Decimal(0))
    turnover = talk.refine("turnover", Turnover(), _("What is its yearly turnover, before VAT?"))
    hours, hourly = hours_told or EXAMPLE_HOURS, hourly_told or EXAMPLE_HOURLY
    gift = service_gift(hours, hourly, direct_costs=direct, closes_on=year_end(talk), turnover=turnover)
    is_example = hours_told is None or hourly_told is None
    changed = changed_since(
        talk, "service", {"hours": hours, "hourly": hourly, "direct": direct, "value": gift.valuation}
    )
    figures = [counted(hours, hourly, direct, is_example=is_example)]
    if gift.reduction is not None:
        figures.append(_("Real cost: <b>{cost:money}</b>", cost=gift.valuation - gift.reduction))
    if changed is None:
        figures.append(
            _("You direct your own people and deliver a result: no loan, no limit of time. It counts at its cost.")
        )
    reasons: list[Step] = list(gift.steps)
    warnings = list(gift.warnings)
    if turnover is None:
        reasons = [step for step in reasons if step is not gift.year.steps[0]]
        if gift.year.excess:
            warnings.insert(0, lowest_ceiling_told(year_end(talk)))
    talk.show(
        result_card(
            headline(gift),
            gift,
            figures=figures,
            reasons=reasons,
            warnings=warnings,
            to_do=legal_checks("service", on=year_end(talk)),
        )
    )
    talk.offer(talk.change(_("The hours"), "hours"), talk.change(_("The cost of an hour"), "hourly"))
    talk.offer(talk.change(_("Other costs"), "direct"), talk.set(_("A loan instead"), "shape", "loan"))
    talk.offer(
        talk.start(_("Step by step"), "skills", "about", "steps"),
        talk.start(_("Find who needs it"), "offers", "side", "brings"),
    )


def headline(gift: ServiceGift) -> Phrase:
    if gift.reduction is None:
        return _("For {value:money} of staff time, an accountant must give the figure", value=gift.valuation)
    return _("{back:money} off the tax for {value:money} of staff time", back=gift.reduction, value=gift.valuation)


def counted(hours: Decimal, hourly: Decimal, direct: Decimal, *, is_example: bool) -> Phrase:
    """What the figure was reached with."""
    if is_example:
        return _("For example {hours:number} h at {cost:money}, what an hour costs you.", hours=hours, cost=hourly)
    if direct:
        return _(
            "{hours:number} h at {cost:money}, and {direct:money} of other costs.",
            hours=hours,
            cost=hourly,
            direct=direct,
        )
    return _("{hours:number} h at {cost:money}.", hours=hours, cost=hourly)
