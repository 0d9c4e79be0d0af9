"""Rest days given to an association: how many, worth what, and the letter to the employer. L. 3142-131, D. 3142-82.

The first reply says what the law allows, or the value where the pay is known. No tax reduction is provided for the
giver and contributions are not settled: neither is ever promised. The employer, the association and the giver to a
colleague have their own guides.
"""

from __future__ import annotations

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Bare, Context, Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice, Flag
from bot.rules.rest_days import RestDayGift
from handlers.rest_days.card import gift_card, headline
from handlers.rest_days.colleague import colleague
from handlers.rest_days.employer import employer
from handlers.rest_days.gift import Told, day_pay, gift_of, told_gift
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
SIDES = {"hr": "employer", "firm": "employer", "association": "association"}
"""Who speaks, where it says on which side of the gift they are."""


@topic(
    "rest_days",
    title=_("Give days off"),
    command="rtt",
    commands={"en": "daysoff"},
    hint=_("Give RTT or leave to an association"),
    menu=30,
    links=("role", "about", "days"),
    answers="firms",
    facts=("days", "salary", "week", "situation", "named", "person", "company", "post"),
    hears=Hears(
        slots={"organisation", "days", "salary", "employees", "role", "paper"},
        context=Context.REST,
        bare=Bare("days", most=31),
    ),
)
async def rest_days(talk: Talk) -> None:
    """Who speaks decides; without a word on it, somebody who would give days of their own."""
    match side(talk):
        case "colleague":
            await colleague(talk)
        case "employer":
            await employer(talk)
        case "association":
            await receiver(talk)
        case _:
            await employee(talk)


def side(talk: Talk) -> str:
    """The side of the gift that was chosen or said; a firm or an association that speaks is not the giver."""
    told = talk.refine("side", ROLES, _("Who are you in this?"), slot="role")
    if told is not None:
        return told
    if talk.wants("situation"):
        return "colleague"  # what is told of is why a colleague needs days
    return next((SIDES[speaker] for speaker in talk.facts.speakers if speaker in SIDES), "employee")


async def employee(talk: Talk) -> None:
    """What the law allows, or what the days are worth; then the letter."""
    told = told_gift(talk)
    pay = day_pay(talk, told)
    gift = gift_of(talk, told, pay)
    if not gift.available:
        not_available(talk, gift)
        return
    if talk.refine("paper", Flag("paper"), _("The letter"), default=False):
        await letter(talk, told, gift)
        return
    more = talk.setting("more", Flag(), False)
    if talk.pressed("picture"):
        await picture(talk, gift)
        talk.say(_("<b>{headline}</b>", headline=headline(told, gift)))
    talk.show(gift_card(talk, told, gift, pay))
    offer_more(talk, told, gift, more=more)


def offer_more(talk: Talk, told: Told, gift: RestDayGift, *, more: bool) -> None:
    """The letter first; then what refines the figure; the rest behind one button."""
    days = _("Number of days") if told.days is None else _("Another number of days")
    pay = _("My gross pay") if told.salary is None else _("Another pay")
    talk.suggest(talk.press(_("Write the letter"), "paper"))
    talk.offer(talk.change(pay, "salary"), talk.change(days, "days"))
    if not more:
        talk.offer(talk.set(_("For a colleague"), "side", "colleague"), talk.set(_("More …"), "more", "1"))
        return
    talk.offer(talk.change(_("Which days"), "day_kind"), talk.change(_("I have given some already"), "given"))
    talk.offer(talk.change(_("I work part time"), "week"), talk.set(_("I am a public agent"), "sector", "public"))
    finer: list[Button] = []
    if told.kind == "annual_leave":
        finer = [talk.change(_("Check my leave"), "entitlement")]
    elif gift.value is not None:
        finer = [talk.change(_("Another divisor"), "divisor")]
    if gift.value is not None:
        finer.append(talk.press(_("As a picture"), "picture"))
    talk.offer(*finer)
    talk.offer(
        talk.set(_("For a colleague"), "side", "colleague"), talk.set(_("I am the employer"), "side", "employer")
    )
    talk.offer(talk.set(_("I speak for an association"), "side", "association"))


def not_available(talk: Talk, gift: RestDayGift) -> None:
    """Not possible for this person: said plainly, with what remains possible."""
    talk.show(
        result_card(
            gift.reason or _("These days cannot be given"),
            gift,
            figures=[
                _("To a colleague, in some situations, yes; or give money, or some of your free time."),
            ],
            reasons=gift.steps[1:],
        )
    )
    talk.lay("not_available")
    talk.suggest(talk.set(_("For a colleague"), "side", "colleague"))
    talk.offer(talk.start(_("Give money"), "donation"), talk.set(_("I am in the private sector"), "sector", "private"))
