"""The agreement for a free loan of staff to an association (*mecenat de competences*), with its annexes.

Its items are those that Code du travail R. 8241-2 requires and those usually advised; where the parties must decide,
the paper leaves lines to write on rather than deciding for them. The annexes are the employee's written consent, the
valuation sheet and the time sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents.agreement import between
from bot.documents.content import (
    Block,
    Boxes,
    Bullets,
    Field,
    Fields,
    Heading,
    Lines,
    PageBreak,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Text,
)
from bot.documents.paper import Companion, Paper
from bot.documents.parties import Association, Company, Person
from bot.documents.text import BLANK, line, text
from bot.phrase import Phrase, _, n_

__all__ = ["PURPOSES", "CounterpartItem", "SkillsLoan", "ValuedMonth", "counterpart_table", "skills_agreement"]

PURPOSES: tuple[Phrase, ...] = (
    _("to improve the skills of the employee"),
    _("to ease professional transitions"),
    _("a partnership of common interest"),
)
"""What a free loan of staff may aim at (Code du travail L. 8241-3)."""

TEXTS: tuple[str, ...] = (
    "Code général des impôts, article 238 bis",
    "Code du travail, articles L. 8241-1 à L. 8241-3, R. 8241-1 et R. 8241-2",
    "Code du travail, articles L. 1251-21 à L. 1251-23 (conditions de travail)",
    "Code de la sécurité sociale, articles L. 412-3 à L. 412-7 et L. 241-3",
)

TIME_SHEET_ROWS = 16


@dataclass(frozen=True, slots=True)
class CounterpartItem:
    """Something that the giver receives in return, and its value in euros (None: to be filled in)."""

    description: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ValuedMonth:
    """A month of the valuation sheet, as the rules value it; `cost` and `value` None where only payroll knows them."""

    month: date
    cost: Decimal | None = None
    cap: Decimal | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SkillsLoan:
    """What the parties agree on. What is not known is left empty.

    `purposes` are positions in `PURPOSES`; `share` the part of working time, a ratio; `months` what each month is worth
    for one employee, `longest` the months that the law allows: both come from the rules. `people` are lent on the same
    terms.
    """

    tasks: str = ""
    need: str = ""
    starts: date | None = None
    ends: date | None = None
    share: Decimal | None = None
    place: str = ""
    timetable: str = ""
    purposes: frozenset[int] = frozenset()
    months: tuple[ValuedMonth, ...] = ()
    people: int = 1
    longest: int | None = None
    counterparts: tuple[CounterpartItem, ...] = ()
    company_contact: str = ""
    association_contact: str = ""


def skills_agreement(
    company: Company, association: Association, employee: Person, loan: SkillsLoan, *, on: date, place: str = ""
) -> Paper:
    """The agreement for the free loan of `employee` by `company` to `association`, with its three annexes."""
    blocks: tuple[Block, ...] = (
        *between(
            company,
            association,
            _(
                "The association acts in the general interest and belongs to the bodies of article 238 bis, 1, a to g "
                "of the code général des impôts. The company wishes to support it by the work of one of its "
                "employees, free of charge. The two have agreed as follows."
            ),
            _articles(company, association, employee, loan),
            on=on,
            place=place,
        ),
        *_consent(employee, company, association),
        *_valuation(loan),
        *_time_sheet(employee),
    )
    return Paper(
        name="mecenat-de-competences-convention",
        title=_("Skills sponsorship: agreement for the free loan of an employee"),
        on=on,
        blocks=blocks,
        companion=_companion(loan),
    )


def _articles(
    company: Company, association: Association, employee: Person, loan: SkillsLoan
) -> Iterable[tuple[Text, tuple[Block, ...]]]:
    yield (
        _("Purpose"),
        (
            Paragraph(
                _(
                    "The company lends the employee named below to the association, free of charge (article L. 8241-3 "
                    "of the code du travail), as patronage (article 238 bis of the code général des impôts)."
                )
            ),
            Paragraph(_("The loan is made:")),
            Boxes(PURPOSES, loan.purposes),
        ),
    )
    yield (
        _("Employee and tasks"),
        (
            Fields(employee.fields()),
            *(
                (Paragraph(_("{count:number} employees are lent on these terms.", count=loan.people)),)
                if loan.people > 1
                else ()
            ),
            *_words(_("Need of the association"), loan.need),
            *_words(_("Tasks entrusted"), loan.tasks),
        ),
    )
    yield (_("Length, place and time"), (*_length(loan),))
    yield (
        _("Agreement and situation of the employee"),
        (
            Paragraph(_("The loan takes place only with the express and written agreement of the employee (annex 1).")),
            Bullets(
                (
                    _("Refusing cannot be punished."),
                    _("The employment contract with the company is neither broken nor suspended."),
                    _("The employee keeps the benefit of the company's collective agreements, as if working there."),
                    _("Staff representatives keep their protection."),
                    _(
                        "At the end, the employee returns to the same job or an equivalent one, with no effect on "
                        "career or pay."
                    ),
                )
            ),
        ),
    )
    yield (
        _("Conditions of work"),
        (
            Paragraph(
                _(
                    "The company remains the employer. The association directs the work day to day. During the loan "
                    "it answers for the conditions of work: hours, night work, weekly rest and public holidays, "
                    "health and safety. It provides protective equipment. Medical follow-up stays with the company, "
                    "except special surveillance."
                )
            ),
        ),
    )
    yield (
        _("Pay, charges and expenses"),
        (
            Paragraph(
                _(
                    "The company pays the employee and the charges. It invoices nothing to the association for them. "
                    "Business expenses are borne as follows:"
                )
            ),
            Lines(2),
        ),
    )
    yield (
        _("Value and tax receipt"),
        (
            Paragraph(
                _(
                    "The company values its gift at cost: pay and employer charges, less any aid received, for the "
                    "time really spent, within the monthly cap for one employee. It keeps a monthly time sheet signed "
                    "by both (annex 3)."
                )
            ),
            Paragraph(
                _(
                    "At the end of the loan, and at the end of each financial year, the company states this value to "
                    "the association (annex 2). The association issues the tax receipt after that statement only, "
                    "with the list of the employees made available. The value is the company's own responsibility."
                )
            ),
        ),
    )
    yield (
        _("What the company receives in return"),
        (
            Paragraph(
                _(
                    "The association may name the company and thank it. What it gives in return stays in marked "
                    "disproportion with the gift. In return, with its value:"
                )
            ),
            counterpart_table(loan.counterparts),
        ),
    )
    yield (
        _("Contacts and review"),
        (
            Fields(
                (
                    Field(_("For the company"), line(loan.company_contact or company.signatory)),
                    Field(_("For the association"), line(loan.association_contact or association.signatory)),
                    Field(_("Review points"), ""),
                    Field(_("End-of-mission report"), ""),
                )
            ),
        ),
    )
    yield (
        _("Insurance and liability"),
        (Fields((Field(_("Insurer of the company"), ""), Field(_("Insurer of the association"), ""))),),
    )
    yield (_("Confidentiality, intellectual property, personal data"), (Lines(3),))
    yield (_("Communication"), (Paragraph(_("Who speaks publicly about the partnership, and how:")), Lines(2)))
    yield (_("Early end"), (Paragraph(_("Who may end the loan early, with what notice:")), Lines(2)))
    yield (
        _("Law and disagreements"),
        (
            Paragraph(
                _(
                    "This agreement is under French law. The parties first look for an amicable solution; failing "
                    "that, the competent court decides."
                )
            ),
        ),
    )


def _length(loan: SkillsLoan) -> Iterable[Block]:
    yield Fields(
        (
            Field(_("First day"), _("{day:date}", day=loan.starts) if loan.starts else ""),
            Field(_("Last day"), _("{day:date}", day=loan.ends) if loan.ends else ""),
            Field(_("Share of working time"), _("{share:percent}", share=loan.share) if loan.share else ""),
            Field(_("Place"), line(loan.place)),
            Field(_("Days and hours"), line(loan.timetable)),
        )
    )
    if loan.longest is not None:
        yield Paragraph(
            n_(
                "By law, the loan lasts {count} month at most.",
                "By law, the loan lasts {count} months at most.",
                loan.longest,
            )
        )


def _words(label: Phrase, value: str) -> tuple[Block, ...]:
    """A labelled text of several lines, or lines to write it on."""
    told = text(value)
    title = Paragraph(_("<b>{label}</b>", label=label))
    return (title, Paragraph(told)) if told else (title, Lines(3))


def counterpart_table(items: tuple[CounterpartItem, ...]) -> Table:
    """What is given in return, with values; three empty rows where nothing is written yet."""
    rows = tuple(
        (line(item.description), "" if item.value is None else _("{value:money}", value=item.value)) for item in items
    )
    return Table(
        header=(_("Description"), _("Value")),
        rows=rows,
        numeric=frozenset({1}),
        blank_rows=0 if rows else 3,
        widths=(3, 1),
    )


def _consent(employee: Person, company: Company, association: Association) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(_("Annex 1. Agreement of the employee"), 1),
        Paragraph(
            _(
                "I, {name}, employee of {company}, expressly agree to be lent to {association} on the conditions of "
                "the agreement above, which I have read.",
                name=line(employee.name) or BLANK,
                company=line(company.name) or BLANK,
                association=line(association.name) or BLANK,
            )
        ),
        Paragraph(
            _(
                "I know that I was free to refuse and that refusing cannot be punished. My contract goes on; I keep "
                "my pay, my rights and my career, and at the end I return to the same job or an equivalent one."
            )
        ),
        Fields((Field(_("Date"), ""),)),
        Signatures((Signature(_("The employee"), line(employee.name), _("“Read and agreed”, by hand")),)),
    )


def _valuation(loan: SkillsLoan) -> tuple[Block, ...]:
    header = (_("Month"), _("Cost of the month"), _("Cap"), _("Amount that counts"), _("Share of time"), _("Value"))
    share = "" if loan.share is None else _("{share:percent}", share=loan.share)
    rows = tuple(
        (
            _("{month:month}", month=month.month),
            _euros(month.cost),
            _euros(month.cap),
            "" if month.cost is None else _euros(month.cost if month.cap is None else min(month.cost, month.cap)),
            share,
            _euros(month.value),
        )
        for month in loan.months
    )
    values = [month.value for month in loan.months if month.value is not None]
    total = sum(values, Decimal(0)) if values and len(values) == len(loan.months) else None
    several: tuple[Block, ...] = ()
    if loan.people > 1:
        several = (
            Paragraph(
                _("This sheet is for one employee; {count:number} are lent, each with their own.", count=loan.people)
            ),
        )
    return (
        PageBreak(),
        Heading(_("Annex 2. Valuation sheet"), 1),
        Paragraph(
            _(
                "For each month: pay and employer charges, less aid received; never more than the cap; times the "
                "share of time. To be filled in by the company and sent to the association before the receipt."
            )
        ),
        *several,
        Table(
            header=header,
            rows=rows,
            numeric=frozenset(range(1, 6)),
            blank_rows=0 if rows else 12,
            total=(_("Total"), "", "", "", "", _euros(total)),
            widths=(1.3, 1.2, 1, 1.3, 0.9, 1.1),
        ),
        Signatures((Signature(_("For the company"), "", _("Date and signature")),)),
    )


def _euros(amount: Decimal | None) -> Text:
    return "" if amount is None else _("{amount:money}", amount=amount.quantize(Decimal("0.01")))


def _time_sheet(employee: Person) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(_("Annex 3. Time sheet"), 1),
        Fields((Field(_("Employee"), line(employee.name)), Field(_("Month"), ""))),
        Table(
            header=(_("Date"), _("Hours"), _("What was done")),
            numeric=frozenset({1}),
            blank_rows=TIME_SHEET_ROWS,
            total=(_("Total"), "", ""),
            widths=(1, 0.8, 3.4),
        ),
        Signatures(
            (Signature(_("The employee")), Signature(_("For the association")), Signature(_("For the company")))
        ),
    )


def _companion(loan: SkillsLoan) -> Companion:
    return Companion(
        says=(
            _(
                "The company lends an employee free of charge; the association directs the work, the company stays "
                "employer."
            ),
            _(
                "Items 1, 2, 3 and 6 hold what the law requires: who, qualification, purpose, tasks, length, pay and "
                "expenses."
            ),
            _("The annexes are the employee's written consent, the valuation sheet and the time sheet."),
        ),
        check=(
            _("The association is in article 238 bis, 1, a to g (ask it; a rescrit settles a doubt)"),
            _("The employee is a volunteer, and has signed annex 1 before the first day"),
            _("The purpose is ticked, the tasks and the length are written"),
            _("The works council, if there is one, was told; risk assessment and insurance are up to date"),
            _("The time sheet is signed each month"),
            _("The value is stated to the association before it issues the receipt"),
            _("What comes back is small beside the gift, and has a value"),
        ),
        ask=(
            _(
                "An amendment to the contract is not required by the code for this kind of loan; it remains the usual "
                "proof."
            ),
            _("The accountant: the value, the cap for part time, and what exceeds the ceiling of the year."),
            _("An employment lawyer, if the loan is long, or if the association is close to the company."),
        ),
        texts=TEXTS,
    )
