"""What is told beside a paper, to the person alone: what it says, what to check before signing, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.paper import Paper
from bot.phrase import Phrase, _

__all__ = ["beside", "notice"]


def beside(papers: Iterable[Paper]) -> list[tuple[Phrase, tuple[Phrase | str, ...]]]:
    """Headings and their lines for some papers handed over together; what two of them say alike stands once."""
    companions = [paper.companion for paper in papers if paper.companion is not None]
    parts: list[tuple[Phrase, tuple[Phrase | str, ...]]] = [
        (_("What this paper says"), tuple(line for companion in companions for line in companion.says)),
        (_("Check before signing"), tuple(line for companion in companions for line in companion.check)),
        (_("Whom to ask"), tuple(line for companion in companions for line in companion.ask)),
        (_("Texts"), tuple(line for companion in companions for line in companion.texts)),
    ]
    return [(heading, _each_once(lines)) for heading, lines in parts if lines]


def _each_once(lines: tuple[Phrase | str, ...]) -> tuple[Phrase | str, ...]:
    kept: list[Phrase | str] = []
    for line in lines:
        if line not in kept:
            kept.append(line)
    return tuple(kept)


def notice(paper: Paper) -> Phrase | None:
    """What a reading copy says at its top."""
    if not paper.is_reading_copy:
        return None
    return _("A translation to read. The paper to sign and send is the French one.")
