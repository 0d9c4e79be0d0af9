"""Leaves for people who commit themselves: association leaders, representatives, solidarity abroad, reserve.

Each is described as the Code du travail gives it where no agreement says better; a leave that the law of the day does
not know, or knew under another condition, is told as it was that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.phrase import Phrase, _, n_
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import parameter
from bot.rules.result import Step

__all__ = ["LEAVES", "Leave", "LeaveName", "engagement_right", "leave"]

LeaveName = Literal["engagement", "representation", "solidarity", "youth", "reserve", "citizenship"]

LEAVES: dict[LeaveName, Phrase] = {
    "engagement": _("Leave for association leaders (congé d’engagement associatif)"),
    "representation": _("Leave to represent an association (congé de représentation)"),
    "solidarity": _("International solidarity leave (congé de solidarité internationale)"),
    "youth": _("Leave to train as a youth leader"),
    "reserve": _("Leave for the operational reserve"),
    "citizenship": _("Public agents: congé de citoyenneté"),
}


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave as it is on a day. `length` is in the unit that the steps say; None where the law of that day has none.

    `is_paid` is None where it depends on an agreement.
    """

    name: LeaveName
    exists: bool
    length: Decimal | None
    is_paid: bool | None
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def leave(name: LeaveName, *, on: date, headcount: int | None = None) -> Leave:
    """What the leave gives on that day; `headcount` is that of the employer, for the reserve."""
    found = _by_name(name, on, headcount)
    return replace(found, warnings=(*found.warnings, *after_what_is_known(on, f"leaves.{name}")))


def _by_name(name: LeaveName, on: date, headcount: int | None) -> Leave:
    row = parameter(f"leaves.{name}").on(on)
    if row is None:
        first = parameter(f"leaves.{name}").rows[0].start
        reason = _("We do not hold the law on this leave before {day:date}.", day=first)
        return Leave(name, False, None, None, (), (reason,))
    match name:
        case "engagement":
            return _engagement(on)
        case "representation":
            return _representation(on)
        case "solidarity":
            return _solidarity(on)
        case "youth":
            return _youth(on)
        case "reserve":
            return _reserve(on, headcount)
        case "citizenship":
            phrase = n_(
                "Public agents have a leave of the same kind, for an association declared for {count} year: "
                "{days:number} working days a year, in one or two parts, unpaid.",
                "Public agents have a leave of the same kind, for an association declared for {count} years: "
                "{days:number} working days a year, in one or two parts, unpaid.",
                int(row["years"]),
                days=row["days"],
            )
            return Leave(name, True, row["days"], False, (Step(phrase, None, row.source),), ())


def engagement_right(*, on: date, association_years: Decimal, is_leader: bool, all_general_interest: bool) -> bool:
    """Whether a volunteer has the leave for association leaders on that day (Code du travail L. 3142-54-1).

    `association_years` counts from the declaration; `is_leader`: board member, or volunteer with management or
    supervisory duties; `all_general_interest`: the whole activity of the association is in CGI art. 200, 1, b.
    """
    age = parameter("leaves.engagement_age").on(on)
    return age is not None and is_leader and all_general_interest and association_years >= age.value


def _engagement(on: date) -> Leave:
    row = parameter("leaves.engagement").at(on)
    age = parameter("leaves.engagement_age").at(on)
    steps = [
        Step(
            _(
                "{days:number} working days a year, in half-days if you wish, if no agreement says better.",
                days=row.value,
            ),
            None,
            row.source,
        ),
        Step(
            n_(
                "For a board member, or a volunteer who manages or supervises, in an association declared for at least "
                "{count} year and whose whole activity is in CGI art. 200, 1, b.",
                "For a board member, or a volunteer who manages or supervises, in an association declared for at least "
                "{count} years and whose whole activity is in CGI art. 200, 1, b.",
                int(age.value),
            ),
            None,
            age.source,
        ),
        Step(
            _("Unpaid unless an agreement says otherwise; not taken from annual leave; counts as work."),
            None,
            row.source,
        ),
    ]
    if delegates := parameter("leaves.engagement_delegates").on(on):
        steps.append(Step(_("Delegates of the Défenseur des droits have it too."), None, delegates.source))
    notice = parameter("leaves.engagement_notice").at(on)
    warning = _(
        "In practice, ask {days:number} days ahead: the decrees on notice, refusal and quotas only name the leave of "
        "youth leaders. Payroll or the labour inspectorate can confirm.",
        days=notice.value,
    )
    return Leave("engagement", True, row.value, None, tuple(steps), (warning,))


def _representation(on: date) -> Leave:
    row = parameter("leaves.representation").at(on)
    steps = (
        Step(
            _(
                "{days:number} working days a year, to sit for your association in a body set up by the State or a "
                "local authority, consultative or not.",
                days=row["days"],
            ),
            None,
            row.source,
        ),
        Step(_("Ask {days:number} days ahead; the employer has quotas by size.", days=row["notice"]), None, row.source),
        Step(
            _("The State pays an allowance; the employer may top it up, and that top-up counts as a company gift."),
            None,
            row.source,
        ),
        *_of_public_agents(on),
    )
    unsure = parameter("leaves.representation_allowance").on(on)
    warnings: tuple[Phrase, ...] = ()
    if unsure is not None:
        text = _("The amount of the allowance changed on {day:date}: ask the body you sit in.", day=unsure.start)
        warnings = (text,)
    return Leave("representation", True, row["days"], False, steps, warnings)


def _of_public_agents(on: date) -> tuple[Step, ...]:
    row = parameter("leaves.representation_public").on(on)
    if row is None:
        return ()
    text = _("Public agents: {days:number} working days a year, and they keep their pay.", days=row.value)
    return (Step(text, None, row.source),)


def _solidarity(on: date) -> Leave:
    row = parameter("leaves.solidarity").at(on)
    steps = (
        Step(
            _(
                "{months:number} months at most for a mission abroad with a listed association, {weeks:number} weeks "
                "if it is urgent.",
                months=row["months"],
                weeks=row["urgent_weeks"],
            ),
            None,
            row.source,
        ),
        Step(_("After {months:number} months in the company.", months=row["seniority"]), None, row.source),
        Step(_("Unpaid; the employer's silence is an agreement, except when it is urgent."), None, row.source),
    )
    return Leave("solidarity", True, row["months"], False, steps, ())


def _youth(on: date) -> Leave:
    row = parameter("leaves.youth").at(on)
    steps = (
        Step(
            _(
                "Under {age:number}: {days:number} working days a year, shared with the leave for association leaders.",
                age=row["age"],
                days=row["days"],
            ),
            None,
            row.source,
        ),
        Step(_("Unpaid; ask {days:number} days ahead.", days=row["notice"]), None, row.source),
    )
    return Leave("youth", True, row["days"], False, steps, ())


def _reserve(on: date, headcount: int | None) -> Leave:
    row = parameter("leaves.reserve").at(on)
    small = headcount is not None and headcount < row["small_headcount"]
    steps = (
        Step(_("{days:number} days a year for the operational reserve.", days=row["days"]), None, row.source),
        Step(
            _(
                "Under {count:number} employees, the employer may limit it to {days:number} days.",
                count=row["small_headcount"],
                days=row["small_days"],
            ),
            None,
            row.source,
        ),
    )
    return Leave("reserve", True, row["small_days"] if small else row["days"], None, steps, ())
