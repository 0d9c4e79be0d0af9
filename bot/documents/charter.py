"""The charter of an alliance between associations, companies and public bodies: a moral and practical frame.

It creates no legal person, no tax right and no exemption from procurement rules, and says so. The whole charter has 21
points; the short one, for two small partners, twelve of them. Each point is filled with what the partners wrote, or
leaves lines to write on: nothing is decided for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents.content import Block, Field, Fields, Lines, Paragraph, Signature, Signatures
from bot.documents.numbered import numbered
from bot.documents.paper import Companion, Paper
from bot.documents.text import BLANK, line, text
from bot.phrase import Phrase, _

__all__ = ["POINTS", "SHORT", "Partner", "alliance_charter"]

POINTS: dict[str, tuple[Phrase, Phrase]] = {
    "parties": (_("The partners"), _("Who they are, with SIREN or RNA, and who signs.")),
    "need": (_("The shared need"), _("The need in the words of those who live it, and the evidence.")),
    "project": (_("The common project"), _("In one sentence, and what it is not.")),
    "general_interest": (
        _("The general interest"),
        _("How the project serves it, and which sustainable development goals (17 included)."),
    ),
    "brings": (_("What each brings"), _("Money, time, days, skills, goods, premises, data.")),
    "expects": (_("What each expects"), _("The aims of each, private interests declared.")),
    "voice": (
        _("An equal voice"),
        _("Each partner has an equal voice, whatever its means. How decisions are taken, who can veto what."),
    ),
    "independence": (
        _("Independence"),
        _("Each partner stays independent; the association keeps its freedom of speech."),
    ),
    "disinterest": (
        _("A disinterested aim"),
        _("Profits are not shared out. What becomes of a surplus."),
    ),
    "roles": (_("Roles and contacts"), _("A named contact in each partner, and the lead partner.")),
    "timetable": (_("Timetable and test"), _("The steps, and the test period with few means.")),
    "budget": (
        _("Budget and agreements"),
        _("The budget by partner, and the agreements that go with it: patronage, staff loan, subsidy, services."),
    ),
    "knowledge": (_("Knowledge and results"), _("Open by default or not; credit, brand, photographs.")),
    "data": (_("Personal data and confidentiality"), _("Which data, who holds them, what stays confidential.")),
    "ethics": (
        _("Conflicts of interest and ethics"),
        _("How a conflict of interest is declared. No pressure on employees or volunteers."),
    ),
    "people": (_("Volunteers and employees"), _("Consent, insurance, safety of those who act.")),
    "evaluation": (_("Evaluation"), _("Indicators, who measures, when, what is published.")),
    "communication": (
        _("Communication"),
        _("Joint messages; no advertising disguised as patronage."),
    ),
    "leaving": (
        _("Joining, leaving, ending"),
        _("How to join, leave or stop, and what becomes of what was made together."),
    ),
    "disagreement": (_("Disagreement"), _("Talk first, then a third party: which one.")),
    "length": (_("Date, length, revision"), _("From when, for how long, how it is revised.")),
}
"""The 21 points of a charter: title, and what to write there."""

SHORT: tuple[str, ...] = (
    "parties",
    "need",
    "project",
    "brings",
    "voice",
    "disinterest",
    "roles",
    "timetable",
    "people",
    "evaluation",
    "leaving",
    "length",
)
"""The points of the short charter, for two small partners."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of the alliance; `registration` is its SIREN or RNA."""

    name: str = ""
    registration: str = ""
    signatory: str = ""
    signatory_post: str = ""
    brings: str = ""
    expects: str = ""


def alliance_charter(
    partners: tuple[Partner, ...],
    points: Mapping[str, str] | None = None,
    *,
    on: date,
    is_short: bool,
    place: str = "",
) -> Paper:
    """The charter between `partners`; `points` holds what they wrote, by the names of `POINTS`. Blank where unknown."""
    partners = partners or (Partner(), Partner())
    names = SHORT if is_short else tuple(POINTS)
    blocks: tuple[Block, ...] = (
        Paragraph(
            _(
                "This charter is a moral and practical frame. It creates no legal person, no tax right and no "
                "exemption from the rules of public procurement. The agreements that money or staff require are "
                "signed apart."
            )
        ),
        *numbered((POINTS[name][0], _point(name, partners, (points or {}).get(name, ""))) for name in names),
        Paragraph(_("Made at {place} on {day:date}.", place=line(place) or BLANK, day=on)),
        _signatures(partners),
    )
    companion = Companion(
        says=(
            _("The partners say why they act together, what each brings, how they decide and how they part."),
            _("It is not a contract about money or staff: those have their own papers."),
        ),
        check=(
            _("The need is written in the words of those who live it"),
            _("Each partner has an equal voice, whatever it brings"),
            _("The aims of each are written, the private ones too"),
            _("One person is in charge on each side, and has the time"),
            _("A gift tied to a purchase is not a gift; a subsidy is not a price"),
            _("A company manager who chairs the association stays out of the decisions on that firm"),
        ),
        ask=(
            _("The legal service of the town, for a public partner or public money."),
            _("The association support point (Guid’Asso where there is one) to read it again with you."),
        ),
    )
    return Paper(
        name="alliance-charte-courte" if is_short else "alliance-charte",
        title=_("Alliance charter"),
        on=on,
        blocks=blocks,
        companion=companion,
    )


def _point(name: str, partners: tuple[Partner, ...], written: str) -> tuple[Block, ...]:
    guide = Paragraph(POINTS[name][1], small=True)
    told = text(written)
    if name == "parties":
        return (guide, *(_partner(partner) for partner in partners))
    if name in ("brings", "expects"):
        each = Fields(tuple(Field(line(one.name) or BLANK, line(getattr(one, name), 600)) for one in partners))
        return (guide, each, Paragraph(told)) if told else (guide, each)
    return (guide, Paragraph(told) if told else Lines(2))


def _partner(partner: Partner) -> Fields:
    signatory = line(partner.signatory)
    post = line(partner.signatory_post)
    return Fields(
        (
            Field(_("Partner"), line(partner.name)),
            Field(_("RNA or SIREN"), line(partner.registration)),
            Field(_("Signed by"), _("{name}, {post}", name=signatory, post=post) if signatory and post else signatory),
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
