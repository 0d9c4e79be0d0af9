"""The page that stays with the person, as blocks: the same for the PDF and the Word file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.content import Block, Boxes, Bullets, Heading, Paragraph
from bot.documents.paper import Paper
from bot.documents.text import plain_text
from bot.phrase import Phrase, _

__all__ = ["CompanionPage", "companion_page", "notice"]


@dataclass(frozen=True, slots=True)
class CompanionPage:
    """`ribbon` says that the page is not to be sent."""

    ribbon: str
    title: str
    blocks: tuple[Block, ...]


def companion_page(paper: Paper) -> CompanionPage | None:
    """The last page of `paper` in its reader's language; None for a paper that needs none."""
    companion = paper.companion
    if companion is None:
        return None
    blocks: list[Block] = [Heading(_("What this paper says")), Bullets(companion.says)]
    if companion.check:
        blocks += [Heading(_("Check before signing")), Boxes(companion.check)]
    if companion.ask:
        blocks += [Heading(_("Whom to ask")), Bullets(companion.ask)]
    if companion.texts:
        blocks += [Heading(_("Texts")), Bullets(companion.texts)]
    blocks.append(Paragraph(_("A model to read again together, not legal advice. Written with Allié."), small=True))
    return CompanionPage(
        ribbon=plain_text(_("Keep this page for yourself; do not send it"), paper.reader),
        title=plain_text(paper.title, paper.reader),
        blocks=tuple(blocks),
    )


def notice(paper: Paper) -> Phrase | None:
    """What a reading copy says at its top."""
    if not paper.is_reading_copy:
        return None
    return _("A translation to read. The paper to sign and send is the French one.")
