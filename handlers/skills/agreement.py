"""The agreement for a loan of staff, with the employee's consent, the valuation sheet and the time sheet."""

from __future__ import annotations

from datetime import date, timedelta

from bot.dialogue.talk import Talk
from bot.documents.parties import Company, Person
from bot.documents.skills_papers import SkillsLoan, ValuedMonth, skills_agreement
from bot.phrase import _
from bot.questions.blanks import Blank
from bot.rules.skills import SkillsGift
from bot.rules.skills_law import may_lend
from handlers.shared.answers import answer_buttons
from handlers.shared.bodies import association, proposal
from handlers.shared.papers import fill_in, hand_over, listed
from handlers.shared.shown import changed_since
from handlers.skills.card import state, terms
from handlers.skills.loan import Lending

BLANKS = (
    Blank("company", "company", _("the company"), needed=True),
    Blank("named", "body", _("the association"), needed=True),
    Blank("person", "person", _("the employee’s name"), needed=True),
    Blank("post", "post", _("their post")),
    Blank("tasks", "words", _("what they will do there"), needed=True),
    Blank("starts", "date", _("the first day")),
    Blank("siren", "siren", _("the SIREN")),
    Blank("company_address", "address", _("the registered office")),
    Blank("signatory", "person", _("who signs")),
    Blank("rna", "rna", _("the RNA of the association")),
    Blank("work_place", "place", _("the place of work")),
    Blank("timetable", "words", _("the days and hours")),
)


async def agreement(talk: Talk, told: Lending | None = None, result: SkillsGift | None = None) -> None:
    """The paper, filled with all that was told; after a change, only that is said with it."""
    fields = await fill_in(talk, BLANKS)
    body = association(talk, fields.get("named"))
    figures = {} if told is None or result is None else state(talk, told, result)
    changed = changed_since(talk, "agreement", {**figures, **fields, "registration": body.registration})
    typed = [fields[name] for name in fields if changed is not None and name in changed]
    if changed is not None and "registration" in changed:
        typed.append(body.registration)
    if typed:
        talk.say(_("<b>The agreement, with {values:list}.</b>", values=listed(typed)))
    else:
        talk.say(
            _("<b>Here is the agreement</b>, with the employee’s consent, the valuation sheet and the time sheet.")
        )
        if told is not None and not told.is_example:
            talk.say(terms(told))
        if changed is None:
            talk.say(_("Nobody starts before the employee has signed their consent (annex 1)."))
    company = Company(
        name=fields.get("company", ""),
        siren=fields.get("siren", ""),
        address=fields.get("company_address", ""),
        signatory=fields.get("signatory", ""),
    )
    if "rna" in fields and not body.registration:
        body = type(body)(name=body.name, registration=fields["rna"])
    person = Person(name=fields.get("person", ""), post=fields.get("post", ""))
    await hand_over(talk, skills_agreement(company, body, person, loan_of(talk, told, result, fields), on=talk.today))
    if (proposed := proposal(talk, fields.get("named"))) is not None:
        talk.suggest(proposed)
    talk.offer(talk.change(_("Fill in more"), "blanks"), talk.set(_("Back to the figures"), "paper", ""))
    talk.offer(
        *answer_buttons(talk, "firms/skills-accident-insurance"),
        talk.start(_("Step by step"), "skills", "about", "steps"),
    )


def loan_of(talk: Talk, told: Lending | None, result: SkillsGift | None, fields: dict[str, str]) -> SkillsLoan:
    """The loan as the paper says it: no example in it, only what was told and what follows from that."""
    starts = date.fromisoformat(fields["starts"]) if "starts" in fields else None
    if told is None or result is None:
        longest = may_lend("general_interest", on=talk.today, months=1).longest
        return SkillsLoan(tasks=fields.get("tasks", ""), starts=starts, longest=longest)
    loan = told.loan
    has_length = "months" not in told.supposed
    knows_cost = not told.is_example and loan.cost is not None
    months = tuple(
        ValuedMonth(
            month.month,
            month.cost if knows_cost else None,
            month.cap,
            month.value if knows_cost and "rhythm" not in told.supposed else None,
        )
        for month in result.months
        if has_length
    )
    return SkillsLoan(
        tasks=fields.get("tasks", ""),
        starts=starts,
        ends=last_day(starts, loan.months) if starts is not None and has_length else None,
        share=None if "rhythm" in told.supposed else loan.share,
        place=fields.get("work_place", ""),
        timetable=fields.get("timetable", ""),
        months=months,
        people=loan.people,
        longest=result.right.longest,
    )


def last_day(starts: date, months: int) -> date:
    """The last day of a loan of so many months; the end of a month that has no such day."""
    years, month = divmod(starts.month - 1 + months, 12)
    first_after = date(starts.year + years, month + 1, 1) + timedelta(days=starts.day - 1)
    if first_after.month != month + 1:
        first_after = first_after.replace(day=1)
    return first_after - timedelta(days=1)
