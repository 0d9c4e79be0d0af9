"""What gifts by a household bring: the figure at once where it can be told, both rates where the body is not known.

Rests on CGI, article 200 (income tax) and 978 (wealth tax), through `bot.rules`. The rate is never guessed from a name:
what is known of the organisation is said with its source, and the receipt decides. Before a figure it is settled
whether it is a gift at all, who gives, to a body of which country, when, how much in all, and which tax is paid.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bot.catalogue.organisations import may_say
from bot.dialogue.card import Card
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Alone, Context, Hears, topic
from bot.phrase import Phrase, _
from bot.questions.choice import Flag
from bot.questions.gifts import GiftTold
from bot.questions.money import Money
from bot.rules import donation_words as words
from bot.rules.bodies_abroad import Seat
from bot.rules.parameters import parameter
from handlers.donation.budget import how_much
from handlers.donation.card import (
    drawing,
    estimate_card,
    headline,
    summary,
    theirs,
    which_rate,
)
from handlers.donation.estimate import Household, Year, back_of, estimate, is_no_gift
from handlers.donation.not_a_gift import DUES, NATURES, answer_button, comes_back, not_a_gift
from handlers.donation.told import Told, heard
from handlers.donation.wealth import wealth
from handlers.shared.gifts_in_talk import BODY, PERIOD
from handlers.shared.known_bodies import called, known_body
from handlers.shared.papers import draw, hand_over
from handlers.shared.result_card import sources
from handlers.shared.told_gifts import Gifted, total

__all__ = ["PERIOD", "donation", "known_body"]

EXAMPLE = Decimal(100)
FACTS = ("tax", "income", "joint")
OPEN = (
    "organisation",
    "org_kind",
    "gifts",
    "amount",
    "amounts",
    "period",
    "when",
    "country",
    "nature",
    "returned",
    *FACTS,
)
SUGGESTED = (20, 50, 100, 300)


YEARS_BACK = 8
"""So many years ago a gift may have been made that somebody still asks about."""


@topic(
    "donation",
    title=_("Estimate a gift"),
    command="don",
    commands={"en": "donate"},
    hint=_("What a gift gives back on my tax"),
    menu=20,
    matter="gift",
    links=("amount", "organisation", "about=wealth"),
    answers="donors",
    facts=FACTS,
    hears=Hears(
        slots={"amount", "period", "org_kind", "organisation", "when", "salary", "turnover", "income"},
        context=Context.GIFT,
        begins={Alone.SUM},
    ),
)
async def donation(talk: Talk) -> None:
    """What was told, what it brings, and one question at most."""
    if talk.slots.get("about") == "wealth":
        await wealth(talk)
        return
    heard(talk)
    if talk.wants("amount"):
        await talk.ask("amount", Money(suggestions=SUGGESTED), _("How much would you give, in euros?"))
    if talk.wants("organisation"):
        await talk.ask("organisation", BODY, _("To which association or foundation would it go?"), skip=True)
    told = heard(talk)
    if told.nature in NATURES or told.nature == DUES:
        not_a_gift(talk, told)
    elif seat_of_it(talk, told) in (Seat.ELSEWHERE, Seat.UNSURE):
        abroad(talk, told)
    elif how_much(talk, told):
        offer_more(talk, told, [])
    elif any(is_no_gift(gift) for gift in told.gifts):
        no_gift_body(talk, told.gifts)
    elif told.returned is not None and total(told.gifts) and not comes_back(talk, told.gifts, told.returned):
        talk.offer(talk.change(_("Another amount"), "amount"))
    elif total(told.gifts):
        await show(talk, told)
    else:
        await first_words(talk, told)


def seat_of_it(talk: Talk, told: Told) -> Seat:
    days = [gift.until or gift.since or talk.today for gift in told.gifts]
    return told.household.seat(max(days, default=talk.today))


async def first_words(talk: Talk, told: Told) -> None:
    """What a gift brings, before a sum is told; then how much it would be."""
    gift = told.gifts[0] if told.gifts else GiftTold()
    year = estimate((replace(gift, amount=EXAMPLE, every=""),), told.household, talk.today)[0]
    if not year.low.parts:  # a year of which no law is known
        undated = replace(gift, amount=EXAMPLE, every="", since=None, until=None)
        year = estimate((undated,), told.household, talk.today)[0]
    talk.lay("estimate", open_to=OPEN)
    if told.household.tax is not None and not year.back:
        talk.show(
            Card(
                headline=headline([year], told.household),
                sources=[sources([parameter("donations.general.rate").at(talk.today).source])],
            )
        )
        talk.say(_("It helps all the same: the association receives every euro."))
        offer_more(talk, told, [])
        return
    talk.say(_("<b>{example}</b>", example=example(talk, year)))
    if year.is_settled:
        talk.fold(_("<i>{sources}</i>", sources=sources([part.source for part in year.low.parts])))
    else:
        for line in which_rate(year):
            talk.say(line)
        talk.fold(_("<i>{sources}</i>", sources=sources([part.source for part in year.high.parts])))
    if body := known_body(gift.to):
        talk.fold(may_say(body))
    if told.household.seat(talk.today) is Seat.EUROPE:
        talk.say(_("⚠️ {warning}", warning=words.abroad()))
        talk.fold(boxes_abroad(talk.today))
    elif told.low_pay is not None:
        talk.say(_("⚠️ {warning}", warning=likely_untaxed(told)))
    if told.household.seat(talk.today) is not Seat.EUROPE and not asks_only(talk):
        await talk.ask("amount", Money(suggestions=SUGGESTED), _("How much would you give, in euros?"))
        await donation(talk)
        return
    offer_more(talk, told, [])


def asks_only(talk: Talk) -> bool:
    """A question is answered, and starts no interrogation."""
    return talk.meaning is not None and talk.meaning.question and not talk.wants("amount")


def example(talk: Talk, year: Year) -> Phrase:
    """What a gift of a hundred euros brings."""
    gift, low, high = year.low.given, year.back, back_of(year.high)
    name = called(year.gifts[0].to)
    if low != high:
        return _(
            "A gift of {gift:money} brings {low:money} or {high:money} back on your income tax.",
            gift=gift,
            low=low,
            high=high,
        )
    if name:
        return _("A gift of {gift:money} to {name} brings {low:money} back on your tax.", gift=gift, name=name, low=low)
    return _("A gift of {gift:money} brings {low:money} back on your income tax.", gift=gift, low=low)


async def show(talk: Talk, told: Told) -> None:
    """The estimate, as a card, a picture or a paper."""
    own = told.own
    household = told.household if own else Household(told.household.country)
    years = estimate(own or told.gifts, household, talk.today)
    if talk.pressed("paper"):
        await hand_over(talk, summary(years, household, talk.today, talk.language))
    elif talk.pressed("picture"):
        await draw(talk, "allie-don", drawing(years, household, talk.language))
    elif told.low_pay is not None:
        show_low_pay(talk, told, years, household)
    else:
        talk.show(estimate_card(years, household, talk.today))
        for line in beside(told, years):
            talk.say(line)
    talk.lay("estimate", open_to=OPEN)
    offer_more(talk, told, years)


def show_low_pay(talk: Talk, told: Told, years: list[Year], household: Household) -> None:
    """Somebody whose pay is so small that they most likely owe no income tax: that is the headline."""
    card = estimate_card(years, household, talk.today)
    talk.show(
        Card(
            headline=likely_untaxed(told),
            figures=[
                _("Otherwise {back:money} for {gift:money}", back=years[0].back, gift=years[0].low.given),
                _("Your tax notice tells it: look for the income tax before reductions."),
            ],
            reasons=card.reasons,
            warnings=[],
            steps=card.steps,
            sources=card.sources,
        )
    )


def likely_untaxed(told: Told) -> Phrase:
    return _(
        "With {pay:money} net a month you most likely pay no income tax: then nothing comes back",
        pay=told.low_pay or 0,
    )


def beside(told: Told, years: list[Year]) -> list[Phrase]:
    """What is said beside the figure: those who declare apart, several who give as much."""
    lines = []
    if told.own:
        lines += [
            _(
                "{who}: {gift:money} on a tax return of their own, so it is not counted here.",
                who=theirs(gift.called),
                gift=gift.amount,
            )
            for gift in told.of_others
        ]
    elif told.of_others and told.of_others[0].by == "partner":
        lines.append(_("Married or in a PACS? Then you share one return, and one ceiling."))
    if any(gift.by in ("spouse", "child") for gift in told.own):
        lines.append(_("You share one tax return: the gifts add up, under one ceiling."))
    if told.people > 1 and years:
        lines.append(
            _(
                "At {people}, that is {all:money} given. Each household declares its own gifts.",
                people=str(told.people),
                all=told.people * years[0].low.given,
            )
        )
    return lines


def abroad(talk: Talk, told: Told) -> None:
    """A body outside France: nothing where it is outside Europe, a condition where nobody said which country."""
    if seat_of_it(talk, told) is Seat.UNSURE:
        talk.say(_("<b>It depends on the country: only in the European Union or the European Economic Area.</b>"))
        talk.say(words.abroad())
    else:
        talk.say(
            _("<b>No: a gift to a body outside the European Union and the European Economic Area brings nothing.</b>")
        )
        talk.say(
            _("A French body that acts there, or its French branch, may issue a tax receipt: ask which one it is.")
        )
    row = parameter("donations.abroad.countries").at(talk.today)
    talk.fold(boxes_abroad(talk.today))
    talk.fold(_("<i>{sources}</i>", sources=sources([row.source])))
    talk.lay("not_a_gift", ["abroad"], open_to=OPEN)
    talk.offer(*answer_button(talk, "donors/organisme-hors-europe"))


def boxes_abroad(day: date) -> Phrase:
    """Where gifts to bodies of other European states go on the return."""
    return _(
        "A gift to a body of another European state: box {general}, or {raised} for help to people in difficulty.",
        general=parameter("donations.general.box_abroad").at(day).text,
        raised=parameter("donations.coluche.box_abroad").at(day).text,
    )


def no_gift_body(talk: Talk, gifts: Gifted) -> None:
    """Shares and the like: said plainly, since somebody may count on a reduction."""
    for gift in gifts:
        if (body := known_body(gift.to)) is not None:
            talk.say(may_say(body))
    talk.say(_("What brings you something in return, such as shares or a ticket, is not a gift for the tax."))
    talk.lay("not_a_gift", ["share"], open_to=OPEN)
    talk.offer(talk.change(_("Another association"), "organisation"))


def offer_more(talk: Talk, told: Told, years: list[Year]) -> None:
    """The next step: to give; then what refines the figure; the rest behind one button."""
    gifts = told.gifts
    one = gifts[0] if len(gifts) == 1 else None
    body = known_body(one.to) if one is not None else None
    if body is not None and body.site:
        talk.offer(talk.link(_("Give on the site of {name}", name=body.short), body.site))
    first: list[Button] = []
    if told.household.tax is None and years and told.own:
        first.append(talk.change(_("Check against my tax"), "tax"))
    if one is not None and total(gifts):
        other = "once" if one.every else "monthly"
        first.append(talk.set(PERIOD.labels[other], "period", other))
    others: list[Button] = []
    if one is not None and total(gifts):
        others += [talk.change(_("Another amount"), "amount"), talk.change(_("Another association"), "organisation")]
    elif len(gifts) > 1:
        others.append(talk.start(_("Estimate another gift"), "donation"))
    elif not total(gifts):
        others.append(talk.change(_("Tell an amount"), "amount"))
    if years:
        others += [talk.press(_("As a picture"), "picture"), talk.press(_("To keep, as a PDF"), "paper")]
    if talk.setting("more", Flag(), False) or len(first) + len(others) <= FEW:
        talk.offer(*first)
        for at in range(0, len(others), 2):
            talk.offer(*others[at : at + 2])
    else:
        talk.offer(*first, talk.set(_("More …"), "more", "1"))


FEW = 2
