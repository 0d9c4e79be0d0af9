"""Volunteering when one is unemployed, retired, ill, young, foreign or a public agent; and training rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.dialogue.talk import Talk
from bot.phrase import _, n_
from bot.rules.parameters import parameter
from bot.rules.result import Step
from bot.rules.training_account import hours_of_the_moment
from handlers.rights.leaves import tell
from handlers.rights.protection import because, right
from handlers.shared.result_card import sources, steps_card


def training(talk: Talk) -> None:
    """The training credit of volunteer leaders."""
    row, age = right(talk, "training"), parameter("leaves.training_account").at(talk.today)
    licence = parameter("volunteer_protection.training_licence").on(talk.today)
    talk.show(
        steps_card(
            _("Leaders earn {amount:money} of training a year (compte d’engagement citoyen)", amount=row["amount"]),
            [
                because(
                    _(
                        "{amount:money} a year, {most:money} at most, on your training account (CPF).",
                        amount=row["amount"],
                        most=row["most"],
                    ),
                    row,
                ),
                because(
                    _(
                        "For {hours:number} hours in the calendar year, {one:number} of them in one association.",
                        hours=row["hours"],
                        one=row["hours_in_one"],
                    ),
                    row,
                ),
                because(
                    n_(
                        "On the board, or leading other volunteers, in an association declared for over {count} year.",
                        "On the board, or leading other volunteers, in an association declared for over {count} years.",
                        int(age.value),
                    ),
                    age,
                ),
            ],
            warnings=[_("Many pages still give an older, longer delay: it changed on {day:date}.", day=age.start)],
            to_do=[
                *deadlines(talk.today),
                _("The money comes in spring, and is used after your training account (CPF): a course, a review."),
                *([] if licence is None else [because(LICENCE, licence)]),
            ],
        )
    )
    talk.offer(talk.link(_("How to declare"), row.source.url))


LICENCE = _("The driving licence for cars and motorcycles: only for jobseekers, or where others pay a part.")


def deadlines(today: date) -> Iterator[Step]:
    """What can be done about the hours of last year, then of this one."""
    for hours in hours_of_the_moment(today):
        if hours.can_be_declared(today):
            text = _("Declare the hours of {year} online by {day:date}.", year=str(hours.year), day=hours.declare_by)
            yield Step(text, None, hours.source)
        if hours.year < today.year:
            text = _(
                "Have the association confirm the hours of {year} by {day:date}.",
                year=str(hours.year),
                day=hours.confirm_by,
            )
            yield Step(text, None, hours.source)


def unemployed(talk: Talk) -> None:
    """Allowed, with three conditions."""
    row, former = right(talk, "unemployed"), parameter("volunteering.former_employer").at(talk.today)
    talk.show(
        steps_card(
            _("You can volunteer and keep your unemployment benefit, but never for a former employer"),
            [
                because(_("For any former employer of yours, no: the benefit may be claimed back."), former),
                because(_("Not in the place of an employee."), row),
                because(_("While leaving you the time to look for work: it excuses no refusal and no absence."), row),
            ],
            warnings=[_("Being chair, or giving very many hours, is sometimes disputed: ask France Travail first.")],
            to_do=[
                _("Tell your France Travail adviser what you do and for how many hours a week."),
                _("Do not declare it as work: you are not paid. Refunded expenses are no pay."),
            ],
        )
    )
    talk.offer(talk.link(_("The official page"), row.source.url), talk.start(_("Find a mission"), "volunteer"))


def retired(talk: Talk) -> None:
    """No limit; a word on early retirement."""
    row, early = right(talk, "retired"), right(talk, "early_retired")
    work = parameter("volunteering.subordination").at(talk.today)
    talk.show(
        steps_card(
            _("For an association, yes: volunteering changes nothing in your pension"),
            [
                because(_("No rule limits what a retired person gives unpaid to an association."), row),
                because(_("Unpaid help to the company you worked for is another thing: it may be hidden work."), work),
                because(_("In early retirement too, as long as you do not take the place of an employee."), early),
            ],
            warnings=[_("Only real expenses may be paid back: a lump sum can be taken for pay.")],
        )
    )
    talk.offer(talk.link(_("The official page"), row.source.url), talk.start(_("Find a mission"), "volunteer"))


def sick_leave(talk: Talk) -> None:
    """Only what the doctor allowed before, in writing."""
    row = right(talk, "sick_leave")
    talk.show(
        steps_card(
            _("On sick leave: only if your doctor has allowed it beforehand, in writing"),
            [
                because(_("Sick pay supposes that you do nothing that was not expressly allowed beforehand."), row),
                because(
                    _("Otherwise the fund may ask for the money back, even for unpaid help."),
                    row,
                ),
            ],
            to_do=[
                _("Ask your doctor for a note that says which activity, where and for how long."),
                _("Ask your health insurance fund (3646) if you are unsure, and wait for its answer."),
            ],
        )
    )


def minors(talk: Talk) -> None:
    """Free to join; the association decides on the mission."""
    row = right(talk, "minors")
    talk.show(
        steps_card(
            _("Under 18 you can volunteer: no general age is set by the law"),
            [
                because(
                    _("A minor may freely join an association, if its rules allow it, and help there."),
                    row,
                ),
                because(
                    _(
                        "Under {age:number}, founding or running one needs the prior written agreement of the parents.",
                        age=row.value,
                    ),
                    row,
                ),
            ],
            warnings=[
                _("Each association sets an age for its missions (night rounds, care, driving): it may say 16 or 18.")
            ],
            to_do=[
                _("In practice, bring a note signed by your parents and your insurance certificate."),
                _("Ask who will be with you, and until when."),
            ],
        )
    )
    talk.offer(talk.start(_("A mission for under 18"), "volunteer", "minors", "1"))


def foreigners(talk: Talk) -> None:
    """Free in principle; what is not certain is said."""
    row, asylum = right(talk, "foreigners"), parameter("volunteering.asylum").at(talk.today)
    abroad = parameter("volunteering.visitor").at(talk.today)
    talk.show(
        steps_card(
            _("Whatever your nationality, you can in principle volunteer: it is not a job"),
            [
                because(_("I found no text that forbids it or asks for a work permit."), row),
                because(_("Asylum seekers: the code itself names voluntary activities in reception centres."), asylum),
                because(
                    _("To come from abroad for full-time volunteering with housing: a long-stay visa, then a permit."),
                    abroad,
                ),
            ],
            warnings=[
                _("I am not certain: no text says it in general, I rest on what the Cimade says."),
                _(
                    "A commitment with an allowance (service civique …) has its own conditions of residence, and so "
                    "has the civic reserve (JeVeuxAider)."
                ),
                _("It must stay real volunteering: no pay, no orders as in a job. Otherwise it is illegal work."),
            ],
            to_do=[
                _("With a visa or a permit, read the conditions written on it."),
                _("Ask an association that gives legal help to foreigners (Cimade, Gisti) if you have a doubt."),
            ],
        )
    )
    talk.offer(talk.start(_("Find a mission"), "volunteer"))


def public_agents(talk: Talk) -> None:
    """Free time is free; a leave of their own."""
    free = parameter("volunteering.public_agents").at(talk.today)
    talk.say(_("Public agents may volunteer for any non-profit body in their free time, without asking leave."))
    talk.fold(_("<i>{sources}</i>", sources=sources([free.source])))
    tell("citizenship", talk)
