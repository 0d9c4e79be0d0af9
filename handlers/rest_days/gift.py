"""What a person told of the rest days they would give, and what the law makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.blanks import Blank, BlankField
from bot.questions.choice import Choice, Flag
from bot.questions.days import Days
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.pay import Pay, Salary
from bot.rules.parameters import parameter
from bot.rules.rest_day_value import Pay as DayPay
from bot.rules.rest_day_value import Per
from bot.rules.rest_days import DayKind, RestDayGift, rest_day_gift

DAYS = Choice(
    2,
    "day_kind",
    rtt=_("RTT"),
    annual_leave=_("Paid leave"),
    conventional_leave=_("Extra leave of the agreement"),
    recovery=_("Recovery days"),
    cet=_("Time account (CET)"),
    forfait_rest=_("Forfait jours rest"),
    other=_("Others"),
)
KINDS: dict[str, DayKind] = {
    "rtt": "rtt",
    "annual_leave": "annual_leave",
    "conventional_leave": "conventional_leave",
    "recovery": "recovery",
    "cet": "cet",
    "forfait_rest": "forfait_rest",
    "other": "other",
}
PERIODS: dict[str, Per] = {"monthly": "month", "daily": "day", "hourly": "hour", "annual": "year"}
BODY = BlankField(Blank("named", "body", _("the association")))
SECTORS = Choice(2, "sector", private=_("Private sector"), public=_("Public service"))
DAYS_ASKED = Days(suggestions=(1, 2, 3))
GROSS_PAY = Pay()


@dataclass(frozen=True, slots=True)
class Told:
    """The person's own words on their gift; None for what they did not say."""

    days: Decimal | None
    kind: DayKind | None
    salary: Salary | None
    week: Decimal | None
    given: Decimal | None
    body: str | None
    is_public_agent: bool
    part_time: bool


def told_gift(talk: Talk) -> Told:
    """What was told so far. Nothing is asked here but what the person chose to change."""
    days = talk.refine("days", DAYS_ASKED, _("How many days would you give?"))
    kind = talk.refine("day_kind", DAYS, _("Which days are they?"))
    salary = talk.refine("salary", GROSS_PAY, _("What is your gross pay, by the month, by the hour or by the year?"))
    week = talk.refine("week", Days(slot="week", maximum=7), _("How many days a week do you work?"))
    given = talk.refine("given", Days(slot="given"), _("How many days have you given already this year?"))
    sector = talk.refine("sector", SECTORS, _("Where do you work?"))
    part_time = talk.refine("part_time", Flag("part_time"), _("Do you work part time?"), default=False)
    return Told(
        days=days,
        kind=KINDS.get(kind or ""),
        salary=salary,
        week=week,
        given=given,
        body=talk.refine("named", BODY, _("To which association would the value go?")),
        is_public_agent=sector == "public" or (sector is None and "public_agent" in talk.facts.speakers),
        part_time=part_time,
    )


def gift_of(talk: Talk, told: Told, pay: DayPay | None) -> RestDayGift:
    """The gift by the law of the day; of the most that may be given where no number was said."""
    divisor = talk.refine(
        "divisor", Count(minimum=1, maximum=31), _("By how many days does your payroll divide the month?")
    )
    entitlement = None
    if told.kind == "annual_leave":
        question = _("How many working days (jours ouvrables) of leave do you have this year?")
        entitlement = talk.refine("entitlement", Days(slot=None), question)
    return rest_day_gift(
        most_days(talk) if told.days is None else told.days,
        kind=told.kind or "rtt",
        agreed_on=talk.today,
        pay=pay,
        divisor=divisor,
        given_this_year=told.given or Decimal(0),
        leave_entitlement=entitlement,
        is_public_agent=told.is_public_agent,
    )


def most_days(talk: Talk) -> Decimal:
    """The days of a year that the law allows, or will."""
    return parameter("rest_days.association.limit").at(talk.today).value


def day_pay(talk: Talk, told: Told) -> DayPay | None:
    """The pay with what its method needs; usual hours and the usual forfait where nothing else was said."""
    if told.salary is None:
        return None
    per = PERIODS[told.salary.per]
    pay = DayPay(told.salary.amount, per, days_per_week=told.week)
    if per == "hour":
        usual = parameter("rest_days.valuation.day_hours").at(talk.today).value
        hours = Count(minimum=1, maximum=24)
        return replace(pay, hours_per_day=talk.refine("hours", hours, _("How many hours does such a day last?"), usual))
    if per == "year":
        forfait = talk.refine("forfait", Count(minimum=1, maximum=366), _("Of how many days a year is your forfait?"))
        if forfait is None and told.kind == "forfait_rest":
            forfait = parameter("rest_days.valuation.forfait").at(talk.today)["usual"]
        return replace(pay, forfait_days=forfait)
    if told.kind == "annual_leave":
        question = _("And your gross pay of the reference year, from June to May?")
        return replace(pay, reference_year=talk.refine("reference", Money(slot=None), question))
    return pay


def kind_of_days(kind: DayKind | None) -> Phrase:
    """The days as one says them."""
    return _("Untaken rest days") if kind in (None, "other") else DAYS.labels[kind]
