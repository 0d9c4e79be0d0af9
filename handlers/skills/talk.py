"""Skills sponsorship: what it is, what staff time given to an association is worth and gives back, the agreement.

Rests on CGI, article 238 bis, and Code du travail, L. 8241-3, through `bot.rules.skills`. The first reply says what it
is with an example, or the figure where a pay was told. The employee learns what to say to their employer, the
association what to prepare; public bodies and the self-employed are told apart.
"""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import Context, Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice, Flag
from handlers.skills.agreement import agreement
from handlers.skills.card import general_card, loan_card
from handlers.skills.loan import Lending, lending, worth
from handlers.skills.people import employee, public_body, receiver, self_employed, step_by_step
from handlers.skills.service import service

ROLES = Choice(
    1,
    employer=_("I run or manage a company"),
    employee=_("I am an employee"),
    association=_("I speak for an association"),
)
SIDES = {"hr": "employer", "firm": "employer", "association": "association", "employee": "employee"}
"""Who speaks, where it says on which side of the loan they are."""
SHAPES = Choice(
    1,
    "shape",
    loan=_("They join the association’s team"),
    service=_("We do a job for it ourselves"),
)


@topic(
    "skills",
    title=_("Lend skills"),
    command="competences",
    commands={"en": "skills"},
    hint=_("Staff time for an association"),
    menu=40,
    links=("role", "about"),
    answers="firms",
    facts=("salary", "rhythm", "months", "turnover", "named", "company", "person", "post", "siren"),
    hears=Hears(
        slots={"organisation", "place", "days", "salary", "turnover", "employees", "role", "paper"},
        context=Context.STAFF_TIME,
    ),
)
async def skills(talk: Talk) -> None:
    """Who speaks decides; what is no skills sponsorship of a company is told first."""
    match talk.slots.get("about"):
        case "public_body":
            public_body(talk)
            return
        case "self_employed":
            self_employed(talk)
            return
        case "steps":
            step_by_step(talk)
            return
    match side(talk):
        case "employee":
            employee(talk)
        case "association":
            await receiver(talk)
        case "employer":
            await employer(talk)
        case _:
            general(talk)


def side(talk: Talk) -> str:
    """The side that was chosen or said; a pay or a rhythm that is told comes from whoever lends."""
    told = talk.refine("side", ROLES, _("Who are you in this?"), slot="role")
    if told is not None:
        return told
    speaks = next((SIDES[speaker] for speaker in talk.facts.speakers if speaker in SIDES), "")
    return speaks or (
        "employer" if any(talk.wants(name) for name in ("salary", "rhythm", "hours", "hourly", "shape")) else ""
    )


def general(talk: Talk) -> None:
    """What it is, for who has not said on which side they are."""
    talk.show(general_card(talk))
    talk.suggest(talk.set(_("Work it out for my company"), "side", "employer"))
    talk.offer(
        talk.set(_("I am an employee"), "side", "employee"),
        talk.set(_("I speak for an association"), "side", "association"),
    )
    talk.offer(talk.start(_("Step by step"), "skills", "about", "steps"))


async def employer(talk: Talk) -> None:
    """A loan or a service; its value and its reduction; then the agreement."""
    shape = talk.refine("shape", SHAPES, _("How would your people help?"))
    counts_hours = talk.wants("hours") or talk.wants("hourly")
    if shape == "service" or (shape is None and counts_hours and not talk.wants("rhythm")):
        service(talk)
        return
    told = lending(talk)
    result = worth(told)
    if talk.refine("paper", Flag("paper"), _("The agreement"), default=False):
        await agreement(talk, told, result)
        return
    more = talk.setting("more", Flag(), False)
    talk.show(loan_card(talk, told, result))
    offer_more(talk, told, more=more)


def offer_more(talk: Talk, told: Lending, *, more: bool) -> None:
    """The agreement first; then what refines the figure; the rest behind one button."""
    write = talk.press(_("Write the agreement"), "paper")
    pay = talk.change(_("Their pay") if told.is_example else _("Another pay"), "salary")
    if told.is_example:
        talk.suggest(pay)
        talk.offer(talk.change(_("How much time"), "rhythm"), write)
    else:
        talk.suggest(write)
        basis = talk.set(_("It is the whole cost"), "basis", "cost")
        talk.offer(basis if "basis" in told.supposed else pay, talk.change(_("Another rhythm"), "rhythm"))
    if not more:
        talk.offer(talk.set(_("A service instead"), "shape", "service"), talk.set(_("More …"), "more", "1"))
        return
    talk.offer(talk.change(_("How long"), "months"), talk.change(_("Several people"), "lent"))
    talk.offer(talk.change(_("Another start"), "starts"), talk.change(_("Aid received"), "aid"))
    talk.offer(talk.change(_("With the turnover"), "turnover"), talk.set(_("A service instead"), "shape", "service"))
    talk.offer(
        talk.start(_("Step by step"), "skills", "about", "steps"),
        talk.start(_("Find who needs it"), "offers", "side", "brings"),
    )
