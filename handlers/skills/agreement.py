"""The agreement for a loan of staff, with the employee's consent, the valuation sheet and the time sheet."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.documents.parties import Company, Person
from bot.documents.skills_papers import SkillsLoan, skills_agreement
from bot.phrase import _
from bot.questions.organisation import Organisation
from bot.questions.text import Text
from bot.rules.skills import Loan, SkillsGift
from bot.rules.skills_law import may_lend
from handlers.rest_days.letter import association_of
from handlers.shared.papers import hand_over


async def agreement(talk: Talk, loan: Loan | None = None, result: SkillsGift | None = None) -> None:
    """Names and tasks, each of which may be passed; then the paper, what is not known being a line to write on."""
    company = await talk.ask("company", Text(longest=120), _("What is the name of the company?"), skip=True)
    to = await talk.ask("organisation", Organisation(), _("With which association?"), skip=True)
    tasks = await talk.ask("tasks", Text(), _("What will the employee do there, in a sentence?"), skip=True)
    right = may_lend("general_interest", on=talk.today, months=loan.months if loan else 1)
    terms = SkillsLoan(
        tasks=tasks or "",
        share=None if loan is None else loan.share,
        monthly_cost=None if loan is None else loan.cost,
        cap=None if result is None else result.cap,
        longest=right.longest,
    )
    talk.say(_("<b>Here is the agreement</b>, with the employee’s consent, the valuation sheet and the time sheet."))
    talk.say(_("Nobody starts before the employee has signed their consent (annex 1)."))
    await hand_over(
        talk, skills_agreement(Company(name=company or ""), association_of(to), Person(), terms, on=talk.today)
    )
