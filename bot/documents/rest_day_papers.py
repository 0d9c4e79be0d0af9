"""The papers of a gift of rest days to an association (Code du travail L. 3142-131, D. 3142-82).

The employee's letter and the employer's answer, with what the law asks of each and nothing more. Neither promises a tax
reduction: none is provided. The limits of the law come as values, from the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents.content import (
    Block,
    Boxes,
    Bullets,
    Field,
    Fields,
    Heading,
    Letterhead,
    Paragraph,
    Signature,
    Signatures,
    Text,
)
from bot.documents.paper import Companion, Paper
from bot.documents.parties import Association, Company, Person
from bot.documents.text import line, or_blank
from bot.phrase import Phrase, _

__all__ = ["RestDays", "employer_answer", "rest_day_letter"]

TEXTS: tuple[str, ...] = (
    "Code du travail, articles L. 3142-131 et D. 3142-82",
    "Code général des impôts, article 200, 1, a et b",
)


@dataclass(frozen=True, slots=True)
class RestDays:
    """The days, as the papers say them.

    `kind` says which days ("RTT"); `counter` where they are kept; `proposed` the day from which; `limit` and
    `leave_kept` are the days a year and the annual leave kept that the law sets; `value` and `day_value` an estimate in
    gross euros, `method` how it was made.
    """

    days: Decimal | None
    kind: Text
    limit: Decimal
    leave_kept: Decimal
    counter: Text = ""
    day_value: Decimal | None = None
    value: Decimal | None = None
    method: Phrase | None = None
    proposed: date | None = None


def rest_day_letter(
    employee: Person, employer: Company, association: Association, rest: RestDays, *, on: date, place: str = ""
) -> Paper:
    """The letter by which an employee gives up rest days for an association, to be agreed by the employer."""
    estimate: tuple[Block, ...] = ()
    if rest.value is not None and rest.day_value is not None:
        estimate = (
            Paragraph(
                _(
                    "As an indication, I estimate this value at {value:money} gross, {day:money} a day; the figure of "
                    "payroll prevails.",
                    value=rest.value,
                    day=rest.day_value,
                )
            ),
        )
    blocks: tuple[Block, ...] = (
        Paragraph(_("Dear Sir or Madam,")),
        Paragraph(
            _(
                "I wish to give up, without anything in return, the untaken rest days below, so that their value is "
                "paid to an association."
            )
        ),
        Fields(
            (
                Field(_("Number of days"), _days(rest)),
                Field(_("Kind of days"), rest.kind),
                Field(
                    _("Counter they come from"),
                    rest.counter if isinstance(rest.counter, Phrase) else line(rest.counter),
                ),
                Field(_("Date proposed"), _("{day:date}", day=rest.proposed) if rest.proposed else ""),
                *association.short_fields(),
            )
        ),
        Paragraph(_("I declare that:")),
        Bullets(
            (
                _(
                    "after this gift, my annual leave stays at {kept:number} working days (jours ouvrables) at least;",
                    kept=rest.leave_kept,
                ),
                _(
                    "with it, I give up no more than {limit:number} working days (jours ouvrables) this year.",
                    limit=rest.limit,
                ),
            )
        ),
        Paragraph(
            _(
                "This gift needs your agreement, on its principle and on the body, which we choose together. Its "
                "value is the pay I would have received for these days at the date of your agreement, and you pay it "
                "to the association. Please tell me the amount and the method of calculation."
            )
        ),
        *estimate,
        Paragraph(_("Please answer me in writing. A form is enclosed to make it easier.")),
        Paragraph(_("Yours faithfully,")),
        Signatures((Signature(_("Signature"), line(employee.name)),)),
    )
    companion = Companion(
        says=(
            _(
                "You give up rest days, without anything in return, so that your employer pays their value to an "
                "association."
            ),
            _("You name the days, the association, and ask for the amount, the method and a written answer."),
        ),
        check=(
            _(
                "Which days and how many: {limit:number} working days a year at most, all kinds together",
                limit=rest.limit,
            ),
            _("Annual leave: {kept:number} working days are kept", kept=rest.leave_kept),
            _("The association has confirmed in writing that it is in article 200, 1, a or b"),
            _("Payroll has told you the value of a day, gross, and what will really be paid"),
            _("After the answer: keep the dated agreement and the proof of payment"),
        ),
        ask=(
            _("No tax reduction is provided for you, and there is no way back unless the employer agrees."),
            _("Contributions and tax on the value are not settled: payroll, Urssaf or the tax office can answer."),
        ),
        texts=TEXTS,
    )
    return Paper(
        name="don-de-jours-lettre",
        title=_("Gift of rest days: letter to the employer"),
        on=on,
        letter=Letterhead(
            employee.lines(),
            employer.lines(),
            _("{place}, {day:date}", place=or_blank(place), day=on),
            _(
                "Subject: giving up rest days for an association (articles L. 3142-131 and D. 3142-82 of the code du "
                "travail)"
            ),
        ),
        blocks=blocks,
        companion=companion,
    )


def employer_answer(
    employee: Person,
    employer: Company,
    association: Association,
    rest: RestDays,
    *,
    on: date,
    asked_on: date | None = None,
    agreed: bool | None = None,
) -> Paper:
    """The employer's answer: agreement or refusal, body, value at the date of agreement, payment.

    `agreed` None leaves both boxes to be ticked by hand; the value is filled in only when the answer is yes.
    """
    is_agreed = agreed is True
    ticked = frozenset() if agreed is None else frozenset({0 if agreed else 1})
    blocks: tuple[Block, ...] = (
        Fields(
            (
                Field(_("Company"), line(employer.name)),
                Field(_("Employee"), line(employee.name)),
                Field(_("Request of"), _("{day:date}", day=asked_on) if asked_on else ""),
                Field(_("Days asked for"), _days_and_kind(rest)),
            )
        ),
        Heading(_("Answer")),
        Boxes((_("The company agrees to this gift of rest days."), _("The company does not agree.")), ticked),
        Heading(_("If the company agrees")),
        Fields(
            (
                *association.short_fields(),
                Field(_("Number of days agreed"), _days(rest) if is_agreed else ""),
                Field(_("Date of the agreement"), _("{day:date}", day=on) if is_agreed else ""),
                Field(_("Value of one day"), _money(rest.day_value) if is_agreed else ""),
                Field(_("Method of calculation"), rest.method or "" if is_agreed else ""),
                Field(_("Total to be paid"), _money(rest.value) if is_agreed else ""),
                Field(_("Date of payment"), ""),
            )
        ),
        Paragraph(
            _(
                "The value is the pay the employee would have received for these days at the date of the agreement. "
                "The company pays it to the body above, and the days are taken off the counter."
            )
        ),
        Signatures((employer.signature(), Signature(_("Received by the employee"), line(employee.name)))),
    )
    companion = Companion(
        says=(
            _("The company accepts or refuses in writing, agrees on the body and fixes the value of the days."),
            _("The agreement is on the principle and on the body, chosen together with the employee."),
        ),
        check=(
            _("The value is fixed at the date of the agreement, and the method is noted"),
            _("The days are taken off the counter"),
            _("Before the first payment: Urssaf or the accountant was asked about contributions"),
            _("The payment is by transfer, with a reference"),
            _("Request, agreement, calculation and proof of payment are kept together"),
            _("A short internal note (who, when, how, which bodies) avoids unequal treatment"),
        ),
        ask=(
            _("Do not count on a company reduction for this payment: no text grants it. Ask your accountant."),
            _("If the company adds money of its own, that part is an ordinary company gift."),
        ),
        texts=TEXTS,
    )
    return Paper(
        name="don-de-jours-reponse",
        title=_("Gift of rest days: the employer's answer"),
        on=on,
        blocks=blocks,
        companion=companion,
    )


def _days(rest: RestDays) -> Text:
    return "" if rest.days is None else _("{days:number}", days=rest.days)


def _days_and_kind(rest: RestDays) -> Text:
    if rest.days is None:
        return rest.kind
    return _("{days:number} ({kind})", days=rest.days, kind=rest.kind)


def _money(amount: Decimal | None) -> Text:
    return "" if amount is None else _("{amount:money} gross", amount=amount)
