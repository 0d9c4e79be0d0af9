"""What the cards of results have in common: the figure first, then why, what to beware of, what to do, and the sources.

A reference is shown once, with the latest day on which the sources were checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.rules.freshness import known_no_further
from bot.rules.parameters import Row
from bot.rules.result import Result, Source, Step, sources_of

__all__ = ["quietly", "result_card", "sourced", "sources", "steps_card"]

PARAGRAPH = re.compile(r"\d+(?: bis| ter)?|[a-z]|I+")


def result_card(
    headline: Phrase,
    result: Result,
    *,
    figures: Sequence[Phrase] = (),
    reasons: Sequence[Step] | None = None,
    warnings: Sequence[Phrase] | None = None,
    to_do: Sequence[Step | Phrase] = (),
) -> Card:
    """The card of what a rule gave back; `reasons` and `warnings` replace the result's own where some are left out.

    The result itself says whether its day is after those that are known.
    """
    card = steps_card(
        headline,
        result.steps if reasons is None else reasons,
        figures=figures,
        warnings=result.warnings if warnings is None else warnings,
        to_do=to_do,
    )
    return replace(card, known_until=None)


def steps_card(
    headline: Phrase,
    reasons: Sequence[Step],
    *,
    figures: Sequence[Phrase] = (),
    warnings: Sequence[Phrase] = (),
    to_do: Sequence[Step | Phrase] = (),
) -> Card:
    """The card of some steps of the law as it is today, and of what to do about them."""
    found = sources_of([*reasons, *(one for one in to_do if isinstance(one, Step))])
    return Card(
        headline=headline,
        figures=figures,
        reasons=[step.phrase for step in reasons],
        warnings=warnings,
        steps=[one.phrase if isinstance(one, Step) else one for one in to_do],
        sources=[sources(found)] if found else (),
        known_until=min((source.known_until for source in found), default=None),
    )


def sources(found: Iterable[Source]) -> Phrase:
    """The references, each once, with the day they were checked. `found` holds at least one."""
    found = tuple(found)
    references = dict.fromkeys(part for source in found for part in source.reference.split(" ; "))
    checked = max(source.checked for source in found)
    return _("Sources: {references}. Checked on {day:date}.", references=" ; ".join(gathered(references)), day=checked)


def gathered(references: Iterable[str]) -> list[str]:
    """Paragraphs of one article behind its name: "CGI art. 238 bis, 1" and "…, 3" are "CGI art. 238 bis, 1 et 3"."""
    articles: dict[str, list[str]] = {}
    for reference in references:
        article, _comma, paragraph = reference.partition(", ")
        if PARAGRAPH.fullmatch(paragraph):
            articles.setdefault(article, []).append(paragraph)
        else:
            articles.setdefault(reference, [])
    return [f"{article}, {french_list(sorted(parts))}" if parts else article for article, parts in articles.items()]


def french_list(parts: list[str]) -> str:
    """References are cited in French whatever the language of the talk."""
    return " et ".join(", ".join(parts).rsplit(", ", 1))


def sourced(talk: Talk, *rows: Row) -> None:
    """What to beware of in a short answer about today, and its sources, under it."""
    for warning in known_no_further(talk.today, (row.source for row in rows)):
        talk.say(_("⚠️ {warning}", warning=warning))
    talk.say(_("<i>{sources}</i>", sources=sources(row.source for row in rows)))


def quietly(warnings: Iterable[Phrase]) -> list[Step]:
    """Warnings that were shown before, to be folded away with the reasons."""
    return [Step(_("⚠️ {warning}", warning=warning), None) for warning in warnings]
