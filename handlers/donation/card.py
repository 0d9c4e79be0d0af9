"""The estimate of gifts as it is shown: the figure first, what it costs, what can change it; the rest is folded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import may_say
from bot.dialogue.card import Card
from bot.documents.cards import Card as Drawing
from bot.documents.cards import Gauge, gift_card
from bot.documents.paper import Paper
from bot.documents.summary import SummaryStep, estimate_summary
from bot.phrase import Phrase, _
from bot.questions.gifts import GiftTold
from bot.rules import donation_words as words
from bot.rules.bodies_abroad import Seat
from bot.rules.calendar_of_money import Moment, calendar_of_money
from bot.rules.donations import Reduction
from bot.rules.gifts import MONTHS, Kind, regime_on
from bot.rules.parameters import parameter
from bot.rules.result import sources_of
from handlers.donation.estimate import Household, Year, back_of, kind_of, rates_of
from handlers.shared.known_bodies import called, known_body
from handlers.shared.no_tax import nothing_back
from handlers.shared.result_card import sources
from handlers.shared.told_gifts import Gifted

__all__ = ["cost_line", "declared", "drawing", "estimate_card", "headline", "money_back", "reasons", "summary"]

CENT = Decimal("0.01")
ZERO = Decimal(0)


# The headline


def headline(years: Sequence[Year], household: Household) -> Phrase:
    """What the person asked for, in one line, with the situation they told."""
    first = years[0]
    if household.tax is not None and not sum(year.back for year in years):
        return nothing_back(household.tax, first.year)
    if len(years) > 1:
        return _("{years:list} back on your income tax", years=[of_year(year) for year in years])
    figure = either(first) if first.bodies_unknown and first.back != back_of(first.high) else to_them(first)
    giver = first.gifts[0]
    if giver.by in ("other", "partner"):
        return _(
            "{who}: {back:money} back on their own tax return for {gift:money}{to}",
            who=theirs(giver.called),
            back=first.back,
            gift=first.low.given,
            to=to_one(first.gifts),
        )
    if household.seat(date(first.year, 12, 31)) is Seat.EUROPE:
        return _("If the body is approved in France: {figure}", figure=figure)
    return figure


def either(year: Year) -> Phrase:
    """Both figures, where the body is not known."""
    if len(year.gifts) > 1:
        return _(
            "{low:money} or {high:money} back on your income tax for {gift:money} in all: {gifts:list}",
            low=year.back,
            high=back_of(year.high),
            gift=year.low.given,
            gifts=[in_few_words(gift) for gift in year.gifts],
        )
    return _(
        "{low:money} or {high:money} back on your income tax for a gift of {gift:money}",
        low=year.back,
        high=back_of(year.high),
        gift=year.low.given,
    )


def to_them(year: Year) -> Phrase:
    """The figure for gifts to one body, to several, or to one that has no name here."""
    each, back, given = monthly_of(year.gifts), year.back, year.low.given
    names = list(dict.fromkeys(gift.to for gift in year.gifts if gift.to))
    name = called(names[0]) if names else ""
    if each is not None and len(names) == 1:
        return _(
            "{back:money} back on your income tax for {each:money} a month to {name}: {gift:money} in a year",
            back=back,
            each=each,
            gift=given,
            name=name,
        )
    if each is not None and len(year.gifts) == 1:
        return _(
            "{back:money} back on your income tax for {each:money} a month: {gift:money} in a year",
            back=back,
            each=each,
            gift=given,
        )
    if len(year.gifts) > 1 and (len(names) > 1 or any(not gift.to or gift.by != "self" for gift in year.gifts)):
        return _(
            "{back:money} back on your income tax for {gift:money} in all: {gifts:list}",
            back=back,
            gift=given,
            gifts=[in_few_words(gift) for gift in year.gifts],
        )
    if name:
        return _("{back:money} back on your income tax for {gift:money} to {name}", back=back, gift=given, name=name)
    return _("{back:money} back on your income tax for a gift of {gift:money}", back=back, gift=given)


def of_year(year: Year) -> Phrase:
    return _("{back:money} for {year}", back=year.back, year=str(year.year))


def in_few_words(gift: GiftTold) -> Phrase:
    """A gift among several: how much, to whom, by whom."""
    if gift.by in ("spouse", "child") and gift.called and not gift.to:
        return _("{amount:money} ({who})", amount=gift.amount, who=theirs(gift.called))
    if gift.by in ("spouse", "child") and gift.called:
        return _("{amount:money} ({name}, {who})", amount=gift.amount, name=called(gift.to), who=theirs(gift.called))
    if gift.to:
        return _("{amount:money} ({name})", amount=gift.amount, name=called(gift.to))
    return _("{amount:money}", amount=gift.amount)


def to_one(gifts: Gifted) -> Phrase | str:
    names = {gift.to for gift in gifts if gift.to}
    return _(" ({name})", name=called(names.pop())) if len(names) == 1 else ""


def theirs(who_gives: str) -> Phrase:
    """« ma sœur » as Allié says it to the person: « votre sœur »."""
    owner, _space, who = who_gives.partition(" ")
    if owner.lower() in ("mes", "nos"):
        return _("Your {people}", people=who)
    return _("Your {person}", person=who or who_gives)


def monthly_of(gifts: Gifted) -> Decimal | None:
    """What is given every month, where there is one gift of the whole year."""
    if len(gifts) != 1 or gifts[0].every != "monthly":
        return None
    return gifts[0].amount


# Under it


def estimate_card(years: Sequence[Year], household: Household, today: date) -> Card:
    """The figure first, then what it costs and what may change it; folded, why, what to do, where it is written."""
    first = years[0]
    steps = [step for year in years for step in year.low.steps]
    found = sources_of(steps)
    return Card(
        headline=headline(years, household),
        figures=figures(years, household, today),
        reasons=[*(line for year in years for line in reasons(year)), *said_of(first.gifts)],
        warnings=warnings(years, household, today),
        steps=to_do(years, household, today),
        sources=[sources(found)] if found else (),
    )


def figures(years: Sequence[Year], household: Household, today: date) -> list[Phrase]:
    first = years[0]
    lines: list[Phrase] = []
    if not first.low.is_known:
        return lines
    if any(gift.since is not None and gift.since.year != today.year for gift in first.gifts):
        lines.append(
            _("For the gifts of {year}, declared in spring {next}", year=str(first.year), next=str(first.year + 1))
        )
    if not first.is_settled and first.bodies_unknown and first.back != back_of(first.high):
        lines += which_rate(first)
    elif household.tax is not None and not first.back:
        lines.append(_("Your {gift:money} would cost you {gift:money}, and help just as much.", gift=first.low.given))
    else:
        lines.append(cost_line(years))
    if household.tax is not None and first.back and first.low.lost_reduction > 0:
        lines.append(
            _(
                "It is all the tax you pay: {lost:money} of the reduction is lost.",
                lost=first.low.lost_reduction,
            )
        )
    if first.low.carried:
        lines.append(carried_line(first.low))
    if first.days_unknown:
        lines.append(better_day(first))
    return lines


def which_rate(year: Year) -> list[Phrase]:
    """Who has which rate, where the body is not known."""
    general, raised = rates_of(date(year.year, 12, 31))
    return [
        _("<b>{rate:percent}</b>: meals, care or housing for people in difficulty, victims of violence", rate=raised),
        _("<b>{rate:percent}</b>: other bodies of general interest", rate=general),
    ]


def cost_line(years: Sequence[Year]) -> Phrase:
    """What is left to pay in the end."""
    given, back = sum((year.low.given for year in years), ZERO), sum((year.back for year in years), ZERO)
    cost = given - back
    each = monthly_of(years[0].gifts)
    if len(years) == 1 and each is not None and given:
        return _(
            "What it really costs you: <b>{cost:money}</b> in the year, {part:money} a month",
            cost=cost,
            part=(cost * each / given).quantize(CENT),  # of the months that are paid
        )
    if years[0].gifts[0].by in ("other", "partner"):
        return _("What it really costs them: <b>{cost:money}</b>", cost=cost)
    return _("What it really costs you: <b>{cost:money}</b>", cost=cost)


def carried_line(result: Reduction) -> Phrase:
    """What is above a fifth of the income, for the years to come."""
    years = int(parameter("donations.general.carry_years").at(date(result.year, 12, 31)).value)
    return _(
        "Above {share:percent} of your income: {amount:money} is kept for the {years:number} next years",
        share=parameter("donations.general.income_cap").at(date(result.year, 12, 31)).value,
        amount=sum(result.carried.values(), ZERO),
        years=years,
    )


def better_day(year: Year) -> Phrase:
    """What it would be on the better days."""
    back = back_of(year.high)
    if year.window is None:
        return _("It may be {back:money}: the day of the gift decides.", back=back)
    first, last = year.window
    if last is None or last.year > year.year:
        return _("<b>{back:money}</b> if it was paid on {day:date} or later", back=back, day=first)
    return _("<b>{back:money}</b> if it was paid by {day:date}", back=back, day=last)


def warnings(years: Sequence[Year], household: Household, today: date) -> list[Phrase]:
    """What may change the figure, the weightiest first."""
    if household.tax is not None and not sum(year.back for year in years):
        return []
    first = years[0]
    told_elsewhere = {
        words.tax_unknown(ZERO).message,
        words.no_tax().message,
        words.tax_too_small(ZERO).message,
        words.under_what_is_collected(ZERO).message,
    }
    if is_ordinary(first.low):
        told_elsewhere.add(words.income_unknown(ZERO, ZERO).message)
    lines = [warning for year in years for warning in year.low.warnings if warning.message not in told_elsewhere]
    if household.seat(date(first.year, 12, 31)) is Seat.EUROPE:
        lines.sort(key=lambda line: line.message != words.abroad().message)
    elif household.tax is None and first.low.reduction:
        most = first.high.reduction if first.bodies_unknown else first.low.reduction
        lines.insert(
            0, _("Only if you pay at least {most:money} of income tax: without tax, nothing comes back.", most=most)
        )
    each = monthly_of(first.gifts)
    if each is not None and first.year == today.year and first.gifts[0].since is None and not first.gifts[0].count:
        lines.append(begun_late(first.year))
    return lines


def is_ordinary(result: Reduction) -> bool:
    """Whether whoever pays income tax earns enough for these gifts to count whole: then the income is no matter."""
    day = date(result.year, 12, 31)
    share = parameter("donations.general.income_cap").at(day).value
    ordinary = sum((part.base for part in result.parts if part.kind is Kind.GENERAL), ZERO)
    return ordinary <= share * MONTHS * parameter("donations.no_tax_pay").at(day)["alone"]


def begun_late(year: int) -> Phrase:
    """What counts for a year is what was paid in it."""
    return _(
        "For {year}, what is paid by 31 December counts: begun in the course of the year, the first year gives less.",
        year=year,
    )


def said_of(gifts: Gifted) -> list[Phrase]:
    """What is known of each body, with its source."""
    bodies = [body for gift in gifts if (body := known_body(gift.to)) is not None]
    return [may_say(body) for body in dict.fromkeys(bodies)]


def reasons(year: Year) -> list[Phrase]:
    """Why this figure: each rate with its ceiling and since when."""
    lines = []
    for part in year.low.parts:
        if part.kind in (Kind.GENERAL, Kind.POLITICAL):
            day = date(year.year, 12, 31)
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds for gifts up to {share:percent} "
                    "of your taxable income; what is above counts over the next {years:number} years.",
                    share=parameter("donations.general.income_cap").at(day).value,
                    years=parameter("donations.general.carry_years").at(day).value,
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                )
            )
        else:
            rows = parameter(f"donations.{part.kind}.ceiling").during(year.year)
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds up to {ceiling:money} of gifts a "
                    "year for a household, since {day:date}; above, the ordinary rate applies.",
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                    ceiling=part.ceiling,
                    day=next((row.start for row in rows if row.value == part.ceiling), rows[-1].start),
                )
            )
    return [*lines, *ended(year)]


def ended(year: Year) -> list[Phrase]:
    """A raised rate that the law has ended: from when to when it was."""
    lines = []
    for kind in dict.fromkeys(kind_of(gift) for gift in year.gifts):
        if kind in (None, Kind.GENERAL, Kind.POLITICAL, Kind.COLUCHE, Kind.DOMESTIC_VIOLENCE):
            continue
        rows = parameter(f"donations.{kind}.ceiling").rows
        if regime_on(kind, date(year.year, 12, 31)) is Kind.GENERAL and (last := rows[-1].end) is not None:
            lines.append(
                _(
                    "{gifts}: the raised rate was for gifts from {first:date} to {last:date}.",
                    gifts=words.KINDS[kind],
                    first=rows[0].start,
                    last=last,
                )
            )
    return lines


def to_do(years: Sequence[Year], household: Household, today: date) -> list[Phrase]:
    """What comes after the gift, in order."""
    if household.tax is not None and not sum(year.back for year in years):
        return []
    lines = [_("Keep the tax receipt: without it, no reduction.")]
    for year in years:
        lines += [declared(year.low), money_back(year.low)]
    return lines


def declared(result: Reduction) -> Phrase:
    """Where and when to write the gifts on the return."""
    when = moments(result)["return"]
    boxes = [entry.box for entry in result.entries]
    if boxes:
        return _(
            "Declare it between {first:month} and {last:month}: box {boxes:list}.",
            first=when.first,
            last=when.last,
            boxes=boxes,
        )
    return _("Declare it between {first:month} and {last:month}.", first=when.first, last=when.last)


def money_back(result: Reduction) -> Phrase:
    return _("The money comes back in summer {year}.", year=moments(result)["settlement"].first.year)


def moments(result: Reduction) -> dict[str, Moment]:
    """What follows gifts of the year of this result, by name."""
    day = date(result.year, 12, 31)
    return {moment.name: moment for moment in calendar_of_money(day, reduction=back_of(result))}


# A picture, a paper


def drawing(years: Sequence[Year], household: Household, language: str) -> Drawing:
    """What comes back and what it costs; with the raised ceiling and where one stands under it, if it applies."""
    year = years[0]
    raised = next((part for part in year.low.parts if part.kind not in (Kind.GENERAL, Kind.POLITICAL)), None)
    gauge = None
    if raised is not None and raised.ceiling is not None:
        gauge = Gauge(
            _("Gifts at {rate:percent} this year", rate=raised.rate),
            raised.base,
            raised.ceiling,
            _("{used:money} of {limit:money}", used=raised.base, limit=raised.ceiling),
        )
    title = headline(years[:1], household)
    return gift_card(title, back=year.back, cost=year.low.given - year.back, language=language, gauge=gauge)


def summary(years: Sequence[Year], household: Household, today: date, language: str) -> Paper:
    """The estimate on paper, to keep with the receipt."""
    given, back = sum((year.low.given for year in years), ZERO), sum((year.back for year in years), ZERO)
    gifts: list[tuple[Phrase, Phrase]] = [
        (_("Gift"), in_few_words(gift)) for year in years for gift in year.gifts if len(year.gifts) > 1
    ]
    return estimate_summary(
        headline(years, household),
        [
            *gifts,
            (_("Given"), _("{amount:money}", amount=given)),
            (_("Reduction of the income tax"), _("{amount:money}", amount=back)),
            (_("What it really costs"), _("{amount:money}", amount=given - back)),
        ],
        [
            SummaryStep(step.phrase, step.source.reference if step.source else "")
            for year in years
            for step in year.low.steps
        ],
        on=today,
        language=language,
        warnings=warnings(years, household, today),
        to_do=to_do(years, household, today),
    )
