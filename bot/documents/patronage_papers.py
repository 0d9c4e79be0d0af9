"""The agreement for a company gift (*convention de mecenat*): money, goods, or a service given free of charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.documents.agreement import between
from bot.documents.content import (
    Block,
    Boxes,
    Field,
    Fields,
    Lines,
    Paragraph,
    Text,
)
from bot.documents.paper import Companion, Paper
from bot.documents.parties import Association, Company
from bot.documents.skills_papers import CounterpartItem, counterpart_table
from bot.documents.text import line, text
from bot.phrase import Phrase, _

__all__ = ["CompanySupport", "SupportKind", "patronage_agreement"]

SupportKind = Literal["money", "goods", "service"]
KINDS: tuple[SupportKind, ...] = ("money", "goods", "service")

TEXTS: tuple[str, ...] = ("Code général des impôts, article 238 bis",)


@dataclass(frozen=True, slots=True)
class CompanySupport:
    """What the company gives. `value` is in euros: the amount, or the cost of the goods or the service to the company.

    `counterpart_ratio` is what may come back as a share of the gift, as accepted in practice; it comes from the rules.
    """

    kind: SupportKind = "money"
    description: str = ""
    value: Decimal | None = None
    project: str = ""
    schedule: str = ""
    starts: date | None = None
    ends: date | None = None
    counterparts: tuple[CounterpartItem, ...] = ()
    counterpart_ratio: Decimal | None = None


def patronage_agreement(
    company: Company, association: Association, support: CompanySupport, *, on: date, place: str = ""
) -> Paper:
    """The agreement by which `company` supports `association` without equivalent return."""
    blocks = between(
        company,
        association,
        _(
            "The association acts in the general interest and belongs to the bodies of article 238 bis of the "
            "code général des impôts. The company wishes to support it without equivalent return. The two have "
            "agreed as follows."
        ),
        _articles(support),
        on=on,
        place=place,
    )
    companion = Companion(
        says=(
            _(
                "The company supports the association without equivalent return, and what it gives is described and "
                "valued."
            ),
            _("The association issues a tax receipt; what it gives in return is listed with its value."),
        ),
        check=_checks(support),
        ask=(
            _("The association, or a rescrit from the tax office, if its right to issue receipts is in doubt."),
            _("The accountant: the value of goods or services, VAT, and the ceiling of the year."),
        ),
        texts=TEXTS,
    )
    return Paper(
        name="mecenat-convention",
        title=_("Company gift: patronage agreement"),
        on=on,
        blocks=blocks,
        companion=companion,
    )


def _articles(support: CompanySupport) -> Iterable[tuple[Text, tuple[Block, ...]]]:
    project = text(support.project)
    yield (
        _("Purpose"),
        (
            Paragraph(_("The company supports this project or the whole activity of the association:")),
            Paragraph(project) if project else Lines(3),
        ),
    )
    told = text(support.description)
    amount = "" if support.value is None else _("{value:money}", value=support.value)
    schedule = (Field(_("Schedule"), line(support.schedule)),)
    yield (
        _("Support of the company"),
        (
            Boxes(
                (_("a gift of money"), _("a gift of goods"), _("a service given free of charge")),
                frozenset({KINDS.index(support.kind)}),
            ),
            *((Paragraph(told),) if told else ()),
            Fields((Field(_("Amount") if support.kind == "money" else _("Value at cost"), amount), *schedule)),
            *(
                ()
                if support.kind == "money"
                else (
                    Paragraph(
                        _(
                            "Goods and services are valued at their cost to the company. The company states this "
                            "value; the association does not set it."
                        )
                    ),
                )
            ),
        ),
    )
    yield (
        _("Length"),
        (
            Fields(
                (
                    Field(_("First day"), _("{day:date}", day=support.starts) if support.starts else ""),
                    Field(_("Last day"), _("{day:date}", day=support.ends) if support.ends else ""),
                )
            ),
        ),
    )
    yield (
        _("Use of the support"),
        (
            Paragraph(
                _("The association uses the support for the purpose above and gives the company an account of it.")
            ),
            Fields((Field(_("When and how"), ""),)),
        ),
    )
    yield (
        _("Tax receipt"),
        (
            Paragraph(
                _(
                    "The association issues a tax receipt for the gift received, after the company has stated its "
                    "value where it is not money."
                )
            ),
        ),
    )
    yield (
        _("What the company receives in return"),
        (
            Paragraph(
                _(
                    "The association may name the company, without advertising message. What it gives in return stays "
                    "in marked disproportion with the gift. In return, with its value:"
                )
            ),
            counterpart_table(support.counterparts),
        ),
    )
    yield (_("Communication"), (Paragraph(_("Who speaks publicly about the partnership, and how:")), Lines(2)))
    yield (_("Early end"), (Paragraph(_("Who may end the agreement early, with what notice:")), Lines(2)))
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


def _checks(support: CompanySupport) -> tuple[Phrase, ...]:
    checks = [
        _("The association is in article 238 bis and issues receipts"),
        _("The gift is described, and valued at cost where it is not money"),
        _("Nothing advertises the company: its name, its logo and thanks are enough"),
        _("The receipt is kept; the gift is added back to the taxable profit"),
    ]
    if support.counterpart_ratio is not None:
        checks.insert(
            2,
            _(
                "What comes back is worth no more than {ratio:percent} of the gift, the share accepted in practice",
                ratio=support.counterpart_ratio,
            ),
        )
    return tuple(checks)
