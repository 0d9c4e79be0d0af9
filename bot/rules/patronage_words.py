"""The sentences of the company reduction: its steps and its warnings. No computing happens here."""

from __future__ import annotations

from decimal import Decimal

from bot.phrase import Phrase, _
from bot.rules.parameters import Row
from bot.rules.result import Source, Step


def ceiling(limit: Row, share: Decimal | None, amount: Decimal) -> Step:
    """`share` is what the turnover allows; None where it is not known."""
    if share is None and not limit["floor"]:
        text = _("Ceiling of the year: {ratio:percent} of the turnover before VAT.", ratio=limit["ratio"])
    elif share is None:
        text = _(
            "Ceiling of the year: {floor:money}, or {ratio:percent} of the turnover before VAT where that is more.",
            floor=limit["floor"],
            ratio=limit["ratio"],
        )
    elif not limit["floor"]:
        text = _(
            "Ceiling of the year: {ratio:percent} of the turnover before VAT, {ceiling:money}.",
            ratio=limit["ratio"],
            ceiling=amount,
        )
    else:
        text = _(
            "Ceiling of the year: the higher of {floor:money} and {ratio:percent} of the turnover before VAT "
            "({share:money}), that is {ceiling:money}.",
            floor=limit["floor"],
            ratio=limit["ratio"],
            share=share,
            ceiling=amount,
        )
    return Step(text, amount, limit.source)


def within(given: Decimal, retained: Decimal, limit: Row) -> Step:
    text = _(
        "Of the {given:money} given this year, {retained:money} fits under the ceiling.", given=given, retained=retained
    )
    return Step(text, retained, limit.source)


def ordinary(base: Decimal, rate: Row, reduction: Decimal) -> Step:
    text = _(
        "{base:money} at {rate:percent}: {reduction:money} of reduction.",
        base=base,
        rate=rate.value,
        reduction=reduction,
    )
    return Step(text, reduction, rate.source)


def above_the_slice(base: Decimal, slices: Row, reduction: Decimal) -> Step:
    text = _(
        "Above {threshold:money} of ordinary gifts, {base:money} at {rate:percent}: {reduction:money}.",
        threshold=slices["threshold"],
        base=base,
        rate=slices["rate"],
        reduction=reduction,
    )
    return Step(text, reduction, slices.source)


def helping(base: Decimal, rate: Row, reduction: Decimal) -> Step:
    text = _(
        "Help to people in difficulty, {base:money} at {rate:percent} whatever the amount: {reduction:money}.",
        base=base,
        rate=rate.value,
        reduction=reduction,
    )
    return Step(text, reduction, rate.source)


def earlier(year: int, base: Decimal, rate: Decimal, reduction: Decimal, source: Source) -> Step:
    text = _(
        "Room left under the ceiling goes to {base:money} given in {year}, at {rate:percent}: {reduction:money}.",
        year=str(year),
        base=base,
        rate=rate,
        reduction=reduction,
    )
    return Step(text, reduction, source)


def excess(amount: Decimal, years: Row) -> Step:
    text = _(
        "{amount:money} is above the ceiling: it can be used in the {years:number} following years, within the "
        "ceiling of each.",
        amount=amount,
        years=years.value,
    )
    return Step(text, amount, years.source)


def off_the_tax(used: Decimal, tax: Decimal, source: Source) -> Step:
    text = _("{used:money} is taken off this year's tax of {tax:money}.", used=used, tax=tax)
    return Step(text, used, source)


def older_reduction(year: int, amount: Decimal, source: Source) -> Step:
    text = _("Then {amount:money} of reduction left from {year}.", amount=amount, year=str(year))
    return Step(text, amount, source)


def more_than_the_tax(amount: Decimal, years: Row) -> Step:
    text = _(
        "{amount:money} is more than the tax: it can be used on the tax of the {years:number} following years, and is "
        "never paid out.",
        amount=amount,
        years=years.value,
    )
    return Step(text, amount, years.source)


def as_expense(rate: Decimal, cost: Decimal, source: Source | None) -> Step:
    text = _(
        "For comparison: as an expense deducted at {rate:percent}, the same amount would really cost {cost:money}.",
        rate=rate,
        cost=cost,
    )
    return Step(text, cost, source)


def private_choice(row: Row) -> Step:
    text = _(
        "In general, a sole trader may choose to give as a private person instead, never both for the same euro: have "
        "it confirmed by your accountant."
    )
    return Step(text, None, row.source)


def as_private_gift(given: Decimal, rate: Row, reduction: Decimal) -> Step:
    text = _(
        "As a private gift, {gift:money} at {rate:percent}: {reduction:money}, within the share of income that "
        "individuals may give.",
        gift=given,
        rate=rate.value,
        reduction=reduction,
    )
    return Step(text, reduction, rate.source)


def no_micro(row: Row) -> Step:
    text = _("In general, a micro-enterprise (flat-rate profit) has no company reduction.")
    return Step(text, Decimal(0), row.source)


def ask_about_micro() -> Phrase:
    return _(
        "You may give as a private person. That micro-enterprises are left out comes from the tax administration's "
        "comments: your tax office can confirm it."
    )


def ask_about_both_limits() -> Phrase:
    return _(
        "These gifts exceed both the ceiling and the slice at the full rate. The texts we read do not say how the two "
        "combine: ask your accountant for the figure."
    )


def ask_about_the_carried_slice(year: int, slices: Row) -> Phrase:
    return _(
        "If the gifts of {year} exceeded {threshold:money}, part of what is carried over keeps the rate of "
        "{rate:percent}: have the figure checked by your accountant.",
        year=str(year),
        threshold=slices["threshold"],
        rate=slices["rate"],
    )


def ask_about_the_order() -> Phrase:
    return _("In general, this year's reduction is used before older ones: have your accountant confirm the order.")


def gifts_too_old(amount: Decimal) -> Phrase:
    return _(
        "{amount:money} of gifts from earlier years can no longer be used: their years have passed.", amount=amount
    )


def reduction_too_old(amount: Decimal) -> Phrase:
    return _("{amount:money} of reduction from earlier years is lost: its years have passed.", amount=amount)


def not_covered() -> Phrase:
    return _("We do not hold the law on company gifts for a year that ended so early: nothing is computed.")
