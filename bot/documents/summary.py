"""The summary of an estimate, to keep with one's papers: amounts, how they were reached, sources, what to beware of.

It is for the person alone, so it is written in their language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.documents.content import Block, Boxes, Bullets, Field, Fields, Heading, Paragraph, Text
from bot.documents.paper import Paper
from bot.phrase import Phrase, _

__all__ = ["SummaryStep", "estimate_summary"]


@dataclass(frozen=True, slots=True)
class SummaryStep:
    """A line of the reasoning, and the legal source it rests on ("" when there is none)."""

    text: Phrase
    source: str = ""


def estimate_summary(
    title: Phrase,
    amounts: Iterable[tuple[Text, Text]],
    steps: Iterable[SummaryStep],
    *,
    on: date,
    language: str,
    warnings: Iterable[Phrase] = (),
    to_do: Iterable[Phrase] = (),
    name: str = "estimation",
) -> Paper:
    """The summary of an estimate made on `on`. `amounts` are labels and values, the most important first."""
    steps, warnings, to_do = tuple(steps), tuple(warnings), tuple(to_do)
    sources = tuple(dict.fromkeys(step.source for step in steps if step.source))
    blocks: list[Block] = [
        Paragraph(_("Estimate made on {day:date}.", day=on)),
        Fields(tuple(Field(label, value) for label, value in amounts)),
    ]
    if steps:
        blocks += [Heading(_("How it was reached")), Bullets(tuple(_cited(step, sources) for step in steps))]
    if to_do:
        blocks += [Heading(_("What to do and keep")), Boxes(to_do)]
    if warnings:
        blocks += [Heading(_("To beware of")), Bullets(warnings)]
    if sources:
        blocks.append(Heading(_("Sources")))
        blocks += [
            Paragraph(_("[{number}] {source}", number=str(number), source=source), small=True)
            for number, source in enumerate(sources, 1)
        ]
    blocks.append(
        Paragraph(
            _("An estimate for information, made with what you told Allié. It is not tax advice and binds nobody."),
            small=True,
        )
    )
    return Paper(name=name, title=title, on=on, blocks=tuple(blocks), language=language)


def _cited(step: SummaryStep, sources: tuple[str, ...]) -> Text:
    """The step, and the number of its source in the list at the end."""
    if not step.source:
        return step.text
    return _("{step} [{number}]", step=step.text, number=str(sources.index(step.source) + 1))
