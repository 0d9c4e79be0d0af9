"""Skills sponsorship: what staff time given to an association is worth, what it gives back, and the agreement to sign.

Rests on CGI, article 238 bis, and Code du travail, L. 8241-3, through `bot.rules.skills`. The employer has the figures,
the employee what to say to theirs, the association what to prepare; public bodies and the self-employed are told apart.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.pay import Pay, Salary
from bot.questions.when import Day
from bot.questions.working_time import Months, WorkingTime
from bot.rules.parameters import parameter
from bot.rules.result import Step
from bot.rules.skills import Loan, SkillsGift, service_gift, skills_gift
from bot.rules.skills_law import legal_checks
from handlers.company_donation.turnover import lowest_ceiling_told, turnover_if_needed
from handlers.shared.result_card import result_card
from handlers.skills.agreement import agreement
from handlers.skills.people import association, employee, public_body, self_employed, step_by_step

ROLES = Choice(
    1,
    employer=_("I run or manage a company"),
    employee=_("I am an employee"),
    association=_("I speak for an association"),
)
SHAPES = Choice(
    1,
    "about",
    loan=_("They join the association’s team"),
    service=_("We do a job for it ourselves"),
)
BASES = Choice(2, gross=_("The gross pay"), cost=_("The whole cost"))


@topic(
    "skills",
    title=_("Lend skills"),
    command="competences",
    hint=_("Staff time for an association"),
    menu=40,
    links=("role", "about"),
    answers="firms",
)
async def skills(talk: Talk) -> None:
    """Who speaks decides; what is no skills sponsorship of a company is told first."""
    match talk.slots.get("about"):
        case "public_body":
            public_body(talk)
            return
        case "self_employed":
            self_employed(talk)
            return
        case "steps":
            step_by_step(talk)
            return
    match await talk.ask("role", ROLES, _("Who are you in this?")):
        case "employee":
            employee(talk)
        case "association":
            await association(talk)
        case _:
            await employer(talk)


async def employer(talk: Talk) -> None:
    """A loan or a service; its value and its reduction; then the agreement."""
    if await talk.ask("shape", SHAPES, _("How would your people help?")) == "service":
        await service(talk)
        return
    loan = await asked_loan(talk)
    result = skills_gift(loan, turnover=Decimal(0))
    turnover = None
    if result.allowed:
        turnover = await turnover_if_needed(talk, result.highest_valuation or result.valuation, year_end(talk))
    if turnover is not None:
        result = skills_gift(loan, turnover=turnover)
    if talk.wants("company"):
        await agreement(talk, loan, result)
        return
    talk.show(loan_card(loan, result, turnover))
    talk.offer(talk.change(_("Write the agreement"), "company"))
    talk.offer(talk.change(_("Another rhythm"), "rhythm"), talk.change(_("Another pay"), "salary"))
    talk.offer(talk.change(_("Another start"), "starts"), talk.change(_("Aid received"), "aid"))
    talk.offer(talk.change(_("A service instead"), "shape"), talk.start(_("Step by step"), "skills", "about", "steps"))
    talk.offer(talk.start(_("Find who needs it"), "offers", "side", "brings"))


async def asked_loan(talk: Talk) -> Loan:
    """The cost and the time of a loan, which begins this month if nothing else is said."""
    question = _("What is the employee’s gross pay by the month? Or the whole cost, if you know it (“cost 3,950”).")
    salary = await talk.ask("salary", Pay(("monthly", "annual"), monthly=True), question)
    is_gross = salary.basis == "gross" or (salary.basis == "" and await said_gross(talk))
    usual = parameter("rest_days.valuation.month").at(talk.today)
    rhythm = await talk.ask("rhythm", WorkingTime(usual["usual"]), _("For how much of their time?"))
    months = rhythm.months
    if months is None:
        months = await talk.ask("months", Months(), _("For how many months?"))
    starts = talk.today
    if talk.wants("starts"):
        earliest = parameter("skills.loan.general_interest").rows[0].start
        starts = await talk.ask("starts", Day(earliest=earliest), _("On which day would it start?"))
    aid = None
    if talk.wants("aid"):
        question = _("How much aid does the company receive each month for this job?")
        aid = await talk.ask("aid", Money(slot=None, minimum=0), question, skip=True)
    pay = by_the_month(salary)
    return Loan(
        starts=starts.replace(day=1),
        months=months,
        share=rhythm.share,
        cost=None if is_gross else pay,
        gross=pay if is_gross else None,
        aid=aid or Decimal(0),
    )


async def said_gross(talk: Talk) -> bool:
    question = _("Is that the gross pay, or the whole cost with employer charges?")
    return await talk.ask("basis", BASES, question) == "gross"


def year_end(talk: Talk) -> date:
    return date(talk.today.year, 12, 31)


def by_the_month(salary: Salary) -> Decimal:
    return salary.amount if salary.per == "monthly" else (salary.amount / 12).quantize(Decimal("0.01"))


def loan_card(loan: Loan, result: SkillsGift, turnover: Decimal | None) -> Card:
    """The reduction first; then the value and why, what is uncertain, and what to settle before the first day."""
    if not result.years:
        return result_card(_("As it stands, this loan is not possible"), result.right)
    checks = legal_checks("loan", on=loan.starts)
    told = [step.phrase for step in checks]
    unknown = [year.steps[0] for year in result.years] if turnover is None else []
    reasons: list[Step] = []
    for step in result.steps:
        if step.phrase not in told and not any(step is one for one in unknown):
            told.append(step.phrase)  # two years with the same figures say them once
            reasons.append(step)
    warnings = list(result.warnings)
    if turnover is None and any(year.excess for year in result.years):
        warnings.insert(0, lowest_ceiling_told(result.years[0].closes_on))
    return result_card(
        loan_headline(result), result, figures=loan_figures(result), reasons=reasons, warnings=warnings, to_do=checks
    )


def loan_headline(result: SkillsGift) -> Phrase:
    if result.reduction is None:
        return _("For {value:money} of staff time, an accountant must give the figure", value=result.valuation)
    if result.highest_reduction is not None and result.highest_valuation is not None:
        return _(
            "About {low:money} to {high:money} off the tax for {least:money} to {most:money} of staff time",
            low=result.reduction,
            high=result.highest_reduction,
            least=result.valuation,
            most=result.highest_valuation,
        )
    return _("{back:money} off the tax for {value:money} of staff time", back=result.reduction, value=result.valuation)


def loan_figures(result: SkillsGift) -> list[Phrase]:
    if result.reduction is None:
        return []
    low = result.valuation - result.reduction
    if result.highest_valuation is None or result.highest_reduction is None:
        return [_("Real cost: <b>{cost:money}</b>", cost=low)]
    return [
        _(
            "Real cost: <b>{low:money} to {high:money}</b>",
            low=low,
            high=result.highest_valuation - result.highest_reduction,
        )
    ]


async def service(talk: Talk) -> None:
    """A job that the company does and directs: hours at their cost, and what it buys for it."""
    hours = await talk.ask("hours", Count(minimum=1, maximum=100_000), _("How many hours of work in all?"))
    question = _("What does an hour cost the company, pay and charges? Not the price you would ask for.")
    cost = await talk.ask("hourly", Money(slot=None), question)
    direct = None
    if talk.wants("direct"):
        question = _("What else does the job cost: material, travel?")
        direct = await talk.ask("direct", Money(slot=None, minimum=0), question, skip=True)
    closes_on = year_end(talk)
    value = hours * cost + (direct or Decimal(0))
    turnover = await turnover_if_needed(talk, value, closes_on)
    gift = service_gift(
        hours, cost, direct_costs=direct or Decimal(0), closes_on=closes_on, turnover=turnover or Decimal(0)
    )
    reasons: list[Step] = list(gift.steps)
    if turnover is None:
        reasons = [step for step in reasons if step is not gift.year.steps[0]]
    back = gift.reduction
    headline = (
        _("For {value:money} of staff time, an accountant must give the figure", value=gift.valuation)
        if back is None
        else _("{back:money} off the tax for {value:money} of staff time", back=back, value=gift.valuation)
    )
    talk.show(
        result_card(
            headline,
            gift,
            figures=[] if back is None else [_("Real cost: <b>{cost:money}</b>", cost=gift.valuation - back)],
            reasons=reasons,
            to_do=legal_checks("service", on=closes_on),
        )
    )
    talk.offer(talk.change(_("Other costs"), "direct"), talk.change(_("A loan instead"), "shape"))
    talk.offer(talk.change(_("Other hours"), "hours"), talk.start(_("Step by step"), "skills", "about", "steps"))
    talk.offer(talk.start(_("Find who needs it"), "offers", "side", "brings"))
