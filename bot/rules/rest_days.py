"""Rest days given to an association (Code du travail L. 3142-131, D. 3142-82): how many, from when, worth what.

Usable since the decree of February 2025, with the employer's agreement, within a yearly limit; annual leave only above
what is always kept. No text gives the employee a tax reduction, and what contributions are due on the value is not
settled: no result promises either, each says who can answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from bot.phrase import Phrase, _
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import parameter
from bot.rules.rest_day_value import Pay, day_value
from bot.rules.result import Step, cents

__all__ = [
    "DAY_KINDS",
    "Body",
    "DayKind",
    "RestDayGift",
    "RestDayLimits",
    "body_warning",
    "no_reduction",
    "rest_day_gift",
    "rest_day_limits",
]

DayKind = Literal["rtt", "forfait_rest", "cet", "annual_leave", "conventional_leave", "recovery", "other"]
"""RTT; rest of a *forfait jours*; days on a time account; annual leave; extra leave of an agreement; days recovered."""

Body = Literal["a_or_b", "endowment_fund", "corporate_foundation", "other", "unknown"]
"""The body of CGI art. 200, 1 that would receive the value: a or b; g; a company's foundation (in a); another."""

DAY_KINDS: Mapping[DayKind, Phrase] = MappingProxyType(
    {
        "rtt": _("RTT days"),
        "forfait_rest": _("rest days of a forfait jours"),
        "cet": _("days on a time account (CET)"),
        "annual_leave": _("annual leave above what is always kept"),
        "conventional_leave": _("extra leave given by an agreement"),
        "recovery": _("days of recovery"),
        "other": _("other rest days"),
    }
)
"""The kinds of days as a person and a letter name them."""

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class RestDayGift:
    """How many of the days asked for can be given, and what they are worth in gross pay.

    `available` is False where the law of that day does not allow it; `reason` says why fewer days than asked, or none.
    `day_value` and `value` are None where the pay is unknown or incomplete.
    """

    asked: Decimal
    kind: DayKind
    agreed_on: date
    available: bool
    allowed_days: Decimal
    day_value: Decimal | None
    value: Decimal | None
    reason: Phrase | None
    steps: tuple[Step, ...]
    warnings: tuple[Phrase, ...]


def rest_day_gift(
    days: Decimal,
    *,
    kind: DayKind,
    agreed_on: date,
    pay: Pay | None = None,
    divisor: Decimal | None = None,
    given_this_year: Decimal = NOTHING,
    leave_entitlement: Decimal | None = None,
    body: Body = "unknown",
    is_public_agent: bool = False,
) -> RestDayGift:
    """What the law of `agreed_on`, the day on which the employer agrees, allows and the value of the days.

    `given_this_year` counts the days already given that year, of every kind; `leave_entitlement` the working days
    (*jours ouvrables*) of annual leave of the person. `days` is above zero.
    """
    limit = parameter("rest_days.association.limit").on(agreed_on)
    if limit is None:
        return _not_yet(days, kind, agreed_on)
    if is_public_agent:
        reason = _("In general, public agents cannot give rest days to an association: ask your personnel department.")
        return _unavailable(days, kind, agreed_on, reason)
    if body == "other":
        reason = _("The body must be one of CGI art. 200, 1, a or b: choose one that is.")
        return _unavailable(days, kind, agreed_on, reason, "rest_days.association.bodies")
    steps: list[Step] = []
    warnings: list[Phrase] = []
    why_fewer: Phrase | None = None

    left = max(NOTHING, limit.value - given_this_year)
    allowed = min(days, left)
    steps.append(
        Step(
            _("At most {limit:number} working days a year, all kinds together.", limit=limit.value),
            None,
            limit.source,
        )
    )
    if allowed < days:
        why_fewer = (
            _(
                "The limit is {limit:number} days a year and {given:number} have been given: {left:number} can still "
                "be.",
                limit=limit.value,
                given=given_this_year,
                left=left,
            )
            if given_this_year
            else _("The law allows {limit:number} days a year at most.", limit=limit.value)
        )
    if kind == "annual_leave":
        kept = parameter("rest_days.leave_kept").at(agreed_on)
        steps.append(
            Step(
                _("Annual leave: only what is above {kept:number} working days can be given.", kept=kept.value),
                None,
                kept.source,
            )
        )
        if leave_entitlement is None:
            warnings.append(
                _(
                    "Check with payroll that you keep {kept:number} working days of annual leave: only the fifth week "
                    "and what is above can be given.",
                    kept=kept.value,
                )
            )
        elif (above := max(NOTHING, leave_entitlement - kept.value)) < allowed:
            allowed = above
            why_fewer = _(
                "Of {leave:number} working days of annual leave, {kept:number} are always kept: {above:number} can be "
                "given.",
                leave=leave_entitlement,
                kept=kept.value,
                above=above,
            )
    agreement = parameter("rest_days.association.created").at(agreed_on)
    steps.append(Step(_("The employer agrees, on the gift and on the body, chosen together."), None, agreement.source))
    steps.append(
        Step(
            _("The value of a day is the gross pay you would have had at the date of the agreement."),
            None,
            parameter("rest_days.association.value").at(agreed_on).source,
        )
    )
    warnings.extend(_doubts(days, kind))
    if given_this_year:
        warnings.append(_which_year())
    if (doubt := body_warning(body)) is not None:
        warnings.append(doubt)

    one = value = None
    if pay is not None:
        worth = day_value(pay, on=agreed_on, divisor=divisor, is_annual_leave=kind == "annual_leave")
        one = worth.amount
        steps.extend(worth.steps)
        warnings.extend(worth.warnings)
        if one is not None:
            value = cents(one * allowed)
            phrase = _(
                "Gross value of the days that can be given ({days:number}): {value:money}, paid by the employer to "
                "the association.",
                days=allowed,
                value=value,
            )
            steps.append(Step(phrase, value, parameter("rest_days.association.value").at(agreed_on).source))
    if days >= limit.value and not given_this_year:
        warnings.append(_which_year())
    warnings.extend(_never_promised())
    warnings.extend(after_what_is_known(agreed_on, "rest_days.association.limit", "rest_days.leave_kept"))
    return RestDayGift(days, kind, agreed_on, True, allowed, one, value, why_fewer, tuple(steps), tuple(warnings))


@dataclass(frozen=True, slots=True)
class RestDayLimits:
    """Working days (*jours ouvrables*): the most a year, and the annual leave always kept."""

    days_a_year: Decimal
    leave_kept: Decimal


def rest_day_limits(on: date) -> RestDayLimits | None:
    """The limits in force on that day, for a letter; None before the gift could be used."""
    limit = parameter("rest_days.association.limit").on(on)
    kept = parameter("rest_days.leave_kept").on(on)
    return None if limit is None or kept is None else RestDayLimits(limit.value, kept.value)


def body_warning(body: Body) -> Phrase | None:
    """What to check about the body that would receive the value of the days; None where it is plainly in the list."""
    match body:
        case "a_or_b":
            return None
        case "endowment_fund":
            return _(
                "An endowment fund is not in the list on a literal reading of the law, and this is disputed: choose "
                "another body, or ask a lawyer."
            )
        case "corporate_foundation":
            return _("A company's foundation may only receive days from the staff of the companies that founded it.")
        case "other" | "unknown":
            return _("Ask the association to confirm in writing that it is a body of CGI art. 200, 1, a or b.")


def _not_yet(days: Decimal, kind: DayKind, agreed_on: date) -> RestDayGift:
    if parameter("rest_days.association.created").on(agreed_on) is None:
        reason = _("On that day no law let an employee give rest days to an association.")
        return _unavailable(days, kind, agreed_on, reason)
    first = parameter("rest_days.association.limit").rows[0].start
    reason = _("The law existed on that day, but could not be used before its decree, on {day:date}.", day=first)
    return _unavailable(days, kind, agreed_on, reason, "rest_days.association.created")


def _unavailable(days: Decimal, kind: DayKind, agreed_on: date, reason: Phrase, name: str | None = None) -> RestDayGift:
    """No day can be given, for `reason`; `name` is the parameter of the law that it rests on."""
    source = parameter(name).at(agreed_on).source if name else None
    warnings = after_what_is_known(agreed_on, "rest_days.association.limit")
    return RestDayGift(
        days, kind, agreed_on, False, NOTHING, None, None, reason, (Step(reason, None, source),), warnings
    )


def _which_year() -> Phrase:
    return _("The texts do not say which year counts: we take the calendar year. Agree on it with your employer.")


def _doubts(days: Decimal, kind: DayKind) -> list[Phrase]:
    """What the texts leave open about these days, the widest first, and who can say."""
    doubts: list[Phrase] = []
    if days != days.to_integral_value():
        doubts.append(_("The texts do not say whether half days can be given: agree on it with your employer."))
    if kind in ("conventional_leave", "recovery"):
        doubts.append(
            _("In general these days can be given too: have payroll confirm that they are untaken rest days.")
        )
    if kind == "other":
        doubts.append(_("Only untaken rest days can be given: ask payroll whether these are."))
    return doubts


def no_reduction() -> Phrase:
    """What the giver is told first, and is never promised otherwise."""
    return _("No tax reduction is provided for you: you give without anything in return.")


def _never_promised() -> tuple[Phrase, ...]:
    return (
        no_reduction(),
        _(
            "Whether contributions and tax are due on the value is not settled in the texts we have. The safe "
            "assumption is that contributions are due: ask payroll, and Urssaf or the tax office for a ruling."
        ),
        _("The employer should not count on a company reduction either: no text grants it. Ask an accountant."),
    )
