"""Papers that people can sign and send, and the pictures of estimates.

Each function below takes plain values and gives a `Paper`: `paper.pdf()`, `paper.docx()`, and `paper.preview()`, the
picture of its first page. Papers are in French, and `paper.reading_copy("en")` translates one; `paper.companion` is
what is told beside it: what it does and what to check. What is not known is left as a line to write on. Limits of the
law are given by the caller, from the rules.
"""

from __future__ import annotations

from bot.documents.cards import Card, Gauge, Share, company_card, gift_card, rest_days_card
from bot.documents.charter import Partner, alliance_charter
from bot.documents.expense_papers import ExpenseLine, expense_waiver
from bot.documents.paper import Companion, Paper
from bot.documents.parties import Association, Company, Person
from bot.documents.patronage_papers import CompanySupport, patronage_agreement
from bot.documents.rest_day_papers import RestDays, employer_answer, rest_day_letter
from bot.documents.skills_papers import CounterpartItem, SkillsLoan, ValuedMonth, skills_agreement
from bot.documents.summary import SummaryStep, estimate_summary

__all__ = [
    "Association",
    "Card",
    "Companion",
    "Company",
    "CompanySupport",
    "CounterpartItem",
    "ExpenseLine",
    "Gauge",
    "Paper",
    "Partner",
    "Person",
    "RestDays",
    "Share",
    "SkillsLoan",
    "SummaryStep",
    "ValuedMonth",
    "alliance_charter",
    "company_card",
    "employer_answer",
    "estimate_summary",
    "expense_waiver",
    "gift_card",
    "patronage_agreement",
    "rest_day_letter",
    "rest_days_card",
    "skills_agreement",
]
