"""What is asked about the estimate on show: why, how sure, where it is written, when, a month, shorter, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

import handlers.donation.talk  # noqa: F401 - what is pointed at joins its topic
from bot.dialogue.change import Change
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import changes, points
from bot.phrase import Phrase, _
from bot.rules import donation_words as words
from bot.rules.calendar_of_money import calendar_of_money, last_day_to_claim
from bot.rules.gifts import MONTHS
from bot.rules.parameters import parameter
from bot.rules.result import Source, sources_of
from handlers.donation.card import cost_line, declared, headline, money_back, monthly_of, reasons, summary
from handlers.donation.estimate import Household, Year, estimate
from handlers.donation.not_a_gift import why_not
from handlers.donation.told import Told, heard, note_change
from handlers.shared.gifts_in_talk import GIFTS, PERIOD
from handlers.shared.papers import hand_over
from handlers.shared.result_card import sources
from handlers.shared.told_gifts import total

__all__ = ["changed", "pointed"]

CENT = Decimal("0.01")


@changes("donation")
async def changed(talk: Talk, change: Change) -> bool:
    """One more gift, another sum, another year, the tax: whatever of it is told next."""
    return note_change(talk, change)


@points("donation")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the estimate, or about why there is none."""
    told = heard(talk)
    shows = talk.table.shows if talk.table is not None else ""
    if about.scale is not None and total(told.gifts):
        talk.put("gifts", GIFTS, tuple(replace(gift, amount=gift.amount * about.scale) for gift in told.gifts))
        talk.unsay("amount", "budget")
        return talk.rerun()
    if about.act == "repeat":
        return talk.rerun()
    if shows == "not_a_gift":
        return about_no_gift(talk, about)
    gifts = told.own or told.gifts
    years = estimate(gifts, told.household, talk.today) if total(gifts) else []
    if about.act == "paper" and years:
        await hand_over(talk, summary(years, told.household, talk.today, talk.language))
        talk.say(_("A gift needs no letter, and the tax receipt comes from the association alone."))
        return True
    said = answer(talk, about, told, years)
    for phrase in said:
        talk.say(phrase)
    if said and talk.table is not None:
        talk.lay(talk.table.shows, talk.table.items, open_to=talk.table.open)
    return bool(said)


def about_no_gift(talk: Talk, about: Pointed) -> bool:
    """Why it is no gift, and where that is written."""
    nature = talk.table.items[0] if talk.table is not None and talk.table.items else ""
    row = parameter("donations.general.rate").at(talk.today)
    if about.act not in ("why", "detail", "sure", "source", "shorter", "rest", "money_back", "real_cost"):
        return False
    if about.act != "source":
        talk.say(why_not(nature))
    if about.act == "sure":
        talk.say(ASK_THEM)
    talk.say(_("<i>{sources}</i>", sources=sources([row.source])))
    if talk.table is not None:
        talk.lay(talk.table.shows, talk.table.items, open_to=talk.table.open)
    return True


ASK_THEM = _("The receipt decides: ask the association whether it issues one, and which, before you give.")


def answer(talk: Talk, about: Pointed, told: Told, years: Sequence[Year]) -> list[Phrase]:
    """What is said to what is asked of an estimate; nothing where it is about something else."""
    found = found_in(years, talk.today)
    match about.act:
        case "why" | "detail":
            return [*why(years, told.household, talk.today), cited(found)]
        case "sure":
            return [*sure(years, told.household, found), cited(found)]
        case "source":
            return [cited(found)]
        case "box":
            return [declared(year.low) for year in years]
        case "proof":
            return proof(talk.today)
        case "deadline":
            return [deadline(years[0].year if years else talk.today.year)]
        case "money_back":
            return when_it_comes(years, talk.today)
        case "monthly" if years:
            return a_month(talk, told, years)
        case "real_cost" if years:
            return [cost_line(years)]
        case "limit":
            return ceilings(talk.today)
        case "rest" if years:
            return left_over(years, told.household, talk.today)
        case "forgotten":
            return forgotten(years[-1].year if years else talk.today.year - 1, talk.today)
        case "changed" if years:
            return what_changed([year.year for year in years], talk.today)
        case "shorter" | "summary" if years:
            return [_("<b>{headline}</b>", headline=headline(years, told.household)), cost_line(years)]
    return []


def ceilings(today: date) -> list[Phrase]:
    """What the raised rate and the ordinary one are limited to."""
    raised, rate = (parameter(f"donations.coluche.{name}").at(today) for name in ("ceiling", "rate"))
    general, share, carry = (
        parameter(f"donations.general.{name}").at(today) for name in ("rate", "income_cap", "carry_years")
    )
    return [
        _(
            "<b>{raised:percent}</b> up to <b>{ceiling:money}</b> of gifts a year for a household, for help to people "
            "in difficulty (since {day:date}). <b>{general:percent}</b> for other gifts, and above that, up to "
            "{share:percent} of your taxable income.",
            raised=rate.value,
            ceiling=raised.value,
            day=raised.start,
            general=general.value,
            share=share.value,
        ),
        _("What is above that share counts in the {years:number} years that follow.", years=carry.value),
        cited([raised.source, general.source, share.source, carry.source]),
    ]


def found_in(years: Sequence[Year], today: date) -> list[Source]:
    found = list(sources_of([step for year in years for step in year.low.steps]))
    return found or [parameter("donations.general.rate").at(today).source]


def cited(found: Sequence[Source]) -> Phrase:
    return _("<i>{sources}</i>", sources=sources(found))


def why(years: Sequence[Year], household: Household, today: date) -> list[Phrase]:
    """How the figure is reached, and why the tax limits it."""
    if household.tax is not None and not sum(year.back for year in years):
        return [_("It is a reduction, no tax credit: it lowers the tax down to zero, and is never paid out.")]
    lines = [line for year in years for line in reasons(year)]
    if household.tax is not None and any(year.low.lost_reduction > 0 for year in years):
        lines.append(_("It cannot be more than the tax you pay: what is above is neither paid out nor kept."))
    return lines


def sure(years: Sequence[Year], household: Household, found: Sequence[Source]) -> list[Phrase]:
    """How far the figure can be relied on."""
    day = min(source.checked for source in found)
    lines = [_("The rates and ceilings are those of the law, checked on {day:date}.", day=day)]
    if years and household.tax is None:
        lines.append(_("What I do not know is your tax: the reduction cannot be more than that."))
    return [*lines, ASK_THEM]


def proof(today: date) -> list[Phrase]:
    """What proves a gift, and how long to keep it."""
    kept = parameter("donations.receipt.kept_years").at(today)
    return [
        _(
            "The association’s tax receipt: you keep it {years:number} years and send it only if you are asked for it. "
            "Without it, no reduction.",
            years=kept.value,
        ),
        cited([kept.source]),
    ]


def deadline(year: int) -> Phrase:
    return _(
        "By 31 December {year} to count for {year}: by card or transfer the day it reaches the association, by "
        "cheque the day it is handed over, or received if it is posted.",
        year=year,
    )


def when_it_comes(years: Sequence[Year], today: date) -> list[Phrase]:
    if not years:
        return [moment.phrase for moment in calendar_of_money(today) if moment.name in ("return", "settlement")]
    last = [
        moment.phrase
        for moment in calendar_of_money(date(years[-1].year, 12, 31), reduction=years[-1].back)
        if moment.name == "advance"
    ]
    return [*(money_back(year.low) for year in years), *last]


def a_month(talk: Talk, told: Told, years: Sequence[Year]) -> list[Phrase]:
    """What it costs a month; for a gift made once, what it would be every month, and spread over the year."""
    if any(gift.every for gift in told.gifts) or len(told.gifts) > 1:
        return [cost_line(years), monthly_cost(years)]
    talk.setting("period", PERIOD, "")
    talk.put("period", PERIOD, "monthly")
    talk.rerun()
    return [spread(years[0])]


def monthly_cost(years: Sequence[Year]) -> Phrase:
    given = sum((year.low.given for year in years), Decimal(0))
    back = sum((year.back for year in years), Decimal(0))
    each = monthly_of(years[0].gifts)
    part = each / given if len(years) == 1 and each is not None and given else 1 / Decimal(MONTHS)
    return _(
        "A month, that is {given:money} given, {cost:money} of which you really pay.",
        given=(given * part).quantize(CENT),
        cost=((given - back) * part).quantize(CENT),
    )


def spread(year: Year) -> Phrase:
    """A gift of the year, paid month by month."""
    return _(
        "And {gift:money} for the whole year, paid month by month: {part:money} a month, which costs you {cost:money}.",
        gift=year.low.given,
        part=(year.low.given / MONTHS).quantize(CENT),
        cost=((year.low.given - year.back) / MONTHS).quantize(CENT),
    )


def forgotten(year: int, today: date) -> list[Phrase]:
    """A gift that is not on the return: until when that can be mended."""
    last = last_day_to_claim(date(year, 12, 31))
    if last < today:
        return [
            _("It is too late for a gift of {year}: a claim was possible until {last:date}.", year=str(year), last=last)
        ]
    if year >= today.year:
        return [
            _(
                "Nothing is forgotten yet: gifts of {year} are declared in spring {next}.",
                year=str(year),
                next=str(year + 1),
            )
        ]
    return [
        _("Yes: correct your return online, or claim until {last:date}. Keep the receipt at hand.", last=last),
        declared_late(year),
    ]


def declared_late(year: int) -> Phrase:
    return _("The box is the one of the income of {year}.", year=str(year))


def left_over(years: Sequence[Year], household: Household, today: date) -> list[Phrase]:
    """What becomes of what does not count, or of what the tax does not absorb; the limits where all of it counts."""
    lines = []
    for year in years:
        if year.low.lost_reduction > 0:
            lines.append(words.tax_too_small(year.low.lost_reduction))
        kept = int(parameter("donations.general.carry_years").at(date(year.year, 12, 31)).value)
        lines += [
            _(
                "{amount:money} is not lost: it counts as gifts of the {years:number} years that follow, until the "
                "income of {until}.",
                amount=amount,
                years=kept,
                until=str(origin + kept),
            )
            for origin, amount in year.low.carried.items()
        ]
    if lines:
        return lines
    lost = _("What the reduction has above your tax is lost: it is neither paid out nor kept for another year.")
    return [
        _("Nothing is left over: all of it counts."),
        *ceilings(today),
        *([lost] if household.tax is None else []),
    ]


def what_changed(years: Sequence[int], today: date) -> list[Phrase]:
    """The ceilings of the raised rate, from the year spoken of to today."""
    rows = parameter("donations.coluche.ceiling").rows
    first = min([*years, today.year - 1])
    rate = parameter("donations.coluche.rate").at(today).value
    return [
        _("The ceiling of the gifts at {rate:percent}, for the household and the year:", rate=rate),
        *(
            _("• {ceiling:money} since {day:date}", ceiling=row.value, day=row.start)
            for row in rows
            if row.end is None or row.end.year >= first
        ),
        _("Above it, a gift has the ordinary rate."),
    ]
