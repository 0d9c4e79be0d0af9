"""Who may lend staff free of charge, to whom and for how long (Code du travail L. 8241-3), and public agents on trial.

A figure of the law is asked for at the day the loan starts; a loan that the law of that day does not cover is told so
and never judged by the law of another day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.phrase import Phrase, _
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import Row, parameter
from bot.rules.result import Step

__all__ = ["Borrower", "LoanRight", "Shape", "legal_checks", "may_lend", "public_agent_loan"]

Borrower = Literal["general_interest", "young_company", "sme", "group", "other"]
"""A body of CGI art. 238 bis, 1 a to g; a firm under 8 years old; an SME; a company of the same group; another."""


Shape = Literal["loan", "service"]
"""The association directs the work and the company stays the employer; or the company directs its own service."""


@dataclass(frozen=True, slots=True)
class LoanRight:
    """Whether a free loan of staff is allowed. `allowed` is None where what decides is not known."""

    allowed: bool | None
    longest: int | None
    """Months at most."""
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]

    @property
    def is_covered(self) -> bool:
        """The law of that day is in our tables."""
        return self.allowed is not None or self.longest is not None


def may_lend(borrower: Borrower, *, on: date, months: int, headcount: int | None = None) -> LoanRight:
    """Whether a company may lend staff free of charge from `on`, for `months`. `headcount` includes its group."""
    return _with_age(_may_lend(borrower, on, months, headcount), on)


def _with_age(right: LoanRight, on: date) -> LoanRight:
    """The same, warning of a day after those that are known."""
    return replace(right, warnings=(*right.warnings, *after_what_is_known(on, "skills")))


def _may_lend(borrower: Borrower, on: date, months: int, headcount: int | None) -> LoanRight:
    firm = parameter("skills.loan.small_firm").on(on)
    row = parameter("skills.loan.general_interest").on(on) if borrower == "general_interest" else firm
    if row is None or firm is None:
        return LoanRight(
            None, None, (), (_("We do not hold the law on loans of staff so far back: ask an employment lawyer."),)
        )
    if borrower == "group":
        phrase = _("Between companies of one group, this free loan of staff does not exist.")
        return LoanRight(False, None, (Step(phrase, None, row.source),), ())
    if borrower == "other":
        phrase = _("To this borrower, staff may only be lent with exact re-invoicing of pay and charges.")
        return LoanRight(False, None, (Step(phrase, None, parameter("skills.loan.reinvoiced").at(on).source),), ())

    steps: list[Step] = []
    warnings: list[Phrase] = []
    allowed = _large_enough(row, headcount, steps)
    if allowed is None:
        warnings.append(_("Tell how many employees the company has, with its group: it decides."))
    if allowed is False and borrower == "general_interest":
        warnings.append(_("A company of any size may give a service instead, or lend staff with exact re-invoicing."))
    if borrower != "general_interest":
        phrase = _(
            "The borrower is a firm under {age:number} years old, or one of fewer than {count:number} employees.",
            age=row["age"],
            count=row["borrower_headcount"],
        )
        steps.append(Step(phrase, None, row.source))
    longest = int(row["months"])
    steps.append(Step(_("The loan lasts {months:number} months at most.", months=longest), None, row.source))
    if months > longest:
        allowed = False
        warnings.append(_("{months:number} months is too long: shorten the loan.", months=months))
    consent = _("The employee agrees expressly and in writing; refusing cannot be punished.")
    steps.append(Step(consent, None, parameter("skills.loan.consent").at(on).source))
    return LoanRight(allowed, longest, tuple(steps), tuple(warnings))


def _large_enough(row: Row, headcount: int | None, steps: list[Step]) -> bool | None:
    if not row["headcount"]:
        steps.append(Step(_("A company of any size may lend staff free of charge to this body."), None, row.source))
        return True
    phrase = _(
        "At that date, a free loan of staff needs a lender of at least {count:number} employees, with its group.",
        count=row["headcount"],
    )
    steps.append(Step(phrase, None, row.source))
    return None if headcount is None else headcount >= row["headcount"]


def legal_checks(shape: Shape, *, on: date) -> tuple[Step, ...]:
    """What to have in order before the first day, each with its text. Empty before the law we hold."""
    illicit = parameter("skills.loan.illicit").on(on)
    if illicit is None:
        return ()
    if shape == "service":
        phrases = [
            _("Write down the job, its length and what is delivered: the company directs its own people."),
            _(
                "If the association gives the orders, it is a loan of staff in disguise: {years:number} years of "
                "prison and {fine:money} of fine at most.",
                years=illicit["years"],
                fine=illicit["fine"],
            ),
        ]
        steps = [Step(phrase, None, illicit.source) for phrase in phrases]
    else:
        consent = parameter("skills.loan.consent").at(on)
        conditions = parameter("skills.loan.conditions").at(on)
        steps = [
            Step(
                _(
                    "Sign an agreement: who is lent and with what qualification, purpose, tasks, length, how pay, "
                    "charges and expenses are settled."
                ),
                None,
                consent.source,
            ),
            Step(_("The employee agrees expressly and in writing; refusing cannot be punished."), None, consent.source),
            Step(_("The contract goes on; the same job or an equivalent one at the end."), None, consent.source),
            Step(
                _(
                    "The association answers for hours, rest, health and safety; medical follow-up stays with the "
                    "company."
                ),
                None,
                conditions.source,
            ),
        ]
    if statement := parameter("skills.statement").on(on):
        phrase = _("Keep a signed time sheet, and state the value to the association before it issues the receipt.")
        steps.append(Step(phrase, None, statement.source))
    return tuple(steps)


def public_agent_loan(on: date, *, inhabitants: int | None = None) -> LoanRight:
    """Whether a local authority or the State may lend an agent to an association (trial, law 2022-217 art. 209).

    `inhabitants` is that of the commune, when the lender is one. No company reduction is involved.
    """
    row = parameter("skills.public_agents").on(on)
    if row is None:
        warning = _("The trial on loans of public agents does not cover that day.")
        return _with_age(LoanRight(False, None, (), (warning,)), on)
    steps = [
        Step(
            _(
                "In general, the State, regions, departments, communes of more than {count:number} inhabitants, "
                "groups of communes with their own tax and public hospitals may lend agents, on trial until "
                "{end:date}.",
                count=row["inhabitants"],
                end=row.end or on,
            ),
            None,
            row.source,
        ),
        Step(
            _(
                "A loan lasts {months:number} months, renewable within {all:number} months in all.",
                months=row["months"],
                all=row["months_in_all"],
            ),
            None,
            row.source,
        ),
        Step(_("The agent asks for it; both employers agree in writing, after an ethics check."), None, row.source),
    ]
    warnings = (_("Have your administration's personnel department confirm that it takes part in the trial."),)
    allowed = inhabitants is None or inhabitants > row["inhabitants"]
    return _with_age(LoanRight(allowed, int(row["months_in_all"]), tuple(steps), warnings), on)
