"""The agreement between several partners around one project (*accord de partenariat*): the ordinary contract of an
alliance, for which French law has no status of its own.

It makes no legal person and no common purse: each partner stays itself, pays what it has promised and answers for its
own acts. Gifts, loans of staff, subsidies and paid work have their own agreements, listed in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.documents.charter import Partner
from bot.documents.content import (
    Block,
    Boxes,
    Field,
    Fields,
    Lines,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Text,
)
from bot.documents.numbered import numbered
from bot.documents.paper import Companion, Paper
from bot.documents.text import BLANK, line, text
from bot.phrase import _

__all__ = ["partnership_agreement"]


def partnership_agreement(
    partners: tuple[Partner, ...], *, need: str = "", project: str = "", test: str = "", on: date, place: str = ""
) -> Paper:
    """The agreement between `partners`; what is not known is left as a line to write on."""
    partners = partners or (Partner(), Partner())
    blocks: tuple[Block, ...] = (
        Paragraph(_("Between the partners")),
        *(_named(partner) for partner in partners),
        Paragraph(_("who want to answer a need together, the following has been agreed.")),
        *numbered(_articles(partners, text(need), text(project), text(test))),
        Paragraph(_("Made at {place} on {day:date}, one copy for each partner.", place=line(place) or BLANK, day=on)),
        _signatures(partners),
    )
    return Paper(
        name="alliance-accord",
        title=_("Partnership agreement"),
        on=on,
        blocks=blocks,
        companion=Companion(
            says=(
                _("Several partners carry out one project; each stays itself and answers for its own acts."),
                _("What each brings, who leads, how it is decided, whose the results are, how one leaves."),
            ),
            check=(
                _("What is given and what is paid are kept apart, each with its own agreement"),
                _("If a public body defines and buys, it is a public contract, not a partnership"),
                _("The association can do without any one of the others"),
                _("Each one is insured for what it does in the project"),
                _("The person who signs has the power to do so"),
            ),
            ask=(
                _("The legal service of the town, for a public partner or public money."),
                _("A lawyer or a legal clinic, before large sums, a brand or an invention are at stake."),
                _("The accountant of each partner, for VAT and the tax category of the association."),
            ),
        ),
    )


def _articles(
    partners: tuple[Partner, ...], need: str, project: str, test: str
) -> Iterable[tuple[Text, tuple[Block, ...]]]:
    yield (_("The need and the project"), (*_written(need, _("The need:")), *_written(project, _("The project:"))))
    yield (
        _("What this agreement is not"),
        (
            Paragraph(
                _(
                    "It creates no legal person and no company between the partners. None is bound by what another "
                    "promises, or answers for its debts. It gives no tax right and no exemption from the rules of "
                    "public procurement."
                )
            ),
        ),
    )
    yield (
        _("What each brings"),
        (Fields(tuple(Field(line(partner.name) or BLANK, line(partner.brings, 600)) for partner in partners)),),
    )
    yield (
        _("Who leads, and how it is decided"),
        (
            Fields((Field(_("Lead partner"), ""), Field(_("One named contact for each"), ""))),
            Paragraph(
                _(
                    "The partners meet regularly. Each has one voice, whatever it brings. What changes the project, "
                    "its budget or its partners needs the agreement of all."
                )
            ),
        ),
    )
    yield (
        _("Length and test"),
        (
            *_written(test, _("A test with few means comes first:")),
            Fields((Field(_("First day"), ""), Field(_("End of the test"), ""), Field(_("Last day"), ""))),
        ),
    )
    yield (
        _("Budget"),
        (
            Paragraph(_("There is no common purse: each partner pays what it has promised, and keeps its accounts.")),
            Table(
                (_("Partner"), _("Brings, in euros"), _("Spends, in euros")),
                tuple((line(partner.name) or BLANK, "", "") for partner in partners),
                numeric=frozenset({1, 2}),
            ),
        ),
    )
    yield (
        _("The agreements that go with it"),
        (
            Boxes(
                (
                    _("patronage agreement"),
                    _("loan of staff"),
                    _("subsidy agreement"),
                    _("service or purchase contract"),
                    _("use of premises or goods"),
                )
            ),
        ),
    )
    yield (
        _("Results"),
        (
            Paragraph(
                _(
                    "Each keeps what it had before. What is made together is, by default, open to all, with the names "
                    "of the partners. Otherwise:"
                )
            ),
            Lines(1),
        ),
    )
    yield (
        _("People, data, insurance"),
        (
            Paragraph(
                _(
                    "Each partner remains the employer of its staff and answers for its volunteers; nobody takes part "
                    "against their will. Personal data are used for the project only. Each is insured for what it does."
                )
            ),
        ),
    )
    yield (
        _("Freedom of speech and communication"),
        (
            Paragraph(
                _(
                    "Each stays free to speak in its own name. Joint messages, logos and photographs need the "
                    "agreement of those whom they show."
                )
            ),
        ),
    )
    yield (
        _("Evaluation"),
        (
            Paragraph(
                _(
                    "At the end of the test, the partners look at four things: the answer to the need, the aims of "
                    "each, the quality of their relation, what the territory has learned. Then they stop, go on, "
                    "widen or hand over."
                )
            ),
        ),
    )
    yield (
        _("Leaving, ending, disagreeing"),
        (
            Fields((Field(_("Notice to leave"), ""), Field(_("What becomes of what was made"), ""))),
            Paragraph(_("In a disagreement, the partners talk first, then call on a third party:")),
            Lines(1),
        ),
    )


def _written(value: str, label: Text) -> tuple[Block, ...]:
    return (Paragraph(label), Paragraph(value) if value else Lines(2))


def _named(partner: Partner) -> Fields:
    return Fields(
        (
            Field(_("Partner"), line(partner.name)),
            Field(_("RNA or SIREN"), line(partner.registration)),
            Field(_("Signed by"), line(partner.signatory)),
        )
    )


def _signatures(partners: tuple[Partner, ...]) -> Signatures:
    """Two signatures in a row."""
    return Signatures(
        tuple(
            Signature(_("For {partner}", partner=line(partner.name, 60) or BLANK), line(partner.signatory))
            for partner in partners
        ),
        columns=2,
    )
