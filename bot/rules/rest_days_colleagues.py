"""Rest days given to a colleague: the situations that the law knows, since when, and what does not exist.

Giving days to a colleague who volunteers in an ordinary association is not one of them: a trial did exist from 2008 to
2010. Where a text could not be found or its enactment checked, the answer says so and names who can confirm it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.phrase import Phrase, _
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import Row, parameter
from bot.rules.result import Step

__all__ = ["SITUATIONS", "ColleagueGift", "Sector", "Situation", "colleague_gift"]

Situation = Literal["child_ill", "child_died", "carer", "reservist", "firefighter", "civil_protection", "volunteer"]
"""Why the colleague needs days: see `SITUATIONS`."""

Sector = Literal["private", "public"]

SITUATIONS: dict[Situation, Phrase] = {
    "child_ill": _("a child seriously ill, disabled or injured"),
    "child_died": _("the death of a child"),
    "carer": _("care of a dependent or disabled person"),
    "reservist": _("service in the operational reserve"),
    "firefighter": _("missions as a volunteer firefighter"),
    "civil_protection": _("missions with an approved civil-protection association"),
    "volunteer": _("volunteering in another association"),
}


@dataclass(frozen=True, slots=True)
class ColleagueGift:
    """Whether days can be given to a colleague. `available` is None where the texts could not settle it."""

    situation: Situation
    sector: Sector
    available: bool | None
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def colleague_gift(situation: Situation, sector: Sector, *, on: date) -> ColleagueGift:
    """Whether, on that day, an employee may give rest days to a colleague in this situation, and under which rules."""
    gift = _by_situation(situation, sector, on)
    return replace(gift, warnings=(*gift.warnings, *after_what_is_known(on, "rest_days")))


def _by_situation(situation: Situation, sector: Sector, on: date) -> ColleagueGift:
    if situation == "volunteer":
        return _volunteer(sector, on)
    if situation == "civil_protection":
        return _civil_protection(sector, on)
    name = f"rest_days.colleague.{situation}.{sector}"
    if situation == "reservist" and sector == "public":
        warning = _(
            "For reservists in the public service, the list we read does not name them: ask your personnel department."
        )
        return ColleagueGift(situation, sector, None, (), (warning,))
    row = parameter(name).on(on)
    if row is None:
        first = parameter(name).rows[0]
        step = Step(_("We know of no such right before {day:date}.", day=first.start), None, first.source)
        return ColleagueGift(situation, sector, False, (step,), ())
    steps = [Step(_describe(situation, row), None, row.source), *_common_rules(sector, on, row)]
    warnings: list[Phrase] = []
    if not row.source.is_sure:
        warnings.append(_("We read this in one reliable source only: have payroll confirm it."))
    return ColleagueGift(situation, sector, True, tuple(steps), tuple(warnings))


def _describe(situation: Situation, row: Row) -> Phrase:
    match situation:
        case "child_ill":
            return _(
                "Days can be given to a colleague whose child under {age:number} is seriously ill, disabled or "
                "injured.",
                age=row.value,
            )
        case "child_died":
            return _(
                "Days can be given to a colleague who lost a child or dependant under {age:number}, within the year.",
                age=row.value,
            )
        case "carer":
            return _("Days can be given to a colleague who cares for a dependent or disabled person.")
        case "reservist":
            return _("Days can be given to a colleague who serves in the operational reserve.")
        case _:
            return (
                _(
                    "Days can be given to a colleague who is a volunteer firefighter: {days:number} days of leave a "
                    "year at most, on a certificate.",
                    days=row.value,
                )
                if row.values
                else _("Days can be given to a colleague who is a volunteer firefighter.")
            )


def _common_rules(sector: Sector, on: date, row: Row) -> list[Step]:
    name = "rest_days.leave_kept" if sector == "private" else "rest_days.colleague.leave_kept_public"
    kept = parameter(name).at(on)
    steps = [
        Step(_("You ask, the employer agrees; the gift is anonymous and without anything in return."), None, row.source)
    ]
    if sector == "private":
        steps += [
            Step(
                _("Annual leave: only what is above {kept:number} working days can be given.", kept=kept.value),
                None,
                kept.source,
            ),
            Step(_("There is no limit of days a year; the colleague's pay is kept up."), None, row.source),
        ]
    else:
        steps += [
            Step(
                _(
                    "You keep at least {kept:number} days of annual leave; compensatory rest cannot be given.",
                    kept=kept.value,
                ),
                None,
                kept.source,
            ),
            Step(_("Same employer; final once agreed."), None, row.source),
        ]
    return steps


def _volunteer(sector: Sector, on: date) -> ColleagueGift:
    """An ordinary association: nothing today; from 2008 to 2010, a company fund in the private sector."""
    trial = parameter("rest_days.colleague.volunteer.private")
    row = trial.on(on) if sector == "private" else None
    if row is not None:
        phrase = _(
            "From {start:date} to {end:date}, days given up were paid into a company fund that kept up the pay of "
            "colleagues on leave for an association.",
            start=row.start,
            end=row.end or on,
        )
        return ColleagueGift("volunteer", sector, True, (Step(phrase, None, row.source),), ())
    steps = [Step(_("No text lets you give days to a colleague who volunteers in an ordinary association."))]
    past = next((one for one in reversed(trial.rows) if one.end is not None and one.end < on), None)
    if past is not None:
        phrase = _(
            "It existed for a while, from {start:date} to {end:date}, through a company fund; the trial has expired.",
            start=past.start,
            end=past.end or on,
        )
        steps.append(Step(phrase, None, past.source))
    warnings = (
        _("A company agreement may create something close: have it checked by an employment lawyer."),
        _("You can give the value of days to the association itself instead, with your employer's agreement."),
    )
    return ColleagueGift("volunteer", sector, False, tuple(steps), warnings)


def _civil_protection(sector: Sector, on: date) -> ColleagueGift:
    row = parameter("rest_days.colleague.civil_protection.bill").on(on)
    if row is None:
        step = Step(_("No text allowed it on that day."))
        return ColleagueGift("civil_protection", sector, False, (step,), ())
    phrase = _(
        "A bill was passed by the National Assembly on {day:date}; we could not find that it became law.", day=row.start
    )
    warning = _("Ask your civil-protection association or payroll whether the bill has become law.")
    return ColleagueGift("civil_protection", sector, None, (Step(phrase, None, row.source),), (warning,))
