"""A written answer on a day: its figures filled in, its sources, the day it was checked, and what to beware of.

A figure follows its rows: one added to `data/law` for a later day changes the answer on that day. What was read of the
law ends somewhere; after that, and where a row has ended with nothing after it, the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from bot.i18n import render, text_of
from bot.knowledge.answer import Answer, Named
from bot.knowledge.figures import Figure, Used
from bot.knowledge.markdown import typeset
from bot.phrase import Phrase, _
from bot.rules.parameters import Law, Row

__all__ = ["Rendered", "ended_unsaid", "render_answer", "rows_used", "source_line", "warning_about"]

MOST_SOURCES: Final = 4
"""Sources named under an answer; further ones say little more to a person who asks."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer as people read it."""

    title: str
    head: Markup
    """What is said, in the tags every channel knows: an empty line between paragraphs, "• " before items."""
    more: Markup
    """What is folded under it; may be empty."""
    head_page: Markup
    """The same two for a web page, in `<p>` and `<ul>`."""
    more_page: Markup
    sources: tuple[Named, ...]
    """Where it comes from, what is official first, each once."""
    checked: date | None
    """The oldest day on which something it rests on was checked."""
    warning: Markup
    """What a reader must know of its figures that day; may be empty."""
    language: str
    """The language of the text: French where nobody wrote it in the one asked for."""


def render_answer(answer: Answer, language: str, today: date, law: Law) -> Rendered:
    """`answer` on `today`, with what is said around it in `language`.

    Raises FigureError where a row lacks what is quoted.
    """

    def fill(source: str) -> str:
        said = answer.figures[source].said(law, today, answer.language)
        return typeset(said, answer.language)

    rows = rows_used(answer.figures.values(), answer.rests_on, law, today)
    days = [used.row.source.checked for used in rows]
    if answer.checked is not None:
        days.append(answer.checked)
    warning = warning_about(answer.figures.values(), rows, law, today)
    return Rendered(
        title=typeset(answer.title, answer.language),
        head=answer.head.for_talk(fill),
        more=answer.more.for_talk(fill),
        head_page=answer.head.for_page(fill),
        more_page=answer.more.for_page(fill),
        sources=tuple(_sources(answer, rows))[:MOST_SOURCES],
        checked=min(days, default=None),
        warning=render(warning, language) if warning is not None else Markup(),
        language=answer.language,
    )


def source_line(rendered: Rendered, language: str) -> Markup:
    """The sources as links, and the day: "Sources: CGI art. 200, service-public.fr. Checked on 30 November 2026."."""
    links = [
        Markup('<a href="{}">{}</a>').format(one.url, typeset(one.name, "fr"))
        if one.url
        else Markup("{}").format(typeset(one.name, "fr"))
        for one in rendered.sources
    ]
    values = {"references": Markup(" ; ").join(links), "day": rendered.checked}
    if links and rendered.checked:
        return render(Phrase(SOURCES_AND_DAY.message, values), language)
    if links:
        return render(Phrase(SOURCES.message, values), language)
    return render(Phrase(DAY_ALONE.message, values), language) if rendered.checked else Markup()


SOURCES_AND_DAY: Final = _("Sources: {references}. Checked on {day:date}.")
SOURCES: Final = _("Sources: {references}.")
DAY_ALONE: Final = _("Checked on {day:date}.")


def rows_used(figures: Iterable[Figure], rests_on: Iterable[str], law: Law, today: date) -> tuple[Used, ...]:
    """The rows that a text rests on that day, those it quotes first, each once."""
    quoted = [used for figure in figures for used in figure.used(law, today)]
    named = {used.parameter for used in quoted}
    rest = []
    for name in rests_on:
        if name not in named:
            parameter = law.parameters[name]
            rest.append(Used(name, parameter.latest(today) or parameter.rows[0], True))
    unique: dict[tuple[str, date], Used] = {}
    for used in (*quoted, *rest):
        key = (used.parameter, used.row.start)
        if key not in unique or used.is_current:
            unique[key] = used
    return tuple(unique.values())


def warning_about(figures: Iterable[Figure], rows: Iterable[Used], law: Law, today: date) -> Phrase | None:
    """The one warning that matters most: a row that has ended, one that has not begun, or law not read so far."""
    figures, rows = list(figures), list(rows)
    current = [used for used in rows if used.is_current]
    ended = [used.row.end for used in ended_unsaid(figures, rows, law, today)]
    if ended:
        return _(
            "This held until {day:date}. What has applied since is not known here yet.", day=min(filter(None, ended))
        )
    dated = {one.parameter for figure in figures for one in figure.references if one.edge}
    begins = [used.row.start for used in current if used.row.start > today and used.parameter not in dated]
    if begins:
        return _("This applies from {day:date}.", day=max(begins))
    behind = [law.known_until[used.file] for used in current if law.known_until[used.file] < today]
    if behind:
        return _("After {day:date}, these figures may change.", day=min(behind))
    return None


def ended_unsaid(figures: Iterable[Figure], rows: Iterable[Used], law: Law, today: date) -> list[Used]:
    """The rows that have ended with nothing after them.

    Who says when a rule ends has said that it has ended, and so has what ended with it.
    """
    edges = [one for figure in figures for one in figure.references if one.edge]
    dated = {one.parameter for one in edges}
    told = {one.row(law, today).end for one in edges if one.edge == "to"}
    return [
        used
        for used in rows
        if used.is_current and _has_ended(used.row, today) and used.parameter not in dated and used.row.end not in told
    ]


def _has_ended(row: Row, today: date) -> bool:
    return row.end is not None and row.end < today


def _sources(answer: Answer, rows: Iterable[Used]) -> Iterator[Named]:
    """Each reference once, with its link. Those of the law come first, the text itself before what speaks of it."""
    known: set[str] = set()
    found = [Named(text_of(used.row.source.reference, "fr"), used.row.source.url) for used in by_authority(rows)]
    for one in (*found, *answer.sources):
        if one.name not in known and not (one.url and one.url in known):
            known |= {one.name, one.url}
            yield one


def by_authority(rows: Iterable[Used]) -> list[Used]:
    """The rows whose text was read first; otherwise in the order of use."""
    return sorted(rows, key=lambda used: (not used.row.source.is_sure, used.row.source.is_doubtful))
