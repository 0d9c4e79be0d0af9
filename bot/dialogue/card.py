"""A result as it is shown: the amount first, then why, the sources, and what it does not cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from bot.i18n import render
from bot.phrase import Phrase, _

__all__ = ["Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """`headline` is what the person asked for. Each of the lists is a paragraph, a line each; empty ones vanish.

    `known_until` is the last day for which its figures are known, where it speaks of the day on which it is shown.
    """

    headline: Phrase
    figures: Sequence[Phrase] = ()
    reasons: Sequence[Phrase] = ()
    warnings: Sequence[Phrase] = ()
    steps: Sequence[Phrase] = ()
    sources: Sequence[Phrase] = ()
    known_until: date | None = None

    def on(self, today: date) -> Card:
        """The same card on a day: after the last one that is known, it says so."""
        if self.known_until is None or today <= self.known_until:
            return self
        warning = _("After {day:date}, these figures may change.", day=self.known_until)
        return self if warning in self.warnings else replace(self, warnings=[*self.warnings, warning])

    def rendered(self, language: str) -> list[Markup]:
        """The amount, and the one warning that can change it: the most important comes first."""
        blocks = [Markup("<b>{}</b>").format(render(self.headline, language))]
        if self.figures:
            blocks.append(_lines(self.figures, language))
        if self.warnings:
            blocks.append(_lines(self.warnings[:1], language, "⚠️ "))
        return blocks

    def folded(self, language: str) -> list[Markup]:
        """Why, what else to beware of, what to do, and where it is written."""
        blocks = []
        if self.reasons:
            blocks.append(_lines(self.reasons, language))
        if self.warnings[1:]:
            blocks.append(_lines(self.warnings[1:], language, "⚠️ "))
        if self.steps:
            blocks.append(_lines(self.steps, language, "• "))
        if self.sources:
            blocks.append(Markup("<i>{}</i>").format(_lines(self.sources, language)))
        return blocks


def _lines(phrases: Sequence[Phrase], language: str, mark: str = "") -> Markup:
    return Markup("\n").join([mark + render(phrase, language) for phrase in phrases])
