"""A picture of the partnerships between associations and firms by type, as the mission on alliances quoted them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from bot.dialogue.replies import File
from bot.documents.drawing import Canvas, png, wrapped
from bot.i18n import text_of
from bot.phrase import Phrase, _
from bot.rules.parameters import Row, parameter

__all__ = ["partnerships"]

WIDTH, PADDING = 840, 44
INSIDE = WIDTH - 2 * PADDING
GROUND, INK, SOFT, TRACK = "#FBFAF6", "#1D2733", "#55606D", "#E4E2DA"

TYPES: tuple[tuple[str, Phrase, str], ...] = (
    ("responsible", _("Responsible practices"), "#0072B2"),
    ("patronage", _("Patronage"), "url(#hatch)"),
    ("cooperation", _("Economic cooperation"), "url(#dots)"),
    ("innovation", _("Social innovation"), INK),
)
"""The types by their names in the figures, and how each is drawn."""


def notes(shares: Row) -> Iterator[Phrase]:
    yield _(
        "Firms with {count:number} employees or more. A partnership may be of several types.", count=shares["headcount"]
    )
    yield _("Source: figures quoted by the mission on strategic alliances, {year:year}.", year=shares.start)
    yield _("Noted on {day:date}.", day=shares.source.checked)


@lru_cache(maxsize=4)
def partnerships(language: str, today: date) -> File:
    """Four bars, the largest first; `alt` says the same in words."""
    shares = parameter("alliance_figures.partnerships.types").at(today)
    millions = parameter("alliance_figures.partnerships.total").at(today).value
    title = text_of(
        _("{count:number} million partnerships between associations and firms, by type", count=millions), language
    )
    told = [
        text_of(_("{kind}: {share:percent}", kind=kind, share=shares[name]), language) for name, kind, _fill in TYPES
    ]
    below = [text_of(note, language) for note in notes(shares)]
    alt = f"{title}. {' ; '.join(told)}. {below[0]}"
    canvas = Canvas(WIDTH, GROUND, PADDING, name=f"partnerships-{language}")
    canvas.lines(PADDING, wrapped(title, 34, INSIDE, bold=True, most=2), size=34, fill=INK, bold=True)
    for line, (name, _kind, fill) in zip(told, TYPES, strict=True):
        share = float(shares[name])
        canvas.y += 22
        canvas.lines(PADDING, [line], size=24, fill=INK, bold=True)
        canvas.y += 8
        canvas.bar(PADDING, canvas.y, INSIDE, 30, [(share, fill), (1 - share, TRACK)])
        canvas.y += 34
    canvas.y += 18
    for note in below:
        canvas.lines(PADDING, wrapped(note, 17, INSIDE, most=2), size=17, fill=SOFT)
    picture = png(canvas.svg(title, alt), width=1260, background=GROUND)
    return File("partenariats.png", "image/png", picture, alt)
