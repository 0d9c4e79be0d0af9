"""A result as it is shown: the amount first, then why, the sources, and what it does not cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import render
from bot.phrase import Phrase

__all__ = ["Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """`headline` is what the person asked for. Each of the lists is a paragraph, a line each; empty ones vanish."""

    headline: Phrase
    figures: Sequence[Phrase] = ()
    reasons: Sequence[Phrase] = ()
    warnings: Sequence[Phrase] = ()
    steps: Sequence[Phrase] = ()
    sources: Sequence[Phrase] = ()

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
    return Markup("\n").join(Markup("{}{}").format(mark, render(phrase, language)) for phrase in phrases)
