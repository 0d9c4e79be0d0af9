"""Gifts that were told and what is told of them next: one more, another sum, another body, another year, without one.

Pure: gifts in, gifts out. What they bring in law is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec.structs import replace

from bot.questions.gifts import Gifts, GiftsTold, GiftTold, in_its_rhythm, told_of

__all__ = ["Gifted", "first_told", "told_next", "total"]

Gifted = tuple[GiftTold, ...]

GIFTS = Gifts()
ON_TOP = ("et ", "and ", "plus ", "puis ", "then ")
"""How a message begins that goes on from the gifts told before."""
ABOUT = ("every", "to", "rate", "purpose", "since", "until", "count", "by", "called")


def total(gifts: Gifted) -> Decimal:
    """All the sums told, each once."""
    return sum((gift.amount for gift in gifts), Decimal(0))


def first_told(slots: Mapping[str, Any]) -> Gifted:
    """The gifts that a talk begins with: as they were told, or as a button or a link carries them."""
    gifts = slots.get("gifts")
    if isinstance(gifts, list):  # from another talk of the same matter
        try:
            return GIFTS.load(gifts)
        except ValueError:
            return ()
    told = told_of(slots)
    if told.gifts:
        return tuple(told.gifts)
    about = told.about
    if not about.to and isinstance(name := slots.get("organisation"), str):
        about = replace(about, to=name)
    if not about.rate and slots.get("org_kind") in ("66", "75"):
        about = replace(about, rate=slots["org_kind"])
    if not about.every and slots.get("period") == "monthly":
        about = replace(about, every="monthly")
    amount = amount_of(slots.get("amount"))
    if amount:
        about = replace(about, amount=amount)
    return (about,) if about != GiftTold() else ()


def amount_of(value: Any) -> Decimal | None:
    """The sum that a button or a link carries; None for what is no sum above zero."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None


def told_next(
    kept: Gifted,
    told: GiftsTold,
    words: str,
    *,
    adds: bool = False,
    same: bool = False,
    takes_back: bool = False,
    asks: bool = False,
) -> Gifted | None:
    """The gifts after what was told next; None where it says nothing of them.

    `adds`: it comes on top; `same`: as much as before; `takes_back`: what was told is wrong; `asks`: it is a question.
    """
    gifts = tuple(gift for gift in kept if gift.to not in told.without) or kept if told.without else kept
    sums = tuple(told.gifts)
    if not sums and told.half is not None and gifts:
        return tuple(half for gift in gifts for half in halves(gift, told.half))
    if sums:
        goes_on = not asks and words.casefold().startswith(ON_TOP) and not takes_back
        elsewhere = len(sums) == 1 and sums[0].to and all(sums[0].to != gift.to for gift in gifts)
        if gifts and total(gifts) and (adds or (goes_on and elsewhere)):
            return (*gifts, *(completed(new, gifts[-1]) for new in sums))
        return in_place(gifts, sums, takes_back=takes_back)
    if told.about == GiftTold():
        return gifts if gifts != kept else None
    return about_them(gifts, told.about, adds=adds, same=same, asks=asks, takes_back=takes_back)


def halves(gift: GiftTold, later: GiftTold) -> tuple[GiftTold, GiftTold]:
    """A gift in two: one half as it was, the other as is said of it."""
    part = replace(gift, amount=gift.amount / 2)
    return part, overlaid(part, later)


def in_place(gifts: Gifted, sums: Gifted, *, takes_back: bool) -> Gifted:
    """New sums in the place of old ones."""
    if len(sums) > 1 or not gifts:
        return sums
    (new,) = sums
    if len(gifts) == 1 and new.since is not None and is_raised(gifts[0], new) and not takes_back:
        return replace(gifts[0], until=new.since - timedelta(days=1)), overlaid(gifts[0], new)
    if len(gifts) == 1:
        return (overlaid(gifts[0], new),)
    same_body = [at for at, gift in enumerate(gifts) if new.to and gift.to == new.to]
    same_giver = [at for at, gift in enumerate(gifts) if new.by != "self" and gift.by == new.by]
    places = same_body or same_giver or ([len(gifts) - 1] if takes_back and not new.to else [])
    if not places:
        return sums
    return tuple(overlaid(gift, new) if at == places[-1] else gift for at, gift in enumerate(gifts))


def is_raised(gift: GiftTold, new: GiftTold) -> bool:
    """« 40 à partir de décembre » after « 30 par mois »: from a day on another sum takes the place of the first."""
    starts = new.since is not None and new.until is None and (gift.since is None or gift.since < new.since)
    return starts and bool(gift.every and new.amount) and new.every in ("", gift.every) and new.to in ("", gift.to)


def about_them(
    gifts: Gifted, about: GiftTold, *, adds: bool, same: bool, asks: bool, takes_back: bool
) -> Gifted | None:
    """What is said without a sum, of the gifts told before."""
    if not gifts:
        return (about,)
    if about.by in ("spouse", "child") and (adds or same or (asks and not takes_back)):
        own = tuple(gift for gift in gifts if gift.by == "self")
        return (*gifts, *(replace(gift, by=about.by, called=about.called) for gift in own or gifts[:1]))
    receiver = about.to or about.rate or about.purpose
    if receiver and adds:
        return (*gifts, overlaid(gifts[-1], about))
    if receiver and len({gift.to for gift in gifts}) > 1:
        return (overlaid(replace(gifts[0], amount=total(gifts)), about),)
    return tuple(overlaid(gift, about) for gift in gifts)


def completed(new: GiftTold, last: GiftTold) -> GiftTold:
    """A further gift: to the same body and in the same year where nothing else is said."""
    if not (new.to or new.rate or new.purpose):
        new = replace(new, to=last.to, rate=last.rate, purpose=last.purpose)
    if new.since is None and new.until is None:
        new = replace(new, since=last.since, until=last.until)
    return new


def overlaid(gift: GiftTold, new: GiftTold) -> GiftTold:
    """A gift with what is newly said of it."""
    fields = {name: value for name in ABOUT if (value := getattr(new, name)) and not (name == "by" and value == "self")}
    if new.amount:
        fields["amount"] = new.amount
    if new.to or new.rate or new.purpose:  # another body: what was told of the old one is not true of it
        fields = {"to": "", "rate": "", "purpose": "", **fields}
    if new.every == "once":
        fields |= {"every": "", "count": 0}
    if new.since is not None or new.until is not None:
        fields |= days_of(gift, new)
    if new.by != "self":
        fields["called"] = new.called
    return in_its_rhythm(replace(gift, **fields))


def days_of(gift: GiftTold, new: GiftTold) -> dict[str, Any]:
    """The days newly said; a whole year takes the place of the year only."""
    since, until = new.since, new.until
    if since is not None and until is not None and is_whole_year(since, until) and gift.since is not None:
        return {
            "since": in_year(gift.since, since.year),
            "until": in_year(gift.until, since.year) if gift.until else None,
        }
    return {"since": since, "until": until}


def is_whole_year(since: date, until: date) -> bool:
    return (since.month, since.day, until.month, until.day) == (1, 1, 12, 31) and since.year == until.year


def in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is then the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
