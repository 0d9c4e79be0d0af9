"""A picture of the partnerships between associations and firms by type, as the mission of 2020 quoted them."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue.replies import File
from bot.documents.drawing import Canvas, png, wrapped
from bot.i18n import text_of
from bot.phrase import Phrase, _

__all__ = ["partnerships"]

WIDTH, PADDING = 840, 44
INSIDE = WIDTH - 2 * PADDING
GROUND, INK, SOFT, TRACK = "#FBFAF6", "#1D2733", "#55606D", "#E4E2DA"

TYPES: tuple[tuple[Phrase, int, str], ...] = (
    (_("Responsible practices"), 42, "#0072B2"),
    (_("Patronage"), 30, "url(#hatch)"),
    (_("Economic cooperation"), 25, "url(#dots)"),
    (_("Social innovation"), 16, INK),
)
"""In percent of the partnerships; one may be of several types."""


NOTES = (
    _("A partnership may be of several types."),
    _("Source: figures quoted by the mission on strategic alliances, 2020."),
    _("Noted on 21 November 2026."),
)


@lru_cache(maxsize=4)
def partnerships(language: str) -> File:
    """Four bars, the largest first; `alt` says the same in words."""
    title = text_of(_("1.2 million partnerships between associations and firms, by type"), language)
    told = [
        text_of(_("{kind}: {share:percent}", kind=kind, share=share / 100), language) for kind, share, _fill in TYPES
    ]
    alt = f"{title}. {' ; '.join(told)}. {text_of(NOTES[0], language)}"
    canvas = Canvas(WIDTH, GROUND, PADDING, name=f"partnerships-{language}")
    canvas.lines(PADDING, wrapped(title, 34, INSIDE, bold=True, most=2), size=34, fill=INK, bold=True)
    for line, (_kind, share, fill) in zip(told, TYPES, strict=True):
        canvas.y += 22
        canvas.lines(PADDING, [line], size=24, fill=INK, bold=True)
        canvas.y += 8
        canvas.bar(PADDING, canvas.y, INSIDE, 30, [(share / 100, fill), (1 - share / 100, TRACK)])
        canvas.y += 34
    canvas.y += 18
    for note in NOTES:
        canvas.lines(PADDING, wrapped(text_of(note, language), 17, INSIDE, most=2), size=17, fill=SOFT)
    picture = png(canvas.svg(title, alt), width=1260, background=GROUND)
    return File("partenariats.png", "image/png", picture, alt)
