"""The card of a gift of rest days: what it is worth, or what the law allows, first; then what may change it."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _, n_
from bot.rules.rest_day_value import Pay as DayPay
from bot.rules.rest_day_value import day_value
from bot.rules.rest_days import RestDayGift, no_reduction
from handlers.rest_days.gift import Told
from handlers.shared.result_card import quietly, result_card
from handlers.shared.shown import changed_since

__all__ = ["days_in_words", "gift_card", "headline", "letter_headline", "state"]

PAY = frozenset({"salary", "week", "divisor", "kind", "hours", "forfait", "reference"})
"""What the value of a day follows from."""


def gift_card(talk: Talk, told: Told, gift: RestDayGift, pay: DayPay | None) -> Card:
    """All of it the first time; after a change, only what follows from that, with the rest folded."""
    warnings = warnings_of(gift)
    changed = changed_since(talk, "gift", state(talk, told, gift))
    figures = [*limits(told, gift), *worth(told, gift, pay, is_first=changed is None)]
    if changed is None:
        figures += what_is_asked(told, gift)
    else:
        figures = [
            *(limits(told, gift) if changed & {"days", "given", "kind", "entitlement"} else []),
            *(worth(told, gift, pay, is_first=False) if changed & PAY else []),
        ]
    reasons = gift.steps if gift.value is None else gift.steps[:-1]  # the headline says the total
    is_news = changed is None or "warning" in changed
    return result_card(
        headline(told, gift),
        gift,
        figures=figures,
        reasons=reasons if is_news else [*reasons, *quietly(warnings)],
        warnings=warnings if is_news else [],
        to_do=[
            _("Ask payroll for its own figure: it prevails."),
            _("Write the letter and ask for a written, dated answer. No answer within any time is set by the law."),
            _("Keep the agreement and the proof of payment. There is no way back unless the employer agrees."),
        ],
    )


def state(talk: Talk, told: Told, gift: RestDayGift) -> dict[str, object]:
    """What the card says, to know the next time what has changed."""
    warnings = warnings_of(gift)
    salary = told.salary
    return {
        "days": told.days,
        "allowed": gift.allowed_days,
        "kind": told.kind,
        "salary": None if salary is None else f"{salary.amount} {salary.per}",
        "week": told.week,
        "given": told.given,
        "named": told.body,
        "divisor": talk.told("divisor"),
        "entitlement": gift.reason.message if gift.reason is not None else None,
        "value": gift.value,
        "warning": warnings[0].message if warnings else None,
    }


def warnings_of(gift: RestDayGift) -> list[Phrase]:
    """What is to be checked; that no reduction is provided stands among the figures."""
    return [warning for warning in gift.warnings if warning != no_reduction()]


def headline(told: Told, gift: RestDayGift) -> Phrase:
    """What the association receives where the pay is known, else what may be given; the days asked for are named."""
    allowed, total = days_in_words(gift.allowed_days), gift.value
    to = _("{name}", name=told.body) if told.body else _("the association")
    if told.days is None:
        if gift.day_value is None:
            return _("Yes: up to {days} a year, if your employer agrees", days=allowed)
        return _(
            "One day is worth {value:money} gross; {days}, the most of a year: {total:money} for {body}",
            value=gift.day_value,
            days=allowed,
            total=total or Decimal(0),
            body=to,
        )
    if gift.allowed_days < told.days:
        asked = asked_for(told.days)
        if total is None:
            return _("{asked}, {days} at most, if your employer agrees", asked=asked, days=allowed)
        return _(
            "{asked}, {days} at most: {total:money} gross for {body}",
            asked=asked,
            days=allowed,
            total=total,
            body=to,
        )
    if total is None:
        return _("{days} for {body}: yes, if your employer agrees", days=allowed, body=to)
    return _("{days} given: {total:money} gross for {body}", days=allowed, total=total, body=to)


def letter_headline(told: Told, gift: RestDayGift) -> Phrase:
    """What the letter is about."""
    to = _("{name}", name=told.body) if told.body else _("the association")
    if told.days is None:
        return to
    if gift.value is None:
        return _("{days} for {body}", days=days_in_words(gift.allowed_days), body=to)
    days = days_in_words(gift.allowed_days)
    return _("{days} for {body}, {value:money} gross", days=days, body=to, value=gift.value)


def limits(told: Told, gift: RestDayGift) -> list[Phrase]:
    """Why fewer days than asked, or how many are left."""
    if gift.reason is not None:
        return [gift.reason]
    if told.given:
        left = days_in_words(gift.allowed_days)
        return [
            _("{given} given already this year, {left} with this gift.", given=days_in_words(told.given), left=left)
        ]
    return []


def worth(told: Told, gift: RestDayGift, pay: DayPay | None, *, is_first: bool) -> list[Phrase]:
    """The value of one day, and what it was counted as."""
    if gift.day_value is None or pay is None:
        return []
    lines = []
    if told.days is not None or not is_first:
        lines.append(_("One day: <b>{value:money}</b> gross.", value=gift.day_value))
    if told.kind == "annual_leave":
        weekday = day_value(pay, on=gift.agreed_on).amount
        if weekday is not None and pay.per == "month":
            lines.append(_("If your payroll counts in weekdays (jours ouvrés): {value:money} a day.", value=weekday))
    elif told.kind is None:
        lines.append(_("Counted as an RTT; a day of paid leave is counted otherwise."))
    if told.part_time and told.week is None:
        lines.append(_("Counted full time: tell me how many days a week you work."))
    return lines


def what_is_asked(told: Told, gift: RestDayGift) -> list[Phrase]:
    """The employer's part and the giver's, and the pay where it is not known yet."""
    lines = []
    if gift.value is None and told.days is None:
        lines.append(_("Your employer pays the value of these days to an association that you choose together."))
    lines.append(
        _("No tax reduction for you.")
        if gift.value is None
        else _("If your employer agrees. No tax reduction for you.")
    )
    if gift.value is None:
        lines.append(
            _("Tell me your gross pay and how many days: I work out what the association receives.")
            if told.days is None
            else _("Tell me your gross pay: I work out what the association receives.")
        )
    return lines


def asked_for(days: Decimal) -> Phrase:
    """ "5 days asked for"."""
    if days == int(days):
        return n_("{count} day asked for", "{count} days asked for", int(days))
    return _("{days:number} days asked for", days=days)


def days_in_words(days: Decimal) -> Phrase:
    """ "2 days", "half a day", "2 days and a half"."""
    whole = int(days)
    if days == whole:
        return n_("{count} day", "{count} days", whole)
    if days == Decimal("0.5"):
        return _("half a day")
    if days - whole == Decimal("0.5"):
        return n_("{count} day and a half", "{count} days and a half", whole)
    return _("{days:number} days", days=days)
