"""The cards of staff time given: what it is, with an example; what a loan is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.parameters import parameter
from bot.rules.result import Step
from bot.rules.skills import Loan, SkillsGift, skills_gift
from bot.rules.skills_law import legal_checks, may_lend
from handlers.company_donation.turnover import lowest_ceiling_told
from handlers.rest_days.gift import BODY
from handlers.shared.result_card import quietly, result_card, steps_card
from handlers.shared.shown import changed_since
from handlers.skills.loan import COMPANY, EXAMPLE_COST, EXAMPLE_MONTHS, EXAMPLE_TIME, Lending, at_work, for_months

__all__ = ["cap_step", "example", "general_card", "loan_card", "loan_headline", "state", "terms", "year_end"]

TERMS = frozenset({"rhythm", "months", "people", "pay", "supposed"})
PARTIES = frozenset({"named", "company"})


def year_end(talk: Talk) -> date:
    """The closing day of this year, where nobody said another."""
    return date(talk.today.year, 12, 31)


def general_card(talk: Talk) -> Card:
    """What skills sponsorship is, to whom it is open, what it gives back, with an example in figures."""
    rate = parameter("patronage.rate").at(year_end(talk))
    loan = parameter("skills.loan.general_interest").at(talk.today)
    changed_since(talk, "general", {})
    return steps_card(
        _(
            "Skills sponsorship: a company lends staff time, and {rate:percent} of its cost comes off its tax",
            rate=rate.value,
        ),
        [
            *may_lend("general_interest", on=talk.today, months=1).steps,
            cap_step(talk),
            Step(rate_told(talk), None, rate.source),
        ],
        figures=[
            _(
                "Any size of company since {day:date}; {months:number} months at most; the employee agrees in writing "
                "and stays paid.",
                day=loan.start,
                months=loan["months"],
            ),
            example(talk),
        ],
    )


def rate_told(talk: Talk) -> Phrase:
    limit = parameter("patronage.ceiling").at(year_end(talk))
    rate = parameter("patronage.rate").at(year_end(talk))
    return _(
        "The company gets back {rate:percent} of the cost of the time, within its ceiling for gifts: the higher of "
        "{floor:money} and {ratio:percent} of its turnover.",
        rate=rate.value,
        floor=limit["floor"],
        ratio=limit["ratio"],
    )


def cap_step(talk: Talk) -> Step:
    """What one employee counts for at most by the month."""
    multiple = parameter("skills.cap.multiple").at(year_end(talk))
    ceiling = parameter("skills.pmss").at(talk.today)
    return Step(
        _(
            "Staff time counts at its cost, pay and employer charges, at most {cap:money} a month for one employee: "
            "{count:number} times the monthly ceiling of social security ({ceiling:money}).",
            cap=multiple.value * ceiling.value,
            count=multiple.value,
            ceiling=ceiling.value,
        ),
        None,
        multiple.source,
    )


def example(talk: Talk) -> Phrase:
    """A loan in figures, of an employee of a round cost."""
    loan = Loan(talk.today.replace(day=1), EXAMPLE_MONTHS, EXAMPLE_TIME.share, cost=EXAMPLE_COST)
    gift = skills_gift(loan, turnover=None)
    return _(
        "Example: {time} {months}, an employee who costs {cost:money} a month: {value:money} of time, "
        "<b>{back:money} off the tax</b>.",
        time=at_work(loan.share),
        months=for_months(loan.months),
        cost=EXAMPLE_COST,
        value=gift.valuation,
        back=gift.reduction or Decimal(0),
    )


def loan_card(talk: Talk, told: Lending, result: SkillsGift) -> Card:
    """The reduction first; then what it was counted with, what is uncertain, what to settle before the first day."""
    changed = changed_since(talk, "loan", state(talk, told, result))
    if not result.years:
        return result_card(_("As it stands, this loan is not possible"), result.right, figures=[terms(told)])
    checks = legal_checks("loan", on=told.loan.starts)
    said = {step.phrase.message for step in checks}
    unknown = [year.steps[0] for year in result.years] if told.turnover is None else []
    reasons: list[Step] = []
    for step in result.steps:
        if step.phrase.message not in said and not any(step is one for one in unknown):
            said.add(step.phrase.message)  # two years with the same figures say them once
            reasons.append(step)
    warnings = list(result.warnings)
    warnings.insert(0, _("Ask the association first whether it is in CGI article 238 bis."))
    if told.basis == "gross":
        warnings.insert(0, result.warnings[0])
        del warnings[2]
    if told.turnover is None and any(year.excess for year in result.years):
        warnings.insert(0, lowest_ceiling_told(result.years[0].closes_on))
    figures = [*whom(talk), terms(told), *cost(result)]
    if changed is None:
        figures.append(_("The employee agrees in writing first, and stays paid by you."))
    else:
        figures = [
            *(whom(talk) if changed & PARTIES else []),
            *([terms(told)] if changed & TERMS else []),
            *cost(result),
        ]
        if "warning" not in changed:
            reasons += quietly(warnings)
            warnings = []
    return result_card(
        loan_headline(told, result), result, figures=figures, reasons=reasons, warnings=warnings, to_do=checks
    )


def whom(talk: Talk) -> list[Phrase]:
    """The company and the body, as they were named."""
    body, company = talk.answered("named", BODY), talk.answered("company", COMPANY)
    if body is None:
        return []
    if company is None:
        return [_("Association: {name}.", name=body)]
    return [_("{company} for {name}.", company=company, name=body)]


def state(talk: Talk, told: Lending, result: SkillsGift) -> dict[str, object]:
    """What the card says, to know the next time what has changed."""
    loan = told.loan
    body, company = talk.answered("named", BODY), talk.answered("company", COMPANY)
    return {
        "named": body,
        "company": company,
        "rhythm": loan.share,
        "months": loan.months,
        "people": loan.people,
        "pay": f"{told.is_example} {loan.cost} {loan.gross}",
        "supposed": sorted(told.supposed),
        "value": result.valuation,
        "back": result.reduction,
        "starts": loan.starts,
        "warning": told.basis + str(told.turnover is None and any(year.excess for year in result.years)),
    }


def terms(told: Lending) -> Phrase:
    """What the figure was reached with; what nobody told is named as supposed."""
    loan = told.loan
    values = {
        "time": at_work(loan.share),
        "months": for_months(loan.months),
        "pay": loan.cost or loan.gross or Decimal(0),
        "people": loan.people,
    }
    if told.is_example:
        return _("With {time} {months} and an employee who costs {pay:money} a month, for example.", **values)
    if told.basis == "gross" and loan.people > 1:
        return _("{people:number} people, {time} {months}, {pay:money} gross a month each.", **values)
    if loan.people > 1:
        return _("{people:number} people, {time} {months}, {pay:money} a month each, charges included.", **values)
    if told.supposed - {"basis"}:
        return _("Supposing {time} {months}, for a pay of {pay:money} a month.", **values)
    if told.basis == "gross":
        return _("{time} {months}, {pay:money} gross a month.", **values)
    return _("{time} {months}, {pay:money} a month, charges included.", **values)


def loan_headline(told: Lending, result: SkillsGift) -> Phrase:
    """What comes off the tax for how much staff time; a range where only the gross pay is known."""
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


def cost(result: SkillsGift) -> list[Phrase]:
    """What is left to the company."""
    if result.reduction is None:
        return []
    low = result.valuation - result.reduction
    if result.highest_valuation is None or result.highest_reduction is None:
        return [_("Real cost: <b>{cost:money}</b>", cost=low)]
    high = result.highest_valuation - result.highest_reduction
    return [_("Real cost: <b>{low:money} to {high:money}</b>", low=low, high=high)]
