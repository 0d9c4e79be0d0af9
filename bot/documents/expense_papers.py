"""The note by which a volunteer waives expenses as a gift to the association (CGI art. 200)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents.content import Block, Boxes, Field, Fields, Heading, Paragraph, Signature, Signatures, Table, Text
from bot.documents.paper import Companion, Paper
from bot.documents.parties import Association, Person
from bot.documents.text import BLANK, line
from bot.phrase import _

__all__ = ["ExpenseLine", "expense_waiver"]

TEXTS: tuple[str, ...] = ("Code général des impôts, article 200, 1, dernier alinéa",)


@dataclass(frozen=True, slots=True)
class ExpenseLine:
    """An expense: the day, what it was for, what it is (train, tolls, kilometres …), kilometres and amount in euros."""

    day: date | None
    purpose: str
    nature: str
    amount: Decimal
    kilometres: Decimal | None = None


def expense_waiver(
    volunteer: Person, association: Association, expenses: tuple[ExpenseLine, ...], *, on: date, place: str = ""
) -> Paper:
    """The note of expenses and its waiver, to be handed to the association with the proofs."""
    total = sum((expense.amount for expense in expenses), Decimal(0))
    blocks: tuple[Block, ...] = (
        Fields(
            (
                Field(_("Volunteer"), line(volunteer.name)),
                Field(_("Address"), line(volunteer.address.replace("\n", ", "))),
                *association.fields()[:2],
            )
        ),
        Heading(_("Expenses")),
        Table(
            header=(_("Date"), _("Purpose for the association"), _("Expense"), _("km"), _("Amount")),
            rows=tuple(_row(expense) for expense in expenses),
            numeric=frozenset({3, 4}),
            blank_rows=0 if expenses else 8,
            total=(_("Total"), "", "", "", _("{total:money}", total=total) if expenses else ""),
            widths=(1.35, 2.5, 1.8, 0.7, 1.1),
        ),
        Heading(_("Waiver")),
        Paragraph(
            _(
                "I, {name}, certify that I waive the reimbursement of the expenses above and leave them to the "
                "association as a gift.",
                name=line(volunteer.name) or BLANK,
            )
        ),
        Paragraph(
            _(
                "They were incurred strictly for the purpose of the association, without any benefit for me. The "
                "proofs are enclosed."
            )
        ),
        Paragraph(_("Made at {place} on {day:date}.", place=line(place) or BLANK, day=on)),
        Signatures((Signature(_("The volunteer"), line(volunteer.name)),)),
        Heading(_("For the association")),
        Boxes(
            (
                _("The expenses were checked against the proofs."),
                _("The expense and the gift are written in the accounts."),
                _("The tax receipt was issued."),
            )
        ),
        Fields((Field(_("Date"), ""), Field(_("Name and signature"), ""))),
    )
    companion = Companion(
        says=(
            _("You give the association the expenses that it would have paid you back; it issues a receipt."),
            _("The gift follows the rate of the association for gifts by individuals."),
        ),
        check=(
            _("Each expense was for the association, and has its proof (ticket, invoice, list of journeys)"),
            _("For your own car: day, journey, purpose, kilometres and fiscal power, at the scale of the year"),
            _("Tolls and parking are separate, on proof"),
            _("The association writes the expense and the gift in its accounts"),
            _("Not for a political body"),
        ),
        ask=(_("The treasurer of the association, or the tax office, if a receipt was never issued before."),),
        texts=TEXTS,
    )
    return Paper(
        name="abandon-de-frais",
        title=_("Volunteer's expenses waived as a gift"),
        on=on,
        blocks=blocks,
        companion=companion,
    )


def _row(one: ExpenseLine) -> tuple[Text, ...]:
    return (
        "" if one.day is None else _("{day:date}", day=one.day),
        line(one.purpose),
        line(one.nature, 60),
        "" if one.kilometres is None else _("{km:number}", km=one.kilometres),
        _("{amount:money}", amount=one.amount),
    )
