"""What a gift by a person gives back: the figure, its reason and source, and what to do next.

Rests on CGI, article 200 (income tax) and 978 (wealth tax), through `bot.rules`. The rate is never guessed from a name:
what is known of the organisation is said with its source, and the receipt decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import Organisation as Body
from bot.catalogue.organisations import Organisations, kind_for_estimate, may_say
from bot.conversation.card import Card
from bot.conversation.kinds import Choice, Money, Organisation
from bot.conversation.talk import Talk
from bot.conversation.topic import topic
from bot.phrase import Phrase, _
from bot.rules.calendar_of_money import Moment, calendar_of_money
from bot.rules.donations import Reduction, income_tax_reduction
from bot.rules.gifts import Gift, Kind, regime_on
from bot.rules.parameters import parameter
from bot.rules.result import Source, sources_of
from handlers.donation_wealth import wealth

BODIES = Organisations()
PURPOSES = Choice(
    1,
    difficulty=_("Meals, care or housing for people in difficulty"),
    violence=_("Victims of domestic violence"),
    other=_("Another cause: animals, research, culture, sport …"),
)


@topic(
    "donation",
    title=_("Estimate a gift"),
    command="don",
    hint=_("What a gift gives back on my tax"),
    menu=20,
)
async def donation(talk: Talk) -> None:
    """Amount, organisation, then the estimate; tax and income only for who wants to refine it."""
    if talk.slots.get("about") == "wealth":
        await wealth(talk)
        return
    several = paired_gifts(talk)
    if several:
        gifts, bodies = several
    else:
        amount = await talk.ask(
            "amount", Money(suggestions=(20, 50, 100, 300)), _("How much would you give, in euros?")
        )
        kind, body = await whom(talk)
        if kind is None:
            not_a_gift(talk, body)
            return
        gifts, bodies = [Gift(kind, amount, gift_day(talk))], [body] if body else []
    tax = income = None
    if talk.wants("tax"):
        tax = await talk.ask(
            "tax",
            Money(slot=None, minimum=0),
            _("How much income tax does your household pay a year, before reductions? It is on your tax notice."),
            skip=True,
        )
    if talk.wants("income"):
        income = await talk.ask(
            "income", Money(slot="income", minimum=0), _("And your net taxable income for the year?"), skip=True
        )
    result = income_tax_reduction(gifts, year=gifts[0].day.year, income=income, tax=tax)
    talk.show(estimate_card(talk, result, gifts, bodies))
    talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Another association"), "organisation"))
    if tax is None:
        talk.offer(talk.change(_("Check against my tax"), "tax"))
    if bodies and bodies[0].site:
        talk.offer(talk.link(_("Give on the site of {name}", name=bodies[0].short), bodies[0].site))


def paired_gifts(talk: Talk) -> tuple[list[Gift], list[Body]] | None:
    """Several gifts said at once, each with its organisation in the same order; None for a single one."""
    amounts, names = talk.slots.get("amounts"), talk.slots.get("organisation")
    if not (isinstance(amounts, list) and isinstance(names, list) and len(amounts) == len(names)):
        return None
    found = [known_body(str(name)) for name in names]
    bodies = [body for body in found if body is not None]
    if len(bodies) != len(amounts) or any(kind_for_estimate(body) == "none" for body in bodies):
        return None
    day = gift_day(talk)
    gifts = [
        Gift(Kind(kind_for_estimate(body)), Decimal(str(amount)), day)
        for body, amount in zip(bodies, amounts, strict=True)
    ]
    return gifts, bodies


async def whom(talk: Talk) -> tuple[Kind | None, Body | None]:
    """For whom the gift is: the computation to use, and the body if it is known. No kind: it is no gift."""
    said = talk.slots.get("org_kind")
    if said in ("75", "66") and "organisation" not in talk.slots and not talk.wants("organisation"):
        return (Kind.COLUCHE if said == "75" else Kind.GENERAL), None
    name = await talk.ask(
        "organisation", Organisation(), _("To which association or foundation would it go?"), skip=True
    )
    body = known_body(name) if name else None
    if body is not None:
        kind = kind_for_estimate(body)
        return (None if kind == "none" else Kind(kind)), body
    question = _("What does it do with your gift, mainly?")
    if name:
        question = _("I do not know “{name}” yet. What does it do with your gift, mainly?", name=name)
    purpose = await talk.ask("purpose", PURPOSES, question, skip=True)
    kinds = {"difficulty": Kind.COLUCHE, "violence": Kind.DOMESTIC_VIOLENCE}
    return kinds.get(purpose or "other", Kind.GENERAL), None


def known_body(name: str) -> Body | None:
    """The body of the catalogue that this name surely means."""
    found = BODIES.find(name)
    return found[0].organisation if found and found[0].sure else None


def gift_day(talk: Talk) -> date:
    """The day of the gift if one was said, else the day of this talk."""
    said = talk.slots.get("when")
    for part in said if isinstance(said, list) else [said]:
        if isinstance(part, str) and part.startswith("date:"):
            day = date.fromisoformat(part.removeprefix("date:"))
            if 2018 <= day.year <= talk.today.year + 1:
                return day
    return talk.today


def not_a_gift(talk: Talk, body: Body | None) -> None:
    """Shares, tickets, rewards: said plainly, since somebody may count on a reduction."""
    if body is not None:
        talk.say(may_say(body))
    talk.say(_("What brings you something in return, such as shares or a ticket, is not a gift for the tax."))
    talk.offer(talk.change(_("Another association"), "organisation"))


def estimate_card(talk: Talk, result: Reduction, gifts: list[Gift], bodies: list[Body]) -> Card:
    """The figure first, then the reasons, what may limit it, what to do, and where it is written."""
    back = result.reduction if result.gain is None else result.gain
    moments = {moment.name: moment for moment in calendar_of_money(gifts[0].day, reduction=back)}
    to = bodies[0].short if len(bodies) == 1 else None
    headline = (
        _("{back:money} back on your income tax for {gift:money} to {name}", back=back, gift=result.given, name=to)
        if to
        else _("{back:money} back on your income tax for a gift of {gift:money}", back=back, gift=result.given)
    )
    steps = [_("Keep the tax receipt: without it, no reduction.")]
    steps += declare(result, moments)
    return Card(
        headline=headline,
        figures=[_("What it really costs you: <b>{cost:money}</b>", cost=result.given - back)],
        reasons=[*reasons(result, gifts), *(may_say(body) for body in bodies)],
        warnings=result.warnings,
        steps=steps,
        sources=[sources(sources_of(result.steps))],
    )


def reasons(result: Reduction, gifts: list[Gift]) -> list[Phrase]:
    """Why this figure: each rate with its ceiling and since when."""
    lines = []
    for part in result.parts:
        if part.kind in (Kind.GENERAL, Kind.POLITICAL):
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds for gifts up to {share:percent} "
                    "of your taxable income; what is above counts over the next {years:number} years.",
                    share=parameter("donations.general.income_cap").at(gifts[0].day).value,
                    years=parameter("donations.general.carry_years").at(gifts[0].day).value,
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                )
            )
        else:
            day = next(gift.day for gift in gifts if regime_on(gift.kind, gift.day) is part.kind)
            row = parameter(f"donations.{part.kind}.ceiling").at(day)
            lines.append(
                _(
                    "{rate:percent} of {base:money}: {amount:money}. This rate holds up to {ceiling:money} of gifts a "
                    "year for a household, since {day:date}; above, the ordinary rate applies.",
                    rate=part.rate,
                    base=part.base,
                    amount=part.reduction,
                    ceiling=part.ceiling,
                    day=row.start,
                )
            )
    return lines


def declare(result: Reduction, moments: Mapping[str, Moment]) -> list[Phrase]:
    """Where and when to write the gift on the return, and when the money comes back."""
    boxes = [entry.box for entry in result.entries]
    when, back = moments["return"], moments["settlement"]
    if boxes:
        declared = _(
            "Declare it between {first:month} and {last:month}: box {boxes:list}.",
            first=when.first,
            last=when.last,
            boxes=boxes,
        )
    else:
        declared = _("Declare it between {first:month} and {last:month}.", first=when.first, last=when.last)
    return [declared, _("The money comes back in summer {year}.", year=back.first.year)]


def sources(found: tuple[Source, ...]) -> Phrase:
    """The references, each once, with the day they were checked."""
    references = list(dict.fromkeys(source.reference for source in found))
    checked = max(source.checked for source in found)
    return _("Sources: {references:list}. Checked on {day:date}.", references=references, day=checked)
