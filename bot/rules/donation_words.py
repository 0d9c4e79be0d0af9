"""The sentences of the income-tax reduction: its steps and its warnings. No computing happens here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bot.phrase import Phrase, _
from bot.rules.parameters import Row, later
from bot.rules.result import Source, Step

KINDS: Mapping[str, Phrase] = MappingProxyType(
    {
        "general": _("Gifts of general interest"),
        "coluche": _("Gifts to help people in difficulty"),
        "domestic_violence": _("Gifts to help victims of domestic violence"),
        "notre_dame": _("Gifts for Notre-Dame de Paris"),
        "cultuel": _("Gifts to religious associations"),
        "patrimoine_religieux": _("Gifts for the religious heritage of small communes"),
        "mayotte": _("Gifts for Mayotte after cyclone Chido"),
        "chambord": _("Gifts for the château de Chambord"),
        "political": _("Gifts and dues to political parties"),
    }
)
"""The kinds of gifts as a person reads them, by their names in the estimates."""


def raised(kind: str, base: Decimal, rate: Row, ceiling: Row, reduction: Decimal) -> Step:
    text = _(
        "{gifts}: {base:money} counted at {rate:percent}, within {ceiling:money} a year for the household.",
        gifts=KINDS[kind],
        base=base,
        rate=rate.value,
        ceiling=ceiling.value,
    )
    return Step(text, reduction, later(rate, ceiling).source)


def ceiling_rose(before: Row, after: Row) -> Step:
    text = _(
        "The ceiling rose on {day:date}: what was given earlier counts within {before:money}, "
        "the whole year within {after:money}.",
        day=after.start,
        before=before.value,
        after=after.value,
    )
    return Step(text, None, after.source)


def excess(amount: Decimal, rate: Row) -> Step:
    text = _(
        "What is above this ceiling, {amount:money}, becomes an ordinary gift at {rate:percent}.",
        amount=amount,
        rate=rate.value,
    )
    return Step(text, amount, rate.source)


def party_ceiling(ceiling: Row, lost: Decimal) -> Step:
    text = _(
        "Gifts and dues to political parties count within {ceiling:money} a year: {lost:money} brings nothing.",
        ceiling=ceiling.value,
        lost=lost,
    )
    return Step(text, lost, ceiling.source)


def carried_used(amount: Decimal, year: int, source: Source) -> Step:
    text = _("{amount:money} given in {year} and not used yet comes first.", amount=amount, year=year)
    return Step(text, amount, source)


def income_cap(cap: Decimal, share: Row, income: Decimal) -> Step:
    text = _(
        "Ordinary gifts count up to {share:percent} of your net taxable income of {income:money}: {cap:money}.",
        share=share.value,
        income=income,
        cap=cap,
    )
    return Step(text, cap, share.source)


def general(used: Decimal, rate: Row, reduction: Decimal) -> Step:
    text = _("Ordinary gifts: {used:money} counted at {rate:percent}.", used=used, rate=rate.value)
    return Step(text, reduction, rate.source)


def carry_ended(amount: Decimal, year: int, source: Source) -> Step:
    text = _("{amount:money} given in {year} could not be used in time and is lost.", amount=amount, year=year)
    return Step(text, amount, source)


def carry(amount: Decimal, year: int, until: int, source: Source) -> Step:
    text = _(
        "{amount:money} given in {year} is over the limit: you can still use it until the income of {until}.",
        amount=amount,
        year=year,
        until=until,
    )
    return Step(text, amount, source)


def total(amount: Decimal, source: Source) -> Step:
    return Step(_("In all, the reduction of your income tax is {amount:money}.", amount=amount), amount, source)


def limited_by_tax(gain: Decimal, lost: Decimal, source: Source) -> Step:
    text = _(
        "Your tax is lower than this reduction: it falls to zero, you gain {gain:money} and {lost:money} is lost.",
        gain=gain,
        lost=lost,
    )
    return Step(text, gain, source)


def tax_not_collected(least: Row) -> Step:
    text = _(
        "An income tax under {least:money} is not collected: you pay none, and nothing comes back.", least=least.value
    )
    return Step(text, Decimal(0), least.source)


def rest_not_collected(gain: Decimal, least: Row) -> Step:
    text = _(
        "What is left of your tax is under {least:money}, which is not collected: it falls to zero, and you gain "
        "{gain:money}.",
        least=least.value,
        gain=gain,
    )
    return Step(text, gain, least.source)


def year_too_old(first: int) -> Phrase:
    return _("I know the rules for gifts made since {first}. For an older gift, ask your tax office.", first=first)


def year_not_known_yet(year: int, until: date) -> Phrase:
    return _(
        "The rules for {year} were not known when mine were last checked: I used those in force up to {until:date}. "
        "Check again before you rely on this.",
        year=year,
        until=until,
    )


def not_in_force(kind: str, day: date, rate: Decimal) -> Phrase:
    return _(
        "{gifts}: the raised rate did not apply on {day:date}, so the ordinary rate of {rate:percent} is used.",
        gifts=KINDS[kind],
        day=day,
        rate=rate,
    )


def ceilings_of_one_year(year: int) -> Phrase:
    return _(
        "How the two ceilings of {year} combine comes from the help of the official simulator, read second-hand: "
        "check with it before you declare.",
        year=year,
    )


def chambord_excess() -> Phrase:
    return _(
        "That the part above the Chambord ceiling counts as an ordinary gift is likely, as for Notre-Dame, "
        "but I could not check it in the law."
    )


def box_to_confirm(box: str, year: int) -> Phrase:
    return _(
        "Box {box} is the one expected for the income of {year}: the form is not out yet, check it on the return.",
        box=box,
        year=year,
    )


def box_unknown(year: int) -> Phrase:
    return _(
        "The box for one of these gifts is not known yet for the income of {year}: look for it on the return.",
        year=year,
    )


def abroad() -> Phrase:
    return _(
        "A body abroad must be in the European Union or the European Economic Area, and approved in France; "
        "otherwise you must prove that it is equivalent to an eligible French one."
    )


def party_payment(limit: Decimal) -> Phrase:
    return _(
        "One person may pay at most {limit:money} a year to political parties, dues of elected office-holders aside.",
        limit=limit,
    )


def carry_too_old(year: int) -> Phrase:
    return _("The gifts of {year} are too old to be used: they were left out.", year=year)


def income_unknown(income: Decimal, share: Decimal) -> Phrase:
    return _(
        "This holds if your net taxable income is at least {income:money}: ordinary gifts count up to "
        "{share:percent} of it, and the rest is carried to the next years.",
        income=income,
        share=share,
    )


def tax_unknown(reduction: Decimal) -> Phrase:
    return _(
        "It is a reduction, not a refund: you gain {reduction:money} only if your income tax is at least that much. "
        "If you pay no income tax, nothing comes back.",
        reduction=reduction,
    )


def no_tax() -> Phrase:
    return _("You owe no income tax for that year, so nothing comes back: the reduction is not refunded.")


def under_what_is_collected(least: Decimal) -> Phrase:
    return _(
        "An income tax under {least:money} is not collected: you pay none for that year, so nothing comes back.",
        least=least,
    )


def minimum_tax(row: Row) -> Phrase:
    return _(
        "Above {alone:money} of reference income for one person, or {couple:money} for a couple, the minimum tax of "
        "{rate:percent} on high incomes (CDHR) may take this reduction back: ask your tax office.",
        alone=row["alone"],
        couple=row["couple"],
        rate=row["rate"],
    )


def tax_too_small(lost: Decimal) -> Phrase:
    return _("{lost:money} is lost for good: it is neither refunded nor carried to another year.", lost=lost)
