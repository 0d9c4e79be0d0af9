"""What the agreements between a company and an association share: who they are, why, the articles, the signatures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.documents.content import Block, Fields, Paragraph, Signatures, Text
from bot.documents.numbered import numbered
from bot.documents.parties import Association, Company
from bot.documents.text import BLANK, line
from bot.phrase import Phrase, _

__all__ = ["between"]


def between(
    company: Company,
    association: Association,
    why: Phrase,
    articles: Iterable[tuple[Text, tuple[Block, ...]]],
    *,
    on: date,
    place: str,
) -> tuple[Block, ...]:
    """The agreement that the two sign, in two copies; a place that is not known is left to be written in."""
    return (
        Paragraph(_("Between the company")),
        Fields(company.fields()),
        Paragraph(_("and the association")),
        Fields(association.fields()),
        Paragraph(why),
        *numbered(articles),
        Paragraph(_("Made at {place} on {day:date}, in two copies.", place=line(place) or BLANK, day=on)),
        Signatures((company.signature(), association.signature())),
    )
