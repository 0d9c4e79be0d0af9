"""Insurance and liability: what the association answers for, what it need not insure, what leaders risk."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.parameters import Row, parameter
from bot.rules.result import Step
from handlers.shared.result_card import steps_card


def right(talk: Talk, name: str) -> Row:
    return parameter(f"rights.{name}").at(talk.today)


def because(phrase: Phrase, row: Row) -> Step:
    return Step(phrase, None, row.source)


def insurance(talk: Talk) -> None:
    """No general duty; the questions to ask before the first day."""
    sport, accident = right(talk, "insurance_sport"), right(talk, "insurance")
    covered = right(talk, "insurance_by_law")
    talk.show(
        steps_card(
            _("Insured? Ask before the first day: in general nothing forces an association to insure you"),
            [
                because(_("A sports association must insure the liability of its volunteers."), sport),
                because(
                    _(
                        "A body of general interest may take out accident cover for them with social security: care "
                        "and an annuity, no daily allowance."
                    ),
                    accident,
                ),
                because(_("The law itself covers some of them for accidents: ask the body whether you are."), covered),
            ],
            warnings=[_("Some activities have rules of their own (care, transport, children): ask which.")],
            to_do=[
                _("Ask the association: is my liability covered? Am I, if I am hurt? Are my things, my car?"),
                _("Tell your home insurer and your car insurer what you do: they say whether it is covered."),
            ],
        )
    )
    talk.offer(talk.start(_("If I am hurt"), "rights", "about", "hurt"))
    talk.offer(talk.start(_("If I cause damage"), "rights", "about", "liability"))


def hurt(talk: Talk) -> None:
    """The courts find a tacit agreement: the association makes good."""
    row = right(talk, "hurt")
    talk.show(
        steps_card(
            _("If you are hurt while helping, the association must in general make it good"),
            [
                because(
                    _("The courts see a tacit agreement: the association owes you safety, or else damages."),
                    row,
                ),
                because(_("It is freed by an event beyond its control, by a third person, or by your own fault."), row),
            ],
            warnings=[_("Each case is judged on its own: an access-to-law point can tell you more, free of charge.")],
            to_do=[
                _("Have the accident written down at once, with witnesses, and see a doctor."),
                _("Tell the association and your own insurer without delay: contracts set a time limit."),
            ],
        )
    )
    talk.offer(talk.start(_("Insurance"), "rights", "about", "insurance"))


def liability(talk: Talk) -> None:
    """In the mission the association answers; outside it, oneself."""
    row = right(talk, "liability")
    talk.show(
        steps_card(
            _("For damage done in your mission, the association answers in general; for the rest, you do"),
            [
                because(_("It answers for what you do on its behalf, within what it asked of you."), row),
                because(_("A fault of your own, outside the mission or meant, stays yours; so does an offence."), row),
            ],
            warnings=[_("I read this in secondary sources: for a real case, ask a lawyer or an access-to-law point.")],
            to_do=[
                _("Keep to what was agreed; ask for it in writing (a mission sheet, a volunteer charter)."),
                _("Check that the association’s insurance covers its volunteers."),
            ],
        )
    )
    talk.offer(talk.start(_("Association leader"), "rights", "about", "leaders"))
    talk.offer(talk.start(_("Insurance"), "rights", "about", "insurance"))


def leaders(talk: Talk) -> None:
    """Leaders answer for their faults; since 2021 mere negligence does not make them pay the debts."""
    row = right(talk, "leaders")
    talk.show(
        steps_card(
            _("Leading an association as a volunteer: its debts are not yours, your faults are"),
            [
                because(
                    _(
                        "If the association goes bankrupt, mere negligence does not make you pay, and the judge "
                        "takes into account that you are a volunteer (since {day:date}).",
                        day=row.start,
                    ),
                    row,
                ),
            ],
            warnings=[_("A serious fault, an offence or a guarantee that you signed remain yours.")],
            to_do=[
                _("Hold meetings, keep minutes and accounts, share the tasks."),
                _("Look at insurance for leaders. Guid’Asso, the network that helps associations, is free of charge."),
            ],
        )
    )
    talk.offer(talk.link(_("Find Guid’Asso near me"), "https://www.associations.gouv.fr"))
