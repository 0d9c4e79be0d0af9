"""What was told of a loan of staff, and what it is worth: with the usual, named as supposed, where nothing was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _, n_
from bot.questions.blanks import Blank, BlankField
from bot.questions.choice import Choice
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.pay import Pay, Salary
from bot.questions.working_time import WEEK, Months, Rhythm, WorkingTime
from bot.rules.parameters import parameter
from bot.rules.skills import Loan, SkillsGift, skills_gift
from handlers.company_donation.turnover import Turnover
from handlers.rest_days.card import days_in_words
from handlers.rest_days.gift import BODY

__all__ = ["Lending", "at_work", "for_months", "lending", "working_time", "worth"]

EXAMPLE_COST = Decimal(4_000)
"""What an employee costs by the month in an example, charges and all."""
EXAMPLE_TIME = Rhythm(1 / WEEK)
EXAMPLE_MONTHS = 6
BASES = Choice(2, gross=_("The gross pay"), cost=_("The whole cost"))
PAY = Pay(("monthly", "annual"), monthly=True)
COMPANY = BlankField(Blank("company", "company", _("the company")))
FIRST_DAY = BlankField(Blank("starts", "date", _("a date")))


@dataclass(frozen=True, slots=True)
class Lending:
    """A loan as it was told. `is_example`: nobody told a pay; `supposed` names what else was not told, "basis" where it
    was not said whether the pay is gross or the whole cost."""

    loan: Loan
    basis: str
    turnover: Decimal | None
    is_example: bool
    supposed: frozenset[str]


def lending(talk: Talk) -> Lending:
    """The loan as far as it was told. Nothing is asked here but what the person chose to change."""
    question = _("What is the employee’s gross pay by the month? Or the whole cost, if you know it (“cost 3,950”).")
    salary = talk.refine("salary", PAY, question)
    basis = talk.refine("basis", BASES, _("Is that the gross pay, or the whole cost with employer charges?"))
    rhythm = talk.refine("rhythm", working_time(talk), _("For how much of their time?"), EXAMPLE_TIME)
    months = talk.refine("months", Months(), _("For how many months?"))
    lent = Count(slot="lent", minimum=1, maximum=500)
    people = talk.refine("lent", lent, _("How many people would be lent?"), Decimal(1))
    starts = talk.refine("starts", FIRST_DAY, _("On which day would it start?"))
    question = _("How much aid does the company receive each month for this job?")
    aid = talk.refine("aid", Money(slot=None, minimum=0), question, Decimal(0))
    talk.refine("named", BODY, _("With which association?"))
    talk.refine("company", COMPANY, _("What is the name of the company?"))
    turnover = talk.refine("turnover", Turnover(), _("What is its yearly turnover, before VAT?"))
    is_gross = salary is not None and (basis or salary.basis or "gross") == "gross"
    pay = EXAMPLE_COST if salary is None else by_the_month(salary)
    first = talk.today if starts is None else date.fromisoformat(starts)
    supposed = {name for name in ("rhythm", "months") if not talk.told(name)}
    if rhythm.months is not None:
        supposed.discard("months")
    if salary is not None and not (basis or salary.basis):
        supposed.add("basis")
    return Lending(
        Loan(
            starts=first.replace(day=1),
            months=months or rhythm.months or EXAMPLE_MONTHS,
            share=rhythm.share,
            cost=None if is_gross else pay,
            gross=pay if is_gross else None,
            aid=aid,
            people=int(people),
        ),
        "gross" if is_gross else "cost",
        turnover,
        salary is None,
        frozenset(supposed),
    )


def worth(told: Lending) -> SkillsGift:
    """The value of the loan and its reduction; under the lowest ceiling where the turnover is not known."""
    return skills_gift(told.loan, turnover=told.turnover)


def working_time(talk: Talk) -> WorkingTime:
    """The kind of question about a share of the time, with the usual working days of a month."""
    return WorkingTime(parameter("rest_days.valuation.month").at(talk.today)["usual"])


def by_the_month(salary: Salary) -> Decimal:
    return salary.amount if salary.per == "monthly" else (salary.amount / 12).quantize(Decimal("0.01"))


def at_work(share: Decimal) -> Phrase:
    """A share of the time as one says it: "1 day a week", "full time", "12 % of the time"."""
    if share == 1:
        return _("full time")
    days = (share * WEEK).normalize()
    if days * 2 == (days * 2).to_integral_value():
        return _("{days} a week", days=days_in_words(days))
    return _("{share:percent} of the time", share=share)


def for_months(months: int) -> Phrase:
    """ "for 6 months"."""
    return n_("for {count} month", "for {count} months", months)
