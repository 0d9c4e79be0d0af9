"""Rest days given to an association: how many, worth what, and the letter to the employer. L. 3142-131, D. 3142-82.

The value is that of the day the employer agrees. No tax reduction is provided for the giver and contributions are not
settled: neither is ever promised. The employer, the association and the giver to a colleague have their own guides.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.days import Days
from bot.questions.money import Money
from bot.questions.numbers import Count
from bot.questions.pay import Pay, Salary
from bot.rules.rest_day_value import Pay as DayPay
from bot.rules.rest_day_value import Per
from bot.rules.rest_days import DayKind, RestDayGift, rest_day_gift
from handlers.rest_days.colleague import SITUATIONS, colleague
from handlers.rest_days.employer import employer
from handlers.rest_days.letter import letter, picture
from handlers.rest_days.receiver import receiver
from handlers.shared.result_card import result_card

ROLES = Choice(
    1,
    employee=_("I would give days to an association"),
    colleague=_("I would give days to a colleague"),
    employer=_("I am the employer"),
    association=_("I speak for an association"),
)
DAYS = Choice(
    2,
    "about",
    rtt=_("RTT"),
    annual_leave=_("Paid leave"),
    recovery=_("Recovery days"),
    cet=_("Time account (CET)"),
    forfait_rest=_("Forfait jours rest"),
    other=_("Others"),
)
KINDS: dict[str, DayKind] = {
    "rtt": "rtt",
    "annual_leave": "annual_leave",
    "recovery": "recovery",
    "cet": "cet",
    "forfait_rest": "forfait_rest",
    "other": "other",
}
PERIODS: dict[str, Per] = {"monthly": "month", "daily": "day", "hourly": "hour", "annual": "year"}


@topic(
    "rest_days",
    title=_("Give days off"),
    command="rtt",
    hint=_("Give RTT or leave to an association"),
    menu=30,
    links=("role", "about", "days"),
    answers="firms",
)
async def rest_days(talk: Talk) -> None:
    """Who speaks decides; without a word on it, days or a pay told mean an employee."""
    role = "employee"
    if talk.wants("role"):
        role = await talk.ask("role", ROLES, _("Who are you in this?"))
    elif talk.wants("situation") or talk.slots.get("about") in SITUATIONS:
        role = "colleague"
    elif not (talk.wants("days") or talk.wants("salary")):
        role = await talk.ask("role", ROLES, _("Who are you in this?"))
    match role:
        case "colleague":
            await colleague(talk)
        case "employer":
            await employer(talk)
        case "association":
            await receiver(talk)
        case _:
            await employee(talk)


async def employee(talk: Talk) -> None:
    """Days, which ones, and the pay; then what they are worth, and the letter."""
    days = await talk.ask("days", Days(suggestions=(1, 2, 3)), _("How many days would you give?"))
    kind = KINDS[await talk.ask("kind", DAYS, _("Which days are they?"))]
    salary = await talk.ask(
        "salary",
        Pay(),
        _("What is your gross pay, by the month or by the hour? It gives the value of a day."),
        skip=True,
    )
    pay = await day_pay(talk, salary) if salary else None
    divisor = given = entitlement = None
    if talk.wants("divisor"):
        question = _("By how many days does your payroll divide the month?")
        divisor = await talk.ask("divisor", Count(minimum=1, maximum=31), question, skip=True)
    if talk.wants("week") and pay is not None:
        question = _("How many days a week do you work?")
        week = await talk.ask("week", Days(slot=None, maximum=7), question, skip=True)
        pay = replace(pay, days_per_week=week)
    if talk.wants("given"):
        question = _("How many days have you given already this year?")
        given = await talk.ask("given", Days(slot=None), question, skip=True)
    if talk.wants("entitlement"):
        question = _("How many working days (jours ouvrables) of leave do you have this year?")
        entitlement = await talk.ask("entitlement", Days(slot=None), question, skip=True)
        pay = await with_reference_year(talk, pay)
    gift = rest_day_gift(
        days,
        kind=kind,
        agreed_on=talk.today,
        pay=pay,
        divisor=divisor,
        given_this_year=given or Decimal(0),
        leave_entitlement=entitlement,
        is_public_agent=await is_public_agent(talk),
    )
    if not gift.available:
        not_available(talk, gift)
        return
    if talk.wants("name"):
        await letter(talk, gift)
        return
    if talk.pressed("picture"):
        await picture(talk, gift)
        talk.say(_("<b>{headline}</b>", headline=headline(gift)))
    else:
        show(talk, gift)
    offer_more(talk, gift)


async def day_pay(talk: Talk, salary: Salary) -> DayPay:
    """The pay with what its method needs: hours for a pay by the hour, days of the forfait for one by the year."""
    per = PERIODS[salary.per]
    hours = forfait = None
    if per == "hour":
        question = _("How many hours does such a day last?")
        hours = await talk.ask("hours", Count(minimum=1, maximum=24), question, skip=True)
    if per == "year":
        question = _("Are you on a “forfait jours”? If so, of how many days a year?")
        forfait = await talk.ask("forfait", Count(minimum=1, maximum=366), question, skip=True)
    return DayPay(salary.amount, per, hours_per_day=hours, forfait_days=forfait)


async def with_reference_year(talk: Talk, pay: DayPay | None) -> DayPay | None:
    """The pay of the reference year too: the rule of the tenth may give more for a day of leave."""
    if pay is None or pay.per != "month":
        return pay
    question = _("And your gross pay of the reference year, from June to May?")
    year = await talk.ask("reference", Money(slot=None), question, skip=True)
    return replace(pay, reference_year=year)


async def is_public_agent(talk: Talk) -> bool:
    """Civil servants have no such right: asked only by a button, or said."""
    if not talk.wants("sector"):
        return False
    sectors = Choice(2, private=_("Private sector"), public=_("Public service"))
    return await talk.ask("sector", sectors, _("Where do you work?")) == "public"


def show(talk: Talk, gift: RestDayGift) -> None:
    """What the days are worth, why, what is not settled, and what to do."""
    talk.show(
        result_card(
            headline(gift),
            gift,
            figures=figures(gift),
            reasons=gift.steps if gift.value is None else gift.steps[:-1],  # the headline says the total
            to_do=[
                _("Ask payroll for its own figure: it prevails."),
                _("Write the letter and ask for a written, dated answer. No answer within any time is set by the law."),
                _("Keep the agreement and the proof of payment. There is no way back unless the employer agrees."),
            ],
        )
    )


def headline(gift: RestDayGift) -> Phrase:
    if gift.value is None:
        return _("You may give {days:number} of these days to an association", days=gift.allowed_days)
    return _(
        "{days:number} days given: {value:money} gross for the association",
        days=gift.allowed_days,
        value=gift.value,
    )


def figures(gift: RestDayGift) -> list[Phrase]:
    lines = []
    if gift.day_value is not None:
        lines.append(_("One day: <b>{value:money}</b> gross", value=gift.day_value))
    if gift.reason is not None:
        lines.append(_("<b>{reason}</b>", reason=gift.reason))
    return lines


def offer_more(talk: Talk, gift: RestDayGift) -> None:
    """The letter first; then what refines the figure."""
    picture = [talk.press(_("As a picture"), "picture")] if gift.value is not None else []
    talk.offer(talk.change(_("Write the letter"), "name"), *picture)
    talk.offer(talk.change(_("Another number of days"), "days"), talk.change(_("Another pay"), "salary"))
    more = [talk.change(_("I have given some already"), "given")]
    if gift.kind == "annual_leave":
        more.append(talk.change(_("Check my leave"), "entitlement"))
    elif gift.value is not None:
        more.append(talk.change(_("Another divisor"), "divisor"))
    talk.offer(*more)
    if gift.value is not None:
        talk.offer(talk.change(_("I work part time"), "week"))
    talk.offer(talk.change(_("I am a public agent"), "sector"), talk.change(_("Who I am"), "role"))


def not_available(talk: Talk, gift: RestDayGift) -> None:
    """Not possible for this person: said plainly, with what remains possible."""
    talk.show(
        result_card(
            gift.reason or _("These days cannot be given"),
            gift,
            reasons=gift.steps[1:],
            to_do=[
                _("You can give days to a colleague in some situations: ask me."),
                _("You can give money, or some of your free time."),
            ],
        )
    )
    talk.offer(talk.start(_("Give days to a colleague"), "rest_days", "role", "colleague"))
    talk.offer(talk.start(_("Give money"), "donation"), talk.change(_("Where I work"), "sector"))
